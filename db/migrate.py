"""The schema, brought up to date by numbered files that are applied once and never edited after they were shipped."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from bot.errors import StorageError

APPLICATION_ID: Final = 0x50624272  # "PbBr" in the file's header says whose database this is
_NAME: Final = re.compile(r"(\d{4})_\w+\.sql")


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema."""

    number: int
    sql: str


def shipped() -> tuple[Migration, ...]:
    """Read the migrations that came with the program, in order."""
    found = [
        Migration(int(match[1]), file.read_text(encoding="utf-8"))
        for file in files("db").joinpath("migrations").iterdir()
        if (match := _NAME.fullmatch(file.name))
    ]
    return tuple(sorted(found, key=lambda migration: migration.number))


def check_ownership(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that holds something else, before anything in it is touched."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application != APPLICATION_ID and (application or tables):
        raise StorageError("error.database_not_ours", path=path, reason=f"application_id {application:#x}")


def migrate(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    """Apply what the database lacks, each migration in one transaction together with its number.

    Raises `StorageError` where the database is newer than the program, or where a migration is missing.
    """
    if [migration.number for migration in migrations] != list(range(1, len(migrations) + 1)):
        raise StorageError("error.database_migrations", path=path)
    while _apply_next(connection, path, migrations):
        pass


def _apply_next(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> bool:
    """Apply one migration and tell whether another may follow.

    The version is read inside the write transaction, so two programs that start at once do not both apply it.
    """
    if not _pending(connection, path, migrations):
        return False
    connection.execute("BEGIN IMMEDIATE")
    try:
        if migration := _pending(connection, path, migrations):
            for statement in _statements(migration.sql):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {migration.number}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return True


def _pending(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> Migration | None:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(migrations):
        raise StorageError("error.database_newer", path=path, found=version, known=len(migrations))
    return migrations[version] if version < len(migrations) else None


def _statements(sql: str) -> Iterator[str]:
    """Split a file into statements. `executescript` would commit on its own, outside our transaction."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
