"""Amendments that a person must look at, and why."""

import sqlite3
from collections.abc import Sequence

from bot.domain.ids import AmendmentId, ProgrammeId
from bot.services.source_rows import Flag, FlagReason


class SqliteFlags:
    """`FlagRows` in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def raise_(self, amendment_id: AmendmentId, reason: FlagReason, at: str) -> bool:
        """Store a flag, and tell whether it is new."""
        added = self._connection.execute(
            "INSERT INTO flags (programme_id, amendment_id, reason, noted_at)"
            " SELECT programme_id, id, ?, ? FROM amendments WHERE id = ? ON CONFLICT DO NOTHING",
            (reason, at, amendment_id),
        )
        return added.rowcount > 0

    def open(self, programme_id: ProgrammeId) -> Sequence[Flag]:
        """Return the flags that nobody settled yet, the oldest first."""
        rows = self._connection.execute(
            "SELECT f.amendment_id, coalesce(a.reference, a.receipt) AS label, v.title, f.reason, f.noted_at"
            " FROM flags AS f JOIN amendments AS a ON a.id = f.amendment_id"
            " JOIN amendment_versions AS v ON v.amendment_id = a.id AND v.number = a.version"
            " WHERE f.programme_id = ? AND f.settled_at IS NULL ORDER BY f.id",
            (programme_id,),
        )
        return [
            Flag(row["amendment_id"], str(row["label"]), row["title"], FlagReason(row["reason"]), row["noted_at"])
            for row in rows
        ]

    def settle(self, amendment_id: AmendmentId, at: str, reason: FlagReason | None = None) -> int:
        """Settle an amendment's flags, of one reason or of all, and return how many that are."""
        settled = self._connection.execute(
            "UPDATE flags SET settled_at = :at WHERE amendment_id = :id AND settled_at IS NULL"
            " AND (:reason IS NULL OR reason = :reason)",
            {"at": at, "id": amendment_id, "reason": reason},
        )
        return settled.rowcount
