"""Suggestions while somebody types. Nothing is read but what is shown, and nothing is put together."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from bot.domain.ids import AmendmentId, ProgrammeId
from bot.services.suggest_rows import FreeReply, Named
from db.encoding import decode_blocks
from db.searching import words_asked

_CHAPTER: Final = re.compile(r"\s*(\d+)\.?\s*")
_FREE: Final = (
    "SELECT c.post_id, c.author, s.code, c.content FROM contributions AS c JOIN sections AS s ON s.id = c.section_id"
    " WHERE c.programme_id = ? AND c.gone_at IS NULL AND NOT EXISTS (SELECT 1 FROM amendments AS a"
    " WHERE a.programme_id = c.programme_id AND a.source_post_id = c.post_id AND a.status <> 'not admitted')"
)
_SOMEWHERE: Final = (
    " AND '#' || c.post_id || ' ' || ifnull(c.author, '') || ' ' || s.code || c.content LIKE ? ESCAPE '\\'"
)


class SqliteSuggest:
    """`SuggestRows` in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def amendments(self, programme_id: ProgrammeId, typed: str, limit: int) -> Sequence[Named]:
        """Return the amendments that fit what is typed, the newest first."""
        chapter = _CHAPTER.fullmatch(typed)
        words = [f'"_r{chapter[1]}o"*'] if chapter else words_asked(typed)
        rows = self._connection.execute(
            "SELECT a.reference, v.title FROM amendment_words AS w JOIN amendments AS a ON a.id = w.rowid"
            " JOIN amendment_versions AS v ON v.amendment_id = a.id AND v.number = a.version"
            " WHERE amendment_words MATCH ? ORDER BY w.rowid DESC LIMIT ?",
            (" AND ".join([f"_p{programme_id}", *words]), limit),
        )
        return [Named(row["reference"], row["title"]) for row in rows]

    def undecided(self, programme_id: ProgrammeId, limit: int) -> Sequence[tuple[AmendmentId, str]]:
        """Return what amendments say that are not decided yet, by status and age: their text, or what is to go."""
        rows = self._connection.execute(
            "SELECT a.id, CASE v.text WHEN '' THEN ifnull(v.old_text, '') ELSE v.text END FROM amendments AS a"
            " JOIN amendment_versions AS v ON v.amendment_id = a.id AND v.number = a.version"
            " WHERE a.programme_id = ? AND a.status IN ('open', 'held over') AND a.reference IS NOT NULL"
            " ORDER BY a.status, a.id LIMIT ?",
            (programme_id, limit),
        )
        return [(amendment_id, said) for amendment_id, said in rows]

    def replies(self, programme_id: ProgrammeId, words: Sequence[str], limit: int) -> Sequence[FreeReply]:
        """Return the replies that hold all these words somewhere, the newest first.

        SQLite passes over what can't fit. It knows no other letters than those of English in upper and lower case.
        """
        plain = [word for word in words if word.isascii() and '"' not in word]
        rows = self._connection.execute(
            _FREE + _SOMEWHERE * len(plain) + " ORDER BY c.post_id DESC",
            (programme_id, *(f"%{_escaped(word)}%" for word in plain)),
        )
        return list(islice(_holding(rows, words), limit))

    def proposers(self, programme_id: ProgrammeId) -> Sequence[str]:
        """Return everybody who proposed something that members may see, by name."""
        rows = self._connection.execute(
            "SELECT DISTINCT proposer COLLATE NOCASE AS name FROM amendments"
            " WHERE programme_id = ? AND proposer IS NOT NULL AND reference IS NOT NULL ORDER BY 1",
            (programme_id,),
        )
        return [row["name"] for row in rows]

    def authors(self, programme_id: ProgrammeId) -> Sequence[str]:
        """Return everybody who wrote a reply that stands on the forum, by name."""
        rows = self._connection.execute(
            "SELECT DISTINCT author COLLATE NOCASE AS name FROM contributions"
            " WHERE programme_id = ? AND author IS NOT NULL AND gone_at IS NULL ORDER BY 1",
            (programme_id,),
        )
        return [row["name"] for row in rows]


def _holding(rows: sqlite3.Cursor, words: Sequence[str]) -> Iterator[FreeReply]:
    for row in rows:
        text = " ".join(block.text for block in decode_blocks(row["content"]))
        said = f"#{row['post_id']} {row['author'] or ''} {row['code']} {text}".casefold()
        if all(word in said for word in words):
            yield FreeReply(row["post_id"], row["author"], row["code"], text)


def _escaped(word: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", word)
