"""The rows of meetings: their order, and what members want to discuss."""

import sqlite3
from collections.abc import Collection, Sequence

from bot.domain.ids import AmendmentId, ProgrammeId, Snowflake
from bot.domain.tally import Tally
from bot.services.meeting_rows import Meeting


class SqliteMeetings:
    """`MeetingRows` in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def under_way(self, programme_id: ProgrammeId) -> Meeting | None:
        """Return the meeting that was not ended, or None."""
        row = self._connection.execute(
            "SELECT * FROM meetings WHERE programme_id = ? AND ended_at IS NULL", (programme_id,)
        ).fetchone()
        if row is None:
            return None
        items = self._connection.execute(
            "SELECT amendment_id, hammer FROM meeting_items WHERE meeting_id = ? ORDER BY position", (row["id"],)
        ).fetchall()
        return Meeting(
            meeting_id=row["id"],
            opened_at=row["opened_at"],
            ended_at=row["ended_at"],
            hammer=tuple(item["amendment_id"] for item in items if item["hammer"]),
            rest=tuple(item["amendment_id"] for item in items if not item["hammer"]),
        )

    def set_order(
        self, programme_id: ProgrammeId, hammer: Sequence[AmendmentId], rest: Sequence[AmendmentId], at: str
    ) -> int:
        """Store the order of treatment of the meeting under way, opening one where there is none. Return its id."""
        meeting = self.under_way(programme_id)
        meeting_id = meeting.meeting_id if meeting else self._open(programme_id, at)
        self._connection.execute("DELETE FROM meeting_items WHERE meeting_id = ?", (meeting_id,))
        items = [*((each, 1) for each in hammer), *((each, 0) for each in rest)]
        self._connection.executemany(
            "INSERT INTO meeting_items (meeting_id, position, amendment_id, hammer) VALUES (?, ?, ?, ?)",
            [(meeting_id, position, *item) for position, item in enumerate(items, 1)],
        )
        return meeting_id

    def end(self, meeting_id: int, tally: Tally | None, at: str) -> None:
        """Store that a meeting ended, with the votes on the whole."""
        votes = (tally.votes_for, tally.against, tally.abstained) if tally else (None, None, None)
        self._connection.execute(
            "UPDATE meetings SET ended_at = ?, votes_for = ?, votes_against = ?, abstained = ? WHERE id = ?",
            (at, *votes, meeting_id),
        )

    def ask_to_discuss(self, amendment_id: AmendmentId, member_id: Snowflake, at: str) -> bool:
        """Store that a member wants to discuss an amendment; False when they did already."""
        added = self._connection.execute(
            "INSERT INTO discuss_requests (amendment_id, member_id, at) VALUES (?, ?, ?)"
            " ON CONFLICT (amendment_id, member_id) DO NOTHING",
            (amendment_id, member_id, at),
        )
        return added.rowcount > 0

    def asked(self, programme_id: ProgrammeId) -> Collection[AmendmentId]:
        """Return the amendments that somebody wants to discuss."""
        rows = self._connection.execute(
            "SELECT DISTINCT d.amendment_id FROM discuss_requests AS d JOIN amendments AS a ON a.id = d.amendment_id"
            " WHERE a.programme_id = ?",
            (programme_id,),
        )
        return {row["amendment_id"] for row in rows}

    def _open(self, programme_id: ProgrammeId, at: str) -> int:
        row = self._connection.execute(
            "INSERT INTO meetings (programme_id, opened_at) VALUES (?, ?) RETURNING id", (programme_id, at)
        ).fetchone()
        return row["id"]
