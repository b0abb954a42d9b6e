"""What the chair does not do lightly: undoing the last decision, adopting the whole. Each is shown and confirmed."""

from collections.abc import Iterator

import discord
from discord import ui

from bot.domain.amendments import Status
from bot.errors import ProgrammabrugError
from bot.locales import Texts
from bot.mirror.plan import PROCEEDINGS, Scope
from bot.mirror.reading import chunks
from bot.mirror.render.wording import reference_of, references
from bot.services.adopting import Adopting, Closing
from bot.services.meeting import MeetingLead, Undoable
from bot.services.syncing import Syncing
from cogs.act_forms import REASON
from cogs.context import Context, Interaction
from cogs.deeds_done import tally_in
from cogs.edge import answer_error
from cogs.faces import Button, face
from cogs.picking import field
from cogs.routing import Routes, custom_id, filled_in, form

_LIMIT = 2000
_NAMED = 25


class AssemblyEnd:
    """Asks, and does it once it is confirmed."""

    def __init__(self, context: Context, lead: MeetingLead, adopting: Adopting, syncing: Syncing) -> None:
        self._context = context
        self._lead = lead
        self._adopting = adopting
        self._syncing = syncing

    def register(self, routes: Routes) -> None:
        """Answer the buttons and the forms."""
        routes.add("hall-undo", self._pressed_undo)
        routes.add("hall-why", self._ask_why)
        routes.add("hall-undone", self._undone)
        routes.add("hall-adopt", self._ask_votes)
        routes.add("hall-adopted", self._adopted)

    async def ask_undo(self, interaction: Interaction) -> None:
        """Show the last decision, with the button that asks why it is undone."""
        last = await self._lead.undoable(self._context.actor(interaction), await self._context.programme(interaction))
        say = self._context.say(interaction)
        go = Button(
            label=say("assembly.undo.go"),
            style=discord.ButtonStyle.danger,
            custom_id=custom_id("hall-why", last.decision_id),
        )
        await interaction.response.send_message(_last(last, say), view=face(go), ephemeral=True)

    async def _pressed_undo(self, interaction: Interaction, arguments: list[str]) -> None:
        del arguments
        await self.ask_undo(interaction)

    async def _ask_why(self, interaction: Interaction, arguments: list[str]) -> None:
        say = self._context.say(interaction)
        why = field("reason", say("act.reason"), say("act.reason.hint"), "", REASON)
        await interaction.response.send_modal(
            form(say("assembly.undo.form"), custom_id("hall-undone", *arguments), why)
        )

    async def _undone(self, interaction: Interaction, arguments: list[str]) -> None:
        typed = filled_in(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        programme_id = await self._context.programme(interaction)
        actor = self._context.actor(interaction)
        try:
            undone = await self._lead.undo(actor, programme_id, int(arguments[0]), typed.get("reason", ""))
        except (ProgrammabrugError, OSError) as error:
            await answer_error(self._context, interaction, error, typed.get("reason", ""))
            return
        self._syncing.enqueue(programme_id, Scope(PROCEEDINGS, frozenset(each.section_id for each in undone)))
        say = self._context.say(interaction)
        names = references(undone[:_NAMED], say)
        await interaction.followup.send(say("assembly.undone", references=names), ephemeral=True)

    async def ask_adopt(self, interaction: Interaction) -> None:
        """Show what would be adopted, with the button that asks for the votes."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        programme_id = await self._context.programme(interaction)
        closing = await self._adopting.closing(self._context.actor(interaction), programme_id)
        say = self._context.say(interaction)
        go = Button(
            label=say("assembly.adopt.go"), style=discord.ButtonStyle.success, custom_id=custom_id("hall-adopt")
        )
        *others, last = chunks(list(_closing(closing, say)), _LIMIT)
        for text in others:
            await interaction.followup.send(text, ephemeral=True)
        await interaction.followup.send(last, view=face(go), ephemeral=True)

    async def _ask_votes(self, interaction: Interaction, arguments: list[str]) -> None:
        del arguments
        say = self._context.say(interaction)
        entry: ui.TextInput[ui.Modal] = ui.TextInput(custom_id="tally", max_length=60, required=False)
        votes: ui.Label[ui.Modal] = ui.Label(text=say("act.tally"), description=say("act.tally.hint"), component=entry)
        await interaction.response.send_modal(form(say("assembly.adopt.form"), custom_id("hall-adopted"), votes))

    async def _adopted(self, interaction: Interaction, arguments: list[str]) -> None:
        del arguments
        typed = filled_in(interaction).get("tally", "")
        await interaction.response.defer(ephemeral=True, thinking=True)
        programme_id = await self._context.programme(interaction)
        try:
            await self._lead.adopt(self._context.actor(interaction), programme_id, tally_in(typed))
        except (ProgrammabrugError, OSError) as error:
            await answer_error(self._context, interaction, error, typed)
            return
        self._syncing.enqueue(programme_id)
        await interaction.followup.send(self._context.say(interaction)("assembly.adopted"), ephemeral=True)


def _last(last: Undoable, say: Texts) -> str:
    """Return what the last decision was."""
    listed = ", ".join(
        f"{reference_of(each, say)} ({say(f'status.{each.status.value}')})" for each in last.amendments[:_NAMED]
    )
    more = ", …" if len(last.amendments) > _NAMED else ""
    return say("assembly.last", references=listed + more)


def _closing(closing: Closing, say: Texts) -> Iterator[str]:
    """Yield how all was decided, and what a person must still work into the text."""
    yield say("assembly.adopt")
    for status in Status:
        if number := closing.outcomes.get(status, 0):
            yield f"- {say(f'status.{status.value}')}: {number}"
    if closing.left:
        yield say.count("assembly.unapplied", len(closing.left))
    for amendment, obstacle in closing.left:
        yield f"- **{reference_of(amendment, say)}**: {say(f'obstacle.{obstacle.value}')}"
    yield say("assembly.adopt.means")
