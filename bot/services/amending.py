"""What a member does with amendments: draft, file, support, take support back, read.

Every act is one transaction keyed by its interaction, so a repeated delivery changes nothing. Who may act is
checked here, at the moment of acting, whatever a button promised when it was drawn.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.domain.aiming import block_at
from bot.domain.amendments import Amendment, Event, Origin, Status
from bot.domain.deeds import UNDECIDED, Deed
from bot.domain.ids import AmendmentId, ProgrammeId, Snowflake
from bot.domain.people import Actor, Role, book_name
from bot.domain.phases import Rules
from bot.domain.programme import Section
from bot.domain.rights import Situation, denial, label
from bot.errors import NotFound, Refused
from bot.services.admission import file_draft
from bot.services.comparing import Beside, beside_of
from bot.services.deliveries import Delivered, delivered, note_delivery, note_first
from bot.services.finding import amendment_named, amendment_with, standing, standing_section, text_with
from bot.services.homes import amendment_for
from bot.services.ideas import Idea, demand_amendable, proposal_of, rewritten
from bot.services.judging import demand, demand_new, demand_seen, situation_of, visible
from bot.services.ports import AmendmentFilter, Clock, Store, Unit

_UNFILED: Final = frozenset({Status.DRAFT, Status.WITHDRAWN, Status.NOT_ADMITTED})
"""Where saying that it was filed would be wrong: it is still to be, or it is over."""
_LONGEST_NAME: Final = 100
_MANY: Final = 1000
SUPPORTABLE = UNDECIDED
"""Where an amendment can still be supported, and support taken back: until the decision."""


@dataclass(frozen=True, slots=True)
class AmendmentView:
    """An amendment with all that is needed to show it to one person."""

    amendment: Amendment
    section: Section
    history: Sequence[Event]
    supported: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class DraftView:
    """One's own draft, with what others proposed that it touches or resembles; `held` is why it can't be filed now."""

    amendment: Amendment
    section: Section
    beside: Beside
    held: Refused | None = None


class Amending:
    """The acts of members on amendments."""

    def __init__(self, store: Store, clock: Clock, *, screening: bool = False, rules: Rules | None = None) -> None:
        self._store = store
        self._clock = clock
        self._rules = rules if rules is not None else Rules(screening=screening)

    async def draft(
        self,
        actor: Actor,
        idea: Idea,
        interaction_id: Snowflake,
        meanwhile: Callable[[DraftView], object] | None = None,
    ) -> DraftView:
        """Keep what a member filled in as a draft that only they can see. `meanwhile` is as in `Store.transact`."""
        at = self._clock()

        def work(unit: Unit) -> DraftView:
            section = text_with(unit, idea.section_id)
            situation = demand_new(unit, Deed.DRAFT, actor, section.programme_id, self._rules, at)
            standing(unit, section)
            proposal, anchor = proposal_of(idea, section)
            made = unit.amendments.add(
                section.section_id,
                proposal,
                status=Status.DRAFT,
                origin=Origin.DISCORD,
                proposer=unit.members.preferences(section.programme_id, actor.member_id).book_name or actor.name,
                proposer_id=actor.member_id,
                anchor=anchor,
                source_post_id=None,
                at=at,
            )
            unit.amendments.record(
                made.amendment_id,
                at=at,
                actor=actor.name,
                actor_id=actor.member_id,
                on_behalf=None,
                from_status=None,
                to_status=Status.DRAFT,
                reason=None,
            )
            note_first(unit, interaction_id, made.amendment_id, at)
            return DraftView(made, section, beside_of(unit, made), _held(actor, made, situation))

        try:
            return await self._store.transact(work, meanwhile)
        except Delivered as before:
            stored = before.amendment_id
            return await self._store.read(lambda unit: self._draft_view(unit, stored, actor, at))

    async def outlook(self, actor: Actor, programme_id: ProgrammeId) -> Refused | None:
        """Return why what somebody begins to write can't be filed now. Raises `Refused` where it can't even be kept."""
        at = self._clock()

        def work(unit: Unit) -> Refused | None:
            return _held(actor, None, demand_new(unit, Deed.DRAFT, actor, programme_id, self._rules, at))

        return await self._store.read(work)

    async def redraft(
        self, actor: Actor, amendment_id: AmendmentId, idea: Idea, interaction_id: Snowflake
    ) -> DraftView:
        """Replace the words of one's own draft; what it is aimed at stays."""
        at = self._clock()

        def work(unit: Unit) -> DraftView:
            if delivered(unit, interaction_id) is None:
                amendment = _own_draft(unit, amendment_id, actor)
                demand(unit, Deed.CHANGE, actor, amendment, self._rules, at)
                proposal, anchor = rewritten(idea, amendment, standing_section(unit, amendment.section_id))
                unit.amendments.add_version(amendment_id, proposal, anchor, at)
                note_delivery(unit, interaction_id, amendment_id, at)
            return self._draft_view(unit, amendment_id, actor, at)

        return await self._store.transact(work)

    async def file(self, actor: Actor, amendment_id: AmendmentId, interaction_id: Snowflake) -> AmendmentView:
        """File one's own draft, or as the secretary that of somebody who is not on Discord.

        Filing it twice (a double click) gives the same answer and changes nothing.
        """
        at = self._clock()

        def work(unit: Unit) -> AmendmentView:
            amendment = amendment_for(unit, actor, amendment_id)
            if amendment.proposer_id is None:
                actor.demand(Role.SECRETARY)
            elif amendment.proposer_id != actor.member_id:
                raise Refused("refused.not_yours")
            if amendment.status in _UNFILED and delivered(unit, interaction_id) is None:
                if amendment.proposer_id is not None:
                    actor.demand(Role.MEMBER)
                demand(unit, Deed.SUBMIT, actor, amendment, self._rules, at)
                section = standing_section(unit, amendment.section_id)
                demand_amendable(section, amendment.kind, block_at(section.blocks, amendment.anchor))
                file_draft(unit, amendment, actor=actor, at=at, screening=self._rules.screening)
                note_delivery(unit, interaction_id, amendment_id, at)
            return _view(unit, amendment_id, actor)

        return await self._store.transact(work)

    async def support(
        self, actor: Actor, amendment_id: AmendmentId, interaction_id: Snowflake
    ) -> tuple[Amendment, bool]:
        """Count a member's support. The flag says whether it is new; pressing again never takes it back."""
        at = self._clock()

        def work(unit: Unit) -> tuple[Amendment, bool]:
            amendment = amendment_for(unit, actor, amendment_id)
            _undecided(amendment)
            demand_seen(unit, Deed.SUPPORT, actor, amendment, self._rules, at)
            again = not note_delivery(unit, interaction_id, amendment_id, at)
            new = again or unit.amendments.add_support(amendment_id, actor.member_id, at)
            return amendment_with(unit, amendment_id), new

        return await self._store.transact(work)

    async def unsupport(
        self, actor: Actor, amendment_id: AmendmentId, interaction_id: Snowflake
    ) -> tuple[Amendment, bool]:
        """Take one's support back, at any time until the decision. The flag says whether there was any."""
        at = self._clock()

        def work(unit: Unit) -> tuple[Amendment, bool]:
            amendment = amendment_for(unit, actor, amendment_id)
            _undecided(amendment)
            demand_seen(unit, Deed.UNSUPPORT, actor, amendment, self._rules, at)
            again = not note_delivery(unit, interaction_id, amendment_id, at)
            gone = again or unit.amendments.remove_support(amendment_id, actor.member_id)
            return amendment_with(unit, amendment_id), gone

        return await self._store.transact(work)

    async def read(self, actor: Actor, amendment_id: AmendmentId) -> AmendmentView:
        """Return an amendment for one person. Raises `NotFound` for who may not see it."""
        return await self._store.read(lambda unit: _view(unit, amendment_id, actor))

    async def own_draft(self, actor: Actor, amendment_id: AmendmentId) -> DraftView:
        """Return one's own draft, to be written anew. Raises `Refused` when it was filed meanwhile."""
        at = self._clock()

        def work(unit: Unit) -> DraftView:
            _own_draft(unit, amendment_id, actor)
            return self._draft_view(unit, amendment_id, actor, at)

        return await self._store.read(work)

    async def drafts(self, actor: Actor, programme_id: ProgrammeId, most: int) -> Sequence[Amendment]:
        """Return one's own drafts, in the order of their sections."""
        mine = AmendmentFilter(statuses=frozenset({Status.DRAFT}), proposer_id=actor.member_id)
        return await self._store.read(lambda unit: unit.amendments.list(programme_id, mine, after=None, limit=most))

    async def name(self, actor: Actor, programme_id: ProgrammeId) -> str | None:
        """Return the name that somebody wants in the amendment book, or None where they were not asked yet."""
        return (await self._store.read(lambda unit: unit.members.preferences(programme_id, actor.member_id))).book_name

    async def set_name(self, actor: Actor, programme_id: ProgrammeId, name: str) -> str:
        """Store the name that somebody wants in the amendment book of a programme, and on what they have in draft."""
        chosen = book_name(name)[:_LONGEST_NAME]
        if not chosen:
            raise Refused("refused.no_name")
        at = self._clock()

        def work(unit: Unit) -> str:
            if unit.members.preferences(programme_id, actor.member_id).book_name == chosen:
                return chosen
            unit.members.set_book_name(programme_id, actor.member_id, chosen, at)
            drafts = AmendmentFilter(statuses=frozenset({Status.DRAFT}), proposer_id=actor.member_id)
            for draft in unit.amendments.list(programme_id, drafts, after=None, limit=_MANY):
                unit.amendments.set_proposer(draft.amendment_id, chosen, actor.member_id)
            return chosen

        return await self._store.transact(work)

    async def find(self, actor: Actor, programme_id: ProgrammeId, reference: str) -> AmendmentView:
        """Return the amendment with this reference, however it was typed, or with this receipt number."""

        def work(unit: Unit) -> AmendmentView:
            amendment = amendment_named(unit, programme_id, reference)
            if amendment is None or not visible(actor, amendment):
                raise NotFound("refused.no_amendment", reference=reference[:40])
            return _view(unit, amendment.amendment_id, actor)

        return await self._store.read(work)

    async def page(
        self, programme_id: ProgrammeId, which: AmendmentFilter, *, after: AmendmentId | None, size: int
    ) -> tuple[Sequence[Amendment], bool]:
        """Return one page of a list of what members may see, and whether more follows."""
        shown = replace(which, public=True)
        rows = await self._store.read(
            lambda unit: unit.amendments.list(programme_id, shown, after=after, limit=size + 1)
        )
        return rows[:size], len(rows) > size

    def _draft_view(self, unit: Unit, amendment_id: AmendmentId, actor: Actor, at: str) -> DraftView:
        amendment = amendment_for(unit, actor, amendment_id)
        if amendment.proposer_id != actor.member_id:
            raise NotFound("refused.amendment_gone")
        held = _held(actor, amendment, situation_of(unit, amendment.programme_id, self._rules, at))
        return DraftView(amendment, text_with(unit, amendment.section_id), beside_of(unit, amendment), held)


