"""Showing an amendment to one person: what became of their proposal, or the whole of it with what they may do."""

from collections.abc import Sequence

from discord import ui

from bot.mirror.reading import whole
from bot.services.amending import AmendmentView
from bot.services.dossiers import Dossiers
from bot.services.syncing import Syncing
from cogs.act_forms import deed_buttons
from cogs.context import Context, Interaction
from cogs.faces import face

_CARD_PATIENCE = 8.0
"""Seconds an answer waits for the card to appear, so that it can link to it."""


class Showing:
    """Private answers about one amendment. Long ones follow in more messages, never cut short."""

    def __init__(self, context: Context, syncing: Syncing, dossiers: Dossiers) -> None:
        self._context = context
        self._dossiers = dossiers
        self._syncing = syncing

    async def whole(self, interaction: Interaction, view: AmendmentView) -> None:
        """Show an amendment whole, with the buttons for what this person may do now."""
        say = self._context.say(interaction)
        actor = self._context.actor(interaction)
        dossier = await self._dossiers.read(actor, view.amendment.amendment_id)
        await send(interaction, whole(dossier.whole, say), deed_buttons(dossier, say))

    async def filed(self, interaction: Interaction, view: AmendmentView) -> None:
        """Answer with the reference and where it stands; the buttons of the draft go."""
        say = self._context.say(interaction)
        amendment = view.amendment
        if amendment.reference is None:
            sentence = say("propose.received", receipt=amendment.receipt)
        else:
            programme_id = await self._context.programme(interaction)
            link = await self._syncing.card_link(programme_id, view.section, amendment, _CARD_PATIENCE)
            sentence = (
                say("propose.filed", reference=amendment.reference, link=link)
                if link
                else say("propose.filed_soon", reference=amendment.reference)
            )
        await interaction.edit_original_response(content=sentence, view=None)


async def send(interaction: Interaction, texts: Sequence[str], buttons: ui.View | None = None) -> None:
    """Send a private answer in as many messages as it takes, the buttons under the last."""
    for index, text in enumerate(texts):
        view = buttons if buttons is not None and index == len(texts) - 1 else face()
        if interaction.response.is_done():
            await interaction.followup.send(text, view=view, ephemeral=True)
        else:
            await interaction.response.send_message(text, view=view, ephemeral=True)


def fitting(lines: Sequence[str], room: int) -> Sequence[str]:
    """Return the lines that so many characters hold together, from the first."""
    taken = 0
    for index, line in enumerate(lines):
        taken += len(line) + 1
        if taken > room:
            return lines[:index]
    return lines
