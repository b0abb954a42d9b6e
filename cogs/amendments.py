"""`/amendement` and the buttons of a card: propose, show, list, support, read on. Linking is `linking`'s."""

from collections.abc import Sequence
from dataclasses import dataclass

import discord
from discord import app_commands, ui
from discord.app_commands import locale_str as _
from discord.ext import commands

from bot.domain.amendments import Amendment, Status
from bot.domain.ids import AmendmentId, ProgrammeId, SectionId, Snowflake
from bot.locales import Texts
from bot.mirror.reading import list_line
from bot.mirror.render.cards import card_key
from bot.services.amending import Amending
from bot.services.browsing import Browsing
from bot.services.ports import AmendmentFilter
from bot.services.syncing import Syncing
from cogs.act_commands import ActCommands
from cogs.acts import Acts
from cogs.advice_publishing import AdvicePublishing
from cogs.completing import Completing
from cogs.context import Context, Interaction
from cogs.edge import promised
from cogs.faces import Button, Part, face
from cogs.linking import LinkPanels
from cogs.member_commands import STATUSES, MemberCommands, MemberFeatures
from cogs.proposing import Proposing
from cogs.routing import Routes, custom_id
from cogs.showing import Showing, fitting, send

PAGE = 10
"""Amendments on a page of a list: what a phone shows without much scrolling."""
_ROOM = 2000
"""Characters in a message."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list holds and where its page begins, as it travels in a custom id."""

    section_id: int
    status: str
    proposer: str
    after: int = 0

    def filter(self) -> AmendmentFilter:
        """Return the same as a filter."""
        return AmendmentFilter(
            section_id=SectionId(self.section_id) if self.section_id else None,
            statuses=frozenset({Status(self.status)}) if self.status else frozenset(),
            proposer=self.proposer or None,
        )


