"""A look at every message of the mirror, to find what people deleted while nobody listened. Once a night, not more."""

from collections import defaultdict
from collections.abc import Mapping

import structlog

from bot.domain.ids import Snowflake
from bot.locales import Phrase
from bot.mirror.observe.calls import FAILURES, UNKNOWN_CHANNEL, Calls, Raw, is_gone, lacks_permission, refusal
from bot.mirror.permissions import Permission
from bot.mirror.resources import Key, Known, ResourceKind

log = structlog.stdlib.get_logger(__name__)

_PAGE = 100


async def deleted(calls: Calls, known: Mapping[Key, Known]) -> frozenset[Snowflake]:
    """Return the ids of messages, first messages of posts among them, that stand no more. Raises `DiscordRefused`.

    A channel or post that is gone as a whole is found by every look at the guild, and is no matter here. Nor is one
    that the bot may not read: what it can't see is not deleted.
    """
    gone: set[Snowflake] = set()
    try:
        for place, wanted in sorted(_by_place(known).items()):
            gone |= wanted - await _read(calls, place, wanted)
    except FAILURES as error:
        raise refusal(error, Phrase("discord.guild"), Permission.VIEW_CHANNEL) from error
    return frozenset(gone)


def _by_place(known: Mapping[Key, Known]) -> dict[Snowflake, set[Snowflake]]:
    """Return the messages that should stand in each place. A text channel holds what its posts begin with."""
    places: defaultdict[Snowflake, set[Snowflake]] = defaultdict(set)
    for row in known.values():
        parent = known.get(row.parent) if row.parent else None
        if row.discord_id is None or row.removed or parent is None or parent.discord_id is None:
            continue
        if row.kind is ResourceKind.MESSAGE or (row.kind is ResourceKind.POST and parent.kind is ResourceKind.TEXT):
            places[parent.discord_id].add(row.discord_id)
        elif row.kind is ResourceKind.POST:
            places[row.discord_id].add(row.discord_id)
    return places


async def _read(calls: Calls, place: Snowflake, wanted: set[Snowflake]) -> set[Snowflake]:
    """Return the ids of the messages in a place, from the first that is wanted to the last."""
    found: set[Snowflake] = set()
    after = min(wanted) - 1
    while after < max(wanted):
        query: dict[str, str | int] = {"after": after, "limit": _PAGE}
        try:
            page: list[Raw] = await calls.read("/channels/{channel_id}/messages", query, channel_id=place)
        except FAILURES as error:
            if is_gone(error, UNKNOWN_CHANNEL):
                return wanted
            if lacks_permission(error):
                log.info("thorough.closed", place=place)
                return wanted
            raise
        found |= {Snowflake(int(raw["id"])) for raw in page}
        if len(page) < _PAGE:
            break
        after = max(found)
    return found