def _held(actor: Actor, draft: Amendment | None, situation: Situation) -> Refused | None:
    """Return why somebody can't file their draft, or one that they begin, now. None where they can."""
    refused = denial(Deed.SUBMIT, actor, draft, situation)
    return refused.raised() if refused else None


def _own_draft(unit: Unit, amendment_id: AmendmentId, actor: Actor) -> Amendment:
    amendment = amendment_for(unit, actor, amendment_id)
    if amendment.proposer_id != actor.member_id:
        raise Refused("refused.not_yours")
    if amendment.status is Status.WITHDRAWN and amendment.reference is None:
        raise Refused("refused.discarded")
    if amendment.status is not Status.DRAFT:
        raise Refused("refused.filed_already", reference=label(amendment))
    return amendment


def _undecided(amendment: Amendment) -> None:
    if not amendment.public:
        raise NotFound("refused.amendment_gone")
    if amendment.status not in SUPPORTABLE:
        raise Refused("refused.decided", reference=label(amendment), status=amendment.status)


def _view(unit: Unit, amendment_id: AmendmentId, actor: Actor) -> AmendmentView:
    amendment = amendment_for(unit, actor, amendment_id)
    if not visible(actor, amendment):
        raise NotFound("refused.amendment_gone")
    return AmendmentView(
        amendment=amendment,
        section=text_with(unit, amendment.section_id),
        history=unit.amendments.history(amendment_id),
        supported=unit.amendments.supports(amendment_id, actor.member_id),
        mine=amendment.proposer_id == actor.member_id,
    )
