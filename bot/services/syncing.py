"""Bringing a guild in step with the database: one writer, a queue that folds duplicates, patience with failures.

Commands change the database and then ask here for a sync of what they touched; nothing else writes to the mirror.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import structlog

from bot.domain.amendments import Amendment
from bot.domain.ids import ProgrammeId, SectionId, Snowflake
from bot.domain.programme import Section
from bot.errors import DiscordRefused, ProgrammabrugError, StalePlan
from bot.locales import Texts
from bot.mirror.change import MAKING, Action, Change
from bot.mirror.links import Places
from bot.mirror.observed import Observed
from bot.mirror.plan import CARDS, Plan, Scope
from bot.mirror.preview import Preview, words_wanted
from bot.mirror.render.cards import card_key
from bot.mirror.resources import CHANNELS, Key, Known, Layer
from bot.services.guild import GuildPort, Outcome, Progress
from bot.services.ports import Clock, Store, Unit
from bot.services.requests import Request, Requests
from bot.services.stand import Stand, SyncSettings, read_stand
from bot.services.standing import Standing, begin_opening, confirm, end_opening, keep_open
from bot.services.telling import Errand, Telling, word_given

log = structlog.stdlib.get_logger(__name__)

EVERYTHING: Final = Scope()
LISTS: Final = Scope(CARDS, frozenset())
"""The lists of all sections, which belong to none."""
_NOTHING: Final = Scope(frozenset(), frozenset())
_OPENING: Final = Scope(frozenset({Layer.STRUCTURE, Layer.CARD}), frozenset())
"""What belongs to no section: among it every channel, that of a chapter that is gone too."""
_LONGEST_WAIT: Final = 600.0
_GRACE: Final = 5.0
_AT_ONCE: Final = 3


@dataclass(frozen=True, slots=True)
class Health:
    """How the mirror stands: when it was last synced (Unix seconds), what waits, and what went wrong last."""

    last_sync: int | None
    pending: int
    standing: Standing
    failure: ProgrammabrugError | None


class Syncing:
    """The mirror of one guild. Without a guild (`None`) it only plans, by what is known.

    `retry_after` is how many seconds a failure waits first; each time after that it waits twice as long.
    """

    def __init__(
        self,
        store: Store,
        guild: GuildPort | None,
        settings: SyncSettings,
        texts: Mapping[str, Texts],
        clock: Clock,
        *,
        retry_after: float = 1.0,
    ) -> None:
        self._store = store
        self._guild = guild
        self._settings = settings
        self._texts = texts
        self._clock = clock
        self._wait = retry_after
        self._requests = Requests()
        self._turn = asyncio.Lock()
        self._wake = asyncio.Event()
        self._moved = asyncio.Condition()
        self._busy = 0
        self._closing = False
        self._task: asyncio.Task[None] | None = None
        self._edited: dict[Key, float] = {}
        self._places = Places(Snowflake(0))
        self._failure: ProgrammabrugError | None = None

    # Asking.

    def start(self, programme_id: ProgrammeId, progress: Progress | None = None) -> None:
        """Begin to follow the database, with everything first."""
        self.enqueue(programme_id)
        self._task = asyncio.create_task(self._work(programme_id, progress))

    def enqueue(self, programme_id: ProgrammeId, scope: Scope = EVERYTHING, delay: float = 0.0) -> None:
        """Ask for a sync of what was touched. Asking twice is asking once."""
        self._add(Request(programme_id, scope, self._now() + delay, urgent=scope))

    def cards_changed(self, programme_id: ProgrammeId, section_id: SectionId) -> None:
        """Ask for the cards and the summary of a section to follow at once."""
        self.enqueue(programme_id, Scope(CARDS, frozenset({section_id})))

    def count_changed(self, programme_id: ProgrammeId, section_id: SectionId) -> None:
        """Ask for a section's counts to follow, in no more edits than one for each message and interval."""
        self._add(Request(programme_id, Scope(CARDS, frozenset({section_id})), self._now(), urgent=None))

    async def lost(self, programme_id: ProgrammeId, discord_id: Snowflake, *, message: bool) -> None:
        """Take in that a channel or post, or a message, was deleted in Discord, and ask for what can be made anew."""

        def work(unit: Unit) -> bool:
            rows = [row for row in unit.mirror.known(programme_id).values() if row.discord_id == discord_id]
            for row in rows:
                (unit.mirror.remove if message else unit.mirror.forget)(programme_id, row.key)
            return bool(rows)

        if await self._store.transact(work):
            self.enqueue(programme_id)

    def _add(self, request: Request) -> None:
        self._requests.add(request)
        self._wake.set()

    # Looking.

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
        last = await self._store.read(lambda unit: unit.facts.get(_last_sync(programme_id)))
        seconds = int(datetime.fromisoformat(last).timestamp()) if last else None
        pending = await self._plan(stand, None, EVERYTHING)
        return Health(seconds, len(pending), stand.standing, self._failure)

    def link(self, key: Key) -> str | None:
        """Return the address of something in the guild as of the last sync, or None."""
        return self._places.link(key)

    async def card_link(
        self, programme_id: ProgrammeId, section: Section, amendment: Amendment, patience: float
    ) -> str | None:
        """Have an amendment's card made, and return its address if it stands within so many seconds."""
        key = card_key(amendment)
        self.cards_changed(programme_id, section.section_id)
        try:
            async with asyncio.timeout(patience), self._moved:
                await self._moved.wait_for(lambda: self.link(key) is not None or not self._under_way())
        except TimeoutError:
            pass
        return self.link(key)

    async def idle(self) -> None:
        """Wait until everything asked for is done (or has failed too often to wait for)."""
        async with self._moved:
            await self._moved.wait_for(lambda: not self._under_way())

    def _under_way(self) -> bool:
        return self._busy > 0 or self._requests.awaited()

    # Doing.

    async def confirm(
        self,
        programme_id: ProgrammeId,
        progress: Progress | None = None,
        *,
        digest: str | None = None,
        restore: bool = False,
    ) -> ProgrammabrugError | None:
        """Bring everything in step on a person's word, and return what stood in the way, if anything.

        `digest` is that of the plan they saw. Raises `StalePlan`, having changed nothing, where that fits no more.
        From the first time on, structure and text follow by themselves where the settings say "after-first".
        """
        request = Request(programme_id, EVERYTHING, self._now(), EVERYTHING, confirmed=True, said=self._clock())
        return await self._carry_out(replace(request, digest=digest, restore=restore), progress)

    async def open(self, programme_id: ProgrammeId) -> ProgrammabrugError | None:
        """Let everybody see what only admins saw, and return what stood in the way, if anything.

        Who may see the channels is changed and nothing else; what could not be changed now is with each next pass.
        """
        await self._store.transact(lambda unit: begin_opening(unit, programme_id, self._clock()))
        return await self._carry_out(Request(programme_id, _NOTHING, self._now(), urgent=None), None)

    @asynccontextmanager
    async def alone(self) -> AsyncGenerator[None]:
        """Have the guild to oneself: no pass is made meanwhile."""
        self._busy += 1
        try:
            async with self._turn:
                yield
        finally:
            self._busy -= 1
            await self._tell()

    async def close(self, grace: float = _GRACE) -> None:
        """Stop: let a change that is under way end within so many seconds. What waits is found at the next start."""
        self._closing = True
        self._wake.set()
        if self._task is None:
            return
        done, _ = await asyncio.wait({self._task}, timeout=grace)
        if not done:
            self._task.cancel()
            await asyncio.wait({self._task})

    async def _work(self, programme_id: ProgrammeId, progress: Progress | None) -> None:
        said = await self._store.read(lambda unit: word_given(unit, programme_id, self._clock()))
        if said is not None:
            self._add(Request(programme_id, EVERYTHING, self._now(), EVERYTHING, confirmed=True, said=said))
        while not self._closing:
            request = self._requests.take(self._now())
            if request is None:
                await self._rest()
                continue
            await self._carry_out(request, progress)

    async def _rest(self) -> None:
        """Wait until something is asked, or due."""
        self._wake.clear()
        due = self._requests.next_due()
        try:
            async with asyncio.timeout(None if due is None else max(due - self._now(), 0.0)):
                await self._wake.wait()
        except TimeoutError:
            pass

    async def _carry_out(self, request: Request, progress: Progress | None) -> ProgrammabrugError | None:
        """Make one pass. What failed is remembered and asked again, later each time."""
        self._busy += 1
        try:
            outcome = await self._attempt(request, progress)
            self._failure = outcome.failures[0] if outcome.failures else None
            if self._failure or outcome.stale:
                self._again(request, at_once=self._failure is None)
            return self._failure
        finally:
            self._busy -= 1
            await self._tell()

    async def _attempt(self, request: Request, progress: Progress | None) -> Outcome:
        try:
            async with self._turn:
                outcome = await self._pass(request, progress)
        except DiscordRefused as error:
            outcome = Outcome(failures=(error,))
        except StalePlan:
            raise
        except Exception as error:  # The edge of the queue's task: one bad pass must not end it.
            log.exception("sync.broke", programme=request.programme_id)
            known = error if isinstance(error, ProgrammabrugError) else ProgrammabrugError("sync.broke")
            outcome = Outcome(failures=(known,))
        for failure in outcome.failures:
            log.warning("sync.failed", programme=request.programme_id, reason=failure.key, tries=request.tries)
        return outcome

    def _again(self, request: Request, *, at_once: bool) -> None:
        tries = request.tries + 1
        delay = 0.0 if at_once and tries <= _AT_ONCE else min(self._wait * 2.0 ** (tries - 1), _LONGEST_WAIT)
        self._add(replace(request, due=self._now() + delay, tries=tries, digest=None))

    async def _pass(self, request: Request, progress: Progress | None) -> Outcome:
        stand = await self._stand(request.programme_id)
        if self._guild is None or stand.programme.guild_id != self._guild.guild_id:
            return Outcome()
        observed = await self._guild.observe(stand.known, closely=request.restore)
        word = request.confirmed and not stand.standing.cleared_since(request.said)
        if word:
            stand = stand.confirmed()
        follows = word or self._follows(stand)
        scope = Scope(request.scope.layers & (frozenset(Layer) if follows else CARDS), request.scope.sections)
        wider = scope.joined(_OPENING) if stand.standing.opening else scope
        todo = await self._plan(stand, observed, wider, restore=request.restore)
        todo = todo.without(_not_yet(todo, scope, stand.standing))
        if request.digest not in {None, todo.digest}:
            raise StalePlan("sync.stale")
        if word:
            await self._store.transact(lambda unit: confirm(unit, request.programme_id, self._clock()))
        wanted = todo.without(self._held(todo, request))
        errand = Errand(
            request.programme_id,
            wanted,
            self._texts[stand.programme.language],
            confirmed=word,
            whole=request.scope == EVERYTHING,
            follows=follows,
            progress=progress,
        )
        async with self._telling(self._guild).about(errand) as told:
            if wanted:
                errand.outcome = await self._guild.apply(request.programme_id, wanted, observed, told)
        await self._done(request, stand, errand.outcome, whole=follows)
        return errand.outcome

    def _telling(self, guild: GuildPort) -> Telling:
        settings = self._settings
        return Telling(self._store, guild, self._clock, settings.mirror.log_channel_id, settings.told_every)

    def _follows(self, stand: Stand) -> bool:
        """Tell whether structure and text follow without a person's word."""
        return stand.standing.confirmed and self._settings.auto != "never"

    def _held(self, todo: Plan, request: Request) -> frozenset[Key]:
        """Return the messages that were edited too recently to be edited for a count, and ask for them later."""
        now = self._now()
        self._edited = {key: at for key, at in self._edited.items() if now - at < self._settings.count_interval}
        held = {
            change.resource.key: self._edited[change.resource.key] + self._settings.count_interval
            for change in todo.changes
            if change.resource.key in self._edited
            and change.resource.kind not in CHANNELS
            and not (request.urgent and request.urgent.holds(change.resource))
        }
        if held:
            self._add(Request(request.programme_id, request.scope, min(held.values()), urgent=None))
        return frozenset(held)

    async def _done(self, request: Request, stand: Stand, outcome: Outcome, *, whole: bool) -> None:
        """Remember the moment and where things stand now."""
        now, at = self._now(), self._clock()

        def work(unit: Unit) -> Mapping[Key, Known]:
            if stand.standing.opened:
                keep_open(unit, request.programme_id, at)
            if stand.standing.opening and not (outcome.failures or outcome.stale):
                end_opening(unit, request.programme_id)
            if whole:  # a pass that had to leave the text alone did not bring the guild in step
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

    async def _tell(self) -> None:
        async with self._moved:
            self._moved.notify_all()

    @staticmethod
    def _now() -> float:
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
