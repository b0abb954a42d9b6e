"""What Discord says of the bot while it is set up: who it is, which guilds it is in, which roles one of them has."""

from typing import NamedTuple

from bot.config import Settings
from bot.connecting import discord_failures, logged_in
from bot.domain.ids import Snowflake


class Named(NamedTuple):
    """Something to choose by its name."""

    id: Snowflake
    name: str


async def identify(settings: Settings, token: str) -> Snowflake:
    """Return the id of the application that a token belongs to. Raises `DiscordRefused`."""
    async with logged_in(settings, token) as client:
        return Snowflake(client.application_id or 0)


async def guilds_of(settings: Settings, token: str) -> list[Named]:
    """Return the guilds that the bot is in. Raises `DiscordRefused`."""
    async with logged_in(settings, token) as client:
        with discord_failures():
            return [Named(Snowflake(guild.id), guild.name) async for guild in client.fetch_guilds(limit=None)]


async def roles_of(settings: Settings, token: str, guild_id: Snowflake) -> list[Named]:
    """Return the roles that people can hold in a guild, the highest first. Raises `DiscordRefused`."""
    async with logged_in(settings, token) as client:
        with discord_failures():
            found = await client.http.get_roles(guild_id)
    held = [role for role in found if int(role["id"]) != guild_id and not role["managed"]]
    ordered = sorted(held, key=lambda role: role["position"], reverse=True)
    return [Named(Snowflake(int(role["id"])), role["name"]) for role in ordered]
