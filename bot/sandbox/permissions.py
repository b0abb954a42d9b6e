"""Permissions as bits, and how roles and overwrites add up to what somebody may do."""

from collections.abc import Iterable
from enum import IntFlag

from bot.sandbox.wire import Json


class Permissions(IntFlag):
    """Discord's permission bits that this server looks at."""

    CREATE_INSTANT_INVITE = 1 << 0
    KICK_MEMBERS = 1 << 1
    BAN_MEMBERS = 1 << 2
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_AUDIT_LOG = 1 << 7
    STREAM = 1 << 9
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    SEND_TTS_MESSAGES = 1 << 12
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    CONNECT = 1 << 20
    SPEAK = 1 << 21
    USE_VAD = 1 << 25
    CHANGE_NICKNAME = 1 << 26
    MANAGE_NICKNAMES = 1 << 27
    MANAGE_ROLES = 1 << 28
    MANAGE_WEBHOOKS = 1 << 29
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    USE_EXTERNAL_STICKERS = 1 << 37
    SEND_MESSAGES_IN_THREADS = 1 << 38
    SEND_POLLS = 1 << 49
    USE_EXTERNAL_APPS = 1 << 50
    PIN_MESSAGES = 1 << 51


NO_PERMISSIONS = Permissions(0)
ALL = Permissions((1 << 53) - 1)


def parse(value: object) -> Permissions:
    """Read permissions from the string or number they travel as."""
    return Permissions(int(str(value)) & ALL) if value else Permissions(0)


def of_roles(roles: Iterable[Json]) -> Permissions:
    """Add up what roles grant in the whole guild."""
    total = Permissions(0)
    for role in roles:
        total |= parse(role["permissions"])
    return ALL if total & Permissions.ADMINISTRATOR else total


def with_overwrites(
    base: Permissions, overwrites: Iterable[Json], *, everyone: str, role_ids: Iterable[str], user_id: str
) -> Permissions:
    """Apply a channel's overwrites: everybody's first, then the roles' together, then the person's own."""
    if base & Permissions.ADMINISTRATOR:
        return ALL
    by_id = {str(overwrite["id"]): overwrite for overwrite in overwrites}
    result = base
    for group in ([everyone], [role for role in role_ids if role != everyone], [user_id]):
        allow = deny = Permissions(0)
        for target in group:
            overwrite = by_id.get(target)
            if overwrite is not None:
                allow |= parse(overwrite["allow"])
                deny |= parse(overwrite["deny"])
        result = (result & ~deny) | allow
    # Who cannot see a channel can do nothing in it, whatever else is granted.
    return result if result & Permissions.VIEW_CHANNEL else Permissions(0)
