"""The rows of meetings: their order, and what members want to discuss."""

import sqlite3
from collections.abc import Collection, Sequence
from typing import Final

from bot.domain.amendments import Status
from bot.domain.hall import Hall, Outcome, Showing
from bot.domain.ids import AmendmentId, ProgrammeId, Snowflake
from bot.domain.tally import Tally
from bot.services.meeting_rows import Meeting

# A showing ends where the next one of the same amendment begins; the last decision between the two came of it.
_SHOWINGS: Final = (
    "WITH shown AS (SELECT id, amendment_id, after_decision,"
    " lead(after_decision) OVER (PARTITION BY amendment_id ORDER BY id) AS until FROM showings WHERE meeting_id = ?)"
    " SELECT s.id, s.amendment_id, s.until, d.outcome, d.votes_for, d.votes_against, d.abstained, p.text"
    " FROM shown AS s"
    " LEFT JOIN published_advice AS p ON p.amendment_id = s.amendment_id"
    " LEFT JOIN decisions AS d ON d.id = (SELECT max(e.id) FROM decisions AS e WHERE e.amendment_id = s.amendment_id"
    " AND e.undone_at IS NULL AND e.id > s.after_decision AND (s.until IS NULL OR e.id <= s.until)) ORDER BY s.id"
)


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
        hammer, rest = self._items(row["id"])
        return Meeting(row["id"], row["opened_at"], row["ended_at"], hammer, rest)

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

    def show(self, meeting_id: int, amendment_id: AmendmentId, at: str) -> None:
        """Store that the hall is shown an amendment from now on."""
        self._connection.execute(
            "INSERT INTO showings (meeting_id, amendment_id, after_decision, at)"
            " VALUES (?, ?, (SELECT ifnull(max(id), 0) FROM decisions), ?)",
            (meeting_id, amendment_id, at),
        )

    def hall(self, programme_id: ProgrammeId) -> Hall | None:
        """Return what the hall of the last meeting is and was shown, or None before the first."""
        row = self._connection.execute(
            "SELECT id FROM meetings WHERE programme_id = ? ORDER BY id DESC LIMIT 1", (programme_id,)
        ).fetchone()
        if row is None:
            return None
        hammer, rest = self._items(row["id"])
        showings = self._connection.execute(_SHOWINGS, (row["id"],))
        return Hall(row["id"], hammer, rest, tuple(_showing_of(each) for each in showings))

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

    def _items(self, meeting_id: int) -> tuple[tuple[AmendmentId, ...], tuple[AmendmentId, ...]]:
        """Return what is to be decided in one blow, and the rest, each in its order."""
        items = self._connection.execute(
            "SELECT amendment_id, hammer FROM meeting_items WHERE meeting_id = ? ORDER BY position", (meeting_id,)
        ).fetchall()
        return (
            tuple(item["amendment_id"] for item in items if item["hammer"]),
            tuple(item["amendment_id"] for item in items if not item["hammer"]),
        )

    def _open(self, programme_id: ProgrammeId, at: str) -> int:
        row = self._connection.execute(
            "INSERT INTO meetings (programme_id, opened_at) VALUES (?, ?) RETURNING id", (programme_id, at)
        ).fetchone()
        return row["id"]


def _showing_of(row: sqlite3.Row) -> Showing:
    votes = None if row["votes_for"] is None else Tally(row["votes_for"], row["votes_against"], row["abstained"])
    outcome = None if row["outcome"] is None else Outcome(Status(row["outcome"]), votes)
    return Showing(row["id"], row["amendment_id"], outcome, again=row["until"] is not None, advised=row["text"])
