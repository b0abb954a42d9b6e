"""A clearing carried out: posts, then channels, then the category, each looked at once more right before it goes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.domain.ids import ProgrammeId, Snowflake
from bot.errors import DiscordRefused
from bot.mirror.clearing import Clearing, Fate, Step, clearing
from bot.mirror.observe.answers import Listener
from bot.mirror.observe.barring import Bars
from bot.mirror.observe.calls import (
    FAILURES,
    UNKNOWN_CHANNEL,
    UNKNOWN_MESSAGE,
    Calls,
    lacks_permission,
    refusal,
)
from bot.mirror.observe.looking import THIS_GUILD, observe
from bot.mirror.permissions import Permission
from bot.mirror.resources import CHANNELS, Key, Known, PostDigest, ResourceKind
from bot.services.guild import Cleared
from bot.services.ports import Store, Unit

_CHANNEL: Final = "/channels/{channel_id}"
_MESSAGE: Final = "/channels/{channel_id}/messages/{message_id}"


class DiscordClearing:
    """The clearing of a guild on Discord: fulfils `ClearingPort`."""

    def __init__(self, calls: Calls, guild_id: Snowflake, bot_id: Snowflake, store: Store) -> None:
        self._calls = calls
        self._listener = Listener(calls, guild_id, bot_id)
        self._bars = Bars(calls, guild_id, bot_id)
        self._guild_id = guild_id
        self._store = store

    async def look(self, known: Mapping[Key, Known]) -> Clearing:
        """Return what would go and what would stay. What the bot may not look into stays. Raises `DiscordRefused`."""
        observed = await observe(self._calls, self._guild_id, known)
        try:
            answers = await self._listener.answers(known, observed)
        except FAILURES as error:
            raise refusal(error, THIS_GUILD, Permission.READ_MESSAGE_HISTORY) from error
        barred = await self._bars.sentences(answers.closed, (Permission.READ_MESSAGE_HISTORY,))
        return replace(clearing(known, observed, answers), barred=barred)

    async def carry_out(self, programme_id: ProgrammeId, known: Mapping[Key, Known], todo: Clearing) -> Cleared:
        """Let go what is to go, writing down each as it went."""
        walk = _Walk(self._calls, self._listener, self._bars, self._store, programme_id, known)
        await walk.forget(todo.gone)
        for step in todo.steps:
            await walk.take(step)
        return Cleared(tuple(walk.removed), tuple(walk.kept), tuple(walk.failures))


class _Walk:
    """One walk through a clearing. What turns out to be answered stays, and so does what holds it."""

    def __init__(
        self,
        calls: Calls,
        listener: Listener,
        bars: Bars,
        store: Store,
        programme_id: ProgrammeId,
        known: Mapping[Key, Known],
    ) -> None:
        self.removed: list[Step] = []
        self.kept: list[Step] = []
        self.failures: list[DiscordRefused] = []
        self._calls = calls
        self._listener = listener
        self._bars = bars
        self._store = store
        self._programme_id = programme_id
        self._known = known

    async def take(self, step: Step) -> None:
        """Carry out one step, or note what stood in the way."""
        try:
            if step.fate is Fate.REMOVE and not await self._answered(step):
                await self._remove(step)
                self.removed.append(step)
                return
            if step.kind is ResourceKind.POST and step.keys and step.fate is not Fate.KEEP:
                await self._archive(step)
        except FAILURES as error:
            await self._failed(step, error)
        self.kept.append(step)

    async def _failed(self, step: Step, error: Exception) -> None:
        """Take in what Discord would not have, each thing once."""
        channel = step.kind in CHANNELS
        needed = Permission.MANAGE_CHANNELS if channel else Permission.MANAGE_THREADS
        failure = refusal(error, step.name, needed)
        if lacks_permission(error):
            failure = await self._bars.sentence(step.discord_id if channel else step.parent_id, (needed,), step.name)
        if str(failure) not in {str(each) for each in self.failures}:
            self.failures.append(failure)

    async def forget(self, keys: Sequence[Key]) -> None:
        """Write down that these stand no more."""

        def work(unit: Unit) -> None:
            for key in keys:
                unit.mirror.forget(self._programme_id, key)

        await self._store.transact(work)

    async def _answered(self, step: Step) -> bool:
        """Tell whether people wrote here since it was looked at, or something in it stays."""
        match step.kind:
            case ResourceKind.CATEGORY:
                return any(other.kind in CHANNELS for other in self.kept)
            case ResourceKind.FORUM:
                return await self._listener.threads_in(step.discord_id)
            case ResourceKind.TEXT:
                threads = await self._listener.threads_in(step.discord_id)
                return threads or await self._listener.written_in(step.discord_id)
            case _:
                return await self._listener.written_in(step.discord_id)

    async def _remove(self, step: Step) -> None:
        """Let go. A first message outside of its post goes before it: without the post nothing leads to it."""
        if step.below is not None:
            await self._calls.delete(_MESSAGE, UNKNOWN_MESSAGE, channel_id=step.below, message_id=step.discord_id)
        await self._calls.delete(_CHANNEL, UNKNOWN_CHANNEL, channel_id=step.discord_id)
        await self.forget(step.keys)

    async def _archive(self, step: Step) -> None:
        """Close a post in which people wrote. They can still write in it, which wakes it."""
        await self._calls.write("PATCH", _CHANNEL, {"archived": True}, channel_id=step.discord_id)
        row = self._known[step.keys[0]]
        digest = str(replace(PostDigest.parse(row.digest), archived=True))

        def work(unit: Unit) -> None:
            words = unit.mirror.words(self._programme_id, (row.key,)).get(row.key, ())
            unit.mirror.applied(
                self._programme_id,
                row.key,
                discord_id=step.discord_id,
                digest=digest,
                pinned=row.pinned,
                layout=row.layout,
                words=words,
            )

        await self._store.transact(work)
