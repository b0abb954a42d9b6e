"""Who acts: the roles of the party's own process, and a person with the roles they hold at this moment."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import Snowflake
from bot.errors import Refused


class Role(StrEnum):
    """A part somebody plays in the process. Each is a set of Discord roles in the settings."""

    MEMBER = "member"
    SECRETARY = "secretary"
    COMMITTEE = "committee"
    CHAIR = "chair"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person who acts, with their roles as they were when they pressed or typed.

    `guild_id` is the guild they act in: their roles are of it, and what is not of it is not there for them. None is
    nobody's guild, as on the command line.
    """

    member_id: Snowflake
    name: str
    roles: frozenset[Role]
    guild_id: Snowflake | None = None

    def demand(self, role: Role) -> None:
        """Raise `Refused` unless this person holds the role. The edge adds whom to ask."""
        if role not in self.roles:
            raise Refused("refused.role", role=role)
