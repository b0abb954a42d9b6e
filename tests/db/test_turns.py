"""Those that wait for each other are committed together, and each is whole or not there by itself."""

import asyncio
import sqlite3
import threading
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path
from time import sleep
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import StorageError
from bot.services.ports import Unit
from db.database import Database
from db.turns import Turn, run_together
from tests.db.stock import connection_of

Work = Callable[[Unit], None]


def puts(name: str) -> Work:
    return lambda unit: unit.facts.put(name, name)


def fails(name: str, error: BaseException) -> Work:
    def work(unit: Unit) -> None:
        unit.facts.put(name, name)
        raise error

    return work


@asynccontextmanager
async def busy(database: Database) -> AsyncGenerator[None]:
    """Let a transaction run for as long as the block does."""
    begun, go_on = threading.Event(), threading.Event()

    def hold(unit: Unit) -> None:
        begun.set()
        go_on.wait()

    holding = asyncio.create_task(database.transact(hold))
    await asyncio.to_thread(begun.wait)
    try:
        yield
    finally:
        go_on.set()
        await holding


async def held(database: Database, *works: Work) -> list[BaseException | None]:
    """Let all of these wait while another transaction runs; return what each came to."""
    async with busy(database):
        waiting = [asyncio.create_task(database.transact(work)) for work in works]
        await asyncio.sleep(0)
    return await asyncio.gather(*waiting, return_exceptions=True)


async def stored(database: Database, *names: str) -> list[str]:
    return await database.read(lambda unit: [name for name in names if unit.facts.get(name)])


async def spoken(database: Database, act: Callable[[], Awaitable[object]]) -> list[str]:
    """Return the statements that begin or end a transaction while something is done."""
    said: list[str] = []
    await database.transact(lambda unit: connection_of(unit).set_trace_callback(said.append))
    await act()
    await database.transact(lambda unit: connection_of(unit).set_trace_callback(None))
    return [each for each in said if each in {"COMMIT", "ROLLBACK"}]


async def test_who_waits_shares_a_commit(database: Database) -> None:
    works = [puts(str(number)) for number in range(20)]
    ended = await spoken(database, lambda: held(database, *works))
    assert ended == ["COMMIT"] * 3  # of the tracing itself, of who held the others up, of all others
    assert len(await stored(database, *map(str, range(20)))) == 20


async def test_who_is_committed_hears_of_it_before_those_who_came_later_are_done(database: Database) -> None:
    begun, go_on, reached, ended = (threading.Event() for _ in range(4))

    def hold(unit: Unit) -> None:
        begun.set()
        go_on.wait()

    def last(unit: Unit) -> None:
        reached.set()
        sleep(0.05)  # the next one is not taken along

    holding = asyncio.create_task(database.transact(hold))
    await asyncio.to_thread(begun.wait)
    together = [asyncio.create_task(database.transact(work)) for work in (puts("a"), last)]
    await asyncio.sleep(0)
    go_on.set()
    await holding
    await asyncio.to_thread(reached.wait)
    later = asyncio.create_task(database.transact(lambda _: ended.wait(10)))
    await asyncio.wait(together, timeout=5)
    heard = [each.done() for each in together]
    ended.set()
    await later
    assert heard == [True, True]


async def test_what_takes_long_lets_who_came_before_be_answered_first(database: Database) -> None:
    begun, go_on, ended = (threading.Event() for _ in range(3))

    def hold(unit: Unit) -> None:
        begun.set()
        go_on.wait()

    holding = asyncio.create_task(database.transact(hold))
    await asyncio.to_thread(begun.wait)
    before = [asyncio.create_task(database.transact(puts(name))) for name in "ab"]
    long = asyncio.create_task(database.transact(lambda _: ended.wait(10), alone=True))
    behind = asyncio.create_task(database.transact(puts("c")))
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.wait(before, timeout=5)
    heard = [each.done() for each in (holding, *before, long)]
    ended.set()
    await asyncio.gather(long, behind)
    assert heard == [True, True, True, False]
    assert await stored(database, "a", "b", "c") == ["a", "b", "c"]


