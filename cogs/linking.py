"""`/amendement koppelen`: the secretary's panel of one reply or one amendment, and the acts on an amendment.

What comes of a press stands in the panel's own message, so that nothing is left to press that no longer holds. How a
reply becomes an amendment is asked in `reply_linking`.
"""

from dataclasses import replace
from typing import TypeAlias

from discord import ui

from bot.domain.amendments import Amendment
from bot.domain.ids import AmendmentId, Snowflake
from bot.errors import ProgrammabrugError
from bot.mirror.render.wording import reference_of
from bot.services.linkable import Linkables, LinkedView, ReplyView
from bot.services.linking import Linking
from bot.services.syncing import Syncing
from cogs.context import Context, Interaction
from cogs.edge import answer_error
from cogs.link_panel import amendment_panel, back_form, moving_panel, reply_panel
from cogs.picking import Pick, block_id_of
from cogs.routing import Routes, chosen, filled_in

Panel: TypeAlias = "tuple[str, ui.View]"


class LinkPanels:
    """The panels of linking, and the buttons, selects and forms of an amendment's."""

    def __init__(self, context: Context, linkables: Linkables, linking: Linking, syncing: Syncing) -> None:
        self._context = context
        self._linkables = linkables
        self._linking = linking
        self._syncing = syncing

    def register(self, routes: Routes) -> None:
        """Answer the presses on an amendment's panel."""
        routes.add("link-show", self._show)
        routes.add("link-move", self._move)
        routes.add("move-block", self._block_chosen)
        routes.add("move-blocks", self._blocks_turned)
        routes.add("move-go", self._moved)
        routes.add("link-take", self._take)
        routes.add("link-back", self._back)
        routes.add("link-backed", self._backed)
        routes.add("link-seen", self._seen)

    async def start(self, interaction: Interaction, typed: str) -> None:
        """Show the panel of what was typed."""
        programme_id = await self._context.programme(interaction)
        view = await self._linkables.find(self._context.actor(interaction), programme_id, typed)
        content, buttons = self._panel(interaction, view)
        await interaction.response.send_message(content, view=buttons, ephemeral=True)

    async def show(self, interaction: Interaction, view: ReplyView | LinkedView) -> None:
        """Show another panel in the place of what was pressed."""
        await draw(interaction, self._panel(interaction, view))

    async def follow(self, interaction: Interaction, amendment: Amendment, done: str) -> None:
        """Have the card follow an act, and show how the amendment stands now under the sentence that says so."""
        programme_id = await self._context.programme(interaction)
        self._syncing.cards_changed(programme_id, amendment.section_id)
        say = self._context.say(interaction)
        sentence = say(done, reference=reference_of(amendment, say))
        content, buttons = self._panel(
            interaction, await self._view(interaction, str(amendment.amendment_id)), sentence
        )
        await interaction.edit_original_response(content=content, view=buttons)

    def _panel(self, interaction: Interaction, view: ReplyView | LinkedView, before: str = "") -> Panel:
        say = self._context.say(interaction)
        return reply_panel(view, say) if isinstance(view, ReplyView) else amendment_panel(view, say, before)

    async def _view(self, interaction: Interaction, number: str) -> LinkedView:
        programme_id = await self._context.programme(interaction)
        actor = self._context.actor(interaction)
        return await self._linkables.amendment(actor, programme_id, AmendmentId(int(number)))

    async def _movable(self, interaction: Interaction, number: str) -> LinkedView:
        """Return an amendment whose section can be shown. Raises `Refused` where that is gone."""
        view = await self._view(interaction, number)
        await self._context.browsing.section(await self._context.programme(interaction), view.section.section_id)
        return view

    async def _show(self, interaction: Interaction, arguments: list[str]) -> None:
        await self.show(interaction, await self._view(interaction, arguments[0]))

    async def _move(self, interaction: Interaction, arguments: list[str]) -> None:
        view = await self._movable(interaction, arguments[0])
        pick = Pick(view.amendment.section_id, view.amendment.kind)
        await draw(interaction, moving_panel(view, pick, self._context.say(interaction)))

    async def _block_chosen(self, interaction: Interaction, arguments: list[str]) -> None:
        number, *picked = arguments
        await self._repick(interaction, number, replace(Pick.decode(picked), block=chosen(interaction)))

    async def _blocks_turned(self, interaction: Interaction, arguments: list[str]) -> None:
        number, *picked, _, page = arguments
        await self._repick(interaction, number, Pick.decode([*picked, page]))

    async def _repick(self, interaction: Interaction, number: str, pick: Pick) -> None:
        view = await self._movable(interaction, number)
        await draw(interaction, moving_panel(view, pick, self._context.say(interaction)))

    async def _moved(self, interaction: Interaction, arguments: list[str]) -> None:
        number, *picked = arguments
        await interaction.response.defer()
        amendment = await self._linking.move(
            self._context.actor(interaction),
            await self._context.programme(interaction),
            AmendmentId(int(number)),
            block_id_of(Pick.decode(picked)),
            Snowflake(interaction.id),
        )
        await self.follow(interaction, amendment, "link.move.done")

    async def _take(self, interaction: Interaction, arguments: list[str]) -> None:
        number, digest = arguments
        await interaction.response.defer()
        amendment = await self._linking.take_words(
            self._context.actor(interaction),
            await self._context.programme(interaction),
            AmendmentId(int(number)),
            digest,
            Snowflake(interaction.id),
        )
        await self.follow(interaction, amendment, "link.take.done")

    async def _back(self, interaction: Interaction, arguments: list[str]) -> None:
        view = await self._view(interaction, arguments[0])
        await interaction.response.send_modal(back_form(view.amendment, self._context.say(interaction)))

    async def _backed(self, interaction: Interaction, arguments: list[str]) -> None:
        reason = filled_in(interaction).get("reason", "")
        await interaction.response.defer()
        try:
            amendment = await self._linking.turn_back(
                self._context.actor(interaction),
                await self._context.programme(interaction),
                AmendmentId(int(arguments[0])),
                reason,
                Snowflake(interaction.id),
            )
        except (ProgrammabrugError, OSError) as error:
            await answer_error(self._context, interaction, error, reason)
            return
        await self.follow(interaction, amendment, "link.back.done")

    async def _seen(self, interaction: Interaction, arguments: list[str]) -> None:
        await interaction.response.defer()
        actor = self._context.actor(interaction)
        amendment = await self._linking.seen(actor, AmendmentId(int(arguments[0])), Snowflake(interaction.id))
        await self.follow(interaction, amendment, "link.seen.done")


async def draw(interaction: Interaction, panel: Panel) -> None:
    """Draw a panel in the place of what was pressed."""
    content, buttons = panel
    await interaction.response.edit_message(content=content, view=buttons)
