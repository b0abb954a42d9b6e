"""Which permissions the bot needs, where, and no others: the one table from which all else about them is made. Pure.

The invite link, the documentation, what a check looks for and the sentences of refusals follow from it. Why each is
needed stands in the catalogues under `permission.NAME.why`.
"""

from dataclasses import dataclass
from enum import IntFlag, StrEnum
from typing import Final
from urllib.parse import urlencode

from bot.domain.ids import Snowflake
from bot.mirror.resources import Known, ResourceKind

_AUTHORIZE: Final = "https://discord.com/oauth2/authorize"
_SCOPES: Final = "bot applications.commands"


class Permission(IntFlag):
    """Discord's bits, those the bot needs and the one that means all. Bits without a name here are kept."""

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MANAGE_ROLES = 1 << 28
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    SEND_MESSAGES_IN_THREADS = 1 << 38
    PIN_MESSAGES = 1 << 51

    @property
    def key(self) -> str:
        """The name of one permission as the catalogues know it."""
        return (self.name or "").lower()


NONE: Final = Permission(0)
EVERYTHING: Final = ~NONE


class Spot(StrEnum):
    """Where a permission is needed: in the guild as a whole, or in a kind of channel.

    `THREADS` is a chapter in an ordinary channel, where the guild takes no forums; `LOG` somebody else's log channel.
    """

    GUILD = "guild"
    CATEGORY = "category"
    TEXT = "text"
    FORUM = "forum"
    THREADS = "threads"
    LOG = "log"


@dataclass(frozen=True, slots=True)
class Need:
    """One permission and the channels it is needed in. All are needed in the guild too, which hands them down."""

    permission: Permission
    channels: frozenset[Spot]


_OWN: Final = frozenset({Spot.CATEGORY, Spot.TEXT, Spot.FORUM, Spot.THREADS})
_POSTS: Final = frozenset({Spot.FORUM, Spot.THREADS})
_WRITTEN: Final = _POSTS | {Spot.TEXT}

NEEDS: Final = (
    Need(Permission.VIEW_CHANNEL, _OWN | {Spot.LOG}),
    Need(Permission.MANAGE_CHANNELS, _OWN),
    Need(Permission.MANAGE_ROLES, _OWN),
    Need(Permission.SEND_MESSAGES, _WRITTEN | {Spot.LOG}),
    Need(Permission.SEND_MESSAGES_IN_THREADS, _POSTS),
    Need(Permission.CREATE_PUBLIC_THREADS, frozenset({Spot.THREADS})),
    Need(Permission.MANAGE_THREADS, _POSTS),
    Need(Permission.READ_MESSAGE_HISTORY, _WRITTEN),
    Need(Permission.PIN_MESSAGES, _POSTS),
    Need(Permission.ATTACH_FILES, frozenset[Spot]()),
)
"""What the bot asks for. Pinning is a permission of its own since February 2026; managing messages does not hold it.

To remove its own messages, such as the notice that a pin leaves, takes no permission.
"""


def needed_in(spot: Spot) -> Permission:
    """Return all that is needed somewhere."""
    needed = NONE
    for need in NEEDS:
        if spot is Spot.GUILD or spot in need.channels:
            needed |= need.permission
    return needed


def listed(permissions: Permission) -> tuple[Permission, ...]:
    """Return single permissions in the order of the table."""
    return tuple(need.permission for need in NEEDS if need.permission in permissions)


def spot_of(row: Known) -> Spot:
    """Return what kind of place a channel of ours is."""
    if row.kind is ResourceKind.TEXT:
        return Spot.THREADS if row.key.startswith("chapter:") else Spot.TEXT
    return Spot.CATEGORY if row.kind is ResourceKind.CATEGORY else Spot.FORUM


def invite_link(application_id: Snowflake) -> str:
    """Return the address at which an admin lets the bot in, with the permissions of the table and no others."""
    asked = {"client_id": application_id, "permissions": int(needed_in(Spot.GUILD)), "scope": _SCOPES}
    return f"{_AUTHORIZE}?{urlencode(asked)}"
