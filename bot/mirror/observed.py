"""What one look at a guild gave: its channels and posts, never its messages. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.ids import Snowflake
from bot.errors import DiscordRefused
from bot.mirror.resources import Json, Known, ResourceKind


@dataclass(frozen=True, slots=True)
class ObservedThread:
    """A post as it stands. `messages` is how many are in it beside its first, and `last` the newest, where known.

    `tags` are the ids of its tags; without a name nothing was seen of either.
    """

    parent_id: Snowflake
    archived: bool
    messages: int | None = None
    last: Snowflake | None = None
    name: str | None = None
    tags: frozenset[str] = frozenset()
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Observed:
    """A guild as seen. Channels are kept as Discord described them, to see what people changed in them.

    `pins` holds the pinned messages of those channels and posts that were looked at closely. `closed` are the channels
    that the bot may not look into, and `barred` says why: what stands there is believed to be as last known.
    """

    channels: Mapping[Snowflake, Mapping[str, Json]] = field(default_factory=dict[Snowflake, Mapping[str, Json]])
    threads: Mapping[Snowflake, ObservedThread] = field(default_factory=dict[Snowflake, ObservedThread])
    pins: Mapping[Snowflake, frozenset[Snowflake]] = field(default_factory=dict[Snowflake, frozenset[Snowflake]])
    closed: frozenset[Snowflake] = frozenset()
    barred: tuple[DiscordRefused, ...] = ()

    def lacks(self, row: Known) -> bool:
        """Tell whether a channel or post that is known stands no more. Messages are not looked at."""
        if row.kind is ResourceKind.MESSAGE or row.discord_id is None:
            return False
        return row.discord_id not in (self.threads if row.kind is ResourceKind.POST else self.channels)
