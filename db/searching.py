"""Finding amendments by their words, in an index that SQLite keeps by itself."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final

from bot.domain.amendments import Amendment, Status
from bot.domain.ids import AmendmentId, ProgrammeId
from bot.services.meeting_rows import Search
from db.loading import load_amendments

_WORD: Final = re.compile(r"[^\W_]+")
_REFERENCE: Final = re.compile(r"(?<!\w)(\d+)\.(\d+)(?:\W?[aA](\d*))?(?!\w)")
_MOST_WORDS: Final = 12
_SHORTEST_PREFIX: Final = 2
"""A single letter begins too many words to say anything; it is looked for as a word of its own."""


class SqliteSearch:
    """`SearchRows` in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def find(
        self, programme_id: ProgrammeId, search: Search, *, before: AmendmentId | None, limit: int
    ) -> Sequence[Amendment]:
        """Return what fits, the newest first, keyset paged: only those older than `before`.

        The ids are found first: only what is shown is put together.
        """
        found = self._connection.execute(
            "SELECT rowid FROM amendment_words WHERE amendment_words MATCH :match"
            " AND rowid < :before ORDER BY rowid DESC LIMIT :limit",
            {"match": _match(programme_id, search), "before": before or 2**63 - 1, "limit": limit},
        ).fetchall()
        return load_amendments(self._connection, [row["rowid"] for row in found])


def _match(programme_id: ProgrammeId, search: Search) -> str:
    """Return the query: every word, also as the beginning of one, and every filter as a word of its own."""
    return " AND ".join([*_facets(programme_id, search), *words_asked(search.words)])


def _facets(programme_id: ProgrammeId, search: Search) -> Iterator[str]:
    yield f"_p{programme_id}"
    if search.chapter_id is not None:
        yield f"_c{search.chapter_id}"
    if search.section_id is not None:
        yield f"_s{search.section_id}"
    if search.kind is not None:
        yield f"_k{search.kind.value}"
    if search.statuses:
        yield f"({' OR '.join(sorted(f'_t{_one_word(status)}' for status in search.statuses))})"


def words_asked(typed: str) -> Iterator[str]:
    """Yield what each typed word asks for. A reference is one, also where only its section's code is typed."""
    for found in _REFERENCE.finditer(typed):
        yield f'"_r{found[1]}o{found[2]}a{found[3] or ""}"*'
    for word in _WORD.findall(_REFERENCE.sub(" ", typed))[:_MOST_WORDS]:
        yield f'"{word}"*' if len(word) >= _SHORTEST_PREFIX else f'"{word}"'


def _one_word(status: Status) -> str:
    return status.value.replace(" ", "")
