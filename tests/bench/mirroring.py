"""How long a large programme takes to be mirrored at Discord's real pace, beside what that pace alone dictates.

The whole bot is connected: its client, its queue and its pacer. What it calls is counted by the Discord it calls.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Final

from bot.bridge import Bridge
from bot.domain.ids import ForumId, Snowflake
from bot.domain.reading import ForumReading, TopicReading
from bot.domain.text import paragraph
from bot.journal import start_journal
from bot.locales import load_all
from bot.sandbox import Loopback, dump, town
from bot.services.ports import Unit
from bot.serving import connected
from db.database import Database
from tests.bench.figure import Figure
from tests.e2e.conftest import settings_for
from tests.mirror.programmes import add_amendment, bullet, post, store_section

_CHAPTERS, _SECTIONS, _AMENDMENTS = 12, 10, 5
_PER_SECOND: Final = 50
"""Requests that Discord takes in a second. Its other limits leave enough to do meanwhile in a programme this large."""
_AT_START: Final = 5
"""Who the bot is (twice), its commands, and what stands in the guild: channels and posts."""


def measure() -> Iterator[Figure]:
    start_journal("error")
    with TemporaryDirectory(prefix="programmabrug-bench-") as folder:
        loopback, seconds = asyncio.run(_mirrored(Path(folder) / "bench.db"))
    calls = loopback.world.calls
    refused = sum(call["status"] == 429 for call in calls)
    ideal = len(calls) / _PER_SECOND
    yield Figure("mirroring 120 sections, 600 amendments", seconds / ideal, 1.05, "× what the limits dictate")
    yield Figure("calls for that", (len(calls) - _progress_edits(loopback)) / _fewest(loopback), 1, "× the fewest")
    yield Figure("calls refused for their pace", refused, 0)


async def _mirrored(path: Path) -> tuple[Loopback, float]:
    async with Loopback(town()) as loopback, await Database.open(path) as store:
        settings = settings_for(loopback, path)
        guild_id = Snowflake(settings.discord.guild_id or 0)
        await store.transact(lambda unit: _programme(unit, guild_id))
        bridge = Bridge(settings, store, load_all(), guild_id, ready_timeout=0.05)
        async with connected(bridge, settings, settings.token() or ""):
            await bridge.started.wait()
            began = monotonic()
            await bridge.syncing.idle()
            seconds = monotonic() - began
            failure = await bridge.failure()
            assert failure is None, failure
        return loopback, seconds


def _fewest(loopback: Loopback) -> int:
    """Return the calls that what stands in the guild takes: one for each, and for a pin its notice's removal too."""
    guild = dump(loopback.world)
    made = len(guild["channels"]) - 1 + len(guild["threads"])  # a channel stood there before
    said = sum(len(messages) for messages in guild["messages"].values()) - len(guild["threads"])
    pins = 2 * sum(len(pinned) for pinned in guild["pins"].values())
    pinned_posts = sum(bool(thread.get("flags")) for thread in guild["threads"])
    return made + said + pins + pinned_posts + _AT_START


def _progress_edits(loopback: Loopback) -> int:
    """Return how often the message in the log channel told how far it was."""
    log = next(each["id"] for each in dump(loopback.world)["channels"] if "logboek" in each["name"])
    edits = Counter(call["path"] for call in loopback.world.calls if call["method"] == "PATCH")
    return sum(number for path, number in edits.items() if re.match(rf"/channels/{log}/messages/", path))


def _programme(unit: Unit, guild_id: Snowflake) -> None:
    programme_id = unit.programmes.create("Duinveen vooruit", None, "nl")
    unit.programmes.bind(programme_id, guild_id)
    text = (paragraph("Wij willen wonen. " * 20), *(bullet(f"Punt {number}: {'woorden ' * 20}") for number in range(8)))
    for chapter in range(1, _CHAPTERS + 1):
        forum = ForumReading(ForumId(chapter), f"Hoofdstuk {chapter}")
        chapter_id = unit.programmes.add_chapter(programme_id, str(chapter), forum, None, str(chapter))
        for section in range(1, _SECTIONS + 1):
            topic = TopicReading(post(chapter * 100 + section, text), f"Deel {section}", forum.forum_id, forum.title)
            section_id = unit.programmes.add_section(chapter_id, topic, f"{chapter}.{section}")
            store_section(unit, section_id, text)
            for _ in range(_AMENDMENTS):
                add_amendment(unit, section_id)
