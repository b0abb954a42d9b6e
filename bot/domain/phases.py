"""The phases of a programme and what each allows, as data; and where a programme stands in them.

Reading is always allowed. The rules that a party sets for itself stand here too, for they say what a phase means to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from bot.domain.deadlines import Deadline, is_past
from bot.domain.deeds import Deed


class Phase(StrEnum):
    """Where a programme stands, in their order."""

    DISCUSSION = "discussion"
    AMENDING = "amending"
    COMMITTEE = "committee"
    ASSEMBLY = "assembly"
    ADOPTED = "adopted"


_ALWAYS: Final = frozenset({Deed.DRAFT, Deed.FOLLOW, Deed.UNSUPPORT})
_ALLOWS: Final[Mapping[Phase, frozenset[Deed]]] = {
    Phase.DISCUSSION: _ALWAYS,
    Phase.AMENDING: _ALWAYS
    | {Deed.SUBMIT, Deed.CHANGE, Deed.WITHDRAW, Deed.SUPPORT, Deed.INVITE}
    | {Deed.ADMIT, Deed.RETURN, Deed.TURN_AWAY},
    Phase.COMMITTEE: _ALWAYS
    | {Deed.SUPPORT, Deed.WITHDRAW, Deed.ADVISE, Deed.PUBLISH, Deed.ANSWER, Deed.MERGE, Deed.TAKE_OVER}
    | {Deed.ASK_VOTE, Deed.DISCUSS},
    Phase.ASSEMBLY: _ALWAYS
    | {Deed.WITHDRAW, Deed.ADOPT, Deed.ADOPT_AS_MODIFIED, Deed.REJECT, Deed.HOLD_OVER, Deed.LAPSE}
    | {Deed.ASK_VOTE, Deed.DISCUSS, Deed.ANSWER},
    Phase.ADOPTED: frozenset({Deed.FOLLOW}),
}
PHASES: Final[Mapping[Phase, frozenset[Deed]]] = {phase: deeds | {Deed.CORRECT} for phase, deeds in _ALLOWS.items()}
"""What each phase allows. A correction is always possible: it is for what went wrong."""

TIMED: Final[Mapping[Deed, Deadline]] = {
    Deed.SUBMIT: Deadline.PROPOSE,
    Deed.CHANGE: Deadline.PROPOSE,
    Deed.INVITE: Deadline.PROPOSE,
    Deed.SUPPORT: Deadline.SUPPORT,
    Deed.DISCUSS: Deadline.DISCUSS,
}
"""The deadline before which a deed must be done, within the phases that allow it."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the party decided about the process. `minimum_support` of 0 asks for none; `repair` is in hours."""

    screening: bool = False
    take_over: bool = False
    minimum_support: int = 0
    repair: float = 48.0
    tie_rejects: bool = True
    zone: str = "Europe/Amsterdam"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Where a programme stands: its phase, its deadlines, and when each phase began or is planned to (UTC ISO)."""

    phase: Phase = Phase.AMENDING
    deadlines: Mapping[Deadline, str] = field(default_factory=dict[Deadline, str])
    begins: Mapping[Phase, str] = field(default_factory=dict[Phase, str])

    def allows(self, deed: Deed) -> bool:
        """Tell whether the phase allows a deed, its deadline apart."""
        return deed in PHASES[self.phase]

    def too_late(self, deed: Deed, now: str) -> bool:
        """Tell whether a deed's deadline is over."""
        return deed in TIMED and is_past(self.deadlines.get(TIMED[deed]), now)

    def came_late(self, moment: str) -> bool:
        """Tell whether what reached the party at a moment came when amending was over, by deadline or phase."""
        if self.too_late(Deed.SUBMIT, moment):
            return True
        after = list(Phase).index(self.phase) > list(Phase).index(Phase.AMENDING)
        ended = self.ended(Phase.AMENDING)
        return after and (ended is None or is_past(ended, moment))

    def ahead(self) -> tuple[tuple[Deadline, str], ...]:
        """Return the deadlines of what this phase or a later one allows, in their order, each with when it is over."""
        later = list(Phase)[list(Phase).index(self.phase) :]
        timed = {deadline for deed, deadline in TIMED.items() for phase in later if deed in PHASES[phase]}
        return tuple((each, self.deadlines[each]) for each in Deadline if each in timed and each in self.deadlines)

    def later_than(self, phase: Phase) -> tuple[Phase, ...]:
        """Return the phases after one, in their order."""
        return tuple(list(Phase)[list(Phase).index(phase) + 1 :])

    def ended(self, phase: Phase) -> str | None:
        """Return when a phase that is over ended, as far as known: when the one after it began."""
        return next((self.begins[each] for each in self.later_than(phase) if each in self.begins), None)


def closed_by(before: Phase, after: Phase) -> frozenset[Deed]:
    """Return what a change of phase takes away."""
    return PHASES[before] - PHASES[after]


def opened_by(before: Phase, after: Phase) -> frozenset[Deed]:
    """Return what a change of phase makes possible."""
    return PHASES[after] - PHASES[before]
