"""Runs of the mirror that somebody asked for or that change much, as stored, and the port for them."""

from dataclasses import dataclass
from typing import NewType, Protocol

from bot.domain.ids import ProgrammeId

RunId = NewType("RunId", int)


@dataclass(frozen=True, slots=True)
class Run:
    """A run that is under way. `told` says that the log channel hears of it; `total` is how many changes it had."""

    run_id: RunId
    started_at: str
    confirmed: bool
    total: int
    told: bool


class RunRows(Protocol):
    """Runs of the mirror. A programme has at most one under way."""

    def under_way(self, programme_id: ProgrammeId) -> Run | None:
        """Return the run that did not end yet, or None."""
        ...

    def begin(self, programme_id: ProgrammeId, *, confirmed: bool, total: int, told: bool, at: str) -> Run:
        """Store a run that begins now."""
        ...

    def grow(self, run_id: RunId, total: int, *, told: bool) -> None:
        """Store that a run has more changes than it began with."""
        ...

    def end(self, run_id: RunId, at: str) -> None:
        """Store that a run ended and its last word was said."""
        ...
