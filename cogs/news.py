"""News that comes with a member's next answer: about what they proposed, support or follow. Only they see it."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.people import Actor
from bot.errors import Refused
from bot.mirror.reading import chunks
from bot.mirror.render.news import news_line
from bot.services.mine import Own
from cogs.context import Context, Interaction
from cogs.edge import guarded
from cogs.routing import Routes

_PRIVATE = frozenset(
    {
        discord.InteractionResponseType.channel_message,
        discord.InteractionResponseType.deferred_channel_message,
        discord.InteractionResponseType.deferred_message_update,
        discord.InteractionResponseType.message_update,
    }
)
"""The answers after which another message may come; a form is not one of them."""


class News(commands.Cog):
    """Tells what is new after an answer, once."""

    def __init__(self, context: Context, own: Own) -> None:
        self._context = context
        self._own = own

    def register(self, routes: Routes) -> None:
        """Come after every press and form that was answered."""
        routes.afterwards(self.follow)

    @commands.Cog.listener()
    async def on_app_command_completion(
        self,
        interaction: Interaction,
        command: app_commands.Command[commands.Cog, ..., None] | app_commands.ContextMenu,
    ) -> None:
        """Come after every command that was answered."""
        del command
        await guarded(self._context, interaction, lambda: self.follow(interaction))

    async def follow(self, interaction: Interaction) -> None:
        """Tell what is new, if anything."""
        if interaction.response.type not in _PRIVATE:
            return
        actor, say = self._context.actor(interaction), self._context.say(interaction)
        notices = await self._own.notices(actor)
        if notices and await self._hears(actor):
            lines = [say("news.title"), *(news_line(notice.amendment, notice.news.value, say) for notice in notices)]
            await interaction.followup.send(chunks(lines, 2000)[0], ephemeral=True)
            await self._own.told(actor, [notice.notice_id for notice in notices])

    async def _hears(self, actor: Actor) -> bool:
        try:
            await self._context.audience.demand(actor, ())
        except Refused:
            return False
        return True
