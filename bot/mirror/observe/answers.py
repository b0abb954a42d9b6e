"""Where people wrote in what the bot made: posts and channels in which somebody else's message stands.

A message is somebody's when another than the bot is its author; that needs no privileged access to what it says.
Notices that Discord itself writes are nobody's words.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from bot.domain.ids import Snowflake
from bot.mirror.clearing import Answers, Thread, channels_of
from bot.mirror.observe.calls import UNKNOWN_CHANNEL, Calls, Raw, is_gone
from bot.mirror.observed import Observed
from bot.mirror.resources import Key, Known, ResourceKind

_PAGE: Final = 100
_NOTICES: Final = frozenset({4, 6, 18, 21})
"""Renamed, pinned, thread begun, and the copy of a message that a thread hangs on."""


class Listener:
    """Looks who wrote where."""

    def __init__(self, calls: Calls, guild_id: Snowflake, bot_id: Snowflake) -> None:
        self._calls = calls
        self._guild_id = guild_id
        self._bot_id = bot_id

    async def answers(self, known: Mapping[Key, Known], observed: Observed) -> Answers:
        """Return the posts in our channels, whoever began them, and where people wrote. Raises what calls fail with."""
        channels = channels_of(known, observed)
        forums = [each for each, row in channels.items() if row.kind is not ResourceKind.CATEGORY]
        threads = [await self._thread(raw) for raw in await self._threads(forums)]
        texts = [each for each, row in channels.items() if row.kind is ResourceKind.TEXT]
        written = [each for each in texts if await self.written_in(each)]
        return Answers(tuple(threads), frozenset(written))

    async def threads_in(self, channel_id: Snowflake) -> bool:
        """Tell whether any post stands in a channel."""
        return bool(await self._threads([channel_id]))

    async def written_in(self, channel_id: Snowflake) -> bool:
        """Tell whether somebody else than the bot wrote in a channel or post. One that is gone holds nothing."""
        query: dict[str, str | int] = {"limit": _PAGE}
        while True:
            try:
                page: list[Raw] = await self._calls.read(
                    "/channels/{channel_id}/messages", query, channel_id=channel_id
                )
            except Exception as error:
                if is_gone(error, UNKNOWN_CHANNEL):
                    return False
                raise
            if any(int(raw["author"]["id"]) != self._bot_id and raw["type"] not in _NOTICES for raw in page):
                return True
            if len(page) < _PAGE:
                return False
            query["before"] = min(int(raw["id"]) for raw in page)

    async def _thread(self, raw: Raw) -> Thread:
        thread_id, ours = Snowflake(int(raw["id"])), int(raw["owner_id"]) == self._bot_id
        return Thread(
            thread_id,
            Snowflake(int(raw["parent_id"])),
            raw["name"],
            bool(raw["thread_metadata"]["archived"]),
            ours,
            not ours or await self.written_in(thread_id),
        )

    async def _threads(self, channels: Iterable[Snowflake]) -> list[Raw]:
        """Return the posts in some channels, the oldest first."""
        wanted = frozenset(channels)
        active: Raw = await self._calls.read("/guilds/{guild_id}/threads/active", guild_id=self._guild_id)
        found = {int(raw["id"]): raw for raw in active["threads"] if int(raw["parent_id"]) in wanted}
        for channel_id in sorted(wanted):
            for raw in await self._archived(channel_id):
                found[int(raw["id"])] = raw
        return [found[each] for each in sorted(found)]

    async def _archived(self, channel_id: Snowflake) -> list[Raw]:
        found: list[Raw] = []
        query: dict[str, str | int] = {"limit": _PAGE}
        while True:
            try:
                page: Raw = await self._calls.read(
                    "/channels/{channel_id}/threads/archived/public", query, channel_id=channel_id
                )
            except Exception as error:
                if is_gone(error, UNKNOWN_CHANNEL):
                    return found
                raise
            found += page["threads"]
            if not page["has_more"] or not page["threads"]:
                return found
            query["before"] = page["threads"][-1]["thread_metadata"]["archive_timestamp"]
