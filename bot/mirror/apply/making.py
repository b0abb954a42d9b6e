"""One change of a plan, carried out: made, brought up to date, or pinned. Which call that takes depends on the kind."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import discord

from bot.domain.ids import Snowflake
from bot.mirror.apply.ledger import Ledger
from bot.mirror.links import identified
from bot.mirror.observe.calls import UNKNOWN_MESSAGE, Calls, Raw, is_archived, is_gone
from bot.mirror.observe.finding import Finder
from bot.mirror.observed import Observed
from bot.mirror.plan import Action, Change
from bot.mirror.resources import GUILD, Json, Key, Resource, ResourceKind, content_digest

_MESSAGE: Final = "/channels/{channel_id}/messages/{message_id}"
_PIN_NOTICE: Final = 6
_NOTICES_READ: Final = 20
_CHANNELS: Final = frozenset({ResourceKind.CATEGORY, ResourceKind.TEXT, ResourceKind.FORUM})


class Maker:
    """Carries out changes one by one. It holds what a run learns: the tags of forums, and which posts it woke."""

    def __init__(self, calls: Calls, finder: Finder, ledger: Ledger, observed: Observed) -> None:
        self._calls = calls
        self._finder = finder
        self._ledger = ledger
        self._channels: dict[Snowflake, Mapping[str, Any]] = dict(observed.channels)
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

    async def _create(self, change: Change) -> None:
        resource = change.resource
        since = await self._ledger.intend(change)
        doubtful = change.action is Action.CREATE and change.known is not None
        if resource.kind in _CHANNELS:
            raw, stood = await self._create_channel(resource, since, doubtful=doubtful)
        elif resource.kind is ResourceKind.POST:
            raw, stood = await self._create_post(resource, since, doubtful=doubtful)
        else:
            raw, stood = await self._create_message(resource, since, doubtful=doubtful)
        await self._ledger.write(resource, Snowflake(int(raw["id"])), shown=not stood, pinned=False)
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
        payload = {**self._ledger.content(resource), "applied_tags": self._tags(resource, forum_id)}

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
        if resource.kind in _CHANNELS:
            await self._update_channel(resource, discord_id)
        elif resource.kind is ResourceKind.POST:
            await self._update_post(resource, discord_id)
        else:
            try:
                await self._edit(self._id(resource.parent), discord_id, self._ledger.content(resource))
            except discord.NotFound as error:
                if not is_gone(error, UNKNOWN_MESSAGE):
                    raise
                await self._restore(resource)
                return
        pinned = change.known.pinned if change.known else False
        await self._ledger.write(resource, discord_id, shown=True, pinned=pinned)

    async def _restore(self, resource: Resource) -> None:
        """Make a message anew that people deleted."""
        await self._create(Change(Action.RECREATE, resource))
        if resource.pinned:
            await self._pin(resource, self._id(resource.key))

    async def _update_channel(self, resource: Resource, channel_id: Snowflake) -> None:
        """Send what differs from the channel as it stands, keeping the tags and permissions that people added."""
        stands = self._channels.get(channel_id, {})
        wanted = identified(self._ledger.content(resource), self._ledger.ids)
        wanted["available_tags"] = _merged(stands.get("available_tags") or [], wanted.get("available_tags"), "name")
        wanted["permission_overwrites"] = _merged(
            _overwrites(stands),
            wanted.get("permission_overwrites"),
            "id",
        )
        differs = {name: value for name, value in wanted.items() if value and not _same(name, value, stands)}
        if differs:
            raw = await self._calls.write("PATCH", "/channels/{channel_id}", differs, channel_id=channel_id)
            self._channels[channel_id] = raw

    async def _update_post(self, resource: Resource, thread_id: Snowflake) -> None:
        """Edit the thread, its starter message, or both, as their parts of the digest say."""
        content = self._ledger.content(resource)
        shell, starter = content_digest(content).split(":")
        before = [*self._ledger.digest(resource.key).split(":"), ""]
        if before[0] != shell:
            payload: dict[str, Json] = {
                "name": content["name"],
                "applied_tags": self._tags(resource, self._id(resource.parent)),
            }
            await self._wake(thread_id)
            await self._calls.write("PATCH", "/channels/{channel_id}", payload, channel_id=thread_id)
        message = content["message"]
        if before[1] != starter and isinstance(message, dict):
            await self._edit(thread_id, thread_id, message)

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
            await self._calls.write("PATCH", "/channels/{channel_id}", {"archived": False}, channel_id=channel_id)
            self._asleep.discard(channel_id)

    async def _pin(self, resource: Resource, message_id: Snowflake) -> None:
        channel_id = self._id(resource.parent)
        await self._wake(channel_id)
        path = "/channels/{channel_id}/messages/pins/{message_id}"
        await self._calls.write("PUT", path, channel_id=channel_id, message_id=message_id)
        await self._remove_notice(channel_id, message_id)
        await self._ledger.write(resource, message_id, shown=True, pinned=True)

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

    def _tags(self, resource: Resource, forum_id: Snowflake) -> list[Json]:
        """Return the ids of the tags a post wants. One that people removed from the forum is left out."""
        available: list[Raw] = self._channels.get(forum_id, {}).get("available_tags") or []
        wanted = resource.content["applied_tags"]
        return [str(tag["id"]) for tag in available if isinstance(wanted, list) and tag["name"] in wanted]


def _merged(stands: Sequence[Raw], wanted: Json, by: str) -> list[Json]:
    """Return what stands with what is wanted put over it, matched by a field; the ids of what stands are kept."""
    if not isinstance(wanted, list):
        return []
    ours = {str(item[by]): item for item in wanted if isinstance(item, dict)}
    kept: list[Json] = [{**item, **ours.pop(str(item[by]), {})} for item in stands]
    return [*kept, *ours.values()]


def _overwrites(stands: Mapping[str, Any]) -> list[Raw]:
    """Return a channel's permission overwrites as they are sent: Discord answers with texts for numbers."""
    raws: list[Raw] = stands.get("permission_overwrites") or []
    return [
        {"id": raw["id"], "type": raw["type"], "allow": int(raw["allow"]), "deny": int(raw["deny"])} for raw in raws
    ]


def _same(name: str, value: Json, stands: Mapping[str, Any]) -> bool:
    return value == (_overwrites(stands) if name == "permission_overwrites" else stands.get(name))
