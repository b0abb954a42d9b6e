"""What each guild chose for itself, as a value and as rows. `db` fulfils the protocol."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol, TypeAlias

from bot.domain.ids import Snowflake
from bot.domain.people import Role

Auto: TypeAlias = Literal["after-first", "always", "never"]
"""When structure and text follow without a person's word: after the first time, from the start, or not."""
AUTOS: Final[Mapping[str, Auto]] = {"after-first": "after-first", "always": "always", "never": "never"}


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """A guild's own settings. A part without a Discord role is held by the guild's administrators only."""

    guild_id: Snowflake
    source: str | None = None
    language: str = "nl"
    auto: Auto = "after-first"
    members_post: bool = False
    log_channel_id: Snowflake | None = None
    roles: Mapping[Role, frozenset[Snowflake]] = field(default_factory=dict[Role, frozenset[Snowflake]])

    def holders(self, role: Role) -> frozenset[Snowflake]:
        """Return the ids of the Discord roles that hold a part."""
        return self.roles.get(role, frozenset())


class GuildRows(Protocol):
    """The guilds that were set up."""

    def all(self) -> Sequence[GuildSettings]:
        """Return every guild's settings."""
        ...

    def load(self, guild_id: Snowflake) -> GuildSettings | None:
        """Return a guild's settings, or None for one that was not set up."""
        ...

    def save(self, guild: GuildSettings, at: str) -> None:
        """Store a guild's settings."""
        ...
