"""Keeping one guild in step with the database: one writer, a queue that folds duplicates, patience with failures.

Commands change the database and then ask here for a sync of what they touched; nothing else writes to the mirror. What
a pass does is not decided here.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import structlog

from bot.domain.amendments import Amendment
from bot.domain.ids import ProgrammeId, SectionId, Snowflake
from bot.domain.programme import Section
from bot.errors import DiscordRefused, NotFound, ProgrammabrugError, Refused, StalePlan
from bot.locales import Texts
from bot.mirror.plan import CARDS, EVERYTHING, PROCEEDINGS, Plan, Scope
from bot.mirror.preview import Preview
from bot.mirror.render.cards import card_key
from bot.mirror.resources import Key
from bot.services.guild import GuildPort, Outcome, Progress
from bot.services.mirroring import Health, Mirroring, loop_time
from bot.services.ports import Clock, Store, Unit
from bot.services.requests import Request, Requests
from bot.services.stand import SyncSettings
from bot.services.standing import Standing, begin_opening, read_standing
from bot.services.telling import word_given

log = structlog.stdlib.get_logger(__name__)

_NOTHING: Final = Scope(frozenset(), frozenset())
_LONGEST_WAIT: Final = 600.0
_GRACE: Final = 5.0
_AT_ONCE: Final = 3
_GATHERED: Final = 0.25
"""Seconds for which counts are gathered: where many press at once, no pass holds up the answer to the next."""


@dataclass(frozen=True, slots=True)
class _Failure:
    """What stood in the way, when (Unix seconds), and of what: it is over when a pass over as much went well."""

    error: ProgrammabrugError
    at: int
    scope: Scope


class GuildSyncing:
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
        self._clock = clock
        self._guild = guild
        self._settings = settings
        self._mirroring = Mirroring(store, guild, settings, texts, clock)
        self._wait = retry_after
        self._requests = Requests()
        self._turn = asyncio.Lock()
        self._wake = asyncio.Event()
        self._moved = asyncio.Condition()
        self._busy = 0
        self._closing = False
        self._task: asyncio.Task[None] | None = None
        self._failure: _Failure | None = None
        self._progress: Progress | None = None
        self._troubled = True  # what was said before the last start may be over

    def settle(self, settings: SyncSettings) -> None:
        """Go by other settings from the next pass on."""
        self._settings = settings
        self._mirroring.settle(settings)

    # Asking.

    def start(self, programme_id: ProgrammeId, progress: Progress | None = None) -> None:
        """Begin to follow the database, with everything first. `progress` hears of every run from then on."""
        self._progress = progress
        self.enqueue(programme_id)
        self._task = asyncio.create_task(self._work(programme_id))

    def enqueue(self, programme_id: ProgrammeId, scope: Scope = EVERYTHING, delay: float = 0.0) -> None:
        """Ask for a sync of what was touched. Asking twice is asking once."""
        self._add(Request(programme_id, scope, loop_time() + delay, urgent=scope))

    def cards_changed(self, programme_id: ProgrammeId, section_id: SectionId) -> None:
        """Ask for the cards and the summary of a section to follow at once, and its post with them."""
        self.enqueue(programme_id, Scope(PROCEEDINGS, frozenset({section_id})))

    def count_changed(self, programme_id: ProgrammeId, amendment: Amendment) -> None:
        """Ask for an amendment's counts to follow, in no more edits than one for each message and interval."""
        due = max(loop_time() + _GATHERED, self._mirroring.edited_until(card_key(amendment)))
        self._add(Request(programme_id, Scope(CARDS, frozenset({amendment.section_id})), due, urgent=None))

    async def lost(self, programme_id: ProgrammeId, discord_id: Snowflake, *, message: bool) -> None:
        """Take in that a channel or post, or a message, was deleted in Discord, and ask for what can be made anew.

        Channels and posts are looked at in each pass, which must know where one stood that is gone.
        """

        def work(unit: Unit) -> bool:
            rows = [row for row in unit.mirror.known(programme_id).values() if row.discord_id == discord_id]
            for row in rows if message else ():
                unit.mirror.remove(programme_id, row.key)
            return bool(rows)

        if await self._store.transact(work):
            self.enqueue(programme_id)

    def _add(self, request: Request) -> None:
        self._requests.add(request)
        self._wake.set()

    # Looking.

    async def plan(self, programme_id: ProgrammeId, scope: Scope = EVERYTHING) -> Plan:
        """Return what a sync would change, changing nothing. Raises `DiscordRefused`."""
        return await self._mirroring.plan(programme_id, scope)

    async def preview(self, programme_id: ProgrammeId, *, restore: bool = False) -> Preview:
        """Return what a sync would change, with all there is to know of it. Raises `DiscordRefused`."""
        return await self._mirroring.preview(programme_id, restore=restore)

    async def look_thoroughly(self, programme_id: ProgrammeId) -> int:
        """Find which messages people deleted unheard, and return how many. Raises `DiscordRefused`."""
        return await self._mirroring.look_thoroughly(programme_id)

    async def health(self, programme_id: ProgrammeId) -> Health:
        """Return how the mirror stands, as far as known without asking Discord."""
        health, failure = await self._mirroring.health(programme_id), self._failure
        return replace(health, failure=failure.error, tried=failure.at) if failure else health

    def link(self, key: Key) -> str | None:
        """Return the address of something in the guild as of the last sync, or None."""
        return self._mirroring.link(key)

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
        request = Request(programme_id, EVERYTHING, loop_time(), EVERYTHING, confirmed=True, said=self._clock())
        return await self._carry_out(replace(request, digest=digest, restore=restore), progress)

    async def open(self, programme_id: ProgrammeId, since: int) -> ProgrammabrugError | None:
        """Let everybody see what only admins saw, and return what stood in the way, if anything.

        Who may see the channels is changed and nothing else; what could not be changed now is with each next pass.
        `since` says which mirror is meant (`Standing.since`). Raises `Refused`, having opened nothing, where it was
        cleared away, and `StalePlan` where that was so and another stands since.
        """

        def work(unit: Unit) -> None:
            standing = self._standing(unit, programme_id)
            if standing.since != since:
                raise StalePlan("open.stale")
            if not standing.opened:
                begin_opening(unit, programme_id, self._clock())

        await self._store.transact(work)
        failure = await self._carry_out(Request(programme_id, _NOTHING, loop_time(), urgent=None), None)
        await self._store.read(lambda unit: self._standing(unit, programme_id))
        return failure

    def _standing(self, unit: Unit, programme_id: ProgrammeId) -> Standing:
        """Return how a mirror stands. Raises `Refused` for one that was cleared away, also where it waited for that."""
        standing = read_standing(unit, programme_id, self._settings.auto)
        if standing.cleared is not None:
            raise Refused("open.cleared")
        return standing

    @asynccontextmanager
    async def alone(self) -> AsyncGenerator[GuildPort]:
        """Have the guild to oneself: no pass is made meanwhile."""
        if self._guild is None:
            raise NotFound("refused.no_programme")
        self._busy += 1
        try:
            async with self._turn:
                yield self._guild
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

    async def _work(self, programme_id: ProgrammeId) -> None:
        said = await self._store.read(lambda unit: word_given(unit, programme_id, self._clock()))
        if said is not None:
            self._add(Request(programme_id, EVERYTHING, loop_time(), EVERYTHING, confirmed=True, said=said))
        while not self._closing:
            request = self._requests.take(loop_time())
            if request is None:
                await self._rest()
                continue
            await self._carry_out(request, None)

    async def _rest(self) -> None:
        """Wait until something is asked, or due."""
        self._wake.clear()
        due = self._requests.next_due()
        try:
            async with asyncio.timeout(None if due is None else max(due - loop_time(), 0.0)):
                await self._wake.wait()
        except TimeoutError:
            pass

    async def _carry_out(self, request: Request, progress: Progress | None) -> ProgrammabrugError | None:
        """Make one pass. What failed is remembered and asked again, later each time."""
        self._busy += 1
        try:
            outcome = await self._attempt(request, progress or self._progress)
            failed = outcome.failures[0] if outcome.failures else None
            if failed is not None:
                self._failure = _Failure(failed, int(datetime.fromisoformat(self._clock()).timestamp()), request.scope)
            elif not self._owing(request):
                self._failure = None
            if failed or outcome.stale:
                self._again(request, at_once=failed is None)
            await self.tell_troubles(request.programme_id, outcome.failures)
            return failed
        finally:
            self._busy -= 1
            await self._tell()

    async def tell_troubles(self, programme_id: ProgrammeId, failures: Sequence[ProgrammabrugError]) -> None:
        """Say in the log channel what stands in the way, and notice when nothing does any more."""
        if not failures and (self._failure is not None or not self._troubled):
            return
        self._troubled = bool(failures)
        try:
            await self._mirroring.tell_troubles(programme_id, failures)
        except ProgrammabrugError as error:
            log.warning("trouble.untold", programme=programme_id, reason=error.key)

    def _owing(self, request: Request) -> bool:
        """Tell whether something failed that is no part of a request."""
        return self._failure is not None and request.scope.joined(self._failure.scope) != request.scope

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
        if outcome.touched:
            log.info("sync.made", programme=request.programme_id, changes=len(outcome.touched))
        for failure in outcome.failures:
            log.warning("sync.failed", programme=request.programme_id, reason=failure.key, tries=request.tries)
        return outcome

    def _again(self, request: Request, *, at_once: bool) -> None:
        tries = request.tries + 1
        delay = 0.0 if at_once and tries <= _AT_ONCE else min(self._wait * 2.0 ** (tries - 1), _LONGEST_WAIT)
        self._add(replace(request, due=loop_time() + delay, tries=tries, digest=None))

    async def _pass(self, request: Request, progress: Progress | None) -> Outcome:
        passed = await self._mirroring.make(request, progress, owing=self._owing(request))
        if passed.held is not None:
            self._add(Request(request.programme_id, request.scope, passed.held, urgent=None))
        if passed.outcome.later is not None:
            again = replace(request, due=passed.outcome.later, digest=None, tries=0, patient=True)
            self._add(again)
        return passed.outcome

    async def _tell(self) -> None:
        async with self._moved:
            self._moved.notify_all()
