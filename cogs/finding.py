"""`/amendement zoeken`: what was looked for and what was found, a page at a time, each a choice away from reading it.

The words travel in the answer itself, the filters and the place in the custom ids of its buttons.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import discord
from discord import ui

from bot.domain.amendments import Amendment, Kind, Status
from bot.domain.ids import AmendmentId, ChapterId, SectionId
from bot.domain.text import normalise
from bot.locales import Texts
from bot.mirror.reading import list_line
from bot.mirror.render.cards import card_key
from bot.mirror.render.wording import aim_of, reference_of, sentence, status_of
from bot.services.browsing import Browsing
from bot.services.meeting_rows import Search
from bot.services.searching import Searching
from bot.services.syncing import Syncing
from cogs.context import Context, Interaction
from cogs.faces import Button, Part, Select, face
from cogs.picking import short
from cogs.routing import Routes, chosen, custom_id
from cogs.showing import fitting

_ROOM = 4000
"""Characters of an embed's text that are used; Discord allows 4096."""
_WORDS = 200


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for apart from the words, and where the page begins, as it travels in a custom id."""

    status: str = ""
    chapter_id: int = 0
    section_id: int = 0
    kind: str = ""
    before: int = 0

    def encode(self) -> tuple[object, ...]:
        """Return it as arguments of a custom id."""
        return self.status, self.chapter_id, self.section_id, self.kind, self.before

    @staticmethod
    def decode(arguments: Sequence[str]) -> "Sought":
        """Read back what `encode` wrote."""
        status, chapter_id, section_id, kind, before = arguments
        return Sought(status, int(chapter_id), int(section_id), kind, int(before))

    def search(self, words: str) -> Search:
        """Return it as what the search asks for."""
        return Search(
            words,
            frozenset({Status(self.status)}) if self.status else frozenset(),
            ChapterId(self.chapter_id) if self.chapter_id else None,
            SectionId(self.section_id) if self.section_id else None,
            Kind(self.kind) if self.kind else None,
        )


class Finding:
    """Searching, and opening what was found."""

    def __init__(self, context: Context, browsing: Browsing, searching: Searching, syncing: Syncing) -> None:
        self._context = context
        self._browsing = browsing
        self._searching = searching
        self._syncing = syncing
        self._routes: Routes | None = None

    def register(self, routes: Routes) -> None:
        """Answer the buttons that turn pages, and the select that opens an amendment."""
        self._routes = routes
        routes.add("search", self._turned)
        routes.add("found", self._opened)

    async def start(
        self, interaction: Interaction, words: str, status: str, chapter: str, section: str, kind: str
    ) -> None:
        """Look for what was asked, and show the first page."""
        programme_id = await self._context.programme(interaction)
        section_id = await self._browsing.section_named(programme_id, section) if section else 0
        chapter_id = await self._browsing.chapter_named(programme_id, chapter) if chapter else 0
        words = normalise(words)[:_WORDS]
        embed, view = await self._page(interaction, words, Sought(status, chapter_id, section_id, kind))
        await interaction.response.send_message(embed=embed, view=view, ephemeral=True)

    async def _turned(self, interaction: Interaction, arguments: list[str]) -> None:
        embed, view = await self._page(interaction, _words_of(interaction), Sought.decode(arguments))
        await interaction.response.edit_message(embed=embed, view=view)

    async def _page(self, interaction: Interaction, words: str, sought: Sought) -> tuple[discord.Embed, ui.View]:
        programme_id = await self._context.programme(interaction)
        before = AmendmentId(sought.before) if sought.before else None
        actor, say = self._context.actor(interaction), self._context.say(interaction)
        rows, following = await self._searching.page(actor, programme_id, sought.search(words), before=before)
        lines = fitting([list_line(row, say, self._syncing.link(card_key(row))) for row in rows], _ROOM)
        shown = rows[: len(lines)]
        if len(shown) < len(rows):
            following = shown[-1].amendment_id
        embed = discord.Embed(title=words or None, description="\n".join(lines) or say("list.empty"))
        return embed, _buttons(shown, sought, following, say)

    async def _opened(self, interaction: Interaction, arguments: list[str]) -> None:
        del arguments
        if self._routes is not None:
            await self._routes.hand_on(interaction, "read", [chosen(interaction)])


def found_select(amendments: Sequence[tuple[Amendment, str]], say: Texts) -> Part:
    """Return the select that opens one of these amendments (at most 25), each with what is to be said of it."""
    select = Select(custom_id=custom_id("found"), placeholder=say("search.open"))
    for amendment, said in amendments:
        label = f"{reference_of(amendment, say)} {normalise(amendment.title)}"
        select.add_option(label=short(label), value=str(amendment.amendment_id), description=short(said) or None)
    return select


def _buttons(shown: Sequence[Amendment], sought: Sought, following: AmendmentId | None, say: Texts) -> ui.View:
    items: list[Part] = []
    if shown:
        about = [(row, sentence(status_of(row, say), aim_of(row, say))) for row in shown]
        items.append(found_select(about, say))
    if sought.before:
        first = replace(sought, before=0)
        items.append(Button(label=say("list.first"), custom_id=custom_id("search", *first.encode()), row=1))
    if following is not None:
        later = replace(sought, before=following)
        more = Button(
            label=say("list.more"),
            style=discord.ButtonStyle.primary,
            custom_id=custom_id("search", *later.encode()),
            row=1,
        )
        items.append(more)
    return face(*items)


def _words_of(interaction: Interaction) -> str:
    message = interaction.message
    return (message.embeds[0].title or "") if message is not None and message.embeds else ""
