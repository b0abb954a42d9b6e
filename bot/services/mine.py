"""What concerns one person: what they proposed, what waits for them, and what they did not hear of yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from bot.domain.amendments import Amendment, Status
from bot.domain.deeds import Deed
from bot.domain.ids import AmendmentId, ProgrammeId, Snowflake
from bot.domain.people import Actor, Role
from bot.services.acting import Acting
from bot.services.decision_rows import Merge
from bot.services.finding import amendment_with
from bot.services.homes import at_home
from bot.services.judging import demand
from bot.services.member_rows import CoProposer, Notice, Preferences
from bot.services.ports import AmendmentFilter, Unit

_MOST: Final = 100
_EVER: Final = 10_000
_LATER: Final = frozenset(Status) - {Status.DRAFT}


@dataclass(frozen=True, slots=True)
class Mine:
    """What `/mijn` shows a member, and nobody else. `about` holds what invitations and mergings are about."""

    proposals: Sequence[Amendment]
    drafts: Sequence[Amendment]
    repairs: Sequence[Amendment]
    to_answer: Sequence[Amendment]
    invitations: Sequence[CoProposer]
    merges: Sequence[Merge]
    notices: Sequence[Notice]
    about: Mapping[AmendmentId, Amendment]
    preferences: Preferences


@dataclass(frozen=True, slots=True)
class Duties:
    """What waits for somebody by the part they play; empty for a part they don't."""

    to_screen: Sequence[Amendment] = ()
    to_look_at: int = 0
    to_advise: Sequence[Amendment] = ()
    to_publish: int = 0
    to_decide: Sequence[Amendment] = ()


