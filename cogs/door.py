"""The door of every interaction: who may not hear of the programme yet is told so, and gets back what they typed."""

from collections.abc import Sequence
from typing import Any, Final, cast

import discord

from bot.domain.ids import Snowflake
from bot.errors import ProgrammabrugError
from cogs.context import Context, Interaction
from cogs.edge import answer_error
from cogs.routing import filled_in

_ALWAYS: Final = frozenset({"privacy", "erase"})
"""The command and the press about what is kept of a person, which is theirs to ask at any time."""


class Door:
    """Lets interactions in. It answers those that it does not let in: suggestions with none, all else with why."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def admits(self, interaction: Interaction) -> bool:
        """Tell whether an interaction may go on; one that may not was answered."""
        if _name(interaction) in _ALWAYS:
            return True
        try:
            await self._context.audience.demand(self._context.actor(interaction), _places(interaction))
        except ProgrammabrugError as error:
            await self._refuse(interaction, error)
            return False
        return True

    async def _refuse(self, interaction: Interaction, error: ProgrammabrugError) -> None:
        if interaction.type is discord.InteractionType.autocomplete:
            await interaction.response.autocomplete([])
            return
        typed = filled_in(interaction) if interaction.type is discord.InteractionType.modal_submit else {}
        await answer_error(self._context, interaction, error, "\n\n".join(filter(None, typed.values())))


def _name(interaction: Interaction) -> str:
    """Return the command, or the action of a press or form."""
    data = cast("dict[str, Any]", interaction.data or {})
    return str(data.get("name") or data.get("custom_id", "")).partition(":")[0]


def _places(interaction: Interaction) -> Sequence[Snowflake]:
    """Return the channel somebody stands in, and the one around it where that is a post."""
    channel = interaction.channel
    around = channel.parent_id if isinstance(channel, discord.Thread) else None
    return [Snowflake(each) for each in (interaction.channel_id, around) if each is not None]
