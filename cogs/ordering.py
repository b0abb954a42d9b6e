"""`/programma volgorde`: the order of the sections in a chapter, as its contents and the overview list them."""

from typing import Final

import discord

from bot.mirror.plan import LISTS
from bot.services.ordering import Ordering
from bot.services.syncing import Syncing
from cogs.context import Context, Interaction

_LIMIT: Final = 2000


class SectionOrder:
    """Puts sections in the order that an admin gives."""

    def __init__(self, context: Context, ordering: Ordering, syncing: Syncing) -> None:
        self._context = context
        self._ordering = ordering
        self._syncing = syncing

    async def put(self, interaction: Interaction, chapter: str, sections: str) -> None:
        """Put a chapter's sections in an order, or back in that of the forum, and show them so."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        programme_id = await self._context.programme(interaction)
        lines = await self._ordering.put(self._context.actor(interaction), programme_id, chapter, sections)
        self._syncing.enqueue(programme_id, LISTS)
        say = self._context.say(interaction)
        listed = "\n".join(f"- {discord.utils.escape_markdown(f'{line.code} {line.title}')}" for line in lines)
        await interaction.followup.send(f"{say('order.done')}\n{listed}"[:_LIMIT], ephemeral=True)
