"""`/mijn`: all that concerns one person, in one private answer; and their name in the book and direct messages."""

from discord import app_commands
from discord.app_commands import locale_str as _
from discord.ext import commands

from bot.mirror.markdown import escape_line
from bot.mirror.reading import chunks
from bot.services.amending import Amending
from bot.services.mine import Own
from cogs.carrying import LONGEST_NAME
from cogs.context import Context, Interaction
from cogs.edge import promised
from cogs.own_panel import own_buttons, own_lines
from cogs.picking import field
from cogs.routing import Routes, custom_id, filled_in, form
from cogs.showing import send


class Mine(commands.Cog):
    """What concerns somebody, and what they chose. What they proposed, support or follow is told to nobody else."""

    def __init__(self, context: Context, own: Own, amending: Amending) -> None:
        self._context = context
        self._own = own
        self._amending = amending

    def register(self, routes: Routes) -> None:
        """Answer the buttons for name and direct messages."""
        routes.add("messages", self._messages)
        routes.add("name", self._name)
        routes.add("named", self._named)

    @app_commands.command(name=_("mijn"), description=_("Je voorstellen, je concepten en wat er op je wacht"))
    @app_commands.guild_only()
    async def mine(self, interaction: Interaction) -> None:
        """Show what concerns somebody. News is told once: it goes when it was shown."""
        actor, say = self._context.actor(interaction), self._context.say(interaction)
        programme_id = await self._context.programme(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        mine = await self._own.mine(actor, programme_id)
        duties = await self._own.duties(actor, programme_id)
        await send(interaction, chunks(own_lines(mine, duties, say), 2000), own_buttons(mine, duties, say))
        await self._own.told(actor, [notice.notice_id for notice in mine.notices])

    async def _messages(self, interaction: Interaction, arguments: list[str]) -> None:
        wanted = arguments[0] == "1"
        programme_id = await self._context.programme(interaction)
        work = self._own.messages(self._context.actor(interaction), programme_id, wanted=wanted)
        await promised(interaction, work)
        key = "own.messages.started" if wanted else "own.messages.stopped"
        await send(interaction, [self._context.say(interaction)(key)])

    async def _name(self, interaction: Interaction, arguments: list[str]) -> None:
        del arguments
        actor, say = self._context.actor(interaction), self._context.say(interaction)
        now = await self._amending.name(actor, await self._context.programme(interaction)) or actor.name
        entry = field("name", say("name.field"), say("name.change.hint"), now, LONGEST_NAME)
        await interaction.response.send_modal(form(say("own.name.change"), custom_id("named"), entry))

    async def _named(self, interaction: Interaction, arguments: list[str]) -> None:
        del arguments
        actor, programme_id = self._context.actor(interaction), await self._context.programme(interaction)
        work = self._amending.set_name(actor, programme_id, filled_in(interaction)["name"])
        chosen = await promised(interaction, work)
        await send(interaction, [self._context.say(interaction)("name.set", name=escape_line(chosen))])
