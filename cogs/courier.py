"""Direct messages: the one way in which the bot writes to a member without being asked, and only to who wants it."""

from typing import Final

import discord

from bot.domain.ids import Snowflake
from bot.errors import DiscordRefused

_CLOSED: Final = 50007
"""Discord's code for a member who takes no messages from this bot."""


class DirectMessages:
    """Fulfils `Courier`."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def write(self, member_id: Snowflake, text: str) -> bool:
        """Write to a member; False where they take no messages. Raises `DiscordRefused` where it failed for now."""
        try:
            opened = await self._client.http.start_private_message(str(member_id))
            channel = self._client.get_partial_messageable(int(opened["id"]))
            await channel.send(text, suppress_embeds=True)
        except discord.HTTPException as error:
            if error.code == _CLOSED:
                return False
            raise DiscordRefused("error.message_refused", status=error.status) from error
        return True
