"""Two guilds in one process: the town and its neighbour, with the same programme, codes, references and people."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.domain.ids import ProgrammeId, Snowflake
from bot.domain.people import Role
from bot.forum.sources import read_source
from bot.sandbox import Loopback, dump, neighbour
from bot.sandbox.guilds import Guild
from bot.sandbox.town import join_bot
from bot.services.guild_rows import GuildSettings
from bot.services.homes import Home
from bot.services.importing import Importing
from bot.wiring import now
from db.database import Database
from tests.e2e.conftest import PARTS, SAMPLE, Town, running, settings_for
from tests.sandbox.member import Member
from tests.sandbox.parts import text_of


@dataclass
class Next(Town):
    """The town seen from next door: what stands in the neighbouring guild."""

    guild: Guild

    def view(self) -> dict[str, Any]:
        return dump(self.loopback.world, self.guild.id)


@asynccontextmanager
async def two_guilds(loopback: Loopback, store: Database, path: Path) -> AsyncGenerator[tuple[Town, Next]]:
    """Run the bot in both guilds, from when both are in step."""
    guild = neighbour(loopback.world)
    join_bot(loopback.world, guild)
    await set_up(store, guild)
    async with running(loopback, store, settings_for(loopback, path)) as town:
        yield town, Next(loopback, store, town.bridge, guild)


async def set_up(store: Database, guild: Guild) -> ProgrammeId:
    """Write down a guild's settings, and read the sample programme for it as well."""
    guild_id, roles = Snowflake(int(guild.id)), {role["name"]: Snowflake(int(key)) for key, role in guild.roles.items()}
    holders = {Role(part): frozenset({roles[name]}) for part, name in PARTS.items()}
    chosen = GuildSettings(guild_id, language="nl", auto="always", roles=holders)
    await store.transact(lambda unit: unit.guilds.save(chosen, now()))
    first = await store.read(lambda unit: unit.programmes.ids()[0])
    importing = Importing(store, now, language="nl", screening=False, home=Home(guild_id))
    await importing.take_in(read_source(SAMPLE))
    programme_id = await store.read(lambda unit: unit.programmes.of_guild(guild_id))
    assert programme_id is not None
    assert programme_id != first
    return programme_id


def writes(where: Town) -> int:
    """Return how many requests changed something in a guild so far; interactions are not in it."""
    view = where.view()
    places = {view["guild"]["id"], *(each["id"] for each in (*view["channels"], *view["threads"]))}
    return sum(call["method"] != "GET" and bool(places & set(call["path"].split("/"))) for call in view["calls"])


def card(where: Town, reference: str) -> str:
    """Return what a guild's card of an amendment says."""
    said = (text_of(message) for each in where.view()["messages"].values() for message in each)
    return next(text for text in said if reference in text and "Ik steun dit" in text)


async def programme_of(where: Town) -> ProgrammeId:
    """Return the programme of a guild."""
    guild_id = Snowflake(int(where.view()["guild"]["id"]))
    found = await where.store.read(lambda unit: unit.programmes.of_guild(guild_id))
    assert found is not None
    return found


async def amendment_of(where: Town, reference: str) -> int:
    """Return the number of a guild's amendment, which is of all guilds."""
    programme_id = await programme_of(where)
    found = await where.store.read(lambda unit: unit.amendments.by_reference(programme_id, reference))
    assert found is not None
    return found.amendment_id


async def section_of(where: Town, title: str) -> int:
    """Return the number of a guild's section, which is of all guilds."""
    programme_id = await programme_of(where)
    lines = await where.store.read(lambda unit: unit.programmes.outline(programme_id))
    return next(line.section_id for line in lines if line.title == title)


def visit(member: Member, guild: Guild) -> None:
    """Let a member stand in another guild from here on."""
    member.channel, member.guild_id = next(iter(guild.channels)), guild.id


def carried_over(loopback: Loopback, message: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    """Let a component of a message carry the custom id of another guild's, as if somebody had forged it."""
    whisper = loopback.world.whispers.get(message["id"])
    stored = whisper[1] if whisper else loopback.world.history[message["channel_id"]][message["id"]]
    for held in (stored, message):
        for part in _parts(held["components"]):
            if part.get("custom_id") == old:
                part["custom_id"] = new
    return message


def _parts(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for part in components:
        found += [part, *_parts(part.get("components", []))]
    return found
