"""What happened in a period, as a value."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.amendments import Amendment, Status


@dataclass(frozen=True, slots=True)
class Happened:
    """Amendments that came in a period, those that were advised on, and those that came to where they stand."""

    new: Sequence[Amendment] = ()
    advised: Sequence[Amendment] = ()
    settled: Sequence[tuple[Status, Sequence[Amendment]]] = ()

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.new or self.advised or self.settled)
