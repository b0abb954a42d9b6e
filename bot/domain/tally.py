"""Votes that were counted, and whether they say the same as the outcome that the chair gave."""

from dataclasses import dataclass
from typing import Final

from bot.domain.amendments import Status

_CARRIED: Final = frozenset({Status.ADOPTED, Status.ADOPTED_AS_MODIFIED})


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes for and against, and those who abstained where that was counted. The chair's outcome stands above it."""

    votes_for: int
    against: int
    abstained: int | None = None

    def carries(self, *, tie_rejects: bool) -> bool | None:
        """Tell whether these votes carry; None for a tie of which the party did not say what it means."""
        if self.votes_for == self.against:
            return False if tie_rejects else None
        return self.votes_for > self.against


def contradicts(tally: Tally | None, outcome: Status, *, tie_rejects: bool) -> bool:
    """Tell whether a tally says something else than the outcome. What decides nothing is contradicted by no number."""
    if tally is None or outcome not in _CARRIED | {Status.REJECTED}:
        return False
    carries = tally.carries(tie_rejects=tie_rejects)
    return carries is not None and carries is not (outcome in _CARRIED)
