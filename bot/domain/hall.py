"""What the assembly is shown, as values: the hamerlijst, the order of treatment, and one amendment after another."""

from dataclasses import dataclass

from bot.domain.amendments import Status
from bot.domain.ids import AmendmentId
from bot.domain.tally import Tally


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the meeting decided, with the votes where they were counted."""

    status: Status
    tally: Tally | None = None


@dataclass(frozen=True, slots=True)
class Showing:
    """An amendment that was shown, and what was decided on it then. `again` says that it was shown once more later.

    `advised` is how it would read as the published advice has it, where that says so.
    """

    showing_id: int
    amendment_id: AmendmentId
    outcome: Outcome | None = None
    again: bool = False
    advised: str | None = None


@dataclass(frozen=True, slots=True)
class Hall:
    """A meeting as those who are present follow it. `hammer` and `rest` are the order, in which decided ones stay."""

    meeting_id: int
    hammer: tuple[AmendmentId, ...] = ()
    rest: tuple[AmendmentId, ...] = ()
    showings: tuple[Showing, ...] = ()

    @property
    def last(self) -> Showing | None:
        """What was shown last, or None."""
        return self.showings[-1] if self.showings else None
