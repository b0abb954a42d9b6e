"""Where a programme stands in its phases, as the use cases ask for it."""

from typing import Protocol

from bot.domain.deadlines import Deadline
from bot.domain.ids import ProgrammeId
from bot.domain.people import Actor
from bot.domain.phases import Calendar, Phase


class PhaseRows(Protocol):
    """Phases and deadlines of programmes. One that never entered a phase is in the default one, without deadlines."""

    def calendar(self, programme_id: ProgrammeId) -> Calendar:
        """Return where a programme stands."""
        ...

    def entered(self, programme_id: ProgrammeId) -> bool:
        """Tell whether anybody ever put the programme in a phase."""
        ...

    def enter(self, programme_id: ProgrammeId, phase: Phase, actor: Actor, at: str, reason: str | None = None) -> None:
        """Store that a programme is in a phase from now on."""
        ...

    def plan(self, programme_id: ProgrammeId, phase: Phase, at: str | None) -> None:
        """Store when a phase is planned to begin; None takes the plan back."""
        ...

    def set_deadline(self, programme_id: ProgrammeId, deadline: Deadline, at: str | None) -> None:
        """Store the UTC moment at which a deadline is over; None takes it away."""
        ...
