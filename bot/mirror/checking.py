"""What is wrong with a guild as far as the bot goes, each with what to do about it. Pure: a view in, findings out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.domain.ids import Snowflake
from bot.domain.people import Role
from bot.locales import Texts
from bot.mirror.granting import GuildView
from bot.mirror.lacking import own_denied
from bot.mirror.permissions import Permission, Spot, listed, spot_of
from bot.mirror.resources import CHANNELS, Key, Known


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend: the key of its sentence, the values in it, and the permissions it names."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict[str, object])
    permissions: tuple[Permission, ...] = ()
    part: Role | None = None

    def said(self, say: Texts) -> str:
        """Return the finding as a sentence."""
        names = ", ".join(f"*{say(f'permission.{each.key}')}*" for each in self.permissions)
        part = say(f"role.{self.part.value}") if self.part else ""
        return say(self.key, **self.values, permissions=names, part=part)


@dataclass(frozen=True, slots=True)
class Expected:
    """What the settings say of the guild: the Discord roles of each part, and the channel to report in, if any."""

    roles: Mapping[Role, frozenset[Snowflake]] = field(default_factory=dict[Role, frozenset[Snowflake]])
    log_channel_id: Snowflake | None = None


def findings(view: GuildView, known: Mapping[Key, Known], expected: Expected) -> tuple[Finding, ...]:
    """Return what is missing: first in the guild, then in each channel of ours, then what the settings name."""
    return (*_in_guild(view), *_in_channels(view, known), *_roles(view, expected), *_log(view, expected))


def _in_guild(view: GuildView) -> Iterator[Finding]:
    if missing := listed(view.missing()):
        yield Finding("check.guild_lacks", {"guild": view.name}, missing)


def _in_channels(view: GuildView, known: Mapping[Key, Known]) -> Iterator[Finding]:
    """Yield what channels withhold of what the guild grants; what the guild doesn't grant was said already."""
    for row in known.values():
        if row.kind in CHANNELS and row.discord_id in view.channels and row.discord_id is not None:
            yield from _withheld(view, row.discord_id, spot_of(row))


def _withheld(view: GuildView, channel_id: Snowflake, spot: Spot) -> Iterator[Finding]:
    """Yield what a channel withholds: first from the bot itself, which wins over all that its role is given."""
    lacks, named = view.missing_in(channel_id, spot), {"channel": view.channels[channel_id].name}
    own = own_denied(view, channel_id)
    if denied := listed(lacks & own):
        yield Finding("check.own_lacks", named, denied)
    if withheld := listed(lacks & ~own & ~view.missing()):
        key = "check.category_lacks" if spot is Spot.CATEGORY else "check.channel_lacks"
        yield Finding(key, named, withheld)


def _roles(view: GuildView, expected: Expected) -> Iterator[Finding]:
    for part, role_ids in expected.roles.items():
        for role_id in sorted(role_ids - view.roles.keys()):
            yield Finding("check.no_role", {"role": role_id, "setting": f"roles.{part.value}"}, part=part)


def _log(view: GuildView, expected: Expected) -> Iterator[Finding]:
    channel_id = expected.log_channel_id
    if channel_id is None:
        return
    if channel_id not in view.channels:
        yield Finding("check.no_log_channel", {"channel": channel_id})
    elif not view.channels[channel_id].writable:
        yield Finding("check.log_not_text", {"channel": view.channels[channel_id].name})
    else:
        yield from _withheld(view, channel_id, Spot.LOG)
