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
            "SELECT a.id, a.place, a.text, a.mention FROM announcements AS a"
            " LEFT JOIN decisions AS d ON d.id = a.decision_id"
            " WHERE a.programme_id = ? AND d.undone_at IS NULL ORDER BY a.id",
            (programme_id,),
        )
        return [Announcement(row["id"], row["place"], row["text"], row["mention"]) for row in rows]

    def told(self, announcement_ids: Sequence[int]) -> None:
        """Drop what was said."""
        self._connection.executemany("DELETE FROM announcements WHERE id = ?", [(each,) for each in announcement_ids])
