"""`/programma bijwerken`: the plan in short with the whole of it as a file, and the buttons that carry it out or not.

A button carries the plan's digest and the moment it was shown, so it works after a restart and refuses what is stale.
"""

import io
from collections.abc import Sequence
from typing import Final

import discord

from bot.domain.people import Role
from bot.errors import StalePlan
from bot.locales import Texts
from bot.mirror.reading import chunks
from bot.mirror.report import nothing_key, plan_file, plan_lines, unchanged_lines
from bot.services.planning import Offer, Planning, Ticket
from cogs.context import Context, Interaction
from cogs.edge import conclude
from cogs.faces import Button, face
from cogs.routing import Routes, custom_id

_LIMIT: Final = 1900


class Plans:
    """Shows a plan and answers the buttons under it."""

    def __init__(self, context: Context, planning: Planning) -> None:
        self._context = context
        self._planning = planning

    def register(self, routes: Routes) -> None:
        """Answer the buttons under a plan."""
        routes.add("sync", self._carry_out)
        routes.add("nosync", self._cancel)

    async def start(self, interaction: Interaction, *, thorough: bool = False) -> None:
        """Show the plan, to an admin only; with `thorough`, after a look at every message."""
        self._context.actor(interaction).demand(Role.ADMIN)
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._show(interaction, thorough=thorough)

    async def _show(self, interaction: Interaction, *, thorough: bool = False) -> None:
        say = self._context.say(interaction)
        programme_id = await self._context.programme(interaction)
        offer = await self._planning.look(self._context.actor(interaction), programme_id, thorough=thorough)
        buttons = _buttons(offer, say)
        if not buttons:
            await interaction.followup.send(_text(offer, say), ephemeral=True)
            return
        file = discord.File(io.BytesIO(plan_file(offer.preview, say).encode()), filename=say("sync.file"))
        await interaction.followup.send(_text(offer, say), file=file, view=face(*buttons), ephemeral=True)

    async def _carry_out(self, interaction: Interaction, arguments: list[str]) -> None:
        say = self._context.say(interaction)
        programme_id = await self._context.programme(interaction)

        async def begun() -> None:
            await interaction.response.edit_message(content=say("sync.busy"), view=None, attachments=[])

        try:
            actor = self._context.actor(interaction)
            failure = await self._planning.carry_out(actor, programme_id, _ticket(arguments), begun)
        except StalePlan as error:
            await conclude(interaction, say(error.key))
            await self._show(interaction)
            return
        if failure is None:
            sentence = say("sync.done")
        else:
            sentence = say("sync.partly", reason=say(failure.key, **failure.values))
        await conclude(interaction, sentence)

    async def _cancel(self, interaction: Interaction, arguments: list[str]) -> None:
        del arguments
        say = self._context.say(interaction)
        await interaction.response.edit_message(content=say("sync.cancelled"), view=None, attachments=[])


def _text(offer: Offer, say: Texts) -> str:
    """Return a plan in one message, with what does not fit left to the file."""
    plan = offer.preview.plan
    if plan.changes:
        lines = [say.count("sync.plan", len(plan)), *plan_lines(offer.preview, say)]
    else:
        lines = [say(nothing_key(plan)), *unchanged_lines(offer.preview, say)]
    return chunks(lines, _LIMIT)[0]


def _buttons(offer: Offer, say: Texts) -> Sequence[Button]:
    """Return the buttons under a plan; none where there is nothing to decide."""
    buttons: list[Button] = []
    if offer.preview.plan.changes:
        buttons.append(_go(say("sync.go"), offer.ticket, discord.ButtonStyle.success))
    if offer.restoring is not None:
        buttons.append(_go(say("sync.restore"), offer.restoring, discord.ButtonStyle.primary))
    return [*buttons, Button(label=say("sync.cancel"), custom_id=custom_id("nosync"))] if buttons else []


def _go(label: str, ticket: Ticket, style: discord.ButtonStyle) -> Button:
    pressed = custom_id("sync", ticket.digest, ticket.shown_at, "all" if ticket.restore else "plan")
    return Button(label=label, style=style, custom_id=pressed)


def _ticket(arguments: Sequence[str]) -> Ticket:
    """Return what a button carries. One drawn by an older version carries no moment, and is too old."""
    digest, shown_at, which = [*arguments, "0", "plan"][:3]
    return Ticket(digest, int(shown_at), which == "all")
