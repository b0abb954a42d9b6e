"""Whether the text is fixed, and the edits of the forum that wait meanwhile."""

import sqlite3
from collections.abc import Sequence

from bot.domain.ids import ProgrammeId, SectionId, Snowflake
from bot.domain.text import Block
from bot.services.waiting_rows import Fixation, WaitingText
from db.encoding import decode_blocks, encode_blocks


class SqliteWaiting:
    """`WaitingRows` in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def fixed(self, programme_id: ProgrammeId) -> Fixation | None:
        """Return since when the programme's text is fixed, or None while it follows the forum."""
        row = self._connection.execute(
            "SELECT fixed_at, fixed_by FROM fixations WHERE programme_id = ? AND released_at IS NULL", (programme_id,)
        ).fetchone()
        return Fixation(row["fixed_at"], row["fixed_by"]) if row else None

    def fix(self, programme_id: ProgrammeId, by: str, by_id: Snowflake, at: str) -> None:
        """Store that the text is fixed. It must not be fixed already."""
        self._connection.execute(
            "INSERT INTO fixations (programme_id, fixed_at, fixed_by, fixed_by_id) VALUES (?, ?, ?, ?)",
            (programme_id, at, by, by_id),
        )

    def release(self, programme_id: ProgrammeId, by: str, by_id: Snowflake, reason: str, at: str) -> None:
        """Store that the text follows the forum again, and why."""
        self._connection.execute(
            "UPDATE fixations SET released_at = ?, released_by = ?, released_by_id = ?, reason = ?"
            " WHERE programme_id = ? AND released_at IS NULL",
            (at, by, by_id, reason, programme_id),
        )

    def find(self, section_id: SectionId) -> WaitingText | None:
        """Return the text that waits for a section, one that a person let be included, or None."""
        row = self._connection.execute("SELECT * FROM waiting_texts WHERE section_id = ?", (section_id,)).fetchone()
        return _waiting(row) if row else None

    def all(self, programme_id: ProgrammeId) -> Sequence[WaitingText]:
        """Return what waits for the sections that stand today, in the order in which it was noticed."""
        rows = self._connection.execute(
            "SELECT w.* FROM waiting_texts AS w JOIN standing_sections AS s ON s.id = w.section_id"
            " WHERE s.programme_id = ? AND w.left_at IS NULL ORDER BY w.noticed_at, w.section_id",
            (programme_id,),
        )
        return [_waiting(row) for row in rows]

    def put(self, section_id: SectionId, digest: str, blocks: Sequence[Block], at: str) -> None:
        """Store the text that waits for a section, in the place of any that did."""
        self._connection.execute(
            "INSERT INTO waiting_texts (section_id, digest, content, noticed_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (section_id) DO UPDATE SET digest = excluded.digest, content = excluded.content,"
            " noticed_at = excluded.noticed_at, left_at = NULL",
            (section_id, digest, encode_blocks(blocks), at),
        )

    def leave(self, section_id: SectionId, at: str) -> None:
        """Store that a person let the waiting text be."""
        self._connection.execute("UPDATE waiting_texts SET left_at = ? WHERE section_id = ?", (at, section_id))

    def drop(self, section_id: SectionId) -> None:
        """Forget the text that waited: it was taken in, or the forum has it no more."""
        self._connection.execute("DELETE FROM waiting_texts WHERE section_id = ?", (section_id,))


def _waiting(row: sqlite3.Row) -> WaitingText:
    return WaitingText(
        row["section_id"], row["digest"], decode_blocks(row["content"]), row["noticed_at"], row["left_at"]
    )
