"""Merging an amendment into another: the committee asks, and once everybody who proposed either consents it is done."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.amendments import Amendment, Status
from bot.domain.deeds import Deed
from bot.domain.ids import AmendmentId, Snowflake
from bot.domain.people import Actor, Role
from bot.domain.rights import label
from bot.errors import NotFound, Refused
from bot.services.acting import Acting
from bot.services.decision_rows import Consent, Merge
from bot.services.finding import amendment_with
from bot.services.homes import amendment_for
from bot.services.judging import demand
from bot.services.member_rows import Invitation, News
from bot.services.ports import Unit
from bot.services.public_lines import announce_standing


@dataclass(frozen=True, slots=True)
class MergeState:
    """How a merging stands: what goes into what, and whose word it still needs."""

    amendment: Amendment
    into: Amendment
    waiting: tuple[Consent, ...]

    @property
    def done(self) -> bool:
        """Whether it was done."""
        return self.amendment.status is Status.MERGED


class Merging:
    """The acts around merging."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def ask(
        self, actor: Actor, amendment_id: AmendmentId, into_id: AmendmentId, interaction_id: Snowflake
    ) -> MergeState:
        """Ask everybody who proposed either for their consent. It waits for those; it is done with the last one."""

        def change(unit: Unit, amendment: Amendment, at: str) -> None:
            into = amendment_with(unit, into_id)
            _fits(amendment, into)
            if unit.decisions.merge(amendment_id) is not None:
                unit.decisions.drop_merge(amendment_id)
            people = list(_people(unit, amendment, into))
            unit.decisions.ask_merge(amendment_id, into_id, people, actor, at)
            for member_id, _ in people:
                if member_id is not None:
                    unit.members.tell(member_id, amendment_id, News.ASKED_TO_MERGE, at)

        await self._acting.act(Deed.MERGE, actor, amendment_id, interaction_id, change)
        return await self.state(amendment_id)

    async def state(self, amendment_id: AmendmentId) -> MergeState:
        """Return how a merging stands. Raises `NotFound`."""
        return await self._acting.store.read(lambda unit: _state(unit, amendment_id))

    async def consent(self, actor: Actor, amendment_id: AmendmentId) -> MergeState:
        """Consent to a merging. Doing so again changes nothing."""
        return await self._answer(actor, amendment_id, None)

    async def record_consent(self, actor: Actor, amendment_id: AmendmentId, consent_id: int) -> MergeState:
        """Write down, as the secretary, the consent of somebody who gave it elsewhere."""
        actor.demand(Role.SECRETARY)
        return await self._answer(actor, amendment_id, consent_id)

    async def refuse(self, actor: Actor, amendment_id: AmendmentId) -> Amendment:
        """Refuse a merging, as one of those whose word it needs or as the committee: both stay as they are."""

        def work(unit: Unit) -> Amendment:
            amendment = amendment_for(unit, actor, amendment_id)
            merge = _waiting(unit, amendment_id)
            mine = any(consent.member_id == actor.member_id for consent in merge.consents)
            if not mine and not {Role.COMMITTEE, Role.SECRETARY} & actor.roles:
                raise Refused("refused.not_asked_to_merge")
            unit.decisions.drop_merge(amendment_id)
            return amendment

        return await self._acting.store.transact(work)

    async def _answer(self, actor: Actor, amendment_id: AmendmentId, consent_id: int | None) -> MergeState:
        at = self._acting.clock()

        def work(unit: Unit) -> MergeState:
            amendment = amendment_for(unit, actor, amendment_id)
            if amendment.status is Status.MERGED:
                return _state(unit, amendment_id)
            merge = _waiting(unit, amendment_id)
            asked = [each for each in merge.consents if _meant(each, actor, consent_id)]
            if not asked:
                raise Refused("refused.not_asked_to_merge")
            for each in asked:
                unit.decisions.consent(each.consent_id, at, actor.name if consent_id is not None else None)
            if (complete := _waiting(unit, amendment_id)).complete:
                self._carry_out(unit, amendment, complete, at)
            return _state(unit, amendment_id)

        return await self._acting.store.transact(work)

    def _carry_out(self, unit: Unit, amendment: Amendment, merge: Merge, at: str) -> None:
        """Merge, in the name of who asked for it, if that can still be done."""
        into = amendment_with(unit, merge.into_id)
        _fits(amendment, into)
        asker = Actor(merge.actor_id or Snowflake(0), merge.actor or "", frozenset({Role.COMMITTEE}))
        demand(unit, Deed.MERGE, asker, amendment, self._acting.rules, at)
        reason = self._acting.say(unit, amendment)("history.merged", reference=label(into))
        self._acting.step(unit, Deed.MERGE, amendment, asker, at, reason)
        unit.amendments.set_merged(amendment.amendment_id, into.amendment_id)
        merged = amendment_with(unit, amendment.amendment_id)
        announce_standing(self._acting, unit, merged, at, "announce.merged")
        unit.members.tell_followers(amendment.amendment_id, News.MERGED, at)


def _fits(amendment: Amendment, into: Amendment) -> None:
    if into.amendment_id == amendment.amendment_id:
        raise Refused("refused.merge_itself", reference=label(amendment))
    if into.programme_id != amendment.programme_id:
        raise NotFound("refused.amendment_gone")
    if into.status is not Status.OPEN:
        raise Refused("refused.status", reference=label(into), status=into.status, deed=Deed.MERGE)


def _people(unit: Unit, *amendments: Amendment) -> Iterator[tuple[Snowflake | None, str | None]]:
    """Yield everybody who proposes any of these, each once."""
    seen: set[tuple[Snowflake | None, str | None]] = set()
    for amendment in amendments:
        people = [(amendment.proposer_id, amendment.proposer)]
        people += [
            (each.member_id, each.name)
            for each in unit.co_proposers.of(amendment.amendment_id)
            if each.state is Invitation.CONSENTED
        ]
        for member_id, name in people:
            key = (member_id, None if member_id is not None else name)
            if key not in seen:
                seen.add(key)
                yield member_id, name


def _meant(consent: Consent, actor: Actor, consent_id: int | None) -> bool:
    return consent.member_id == actor.member_id if consent_id is None else consent.consent_id == consent_id


def _waiting(unit: Unit, amendment_id: AmendmentId) -> Merge:
    merge = unit.decisions.merge(amendment_id)
    if merge is None:
        raise NotFound("refused.no_merge")
    return merge


def _state(unit: Unit, amendment_id: AmendmentId) -> MergeState:
    merge = _waiting(unit, amendment_id)
    waiting = tuple(each for each in merge.consents if each.consented_at is None)
    return MergeState(amendment_with(unit, amendment_id), amendment_with(unit, merge.into_id), waiting)