class Own:
    """What concerns one person, and what they follow."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting
        self._with_news: frozenset[Snowflake] = frozenset()
        self._as_of = -1

    async def mine(self, actor: Actor, programme_id: ProgrammeId) -> Mine:
        """Return what concerns a member. The notices are kept until `told` says that they were read."""

        def work(unit: Unit) -> Mine:
            def here(amendment_id: AmendmentId) -> bool:
                return unit.amendments.programme_of(amendment_id) == programme_id

            drafts = _by(unit, programme_id, actor, frozenset({Status.DRAFT}))
            proposals = [each for each in _by(unit, programme_id, actor, _LATER) if not _thrown_away(unit, each)]
            invitations = [each for each in unit.co_proposers.waiting_for(actor.member_id) if here(each.amendment_id)]
            merges = [each for each in unit.decisions.merges_waiting(actor.member_id) if here(each.amendment_id)]
            asked = {each.amendment_id for each in (*invitations, *merges)}
            return Mine(
                proposals=proposals,
                drafts=[each for each in drafts if each.repair_until is None],
                repairs=[each for each in drafts if each.repair_until is not None],
                to_answer=[each for each in proposals if _unanswered(unit, each)],
                invitations=invitations,
                merges=merges,
                notices=_notices(unit, actor, _MOST),
                about={each: amendment_with(unit, each) for each in asked},
                preferences=unit.members.preferences(programme_id, actor.member_id),
            )

        return await self._acting.store.read(work)

    async def duties(self, actor: Actor, programme_id: ProgrammeId) -> Duties:
        """Return what waits for secretary, committee and chair."""

        def work(unit: Unit) -> Duties:
            def waiting(status: Status) -> Sequence[Amendment]:
                return unit.amendments.waiting(programme_id, frozenset({status}), _MOST)

            secretary, committee = Role.SECRETARY in actor.roles, Role.COMMITTEE in actor.roles
            drafts = unit.advice.drafts(programme_id) if committee or secretary else ()
            drafted = {draft.amendment_id for draft in drafts}
            unadvised = [
                each for each in waiting(Status.OPEN) if each.advice is None and each.amendment_id not in drafted
            ]
            return Duties(
                to_screen=waiting(Status.SUBMITTED) if secretary else (),
                to_look_at=len(unit.flags.open(programme_id)) if secretary else 0,
                to_advise=unadvised if committee else (),
                to_publish=len(drafts),
                to_decide=[*waiting(Status.OPEN), *waiting(Status.HELD_OVER)] if Role.CHAIR in actor.roles else (),
            )

        return await self._acting.store.read(work)

    async def notices(self, actor: Actor, most: int = 5) -> Sequence[Notice]:
        """Return the news for a member, to be told with their next answer.

        Most have none, and for them the database is not asked.
        """
        store = self._acting.store
        if (number := store.news) != self._as_of:
            self._with_news = await store.read(lambda unit: unit.members.with_news())
            self._as_of = number
        if actor.member_id not in self._with_news:
            return ()
        return await self._acting.store.read(lambda unit: _notices(unit, actor, most))

    async def told(self, actor: Actor, notice_ids: Sequence[int]) -> None:
        """Drop news that a member was told. Nobody can drop another's."""

        def work(unit: Unit) -> None:
            mine = {notice.notice_id for notice in _notices(unit, actor, _MOST)}
            unit.members.told([each for each in notice_ids if each in mine])

        await self._acting.store.transact(work)

    async def to_write(self, programme_id: ProgrammeId, most: int = _MOST) -> Sequence[tuple[Snowflake, Notice]]:
        """Return the news for members who want to be written to."""
        return await self._acting.store.read(lambda unit: unit.members.to_write(programme_id, most))

    async def written(self, notice_ids: Sequence[int]) -> None:
        """Drop news that was written to members."""
        await self._acting.store.transact(lambda unit: unit.members.told(notice_ids))

    async def messages(self, actor: Actor, programme_id: ProgrammeId, *, wanted: bool) -> None:
        """Let the bot write to somebody about a programme, or not any more."""
        at = self._acting.clock()
        await self._acting.store.transact(
            lambda unit: unit.members.set_messages(programme_id, actor.member_id, messages=wanted, at=at)
        )

    async def follow(self, actor: Actor, amendment_id: AmendmentId) -> tuple[Amendment, bool]:
        """Follow an amendment; the flag says whether that is new."""
        at = self._acting.clock()

        def work(unit: Unit) -> tuple[Amendment, bool]:
            amendment = amendment_with(unit, amendment_id)
            demand(unit, Deed.FOLLOW, actor, amendment, self._acting.rules, at)
            return amendment, unit.members.follow(amendment_id, actor.member_id, at)

        return await self._acting.store.transact(work)

    async def unfollow(self, actor: Actor, amendment_id: AmendmentId) -> bool:
        """Follow an amendment no longer; False when it was not followed."""
        return await self._acting.store.transact(lambda unit: unit.members.unfollow(amendment_id, actor.member_id))

    async def discuss(self, actor: Actor, amendment_id: AmendmentId) -> tuple[Amendment, bool]:
        """Ask that the assembly discusses an amendment; the flag says whether that is new."""
        at = self._acting.clock()

        def work(unit: Unit) -> tuple[Amendment, bool]:
            amendment = amendment_with(unit, amendment_id)
            demand(unit, Deed.DISCUSS, actor, amendment, self._acting.rules, at)
            return amendment, unit.meetings.ask_to_discuss(amendment_id, actor.member_id, at)

        return await self._acting.store.transact(work)


def _by(unit: Unit, programme_id: ProgrammeId, actor: Actor, statuses: frozenset[Status]) -> Sequence[Amendment]:
    which = AmendmentFilter(statuses=statuses, proposer_id=actor.member_id)
    return unit.amendments.list(programme_id, which, after=None, limit=_MOST)


def _thrown_away(unit: Unit, amendment: Amendment) -> bool:
    """Tell whether something was withdrawn as a draft, that nobody else saw and whose writer was told it is gone."""
    if amendment.status is not Status.WITHDRAWN or amendment.reference is not None:
        return False
    return all(event.to_status is not Status.SUBMITTED for event in unit.amendments.history(amendment.amendment_id))


def _notices(unit: Unit, actor: Actor, most: int) -> Sequence[Notice]:
    """Return the news for a member from the guild they act in, the oldest first."""
    found = unit.members.notices(actor.member_id, _EVER)
    here = (each for each in found if at_home(unit, actor, each.amendment.programme_id))
    return list(islice(here, most))


def _unanswered(unit: Unit, amendment: Amendment) -> bool:
    if amendment.advice is None or amendment.status not in {Status.OPEN, Status.HELD_OVER}:
        return False
    details = unit.advice.details(amendment.amendment_id)
    return details is not None and details.answer is None
