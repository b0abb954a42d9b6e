"""`/programma controleren`: what is wrong, a line each, with what to do about it; or that all is well."""

from collections.abc import Callable

from bot.domain.ids import Snowflake
from bot.domain.people import Role
from bot.mirror.reading import chunks
from bot.services.checking import Checking
from cogs.context import Context, Interaction

_LIMIT = 2000


class Checks:
    """Answers an admin who asks whether all is well."""

    def __init__(self, context: Context, checking_of: Callable[[Snowflake], Checking]) -> None:
        self._context = context
        self._checking_of = checking_of

    async def answer(self, interaction: Interaction) -> None:
        """Look, and say what is to be mended."""
        self._context.actor(interaction).demand(Role.ADMIN)
        await interaction.response.defer(ephemeral=True, thinking=True)
        say = self._context.say(interaction)
        guild_id = Snowflake(interaction.guild_id or 0)
        found = await self._checking_of(guild_id).findings(guild_id)
        lines = [f"- {finding.said(say)}" for finding in found]
        lines = [say.count("check.found", len(lines)), *lines] if lines else [say("check.well")]
        for text in chunks(lines, _LIMIT):
            await interaction.followup.send(text, ephemeral=True, suppress_embeds=True)
