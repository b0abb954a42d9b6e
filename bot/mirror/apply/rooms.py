"""The channels of a guild: made, brought up to date, and what they mean for the posts in them."""

from collections.abc import Mapping
from typing import Any, Final

from bot.domain.ids import Snowflake
from bot.mirror.apply.differing import differing
from bot.mirror.apply.ledger import Ledger
from bot.mirror.apply.renaming import Later, Renames
from bot.mirror.links import identified
from bot.mirror.observe.calls import Calls, Raw
from bot.mirror.observe.finding import Finder
from bot.mirror.observed import Observed
from bot.mirror.resources import GUILD, Json, Resource

_CHANNEL: Final = "/channels/{channel_id}"
_TEXT: Final = 0
_THROTTLED: Final = frozenset({"name", "topic"})


class Rooms:
    """The channels as they stand, with what a run made and changed."""

    def __init__(self, calls: Calls, finder: Finder, ledger: Ledger, observed: Observed, renames: Renames) -> None:
        self._renames = renames
        self._calls = calls
        self._finder = finder
        self._ledger = ledger
        self._channels: dict[Snowflake, Mapping[str, Any]] = dict(observed.channels)

    def name(self, channel_id: Snowflake) -> str:
        """Return the name of a channel."""
        return str(self._channels[channel_id]["name"])

    def is_text(self, channel_id: Snowflake) -> bool:
        """Tell whether it is a text channel, in which posts are threads on messages."""
        return self._channels.get(channel_id, {}).get("type") == _TEXT

    async def create(self, resource: Resource, since: Snowflake, *, doubtful: bool) -> tuple[Raw, bool]:
        """Make a channel, and tell whether it stood already."""
        payload = identified(self._ledger.content(resource), self._ledger.ids)

        async def find() -> Raw | None:
            return await self._finder.channel(resource, since, self._ledger.taken)

        guild_id = self._ledger.ids[GUILD]
        raw, stood = await self._calls.create(
            "/guilds/{guild_id}/channels", payload, find, doubtful=doubtful, guild_id=guild_id
        )
        self._channels[Snowflake(int(raw["id"]))] = raw
        return raw, stood

    async def update(self, resource: Resource, channel_id: Snowflake) -> None:
        """Send what differs from the channel as it stands, keeping the tags and permissions that people added.

        Raises `Later` where its name or topic has to wait; the rest is sent.
        """
        wanted = identified(self._ledger.content(resource), self._ledger.ids)
        differs = differing(wanted, self._channels.get(channel_id, {}))
        try:
            if _THROTTLED & differs.keys():
                await self._renames.make(channel_id, lambda: self._patch(channel_id, differs))
            else:
                await self._patch(channel_id, differs)
        except Later:
            await self._patch(channel_id, {name: differs[name] for name in differs.keys() - _THROTTLED})
            raise
        await self._ledger.write(resource, channel_id, digest=self._ledger.digest_of(resource), pinned=False)

    async def _patch(self, channel_id: Snowflake, payload: Mapping[str, Json]) -> None:
        if payload:
            self._channels[channel_id] = await self._calls.write("PATCH", _CHANNEL, payload, channel_id=channel_id)

    def name_and_tags(self, resource: Resource, forum_id: Snowflake) -> dict[str, Json]:
        """Return a post's name and the ids of its tags. A tag that people removed from the forum is left out.

        Threads in a text channel have none.
        """
        if self.is_text(forum_id):
            return {"name": resource.content["name"]}
        available: list[Raw] = self._channels.get(forum_id, {}).get("available_tags") or []
        wanted = resource.content["applied_tags"]
        tags: list[Json] = [str(tag["id"]) for tag in available if isinstance(wanted, list) and tag["name"] in wanted]
        return {"name": resource.content["name"], "applied_tags": tags}
