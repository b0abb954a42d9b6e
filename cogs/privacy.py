"""`/privacy`: what is kept about somebody, as a file for them alone, and taking it away on their word."""

import io

import discord
from discord import app_commands
from discord.app_commands import locale_str as _
from discord.ext import commands

from bot.services.privacy import Privacy
from bot.services.syncing import Syncing
from cogs.context import Context, Interaction
from cogs.faces import Button, face
from cogs.routing import Routes, custom_id


@app_commands.guild_only()
class PrivacyCommands(
    commands.GroupCog, group_name=_("privacy"), group_description=_("Wat de bot over je bewaart, en het laten wissen")
):
    """A person's rights over what is kept about them. No role is asked for: everybody has them."""

    def __init__(self, context: Context, privacy: Privacy, syncing: Syncing) -> None:
        self._context = context
        self._privacy = privacy
        self._syncing = syncing

    def register(self, routes: Routes) -> None:
        """Answer the button that erases."""
        routes.add("erase", self._erase)

    @app_commands.command(name=_("inzage"), description=_("Een bestand krijgen met alles wat de bot over je bewaart"))
    async def inspect(self, interaction: Interaction) -> None:
        """Give somebody all that is kept about them."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        say = self._context.say(interaction)
        kept = await self._privacy.inspect(self._context.actor(interaction).member_id)
        file = discord.File(io.BytesIO(kept), filename=say("privacy.file"))
        await interaction.followup.send(say("privacy.inspected"), file=file, ephemeral=True)

    @app_commands.command(name=_("wissen"), description=_("Laten wissen wat de bot over je bewaart"))
    async def erase(self, interaction: Interaction) -> None:
        """Say what goes and what stays, and ask for somebody's word."""
        say = self._context.say(interaction)
        sure = Button(label=say("privacy.erase.sure"), style=discord.ButtonStyle.danger, custom_id=custom_id("erase"))
        await interaction.response.send_message(say("privacy.erase.what"), view=face(sure), ephemeral=True)

    async def _erase(self, interaction: Interaction, arguments: list[str]) -> None:
        del arguments
        await interaction.response.defer()
        await self._privacy.erase(self._context.actor(interaction))
        self._syncing.everywhere()
        await interaction.edit_original_response(content=self._context.say(interaction)("privacy.erased"), view=None)
