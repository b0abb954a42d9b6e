"""The whole bot in the town: the sample programme imported, mirrored and in step, before a test begins."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.bridge import Bridge
from bot.config import DatabaseSettings, DiscordSettings, MirrorSettings, RoleSettings, Settings
from bot.domain.ids import Snowflake
from bot.forum.sources import read_source
from bot.locales import load_all
from bot.sandbox import Loopback, door, dump
from bot.services.importing import Importing
from bot.serving import connected
from bot.wiring import now
from db.database import Database
from tests.e2e.shell import Shell
from tests.sandbox.parts import text_of

SAMPLE = Path(__file__).parents[2] / "bot" / "sandbox" / "sample"
TEXTS = load_all()
PARTS = {
    "member": "lid",
    "secretary": "secretaris",
    "committee": "programmacommissie",
    "chair": "vergaderleiding",
    "admin": "beheer",
}


def sections_in(view: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the posts of sections: all but the pinned contents of each chapter."""
    return [thread for thread in view["threads"] if not thread["flags"] & 2]


@dataclass
class Town:
    """The loopback Discord, the database, and the bot between them."""

    loopback: Loopback
    store: Database
    bridge: Bridge

    def view(self) -> dict[str, Any]:
        """Return the guild as it stands."""
        return dump(self.loopback.world)

    def post(self, title: str) -> str:
        """Return the id of the post whose name holds these words."""
        return next(thread["id"] for thread in self.view()["threads"] if title in thread["name"])

    def texts(self, channel_id: str) -> list[str]:
        """Return what the messages in a channel or post say, oldest first."""
        return [text_of(message) for message in self.view()["messages"].get(channel_id, [])]

    def message(self, channel_id: str, words: str) -> dict[str, Any]:
        """Return the message in a channel or post that holds these words."""
        return next(message for message in self.view()["messages"][channel_id] if words in text_of(message))

    def calls(self) -> int:
        """Return how many requests that change something were made so far."""
        return sum(call["method"] != "GET" for call in self.view()["calls"])


def settings_for(loopback: Loopback, path: Path, **changes: object) -> Settings:
    """Return settings for a loopback Discord and a database."""
    opened = door(loopback)
    return Settings().model_copy(
        update={
            "database": DatabaseSettings(path=path),
            "discord": DiscordSettings(
                token=SecretStr(opened["bot_token"]),
                guild_id=int(opened["guild_id"]),
                api_url=loopback.api_url,
                gateway_url=loopback.gateway_url,
            ),
            "mirror": MirrorSettings(auto="always", count_interval=0.05),
            "roles": RoleSettings(**{part: (int(opened["roles"][name]),) for part, name in PARTS.items()}),
            **changes,
        }
    )


@asynccontextmanager
async def running(loopback: Loopback, store: Database, settings: Settings) -> AsyncGenerator[Town]:
    """Run the bot with these settings, from when all that follows by itself is in step."""
    guild_id = Snowflake(settings.discord.guild_id or 0)
    bridge = Bridge(settings, store, TEXTS, guild_id, ready_timeout=0.05, at_most=1000, rename_window=0.6)
    async with connected(bridge, settings, settings.token() or ""):
        await bridge.started.wait()
        await bridge.syncing.idle()
        yield Town(loopback, store, bridge)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Database]:
    """A database with the sample programme in it."""
    async with await Database.open(tmp_path / "town.db") as database:
        await Importing(database, now, language="nl", screening=False).take_in(read_source(SAMPLE))
        yield database


@pytest.fixture
async def town(loopback: Loopback, store: Database, tmp_path: Path) -> AsyncIterator[Town]:
    """The town with everything in step."""
    async with running(loopback, store, settings_for(loopback, tmp_path / "town.db")) as started:
        assert await started.bridge.failure() is None
        yield started


@pytest.fixture
async def shell(tmp_path: Path) -> AsyncIterator[Shell]:
    opened = Shell(tmp_path)
    yield opened
    await opened.close()
