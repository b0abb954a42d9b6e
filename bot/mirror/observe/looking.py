"""A look at a guild: two reads however large it is, and lists of archived posts only where a known post is missing."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.domain.ids import Snowflake
from bot.locales import Phrase
from bot.mirror.observe.calls import FAILURES, UNKNOWN_CHANNEL, Calls, Raw, is_gone, lacks_permission, refusal
from bot.mirror.observed import Observed, ObservedThread
from bot.mirror.permissions import Permission
from bot.mirror.resources import Json, Key, Known, ResourceKind

_PAGE = 100
THIS_GUILD: Final = Phrase("discord.guild")
"""What is said where no channel can be named."""
_HOLDS_POSTS = frozenset({ResourceKind.FORUM, ResourceKind.TEXT})


async def observe(calls: Calls, guild_id: Snowflake, known: Mapping[Key, Known]) -> Observed:
    """Return the guild's channels, its active posts, and the archived ones among those known.

    What the bot may not look into is told, and stands as far as is known. Raises `DiscordRefused`.
    """
    closed: set[Snowflake] = set()
    try:
        found: list[Raw] = await calls.read("/guilds/{guild_id}/channels", guild_id=guild_id)
        active: Raw = await calls.read("/guilds/{guild_id}/threads/active", guild_id=guild_id)
        channels: dict[Snowflake, Mapping[str, Json]] = {Snowflake(int(each["id"])): each for each in found}
        threads = dict(_thread(raw) for raw in active["threads"])
        for forum_id in _forums_to_search(known, channels, threads):
            wanted = _posts_of(known, forum_id) - set(threads)
            found_there = await _archived(calls, forum_id, wanted)
            if found_there is None:  # what the bot may not see any more is not gone
                closed.add(forum_id)
                found_there = dict.fromkeys(wanted, ObservedThread(forum_id, archived=False))
            threads |= found_there
    except FAILURES as error:
        raise refusal(error, THIS_GUILD, Permission.VIEW_CHANNEL) from error
    return Observed(channels, threads, closed=frozenset(closed))


async def with_pins(calls: Calls, known: Mapping[Key, Known], observed: Observed) -> Observed:
    """Return a look with what is pinned where the mirror pinned something: a read for each of those posts.

    Nothing is known of the pins in a channel that is closed to the bot. Raises `DiscordRefused`.
    """
    posts = {row.key: row.discord_id for row in known.values() if row.discord_id in observed.threads}
    parents = {posts.get(row.parent) for row in known.values() if row.pinned and row.parent is not None}
    forums = {place: observed.threads[place].parent_id for place in filter(None, parents)}
    places = sorted(place for place, forum_id in forums.items() if forum_id not in observed.closed)
    try:
        found = await asyncio.gather(*(_pins(calls, place) for place in places))
    except FAILURES as error:
        raise refusal(error, THIS_GUILD, Permission.VIEW_CHANNEL) from error
    pins = {place: pinned for place, pinned in zip(places, found, strict=True) if pinned is not None}
    closed = observed.closed | {forums[place] for place in places if place not in pins}
    return replace(observed, pins=pins, closed=closed)


async def _pins(calls: Calls, channel_id: Snowflake) -> frozenset[Snowflake] | None:
    """Return what is pinned in a post, None where the bot may not know; one that is gone by now has nothing."""
    pinned: set[Snowflake] = set()
    query: dict[str, str | int] = {"limit": 50}
    more = True
    while more:
        try:
            page: Raw = await calls.read("/channels/{channel_id}/messages/pins", query, channel_id=channel_id)
        except FAILURES as error:
            if is_gone(error, UNKNOWN_CHANNEL):
                break
            if lacks_permission(error):
                return None
            raise
        pinned |= {Snowflake(int(item["message"]["id"])) for item in page["items"]}
        more = bool(page["has_more"] and page["items"])
        if more:
            query["before"] = page["items"][-1]["pinned_at"]
    return frozenset(pinned)


def _forums_to_search(
    known: Mapping[Key, Known], channels: Mapping[Snowflake, object], threads: Mapping[Snowflake, object]
) -> list[Snowflake]:
    forums = {row.discord_id for row in known.values() if row.kind in _HOLDS_POSTS and row.discord_id in channels}
    return [forum for forum in sorted(filter(None, forums)) if _posts_of(known, forum) - set(threads)]


def _posts_of(known: Mapping[Key, Known], forum_id: Snowflake) -> set[Snowflake]:
    posts: set[Snowflake] = set()
    for row in known.values():
        forum = known.get(row.parent) if row.parent else None
        if row.kind is ResourceKind.POST and row.discord_id is not None and forum and forum.discord_id == forum_id:
            posts.add(row.discord_id)
    return posts


async def _archived(
    calls: Calls, forum_id: Snowflake, wanted: set[Snowflake]
) -> dict[Snowflake, ObservedThread] | None:
    """Return archived posts of a forum, reading on until all that are wanted were seen; None where it is closed."""
    seen: dict[Snowflake, ObservedThread] = {}
    query: dict[str, str | int] = {"limit": _PAGE}
    while wanted - set(seen):
        try:
            page: Raw = await calls.read("/channels/{channel_id}/threads/archived/public", query, channel_id=forum_id)
        except FAILURES as error:
            if is_gone(error, UNKNOWN_CHANNEL):
                break
            if lacks_permission(error):
                return None
            raise
        seen |= dict(_thread(raw) for raw in page["threads"])
        if not page["has_more"] or not page["threads"]:
            break
        query["before"] = page["threads"][-1]["thread_metadata"]["archive_timestamp"]
    return seen


def _thread(raw: Raw) -> tuple[Snowflake, ObservedThread]:
    state: Raw = raw["thread_metadata"]
    return Snowflake(int(raw["id"])), ObservedThread(
        Snowflake(int(raw["parent_id"])),
        bool(state["archived"]),
        raw.get("message_count"),
        Snowflake(int(raw.get("last_message_id") or raw["id"])),
        raw["name"],
        frozenset(str(tag) for tag in raw.get("applied_tags") or ()),
        bool(state["locked"]),
    )
