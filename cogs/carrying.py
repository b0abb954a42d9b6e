"""What a private message carries for the next step, because it is too long for a custom id.

Nothing is kept anywhere else: the message is the member's own, and Discord brings it along with every press on it.
"""

from dataclasses import dataclass

import discord

from cogs.context import Interaction

LONGEST_NAME = 100
_MOST = 4000


@dataclass(frozen=True, slots=True)
class Carried:
    """Words that somebody wrote before, and the name of who wrote them where that is somebody else."""

    words: str = ""
    name: str = ""


def embed_of(carried: Carried) -> discord.Embed | None:
    """Return what shows the words and the name, and brings them along; None where there is nothing to carry."""
    if not carried.words and not carried.name:
        return None
    embed = discord.Embed(description=carried.words[:_MOST] or None)
    if carried.name:
        embed.set_author(name=carried.name[:LONGEST_NAME])
    return embed


def carried_by(interaction: Interaction) -> Carried:
    """Return what the message carries on which was pressed."""
    message = interaction.message
    if message is None or not message.embeds:
        return Carried()
    embed = message.embeds[0]
    return Carried(embed.description or "", embed.author.name or "")
