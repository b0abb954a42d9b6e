"""One change of a plan, carried out: made, brought up to date, pinned or archived. Which call depends on the kind."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import discord

from bot.domain.ids import Snowflake
from bot.mirror.apply.differing import differing
from bot.mirror.apply.ledger import Ledger
from bot.mirror.links import identified
from bot.mirror.observe.calls import UNKNOWN_MESSAGE, Calls, Raw, is_archived, is_gone, is_other_pinned
from bot.mirror.observe.finding import Finder
from bot.mirror.observed import Observed
from bot.mirror.plan import Action, Change
from bot.mirror.resources import CHANNELS, GUILD, Json, Key, PostDigest, Resource, ResourceKind, content_digest

_CHANNEL: Final = "/channels/{channel_id}"
_MESSAGE: Final = "/channels/{channel_id}/messages/{message_id}"
_PIN_NOTICE: Final = 6
_NOTICES_READ: Final = 20
_PINNED: Final = 1 << 1


class Maker:
    """Carries out changes one by one. It holds what a run learns: the tags of forums, and which posts it woke."""

    def __init__(self, calls: Calls, finder: Finder, ledger: Ledger, observed: Observed) -> None:
        self._calls = calls
        self._finder = finder
        self._ledger = ledger
        self._channels: dict[Snowflake, Mapping[str, Any]] = dict(observed.channels)
        self._forums = {thread_id: thread.parent_id for thread_id, thread in observed.threads.items()}
        self._asleep = {thread_id for thread_id, thread in observed.threads.items() if thread.archived}

    async def carry_out(self, change: Change) -> None:
        """Make one change and write it down."""
        match change.action:
            case Action.CREATE | Action.RECREATE:
                await self._create(change)
            case Action.UPDATE:
                await self._update(change)
            case Action.PIN:
                await self._pin(change.resource, self._id(change.resource.key))
            case Action.ARCHIVE:
                await self._archive(change, self._id(change.resource.key))

    async def _create(self, change: Change) -> None:
        resource = change.resource
        since = await self._ledger.intend(change)
        doubtful = change.action is Action.CREATE and change.known is not None
        if resource.kind in CHANNELS:
            raw, stood = await self._create_channel(resource, since, doubtful=doubtful)
        elif resource.kind is ResourceKind.POST:
            raw, stood = await self._create_post(resource, since, doubtful=doubtful)
        else:
            raw, stood = await self._create_message(resource, since, doubtful=doubtful)
        digest = "" if stood else self._digest(resource)
        await self._ledger.write(resource, Snowflake(int(raw["id"])), digest=digest, pinned=False)
        if stood:
            await self._update(change)

    async def _create_channel(self, resource: Resource, since: Snowflake, *, doubtful: bool) -> tuple[Raw, bool]:
        payload = identified(self._ledger.content(resource), self._ledger.ids)

        async def find() -> Raw | None:
            return await self._finder.channel(resource, since, self._taken())

        guild_id = self._ledger.ids[GUILD]
        raw, stood = await self._calls.create(
            "/guilds/{guild_id}/channels", payload, find, doubtful=doubtful, guild_id=guild_id
        )
        self._channels[Snowflake(int(raw["id"]))] = raw
        return raw, stood

    async def _create_post(self, resource: Resource, since: Snowflake, *, doubtful: bool) -> tuple[Raw, bool]:
        forum_id = self._id(resource.parent)
        payload = {**self._ledger.content(resource), **self._name_and_tags(resource, forum_id)}

        async def find() -> Raw | None:
            return await self._finder.post(resource, forum_id, since, self._taken())

        return await self._calls.create(
            "/channels/{channel_id}/threads", payload, find, doubtful=doubtful, channel_id=forum_id
        )

    async def _create_message(self, resource: Resource, since: Snowflake, *, doubtful: bool) -> tuple[Raw, bool]:
        channel_id = self._id(resource.parent)
        await self._wake(channel_id)

        async def find() -> Raw | None:
            return await self._finder.message(resource, channel_id, since)

        content = self._ledger.content(resource)
        return await self._calls.create(
            "/channels/{channel_id}/messages", content, find, doubtful=doubtful, channel_id=channel_id
        )

    async def _update(self, change: Change) -> None:
        resource = change.resource
        discord_id = self._id(resource.key)
        if resource.kind is ResourceKind.POST:
            await self._update_post(change, discord_id)
        elif resource.kind in CHANNELS:
            await self._update_channel(resource, discord_id)
        else:
            await self._update_message(change, discord_id)

    async def _update_message(self, change: Change, message_id: Snowflake) -> None:
        resource = change.resource
        await self._edit(self._id(resource.parent), message_id, self._ledger.content(resource))
        pinned = change.known.pinned if change.known else False
        await self._ledger.write(resource, message_id, digest=self._digest(resource), pinned=pinned)

    async def _update_channel(self, resource: Resource, channel_id: Snowflake) -> None:
        """Send what differs from the channel as it stands, keeping the tags and permissions that people added."""
        wanted = identified(self._ledger.content(resource), self._ledger.ids)
        differs = differing(wanted, self._channels.get(channel_id, {}))
        if differs:
            raw = await self._calls.write("PATCH", _CHANNEL, differs, channel_id=channel_id)
            self._channels[channel_id] = raw
        await self._ledger.write(resource, channel_id, digest=self._digest(resource), pinned=False)

    async def _update_post(self, change: Change, thread_id: Snowflake) -> None:
        """Edit the thread, its starter message, or both, as their parts of the digest say.

        A post that is to be archived gets its name and tags with that last call.
        """
        resource = change.resource
        stands = PostDigest.parse(self._ledger.digest(resource.key))
        wanted = PostDigest.parse(self._digest(resource))
        if resource.archived:
            wanted = replace(wanted, thread=stands.thread)
        elif stands.thread != wanted.thread:
            await self._rename(resource, thread_id)
        elif stands.archived:
            await self._wake(thread_id)
        message = self._ledger.content(resource).get("message")
        if stands.starter != wanted.starter and isinstance(message, dict):
            await self._edit(thread_id, thread_id, message)
        pinned = change.known.pinned if change.known else False
        woken = PostDigest.parse(self._ledger.digest(resource.key)).woken
        await self._ledger.write(resource, thread_id, digest=str(replace(wanted, woken=woken)), pinned=pinned)

    async def _rename(self, resource: Resource, thread_id: Snowflake) -> None:
        """Give a post its name and tags, and wake it with the same call."""
        payload = self._name_and_tags(resource, self._forum_of(resource, thread_id))
        if thread_id in self._asleep:
            payload["archived"] = False
        await self._calls.write("PATCH", _CHANNEL, payload, channel_id=thread_id)
        self._asleep.discard(thread_id)

    async def _archive(self, change: Change, thread_id: Snowflake) -> None:
        """Close a post in which all is as it should be. People can still write in it, which wakes it."""
        resource = change.resource
        pinned = change.known.pinned if change.known else False
        stands = PostDigest.parse(self._ledger.digest(resource.key))
        wanted = PostDigest.parse(self._digest(resource))
        payload: dict[str, Json] = {"archived": True}
        if stands.thread != wanted.thread:
            await self._wake(thread_id)
            payload |= self._name_and_tags(resource, self._forum_of(resource, thread_id))
        if thread_id not in self._asleep:
            await self._calls.write("PATCH", _CHANNEL, payload, channel_id=thread_id)
            self._asleep.add(thread_id)
        wanted = replace(wanted, archived=resource.archived)
        await self._ledger.write(resource, thread_id, digest=str(wanted), pinned=pinned)

    async def _edit(self, channel_id: Snowflake, message_id: Snowflake, content: Mapping[str, Json]) -> None:
        await self._wake(channel_id)
        try:
            await self._calls.write("PATCH", _MESSAGE, content, channel_id=channel_id, message_id=message_id)
        except discord.HTTPException as error:
            if not is_archived(error):
                raise
            self._asleep.add(channel_id)
            await self._wake(channel_id)
            await self._calls.write("PATCH", _MESSAGE, content, channel_id=channel_id, message_id=message_id)

    async def _wake(self, channel_id: Snowflake) -> None:
        """Unarchive a post once: Discord refuses to edit in one that is archived."""
        if channel_id in self._asleep:
            await self._ledger.reopen(channel_id)
            await self._calls.write("PATCH", _CHANNEL, {"archived": False}, channel_id=channel_id)
            self._asleep.discard(channel_id)

    async def _pin(self, resource: Resource, message_id: Snowflake) -> None:
        if resource.kind is ResourceKind.POST:
            await self._pin_post(message_id)
        else:
            channel_id = self._id(resource.parent)
            await self._wake(channel_id)
            path = "/channels/{channel_id}/messages/pins/{message_id}"
            await self._calls.write("PUT", path, channel_id=channel_id, message_id=message_id)
            await self._remove_notice(channel_id, message_id)
        await self._ledger.write(resource, message_id, digest=self._digest(resource), pinned=True)

    async def _pin_post(self, thread_id: Snowflake) -> None:
        """Pin a post in its forum, which has room for one: where people pinned another, theirs stays."""
        await self._wake(thread_id)
        try:
            await self._calls.write("PATCH", _CHANNEL, {"flags": _PINNED}, channel_id=thread_id)
        except discord.HTTPException as error:
            if not is_other_pinned(error):
                raise

    async def _remove_notice(self, channel_id: Snowflake, message_id: Snowflake) -> None:
        """Remove the message in which Discord tells that something was pinned."""
        query = {"limit": _NOTICES_READ}
        last: list[Raw] = await self._calls.read("/channels/{channel_id}/messages", query, channel_id=channel_id)
        for raw in last:
            about: Raw = raw.get("message_reference") or {}
            if raw["type"] == _PIN_NOTICE and about.get("message_id") == str(message_id):
                try:
                    notice_id = Snowflake(int(raw["id"]))
                    await self._calls.write("DELETE", _MESSAGE, channel_id=channel_id, message_id=notice_id)
                except discord.NotFound as error:
                    if not is_gone(error, UNKNOWN_MESSAGE):
                        raise

    def _id(self, key: Key | None) -> Snowflake:
        place = self._ledger.place(key)
        if place is None:
            raise LookupError(key)
        return place.discord_id

    def _taken(self) -> frozenset[Snowflake]:
        return frozenset(self._ledger.ids.values())

    def _digest(self, resource: Resource) -> str:
        return content_digest(self._ledger.content(resource))

    def _forum_of(self, resource: Resource, thread_id: Snowflake) -> Snowflake:
        """Return the forum that a post stands in, which need not be that of the chapter it belongs to now."""
        return self._forums.get(thread_id) or self._id(resource.parent)

    def _name_and_tags(self, resource: Resource, forum_id: Snowflake) -> dict[str, Json]:
        """Return a post's name and the ids of its tags. A tag that people removed from the forum is left out."""
        available: list[Raw] = self._channels.get(forum_id, {}).get("available_tags") or []
        wanted = resource.content["applied_tags"]
        tags: list[Json] = [str(tag["id"]) for tag in available if isinstance(wanted, list) and tag["name"] in wanted]
        return {"name": resource.content["name"], "applied_tags": tags}
