"""The mirror of a programme in the loopback's guild, a pass at a time."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from discord.http import HTTPClient

from bot.domain.ids import ProgrammeId, Snowflake
from bot.locales import load_all
from bot.mirror.apply.walking import DiscordGuild
from bot.mirror.desire import desire
from bot.mirror.plan import Plan, Scope
from bot.mirror.resources import MirrorSettings, Resource
from bot.sandbox import Loopback, dump
from bot.services.guild import Outcome
from bot.services.ports import Store
from bot.services.stand import Stand, read_stand
from tests.mirror.discord_text import texts_of

NL = load_all()["nl"]
SETTINGS = MirrorSettings()
_OWN = re.compile(r"\b\d{17,20}\b|\b\d+ seconden?\b")
"""Ids, and how long a run took: what differs from guild to guild."""


def clock() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass
class Mirror:
    """What a pass needs, and what is asked about it."""

    loopback: Loopback
    store: Store
    http: HTTPClient
    guild_id: Snowflake
    bot_id: Snowflake
    programme_id: ProgrammeId

    def guild(self) -> DiscordGuild:
        return DiscordGuild(self.http, self.guild_id, self.bot_id, self.store, clock)

    async def stand(self) -> Stand:
        return await self.store.read(lambda unit: read_stand(unit, self.programme_id, "always"))

    async def desired(self) -> tuple[Resource, ...]:
        stand = await self.stand()
        return desire(stand.programme, stand.known, SETTINGS, NL)

    async def plan(self) -> Plan:
        stand = await self.stand()
        return stand.plan(await self.guild().observe(stand.known), SETTINGS, NL, Scope())

    async def sync(self) -> Outcome:
        stand = await self.stand()
        guild = self.guild()
        observed = await guild.observe(stand.known)
        plan = stand.plan(observed, SETTINGS, NL, Scope())
        return await guild.apply(self.programme_id, plan, observed)

    async def calls_of(self) -> list[tuple[str, str]]:
        """Sync, and return the calls it took."""
        before = len(self.loopback.world.calls)
        outcome = await self.sync()
        assert not outcome.failures
        return [(call["method"], call["path"]) for call in self.calls()[before:]]

    def calls(self) -> list[dict[str, Any]]:
        return [dict(call) for call in self.loopback.world.calls]

    def dump(self) -> dict[str, Any]:
        return dict(dump(self.loopback.world))

    async def ids(self) -> dict[str, Snowflake]:
        known = (await self.stand()).known
        return {key: row.discord_id for key, row in known.items() if row.discord_id}


def shown(guild: dict[str, Any]) -> dict[str, Any]:
    """Return what members see, free of ids: channels, posts by channel, and the texts of every message in order."""
    channels = {channel["id"]: channel for channel in guild["channels"]}
    posts = {thread["id"]: thread for thread in guild["threads"]}
    tree: dict[str, Any] = {channel["name"]: sorted(shown_in(guild, each)) for each, channel in channels.items()}
    for post_id, post in posts.items():
        tree[f"{channels[post['parent_id']]['name']}/{post['name']}"] = shown_in(guild, post_id)
    return tree


def shown_in(guild: dict[str, Any], place: str) -> list[str]:
    return ["\n".join(texts_of(message)) for message in guild["messages"].get(place, [])]


def facts(guild: dict[str, Any]) -> dict[str, Any]:
    """Return what people see of a guild, free of ids and lengths of time: texts, tags, what is closed and pinned."""
    channels = sorted(guild["channels"], key=lambda channel: (channel["position"], int(channel["id"])))
    tags = {tag["id"]: tag["name"] for channel in guild["channels"] for tag in channel.get("available_tags") or ()}
    return {
        "channels": [channel["name"] for channel in channels],
        "texts": json.loads(_OWN.sub("#", json.dumps(shown(guild)))),
        "posts": sorted(
            (each["name"], [tags[tag] for tag in each.get("applied_tags") or ()], each["thread_metadata"]["archived"])
            for each in guild["threads"]
        ),
        "pins": sorted(len(pins) for pins in guild["pins"].values()),
    }


def writing(calls: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [call for call in calls if call[0] != "GET"]
