"""The rows of decisions, and of mergings that wait for consent."""

import sqlite3
from collections.abc import Sequence
from typing import Final

from bot.domain.amendments import Status
from bot.domain.ids import AmendmentId, ProgrammeId, Snowflake
from bot.domain.people import Actor
from bot.domain.tally import Tally
from bot.services.decision_rows import Consent, Decision, Merge

_MERGES: Final = (
    "SELECT m.amendment_id, m.into_id, m.actor, m.actor_id, c.id, c.member_id, c.name, c.consented_at, c.recorded_by"
    " FROM merges AS m LEFT JOIN merge_consents AS c ON c.amendment_id = m.amendment_id"
)


class SqliteDecisions:
    """`DecisionRows` in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(
        self,
        amendment_id: AmendmentId,
        *,
        before: Status,
        outcome: Status,
        final_text: str | None,
        tally: Tally | None,
        batch: int | None,
        at: str,
    ) -> int:
        """Store a decision and return its id."""
        votes = (tally.votes_for, tally.against, tally.abstained) if tally else (None, None, None)
        row = self._connection.execute(
            "INSERT INTO decisions (programme_id, amendment_id, before, outcome, final_text, votes_for, votes_against,"
            " abstained, batch, at) SELECT programme_id, id, ?, ?, ?, ?, ?, ?, ?, ? FROM amendments WHERE id = ?"
            " RETURNING id",
            (before, outcome, final_text, *votes, batch, at, amendment_id),
        ).fetchone()
        return row["id"]

    def standing(self, amendment_id: AmendmentId) -> Decision | None:
        """Return the last decision about an amendment that was not undone, or None."""
        row = self._connection.execute(
            "SELECT * FROM decisions WHERE amendment_id = ? AND undone_at IS NULL ORDER BY id DESC LIMIT 1",
            (amendment_id,),
        ).fetchone()
        return _decision_of(row) if row else None

    def last(self, programme_id: ProgrammeId) -> Sequence[Decision]:
        """Return the last decision that was not undone, with all that were taken in the same blow."""
        rows = self._connection.execute(
            "SELECT d.* FROM (SELECT id, batch FROM decisions WHERE programme_id = :id AND undone_at IS NULL"
            " ORDER BY id DESC LIMIT 1) AS l JOIN decisions AS d ON d.id IN (l.id, l.batch) OR d.batch = l.batch"
            " WHERE d.undone_at IS NULL ORDER BY d.id",
            {"id": programme_id},
        )
        return [_decision_of(row) for row in rows]

    def undo(self, decision_id: int, at: str) -> None:
        """Mark a decision as undone."""
        self._connection.execute("UPDATE decisions SET undone_at = ? WHERE id = ?", (at, decision_id))

    def ask_merge(
        self,
        amendment_id: AmendmentId,
        into_id: AmendmentId,
        needed: Sequence[tuple[Snowflake | None, str | None]],
        actor: Actor,
        at: str,
    ) -> None:
        """Store a merging that waits for the consent of these people (by id where known, and name)."""
        self._connection.execute(
            "INSERT INTO merges (amendment_id, into_id, at, actor, actor_id) VALUES (?, ?, ?, ?, ?)",
            (amendment_id, into_id, at, actor.name, actor.member_id),
        )
        self._connection.executemany(
            "INSERT INTO merge_consents (amendment_id, member_id, name) VALUES (?, ?, ?)",
            [(amendment_id, member_id, name) for member_id, name in needed],
        )

    def merge(self, amendment_id: AmendmentId) -> Merge | None:
        """Return the merging that was asked for an amendment, or None."""
        rows = self._connection.execute(_MERGES + " WHERE m.amendment_id = ? ORDER BY c.id", (amendment_id,)).fetchall()
        return _merge_of(rows) if rows else None

    def merges_waiting(self, member_id: Snowflake) -> Sequence[Merge]:
        """Return the mergings that wait for a member's consent."""
        rows = self._connection.execute(
            "SELECT DISTINCT amendment_id FROM merge_consents WHERE member_id = ? AND consented_at IS NULL"
            " ORDER BY amendment_id",
            (member_id,),
        ).fetchall()
        found = [self.merge(row["amendment_id"]) for row in rows]
        return [merge for merge in found if merge is not None]

    def consent(self, consent_id: int, at: str, recorded_by: str | None) -> None:
        """Store that somebody consents to a merging."""
        self._connection.execute(
            "UPDATE merge_consents SET consented_at = ?, recorded_by = ? WHERE id = ? AND consented_at IS NULL",
            (at, recorded_by, consent_id),
        )

    def drop_merge(self, amendment_id: AmendmentId) -> None:
        """Take back that a merging was asked for."""
        self._connection.execute("DELETE FROM merges WHERE amendment_id = ?", (amendment_id,))


def _decision_of(row: sqlite3.Row) -> Decision:
    votes = row["votes_for"], row["votes_against"], row["abstained"]
    return Decision(
        decision_id=row["id"],
        amendment_id=row["amendment_id"],
        before=Status(row["before"]),
        outcome=Status(row["outcome"]),
        final_text=row["final_text"],
        tally=None if votes[0] is None else Tally(*votes),
        batch=row["batch"],
        at=row["at"],
        undone_at=row["undone_at"],
    )


def _merge_of(rows: Sequence[sqlite3.Row]) -> Merge:
    head = rows[0]
    consents = tuple(
        Consent(row["id"], row["member_id"], row["name"], row["consented_at"], row["recorded_by"])
        for row in rows
        if row["id"] is not None
    )
    return Merge(head["amendment_id"], head["into_id"], head["actor"], head["actor_id"], consents)
