"""Proposing an amendment in two steps: pick what it is about, then write it.

Discord can't fill one field of a form from another and shows no form after a form, so the choice of section, kind
and block is made in a private message with selects, and the writing in a modal.
"""

from dataclasses import replace

from discord import ui

from bot.domain.amendments import Kind
from bot.domain.ids import AmendmentId, BlockId, SectionId, Snowflake
from bot.domain.people import Role
from bot.errors import ProgrammabrugError
from bot.services.amending import Amending
from bot.services.browsing import Browsing
from bot.services.ideas import Idea
from cogs.context import Context, Interaction
from cogs.edge import answer_error
from cogs.picking import END, Pick, block_id_of, block_of, draft_buttons, picker, rewriting, section_picker, writing
from cogs.routing import Routes, chosen, face, filled_in
from cogs.showing import Showing


class Proposing:
    """The conversation of proposing: its messages, its modal, and their answers."""

    def __init__(self, context: Context, browsing: Browsing, amending: Amending, showing: Showing) -> None:
        self._context = context
        self._browsing = browsing
        self._amending = amending
        self._showing = showing

    def register(self, routes: Routes) -> None:
        """Answer the buttons, selects and modals of this conversation."""
        routes.add("propose", self._pressed)
        routes.add("sections", self._turned)
        routes.add("section", self._section_chosen)
        routes.add("kind", self._kind_chosen)
        routes.add("block", self._block_chosen)
        routes.add("blocks", self._blocks_turned)
        routes.add("write", self._write)
        routes.add("written", self._written)
        routes.add("rewrite", self._rewrite)
        routes.add("rewritten", self._rewritten)
        routes.add("file", self._file)

    async def start(self, interaction: Interaction, section_id: SectionId | None) -> None:
        """Open the first step, with the section chosen where it is known."""
        self._context.actor(interaction).demand(Role.MEMBER)
        say = self._context.say(interaction)
        if section_id is None:
            content, view = await self._choose_section(interaction, 0)
        else:
            section = await self._browsing.section(await self._context.programme(interaction), section_id)
            content, view = picker(section, Pick(section_id), say)
        await interaction.response.send_message(content, view=view, ephemeral=True)

    async def _pressed(self, interaction: Interaction, arguments: list[str]) -> None:
        await self.start(interaction, SectionId(int(arguments[0])) if arguments else None)

    async def _choose_section(self, interaction: Interaction, page: int) -> tuple[str, ui.View]:
        lines = await self._browsing.outline(await self._context.programme(interaction))
        say = self._context.say(interaction)
        if not lines:
            return say("propose.no_sections"), face()
        return say("propose.which_section"), section_picker(lines, page, say)

    async def _turned(self, interaction: Interaction, arguments: list[str]) -> None:
        content, view = await self._choose_section(interaction, int(arguments[0]))
        await interaction.response.edit_message(content=content, view=view)

    async def _section_chosen(self, interaction: Interaction, arguments: list[str]) -> None:
        del arguments
        await self._redraw(interaction, Pick(SectionId(int(chosen(interaction)))))

    async def _kind_chosen(self, interaction: Interaction, arguments: list[str]) -> None:
        kind = Kind(chosen(interaction))
        before = Pick.decode(arguments)
        await self._redraw(interaction, Pick(before.section_id, kind, END if kind is Kind.INSERT else ""))

    async def _block_chosen(self, interaction: Interaction, arguments: list[str]) -> None:
        await self._redraw(interaction, replace(Pick.decode(arguments), block=chosen(interaction)))

    async def _blocks_turned(self, interaction: Interaction, arguments: list[str]) -> None:
        *before, _, page = arguments
        await self._redraw(interaction, Pick.decode([*before, page]))

    async def _redraw(self, interaction: Interaction, pick: Pick) -> None:
        section = await self._browsing.section(await self._context.programme(interaction), pick.section_id)
        content, view = picker(section, pick, self._context.say(interaction))
        await interaction.response.edit_message(content=content, view=view)

    async def _write(self, interaction: Interaction, arguments: list[str]) -> None:
        pick = Pick.decode(arguments)
        self._context.actor(interaction).demand(Role.MEMBER)
        section = await self._browsing.section(await self._context.programme(interaction), pick.section_id)
        block = block_of(section, pick)
        await interaction.response.send_modal(writing(section, pick, block, self._context.say(interaction)))

    async def _written(self, interaction: Interaction, arguments: list[str]) -> None:
        pick = Pick.decode([*arguments, "0"])
        kind = pick.kind or Kind.GENERAL
        await self._save(interaction, pick.section_id, kind, block_id_of(pick), None)

    async def _rewrite(self, interaction: Interaction, arguments: list[str]) -> None:
        amendment_id = AmendmentId(int(arguments[0]))
        view = await self._amending.own_draft(self._context.actor(interaction), amendment_id)
        await interaction.response.send_modal(rewriting(view.amendment, view.section, self._context.say(interaction)))

    async def _rewritten(self, interaction: Interaction, arguments: list[str]) -> None:
        amendment_id = AmendmentId(int(arguments[0]))
        view = await self._amending.read(self._context.actor(interaction), amendment_id)
        anchor = view.amendment.anchor
        block_id = anchor.block_id if anchor else None
        await self._save(interaction, view.amendment.section_id, view.amendment.kind, block_id, amendment_id)

    async def _save(
        self,
        interaction: Interaction,
        section_id: SectionId,
        kind: Kind,
        block_id: BlockId | None,
        amendment_id: AmendmentId | None,
    ) -> None:
        """Keep what was typed as a draft and show it; whatever goes wrong, give the typed text back."""
        typed = filled_in(interaction)
        idea = Idea(
            section_id, kind, block_id, typed.get("text", ""), typed.get("explanation", ""), typed.get("title", "")
        )
        actor = self._context.actor(interaction)
        number = Snowflake(interaction.id)
        try:
            if amendment_id is None:
                await interaction.response.defer(ephemeral=True, thinking=True)
                view = await self._amending.draft(actor, idea, number)
            else:
                view = await self._amending.redraft(actor, amendment_id, idea, number)
                await interaction.response.edit_message(view=None)  # what stands there is no longer what is filed
        except (ProgrammabrugError, OSError) as error:
            await answer_error(self._context, interaction, error, "\n\n".join(filter(None, typed.values())))
            return
        await self._showing.draft(interaction, view, draft_buttons(view, self._context.say(interaction)))

    async def _file(self, interaction: Interaction, arguments: list[str]) -> None:
        await interaction.response.defer()
        actor = self._context.actor(interaction)
        view = await self._amending.file(actor, AmendmentId(int(arguments[0])), Snowflake(interaction.id))
        await self._showing.filed(interaction, view)
