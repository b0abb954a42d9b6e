"""SQLite's failures in the program's own words, so that whoever reads them knows what to do.

Only what the machine or the file is to blame for becomes a `StorageError`. A broken constraint or wrong SQL is a
mistake in the program and stays the `sqlite3` error that it is.
"""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bot.errors import StorageError

_PRIMARY: Final = 0xFF  # an extended result code holds its primary one in the lowest byte
_KEYS: Final = {
    sqlite3.SQLITE_FULL: "error.database_full",
    sqlite3.SQLITE_BUSY: "error.database_locked",
    sqlite3.SQLITE_LOCKED: "error.database_locked",
    sqlite3.SQLITE_NOTADB: "error.database_not_ours",
    sqlite3.SQLITE_CORRUPT: "error.database_corrupt",
    sqlite3.SQLITE_READONLY: "error.database_readonly",
    sqlite3.SQLITE_PERM: "error.database_readonly",
    sqlite3.SQLITE_CANTOPEN: "error.database_open",
    sqlite3.SQLITE_IOERR: "error.database_io",
}


@contextmanager
def named_failures(path: Path) -> Generator[None]:
    """Raise `StorageError` for what SQLite or the file system reports about the database file."""
    try:
        yield
    except sqlite3.Error as error:
        # Misuse of the module itself (a closed connection) carries no code.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY
        if code not in _KEYS:
            raise
        raise StorageError(_KEYS[code], path=path, reason=str(error)) from error
    except FileNotFoundError as error:
        raise StorageError("error.database_folder", path=path, reason=error.strerror) from error
    except OSError as error:
        raise StorageError("error.database_open", path=path, reason=error.strerror) from error
