"""Write transactions that wait for each other, committed together.

A commit is dear: with `synchronous=FULL` it waits for the disk. Those that came to wait while another one ran share
one. Each stands in a savepoint of its own, so what one raises undoes that one alone, and nobody hears that theirs is
done before it is committed.
"""

import sqlite3
from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import Any, Final, Generic, TypeVar

from bot.services.ports import Unit
from db.unit import SqliteUnit

T = TypeVar("T")
_LONG: Final = 0.02
"""Seconds after which no more is taken along: who came first must not wait for all who come after."""


class Turn(Generic[T]):
    """One transaction that waits, and what came of it."""

    def __init__(
        self, work: Callable[[Unit], T], announce: Callable[[T], object] | None = None, *, alone: bool = False
    ) -> None:
        self.alone = alone
        """Whether it shares no commit: it may take long, and who came before is not to wait for it."""
        self._work = work
        self._announce = announce
        self._results: list[T] = []
        self.error: BaseException | None = None
        self.waits = True
        """Whether it is still to be taken: what is not waiting any more is committed, or never will be."""
        self.news = False
        """Whether anybody is to learn something by it."""

    def run(self, connection: sqlite3.Connection) -> None:
        """Do the work. Raises what it raises."""
        unit = SqliteUnit(connection)
        self._results.append(self._work(unit))
        self.news = unit.news

    def announce(self) -> None:
        """Tell what the work returned, before it is committed."""
        if self._announce is not None and self.error is None:
            self._announce(self._results[0])

    def outcome(self) -> T:
        """Return what the work returned, once it is committed. Raises what it raised, or why it is not stored."""
        if self.error is not None:
            raise self.error
        return self._results[0]


def run_together(connection: sqlite3.Connection, waiting: deque[Turn[Any]]) -> bool:
    """Take turns from those that wait and commit them; tell whether anybody is to learn something by them."""
    taken = [_first(waiting)]
    try:
        connection.execute("BEGIN IMMEDIATE")
        _run_apart(connection, taken, waiting)
        for turn in taken:
            turn.announce()
        connection.execute("COMMIT")
    except BaseException as error:  # noqa: BLE001 - each who waits hears of it
        for turn in taken:
            turn.error = turn.error or error
        if connection.in_transaction:  # a full disk may have ended it already
            connection.execute("ROLLBACK")
    return any(turn.news for turn in taken if turn.error is None)


def _first(waiting: deque[Turn[Any]]) -> Turn[Any]:
    turn = waiting.popleft()
    turn.waits = False
    return turn


def _run_apart(connection: sqlite3.Connection, taken: list[Turn[Any]], waiting: deque[Turn[Any]]) -> None:
    """Run the first, and the others that wait until that takes long. Raises where nothing of it can be committed."""
    began = monotonic()
    if taken[0].alone or not waiting or waiting[0].alone:
        taken[0].run(connection)
        return
    _run_in_savepoint(connection, taken[0])
    while waiting and not waiting[0].alone and monotonic() - began < _LONG:
        taken.append(_first(waiting))
        _run_in_savepoint(connection, taken[-1])


def _run_in_savepoint(connection: sqlite3.Connection, turn: Turn[Any]) -> None:
    """Run one of several: what it raises is its own. Raises where that ended the transaction of all."""
    connection.execute("SAVEPOINT turn")
    try:
        turn.run(connection)
    except BaseException as error:
        if not connection.in_transaction:
            raise
        connection.execute("ROLLBACK TO turn")
        turn.error = error
    connection.execute("RELEASE turn")
