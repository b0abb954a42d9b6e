"""Which permission was missing where Discord refused something, looked up only then: Discord itself doesn't say."""

import asyncio
from collections.abc import Collection, Sequence

from bot.domain.ids import Snowflake
from bot.errors import DiscordRefused
from bot.mirror.granting import GuildView
from bot.mirror.lacking import missing, sentence
from bot.mirror.observe.calls import FAILURES, Calls
from bot.mirror.observe.inspecting import inspect
from bot.mirror.permissions import Permission


class Bars:
    """Names what bars the bot from channels of one guild. The guild is looked at anew where that explains nothing."""

    def __init__(self, calls: Calls, guild_id: Snowflake, bot_id: Snowflake) -> None:
        self._calls = calls
        self._guild_id = guild_id
        self._bot_id = bot_id
        self._looking = asyncio.Lock()
        self._view: GuildView | None = None

    async def sentence(
        self, channel_id: Snowflake | None, wanted: Sequence[Permission], place: str = ""
    ) -> DiscordRefused:
        """Return what the bot lacks in a channel (None: in the guild), the likeliest where nothing is seen to lack.

        `place` is what it is called where the channel's own name can't be seen.
        """
        view, lacking = await self._found(channel_id, wanted)
        if view is None:
            return DiscordRefused(f"discord.needs_{wanted[0].key}", place=place)
        channel = view.channels.get(channel_id) if channel_id is not None else None
        named = channel.called if channel else place
        if lacking is None:
            return DiscordRefused(f"discord.needs_{wanted[0].key}", place=named)
        return sentence(view, channel_id, lacking, named)

    async def sentences(
        self, channel_ids: Collection[Snowflake], wanted: Sequence[Permission]
    ) -> tuple[DiscordRefused, ...]:
        """Return what bars the bot from some channels, each sentence once."""
        found = [await self.sentence(channel_id, wanted) for channel_id in sorted(channel_ids)]
        return tuple({str(each): each for each in found}.values())

    async def _found(
        self, channel_id: Snowflake | None, wanted: Sequence[Permission]
    ) -> tuple[GuildView | None, Permission | None]:
        async with self._looking:
            known = self._view
            if known is not None and (lacking := missing(known, channel_id, wanted)) is not None:
                return known, lacking
            try:
                self._view = await inspect(self._calls, self._guild_id, self._bot_id)
            except FAILURES:
                return known, None
            return self._view, missing(self._view, channel_id, wanted)
