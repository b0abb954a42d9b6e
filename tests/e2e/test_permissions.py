"""With exactly what the invite link gives all works, and the check says what is missing where."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.mirror.permissions import Permission
from bot.sandbox import Loopback
from db.database import Database
from tests.e2e.conftest import Town, running, settings_for
from tests.sandbox.granting import grant
from tests.sandbox.member import Enter


@pytest.fixture
async def bare(loopback: Loopback, store: Database, tmp_path: Path) -> AsyncIterator[Town]:
    """The town with everything in step, made by a bot that has what its link asks for and nothing else."""
    grant(loopback)
    async with running(loopback, store, settings_for(loopback, tmp_path / "town.db")) as town:
        assert await town.bridge.failure() is None
        yield town


async def test_the_link_gives_all_that_making_and_clearing_take(bare: Town, members: Enter) -> None:
    """Nothing was refused on the way, and the check finds nothing."""
    beheerder = await members("beheerder")
    assert len(bare.view()["threads"]) == 19
    assert "Alles is in orde" in (await beheerder.slash("programma controleren")).text
    plan = await beheerder.slash("programma opruimen")
    done = await beheerder.press(plan.message, "Opruimen")
    await done.until(lambda given: bool(given.messages) and "Opgeruimd" in given.text)
    assert bare.view()["threads"] == []
    assert [call for call in bare.view()["calls"] if call["status"] in {401, 403}] == []


async def test_one_channel_that_is_closed_to_the_bot_is_named(bare: Town, members: Enter) -> None:
    """With the permission, the channel and what to do about it."""
    beheerder, oprichter = await members("beheerder"), await members("oprichter")
    forum = next(channel for channel in bare.view()["channels"] if channel["type"] == 15)
    bot_id = bare.loopback.world.application.id
    denied = str(int(Permission.MANAGE_THREADS))
    await oprichter.request(
        "PUT", f"/channels/{forum['id']}/permissions/{bot_id}", {"type": 1, "allow": "1024", "deny": denied}
    )
    said = (await beheerder.slash("programma controleren")).text
    assert f"In #{forum['name']} mist de bot" in said.replace("\\", "")
    assert "*Threads beheren*" in said
    assert "Kanaal bewerken → Rechten" in said


async def test_the_check_is_for_beheer(bare: Town, members: Enter) -> None:
    """Others are told whom to ask."""
    lid = await members("lid")
    assert "Vraag het aan" in (await lid.slash("programma controleren")).text
