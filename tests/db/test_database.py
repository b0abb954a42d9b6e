"""The file and its transactions: whole or not at all, and every failure of the machine has a name."""

import asyncio
import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.services.ports import Unit
from db.database import Database
from db.migrate import APPLICATION_ID
from tests.db.stock import connection_of


async def test_a_transaction_is_there_after_opening_again(tmp_path: Path) -> None:
    path = tmp_path / "programma.db"
    async with await Database.open(path) as database:
        await database.transact(lambda unit: unit.facts.put("hash", "abc"))
    async with await Database.open(path) as database:
        assert await database.read(lambda unit: unit.facts.get("hash")) == "abc"


async def test_only_the_owner_can_read_the_files(tmp_path: Path) -> None:
    path = tmp_path / "programma.db"
    async with await Database.open(path) as database:
        await database.transact(lambda unit: unit.facts.put("hash", "abc"))
        files = sorted(tmp_path.iterdir())
        assert [file.name for file in files] == ["programma.db", "programma.db-shm", "programma.db-wal"]
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt, asyncio.CancelledError])
async def test_what_is_raised_rolls_back(database: Database, failure: type[BaseException]) -> None:
    def work(unit: Unit) -> None:
        unit.facts.put("hash", "abc")
        raise failure

    with pytest.raises(failure):
        await database.transact(work)
    assert await database.read(lambda unit: unit.facts.get("hash")) is None
    await database.transact(lambda unit: unit.facts.put("hash", "def"))


async def test_a_cancelled_caller_leaves_a_whole_transaction(database: Database) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def work(unit: Unit) -> None:
        unit.facts.put("one", "1")
        begun.set()
        go_on.wait()
        unit.facts.put("two", "2")

    task = asyncio.create_task(database.transact(work))
    await asyncio.to_thread(begun.wait)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go_on.set()
    await database.transact(lambda unit: unit.facts.put("three", "3"))
    assert await database.read(lambda unit: [unit.facts.get(name) for name in ("one", "two", "three")]) == [
        "1",
        "2",
        "3",
    ]


async def test_tasks_at_once_follow_each_other(database: Database) -> None:
    def count(unit: Unit) -> None:
        unit.facts.put("count", str(int(unit.facts.get("count") or 0) + 1))

    await asyncio.gather(*(database.transact(count) for _ in range(50)))
    assert await database.read(lambda unit: unit.facts.get("count")) == "50"


async def test_reading_does_not_wait_for_a_long_transaction(database: Database) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def work(unit: Unit) -> None:
        unit.facts.put("hash", "abc")
        begun.set()
        go_on.wait()

    task = asyncio.create_task(database.transact(work))
    await asyncio.to_thread(begun.wait)
    assert await database.read(lambda unit: unit.facts.get("hash")) is None
    go_on.set()
    await task
    assert await database.read(lambda unit: unit.facts.get("hash")) == "abc"


async def test_a_read_cannot_write(database: Database) -> None:
    with pytest.raises(StorageError) as caught:
        await database.read(lambda unit: unit.facts.put("hash", "abc"))
    assert caught.value.key == "error.database_readonly"


async def test_a_full_disk_is_named_and_loses_nothing(database: Database) -> None:
    await database.transact(lambda unit: unit.facts.put("kept", "yes"))

    def limit(unit: Unit) -> None:
        connection = connection_of(unit)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")

    def fill(unit: Unit) -> None:
        unit.facts.put("small", "fits")
        unit.facts.put("large", "x" * 100_000)

    await database.transact(limit)
    with pytest.raises(StorageError) as caught:
        await database.transact(fill)
    assert caught.value.key == "error.database_full"
    assert caught.value.values["path"]
    assert await database.read(lambda unit: (unit.facts.get("kept"), unit.facts.get("small"))) == ("yes", None)
    await database.transact(lambda unit: unit.facts.put("small", "fits"))


async def test_a_database_in_use_is_named(tmp_path: Path) -> None:
    path = tmp_path / "programma.db"
    async with await Database.open(path, patience=0) as one, await Database.open(path, patience=0) as other:
        begun, go_on = threading.Event(), threading.Event()

        def work(unit: Unit) -> None:
            unit.facts.put("hash", "abc")
            begun.set()
            go_on.wait()

        task = asyncio.create_task(one.transact(work))
        await asyncio.to_thread(begun.wait)
        with pytest.raises(StorageError) as caught:
            await other.transact(lambda unit: unit.facts.put("hash", "def"))
        go_on.set()
        await task
        assert caught.value.key == "error.database_locked"
        assert await other.read(lambda unit: unit.facts.get("hash")) == "abc"


async def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        await Database.open(tmp_path / "nergens" / "programma.db")
    assert caught.value.key == "error.database_folder"


async def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        await Database.open(tmp_path)
    assert caught.value.key == "error.database_open"


async def test_a_file_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Geen database, maar wel lang genoeg om er een te lijken.\n" * 100)
    before = path.read_bytes()
    with pytest.raises(StorageError) as caught:
        await Database.open(path)
    assert caught.value.key == "error.database_not_ours"
    assert path.read_bytes() == before


async def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StorageError) as caught:
        await Database.open(path)
    assert caught.value.key == "error.database_not_ours"
    assert path.read_bytes() == before
    assert not path.with_name("other.db-wal").exists()


async def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "programma.db"
    async with await Database.open(path):
        pass
    content = bytearray(path.read_bytes())
    content[100:] = b"\xff" * (len(content) - 100)
    path.write_bytes(content)
    with pytest.raises(StorageError) as caught:
        await Database.open(path)
    assert caught.value.key == "error.database_corrupt"


async def test_the_file_says_whose_it_is(tmp_path: Path) -> None:
    path = tmp_path / "programma.db"
    async with await Database.open(path):
        pass
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


async def test_a_closed_database_says_so_and_closes_twice(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "programma.db")
    await database.close()
    await database.close()
    with pytest.raises(StorageError) as caught:
        await database.read(lambda unit: unit.facts.get("hash"))
    assert caught.value.key == "error.database_closed"


async def test_a_mistake_in_the_program_is_not_blamed_on_the_disk(database: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await database.transact(lambda unit: unit.programmes.create(None, None, "nl"))  # pyright: ignore[reportArgumentType]


async def test_what_was_erased_leaves_the_journal_once_another_program_stops_reading(tmp_path: Path) -> None:
    """Such as a copy that is being made: it holds the journal as it was, whatever is erased meanwhile."""
    path = tmp_path / "programma.db"
    async with await Database.open(path, patience=0.1) as database:
        await database.transact(lambda unit: unit.facts.put("hash", "een naam"))
        reading = sqlite3.connect(path, isolation_level=None)
        reading.execute("BEGIN")
        reading.execute("SELECT * FROM facts").fetchall()
        await database.transact(lambda unit: unit.facts.put("hash", ""))
        await database.purge()
        await database.foreign_changes()
        assert b"een naam" in _files(tmp_path)
        reading.close()
        await database.foreign_changes()
        assert b"een naam" not in _files(tmp_path)


async def test_what_was_written_is_in_the_file_itself_once_it_is_settled_whoever_writes(
    tmp_path: Path,
) -> None:
    path = tmp_path / "programma.db"
    async with await Database.open(path) as database:
        await database.transact(lambda unit: unit.facts.put("hash", "een naam"))
        assert b"een naam" not in path.read_bytes()
        writing = sqlite3.connect(path, isolation_level=None)
        writing.execute("BEGIN IMMEDIATE")
        await database.settle()
        assert b"een naam" in path.read_bytes()
        writing.close()


def _files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())