@pytest.mark.parametrize("error", [ValueError("no"), sqlite3.IntegrityError("no"), BaseException("no")])
async def test_what_one_raises_undoes_that_one_alone(database: Database, error: BaseException) -> None:
    assert await held(database, puts("a"), fails("b", error), puts("c")) == [None, error, None]
    assert await stored(database, "a", "b", "c") == ["a", "c"]


async def test_a_broken_rule_of_the_database_undoes_that_one_alone(database: Database) -> None:
    def breaks(unit: Unit) -> None:
        unit.facts.put("b", "b")
        connection_of(unit).execute("INSERT INTO chapters (programme_id) VALUES (NULL)")

    outcomes = await held(database, puts("a"), breaks, puts("c"))
    assert isinstance(outcomes[1], sqlite3.IntegrityError)
    assert await stored(database, "a", "b", "c") == ["a", "c"]


async def test_nobody_hears_that_it_is_stored_where_the_commit_fails(database: Database) -> None:
    def breaks(unit: Unit) -> None:
        connection_of(unit).execute("PRAGMA defer_foreign_keys = ON")
        connection_of(unit).execute("INSERT INTO blocks (section_id) VALUES (999)")

    outcomes = await held(database, puts("a"), breaks, puts("c"))
    assert [type(each) for each in outcomes] == [sqlite3.IntegrityError] * 3
    assert await stored(database, "a", "c") == []
    await database.transact(puts("d"))
    assert await stored(database, "d") == ["d"]


async def test_nobody_hears_that_it_is_stored_where_the_transaction_is_ended(database: Database) -> None:
    """A failing disk may end the transaction of all in the midst of one's work."""

    def ends(unit: Unit) -> None:
        connection_of(unit).execute("ROLLBACK")
        raise sqlite3.OperationalError("disk")

    outcomes = await held(database, puts("a"), fails("b", ValueError("no")), ends, puts("d"))
    assert [repr(each) for each in outcomes] == [
        "OperationalError('disk')",
        "ValueError('no')",
        "OperationalError('disk')",
        "None",
    ]
    assert await stored(database, "a", "b", "d") == ["d"]


def test_nobody_hears_that_it_is_stored_where_not_even_that_can_be_undone() -> None:
    class Failing:
        """A connection to a disk that is gone."""

        in_transaction = True

        def execute(self, statement: str) -> None:
            if statement in {"COMMIT", "ROLLBACK"}:
                raise sqlite3.OperationalError(statement)

    turns: list[Turn[None]] = [Turn(lambda _: None) for _ in range(3)]
    with pytest.raises(sqlite3.OperationalError):
        run_together(cast("sqlite3.Connection", Failing()), deque(turns))
    for turn in turns:
        with pytest.raises(sqlite3.OperationalError, match="COMMIT"):
            turn.outcome()


async def test_a_full_disk_takes_nothing_from_the_others(database: Database) -> None:
    def limit(unit: Unit) -> None:
        (pages,) = connection_of(unit).execute("PRAGMA page_count").fetchone()
        connection_of(unit).execute(f"PRAGMA max_page_count = {pages + 2}")

    await database.transact(limit)
    outcomes = await held(database, puts("a"), lambda unit: unit.facts.put("b", "x" * 100_000), puts("c"))
    full = [isinstance(each, StorageError) and each.key == "error.database_full" for each in outcomes]
    kept = await stored(database, "a", "b", "c")
    assert full[1]
    assert kept == [name for name, lost in zip("abc", full, strict=True) if not lost]


async def test_a_database_in_use_is_named_to_each(tmp_path: Path) -> None:
    path = tmp_path / "programma.db"
    async with await Database.open(path, patience=0) as one, await Database.open(path, patience=0) as other:
        async with busy(one):
            outcomes = await asyncio.gather(*(other.transact(puts(name)) for name in "abc"), return_exceptions=True)
        assert {getattr(each, "key", None) for each in outcomes} == {"error.database_locked"}
        assert await stored(one, "a", "b", "c") == []


