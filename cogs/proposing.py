"""Proposing an amendment in two steps: pick what it is about, then write it.

Discord can't fill one field of a form from another and shows no form after a form, so the choice of section, kind
and block is made in a private message with selects, and the writing in a form. What is handed in is kept as a draft
before anything else.
"""

from discord import ui

from bot.domain.amendments import Kind
from bot.domain.ids import SectionId, Snowflake
from bot.domain.people import Role
from bot.errors import ProgrammabrugError
from bot.services.amending import Amending, DraftView
from bot.services.browsing import Browsing
from bot.services.ideas import Idea
from bot.services.wording import refusal
from cogs.carrying import Carried, carried_by, embed_of
from cogs.context import Context, Interaction
from cogs.draft_panel import writing
from cogs.drafts import Drafts
from cogs.edge import answer_error, promised
from cogs.first_step import FirstStep
from cogs.picking import Pick, block_id_of, block_of
from cogs.routing import Routes, filled_in
from cogs.showing import send

_WORDS = ("text", "explanation", "title")


class Proposing:
    """The conversation of proposing, up to the draft."""

    def __init__(self, context: Context, browsing: Browsing, amending: Amending, drafts: Drafts) -> None:
        self._context = context
        self._browsing = browsing
        self._amending = amending
        self._drafts = drafts
        self._first = FirstStep(context, browsing, remark=self._outlook)

    def register(self, routes: Routes) -> None:
        """Answer the buttons, selects and forms of this conversation."""
        self._first.register(routes)
        self._drafts.register(routes)
        routes.add("propose", self._pressed)
        routes.add("write", self._write)
        routes.add("written", self._written)

    async def start(self, interaction: Interaction, section_id: SectionId | None, words: str = "") -> None:
        """Open the first step, with the section chosen where it is known. `words` were written before."""
        self._context.actor(interaction).demand(Role.MEMBER)
        await self._first.open(interaction, section_id, embed=embed_of(Carried(words)))

    async def _outlook(self, interaction: Interaction) -> str:
        """Tell before anybody writes that it can't be filed now. Raises `Refused` where it can't even be kept."""
        actor = self._context.actor(interaction)
        held = await self._amending.outlook(actor, await self._context.programme(interaction))
        say = self._context.say(interaction)
        return say("propose.held", why=refusal(held, say)) if held else ""

    async def _pressed(self, interaction: Interaction, arguments: list[str]) -> None:
        await self.start(interaction, SectionId(int(arguments[0])) if arguments else None)

    async def _write(self, interaction: Interaction, arguments: list[str]) -> None:
        pick, actor = Pick.decode(arguments), self._context.actor(interaction)
        actor.demand(Role.MEMBER)
        programme_id = await self._context.programme(interaction)
        section = await self._browsing.section(programme_id, pick.section_id)
        name = None if await self._amending.name(actor, programme_id) else actor.name
        say = self._context.say(interaction)
        form = writing(section, pick, block_of(section, pick), carried_by(interaction), name, say)
        await interaction.response.send_modal(form)

    async def _written(self, interaction: Interaction, arguments: list[str]) -> None:
        """Keep what was typed as a draft and show it; whatever goes wrong, give the typed text back."""
        pick, typed = Pick.decode([*arguments, "0"]), filled_in(interaction)
        text, explanation, title = (typed.get(each, "") for each in _WORDS)
        idea = Idea(pick.section_id, pick.kind or Kind.GENERAL, block_id_of(pick), text, explanation, title)
        actor = self._context.actor(interaction)
        panels: list[tuple[list[str], ui.View]] = []

        def draw(view: DraftView) -> None:
            panels.append(self._drafts.drawn(interaction, view))

        async def kept() -> DraftView:
            if typed.get("name", "").strip():
                await self._amending.set_name(actor, await self._context.programme(interaction), typed["name"])
            return await self._amending.draft(actor, idea, Snowflake(interaction.id), draw)

        try:
            view = await promised(interaction, kept())
        except (ProgrammabrugError, OSError) as error:
            words = "\n\n".join(filter(None, (text, explanation, title)))
            await answer_error(self._context, interaction, error, words)
            return
        if not panels:
            draw(view)
        await send(interaction, *panels[0])
