"""The message about a period, as members find it in #overzicht."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.config import DigestSettings
from bot.sandbox import Loopback
from db.database import Database
from tests.e2e.conftest import Town, running, settings_for
from tests.e2e.test_deeds import FIRST
from tests.sandbox.member import Enter
from tests.sandbox.parts import text_of

TITLE = "Wat er gebeurde"


@asynccontextmanager
async def at_work(town: Town) -> AsyncGenerator[None]:
    """Let the bot do what it does by itself."""
    work = asyncio.create_task(town.bridge.work())
    try:
        yield
    finally:
        work.cancel()
        await asyncio.wait({work})


async def test_a_period_is_told_once_by_a_bot_at_work(
    loopback: Loopback, store: Database, members: Enter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names what came and mentions nobody; a restart does not say it again."""

    def soon() -> str:
        return (datetime.now(UTC) + timedelta(minutes=2)).isoformat(timespec="seconds")

    monkeypatch.setattr("bot.proceedings.now", soon)
    before = (datetime.now(UTC) - timedelta(days=7)).isoformat(timespec="seconds")
    await store.transact(lambda unit: unit.digests.add(FIRST, before))
    often = DigestSettings(schedule="* * * * *")
    settings = settings_for(loopback, tmp_path / "town.db", digest=often)
    async with running(loopback, store, settings) as town, at_work(town):
        lid = await members("lid")
        said = await lid.event("MESSAGE_CREATE", lambda message: TITLE in text_of(message))
        assert "8 nieuwe amendementen: [1.1-A1]" in text_of(said)
        assert "**Fase: amendementen indienen**" in text_of(said)
        assert said["mentions"] == []
    async with running(loopback, store, settings) as town, at_work(town):
        await town.bridge.syncing.idle()
        assert sum(TITLE in text for text in town.texts(said["channel_id"])) == 1