async def test_who_came_first_does_not_wait_for_all_who_come_after(database: Database) -> None:
    def slow(unit: Unit) -> None:
        sleep(0.03)

    ended = await spoken(database, lambda: held(database, slow, slow, puts("a"), puts("b")))
    assert ended == ["COMMIT"] * 5  # one more for each that took long: only the quick ones were taken along


async def test_a_caller_who_goes_away_takes_nothing_along(database: Database) -> None:
    async with busy(database):
        first, second = (asyncio.create_task(database.transact(puts(name))) for name in "ab")
        await asyncio.sleep(0)
        first.cancel()
        with suppress(asyncio.CancelledError):
            await first
    await second
    assert await stored(database, "a", "b") == ["a", "b"]


async def test_closing_lets_what_waits_end(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "programma.db")
    tasks = [asyncio.create_task(database.transact(puts(str(number)))) for number in range(30)]
    await asyncio.sleep(0)
    await database.close()
    await asyncio.gather(*tasks)
    async with await Database.open(tmp_path / "programma.db") as again:
        assert len(await stored(again, *map(str, range(30)))) == 30


async def test_what_was_done_is_heard_by_the_time_it_is_stored(tmp_path: Path) -> None:
    """It is heard on the loop, by who may prepare an answer but not give it yet."""
    heard: list[tuple[object, threading.Thread]] = []
    async with await Database.open(tmp_path / "programma.db") as database:
        with closing(sqlite3.connect(tmp_path / "programma.db")) as other:
            await database.transact(puts("a"), lambda what: heard.append((what, threading.current_thread())))
            assert heard == [(None, threading.main_thread())]
            assert [each for (each,) in other.execute("SELECT count(*) FROM facts")] == [1]


async def test_what_was_refused_or_is_not_stored_is_no_answer(database: Database) -> None:
    heard: list[object] = []
    with pytest.raises(ValueError, match="no"):
        await database.transact(fails("a", ValueError("no")), heard.append)
    assert heard == []

    def breaks(unit: Unit) -> str:
        connection_of(unit).execute("PRAGMA defer_foreign_keys = ON")
        connection_of(unit).execute("INSERT INTO blocks (section_id) VALUES (999)")
        return "prepared"

    with pytest.raises(sqlite3.IntegrityError):
        await database.transact(breaks, heard.append)
    assert heard == ["prepared"]


async def test_who_hears_with_a_mistake_undoes_nothing(database: Database) -> None:
    mistakes: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: mistakes.append(context["exception"]))

    def mistaken(_: None) -> None:
        raise ValueError("drawn wrong")

    await database.transact(puts("a"), mistaken)
    assert await stored(database, "a") == ["a"]
    assert [str(each) for each in mistakes] == ["drawn wrong"]


@given(st.lists(st.sampled_from(["well", "raises", "breaks"]), max_size=12), st.integers(0, 3))
def test_each_hears_what_became_of_theirs(tmp_path_factory: pytest.TempPathFactory, ways: list[str], rest: int) -> None:
    errors: dict[str, type[Exception]] = {"raises": ValueError, "breaks": sqlite3.IntegrityError}

    async def check() -> None:
        async with await Database.open(tmp_path_factory.mktemp("turns") / "programma.db") as database:
            names = [f"{number}" for number in range(len(ways))]

            async def one(name: str, way: str) -> str:
                for _ in range(int(name) % (rest + 1)):
                    await asyncio.sleep(0)
                try:
                    await database.transact(fails(name, errors[way](name)) if way in errors else puts(name))
                except (ValueError, sqlite3.IntegrityError) as error:
                    return str(error)
                return "well"

            outcomes = await asyncio.gather(*map(one, names, ways))
            done = [name for name, way in zip(names, ways, strict=True) if way == "well"]
            assert outcomes == ["well" if name in done else name for name in names]
            assert await stored(database, *names) == done

    asyncio.run(check())