@app_commands.guild_only()
class Amendments(
    ActCommands,
    MemberCommands,
    commands.GroupCog,
    group_name=_("amendement"),
    group_description=_("Amendementen indienen, lezen en steunen"),
):
    """The commands on amendments."""

    def __init__(
        self,
        context: Context,
        browsing: Browsing,
        amending: Amending,
        syncing: Syncing,
        proposing: Proposing,
        showing: Showing,
        completing: Completing,
        panels: LinkPanels,
        acts: Acts,
        publishing: AdvicePublishing,
        features: MemberFeatures,
    ) -> None:
        self.features = features
        self._context = context
        self._browsing = browsing
        self._amending = amending
        self._syncing = syncing
        self._proposing = proposing
        self._showing = showing
        self._completing = completing
        self._panels = panels
        self._acts = acts
        self._publishing = publishing

    def register(self, routes: Routes) -> None:
        """Answer the buttons of cards and lists."""
        routes.add("support", self._support)
        routes.add("unsupport", self._unsupport)
        routes.add("read", self._read)
        routes.add("list", self._turned)

    @app_commands.command(name=_("indienen"), description=_("Een amendement voorstellen bij een paragraaf"))
    @app_commands.rename(section=_("paragraaf"))
    @app_commands.describe(section=_("Welke paragraaf; in een paragraaf zelf hoef je niets te kiezen"))
    async def propose(self, interaction: Interaction, section: str | None = None) -> None:
        """Open the first step of proposing."""
        await self._proposing.start(interaction, await self._section_meant(interaction, section))

    @app_commands.command(name=_("tonen"), description=_("Een amendement helemaal lezen"))
    @app_commands.rename(reference=_("verwijzing"))
    @app_commands.describe(reference=_("De verwijzing, zoals 4.3-A2"))
    async def show(self, interaction: Interaction, reference: str) -> None:
        """Show one amendment whole."""
        programme_id = await self._context.programme(interaction)
        view = await self._amending.find(self._context.actor(interaction), programme_id, reference)
        await self._showing.whole(interaction, view)

    @app_commands.command(name=_("lijst"), description=_("Amendementen op een rij, per paragraaf, status of indiener"))
    @app_commands.rename(section=_("paragraaf"), status=_("status"), proposer=_("indiener"))
    @app_commands.describe(
        section=_("Alleen bij deze paragraaf"),
        status=_("Alleen met deze status"),
        proposer=_("Alleen van deze indiener"),
    )
    @app_commands.choices(status=STATUSES)
    async def overview(
        self,
        interaction: Interaction,
        section: str | None = None,
        status: str | None = None,
        proposer: str | None = None,
    ) -> None:
        """List amendments, a page at a time."""
        programme_id = await self._context.programme(interaction)
        section_id = await self._browsing.section_named(programme_id, section) if section else 0
        listing = Listing(section_id, status or "", (proposer or "").replace(":", " ")[:50])
        content, view = await self._page(interaction, programme_id, listing)
        await interaction.response.send_message(content, view=view, ephemeral=True)

    @app_commands.command(
        name=_("koppelen"), description=_("Een reactie als amendement lezen, of een amendement nakijken")
    )
    @app_commands.rename(what=_("wat"))
    @app_commands.describe(what=_("Een reactie (#758 of het adres) of een amendement (4.3-A2)"))
    async def link(self, interaction: Interaction, what: str) -> None:
        """Show the secretary a reply or an amendment with what can be done to it."""
        await self._panels.start(interaction, what)

    @propose.autocomplete("section")
    async def _proposable(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await self._completing.sections(interaction, typed, to_propose=True)

    @overview.autocomplete("section")
    async def _sections(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await self._completing.sections(interaction, typed)

    @show.autocomplete("reference")
    async def _references(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await self._completing.amendments(interaction, typed)

    @link.autocomplete("what")
    async def _linkable(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await self._completing.linkable(interaction, typed)

    @overview.autocomplete("proposer")
    async def _proposers(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await self._completing.proposers(interaction, typed)

    async def _section_meant(self, interaction: Interaction, words: str | None) -> SectionId | None:
        """Return the section somebody named, else the one whose post they stand in, else None."""
        programme_id = await self._context.programme(interaction)
        if words:
            return await self._browsing.section_named(programme_id, words)
        return await self._browsing.section_of_thread(programme_id, Snowflake(interaction.channel_id or 0))

    async def _turned(self, interaction: Interaction, arguments: list[str]) -> None:
        section, status, proposer, after = arguments
        programme_id = await self._context.programme(interaction)
        listing = Listing(int(section), status, proposer, int(after))
        content, view = await self._page(interaction, programme_id, listing)
        await interaction.response.edit_message(content=content, view=view)

    async def _page(self, interaction: Interaction, programme_id: ProgrammeId, listing: Listing) -> tuple[str, ui.View]:
        after = AmendmentId(listing.after) if listing.after else None
        rows, more = await self._amending.page(programme_id, listing.filter(), after=after, size=PAGE)
        say = self._context.say(interaction)
        lines = fitting([list_line(row, say, self._syncing.link(card_key(row))) for row in rows], _ROOM)
        content = "\n".join(lines) or say("list.empty")
        return content, list_buttons(rows[: len(lines)], listing, more=more or len(lines) < len(rows), say=say)

    async def _support(self, interaction: Interaction, arguments: list[str]) -> None:
        amendment_id = AmendmentId(int(arguments[0]))
        actor = self._context.actor(interaction)
        work = self._amending.support(actor, amendment_id, Snowflake(interaction.id))
        amendment, new = await promised(interaction, work)
        say = self._context.say(interaction)
        key = "support.counted" if new else "support.already"
        button = Button(label=say("support.withdraw"), custom_id=custom_id("unsupport", amendment_id))
        sentence = say.count(key, amendment.support, reference=amendment.reference)
        if new:
            await self._follow(interaction, amendment)
        await send(interaction, [sentence], face(button))

    async def _unsupport(self, interaction: Interaction, arguments: list[str]) -> None:
        amendment_id = AmendmentId(int(arguments[0]))
        actor = self._context.actor(interaction)
        work = self._amending.unsupport(actor, amendment_id, Snowflake(interaction.id))
        amendment, gone = await promised(interaction, work)
        key = "support.withdrawn" if gone else "support.none"
        say = self._context.say(interaction)
        sentence = say.count(key, amendment.support, reference=amendment.reference)
        if gone:
            await self._follow(interaction, amendment)
        await send(interaction, [sentence])

    async def _follow(self, interaction: Interaction, amendment: Amendment) -> None:
        programme_id = await self._context.programme(interaction)
        self._syncing.count_changed(programme_id, amendment)

    async def _read(self, interaction: Interaction, arguments: list[str]) -> None:
        view = await self._amending.read(self._context.actor(interaction), AmendmentId(int(arguments[0])))
        await self._showing.whole(interaction, view)


def list_buttons(rows: Sequence[Amendment], listing: Listing, *, more: bool, say: Texts) -> ui.View:
    """Return the buttons that turn the page."""
    items: list[Part] = []
    if listing.after:
        first = custom_id("list", listing.section_id, listing.status, listing.proposer, 0)
        items.append(Button(label=say("list.first"), custom_id=first))
    if more:
        following = custom_id("list", listing.section_id, listing.status, listing.proposer, rows[-1].amendment_id)
        items.append(Button(label=say("list.more"), style=discord.ButtonStyle.primary, custom_id=following))
    return face(*items)
