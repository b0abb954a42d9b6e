"""`/lid`: who the people of the forum are on Discord."""

import discord
from discord import app_commands
from discord.app_commands import locale_str as _
from discord.ext import commands

from bot.domain.ids import Snowflake
from bot.services.behalf import OnBehalf
from bot.services.syncing import Syncing
from cogs.completing import Completing
from cogs.context import Context, Interaction


@app_commands.guild_only()
class Members(commands.GroupCog, group_name=_("lid"), group_description=_("Wie de schrijvers van het forum zijn")):
    """The secretary says who somebody is. What they wrote on the forum is theirs from then on."""

    def __init__(self, context: Context, behalf: OnBehalf, syncing: Syncing, completing: Completing) -> None:
        self._context = context
        self._behalf = behalf
        self._syncing = syncing
        self._completing = completing

    @app_commands.command(name=_("koppelen"), description=_("Zeggen welk lid een schrijver van het forum is"))
    @app_commands.rename(author=_("schrijver"), member=_("lid"))
    @app_commands.describe(author=_("De naam op het forum"), member=_("Wie dat op Discord is"))
    async def link(
        self, interaction: Interaction, author: app_commands.Range[str, 1, 100], member: discord.Member
    ) -> None:
        """Link an author of the forum to a member, also for what they write there later."""
        programme_id = await self._context.programme(interaction)
        actor, say = self._context.actor(interaction), self._context.say(interaction)
        linked = await self._behalf.link_author(actor, programme_id, author, Snowflake(member.id))
        if linked:
            self._syncing.enqueue(programme_id)
        name = discord.utils.escape_markdown(author)
        await interaction.response.send_message(
            say.count("member.linked", linked, author=name, member=member.mention), ephemeral=True
        )

    @link.autocomplete("author")
    async def _authors(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await self._completing.authors(interaction, typed)
