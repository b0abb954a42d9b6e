"""`/programma tekst-vastleggen`, `tekst-vrijgeven` and `wijzigingen`: the fixed text, and what waits meanwhile.

What comes of a press stands in the panel's own message, so that nothing is left to press that no longer holds.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, TypeAlias

import discord
from discord import ui

from bot.domain.ids import SectionId, Snowflake
from bot.domain.people import Role
from bot.errors import Refused, UserError
from bot.locales import Texts
from bot.mirror.plan import Scope
from bot.services.fixing import Fixing
from bot.services.syncing import Syncing
from cogs.context import Context, Interaction
from cogs.faces import Button, face
from cogs.routing import Routes, chosen, custom_id
from cogs.waiting_panel import edit_panel, list_panel

_CONCERNED: Final = frozenset({Role.ADMIN, Role.SECRETARY})
"""Who is told that edits wait: those who can do something about it."""
Panel: TypeAlias = "tuple[str, ui.View, Sequence[discord.File]]"


class FixedText:
    """Fixing and letting go for admins, and the edits that wait for the secretary."""

    def __init__(self, context: Context, fixing: Fixing, syncing: Syncing) -> None:
        self._context = context
        self._fixing = fixing
        self._syncing = syncing

    def register(self, routes: Routes) -> None:
        """Answer the button that fixes the text, and the presses on what waits."""
        routes.add("fix-text", self._fix)
        routes.add("wait-list", self._list)
        routes.add("wait-show", self._show)
        routes.add("wait-take", self._take)
        routes.add("wait-leave", self._leave)

    async def lines(self, interaction: Interaction, say: Texts) -> list[str]:
        """Return what the status says of it: nothing while the text follows the forum."""
        state = await self._fixing.state(await self._context.programme(interaction))
        if state.fixation is None:
            return []
        roles = self._context.actor(interaction).roles
        waits = [say.count("fixed.waiting", state.waiting)] if state.waiting and roles & _CONCERNED else []
        return [say("fixed.since", when=_day(state.fixation.fixed_at)), *waits]

    async def ask_to_fix(self, interaction: Interaction) -> None:
        """Say what fixing the text means, with the button that does it."""
        self._context.actor(interaction).demand(Role.ADMIN)
        await interaction.response.defer(ephemeral=True, thinking=True)
        if (await self._fixing.state(await self._context.programme(interaction))).fixation is not None:
            raise Refused("fixed.already")
        say = self._context.say(interaction)
        go = Button(label=say("fixed.go"), style=discord.ButtonStyle.success, custom_id=custom_id("fix-text"))
        stop = Button(label=say("sync.cancel"), custom_id=custom_id("nosync"))
        await interaction.followup.send(say("fixed.ask"), view=face(go, stop), ephemeral=True)

    async def _fix(self, interaction: Interaction, arguments: list[str]) -> None:
        """Fix the text as it stands."""
        del arguments
        await interaction.response.defer()
        programme_id = await self._context.programme(interaction)
        fixation = await self._fixing.fix(self._context.actor(interaction), programme_id, Snowflake(interaction.id))
        self._syncing.enqueue(programme_id)
        done = self._context.say(interaction)("fixed.done", when=_day(fixation.fixed_at))
        await interaction.edit_original_response(content=done, view=None)

    async def release(self, interaction: Interaction, reason: str) -> None:
        """Let the text follow the forum again."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        programme_id = await self._context.programme(interaction)
        actor = self._context.actor(interaction)
        number = await self._fixing.release(actor, programme_id, reason, Snowflake(interaction.id))
        self._syncing.enqueue(programme_id)
        await interaction.followup.send(self._context.say(interaction).count("fixed.released", number), ephemeral=True)

    async def start(self, interaction: Interaction) -> None:
        """Show what waits."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        content, view, _ = await self._listed(interaction)
        await interaction.followup.send(content, view=view, ephemeral=True)

    async def _listed(self, interaction: Interaction, page: int = 0, before: str = "") -> Panel:
        programme_id = await self._context.programme(interaction)
        found = await self._fixing.waiting(self._context.actor(interaction), programme_id)
        state = await self._fixing.state(programme_id)
        say = self._context.say(interaction)
        return *list_panel(found, say, page, before, fixed=state.fixation is not None), ()

    async def _list(self, interaction: Interaction, arguments: list[str]) -> None:
        await interaction.response.defer()
        await _draw(interaction, await self._listed(interaction, int(arguments[0])))

    async def _show(self, interaction: Interaction, arguments: list[str]) -> None:
        await interaction.response.defer()
        section_id = SectionId(int(arguments[0] if arguments else chosen(interaction)))
        await _draw(interaction, await self._shown(interaction, section_id))

    async def _shown(self, interaction: Interaction, section_id: SectionId, before: str = "") -> Panel:
        view = await self._fixing.view(self._context.actor(interaction), section_id)
        return edit_panel(view, self._context.say(interaction), before)

    async def _take(self, interaction: Interaction, arguments: list[str]) -> None:
        section_id, digest = SectionId(int(arguments[0])), arguments[1]
        await interaction.response.defer()
        actor, programme_id = self._context.actor(interaction), await self._context.programme(interaction)
        try:
            await self._fixing.take(actor, programme_id, section_id, digest, Snowflake(interaction.id))
        except UserError as error:
            await self._refused(interaction, section_id, error)
            return
        self._syncing.enqueue(programme_id, Scope(sections=frozenset({section_id})))
        await self._done(interaction, "waiting.taken")

    async def _leave(self, interaction: Interaction, arguments: list[str]) -> None:
        section_id, digest = SectionId(int(arguments[0])), arguments[1]
        await interaction.response.defer()
        actor = self._context.actor(interaction)
        try:
            await self._fixing.leave(actor, section_id, digest, Snowflake(interaction.id))
        except UserError as error:
            await self._refused(interaction, section_id, error)
            return
        await self._done(interaction, "waiting.left")

    async def _done(self, interaction: Interaction, sentence: str) -> None:
        say = self._context.say(interaction)
        await _draw(interaction, await self._listed(interaction, before=say(sentence)))

    async def _refused(self, interaction: Interaction, section_id: SectionId, error: UserError) -> None:
        """Show the edit as it is now where the forum has another one; any other refusal is answered at the edge."""
        if error.key != "waiting.other":
            raise error
        say = self._context.say(interaction)
        await _draw(interaction, await self._shown(interaction, section_id, say(error.key, **error.values)))


async def _draw(interaction: Interaction, panel: Panel) -> None:
    """Draw a panel in the place of what was pressed."""
    content, view, files = panel
    await interaction.edit_original_response(content=content, view=view, attachments=files)


def _day(at: str) -> str:
    """Return a day as every reader's Discord writes it."""
    return f"<t:{int(datetime.fromisoformat(at).timestamp())}:D>"
