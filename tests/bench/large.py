"""Large programmes, put in by SQL alone: what is measured on them is reading."""

import random
import sqlite3
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from bot.domain.ids import ProgrammeId, Snowflake
from bot.services.ports import Unit
from tests.db.stock import connection_of

_ONSETS: Final = (
    "b",
    "d",
    "f",
    "g",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "w",
    "z",
    "st",
    "gr",
    "sch",
    "br",
)
_RIMES: Final = (
    "a",
    "e",
    "i",
    "o",
    "u",
    "aa",
    "ee",
    "oo",
    "ie",
    "oe",
    "ij",
    "ar",
    "en",
    "er",
    "ing",
    "ond",
    "ets",
    "ijk",
)
_WORDS: Final = 8000
_LENGTH: Final = 30
_INDEX: Final = (
    "INSERT INTO amendment_words (rowid, title, text, explanation, proposer, facets)"
    " SELECT id, title, text, explanation, proposer, facets FROM searchable_amendments"
)


def fill(unit: Unit, guild_id: Snowflake | None, *, sections: int, amendments: int, indexed: bool) -> ProgrammeId:
    """Put in a programme, its sections ten a chapter, its amendments spread over them in the order of their numbers."""
    connection = connection_of(unit)
    programme_id = unit.programmes.create("Duinveen vooruit", None, "nl")
    if guild_id is not None:
        unit.programmes.bind(programme_id, guild_id)
    connection.executemany(
        "INSERT INTO chapters (id, programme_id, key, position, code, title) VALUES (?, ?, ?, ?, ?, ?)",
        [(n, programme_id, str(n), n, str(n), f"Hoofdstuk {n}") for n in range(1, sections // 10 + 1)],
    )
    connection.executemany(
        "INSERT INTO sections (id, programme_id, chapter_id, post_id, code, title) VALUES (?, ?, ?, ?, ?, ?)",
        [(n, programme_id, (n + 9) // 10, n, _code(n), f"Deel {n} over wonen") for n in range(1, sections + 1)],
    )
    named = "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'amendment_words_by%'"
    for (name,) in connection.execute(named).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    _amend(connection, programme_id, sections, amendments, _LENGTH if indexed else 1)
    if indexed:
        connection.execute(_INDEX)
        connection.execute("INSERT INTO amendment_words (amendment_words) VALUES ('optimize')")
    return programme_id


def _amend(
    connection: sqlite3.Connection, programme_id: ProgrammeId, sections: int, amendments: int, length: int
) -> None:
    each = amendments // sections
    places = ((n, 1 + n // each, 1 + n % each) for n in range(amendments))
    connection.executemany(
        "INSERT INTO amendments (id, programme_id, section_id, receipt, sequence, reference, status, origin, proposer,"
        " version, created_at) VALUES (?, ?, ?, ?, ?, ?, 'open', 'discord', ?, 1, '2026-11-01T10:00:00+00:00')",
        (
            (n + 1, programme_id, section, n + 1, place, f"{_code(section)}-A{place}", f"Lid {n % 997}")
            for n, section, place in places
        ),
    )
    connection.executemany(
        "INSERT INTO amendment_versions (amendment_id, number, kind, form, title, text, explanation, created_at)"
        " VALUES (?, 1, 'insert', 'bullet', ?, ?, ?, '2026-11-01T10:00:00+00:00')",
        ((number, *texts) for number, texts in enumerate(_texts(amendments, length), 1)),
    )


def _texts(amendments: int, length: int) -> Iterator[tuple[str, str, str]]:
    """Yield titles, texts and explanations whose words are as unevenly common as those of a language."""
    chance = random.Random(5)  # noqa: S311 - the same words each time
    words = vocabulary()
    common = list(accumulate(1 / place for place in range(1, _WORDS + 1)))
    for _ in range(amendments):
        said = chance.choices(words, cum_weights=common, k=length)
        yield " ".join(said[:6]), " ".join(said[:20]), " ".join(said[20:])


def vocabulary() -> list[str]:
    """Return the words, the most common first. As in a language, those are short."""
    chance = random.Random(7)  # noqa: S311
    found: dict[str, None] = {}
    while len(found) < _WORDS:
        syllables = (chance.choice(_ONSETS) + chance.choice(_RIMES) for _ in range(chance.randint(1, 4)))
        found["".join(syllables)] = None
    return sorted(found, key=len)


def _code(section: int) -> str:
    return f"{(section + 9) // 10}.{1 + (section - 1) % 10}"
