"""`/programma`: how mirror and source stand, a word about what may go, and the door to all else that admins may do.

What is more than a question and its answer (plans, opening, clearing away, …) has a module of its own.
"""

from dataclasses import dataclass

import discord
from discord import app_commands
from discord.app_commands import locale_str as _
from discord.ext import commands

from bot.domain.deadlines import Deadline
from bot.domain.people import Role
from bot.domain.phases import Phase
from bot.services.browsing import Browsing
from bot.services.source import Source
from bot.services.syncing import Syncing
from cogs.amendability import NotAmendable
from cogs.checking import Checks
from cogs.clearing import ClearingUp
from cogs.completing import Completing
from cogs.concept import Concepts
from cogs.context import Context, Interaction
from cogs.fixed_text import FixedText
from cogs.opening import Opening
from cogs.ordering import SectionOrder
from cogs.phases import Phases
from cogs.planning import Plans
from cogs.routing import Routes
from cogs.setting_up import AUTO_CHOICES, LANGUAGE_CHOICES, SettingUp
from cogs.source import removal_text, source_texts
from cogs.standing import health_lines

_PHASES = [
    app_commands.Choice(name=_("Bespreking"), value=Phase.DISCUSSION.value),
    app_commands.Choice(name=_("Amendementen indienen"), value=Phase.AMENDING.value),
    app_commands.Choice(name=_("Preadvisering"), value=Phase.COMMITTEE.value),
    app_commands.Choice(name=_("Ledenvergadering"), value=Phase.ASSEMBLY.value),
]
"""The phases that somebody can put a programme in. The last one is entered by a vote."""


@dataclass(frozen=True, slots=True)
class Features:
    """What answers the commands that have a module of their own."""

    plans: Plans
    order: SectionOrder
    opening: Opening
    clearing: ClearingUp
    checks: Checks
    fixed_text: FixedText
    setting_up: SettingUp
    phases: Phases
    not_amendable: NotAmendable
    concepts: Concepts

    def register(self, routes: Routes) -> None:
        """Answer the buttons of all that have any."""
        with_buttons = (self.plans, self.opening, self.clearing, self.fixed_text, self.setting_up, self.phases)
        for feature in (*with_buttons, self.concepts):
            feature.register(routes)


