"""The first step of proposing: a private message in which section, kind and block are chosen. Where it leads is given.

What was chosen travels in the custom ids, what is long in the message itself (`carrying`), so that a restart in
between loses nothing.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

import discord
from discord import ui

from bot.domain.amendments import Kind
from bot.domain.ids import SectionId
from bot.services.browsing import Browsing
from cogs.context import Context, Interaction
from cogs.faces import face
from cogs.picking import END, Course, Pick, picker, section_picker
from cogs.routing import Routes, chosen

Remark = Callable[[Interaction], Awaitable[str]]


async def nothing(interaction: Interaction) -> str:
    """Have nothing to remark."""
    del interaction
    return ""


class FirstStep:
    """The selects and their answers. `prefix` stands before the word of each press, `carried` arguments after it.

    `remark` tells what a person should know before they write.
    """

    def __init__(
        self, context: Context, browsing: Browsing, *, prefix: str = "", carried: int = 0, remark: Remark = nothing
    ) -> None:
        self._context = context
        self._browsing = browsing
        self._remark = remark
        self._prefix = prefix
        self._carried = carried

    def register(self, routes: Routes) -> None:
        """Answer the selects and the buttons that turn pages."""
        routes.add(f"{self._prefix}sections", self._turned)
        routes.add(f"{self._prefix}section", self._section_chosen)
        routes.add(f"{self._prefix}kind", self._kind_chosen)
        routes.add(f"{self._prefix}block", self._block_chosen)
        routes.add(f"{self._prefix}blocks", self._blocks_turned)

    async def open(
        self,
        interaction: Interaction,
        section_id: SectionId | None,
        *,
        carried: Sequence[object] = (),
        embed: discord.Embed | None = None,
    ) -> None:
        """Show the first step, with the section chosen where it is known. `embed` carries what is long."""
        course = Course(self._prefix, tuple(carried))
        if section_id is None:
            content, view = await self._sections(interaction, course, 0)
        else:
            content, view = await self._choices(interaction, course, Pick(section_id))
        embeds = [embed] if embed is not None else []
        await interaction.response.send_message(content, view=view, embeds=embeds, ephemeral=True)

    def split(self, arguments: Sequence[str]) -> tuple[Course, list[str]]:
        """Return where the presses of this conversation go, and the arguments of this one."""
        return Course(self._prefix, tuple(arguments[: self._carried])), list(arguments[self._carried :])

    async def _turned(self, interaction: Interaction, arguments: list[str]) -> None:
        course, (page,) = self.split(arguments)
        content, view = await self._sections(interaction, course, int(page))
        await interaction.response.edit_message(content=content, view=view)

    async def _section_chosen(self, interaction: Interaction, arguments: list[str]) -> None:
        course, _ = self.split(arguments)
        await self._redraw(interaction, course, Pick(SectionId(int(chosen(interaction)))))

    async def _kind_chosen(self, interaction: Interaction, arguments: list[str]) -> None:
        course, picked = self.split(arguments)
        kind = Kind(chosen(interaction))
        before = Pick.decode(picked)
        await self._redraw(interaction, course, Pick(before.section_id, kind, END if kind is Kind.INSERT else ""))

    async def _block_chosen(self, interaction: Interaction, arguments: list[str]) -> None:
        course, picked = self.split(arguments)
        await self._redraw(interaction, course, replace(Pick.decode(picked), block=chosen(interaction)))

    async def _blocks_turned(self, interaction: Interaction, arguments: list[str]) -> None:
        course, (*before, _, page) = self.split(arguments)
        await self._redraw(interaction, course, Pick.decode([*before, page]))

    async def _redraw(self, interaction: Interaction, course: Course, pick: Pick) -> None:
        content, view = await self._choices(interaction, course, pick)
        await interaction.response.edit_message(content=content, view=view)

    async def _sections(self, interaction: Interaction, course: Course, page: int) -> tuple[str, ui.View]:
        outline = await self._browsing.outline(await self._context.programme(interaction))
        lines = [line for line in outline if line.amendable]
        say = self._context.say(interaction)
        if not lines:
            return say("propose.no_sections"), face()
        content = _with(say("propose.which_section"), await self._remark(interaction))
        return content, section_picker(lines, page, say, course)

    async def _choices(self, interaction: Interaction, course: Course, pick: Pick) -> tuple[str, ui.View]:
        section = await self._browsing.section(await self._context.programme(interaction), pick.section_id)
        content, view = picker(section, pick, self._context.say(interaction), course)
        return _with(content, await self._remark(interaction)), view


def _with(content: str, remark: str) -> str:
    return f"{content}\n{remark}" if remark else content
