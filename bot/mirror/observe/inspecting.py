"""A look at what the bot may do in a guild: three reads, whatever it lacks."""

from collections.abc import Mapping
from typing import Any, Final

import discord
from discord.http import HTTPClient

from bot.domain.ids import Snowflake
from bot.errors import DiscordRefused
from bot.locales import Phrase
from bot.mirror.granting import Channel, GuildView, Overwrite
from bot.mirror.observe.calls import FAILURES, Calls, Raw, refusal
from bot.mirror.permissions import Permission

_ABSENT: Final = frozenset({10004, 50001})
"""Unknown guild, and no access: the bot is in no guild with this id."""
_THIS_GUILD: Final = Phrase("discord.guild")
_WRITABLE: Final = frozenset({0, 5})
"""The types of channel that hold messages of their own."""
_CATEGORY: Final = 4


class Inspector:
    """Looks at one guild as the bot may see it, and at what Discord knows of the bot's commands."""

    def __init__(self, http: HTTPClient, guild_id: Snowflake, bot_id: Snowflake) -> None:
        self._calls = Calls(http)
        self._guild_id = guild_id
        self._bot_id = bot_id

    async def view(self) -> GuildView:
        """Return the guild. Raises `DiscordRefused`, also where the bot is not in it."""
        try:
            return await inspect(self._calls, self._guild_id, self._bot_id)
        except FAILURES as error:
            if isinstance(error, discord.HTTPException) and error.code in _ABSENT:
                raise DiscordRefused("check.guild_absent", guild=self._guild_id) from error
            raise refusal(error, _THIS_GUILD, Permission.VIEW_CHANNEL) from error

    async def commands(self) -> int:
        """Return how many commands of the bot Discord knows. Raises `DiscordRefused`."""
        try:
            found: list[Raw] = await self._calls.read(
                "/applications/{application_id}/commands", application_id=self._bot_id
            )
        except FAILURES as error:
            raise refusal(error, _THIS_GUILD, Permission.VIEW_CHANNEL) from error
        return len(found)


async def inspect(calls: Calls, guild_id: Snowflake, bot_id: Snowflake) -> GuildView:
    """Return what counts for the bot's permissions in a guild. Raises what calls fail with."""
    guild: Raw = await calls.read("/guilds/{guild_id}", guild_id=guild_id)
    member: Raw = await calls.read("/guilds/{guild_id}/members/{user_id}", guild_id=guild_id, user_id=bot_id)
    channels: list[Raw] = await calls.read("/guilds/{guild_id}/channels", guild_id=guild_id)
    return GuildView(
        guild_id,
        guild["name"],
        bot_id,
        int(guild["owner_id"]) == bot_id,
        tuple(Snowflake(int(role_id)) for role_id in member["roles"]),
        {Snowflake(int(role["id"])): Permission(int(role["permissions"])) for role in guild["roles"]},
        {Snowflake(int(raw["id"])): _channel(raw) for raw in channels},
    )


def _channel(raw: Mapping[str, Any]) -> Channel:
    overwrites: list[Raw] = raw.get("permission_overwrites") or []
    return Channel(
        raw["name"],
        {
            Snowflake(int(each["id"])): Overwrite(Permission(int(each["allow"])), Permission(int(each["deny"])))
            for each in overwrites
        },
        raw["type"] in _WRITABLE,
        raw["type"] == _CATEGORY,
    )
