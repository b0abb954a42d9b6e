"""One bot at a time on one database: two would each make everything once, which is twice.

The lock is the operating system's, so it is gone with the process, however that ends; the file that carries it stays.
"""

import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import StorageError


@contextmanager
def sole_bot(path: Path) -> Generator[None]:
    """Hold the lock beside a database file. Raises `StorageError` when another bot holds it."""
    try:
        file = path.with_name(f"{path.name}.lock").open("a")
    except OSError as error:
        raise StorageError("error.database_open", path=path, reason=error.strerror or str(error)) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StorageError("error.database_in_use", path=path) from error
        yield
