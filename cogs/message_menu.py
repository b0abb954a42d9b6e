"""The message menu "Amendement van maken": one's own message becomes the beginning of a proposal.

The secretary can do so with anybody's message, for that person, and finds a reply of the forum ready to be linked.
"""

import discord
from discord import app_commands
from discord.app_commands import locale_str as _
from discord.ext import commands

from bot.domain.amendments import Origin
from bot.domain.ids import SectionId, Snowflake
from bot.domain.people import Role
from bot.errors import NotFound, Refused
from bot.services.browsing import Browsing
from cogs.behalf import Behalf
from cogs.carrying import Carried
from cogs.context import Context, Interaction
from cogs.linking import LinkPanels
from cogs.proposing import Proposing


class MessageMenu(commands.Cog):
    """What can be made of a message. A menu can't be declared in a cog, so it is hung up when the cog is loaded."""

    def __init__(
        self,
        client: commands.Bot,
        context: Context,
        browsing: Browsing,
        proposing: Proposing,
        behalf: Behalf,
        panels: LinkPanels,
    ) -> None:
        self._client = client
        self._context = context
        self._browsing = browsing
        self._proposing = proposing
        self._behalf = behalf
        self._panels = panels

    async def cog_load(self) -> None:
        """Hang the menu up."""
        menu = app_commands.ContextMenu(name=_("Amendement van maken"), callback=self._make)
        menu.guild_only = True
        self._client.tree.add_command(menu)

    async def _make(self, interaction: Interaction, message: discord.Message) -> None:
        own_bot = self._client.user is not None and message.author.id == self._client.user.id
        if own_bot:
            await self._of_mirror(interaction, message)
        elif not message.content.strip():
            raise Refused("menu.no_words")
        elif message.author.id == interaction.user.id:
            await self._proposing.start(interaction, await self._section(interaction), message.content)
        else:
            carried = Carried(message.content, message.author.display_name)
            section_id = await self._section(interaction)
            member_id = 0 if message.author.bot else message.author.id
            await self._behalf.start(interaction, section_id, carried, Origin.DISCORD, member_id=member_id)

    async def _of_mirror(self, interaction: Interaction, message: discord.Message) -> None:
        """Take what stands here of the programme: the text itself begins a proposal, a reply can be linked."""
        programme_id = await self._context.programme(interaction)
        match await self._browsing.shown_in(programme_id, Snowflake(message.id)):
            case ("section", _number):
                await self._proposing.start(interaction, await self._section(interaction))
            case ("reply", post_id):
                self._context.actor(interaction).demand(Role.SECRETARY)
                await self._panels.start(interaction, f"#{post_id}")
            case ("amendment", _number):
                raise Refused("menu.is_amendment")
            case _other:
                raise NotFound("menu.nothing")

    async def _section(self, interaction: Interaction) -> SectionId | None:
        programme_id = await self._context.programme(interaction)
        return await self._browsing.section_of_thread(programme_id, Snowflake(interaction.channel_id or 0))
