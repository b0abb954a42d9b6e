"""One change of a plan, carried out: made, brought up to date, pinned or archived. Which call depends on the kind."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import discord

from bot.domain.ids import Snowflake
from bot.mirror.apply.ledger import Ledger
from bot.mirror.apply.renaming import Later, Renames
from bot.mirror.apply.rooms import Rooms
from bot.mirror.apply.sleeping import Bedroom
from bot.mirror.change import Action, Change
from bot.mirror.channels import as_text, in_category, next_category
from bot.mirror.observe.calls import (
    UNKNOWN_MESSAGE,
    Calls,
    Raw,
    is_archived,
    is_category_full,
    is_forum_refused,
    is_other_pinned,
    is_threaded,
    is_threads_full,
)
from bot.mirror.observe.finding import Finder
from bot.mirror.observed import Observed
from bot.mirror.resources import CHANNELS, Json, Key, PostDigest, Resource, ResourceKind
from bot.services.notices import Notices

_CHANNEL: Final = "/channels/{channel_id}"
_MESSAGE: Final = "/channels/{channel_id}/messages/{message_id}"
_PIN_NOTICE: Final = 6
_NOTICES_READ: Final = 20
_PINNED: Final = 1 << 1
_TEXT: Final = 0


class Maker:
    """Carries out changes one by one. It holds what a run learns: the tags of forums, and which posts it woke."""

    def __init__(
        self,
        calls: Calls,
        finder: Finder,
        ledger: Ledger,
        observed: Observed,
        bedroom: Bedroom,
        notices: Notices | None,
        renames: Renames,
    ) -> None:
        self._renames = renames
        self._names = {thread_id: thread.name for thread_id, thread in observed.threads.items()}
        self._notices = notices
        self._asleep = bedroom
        self._new: dict[Key, Snowflake] = {}
        self._full: dict[Key, Resource] = {}
        self._calls = calls
        self._finder = finder
        self._ledger = ledger
        self._rooms = Rooms(calls, finder, ledger, observed, renames)
        self._forums = {thread_id: thread.parent_id for thread_id, thread in observed.threads.items()}

    async def carry_out(self, change: Change) -> None:
        """Make one change and write it down. Raises `Later` where a part of it, a name, has to wait."""
        match change.action:
            case Action.CREATE | Action.RECREATE:
                await self._create(change)
            case Action.UPDATE:
                await self._update(change)
            case Action.PIN:
                await self._pin(change.resource, self._id(change.resource.key))
            case Action.ARCHIVE:
                await self._archive(change, self._id(change.resource.key))

    def finished(self, post: Resource, *, whole: bool) -> None:
        """Take in that a new post has all that belongs in it, or as much of that as can be made now."""
        if thread_id := self._new.pop(post.key, None):
            self._asleep.filled(thread_id, may_sleep=whole and bool(post.rests))

    async def _create(self, change: Change, *, again: bool = False) -> None:
        resource = change.resource
        if resource.parent in self._full:
            resource = in_category(resource, self._full[resource.parent].key)
        if change.action is Action.RECREATE and resource.kind is ResourceKind.POST:
            await self._clear_away(change)
        since = await self._ledger.intend(replace(change, resource=resource))
        doubtful = again or (change.action is Action.CREATE and change.known is not None)
        try:
            raw, stood = await self._call_to_create(resource, since, doubtful=doubtful)
        except discord.HTTPException as error:
            other = await self._instead(resource, error)
            if other is None:
                raise
            await self._create(Change(Action.CREATE, other), again=other is resource)
            return
        digest = "" if stood else self._ledger.digest_of(resource)
        await self._ledger.write(resource, Snowflake(int(raw["id"])), digest=digest, pinned=False)
        if stood:
            await self._update(replace(change, resource=resource))

    async def _clear_away(self, change: Change) -> None:
        """Remove what people left of a post: in a text channel its first message outlives the thread."""
        channel_id, old = self._id(change.resource.parent), change.known.discord_id if change.known else None
        if old is None or not self._rooms.is_text(channel_id) or old < channel_id:
            return
        await self._calls.delete(_MESSAGE, UNKNOWN_MESSAGE, channel_id=channel_id, message_id=old)

    async def _call_to_create(self, resource: Resource, since: Snowflake, *, doubtful: bool) -> tuple[Raw, bool]:
        if resource.kind in CHANNELS:
            return await self._rooms.create(resource, since, doubtful=doubtful)
        if resource.kind is not ResourceKind.POST:
            return await self._create_message(resource, since, doubtful=doubtful)
        await self._asleep.before_waking(patient=True)
        create = self._create_thread if self._rooms.is_text(self._id(resource.parent)) else self._create_post
        raw, stood = await create(resource, since, doubtful=doubtful)
        thread_id = Snowflake(int(raw["id"]))
        self._new[resource.key] = thread_id
        self._asleep.fills(thread_id)
        return raw, stood

    async def _instead(self, resource: Resource, error: discord.HTTPException) -> Resource | None:
        """Return what is made in the place of what Discord refused, if anything: it reacts, and counts nothing."""
        if resource.kind is ResourceKind.FORUM and is_forum_refused(error):
            return as_text(resource)
        if resource.kind is ResourceKind.POST and is_threads_full(error):
            return resource if await self._asleep.before_waking(refused=True) else None
        if resource.parent is None or not is_category_full(error):
            return None
        if resource.parent not in self._full:
            name = self._rooms.name(self._id(resource.parent))
            category = next_category(resource.parent, name, resource)
            await self._create(Change(Action.CREATE, category))
            self._full[resource.parent] = category
        return in_category(resource, self._full[resource.parent].key)

    async def _create_post(self, resource: Resource, since: Snowflake, *, doubtful: bool) -> tuple[Raw, bool]:
        forum_id = self._id(resource.parent)
        payload = {**self._ledger.content(resource), **self._rooms.name_and_tags(resource, forum_id)}

        async def find() -> Raw | None:
            return await self._finder.post(resource, forum_id, since, self._ledger.taken)

        return await self._calls.create(
            "/channels/{channel_id}/threads", payload, find, doubtful=doubtful, channel_id=forum_id
        )

    async def _create_thread(self, resource: Resource, since: Snowflake, *, doubtful: bool) -> tuple[Raw, bool]:
        """Make a post in a text channel: its first message there, and a public thread on that, which has its id."""
        channel_id = self._id(resource.parent)
        content = self._ledger.content(resource)
        first = content["message"]

        async def find() -> Raw | None:
            return await self._finder.message(resource, channel_id, since)

        raw, stood = await self._calls.create(
            "/channels/{channel_id}/messages",
            first if isinstance(first, dict) else {},
            find,
            doubtful=doubtful,
            channel_id=channel_id,
        )
        thread_id = Snowflake(int(raw["id"]))
        named: dict[str, Json] = {name: content[name] for name in ("name", "auto_archive_duration")}
        path = f"{_MESSAGE}/threads"
        try:
            await self._calls.write("POST", path, named, channel_id=channel_id, message_id=thread_id)
        except discord.HTTPException as error:
            if not is_threaded(error):
                raise
        self._forums[thread_id] = channel_id
        return raw, stood

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
            await self._rooms.update(resource, discord_id)
        else:
            await self._update_message(change, discord_id)

    async def _update_message(self, change: Change, message_id: Snowflake) -> None:
        resource = change.resource
        await self._edit(self._id(resource.parent), message_id, self._ledger.content(resource))
        pinned = change.known.pinned if change.known else False
        await self._ledger.write(resource, message_id, digest=self._ledger.digest_of(resource), pinned=pinned)

    async def _update_post(self, change: Change, thread_id: Snowflake) -> None:
        """Edit the thread, its starter message, or both, as their parts of the digest say.

        A post that is to be archived gets its name and tags with that last call. A name that has to wait keeps the
        words of the post from nothing.
        """
        waits: Later | None = None
        resource = change.resource
        stands = PostDigest.parse(self._ledger.digest(resource.key))
        wanted = PostDigest.parse(self._ledger.digest_of(resource))
        if resource.archived:
            wanted = replace(wanted, thread=stands.thread)
        elif change.restores or stands.thread != wanted.thread:
            try:
                await self._rename(resource, thread_id)
            except Later as later:
                waits, wanted = later, replace(wanted, thread=stands.thread)
        elif stands.archived:
            await self._wake(thread_id)
        forum_id = self._forum_of(resource, thread_id)
        message = self._ledger.content(resource).get("message")
        if stands.starter != wanted.starter and isinstance(message, dict):
            await self._edit(forum_id if self._rooms.is_text(forum_id) else thread_id, thread_id, message)
        pinned = change.known.pinned if change.known else False
        woken = PostDigest.parse(self._ledger.digest(resource.key)).woken
        await self._ledger.write(resource, thread_id, digest=str(replace(wanted, woken=woken)), pinned=pinned)
        if waits is not None:
            raise waits

    async def _rename(self, resource: Resource, thread_id: Snowflake) -> None:
        """Give a post its name and tags, and wake it with the same call."""
        payload = self._rooms.name_and_tags(resource, self._forum_of(resource, thread_id))
        if self._named_anew(payload, thread_id):
            self._renames.demand(thread_id)
        if thread_id in self._asleep:
            payload["archived"] = False
            await self._asleep.before_waking()
        await self._patch_post(thread_id, payload)
        if "archived" in payload:
            self._asleep.woke(thread_id)

    async def _archive(self, change: Change, thread_id: Snowflake) -> None:
        """Close a post in which all is as it should be. People can still write in it, which wakes it."""
        resource = change.resource
        pinned = change.known.pinned if change.known else False
        stands = PostDigest.parse(self._ledger.digest(resource.key))
        wanted = PostDigest.parse(self._ledger.digest_of(resource))
        payload: dict[str, Json] = {"archived": True}
        if pinned and resource.archived:
            payload["flags"], pinned = 0, False
        if stands.thread != wanted.thread:
            await self._wake(thread_id)
            payload |= self._rooms.name_and_tags(resource, self._forum_of(resource, thread_id))
        if thread_id not in self._asleep:
            await self._patch_post(thread_id, payload)
            self._asleep.fell_asleep(thread_id)
        wanted = replace(wanted, archived=resource.archived)
        await self._ledger.write(resource, thread_id, digest=str(wanted), pinned=pinned)

    def _named_anew(self, payload: Mapping[str, Json], thread_id: Snowflake) -> bool:
        return "name" in payload and payload["name"] != self._names.get(thread_id)

    async def _patch_post(self, thread_id: Snowflake, payload: Mapping[str, Json]) -> None:
        """Change a post. Raises `Later` where it gets another name too soon."""

        async def call() -> None:
            await self._calls.write("PATCH", _CHANNEL, payload, channel_id=thread_id)

        if self._named_anew(payload, thread_id):
            await self._renames.make(thread_id, call)
            self._names[thread_id] = str(payload["name"])
        else:
            await call()

    async def _edit(self, channel_id: Snowflake, message_id: Snowflake, content: Mapping[str, Json]) -> None:
        await self._wake(channel_id)
        try:
            await self._calls.write("PATCH", _MESSAGE, content, channel_id=channel_id, message_id=message_id)
        except discord.HTTPException as error:
            if not is_archived(error):
                raise
            self._asleep.fell_asleep(channel_id)
            await self._wake(channel_id)
            await self._calls.write("PATCH", _MESSAGE, content, channel_id=channel_id, message_id=message_id)

    async def _wake(self, channel_id: Snowflake) -> None:
        """Unarchive a post once: Discord refuses to edit in one that is archived."""
        if channel_id in self._asleep:
            await self._ledger.reopen(channel_id)
            await self._asleep.before_waking()
            await self._calls.write("PATCH", _CHANNEL, {"archived": False}, channel_id=channel_id)
            self._asleep.woke(channel_id)

    async def _pin(self, resource: Resource, message_id: Snowflake) -> None:
        channel_id = self._id(resource.parent)
        if resource.kind is ResourceKind.POST and not self._rooms.is_text(channel_id):
            await self._pin_post(message_id)
        else:
            await self._wake(channel_id)
            path = "/channels/{channel_id}/messages/pins/{message_id}"
            await self._calls.write("PUT", path, channel_id=channel_id, message_id=message_id)
            await self._remove_notice(channel_id, message_id)
        await self._ledger.write(resource, message_id, digest=self._ledger.digest_of(resource), pinned=True)

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
        heard = await self._notices.of(message_id) if self._notices else None
        for notice_id in (heard,) if heard else await self._look_for_notices(channel_id, message_id):
            await self._calls.delete(_MESSAGE, UNKNOWN_MESSAGE, channel_id=channel_id, message_id=notice_id)

    async def _look_for_notices(self, channel_id: Snowflake, message_id: Snowflake) -> list[Snowflake]:
        query = {"limit": _NOTICES_READ}
        last: list[Raw] = await self._calls.read("/channels/{channel_id}/messages", query, channel_id=channel_id)
        return [Snowflake(int(raw["id"])) for raw in last if _tells_of_pin(raw, message_id)]

    def _id(self, key: Key | None) -> Snowflake:
        place = self._ledger.place(key)
        if place is None:
            raise LookupError(key)
        return place.discord_id

    def _forum_of(self, resource: Resource, thread_id: Snowflake) -> Snowflake:
        """Return the forum that a post stands in, which need not be that of the chapter it belongs to now."""
        return self._forums.get(thread_id) or self._id(resource.parent)


def _tells_of_pin(raw: Raw, message_id: Snowflake) -> bool:
    about: Raw = raw.get("message_reference") or {}
    return raw["type"] == _PIN_NOTICE and about.get("message_id") == str(message_id)
