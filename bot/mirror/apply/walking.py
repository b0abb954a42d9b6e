"""A plan carried out in order: channels, in each its posts beside each other, and what links to them last."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from discord.http import HTTPClient

from bot.domain.ids import ProgrammeId, Snowflake
from bot.errors import DiscordRefused
from bot.mirror.apply.clearing import DiscordClearing
from bot.mirror.apply.ledger import Ledger
from bot.mirror.apply.making import Maker
from bot.mirror.apply.refusing import Refusals
from bot.mirror.apply.renaming import Later, Renames
from bot.mirror.apply.sleeping import MOST_ACTIVE, Bedroom
from bot.mirror.apply.telling import Teller
from bot.mirror.change import MAKING, Action, Change
from bot.mirror.links import named_in
from bot.mirror.observe.barring import Bars
from bot.mirror.observe.calls import FAILURES, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, Calls, is_category_gone, is_gone
from bot.mirror.observe.finding import Finder
from bot.mirror.observe.looking import observe, with_pins
from bot.mirror.observe.thorough import deleted
from bot.mirror.observed import Observed
from bot.mirror.order import waves
from bot.mirror.permissions import Permission
from bot.mirror.plan import Plan
from bot.mirror.resources import CHANNELS, Json, Key, Known, ResourceKind
from bot.services.guild import Outcome, Progress
from bot.services.notices import Notices
from bot.services.ports import Clock, Store

_AT_ONCE: Final = 200
"""Changes side by side. Most of them wait for the limit of their own post, and must not keep others from their turn."""


class DiscordGuild:
    """A guild behind discord.py's HTTP client: fulfils `GuildPort`. `notices` are heard where there is a gateway."""

    def __init__(
        self,
        http: HTTPClient,
        guild_id: Snowflake,
        bot_id: Snowflake,
        store: Store,
        clock: Clock,
        *,
        most_active: int = MOST_ACTIVE,
        notices: Notices | None = None,
        renames: Renames | None = None,
    ) -> None:
        self._renames = renames or Renames()
        self._notices = notices
        self._most_active = most_active
        self._calls = Calls(http)
        self._guild_id = guild_id
        self._bot_id = bot_id
        self._store = store
        self._clock = clock

    @property
    def guild_id(self) -> Snowflake:
        """The guild's id."""
        return self._guild_id

    @property
    def clearing(self) -> DiscordClearing:
        """What takes the mirror out of it again."""
        return DiscordClearing(self._calls, self._guild_id, self._bot_id, self._store)

    async def observe(self, known: Mapping[Key, Known], *, closely: bool = False) -> Observed:
        """Look at the guild's channels and posts, and `closely` at what is pinned too. Raises `DiscordRefused`.

        Only a close look, which is for a person to read, says what bars the bot from a channel that is closed to it.
        """
        observed = await observe(self._calls, self._guild_id, known)
        if not closely:
            return observed
        observed = await with_pins(self._calls, known, observed)
        barred = await self._bars().sentences(observed.closed, (Permission.READ_MESSAGE_HISTORY,))
        return replace(observed, barred=barred)

    def _bars(self) -> Bars:
        return Bars(self._calls, self._guild_id, self._bot_id)

    async def tell(
        self, programme_id: ProgrammeId, key: Key, channel_id: Snowflake, content: Mapping[str, Json]
    ) -> None:
        """Say something once under a key, and anew in the same message from then on. Raises `DiscordRefused`."""
        finder = Finder(self._calls, self._guild_id, self._bot_id)
        await Teller(self._calls, finder, self._store, self._clock).tell(programme_id, key, channel_id, content)

    async def deleted(self, known: Mapping[Key, Known]) -> frozenset[Snowflake]:
        """Read all messages of the mirror, and return which stand no more. Raises `DiscordRefused`."""
        return await deleted(self._calls, known)

    async def apply(
        self, programme_id: ProgrammeId, plan: Plan, observed: Observed, progress: Progress | None = None
    ) -> Outcome:
        """Make the changes of a plan, writing down each as it is made.

        What Discord refuses is in the outcome; what the store raises ends the run.
        """
        ledger = Ledger(self._store, self._clock, programme_id, plan, self._bot_id)
        finder = Finder(self._calls, self._guild_id, self._bot_id)
        bedroom = Bedroom(self._calls, observed, plan.resting, self._most_active)
        maker = Maker(self._calls, finder, ledger, observed, bedroom, self._notices, self._renames)
        walk = _Walk(ledger, maker, Refusals(self._bars(), ledger, plan, observed), plan, progress)
        return await walk.run()


