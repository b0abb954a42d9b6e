"""The database file: opening it, and transactions that are one hop each.

aiosqlite gives the connection a thread of its own. A whole transaction is handed to that thread as one function:
awaiting each statement apart would cost a hop each, and a cancelled task could leave half a transaction behind.
Those that came to wait while another one ran are committed together: each is whole or not there by itself, and a
throng costs the disk one commit.
Writes and reads have a connection each, so a long import does not keep people waiting who only look something up.
"""

import asyncio
import os
import sqlite3
from collections import deque
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Literal, Self, TypeAlias, TypeVar

import aiosqlite

from bot.errors import StorageError
from bot.services.ports import Unit
from db.failures import named_failures
from db.migrate import check_ownership, migrate, shipped
from db.turns import Turn, run_together
from db.unit import SqliteUnit

T = TypeVar("T")
Synchronous: TypeAlias = Literal["NORMAL", "FULL"]

_MODE: Final = 0o600  # who supports what is nobody else's business on this machine
_PATIENCE: Final = 5.0  # seconds to wait for another program's transaction
_STATEMENTS: Final = 256  # prepared statements to keep
_JOURNAL: Final = 16_000  # pages of the journal after which an act copies them into the file itself (see `settle`)


class _Connection(aiosqlite.Connection):
    """A connection that runs a function of ours on its thread."""

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run the work with the plain connection. It runs to its end, also when the caller is cancelled."""
        return await self._execute(work, self._conn)  # pyright: ignore[reportUnknownMemberType]

    async def opened(self) -> Self:
        """Start the thread and open the connection on it; see the thread off where that fails.

        It would otherwise report its end to a loop that may be gone by then.
        """
        try:
            await self
        except BaseException:
            await asyncio.to_thread(self._thread.join)
            raise
        return self


class Database:
    """A `Store` on an SQLite file. Open it with `await Database.open(path)` or as a context manager; close it."""

    def __init__(self, path: Path, writer: _Connection, reader: _Connection) -> None:
        self._path = path
        self._writer = writer
        self._reader = reader
        self._closed = False
        self._waiting: deque[Turn[Any]] = deque()
        self._news = 0
        self._version = 0
        self._unpurged = False
        self._unsettled = False

    @classmethod
    async def open(cls, path: Path, *, synchronous: Synchronous = "NORMAL", patience: float = _PATIENCE) -> Self:
        """Open the file, making it when it does not exist, and bring its schema up to date.

        `patience` is the number of seconds to wait for another program that is writing. Raises `StorageError`.
        """
        with named_failures(path):
            writer = await _Connection(partial(_open_writer, path, synchronous, patience), 0).opened()
            try:
                reader = await _Connection(partial(_open_reader, path, patience), 0).opened()
            except BaseException:
                await writer.close()
                raise
        return cls(path, writer, reader)

    async def close(self) -> None:
        """Let what is under way end, and close the file. Closing twice is allowed."""
        if not self._closed:
            self._closed = True
            await self._reader.close()
            await self._writer.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def transact(
        self, work: Callable[[Unit], T], meanwhile: Callable[[T], object] | None = None, *, alone: bool = False
    ) -> T:
        """Run the work in one write transaction; anything raised rolls it back.

        `meanwhile` is called with what the work returned while that is committed, to prepare what will be said of it.
        What may take long is run `alone`: who came before is answered before it begins.

        A caller that is cancelled meanwhile stops waiting; the transaction still happens as a whole or not at all.
        """
        if self._closed:
            raise StorageError("error.database_closed", path=self._path)
        announce = partial(_tell, asyncio.get_running_loop(), meanwhile) if meanwhile is not None else None
        turn = Turn(work, announce, alone=alone)
        self._waiting.append(turn)
        with named_failures(self._path):
            await self._writer.run(partial(self._write, turn))
            return turn.outcome()

    def _write(self, turn: Turn[Any], connection: sqlite3.Connection) -> None:
        """Run a turn and what waits behind it, on the writer's thread; nothing where one before took it along.

        Who was taken along is to hear of it now: those who came since have their own hop, and may take long.
        """
        if turn.waits:
            self._unsettled = True
            self._news += run_together(connection, self._waiting)  # here: a caller may be cancelled meanwhile

    async def read(self, work: Callable[[Unit], T]) -> T:
        """Run the work on one consistent state. A write in it fails."""
        if self._closed:
            raise StorageError("error.database_closed", path=self._path)
        with named_failures(self._path):
            return await self._reader.run(partial(_looked_up, work))

    @property
    def news(self) -> int:
        """A number that grows when there is something new that members are to learn. Another program's is seen late."""
        return self._news

    async def purge(self) -> None:
        """See to it that what was erased is in none of the database's files any more.

        The file itself holds it no more (`secure_delete`); the journal beside it may, until it is emptied. Another
        program that reads meanwhile holds that up: then it is done when that is over (`foreign_changes`).
        """
        if self._closed:
            raise StorageError("error.database_closed", path=self._path)
        with named_failures(self._path):
            self._unpurged = not await self._writer.run(_emptied)

    async def settle(self) -> None:
        """Copy what the journal holds into the file itself, beside all else: it takes longer than an act should.

        It is asked for regularly. Who reads meanwhile is not held up, nor who writes.
        """
        if self._unsettled:
            self._unsettled = False
            with named_failures(self._path):
                await asyncio.to_thread(_settled, self._path)

    async def foreign_changes(self) -> int:
        """Return a number that changes when another program wrote to the file, and only then.

        It is asked for regularly, so what a `purge` had to leave is done here, without waiting.
        """

        def version(connection: sqlite3.Connection) -> int:
            return int(connection.execute("PRAGMA data_version").fetchone()[0])

        with named_failures(self._path):
            if self._unpurged:
                self._unpurged = not await self._writer.run(_emptied_at_once)
            current = await self._writer.run(version)
        self._news += current != self._version  # it may have told members something
        self._version = current
        return current


