"""Who acts: the roles of the party's own process, and a person with the roles they hold at this moment."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.ids import Snowflake
from bot.domain.text import normalise
from bot.errors import Refused

_UNSEEN: Final = frozenset({"Cc", "Cf", "Co"})
"""Unicode's categories of what shapes text and is not seen itself, or means nothing."""


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


def book_name(typed: str) -> str:
    """Return a name as it stands in the amendment book, or nothing where nobody could read it.

    What can't be seen goes: it would leave a card without a name, or turn the rest of its line around.
    """
    seen = normalise(
        "".join(letter for letter in typed if letter.isspace() or unicodedata.category(letter) not in _UNSEEN)
    )
    return seen if any(letter.isalnum() for letter in seen) else ""
