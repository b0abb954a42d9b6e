"""Runs of the mirror: at most one under way for each programme."""

import sqlite3

from bot.domain.ids import ProgrammeId
from bot.services.run_rows import Run, RunId


class SqliteRuns:
    """`RunRows` in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def under_way(self, programme_id: ProgrammeId) -> Run | None:
        """Return the run that did not end yet, or None."""
        row = self._connection.execute(
            "SELECT * FROM runs WHERE programme_id = ? AND ended_at IS NULL", (programme_id,)
        ).fetchone()
        return _run(row) if row else None

    def begin(self, programme_id: ProgrammeId, *, confirmed: bool, total: int, told: bool, at: str) -> Run:
        """Store a run that begins now."""
        row = self._connection.execute(
            "INSERT INTO runs (programme_id, started_at, confirmed, total, told) VALUES (?, ?, ?, ?, ?) RETURNING *",
            (programme_id, at, confirmed, total, told),
        ).fetchone()
        return _run(row)

    def grow(self, run_id: RunId, total: int, *, told: bool) -> None:
        """Store that a run has more changes than it began with."""
        self._connection.execute("UPDATE runs SET total = ?, told = ? WHERE id = ?", (total, told, run_id))

    def end(self, run_id: RunId, at: str) -> None:
        """Store that a run ended and its last word was said."""
        self._connection.execute("UPDATE runs SET ended_at = ? WHERE id = ?", (at, run_id))


def _run(row: sqlite3.Row) -> Run:
    return Run(row["id"], row["started_at"], bool(row["confirmed"]), row["total"], bool(row["told"]))
