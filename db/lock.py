"""One bot at a time on one database, and one reader of the forum: two would each do everything once, which is twice.

The locks are the operating system's, so they are gone with the process, however that ends; the files that carry them
stay.
"""

import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import StorageError


@contextmanager
def sole_bot(path: Path) -> Generator[None]:
    """Hold the bot's lock beside a database file. Raises `StorageError` when another bot holds it."""
    with _held(path, "lock", "error.database_in_use"):
        yield


@contextmanager
def sole_reader(path: Path) -> Generator[None]:
    """Hold the lock of whoever reads the forum for a database. Raises `StorageError` when somebody else holds it."""
    with _held(path, "reading.lock", "error.being_read"):
        yield


@contextmanager
def _held(path: Path, ending: str, otherwise: str) -> Generator[None]:
    try:
        real = path.resolve()  # a database has one lock, by whatever name it is opened
        file = real.with_name(f"{real.name}.{ending}").open("a")
    except OSError as error:
        raise StorageError("error.database_open", path=path, reason=error.strerror or str(error)) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StorageError(otherwise, path=path) from error
        yield
