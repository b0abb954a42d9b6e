"""The assembly: its order of treatment, what comes next, the hamerlijst in one blow, undoing, and the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from bot.domain.amendments import Amendment, Status
from bot.domain.deadlines import Deadline, is_past
from bot.domain.deeds import ENDS, UNDECIDED, Deed
from bot.domain.ids import ProgrammeId
from bot.domain.lifecycle import transition
from bot.domain.people import Actor, Role
from bot.domain.phases import Phase
from bot.domain.rights import Moment, Situation, denial, label
from bot.domain.tally import Tally
from bot.domain.treatment import AS_ADVISED, Agenda, agenda
from bot.errors import NotFound, Refused
from bot.mirror.channels import OVERVIEW
from bot.services.acting import Acting, given
from bot.services.admission import take_step
from bot.services.deciding import Ruling, rule
from bot.services.decision_rows import Decision
from bot.services.finding import amendment_with
from bot.services.judging import situation_of
from bot.services.member_rows import News
from bot.services.ports import AmendmentFilter, Unit
from bot.services.public_lines import announce_undone

_DEEDS: Final = {ENDS[deed]: deed for deed in (Deed.ADOPT, Deed.ADOPT_AS_MODIFIED, Deed.REJECT)}
_MANY: Final = 100_000
_LISTED: Final = 25


@dataclass(frozen=True, slots=True)
class Standing:
    """How a meeting stands: what is still to be decided, in its order."""

    hammer: tuple[Amendment, ...]
    rest: tuple[Amendment, ...]

    @property
    def next(self) -> Amendment | None:
        """What comes next once the hamerlijst is done, or None."""
        return next(iter(self.rest), None)


@dataclass(frozen=True, slots=True)
class Undoable:
    """The last decision, by the id of its first amendment's, with all that were decided in the same blow."""

    decision_id: int
    amendments: Sequence[Amendment]


class MeetingLead:
    """The acts of the chair in the assembly. Deciding a single amendment is in `deciding`."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def order(self, actor: Actor, programme_id: ProgrammeId) -> Standing:
        """Build the order of treatment and keep it. Building it again takes in what changed."""
        at = self._acting.clock()

        def work(unit: Unit) -> Standing:
            demand_lead(self._acting, unit, actor, programme_id)
            made = _agenda(unit, programme_id)
            unit.meetings.set_order(
                programme_id,
                [each.amendment_id for each in made.hammer],
                [each.amendment_id for each in made.rest],
                at,
            )
            return standing_of(unit, programme_id)

        return await self._acting.store.transact(work)

    async def standing(self, programme_id: ProgrammeId) -> Standing:
        """Return what is still to be decided. Raises `NotFound` where no order was built."""
        return await self._acting.store.read(lambda unit: standing_of(unit, programme_id))

    async def hammer(self, actor: Actor, programme_id: ProgrammeId) -> tuple[Sequence[Amendment], Sequence[Amendment]]:
        """Decide the hamerlijst as advised, in one blow. Return what was decided, and what must be discussed after all.

        What somebody asked to discuss, or what changed, since the order was built is left to the rest.
        """
        at = self._acting.clock()

        def work(unit: Unit) -> tuple[Sequence[Amendment], Sequence[Amendment]]:
            situation = demand_lead(self._acting, unit, actor, programme_id)
            listed = standing_of(unit, programme_id).hammer
            if not listed:
                raise Refused("refused.no_hammer")
            _demand_discussed(situation)
            fit = set(_agenda(unit, programme_id).hammer)
            texts = unit.advice.with_text(programme_id)
            due = [each for each in listed if each in fit]
            batch: int | None = None
            for amendment in due:
                ruling = _as_advised(amendment, texts.get(amendment.amendment_id, ""))
                decided = rule(self._acting, unit, amendment, ruling, actor, at, batch)
                if batch is None:
                    batch = decided
            return [amendment_with(unit, each.amendment_id) for each in due], [
                each for each in listed if each not in fit
            ]

        return await self._acting.store.transact(work)

    async def last(self, programme_id: ProgrammeId) -> Sequence[Decision]:
        """Return the last decision, with all that were taken in the same blow; nothing where there is none."""
        return await self._acting.store.read(lambda unit: unit.decisions.last(programme_id))

    async def undoable(self, actor: Actor, programme_id: ProgrammeId) -> Undoable:
        """Return the last decision for who may undo it. Raises `NotFound` where there is none."""

        def work(unit: Unit) -> Undoable:
            demand_lead(self._acting, unit, actor, programme_id)
            last = unit.decisions.last(programme_id)
            if not last:
                raise NotFound("refused.no_decision")
            return Undoable(last[0].decision_id, [amendment_with(unit, each.amendment_id) for each in last])

        return await self._acting.store.read(work)

    async def undo(self, actor: Actor, programme_id: ProgrammeId, seen: int, reason: str) -> Sequence[Amendment]:
        """Undo the last decision, with a reason. `seen` is the id of the one that was shown: no other is undone."""
        at = self._acting.clock()

        def work(unit: Unit) -> Sequence[Amendment]:
            demand_lead(self._acting, unit, actor, programme_id)
            why = given(reason)
            last = unit.decisions.last(programme_id)
            if seen not in {decision.decision_id for decision in last}:
                raise Refused("refused.not_the_last")
            return [self._undo(unit, decision, actor, why, at) for decision in last]

        return await self._acting.store.transact(work)

    async def adopt(self, actor: Actor, programme_id: ProgrammeId, tally: Tally | None = None) -> None:
        """End the meeting: the whole amended programme was adopted. Refused while anything is undecided, listing it."""
        at = self._acting.clock()

        def work(unit: Unit) -> None:
            demand_lead(self._acting, unit, actor, programme_id)
            demand_decided(unit, programme_id)
            if (meeting := unit.meetings.under_way(programme_id)) is not None:
                unit.meetings.end(meeting.meeting_id, tally, at)
            unit.phases.enter(programme_id, Phase.ADOPTED, actor, at)
            say = self._acting.texts(unit, programme_id)
            unit.announcements.add(programme_id, OVERVIEW, say("announce.adopted"), at)

        await self._acting.store.transact(work)

    def _undo(self, unit: Unit, decision: Decision, actor: Actor, why: str, at: str) -> Amendment:
        amendment = amendment_with(unit, decision.amendment_id)
        reason = self._acting.say(unit, amendment)("history.undone", reason=why)
        unit.decisions.undo(decision.decision_id, at)
        step = transition(amendment.status, decision.before)
        unit.members.tell_followers(amendment.amendment_id, News.CORRECTED, at, apart_from=actor.member_id)
        undone = take_step(unit, amendment, step, actor=actor, on_behalf=None, reason=reason, at=at)
        announce_undone(self._acting, unit, undone, decision.decision_id, at)
        return undone


def _as_advised(amendment: Amendment, text: str) -> Ruling:
    if amendment.advice is None:
        raise LookupError(amendment.amendment_id)
    return Ruling(_DEEDS[AS_ADVISED[amendment.advice.advice]], final_text=text)


def _agenda(unit: Unit, programme_id: ProgrammeId) -> Agenda:
    """Return the order as it would be now. Sections stand in the programme's order, as in every list."""
    amendments = unit.amendments.list(programme_id, AmendmentFilter(), after=None, limit=_MANY)
    sections = [list(group) for _, group in groupby(amendments, key=lambda each: each.section_id)]
    texts = unit.advice.with_text(programme_id)
    modified = {each.amendment_id for each in amendments if _modifies(texts.get(each.amendment_id, ""), each)}
    return agenda(sections, unit.meetings.asked(programme_id), modified)