@app_commands.guild_only()
class ProgrammeCommands(
    commands.GroupCog,
    group_name=_("programma"),
    group_description=_("Het programma op Discord"),
):
    """What everybody may ask about the programme on Discord, and what admins may do with it."""

    def __init__(
        self,
        context: Context,
        browsing: Browsing,
        syncing: Syncing,
        source: Source,
        completing: Completing,
        features: Features,
    ) -> None:
        self._context = context
        self._browsing = browsing
        self._syncing = syncing
        self._source = source
        self._completing = completing
        self._features = features

    @app_commands.command(name=_("status"), description=_("Zien of Discord gelijk loopt met het programma"))
    async def status(self, interaction: Interaction) -> None:
        """Say what there is, when Discord was last brought in step, and what waits."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        programme = await self._browsing.programme(await self._context.programme(interaction))
        say = self._context.say(interaction)
        sections = [section for _, section in programme.sections()]
        ahead = sum(one.public and one.status.ahead for section in sections for one in section.amendments)
        counts = [
            say.count("mirror.chapters", len(programme.standing)),
            say.count("mirror.sections", sum(section.standing for section in sections)),
            say.count("mirror.open", ahead),
        ]
        title = discord.utils.escape_markdown(programme.title)
        lines = [say("mirror.title", title=title), " · ".join(counts)]
        actor = self._context.actor(interaction)
        health = await self._syncing.health(programme.programme_id)
        lines += health_lines(health, say, admin=Role.ADMIN in actor.roles)
        lines += await self._features.fixed_text.lines(interaction, say)
        await interaction.followup.send("\n".join(lines), ephemeral=True)

    @app_commands.command(name=_("bron"), description=_("Zien hoe het forum is gelezen en wat er op een mens wacht"))
    async def source(self, interaction: Interaction) -> None:
        """Say how the source was read, what is missing there and what a person must look at."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        programme_id = await self._context.programme(interaction)
        view = await self._source.view(self._context.actor(interaction), programme_id)
        for text in source_texts(view, self._context.say(interaction)):
            await interaction.followup.send(text, ephemeral=True, suppress_embeds=True)

    @app_commands.command(name=_("bevestigen"), description=_("Toestaan dat hier verdwijnt wat van het forum weg is"))
    async def confirm(self, interaction: Interaction) -> None:
        """Let go what waits for a person's word, and have the mirror follow."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        programme_id = await self._context.programme(interaction)
        removal = await self._source.confirm(self._context.actor(interaction), programme_id)
        if not removal.empty:
            self._syncing.enqueue(programme_id)
        await interaction.followup.send(removal_text(removal, self._context.say(interaction)), ephemeral=True)

    @app_commands.command(name=_("volgorde"), description=_("De volgorde van de paragrafen in een hoofdstuk zetten"))
    @app_commands.rename(chapter=_("hoofdstuk"), sections=_("paragrafen"))
    @app_commands.describe(
        chapter=_("In dit hoofdstuk"), sections=_("De nummers in volgorde; leeg: zoals ze op het forum kwamen")
    )
    async def order(self, interaction: Interaction, chapter: str, sections: str = "") -> None:
        """Put a chapter's sections in an order, or back in that of the forum."""
        await self._features.order.put(interaction, chapter, sections)

    @order.autocomplete("chapter")
    async def _chapters(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await self._completing.chapters(interaction, typed)

    @app_commands.command(name=_("openstellen"), description=_("Iedereen het programma laten zien"))
    async def open(self, interaction: Interaction) -> None:
        """Let everybody see what only admins saw."""
        await self._features.opening.ask(interaction)

    @app_commands.command(name=_("opruimen"), description=_("Weghalen wat de bot maakte en waar niemand op reageerde"))
    async def clear(self, interaction: Interaction) -> None:
        """Take the mirror away, except where people wrote."""
        await self._features.clearing.ask(interaction)

    @app_commands.command(name=_("controleren"), description=_("Nakijken of de bot alles mag en kan wat nodig is"))
    async def check(self, interaction: Interaction) -> None:
        """Say what is missing and what to do about it."""
        await self._features.checks.answer(interaction)

    @app_commands.command(name=_("bijwerken"), description=_("Discord bijwerken: eerst het plan, dan uitvoeren"))
    @app_commands.rename(thorough=_("grondig"))
    @app_commands.describe(thorough=_("Eerst alle berichten nakijken, ook wat ongemerkt is verwijderd; duurt langer"))
    async def update(self, interaction: Interaction, thorough: bool = False) -> None:
        """Show the plan with the buttons that carry it out or let it be."""
        await self._features.plans.start(interaction, thorough=thorough)

    @app_commands.command(name=_("wijzigingen"), description=_("Zien wat er op het forum is veranderd en hier wacht"))
    async def changes(self, interaction: Interaction) -> None:
        """Show the secretary which edits wait while the text is fixed."""
        await self._features.fixed_text.start(interaction)

    @app_commands.command(
        name=_("tekst-vastleggen"), description=_("De tekst vastleggen: wijzigingen op het forum wachten voortaan")
    )
    async def fix_text(self, interaction: Interaction) -> None:
        """Ask whether the text is to be fixed as it stands."""
        await self._features.fixed_text.ask_to_fix(interaction)

    @app_commands.command(
        name=_("tekst-vrijgeven"), description=_("De tekst weer laten meelopen met het forum, met een reden")
    )
    @app_commands.rename(reason=_("reden"))
    @app_commands.describe(reason=_("Waarom de tekst weer mag veranderen"))
    async def release_text(self, interaction: Interaction, reason: app_commands.Range[str, 1, 500]) -> None:
        """Let the text follow the forum again."""
        await self._features.fixed_text.release(interaction, reason)

    @app_commands.command(name=_("instellen"), description=_("Deze server instellen: bron, taal, rollen en bijwerken"))
    @app_commands.rename(source=_("bron"), language=_("taal"), auto=_("automatisch"))
    @app_commands.describe(
        source=_("Het adres van het forum met het programma"),
        language=_("De taal van het programma op Discord"),
        auto=_("Wanneer Discord de tekst van het forum volgt"),
    )
    @app_commands.choices(
        language=[app_commands.Choice(name=_(name), value=value) for name, value in LANGUAGE_CHOICES],
        auto=[app_commands.Choice(name=_(name), value=value) for name, value in AUTO_CHOICES],
    )
    async def set_up(self, interaction: Interaction, source: str = "", language: str = "", auto: str = "") -> None:
        """Show how this guild is set up, with what is changed."""
        await self._features.setting_up.answer(interaction, source, language, auto)

    @app_commands.command(name=_("fase"), description=_("De fase en de termijnen zien of zetten"))
    @app_commands.rename(
        phase=_("fase"), propose=_("indienen"), support=_("steunen"), discuss=_("bespreken"), begins=_("vanaf")
    )
    @app_commands.describe(
        phase=_("De nieuwe fase; eerst zie je wat dat betekent"),
        propose=_("Indienen en wijzigen kan tot en met deze dag, zoals 4 oktober; of: geen"),
        support=_("Steunen kan tot en met deze dag, zoals 4 oktober; of: geen"),
        discuss=_("Om bespreking vragen kan tot en met deze dag, zoals 4 oktober; of: geen"),
        begins=_("De fase nog niet laten ingaan, maar zeggen op welke dag ze begint, zoals 4 oktober; of: geen"),
    )
    @app_commands.choices(phase=_PHASES)
    async def phase(
        self,
        interaction: Interaction,
        phase: str | None = None,
        propose: str | None = None,
        support: str | None = None,
        discuss: str | None = None,
        begins: str | None = None,
    ) -> None:
        """Show what a phase with its deadlines means, with the button that sets them."""
        typed = {Deadline.PROPOSE: propose, Deadline.SUPPORT: support, Deadline.DISCUSS: discuss}
        given = {deadline: words for deadline, words in typed.items() if words is not None}
        await self._features.phases.start(interaction, Phase(phase) if phase is not None else None, given, begins)

    @app_commands.command(
        name=_("niet-amendeerbaar"), description=_("Een paragraaf of een stuk tekst sluiten voor amendementen")
    )
    @app_commands.rename(section=_("paragraaf"), place=_("stuk"), again=_("opheffen"))
    @app_commands.describe(
        section=_("In deze paragraaf"),
        place=_("Alleen dit stuk, zoals punt 6 of alinea 2; leeg: de hele paragraaf"),
        again=_("Het juist weer openen voor amendementen"),
    )
    async def not_amendable(self, interaction: Interaction, section: str, place: str = "", again: bool = False) -> None:
        """Close something for proposals, or open it again."""
        await self._features.not_amendable.mark(interaction, section, place, amendable=again)

    @app_commands.command(name=_("concept"), description=_("De concepttekst van een paragraaf lezen"))
    @app_commands.rename(section=_("paragraaf"))
    @app_commands.describe(section=_("Welke paragraaf; in een paragraaf zelf hoef je niets te kiezen"))
    async def concept(self, interaction: Interaction, section: str = "") -> None:
        """Show a section as it was before the vote, and what was made of it."""
        await self._features.concepts.show(interaction, section)

    @concept.autocomplete("section")
    @not_amendable.autocomplete("section")
    async def _sections(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await self._completing.sections(interaction, typed)