def _tell(loop: asyncio.AbstractEventLoop, hear: Callable[[T], object], result: T) -> None:
    """Let somebody on the loop hear a result. That the loop is over must not undo what was done."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(hear, result)


def _looked_up(work: Callable[[Unit], T], connection: sqlite3.Connection) -> T:
    connection.execute("BEGIN DEFERRED")
    try:
        return work(SqliteUnit(connection))
    finally:
        if connection.in_transaction:  # a failing disk may have ended it already
            connection.execute("ROLLBACK")


def _emptied(connection: sqlite3.Connection) -> bool:
    """Empty the journal, and tell whether that could be done."""
    return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]


def _emptied_at_once(connection: sqlite3.Connection) -> bool:
    """Do the same without waiting for whoever is reading."""
    patience = int(connection.execute("PRAGMA busy_timeout").fetchone()[0])
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        return _emptied(connection)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience}")


def _settled(path: Path) -> None:
    with closing(_connect(path, 0)) as connection:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()


def _open_writer(path: Path, synchronous: Synchronous, patience: float) -> sqlite3.Connection:
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, _MODE))  # SQLite gives -wal and -shm the mode of this file
    connection = _connect(path, patience)
    try:
        check_ownership(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_JOURNAL}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA recursive_triggers = ON")  # else REPLACE would get round the history's triggers
        connection.execute("PRAGMA secure_delete = ON")  # what is erased is erased from the file too
        migrate(connection, path, shipped())
    except BaseException:
        connection.close()
        raise
    return connection


def _open_reader(path: Path, patience: float) -> sqlite3.Connection:
    connection = _connect(path, patience)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _connect(path: Path, patience: float) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None, cached_statements=_STATEMENTS)
    connection.row_factory = sqlite3.Row
    return connection
