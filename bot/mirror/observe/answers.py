"""Where people wrote in what the bot made: posts and channels in which somebody else's message stands.

A message is somebody's when another than the bot is its author; that needs no privileged access to what it says.
Notices that Discord itself writes are nobody's words.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from bot.domain.ids import Snowflake
from bot.mirror.clearing import Answers, Thread, channels_of
from bot.mirror.observe.calls import FAILURES, UNKNOWN_CHANNEL, Calls, Raw, is_gone, lacks_permission
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
        """Return the posts in our channels, whoever began them, and where people wrote. Raises what calls fail with.

        A channel that the bot may not read is told as closed: whether people wrote there is not known.
        """
        channels = channels_of(known, observed)
        rooms = sorted(each for each, row in channels.items() if row.kind is not ResourceKind.CATEGORY)
        active = await self._active()
        threads: list[Thread] = []
        written, closed = set[Snowflake](), set[Snowflake](observed.closed)
        for room in rooms:
            try:
                found = [await self._thread(raw) for raw in await self._threads(room, active)]
                if channels[room].kind is ResourceKind.TEXT and await self.written_in(room):
                    written.add(room)
            except FAILURES as error:
                if not lacks_permission(error):
                    raise
                closed.add(room)
            else:
                threads += found
        threads.sort(key=lambda thread: thread.discord_id)
        return Answers(tuple(threads), frozenset(written), frozenset(closed))

    async def threads_in(self, channel_id: Snowflake) -> bool:
        """Tell whether any post stands in a channel."""
        return bool(await self._threads(channel_id, await self._active()))

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

    async def _active(self) -> list[Raw]:
        """Return the posts of the guild that are awake."""
        active: Raw = await self._calls.read("/guilds/{guild_id}/threads/active", guild_id=self._guild_id)
        return active["threads"]

    async def _threads(self, channel_id: Snowflake, active: Iterable[Raw]) -> list[Raw]:
        """Return the posts in a channel, those that sleep too."""
        found = {int(raw["id"]): raw for raw in active if int(raw["parent_id"]) == channel_id}
        found |= {int(raw["id"]): raw for raw in await self._archived(channel_id)}
        return list(found.values())

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
