"""An amendment as one person sees it at this moment, with exactly what they may do: what *Lees verder* is made of."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from bot.domain.amendments import Amendment
from bot.domain.deeds import UNDECIDED, Deed
from bot.domain.ids import AmendmentId, ChapterId, ProgrammeId
from bot.domain.people import Actor, Role
from bot.domain.phases import Phase
from bot.domain.programme import Section
from bot.domain.rights import deeds_for, is_proposer
from bot.errors import NotFound
from bot.mirror.reading import Draft, Whole
from bot.services.acting import Acting
from bot.services.comparing import alike, neighbours
from bot.services.decision_rows import AdviceDraft, Consent, Merge
from bot.services.finding import amendment_named, amendment_with, text_with
from bot.services.homes import amendment_for
from bot.services.judging import demand, situation_of, visible
from bot.services.member_rows import CoProposer, Invitation
from bot.services.ports import Unit

_ADVISERS: Final = frozenset({Role.COMMITTEE, Role.SECRETARY})


@dataclass(frozen=True, slots=True)
class Dossier:
    """What there is to read, and what one person may do with it now.

    `invitation` is this person's own, `consent` their own word for a merging that waits for it, `to_record` the words
    that they may write down for others, `draft` the advice in draft where they may see it.
    """

    whole: Whole
    section: Section
    deeds: tuple[Deed, ...]
    follows: bool = False
    invitation: CoProposer | None = None
    consent: Consent | None = None
    to_record: tuple[Consent, ...] = ()
    draft: AdviceDraft | None = None
    secretary: bool = False

    @property
    def amendment(self) -> Amendment:
        """The amendment itself."""
        return self.whole.amendment


class Dossiers:
    """Reads only."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def read(self, actor: Actor, amendment_id: AmendmentId) -> Dossier:
        """Return all that somebody may see and do. Raises `NotFound` for who may not see it."""
        at = self._acting.clock()
        return await self._acting.store.read(lambda unit: self._dossier(unit, actor, amendment_id, at))

    async def ready(self, actor: Actor, deed: Deed, amendment_id: AmendmentId) -> Dossier:
        """Return the same for somebody who is about to do something. Raises `Refused` where they may not."""
        at = self._acting.clock()

        def work(unit: Unit) -> Dossier:
            demand(unit, deed, actor, amendment_with(unit, amendment_id), self._acting.rules, at)
            return self._dossier(unit, actor, amendment_id, at)

        return await self._acting.store.read(work)

    async def find(self, actor: Actor, programme_id: ProgrammeId, reference: str) -> AmendmentId:
        """Return the amendment that a reference or receipt number means, for who may see it. Raises `NotFound`."""

        def work(unit: Unit) -> AmendmentId:
            found = amendment_named(unit, programme_id, reference)
            if found is None or not visible(actor, found):
                raise NotFound("refused.no_amendment", reference=reference[:40])
            return found.amendment_id

        return await self._acting.store.read(work)

    async def phase(self, programme_id: ProgrammeId) -> Phase:
        """Return the phase that a programme is in."""
        return (await self._acting.store.read(lambda unit: unit.phases.calendar(programme_id))).phase

    async def chapter(self, programme_id: ProgrammeId, words: str) -> ChapterId:
        """Return the chapter that somebody means: by its code, else by words of its title. Raises `NotFound`."""
        typed = words.casefold().strip()

        def work(unit: Unit) -> ChapterId:
            lines = unit.programmes.outline(programme_id)
            found = [line for line in lines if line.chapter_code == typed]
            found += [line for line in lines if typed in line.chapter_title.casefold()]
            if not found:
                raise NotFound("refused.no_chapter", words=words[:60])
            return text_with(unit, found[0].section_id).chapter_id

        return await self._acting.store.read(work)

    async def drafts(
        self, actor: Actor, programme_id: ProgrammeId, chapter_id: ChapterId | None
    ) -> list[tuple[Amendment, AdviceDraft]]:
        """Return the advice in draft of a chapter or of everything, for who may see it. Raises `Refused`."""

        def work(unit: Unit) -> list[tuple[Amendment, AdviceDraft]]:
            if not _ADVISERS & actor.roles:
                actor.demand(Role.COMMITTEE)
            drafts = unit.advice.drafts(programme_id, chapter_id)
            return [(amendment_with(unit, draft.amendment_id), draft) for draft in drafts]

        return await self._acting.store.read(work)

    def _dossier(self, unit: Unit, actor: Actor, amendment_id: AmendmentId, at: str) -> Dossier:
        amendment = amendment_for(unit, actor, amendment_id)
        if not visible(actor, amendment):
            raise NotFound("refused.amendment_gone")
        section = text_with(unit, amendment.section_id)
        draft = unit.advice.draft(amendment_id) if _ADVISERS & actor.roles else None
        merge = unit.decisions.merge(amendment_id)
        asked = unit.co_proposers.of(amendment_id)
        mine = [each for each in asked if each.member_id == actor.member_id]
        proposes = is_proposer(actor, amendment)
        unanswered = [each.name or "" for each in asked if proposes and each.state is Invitation.INVITED]
        situation = situation_of(unit, amendment.programme_id, self._acting.rules, at)
        left = [each for each in merge.consents if each.consented_at is None] if merge is not None else []
        records = Role.SECRETARY in actor.roles
        return Dossier(
            whole=replace(self._whole(unit, amendment, draft, merge, left), invited=unanswered),
            section=section,
            deeds=tuple(_offered(unit, actor, amendment, draft, deeds_for(actor, amendment, situation))),
            follows=unit.members.follows(amendment_id, actor.member_id),
            invitation=mine[0] if mine and not proposes else None,
            consent=next((each for each in left if each.member_id == actor.member_id), None),
            to_record=tuple(each for each in left if records and each.member_id != actor.member_id),
            draft=draft,
            secretary=records,
        )

    def _whole(
        self,
        unit: Unit,
        amendment: Amendment,
        draft: AdviceDraft | None,
        merge: Merge | None,
        left: list[Consent],
    ) -> Whole:
        details = unit.advice.details(amendment.amendment_id)
        decision = unit.decisions.standing(amendment.amendment_id)
        return Whole(
            amendment,
            others=neighbours(unit, amendment),
            alike=alike(unit, amendment) if amendment.status in UNDECIDED else (),
            history=unit.amendments.history(amendment.amendment_id),
            versions=unit.amendments.versions(amendment.amendment_id),
            advised=details.text if details is not None else None,
            draft=None if draft is None else Draft(draft.advice, draft.explanation, draft.text, draft.author),
            tally=decision.tally if decision is not None and decision.outcome is amendment.status else None,
            merging=amendment_with(unit, merge.into_id) if merge is not None else None,
            waiting=[each.name or "" for each in left],
            minimum_support=self._acting.rules.minimum_support,
        )


def _offered(
    unit: Unit, actor: Actor, amendment: Amendment, draft: AdviceDraft | None, deeds: tuple[Deed, ...]
) -> Iterator[Deed]:
    """Yield of what somebody may do what there is to do: nobody takes back what they did not give."""
    supported = unit.amendments.supports(amendment.amendment_id, actor.member_id)
    lacking = {
        Deed.SUPPORT: supported,
        Deed.UNSUPPORT: not supported,
        Deed.ANSWER: amendment.advice is None,
        Deed.PUBLISH: draft is None,
    }
    yield from (deed for deed in deeds if not lacking.get(deed, False))
