"""`/programma opruimen`: the plan with what goes and what stays, then, on the button under it, the clearing."""

import io

import discord

from bot.domain.people import Role
from bot.errors import DiscordRefused
from bot.locales import Texts
from bot.mirror.clearing import Clearing, Fate, Step, clearing_file
from bot.mirror.markdown import escape_line
from bot.mirror.reading import chunks
from bot.mirror.resources import ResourceKind
from bot.services.clearing import ClearingAway
from bot.services.guild import Cleared
from bot.services.wording import refusal
from cogs.context import Context, Interaction
from cogs.edge import conclude
from cogs.faces import Button, face
from cogs.routing import Routes, custom_id

_FEW = 10
"""Names of what stays that are shown; the file holds all."""
_LIMIT = 2000


class ClearingUp:
    """Shows an admin what a clearing takes away and what it leaves, and carries it out on their word."""

    def __init__(self, context: Context, clearing: ClearingAway) -> None:
        self._context = context
        self._clearing = clearing

    def register(self, routes: Routes) -> None:
        """Answer the button under the plan."""
        routes.add("clear", self._carry_out)

    async def ask(self, interaction: Interaction) -> None:
        """Show what would go and what would stay."""
        actor = self._context.actor(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        plan = await self._clearing.plan(actor, await self._context.programme(interaction))
        await self._show(interaction, plan)

    async def _show(self, interaction: Interaction, plan: Clearing) -> None:
        say = self._context.say(interaction)
        going = plan.of(Fate.REMOVE)
        if not (going or plan.of(Fate.ARCHIVE)):
            nothing = chunks([say("clear.nothing"), *_barred(plan, say)], _LIMIT)[0]
            await interaction.followup.send(nothing, ephemeral=True)
            return
        go = Button(label=say("clear.go"), style=discord.ButtonStyle.danger, custom_id=custom_id("clear", plan.digest))
        stop = Button(label=say("sync.cancel"), custom_id=custom_id("nosync"))
        file = discord.File(io.BytesIO(clearing_file(plan, say).encode()), filename=say("clear.file"))
        lines = [say("clear.plan", what=_counted(going, say)), *_barred(plan, say)]
        lines += _staying(plan.of(Fate.ARCHIVE, Fate.KEEP), say)
        text = chunks([*lines, say("clear.after")], _LIMIT)[0]
        await interaction.followup.send(text, file=file, view=face(go, stop), ephemeral=True)

    async def _carry_out(self, interaction: Interaction, arguments: list[str]) -> None:
        actor, say = self._context.actor(interaction), self._context.say(interaction)
        actor.demand(Role.ADMIN)
        programme_id = await self._context.programme(interaction)
        await interaction.response.edit_message(content=say("clear.busy"), view=None, attachments=[])
        try:
            done = await self._clearing.carry_out(actor, programme_id, arguments[0])
        except DiscordRefused as error:
            await conclude(interaction, say("clear.untouched", reason=refusal(error, say)))
            return
        if isinstance(done, Clearing):
            await conclude(interaction, say("sync.stale"))
            await self._show(interaction, done)
            return
        opened = await self._context.audience.is_open(programme_id)
        lines = [*_told(done, say), say("clear.then.opened" if opened else "clear.then.hidden")]
        await conclude(interaction, chunks(lines, _LIMIT)[0])


def _barred(plan: Clearing, say: Texts) -> list[str]:
    return [f"- {say(one.key, **one.values)}" for one in plan.barred[:_FEW]]


def _told(done: Cleared, say: Texts) -> list[str]:
    lines = [say("clear.done", what=_counted(done.removed, say)), *_staying(done.kept, say)]
    if done.failures:
        failure = done.failures[0]
        lines.append(say("clear.partly", reason=say(failure.key, **failure.values)))
    return [*lines, say("clear.after")]


def _counted(steps: tuple[Step, ...], say: Texts) -> str:
    posts = sum(step.kind is ResourceKind.POST for step in steps)
    return f"{say.count('clear.posts', posts)}, {say.count('clear.channels', len(steps) - posts)}"


def _staying(steps: tuple[Step, ...], say: Texts) -> list[str]:
    if not steps:
        return []
    names = [f"- {say(f'resource.{step.kind.value}')} · {escape_line(step.name)}" for step in steps[:_FEW]]
    more = [say.count("clear.more", len(steps) - _FEW)] if len(steps) > _FEW else []
    return [say("clear.stays"), *names, *more]
