"""Finding what an interrupted run may have made: by the mark it carries, never by what it says."""

from collections.abc import Collection, Mapping
from typing import Any

from bot.domain.ids import Snowflake
from bot.mirror.observe.calls import UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, Calls, Raw, is_gone
from bot.mirror.resources import Resource, ResourceKind, mark_of, topic_mark_of

_PAGE = 100


class Finder:
    """Looks in one guild for objects of the bot's own, younger than the intent to make them."""

    def __init__(self, calls: Calls, guild_id: Snowflake, bot_id: Snowflake) -> None:
        self._calls = calls
        self._guild_id = guild_id
        self._bot_id = bot_id

    async def channel(self, resource: Resource, since: Snowflake, taken: Collection[Snowflake]) -> Raw | None:
        """Find a channel by the mark in its topic, or a category by name, type and age."""
        found: list[Raw] = await self._calls.read("/guilds/{guild_id}/channels", guild_id=self._guild_id)
        for raw in found:
            if raw["type"] != resource.content["type"] or int(raw["id"]) in taken:
                continue
            if resource.kind is ResourceKind.CATEGORY:
                if raw["name"] == resource.content["name"] and int(raw["id"]) > since:
                    return raw
            elif topic_mark_of(resource.key) in (raw.get("topic") or ""):
                return raw
        return None

    async def post(
        self, resource: Resource, forum_id: Snowflake, since: Snowflake, taken: Collection[Snowflake]
    ) -> Raw | None:
        """Find a post by the mark of its starter message."""
        active: Raw = await self._calls.read("/guilds/{guild_id}/threads/active", guild_id=self._guild_id)
        archived: Raw = await self._calls.read(
            "/channels/{channel_id}/threads/archived/public", {"limit": _PAGE}, channel_id=forum_id
        )
        for raw in (*active["threads"], *archived["threads"]):
            thread_id = Snowflake(int(raw["id"]))
            ours = int(raw["parent_id"]) == forum_id and int(raw["owner_id"]) == self._bot_id
            if ours and thread_id > since and thread_id not in taken:
                starter = await self._message(thread_id, thread_id)
                if starter and _carries(starter, mark_of(resource.key)):
                    return raw
        return None

    async def message(self, resource: Resource, channel_id: Snowflake, since: Snowflake) -> Raw | None:
        """Find a message by its mark among those younger than the intent."""
        mark = mark_of(resource.key)
        after = since
        while True:
            query = {"after": after, "limit": _PAGE}
            page: list[Raw] = await self._calls.read("/channels/{channel_id}/messages", query, channel_id=channel_id)
            for raw in page:
                if int(raw["author"]["id"]) == self._bot_id and _carries(raw, mark):
                    return raw
            if len(page) < _PAGE:
                return None
            after = Snowflake(max(int(raw["id"]) for raw in page))

    async def _message(self, channel_id: Snowflake, message_id: Snowflake) -> Raw | None:
        try:
            return await self._calls.read(
                "/channels/{channel_id}/messages/{message_id}", channel_id=channel_id, message_id=message_id
            )
        except Exception as error:
            if is_gone(error, UNKNOWN_MESSAGE) or is_gone(error, UNKNOWN_CHANNEL):
                return None
            raise


def _carries(message: Mapping[str, Any], mark: int) -> bool:
    components: list[Raw] = message.get("components") or []
    return bool(components) and components[0].get("id") == mark