def _modifies(text: str, amendment: Amendment) -> bool:
    """Tell whether a text differs from the proposal: one that does not would hold up the whole list."""
    return text.strip() not in {"", amendment.text.strip()}


def demand_lead(acting: Acting, unit: Unit, actor: Actor, programme_id: ProgrammeId) -> Situation:
    """Raise `Refused` unless somebody leads the meeting now, and return what else is judged by."""
    actor.demand(Role.CHAIR)
    situation = situation_of(unit, programme_id, acting.rules, acting.clock())
    if refused := denial(Deed.ADOPT, actor, None, situation):
        raise refused.raised()
    return situation


def demand_decided(unit: Unit, programme_id: ProgrammeId) -> None:
    """Raise `Refused` with what is undecided, if anything is."""
    left = unit.amendments.waiting(programme_id, UNDECIDED | {Status.SUBMITTED}, _LISTED + 1)
    if left:
        listed = ", ".join(label(each) for each in left[:_LISTED]) + ("…" if len(left) > _LISTED else "")
        raise Refused("refused.undecided", references=listed)


def _demand_discussed(situation: Situation) -> None:
    """Raise `Refused` as long as members can still ask to discuss what is on the hamerlijst."""
    until = situation.calendar.deadlines.get(Deadline.DISCUSS)
    if until is not None and not is_past(until, situation.now):
        raise Refused("refused.still_discussed", until=Moment(until, situation.rules.zone, last=True))


def standing_of(unit: Unit, programme_id: ProgrammeId) -> Standing:
    """Return what is still to be decided, in its order. Raises `NotFound` where no order was built."""
    meeting = unit.meetings.under_way(programme_id)
    if meeting is None:
        raise NotFound("refused.no_order")
    waiting = {each.amendment_id: each for each in unit.amendments.waiting(programme_id, UNDECIDED, _MANY)}
    hammer = tuple(waiting.pop(each) for each in meeting.hammer if each in waiting)
    rest = [waiting.pop(each) for each in meeting.rest if each in waiting]
    late = list(waiting.values())  # opened since the order was built
    rest = [each for each in rest if each.status is Status.OPEN] + [
        *late,
        *(each for each in rest if each.status is Status.HELD_OVER),
    ]
    return Standing(hammer, tuple(rest))
