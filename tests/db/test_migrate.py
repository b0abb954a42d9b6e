"""Migrations are applied once, in order, each with its number or not at all."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StorageError
from db.database import Database
from db.migrate import Migration, migrate, shipped

ONE = Migration(1, "CREATE TABLE one (id INTEGER);\nINSERT INTO one VALUES (1);\n")
TWO = Migration(2, "CREATE TABLE two (id INTEGER);\n")
BROKEN = Migration(2, "CREATE TABLE two (id INTEGER);\nINSERT INTO nowhere VALUES (1);\n")


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(tmp_path / "test.db", isolation_level=None)) as opened:
        yield opened


def tables(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM sqlite_schema ORDER BY name")]


def version(connection: sqlite3.Connection) -> int:
    return connection.execute("PRAGMA user_version").fetchone()[0]


def test_each_is_applied_once(connection: sqlite3.Connection, tmp_path: Path) -> None:
    migrate(connection, tmp_path, [ONE])
    migrate(connection, tmp_path, [ONE, TWO])
    migrate(connection, tmp_path, [ONE, TWO])
    assert (tables(connection), version(connection)) == (["one", "two"], 2)
    assert connection.execute("SELECT count(*) FROM one").fetchone() == (1,)


def test_one_that_fails_leaves_nothing_behind(connection: sqlite3.Connection, tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, tmp_path, [ONE, BROKEN])
    assert (tables(connection), version(connection)) == (["one"], 1)


def test_a_gap_is_refused(connection: sqlite3.Connection, tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        migrate(connection, tmp_path, [ONE, Migration(3, TWO.sql)])
    assert caught.value.key == "error.database_migrations"
    assert tables(connection) == []


async def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "programma.db"
    async with await Database.open(path):
        pass
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StorageError) as caught:
        await Database.open(path)
    assert caught.value.key == "error.database_newer"
    assert caught.value.values["found"] == 99


def test_the_shipped_ones_are_whole_and_strict(connection: sqlite3.Connection, tmp_path: Path) -> None:
    migrate(connection, tmp_path, shipped())
    assert version(connection) == len(shipped()) > 0
    loose = [
        row[1]
        for row in connection.execute("SELECT * FROM pragma_table_list WHERE type = 'table'")
        if not row[5] and not row[1].startswith("sqlite_")
    ]
    assert loose == []


def test_a_mirror_that_stood_before_there_was_opening_stays_open(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    """And one of which nothing stands yet is seen by admins only at first."""
    migrate(connection, tmp_path, shipped()[:3])
    connection.execute("INSERT INTO programmes (id, title, language) VALUES (1, '', 'nl'), (2, '', 'nl')")
    connection.execute(
        "INSERT INTO resources (programme_id, key, kind, discord_id, intended_at) VALUES (1, 'x', 'text', 5, 0)"
    )
    migrate(connection, tmp_path, shipped())
    assert connection.execute("SELECT name FROM facts").fetchall() == [("mirror.opened:1",)]


def test_a_name_stays_where_it_was_used_and_is_not_carried_to_another_guild(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    """Whether the bot may write to somebody shows nothing, and goes along."""
    before = [each for each in shipped() if each.number < 12]
    migrate(connection, tmp_path, before)
    connection.executescript(
        "INSERT INTO programmes (id, title, language) VALUES (1, 'Hier', 'nl'), (2, 'Daar', 'nl');"
        "INSERT INTO chapters (id, programme_id, key, position, code, title) VALUES (1, 1, 'a', 1, '1', 'A');"
        "INSERT INTO sections (id, programme_id, chapter_id, post_id, code, title) VALUES (1, 1, 1, 1, '1.1', 'A');"
        "INSERT INTO amendments (programme_id, section_id, receipt, status, origin, proposer, proposer_id, created_at)"
        " VALUES (1, 1, 1, 'draft', 'discord', 'Zuhal', 5, '');"
        "INSERT INTO members (member_id, book_name, messages, at) VALUES (5, 'Zuhal', 1, ''), (6, 'Herman', 0, '');"
    )
    migrate(connection, tmp_path, shipped())
    kept = connection.execute("SELECT programme_id, member_id, book_name, messages FROM members ORDER BY 1").fetchall()
    assert [tuple(row) for row in kept] == [(1, 5, "Zuhal", 1), (2, 5, None, 1)]
