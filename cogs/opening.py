"""`/programma openstellen`: asked once, then everybody sees what only admins saw. Nothing is posted."""

import discord

from bot.domain.people import Role
from bot.errors import Refused, StalePlan
from bot.services.syncing import Syncing
from cogs.context import Context, Interaction
from cogs.edge import conclude
from cogs.faces import Button, face
from cogs.routing import Routes, custom_id


class Opening:
    """Asks an admin whether everybody may see the programme, and sees to it."""

    def __init__(self, context: Context, syncing: Syncing) -> None:
        self._context = context
        self._syncing = syncing

    def register(self, routes: Routes) -> None:
        """Answer the button under the question."""
        routes.add("open", self._open)

    async def ask(self, interaction: Interaction) -> None:
        """Ask, unless there is nothing to open."""
        self._context.actor(interaction).demand(Role.ADMIN)
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._ask(interaction)

    async def _ask(self, interaction: Interaction) -> None:
        say = self._context.say(interaction)
        standing = (await self._syncing.health(await self._context.programme(interaction))).standing
        if standing.cleared or not standing.confirmed:
            raise Refused("open.nothing_yet")
        if standing.opened and not standing.opening:
            await interaction.followup.send(say("open.already"), ephemeral=True)
            return
        go = Button(
            label=say("open.go"), style=discord.ButtonStyle.success, custom_id=custom_id("open", standing.since)
        )
        stop = Button(label=say("sync.cancel"), custom_id=custom_id("nosync"))
        await interaction.followup.send(say("open.ask"), view=face(go, stop), ephemeral=True)

    async def _open(self, interaction: Interaction, arguments: list[str]) -> None:
        self._context.actor(interaction).demand(Role.ADMIN)
        say = self._context.say(interaction)
        await interaction.response.edit_message(content=say("open.busy"), view=None)
        programme_id = await self._context.programme(interaction)
        since = int(arguments[0]) if arguments else -1  # A button drawn by an older version may be of any mirror.
        try:
            failure = await self._syncing.open(programme_id, since)
        except StalePlan as error:
            await conclude(interaction, say(error.key))
            await self._ask(interaction)
            return
        except Refused as error:
            await conclude(interaction, say(error.key))
            return
        if failure is None:
            sentence = say("open.done")
        else:
            sentence = say("open.partly", reason=say(failure.key, **failure.values))
        await conclude(interaction, sentence)
