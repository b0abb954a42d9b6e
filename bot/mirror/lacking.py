"""Why the bot may not do something, and what to do about it: the guild, a role's channel, or the bot itself. Pure."""

from collections.abc import Sequence
from enum import StrEnum

from bot.domain.ids import Snowflake
from bot.errors import DiscordRefused
from bot.locales import Phrase
from bot.mirror.granting import GuildView
from bot.mirror.permissions import NONE, Permission


class Cause(StrEnum):
    """What withholds a permission: the guild as a whole, a channel from everybody or a role, or it from the bot."""

    GUILD = "guild"
    CHANNEL = "channel"
    OWN = "own"


def missing(view: GuildView, channel_id: Snowflake | None, wanted: Sequence[Permission]) -> Permission | None:
    """Return the first that the bot lacks in a channel, or in the guild (None), to see it before all else."""
    inside = channel_id is not None and channel_id in view.channels
    granted = view.granted_in(channel_id) if inside and channel_id is not None else view.granted
    return next((each for each in (Permission.VIEW_CHANNEL, *wanted) if each not in granted), None)


def cause(view: GuildView, channel_id: Snowflake | None, permission: Permission) -> Cause:
    """Return what to change first: a refusal to the bot itself in a channel wins over all that roles grant."""
    channel = view.channels.get(channel_id) if channel_id is not None else None
    own = channel.overwrites.get(view.bot_id) if channel else None
    if own is not None and permission in own.deny & ~own.allow:
        return Cause.OWN
    return Cause.CHANNEL if permission in view.granted else Cause.GUILD


def own_denied(view: GuildView, channel_id: Snowflake) -> Permission:
    """Return what a channel withholds from the bot itself."""
    own = view.channels[channel_id].overwrites.get(view.bot_id)
    return own.deny & ~own.allow if own is not None else NONE


def sentence(view: GuildView, channel_id: Snowflake | None, permission: Permission, place: str) -> DiscordRefused:
    """Return what is missing where and what to do. What the guild lacks is the same sentence for every channel."""
    name = Phrase(f"permission.{permission.key}")
    match cause(view, channel_id, permission):
        case Cause.GUILD:
            return DiscordRefused("discord.guild_lacks", guild=view.name, permission=name)
        case Cause.OWN:
            return DiscordRefused("discord.own_lacks", place=place, permission=name)
        case Cause.CHANNEL:
            return DiscordRefused(f"discord.needs_{permission.key}", place=place)
