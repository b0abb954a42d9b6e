"""Telling in the log channel how far a run is: one message a run, found again and finished after a kill.

The message is keyed by the run, which is written down before anything is done, so it stands once whatever happens.
What is told is no part of the work: where the log channel cannot be written in, the run goes on without.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import structlog

from bot.domain.ids import ProgrammeId, Snowflake
from bot.errors import DiscordRefused
from bot.locales import Texts
from bot.mirror.channels import LOG
from bot.mirror.estimate import estimate
from bot.mirror.plan import Plan
from bot.mirror.render.progress import RunState, Stage, run_message
from bot.mirror.resources import Key
from bot.services.guild import GuildPort, Outcome, Progress
from bot.services.ports import Clock, Store, Unit
from bot.services.run_rows import Run

log = structlog.stdlib.get_logger(__name__)

TOLD_ABOVE: Final = 10
"""Changes that are made without telling: so few are done before anybody looks."""
_WORD_HOLDS: Final = 3600.0
"""Seconds after which a run that was broken off waits for a person's word again."""


@dataclass(slots=True)
class Errand:
    """One pass over a plan: what it is to do, and after it what came of it.

    `whole` says that it is about everything, so that nothing of a run is left after it; `follows` that structure and
    text are in it without a person's word.
    """

    programme_id: ProgrammeId
    plan: Plan
    say: Texts
    confirmed: bool
    whole: bool
    follows: bool
    progress: Progress | None = None
    outcome: Outcome = field(default_factory=Outcome)


def word_given(unit: Unit, programme_id: ProgrammeId, at: str) -> str | None:
    """Return when a person confirmed a run that was broken off, if that is so lately that their word still holds."""
    run = unit.runs.under_way(programme_id)
    holds = run is not None and run.confirmed and _seconds_between(run.started_at, at) < _WORD_HOLDS
    return run.started_at if run is not None and holds else None


class Telling:
    """Tells of runs. `interval` is the least number of seconds between two edits of the message."""

    def __init__(
        self, store: Store, guild: GuildPort, clock: Clock, log_channel_id: Snowflake | None, interval: float
    ) -> None:
        self._store = store
        self._guild = guild
        self._clock = clock
        self._log_channel_id = log_channel_id
        self._interval = interval

    @asynccontextmanager
    async def about(self, errand: Errand) -> AsyncGenerator[Progress | None]:
        """Tell of an errand while the block carries it out. A block that is left by an error ends no run."""
        run = await self._run(errand)
        if run is None:
            yield errand.progress
            return
        teller = _Teller(run, errand, self._interval, self._tell)
        task = asyncio.create_task(teller.follow()) if run.told else None
        try:
            yield teller.step
        except BaseException:
            if task is not None:
                task.cancel()
            raise
        if task is not None:
            teller.close()
            await task
        await self._last_word(run, errand, teller)

    async def _run(self, errand: Errand) -> Run | None:
        """Return the run that an errand is part of, begun where it is a new one; None for one too small to tell of."""
        number, at = len(errand.plan), self._clock()

        def work(unit: Unit) -> Run | None:
            run = unit.runs.under_way(errand.programme_id)
            if run is not None:
                unasked = run.confirmed and not (errand.confirmed or errand.follows)
                # With the person's word, it is tried again.
                waits = unasked and word_given(unit, errand.programme_id, at) is not None
                return self._continued(unit, run, number) if errand.whole and not waits else None
            told = number > TOLD_ABOVE
            if not told and not (number and errand.confirmed):
                return None
            return unit.runs.begin(errand.programme_id, confirmed=errand.confirmed, total=number, told=told, at=at)

        return await self._store.transact(work)

    @staticmethod
    def _continued(unit: Unit, run: Run, number: int) -> Run:
        if number <= run.total:
            return run
        told = run.told or number > TOLD_ABOVE
        unit.runs.grow(run.run_id, number, told=told)
        return Run(run.run_id, run.started_at, run.confirmed, number, told)

    async def _last_word(self, run: Run, errand: Errand, teller: "_Teller") -> None:
        """Say how a run ended, and only then write down that it did."""
        failures = [errand.say(failure.key, **failure.values) for failure in errand.outcome.failures]
        took = _seconds_between(run.started_at, self._clock())
        if errand.outcome.stale:
            return  # The next pass comes at once and goes on with it.
        stage = _stage(run, errand)
        if run.told:
            await self._tell(run, errand, RunState(stage, teller.done, run.total, took, failures=failures))
        if stage is Stage.HELD_UP:
            return

        def work(unit: Unit) -> None:
            unit.runs.end(run.run_id, self._clock())
            unit.mirror.forget(errand.programme_id, _key(run))

        await self._store.transact(work)

    async def _tell(self, run: Run, errand: Errand, state: RunState) -> bool:
        """Say how a run stands, and tell whether there is a channel to say it in."""
        channel_id = self._log_channel_id or await self._own_log(errand.programme_id)
        if channel_id is None:
            return False
        key = _key(run)
        try:
            await self._guild.tell(errand.programme_id, key, channel_id, run_message(key, state, errand.say))
        except DiscordRefused as error:
            log.warning("run.untold", programme=errand.programme_id, reason=error.key)
        return True

    async def _own_log(self, programme_id: ProgrammeId) -> Snowflake | None:
        row = await self._store.read(lambda unit: unit.mirror.find(programme_id, LOG))
        return row.discord_id if row else None


class _Teller:
    """Holds how far one errand is, and tells it now and then."""

    def __init__(
        self, run: Run, errand: Errand, interval: float, tell: Callable[[Run, Errand, RunState], Awaitable[bool]]
    ) -> None:
        self._run = run
        self._errand = errand
        self._interval = interval
        self._tell = tell
        self._began = asyncio.get_running_loop().time()
        self._expected = float(estimate(errand.plan).seconds)
        self._before = max(run.total - len(errand.plan), 0)
        self._made = 0
        self._current = ""
        self._moved = asyncio.Event()
        self._closed = asyncio.Event()

    @property
    def done(self) -> int:
        """How many changes of the run were made."""
        return min(self._before + self._made, self._run.total)

    def step(self, done: int, total: int, title: str) -> None:
        """Take in that one more change was made."""
        self._made, self._current = done, title
        self._moved.set()
        if self._errand.progress:
            self._errand.progress(done, total, title)

    def close(self) -> None:
        """Let `follow` end once it has said what it is saying."""
        self._closed.set()
        self._moved.set()

    async def follow(self) -> None:
        """Tell each time something was made, resting between two times."""
        while True:
            await self._moved.wait()
            self._moved.clear()
            if self._closed.is_set():
                return
            if not await self._say():
                continue  # There is no log channel yet: it is made by this very run.
            try:
                async with asyncio.timeout(self._interval):
                    await self._closed.wait()
            except TimeoutError:
                continue

    async def _say(self) -> bool:
        took = asyncio.get_running_loop().time() - self._began
        left = len(self._errand.plan) - self._made
        rest = max(took / self._made * left, self._expected - took) if self._made else self._expected
        state = RunState(Stage.UNDER_WAY, self.done, self._run.total, took, rest, self._current)
        return await self._tell(self._run, self._errand, state)


def _stage(run: Run, errand: Errand) -> Stage:
    if errand.outcome.failures:
        return Stage.HELD_UP
    return Stage.DONE if errand.follows or errand.confirmed or not run.confirmed else Stage.BROKEN_OFF


def _key(run: Run) -> Key:
    return f"run:{run.run_id}"


def _seconds_between(start: str, end: str) -> float:
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()
