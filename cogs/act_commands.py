"""The commands that begin a deed on an amendment by its reference, and the message menu of a card.

A part of `/amendement`, apart from looking things up and proposing.
"""

import discord
from discord import app_commands
from discord.app_commands import locale_str as _
from discord.ext import commands

from bot.domain.deeds import Deed
from cogs.acts import Acts
from cogs.advice_publishing import AdvicePublishing
from cogs.completing import Completing
from cogs.context import Interaction


class ActCommands(commands.Cog):
    """The commands, for a group to inherit. Which deeds there are and who may do them is the domain's to say."""

    _acts: Acts
    _publishing: AdvicePublishing
    _completing: Completing

    @app_commands.command(name=_("wijzigen"), description=_("Je amendement een nieuwe tekst geven"))
    @app_commands.rename(reference=_("verwijzing"))
    @app_commands.describe(reference=_("De verwijzing, zoals 4.3-A2"))
    async def change(self, interaction: Interaction, reference: str) -> None:
        """Open the form of a new version."""
        await self._acts.start(interaction, Deed.CHANGE, reference)

    @app_commands.command(name=_("intrekken"), description=_("Je amendement intrekken"))
    @app_commands.rename(reference=_("verwijzing"))
    @app_commands.describe(reference=_("De verwijzing, zoals 4.3-A2"))
    async def withdraw(self, interaction: Interaction, reference: str) -> None:
        """Open the form of withdrawing."""
        await self._acts.start(interaction, Deed.WITHDRAW, reference)

    @app_commands.command(name=_("adviseren"), description=_("Een preadvies schrijven (programmacommissie)"))
    @app_commands.rename(reference=_("verwijzing"))
    @app_commands.describe(reference=_("De verwijzing, zoals 4.3-A2"))
    async def advise(self, interaction: Interaction, reference: str) -> None:
        """Open the form of an advice."""
        await self._acts.start(interaction, Deed.ADVISE, reference)

    @app_commands.command(name=_("advies-publiceren"), description=_("Preadviezen openbaar maken (programmacommissie)"))
    @app_commands.rename(chapter=_("hoofdstuk"))
    @app_commands.describe(chapter=_("Alleen van dit hoofdstuk"))
    async def publish(self, interaction: Interaction, chapter: str | None = None) -> None:
        """Show what would be published."""
        await self._publishing.start(interaction, chapter)

    @app_commands.command(name=_("besluiten"), description=_("Het besluit van de vergadering vastleggen"))
    @app_commands.rename(reference=_("verwijzing"))
    @app_commands.describe(reference=_("De verwijzing, zoals 4.3-A2"))
    async def decide(self, interaction: Interaction, reference: str) -> None:
        """Open the form of a decision."""
        await self._acts.decide_named(interaction, reference)

    @app_commands.command(name=_("corrigeren"), description=_("Herstellen wat verkeerd is vastgelegd (secretaris)"))
    @app_commands.rename(reference=_("verwijzing"))
    @app_commands.describe(reference=_("De verwijzing, zoals 4.3-A2"))
    async def correct(self, interaction: Interaction, reference: str) -> None:
        """Open the form of a correction."""
        await self._acts.start(interaction, Deed.CORRECT, reference)

    @app_commands.command(name=_("uitleg"), description=_("Zien wat er nu kan, en wie dat mag"))
    async def explain(self, interaction: Interaction) -> None:
        """Say what the phase allows, and to whom."""
        await self._acts.explain(interaction)

    @change.autocomplete("reference")
    @withdraw.autocomplete("reference")
    @advise.autocomplete("reference")
    @decide.autocomplete("reference")
    @correct.autocomplete("reference")
    async def _named(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await self._completing.amendments(interaction, typed)

    @publish.autocomplete("chapter")
    async def _chapters(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await self._completing.chapters(interaction, typed)


def decide_menu(acts: Acts) -> app_commands.ContextMenu:
    """Return the menu of a card's message with which a decision is taken down."""

    async def decide(interaction: Interaction, message: discord.Message) -> None:
        await acts.decide_on(interaction, message)

    menu = app_commands.ContextMenu(name=_("Besluit"), callback=decide)
    menu.guild_only = True
    return menu
