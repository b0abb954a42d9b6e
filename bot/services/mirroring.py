"""One pass over a guild: what must change is looked up, planned and carried out, and what came of it is written down.

When a pass is made, and again after a failure, is not decided here.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import inf
from typing import Final

from bot.domain.ids import ProgrammeId, Snowflake
from bot.errors import ProgrammabrugError, StalePlan
from bot.locales import Texts
from bot.mirror.change import MAKING, Action, Change
from bot.mirror.links import Places
from bot.mirror.observed import Observed
from bot.mirror.plan import CARDS, EVERYTHING, Plan, Scope
from bot.mirror.preview import Preview, words_wanted
from bot.mirror.resources import CHANNELS, Key, Known, Layer
from bot.services.announcing import AGAIN_AFTER, ANNOUNCEMENTS, Announcing
from bot.services.guild import GuildPort, Outcome, Progress
from bot.services.ports import Clock, Store, Unit
from bot.services.requests import Request
from bot.services.stand import Stand, SyncSettings, read_stand
from bot.services.standing import Standing, confirm, end_opening, keep_open
from bot.services.sweeping import go_on
from bot.services.telling import Errand, Telling
from bot.services.thorough import last_look, look_thoroughly
from bot.services.troubles import Troubles

_OPENING: Final = Scope(frozenset({Layer.STRUCTURE, Layer.CARD}), frozenset())
"""What belongs to no section: among it every channel, that of a chapter that is gone too."""


@dataclass(frozen=True, slots=True)
class Health:
    """How the mirror stands: when all was last brought in step (Unix seconds), what waits, and what went wrong since.

    `missing` is how much people deleted that would not be in its place if it were made again. `tried` is when the last
    attempt failed (Unix seconds), and None where none did since; `thorough` when all messages were last looked at.
    """

    last_sync: int | None
    pending: int
    standing: Standing
    failure: ProgrammabrugError | None = None
    missing: int = 0
    tried: int | None = None
    thorough: int | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """What came of a pass. `held` is when what it left alone may be done: messages that were edited too lately, and
    lines that could not be said (seconds on the loop)."""

    outcome: Outcome
    held: float | None = None


class Mirroring:
    """Makes passes, one at a time. Without a guild (`None`) it only plans, by what is known."""

    def __init__(
        self, store: Store, guild: GuildPort | None, settings: SyncSettings, texts: Mapping[str, Texts], clock: Clock
    ) -> None:
        self._store = store
        self._guild = guild
        self._settings = settings
        self._texts = texts
        self._clock = clock
        self._edited: dict[Key, float] = {}
        self._places = Places(Snowflake(0))

    def settle(self, settings: SyncSettings) -> None:
        """Go by other settings from the next pass on."""
        self._settings = settings

    def link(self, key: Key) -> str | None:
        """Return the address of something in the guild as of the last pass, or None."""
        return self._places.link(key)

    def edited_until(self, key: Key) -> float:
        """Return until when a message should not be edited again for a count (seconds on the loop's clock)."""
        return self._edited.get(key, -inf) + self._settings.count_interval

    async def plan(self, programme_id: ProgrammeId, scope: Scope = EVERYTHING) -> Plan:
        """Return what a sync would change, changing nothing. Raises `DiscordRefused`."""
        stand = await self._stand(programme_id)
        observed = await self._guild.observe(stand.known) if self._guild else None
        return await self._plan(stand, observed, scope)

    async def preview(self, programme_id: ProgrammeId, *, restore: bool = False) -> Preview:
        """Return what a sync would change, with all there is to know of it. Raises `DiscordRefused`."""
        stand = await self._stand(programme_id)
        observed = await self._guild.observe(stand.known, closely=True) if self._guild else None
        plan = await self._plan(stand, observed, EVERYTHING, restore=restore)
        words = await self._store.read(lambda unit: unit.mirror.words(programme_id, words_wanted(plan)))
        return stand.preview(plan, observed, words, self._texts[stand.programme.language])

    async def health(self, programme_id: ProgrammeId) -> Health:
        """Return how the mirror stands, as far as known without asking Discord."""
        stand = await self._stand(programme_id)
        last, thorough = await self._store.read(
            lambda unit: (unit.facts.get(_last_sync(programme_id)), last_look(unit, programme_id))
        )
        pending = await self._plan(stand, None, EVERYTHING)
        return Health(
            last_sync=int(datetime.fromisoformat(last).timestamp()) if last else None,
            pending=len(pending),
            standing=stand.standing,
            missing=len(pending.missing),
            thorough=int(thorough.timestamp()) if thorough else None,
        )

    async def look_thoroughly(self, programme_id: ProgrammeId) -> int:
        """Find which messages people deleted unheard, and return how many. Raises `DiscordRefused`."""
        return await look_thoroughly(self._store, self._guild, self._clock, programme_id) if self._guild else 0

    async def make(self, request: Request, progress: Progress | None, *, owing: bool = False) -> Passed:
        """Make a pass. Raises `DiscordRefused`, and `StalePlan`, having changed nothing, where a plan fits no more.

        `owing` says that something failed before which is no part of this pass.
        """
        stand = await self._stand(request.programme_id)
        if self._guild is None or stand.programme.guild_id != self._guild.guild_id:
            return Passed(Outcome())
        word = request.confirmed and not stand.standing.cleared_since(request.said)
        stays: tuple[ProgrammabrugError, ...] = ()
        if stand.standing.clearing and request.scope == EVERYTHING and not word:
            stays = (await go_on(self._store, self._guild.clearing, request.programme_id)).failures
            stand = await self._stand(request.programme_id)
        observed = await self._guild.observe(stand.known, closely=request.restore)
        if word:
            stand = stand.confirmed()
        follows = word or self._follows(stand)
        todo = await self._todo(request, stand, observed, follows=follows)
        if word:
            await self._store.transact(lambda unit: confirm(unit, request.programme_id, self._clock()))
        held = self._held(todo, request)
        errand = Errand(
            request.programme_id,
            todo.without(frozenset(held)),
            self._texts[stand.programme.language],
            confirmed=word,
            whole=request.scope == EVERYTHING,
            follows=follows,
            progress=progress,
        )
        async with self._telling(self._guild).about(errand) as told:
            if errand.plan:
                errand.outcome = await self._guild.apply(request.programme_id, errand.plan, observed, told)
        await self._done(request, stand, errand.outcome, whole=follows and not owing)
        if not await Announcing(self._store, self._guild).tell(request.programme_id, self._places):
            held[ANNOUNCEMENTS] = loop_time() + AGAIN_AFTER
        outcome = replace(errand.outcome, failures=(*stays, *errand.outcome.failures))
        return Passed(outcome, min(held.values(), default=None))

    async def tell_troubles(self, programme_id: ProgrammeId, failures: Sequence[ProgrammabrugError]) -> None:
        """Say in the log channel what stands in the way; where nothing does, what stood there may be said again."""
        if self._guild is None:
            return
        troubles = Troubles(self._store, self._guild, self._settings.mirror.log_channel_id)
        if failures:
            head = await self._store.read(lambda unit: unit.programmes.head(programme_id))
            await troubles.tell(programme_id, failures, self._texts[head.language])
        else:
            await troubles.over(programme_id)

    async def _todo(self, request: Request, stand: Stand, observed: Observed, *, follows: bool) -> Plan:
        """Return what a pass does: what was asked for, as far as it may be done now."""
        scope = Scope(request.scope.layers & (frozenset(Layer) if follows else CARDS), request.scope.sections)
        wider = scope.joined(_OPENING) if stand.standing.opening else scope
        todo = await self._plan(stand, observed, wider, restore=request.restore)
        todo = todo.without(_not_yet(todo, scope, stand.standing))
        if request.digest is not None and request.digest != todo.digest:
            raise StalePlan("sync.stale")
        return todo

    def _telling(self, guild: GuildPort) -> Telling:
        settings = self._settings
        return Telling(self._store, guild, self._clock, settings.mirror.log_channel_id, settings.told_every)

    def _follows(self, stand: Stand) -> bool:
        """Tell whether structure and text follow without a person's word."""
        return stand.standing.confirmed and self._settings.auto != "never"

    def _held(self, todo: Plan, request: Request) -> dict[Key, float]:
        """Return the messages that were edited too recently to be edited for a count, each with when they may be."""
        now = loop_time()
        self._edited = {key: at for key, at in self._edited.items() if now - at < self._settings.count_interval}
        return {
            change.resource.key: self._edited[change.resource.key] + self._settings.count_interval
            for change in todo.changes
            if change.resource.key in self._edited
            and change.resource.kind not in CHANNELS
            and not (request.urgent and request.urgent.holds(change.resource))
        }

    async def _done(self, request: Request, stand: Stand, outcome: Outcome, *, whole: bool) -> None:
        """Remember the moment and where things stand now."""
        now, at = loop_time(), self._clock()

        def work(unit: Unit) -> Mapping[Key, Known]:
            if stand.standing.opened:
                keep_open(unit, request.programme_id, at)
            if stand.standing.opening and not (outcome.failures or outcome.stale):
                end_opening(unit, request.programme_id)
            if whole and not (outcome.failures or outcome.stale):
                # A pass that had to leave the text alone, or could not do all, did not bring the guild in step.
                unit.facts.put(_last_sync(request.programme_id), at)
            return unit.mirror.known(request.programme_id)

        known = await self._store.transact(work)
        self._edited |= dict.fromkeys(outcome.touched, now)
        self._places = replace(stand, known=known).places()

    async def _stand(self, programme_id: ProgrammeId) -> Stand:
        return await self._store.read(lambda unit: read_stand(unit, programme_id, self._settings.auto))

    async def _plan(self, stand: Stand, observed: Observed | None, scope: Scope, *, restore: bool = False) -> Plan:
        """Plan on a thread of its own: rendering a large programme takes longer than people should wait."""
        say = self._texts[stand.programme.language]
        return await asyncio.to_thread(stand.plan, observed, self._settings.mirror, say, scope, restore=restore)


def loop_time() -> float:
    """Tell the time on the clock of the loop, in seconds."""
    return asyncio.get_running_loop().time()


def _not_yet(todo: Plan, scope: Scope, standing: Standing) -> frozenset[Key]:
    """Return what a pass leaves alone.

    Where channels are only opened, that is whatever else would change in the guild's structure. Where the mirror was
    cleared away, it is whatever would be made: what still stands, because people answered to it, follows.
    """

    def waits(change: Change) -> bool:
        opens = change.action is Action.UPDATE and change.resource.kind in CHANNELS
        made = standing.cleared is not None and change.action in MAKING
        return made or not (opens or scope.holds(change.resource))

    return frozenset(change.resource.key for change in todo.changes if waits(change))


def _last_sync(programme_id: ProgrammeId) -> str:
    return f"mirror.last_sync:{programme_id}"
