"""The town with the default `mirror.auto`: nothing is made before a person says so, at a clock that can be moved."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.bridge import Bridge
from bot.config import MirrorSettings
from bot.domain.ids import Snowflake
from bot.forum.sources import read_source
from bot.sandbox import Loopback
from bot.services.importing import Importing
from bot.serving import connected
from bot.wiring import now
from db.database import Database
from tests.e2e.conftest import SAMPLE, TEXTS, Town, settings_for

EDIT = ("aan beide kanten een vrij fietspad", "aan één kant een vrij fietspad")


@asynccontextmanager
async def careful_town(
    loopback: Loopback, store: Database, folder: Path, auto: str = "after-first"
) -> AsyncGenerator[Town]:
    """Run a bot that waits for a person's word, as it starts and until it is stopped."""
    mirror = MirrorSettings.model_validate({"auto": auto})
    settings = settings_for(loopback, folder / "town.db", mirror=mirror)
    guild_id = Snowflake(settings.discord.guild_id or 0)
    bridge = Bridge(settings, store, TEXTS, guild_id, ready_timeout=0.05, at_most=1000)
    async with connected(bridge, settings, settings.token() or ""):
        await bridge.started.wait()
        await bridge.syncing.idle()
        yield Town(loopback, store, bridge)


async def edit(town: Town, folder: Path, old: str, new: str, page: str = "topic-164.html") -> list[str]:
    """Take in the sample with one piece of one page changed, as after an edit on the forum; return what came of it."""
    text = (SAMPLE / page).read_text("utf-8")
    assert text.count(old) == 1
    (folder / page).write_text(text.replace(old, new), "utf-8")
    report = await Importing(town.store, now, language="nl", screening=False).take_in(read_source(folder / page))
    await town.bridge.follow()
    await town.bridge.syncing.idle()
    return [change.action.value for change in report.changes]
