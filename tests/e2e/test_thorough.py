"""A thorough look when an admin asks for it: what was deleted while nobody listened is found, shown and mended."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.bringing import Bringing, bring_in_step
from bot.config import MirrorSettings
from bot.errors import StorageError
from bot.forum.sources import read_source
from bot.sandbox import Loopback
from bot.services.importing import Importing
from bot.terminal import Terminal
from bot.wiring import now
from db.database import Database
from db.lock import sole_bot
from tests.e2e.careful import careful_town
from tests.e2e.conftest import SAMPLE, TEXTS, Town, sections_in, settings_for
from tests.sandbox.member import Enter
from tests.sandbox.parts import text_of


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Database]:
    """A database with one section in it."""
    async with await Database.open(tmp_path / "town.db") as database:
        reading = read_source(SAMPLE / "topic-164.html")
        await Importing(database, now, language="nl", screening=False).take_in(reading)
        yield database


async def delete_the_card(town: Town, members: Enter) -> None:
    """Delete a card as a moderator, while no bot listens."""
    post = town.post("Veilig")
    card = town.message(post, "Ik steun dit")
    await (await members("oprichter")).request("DELETE", f"/channels/{post}/messages/{card['id']}")


def cards(town: Town) -> int:
    return sum("Ik steun dit" in words for words in town.texts(town.post("Veilig")))


async def test_an_admin_has_all_messages_looked_at_before_the_plan(
    loopback: Loopback, store: Database, tmp_path: Path, members: Enter
) -> None:
    """Without the option nothing seems amiss; with it the plan tells what is made again, and status when."""
    beheerder = await members("beheerder")
    async with careful_town(loopback, store, tmp_path, "never") as town:
        plan = await beheerder.slash("programma bijwerken")
        done = await beheerder.press(plan.message, "Uitvoeren")
        await done.until(lambda given: bool(given.messages) and "Klaar" in given.text)
    await delete_the_card(town, members)
    async with careful_town(loopback, store, tmp_path, "never") as town:
        assert "niets te doen" in (await beheerder.slash("programma bijwerken")).text
        assert "Alle berichten nagekeken" not in (await beheerder.slash("programma status")).text
        plan = await beheerder.slash("programma bijwerken", {"grondig": True})
        assert "1 bericht opnieuw maken" in plan.text
        assert "Alle berichten nagekeken" in (await beheerder.slash("programma status")).text
        assert cards(town) == 0
        done = await beheerder.press(plan.message, "Uitvoeren")
        await done.until(lambda given: any("Klaar" in text_of(each) for each in given.messages))
        assert cards(town) == 1


async def test_the_command_line_does_the_same_while_no_bot_runs(
    loopback: Loopback, store: Database, tmp_path: Path, members: Enter, capsys: pytest.CaptureFixture[str]
) -> None:
    """The plan first; only with the word for it anything changes; beside a running bot it is refused."""
    settings = settings_for(loopback, tmp_path / "town.db", mirror=MirrorSettings())
    town = Town(loopback, store, None)  # pyright: ignore[reportArgumentType] - no bot runs

    async def sync(*, thorough: bool = False, confirm: bool = False) -> str:
        asked = Bringing(thorough=thorough, confirm=confirm, programme=None)
        await bring_in_step(settings, Terminal(TEXTS["nl"]), TEXTS, asked)
        captured = capsys.readouterr()
        return captured.out + captured.err

    assert "--confirm" in await sync()
    assert sections_in(town.view()) == []
    assert "gedaan in" in await sync(confirm=True)
    assert cards(town) == 1
    await delete_the_card(town, members)
    assert "niets te doen" in await sync()
    told = await sync(thorough=True)
    assert "Ongemerkt verwijderd: 1" in told
    assert "1 bericht opnieuw maken" in told
    assert cards(town) == 0
    await sync(confirm=True)
    assert cards(town) == 1
    with sole_bot(tmp_path / "town.db"), pytest.raises(StorageError, match="database_in_use"):
        await sync()
