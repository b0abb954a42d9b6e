"""What the bot may do in a guild and in each of its channels, from roles and overwrites, and what it lacks. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.ids import Snowflake
from bot.mirror.permissions import EVERYTHING, NONE, Permission, Spot, needed_in


@dataclass(frozen=True, slots=True)
class Overwrite:
    """What a channel grants or withholds beside the guild, for one role or member."""

    allow: Permission
    deny: Permission


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel as far as permissions go: overwrites by the id of a role or member. `writable` holds messages.

    `holds` other channels: a category, which nobody writes a # before.
    """

    name: str
    overwrites: Mapping[Snowflake, Overwrite] = field(default_factory=dict[Snowflake, Overwrite])
    writable: bool = True
    holds: bool = False

    @property
    def called(self) -> str:
        """What people call it."""
        return self.name if self.holds else f"#{self.name}"


@dataclass(frozen=True, slots=True)
class GuildView:
    """A guild as the bot sees it: the roles by id with what they grant, the roles it holds itself, the channels."""

    guild_id: Snowflake
    name: str
    bot_id: Snowflake
    owned: bool
    held: Sequence[Snowflake]
    roles: Mapping[Snowflake, Permission]
    channels: Mapping[Snowflake, Channel]

    @property
    def granted(self) -> Permission:
        """What the bot may do in the guild as a whole. The role of everybody has the guild's own id."""
        total = NONE
        for role_id in (self.guild_id, *self.held):
            total |= self.roles.get(role_id, NONE)
        return EVERYTHING if self.owned or Permission.ADMINISTRATOR in total else total

    def granted_in(self, channel_id: Snowflake) -> Permission:
        """Return what the bot may do in a channel: everybody's overwrite counts first, its roles' next, its own last.

        Who can't see a channel can do nothing in it.
        """
        total, channel = self.granted, self.channels.get(channel_id)
        if channel is None or Permission.ADMINISTRATOR in total:
            return total if channel else NONE
        for overwrites in self._layers(channel):
            for overwrite in overwrites:
                total &= ~overwrite.deny
            for overwrite in overwrites:
                total |= overwrite.allow
        return total if Permission.VIEW_CHANNEL in total else NONE

    def missing(self) -> Permission:
        """Return what the bot lacks in the guild as a whole."""
        return needed_in(Spot.GUILD) & ~self.granted

    def missing_in(self, channel_id: Snowflake, spot: Spot) -> Permission:
        """Return what the bot lacks in a channel. Where it can't see it, that alone: the rest can't be told."""
        lacks = needed_in(spot) & ~self.granted_in(channel_id)
        return Permission.VIEW_CHANNEL if Permission.VIEW_CHANNEL in lacks else lacks

    def _layers(self, channel: Channel) -> Iterator[list[Overwrite]]:
        for targets in ((self.guild_id,), self.held, (self.bot_id,)):
            yield [channel.overwrites[each] for each in targets if each in channel.overwrites]
