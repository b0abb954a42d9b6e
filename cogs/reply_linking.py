"""How the secretary makes an amendment of a reply: choose the kind and the place, then look over the author's words.

The same two steps as in proposing, for the same reasons; see `proposing`.
"""

from dataclasses import replace

from bot.domain.amendments import Kind
from bot.domain.ids import PostId, Snowflake
from bot.errors import Refused
from bot.mirror.render.wording import reference_of
from bot.services.ideas import Idea
from bot.services.linkable import Linkables, LinkedView, ReplyView
from bot.services.linking import Linking
from cogs.context import Context, Interaction
from cogs.link_panel import WHOLE, first_pick, left_as_shown, picking_panel, reading_form, reply_words
from cogs.linking import LinkPanels, draw
from cogs.picking import END, Pick, block_id_of
from cogs.routing import Routes, chosen, filled_in


class ReplyLinking:
    """The buttons, selects and form of a reply's panel."""

    def __init__(self, context: Context, linkables: Linkables, linking: Linking, panels: LinkPanels) -> None:
        self._context = context
        self._linkables = linkables
        self._linking = linking
        self._panels = panels

    def register(self, routes: Routes) -> None:
        """Answer the presses on a reply's panel."""
        routes.add("link-reply", self._show)
        routes.add("link-words", self._words)
        routes.add("link-pick", self._pick)
        routes.add("link-kind", self._kind_chosen)
        routes.add("link-block", self._block_chosen)
        routes.add("link-blocks", self._blocks_turned)
        routes.add("link-write", self._write)
        routes.add("link-written", self._written)

    async def _show(self, interaction: Interaction, arguments: list[str]) -> None:
        await self._panels.show(interaction, await self._view(interaction, arguments[0]))

    async def _words(self, interaction: Interaction, arguments: list[str]) -> None:
        """Show a reply's words whole, in as many messages as it takes."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        view = await self._view(interaction, arguments[0])
        say = self._context.say(interaction)
        texts = reply_words(view.reply, say, WHOLE) if view.reply is not None else []
        for text in texts or [say("link.reply.empty")]:
            await interaction.followup.send(text or say("link.reply.empty"), ephemeral=True)

    async def _pick(self, interaction: Interaction, arguments: list[str]) -> None:
        view = await self._free(interaction, arguments[0])
        await draw(interaction, picking_panel(view, first_pick(view), self._context.say(interaction)))

    async def _kind_chosen(self, interaction: Interaction, arguments: list[str]) -> None:
        number, *picked = arguments
        kind = Kind(chosen(interaction))
        pick = Pick(Pick.decode(picked).section_id, kind, END if kind is Kind.INSERT else "")
        await self._repick(interaction, number, pick)

    async def _block_chosen(self, interaction: Interaction, arguments: list[str]) -> None:
        number, *picked = arguments
        await self._repick(interaction, number, replace(Pick.decode(picked), block=chosen(interaction)))

    async def _blocks_turned(self, interaction: Interaction, arguments: list[str]) -> None:
        number, *picked, _, page = arguments
        await self._repick(interaction, number, Pick.decode([*picked, page]))

    async def _repick(self, interaction: Interaction, number: str, pick: Pick) -> None:
        view = await self._about(interaction, number, pick)
        await draw(interaction, picking_panel(view, pick, self._context.say(interaction)))

    async def _write(self, interaction: Interaction, arguments: list[str]) -> None:
        number, *picked = arguments
        pick = Pick.decode(picked)
        view = await self._about(interaction, number, pick)
        await interaction.response.send_modal(reading_form(view, pick, self._context.say(interaction)))

    async def _written(self, interaction: Interaction, arguments: list[str]) -> None:
        """Make the amendment. Whatever goes wrong, the interaction's edge gives the typed text back."""
        number, *picked = arguments
        pick = Pick.decode([*picked, "0"])
        typed = filled_in(interaction)
        await interaction.response.defer()
        view = await self._about(interaction, number, pick)
        amendment = await self._linking.read(
            self._context.actor(interaction),
            await self._context.programme(interaction),
            view.reply.post_id,
            _idea(view, pick, typed),
            Snowflake(interaction.id),
        )
        await self._panels.follow(interaction, amendment, "link.read.done")

    async def _view(self, interaction: Interaction, number: str) -> ReplyView | LinkedView:
        programme_id = await self._context.programme(interaction)
        return await self._linkables.reply(self._context.actor(interaction), programme_id, PostId(int(number)))

    async def _free(self, interaction: Interaction, number: str) -> ReplyView:
        """Return a reply that is no amendment. Raises `Refused` for one that became one meanwhile."""
        view = await self._view(interaction, number)
        if isinstance(view, LinkedView):
            reference = reference_of(view.amendment, self._context.say(interaction))
            raise Refused("link.read_already", number=number, reference=reference)
        return view

    async def _about(self, interaction: Interaction, number: str, pick: Pick) -> ReplyView:
        """Return a reply that is still about the section in which was chosen."""
        view = await self._free(interaction, number)
        if view.section.section_id != pick.section_id:
            raise Refused("link.reply_moved", number=number)
        return view


def _idea(view: ReplyView, pick: Pick, typed: dict[str, str]) -> Idea:
    """Return what was filled in. A field that was left as it came stands for all of the reply's words."""
    return Idea(
        section_id=pick.section_id,
        kind=pick.kind or Kind.GENERAL,
        block_id=block_id_of(pick),
        text=left_as_shown(typed.get("text", ""), view.text),
        explanation=left_as_shown(typed.get("explanation", ""), view.explanation),
        title=typed.get("title", ""),
    )
