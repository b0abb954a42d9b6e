"""The rows of what was handed in and has no reference yet: few, and for few people, so no index of words holds them."""

import re
import sqlite3
import unicodedata
from collections.abc import Sequence
from itertools import islice
from typing import Any, Final

from bot.domain.amendments import Amendment, Status
from bot.domain.ids import AmendmentId, ProgrammeId, Snowflake
from bot.services.meeting_rows import Search
from db.loading import load_amendments

_WORD: Final = re.compile(r"[^\W_]+")
_HANDED_IN: Final = frozenset({Status.SUBMITTED, Status.NOT_ADMITTED})
_WORDS: Final = (
    "SELECT a.id, 'ontvangstnummer receipt ' || a.receipt || ' ' || v.title || ' ' || v.text || ' ' || v.explanation"
    " || ' ' || ifnull(a.proposer, '') AS said FROM amendments AS a JOIN sections AS s ON s.id = a.section_id"
    " JOIN amendment_versions AS v ON v.amendment_id = a.id AND v.number = a.version"
    " WHERE a.programme_id = :programme AND a.reference IS NULL AND a.id < :before"
)


class SqliteReceived:
    """`ReceivedRows` in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def find(
        self,
        programme_id: ProgrammeId,
        search: Search,
        *,
        proposer_id: Snowflake | None,
        before: AmendmentId | None,
        limit: int,
    ) -> Sequence[Amendment]:
        """Return what was handed in and fits, the newest first: somebody's own, or (None) everybody's."""
        condition, values = _condition(search, proposer_id)
        values |= {"programme": programme_id, "before": before or 2**63 - 1}
        rows = self._connection.execute(_WORDS + condition + " ORDER BY a.id DESC", values)
        wanted = _words(search.words)
        ids = list(islice((row["id"] for row in rows if _holds(_words(row["said"]), wanted)), limit))
        return load_amendments(self._connection, ids)


def _condition(search: Search, proposer_id: Snowflake | None) -> tuple[str, dict[str, Any]]:
    """Return what is asked apart from the words, as SQL after a WHERE and its values."""
    statuses = sorted(_HANDED_IN & search.statuses if search.statuses else _HANDED_IN)
    values: dict[str, Any] = {f"status{place}": status for place, status in enumerate(statuses)}
    sql = " AND (a.status IN (" + ", ".join(f":{name}" for name in values) + ")"
    # What was given back of somebody who is not on Discord is the secretary's to hand in again.
    sql += ")" if proposer_id is not None or search.statuses else " OR (a.status = 'draft' AND a.proposer_id IS NULL))"
    for column, value in (
        ("a.proposer_id", proposer_id),
        ("s.chapter_id", search.chapter_id),
        ("a.section_id", search.section_id),
        ("v.kind", search.kind),
    ):
        if value is not None:
            name = column.partition(".")[2]
            sql += f" AND {column} = :{name}"
            values[name] = value
    return sql, values


def _words(text: str) -> list[str]:
    """Return the words of a text as they are compared: without case and without accents."""
    plain = (each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))
    return _WORD.findall("".join(plain).casefold())


def _holds(words: Sequence[str], wanted: Sequence[str]) -> bool:
    """Tell whether every word that is wanted begins one of these."""
    return all(any(word.startswith(each) for word in words) for each in wanted)
