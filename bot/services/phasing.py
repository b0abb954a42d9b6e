"""Setting the phase of a programme and its deadlines, with a look beforehand at what a change closes and opens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from bot.domain.amendments import Status
from bot.domain.deadlines import Deadline, closing, is_past, moment_of
from bot.domain.deeds import Deed
from bot.domain.ids import ProgrammeId
from bot.domain.people import Actor, Role
from bot.domain.phases import Calendar, Phase, closed_by, opened_by
from bot.errors import Refused
from bot.mirror.channels import OVERVIEW
from bot.mirror.render.phases import phase_announcement
from bot.services.acting import Acting
from bot.services.ports import Unit

Fix = Callable[[Unit, ProgrammeId, Actor, str], None]
"""Fixes the text, in the transaction in which amending opens."""
_MANY: Final = 100_000


@dataclass(frozen=True, slots=True)
class PhaseChange:
    """What a change of phase means: what can be done no more, what can from then on, and what is left as it is."""

    before: Phase
    after: Phase
    closes: tuple[Deed, ...]
    opens: tuple[Deed, ...]
    submitted: int
    undecided: int
    advice_drafts: int
    fixes: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What *beheer* wants: a phase (None: no other), and last days (None takes a deadline away, lacking leaves it).

    `seen` is the phase that the programme was in when it was shown what this means. With `begins` the phase is not
    entered: it is said on which day it will begin (None takes that back), so that refusals can tell.
    """

    phase: Phase | None
    seen: Phase
    days: Mapping[Deadline, date | None] = field(default_factory=dict[Deadline, date | None])
    begins: Mapping[Phase, date | None] = field(default_factory=dict[Phase, date | None])


class Phasing:
    """The acts of *beheer* on phases and deadlines. `fix` is called when amending opens."""

    def __init__(self, acting: Acting, fix: Fix | None = None) -> None:
        self._acting = acting
        self._fix = fix

    async def calendar(self, programme_id: ProgrammeId) -> Calendar:
        """Return where a programme stands."""
        return await self._acting.store.read(lambda unit: unit.phases.calendar(programme_id))

    async def preview(self, programme_id: ProgrammeId, phase: Phase) -> PhaseChange:
        """Return what a change of phase would mean."""
        return await self._acting.store.read(lambda unit: _preview(unit, programme_id, phase))

    async def settle(self, actor: Actor, programme_id: ProgrammeId, wish: Wish, reason: str = "") -> Calendar:
        """Put a programme in a phase with its deadlines, and let it be said once. Asking for it again changes nothing.

        The last phase is entered by the meeting's vote on the whole, not here.
        """
        at = self._acting.clock()

        def work(unit: Unit) -> Calendar:
            actor.demand(Role.ADMIN)
            before = unit.phases.calendar(programme_id)
            entered = self._enter(unit, actor, programme_id, wish, before, at, reason)
            for deadline, day in wish.days.items():
                until = closing(day, self._acting.rules.zone) if day is not None else None
                unit.phases.set_deadline(programme_id, deadline, until)
            for phase, day in wish.begins.items():
                demand_ahead(before.phase, phase)
                begin = moment_of(f"{day}T00:00", self._acting.rules.zone) if day is not None else None
                unit.phases.plan(programme_id, phase, begin)
            after = unit.phases.calendar(programme_id)
            if entered or (after.deadlines, after.begins) != (before.deadlines, before.begins):
                say = self._acting.texts(unit, programme_id)
                text = phase_announcement(after, self._acting.rules.zone, say, entered=entered)
                unit.announcements.add(programme_id, OVERVIEW, text, at)
            return after

        return await self._acting.store.transact(work)

    def _enter(
        self, unit: Unit, actor: Actor, programme_id: ProgrammeId, wish: Wish, before: Calendar, at: str, reason: str
    ) -> bool:
        """Enter the phase unless the programme is in it by somebody's word already, and tell whether it was entered."""
        if wish.phase is None or (before.phase is wish.phase and unit.phases.entered(programme_id)):
            return False
        if before.phase is not wish.seen:
            raise Refused("refused.phase_meanwhile", phase=before.phase)
        if wish.phase is Phase.ADOPTED:
            raise Refused("refused.adopted_by_vote")
        for phase in before.later_than(wish.phase):
            if is_past(before.begins.get(phase), at):
                unit.phases.plan(programme_id, phase, None)  # it began once; when it will again nobody said
        unit.phases.enter(programme_id, wish.phase, actor, at, reason.strip() or None)
        if wish.phase is Phase.AMENDING and self._fix is not None:
            self._fix(unit, programme_id, actor, at)
        return True


def demand_ahead(now: Phase, phase: Phase) -> None:
    """Raise `Refused` unless a phase is still to come: when any other begins is known."""
    if phase not in Calendar(now).later_than(now):
        raise Refused("refused.phase_not_ahead", phase=phase)


def _preview(unit: Unit, programme_id: ProgrammeId, phase: Phase) -> PhaseChange:
    before = unit.phases.calendar(programme_id).phase
    closes, opens = closed_by(before, phase), opened_by(before, phase)
    undecided = frozenset({Status.OPEN, Status.HELD_OVER})
    begins = before is not phase or not unit.phases.entered(programme_id)
    return PhaseChange(
        before=before,
        after=phase,
        closes=tuple(deed for deed in Deed if deed in closes),
        opens=tuple(deed for deed in Deed if deed in opens),
        submitted=len(unit.amendments.waiting(programme_id, frozenset({Status.SUBMITTED}), _MANY)),
        undecided=len(unit.amendments.waiting(programme_id, undecided, _MANY)),
        advice_drafts=len(unit.advice.drafts(programme_id)),
        fixes=begins and phase is Phase.AMENDING and unit.waiting.fixed(programme_id) is None,
    )
