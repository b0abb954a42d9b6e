"""The commands of `/amendement` for finding, following, one's drafts, and proposing for another: doors, nothing more.

They are collected by the cog that has this class among its bases, so that all of `/amendement` is one group.
"""

from dataclasses import dataclass

from discord import app_commands
from discord.app_commands import locale_str as _
from discord.ext import commands

from bot.domain.amendments import Kind, Origin, Status
from bot.domain.ids import SectionId, Snowflake
from bot.services.browsing import Browsing
from cogs.behalf import Behalf
from cogs.carrying import Carried
from cogs.completing import Completing
from cogs.context import Context, Interaction
from cogs.drafts import Drafts
from cogs.finding import Finding
from cogs.following import Following
from cogs.routing import Routes

STATUSES = [
    app_commands.Choice(name=_("In behandeling"), value=Status.OPEN.value),
    app_commands.Choice(name=_("Aangehouden"), value=Status.HELD_OVER.value),
    app_commands.Choice(name=_("Aangenomen"), value=Status.ADOPTED.value),
    app_commands.Choice(name=_("Gewijzigd aangenomen"), value=Status.ADOPTED_AS_MODIFIED.value),
    app_commands.Choice(name=_("Overgenomen"), value=Status.TAKEN_OVER.value),
    app_commands.Choice(name=_("Verworpen"), value=Status.REJECTED.value),
    app_commands.Choice(name=_("Samengevoegd"), value=Status.MERGED.value),
    app_commands.Choice(name=_("Vervallen"), value=Status.LAPSED.value),
    app_commands.Choice(name=_("Ingetrokken"), value=Status.WITHDRAWN.value),
]
_SOUGHT = [app_commands.Choice(name=_("Ontvangen"), value=Status.SUBMITTED.value), *STATUSES]
"""What can be looked for: what was received is found by its proposer and the secretary alone."""
_KINDS = [
    app_commands.Choice(name=_("Toevoegen"), value=Kind.INSERT.value),
    app_commands.Choice(name=_("Wijzigen"), value=Kind.REPLACE.value),
    app_commands.Choice(name=_("Schrappen"), value=Kind.DELETE.value),
    app_commands.Choice(name=_("Algemeen"), value=Kind.GENERAL.value),
]
_ORIGINS = [
    app_commands.Choice(name=_("Via het forum"), value=Origin.FORUM.value),
    app_commands.Choice(name=_("Per mail"), value=Origin.MAIL.value),
    app_commands.Choice(name=_("Op papier"), value=Origin.PAPER.value),
    app_commands.Choice(name=_("Op de ALV"), value=Origin.ASSEMBLY.value),
]


@dataclass(frozen=True, slots=True)
class MemberFeatures:
    """What answers these commands."""

    context: Context
    browsing: Browsing
    completing: Completing
    finding: Finding
    following: Following
    drafts: Drafts
    behalf: Behalf

    def register(self, routes: Routes) -> None:
        """Answer the buttons of all that have any. Those of drafts are registered with proposing."""
        for feature in (self.finding, self.following, self.behalf):
            feature.register(routes)

    async def section_meant(self, interaction: Interaction, words: str | None) -> SectionId | None:
        """Return the section somebody named, else the one whose post they stand in, else None."""
        programme_id = await self.context.programme(interaction)
        if words:
            return await self.browsing.section_named(programme_id, words)
        return await self.browsing.section_of_thread(programme_id, Snowflake(interaction.channel_id or 0))


class MemberCommands(commands.Cog):
    """The commands, for a cog to have among its bases."""

    features: MemberFeatures

    @app_commands.command(name=_("zoeken"), description=_("Amendementen zoeken op woorden, status of plek"))
    @app_commands.rename(
        words=_("woorden"), status=_("status"), chapter=_("hoofdstuk"), section=_("paragraaf"), kind=_("soort")
    )
    @app_commands.describe(
        words=_("Woorden uit titel, tekst of toelichting, een naam of een verwijzing"),
        status=_("Alleen met deze status"),
        chapter=_("Alleen in dit hoofdstuk"),
        section=_("Alleen bij deze paragraaf"),
        kind=_("Alleen van deze soort"),
    )
    @app_commands.choices(status=_SOUGHT, kind=_KINDS)
    async def search(
        self,
        interaction: Interaction,
        words: str = "",
        status: str = "",
        chapter: str = "",
        section: str = "",
        kind: str = "",
    ) -> None:
        """Look for amendments."""
        await self.features.finding.start(interaction, words, status, chapter, section, kind)

    @app_commands.command(name=_("concepten"), description=_("Je eigen concepten zien, aanpassen en indienen"))
    async def drafts(self, interaction: Interaction) -> None:
        """List one's own drafts."""
        await self.features.drafts.overview(interaction)

    @app_commands.command(name=_("volgen"), description=_("Horen wat er met een amendement gebeurt"))
    @app_commands.rename(reference=_("verwijzing"))
    @app_commands.describe(reference=_("De verwijzing, zoals 4.3-A2"))
    async def follow(self, interaction: Interaction, reference: str) -> None:
        """Follow an amendment."""
        await self.features.following.follow(interaction, reference)

    @app_commands.command(name=_("ontvolgen"), description=_("Niet meer horen wat er met een amendement gebeurt"))
    @app_commands.rename(reference=_("verwijzing"))
    @app_commands.describe(reference=_("De verwijzing, zoals 4.3-A2"))
    async def unfollow(self, interaction: Interaction, reference: str) -> None:
        """Follow an amendment no longer."""
        await self.features.following.unfollow(interaction, reference)

    @app_commands.command(name=_("namens"), description=_("Een amendement indienen voor iemand die niet op Discord is"))
    @app_commands.rename(name=_("naam"), origin=_("herkomst"), day=_("toestemming"), section=_("paragraaf"))
    @app_commands.describe(
        name=_("De naam van de indiener"),
        origin=_("Hoe het voorstel binnenkwam"),
        day=_("De dag waarop de indiener toestemming gaf, zoals 4-10-2026; leeg is vandaag"),
        section=_("Welke paragraaf; in een paragraaf zelf hoef je niets te kiezen"),
    )
    @app_commands.choices(origin=_ORIGINS)
    async def on_behalf(
        self,
        interaction: Interaction,
        name: app_commands.Range[str, 1, 100],
        origin: str,
        day: str = "",
        section: str | None = None,
    ) -> None:
        """Propose for somebody else."""
        section_id = await self.features.section_meant(interaction, section)
        await self.features.behalf.start(interaction, section_id, Carried(name=name), Origin(origin), day=day)

    @follow.autocomplete("reference")
    @unfollow.autocomplete("reference")
    async def _amendments_fitting(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await self.features.completing.amendments(interaction, typed)

    @on_behalf.autocomplete("section")
    async def _sections_to_propose(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await self.features.completing.sections(interaction, typed, to_propose=True)

    @search.autocomplete("section")
    async def _sections_fitting(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await self.features.completing.sections(interaction, typed)

    @search.autocomplete("chapter")
    async def _chapters_fitting(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await self.features.completing.chapters(interaction, typed)
