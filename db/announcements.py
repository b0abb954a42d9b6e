"""The rows of what is to be said once in the guild."""

import sqlite3
from collections.abc import Sequence

from bot.domain.ids import ProgrammeId, Snowflake
from bot.mirror.resources import Key
from bot.services.announcement_rows import Announcement


class SqliteAnnouncements:
    """`AnnouncementRows` in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

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
        """Store a line that is to be said."""
        self._connection.execute(
            "INSERT INTO announcements (programme_id, place, text, mention, decision_id, at) VALUES (?, ?, ?, ?, ?, ?)",
            (programme_id, place, text, mention, decision_id, at),
        )

    def waiting(self, programme_id: ProgrammeId) -> Sequence[Announcement]:
        """Return what is to be said, the oldest first."""
        rows = self._connection.execute(
            "SELECT id, place, text, mention FROM announcements WHERE programme_id = ? ORDER BY id", (programme_id,)
        )
        return [Announcement(row["id"], row["place"], row["text"], row["mention"]) for row in rows]

    def begin(self, announcement_ids: Sequence[int]) -> Sequence[int]:
        """Mark what is about to be said, and return which of it is still to be said."""
        begin = "UPDATE announcements SET begun = 1 WHERE id = ?"
        return [each for each in announcement_ids if self._connection.execute(begin, (each,)).rowcount]

    def drop(self, decision_id: int) -> bool:
        """Drop the line of a decision that nobody can have read yet; False where there is none."""
        dropped = self._connection.execute(
            "DELETE FROM announcements WHERE decision_id = ? AND begun = 0", (decision_id,)
        )
        return dropped.rowcount > 0

    def told(self, announcement_ids: Sequence[int]) -> None:
        """Drop what was said."""
        self._connection.executemany("DELETE FROM announcements WHERE id = ?", [(each,) for each in announcement_ids])
