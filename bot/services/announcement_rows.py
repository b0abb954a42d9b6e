"""What is to be said once in the guild, as stored until it was said, and the port for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.ids import ProgrammeId, Snowflake
from bot.mirror.resources import Key


@dataclass(frozen=True, slots=True)
class Announcement:
    """One line of markdown for a place, by that place's key. `mention` is the one person whom it is about."""

    announcement_id: int
    place: Key
    text: str
    mention: Snowflake | None


class AnnouncementRows(Protocol):
    """Announcements that were not made yet."""

    def add(
        self,
        programme_id: ProgrammeId,
        place: Key,
        text: str,
        at: str,
        *,
        mention: Snowflake | None = None,
        decision_id: int | None = None,
    ) -> None:
        """Store a line that is to be said, about a decision where it is about one."""
        ...

    def waiting(self, programme_id: ProgrammeId) -> Sequence[Announcement]:
        """Return what is to be said, the oldest first."""
        ...

    def begin(self, announcement_ids: Sequence[int]) -> Sequence[int]:
        """Mark what is about to be said, and return which of it is still to be said."""
        ...

    def drop(self, decision_id: int) -> bool:
        """Drop the line of a decision that nobody can have read yet; False where there is none."""
        ...

    def told(self, announcement_ids: Sequence[int]) -> None:
        """Drop what was said."""
        ...
