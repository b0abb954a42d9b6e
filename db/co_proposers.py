"""The rows of co-proposers."""

import sqlite3
from collections.abc import Sequence

from bot.domain.ids import AmendmentId, Snowflake
from bot.services.member_rows import CoProposer, Invitation


class SqliteCoProposers:
    """`CoProposerRows` in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def of(self, amendment_id: AmendmentId) -> Sequence[CoProposer]:
        """Return everybody who was asked, in the order of asking."""
        rows = self._connection.execute(
            "SELECT * FROM co_proposers WHERE amendment_id = ? ORDER BY id", (amendment_id,)
        )
        return [_co_proposer_of(row) for row in rows]

    def load(self, co_proposer_id: int) -> CoProposer | None:
        """Return one, or None."""
        row = self._connection.execute("SELECT * FROM co_proposers WHERE id = ?", (co_proposer_id,)).fetchone()
        return _co_proposer_of(row) if row else None

    def waiting_for(self, member_id: Snowflake) -> Sequence[CoProposer]:
        """Return the invitations that a member did not answer."""
        rows = self._connection.execute(
            "SELECT * FROM co_proposers WHERE member_id = ? AND state = 'invited' ORDER BY id", (member_id,)
        )
        return [_co_proposer_of(row) for row in rows]

    def invite(
        self,
        amendment_id: AmendmentId,
        member_id: Snowflake | None,
        name: str,
        at: str,
        *,
        state: Invitation = Invitation.INVITED,
        recorded_by: str | None = None,
    ) -> int:
        """Store somebody who is asked, or whose consent was written down for them."""
        row = self._connection.execute(
            "INSERT INTO co_proposers (amendment_id, member_id, name, state, at, recorded_by)"
            " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
            (amendment_id, member_id, name, state, at, recorded_by),
        ).fetchone()
        return row["id"]

    def answer(self, co_proposer_id: int, state: Invitation, at: str) -> None:
        """Store how somebody answered."""
        self._connection.execute("UPDATE co_proposers SET state = ?, at = ? WHERE id = ?", (state, at, co_proposer_id))

    def remove(self, co_proposer_id: int) -> None:
        """Take an invitation or a consent back."""
        self._connection.execute("DELETE FROM co_proposers WHERE id = ?", (co_proposer_id,))


def _co_proposer_of(row: sqlite3.Row) -> CoProposer:
    return CoProposer(
        co_proposer_id=row["id"],
        amendment_id=row["amendment_id"],
        member_id=row["member_id"],
        name=row["name"],
        state=Invitation(row["state"]),
        at=row["at"],
        recorded_by=row["recorded_by"],
    )