class _Walk:
    """One walk through a plan."""

    def __init__(self, ledger: Ledger, maker: Maker, refusals: Refusals, plan: Plan, progress: Progress | None) -> None:
        self._ledger = ledger
        self._maker = maker
        self._refusals = refusals
        self._plan = plan
        self._progress = progress
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._coming = {change.resource.key: asyncio.Event() for change in plan.changes}
        self._makes = {change.resource.key for change in plan.changes if change.action in MAKING}
        self._touched: list[Key] = []
        self._failures: list[DiscordRefused] = []
        self._stale = False
        self._later: float | None = None

    async def run(self) -> Outcome:
        if self._plan.lost:
            await self._ledger.forget(*self._plan.lost)
        changes = self._plan.changes
        channels = [change for change in changes if change.resource.kind in CHANNELS]
        async with asyncio.TaskGroup() as group:
            group.create_task(self._open(channels))
            earlier = {change.resource.key for change in channels}
            for wave in waves(changes):
                for lane in _lanes(wave):
                    group.create_task(self._lane(lane, group, frozenset(earlier)))
                earlier.update(change.resource.key for place in wave for change in place)
        return Outcome(frozenset(self._touched), tuple(self._failures), self._stale, self._later)

    async def _open(self, channels: Sequence[Change]) -> None:
        """Make the channels one after the other: what belongs in the first need not wait for the last."""
        for change in channels:
            await self._step(change)

    async def _lane(self, posts: Sequence[Sequence[Change]], group: asyncio.TaskGroup, earlier: frozenset[Key]) -> None:
        """Make the posts of a forum one after the other, and leave each one's messages to a task of its own."""
        for post in posts:
            await self._came(_needed(post, earlier))
            first, *rest = post
            if first.resource.kind is not ResourceKind.POST:
                group.create_task(self._in_order(post))
                continue
            made = await self._step(first)
            if made or first.action not in MAKING:
                group.create_task(self._fill(first, rest, whole=made))
            else:
                self._maker.finished(first.resource, whole=False)
                self._passed(rest)

    async def _fill(self, post: Change, rest: Sequence[Change], *, whole: bool) -> None:
        """Make what belongs in a post; a new one may sleep after that, where there are too many."""
        whole = await self._in_order(rest, whole=whole)
        if post.action in MAKING:
            self._maker.finished(post.resource, whole=whole)

    async def _in_order(self, changes: Sequence[Change], *, whole: bool = True) -> bool:
        """Make changes one after the other, and stop at one that was not made: what follows belongs below it.

        A post is closed only when all before that was made. Tells whether all was.
        """
        for change in changes:
            if change.action is Action.ARCHIVE and not whole:
                break
            if not await self._step(change):
                whole = False
                if change.action in MAKING:
                    break
        self._passed(changes)
        return whole

    async def _came(self, keys: Iterable[Key]) -> None:
        """Wait until things were made, or were found not to be for making now."""
        for key in keys:
            if coming := self._coming.get(key):
                await coming.wait()

    def _passed(self, changes: Iterable[Change]) -> None:
        """Let nobody wait any longer for what these changes make."""
        for change in changes:
            if coming := self._coming.get(change.resource.key):
                coming.set()

    async def _step(self, change: Change) -> bool:
        """Make a change once its parent was made, and tell whether it was."""
        parent = change.resource.parent
        if parent in self._makes:
            await self._came((parent,))
        made = await self._attempt(change)
        self._passed((change,))
        return made

    async def _attempt(self, change: Change) -> bool:
        parent = change.resource.parent
        if parent is not None and self._ledger.place(parent) is None:
            return False
        async with self._turns:
            if self._refusals.shut(change):
                return False
            try:
                await self._maker.carry_out(change)
            except Later as later:
                self._later = min(later.at, self._later or later.at)
                return False
            except FAILURES as error:
                await self._failed(change, error)
                return False
        self._touched.append(change.resource.key)
        if self._progress:
            self._progress(len(self._touched), len(self._plan), change.resource.title)
        return True

    async def _failed(self, change: Change, error: Exception) -> None:
        """Take in what Discord said: what is gone is planned anew, the rest is a failure."""
        if is_gone(error, UNKNOWN_MESSAGE):
            await self._ledger.remove(change.resource.key)
            self._stale = True
            return
        parent = change.resource.parent
        lost = change.resource.key if change.resource.kind is not ResourceKind.MESSAGE else parent
        if is_gone(error, UNKNOWN_CHANNEL) and (gone := parent if change.action in MAKING else lost):
            await self._ledger.forget(gone)
            self._stale = True
            return
        if parent is not None and is_category_gone(error):
            await self._ledger.forget(parent)
            self._stale = True
            return
        if failure := await self._refusals.sentence(change, error):
            self._failures.append(failure)


def _needed(post: Sequence[Change], earlier: frozenset[Key]) -> Iterable[Key]:
    """Return what a post waits for of all that comes earlier: a new one for what it links to, an edit for the whole."""
    if any(change.action is Action.UPDATE for change in post):
        return earlier
    return {key for change in post for key in named_in(change.resource.content) & earlier}


def _lanes(posts: Sequence[list[Change]]) -> list[list[list[Change]]]:
    """Return the posts by forum, so that posts of a forum are made in their order."""
    lanes: dict[Key, list[list[Change]]] = {}
    for post in posts:
        root = post[0].resource
        lane = root.parent if root.kind is ResourceKind.POST else root.key
        lanes.setdefault(lane or root.key, []).append(post)
    return list(lanes.values())
