"""What members were told of in periods, as the use cases ask for it."""

from typing import Protocol

from bot.domain.happened import Happened
from bot.domain.ids import ProgrammeId


class DigestRows(Protocol):
    """Until when members were told, and what happened since."""

    def last(self, programme_id: ProgrammeId) -> str | None:
        """Return the end of the last period, or None before the first."""
        ...

    def add(self, programme_id: ProgrammeId, until: str) -> None:
        """Store that a period ended. It must not have been stored before."""
        ...

    def happened(self, programme_id: ProgrammeId, since: str, until: str) -> Happened:
        """Return what happened after one moment and not after another, as far as it still holds."""
        ...
