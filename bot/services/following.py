"""Following the forum while the bot runs: when the next pass is due, and making it. What it finds is for others."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol

import structlog

from bot.domain.ids import ProgrammeId
from bot.domain.reading import LastSeen, PassKind, ProgrammeReading
from bot.errors import ProgrammabrugError
from bot.services.absences import waiting_for_word
from bot.services.homes import Home
from bot.services.importing import Importing, root_fact
from bot.services.ports import Clock, Store, Unit
from bot.services.reports import ImportReport
from bot.services.timetable import Past, Timetable, next_pass

log = structlog.stdlib.get_logger(__name__)

_LONGEST_REST: Final = 3600.0
"""Seconds after which at the latest it looks whether something is to be erased."""


class ForumPort(Protocol):
    """The forum, to be read."""

    @property
    def url(self) -> str:
        """The address it is known by."""
        ...

    async def read(self, seen: LastSeen | None) -> ProgrammeReading:
        """Read it all, or with what was seen before only what changed. Raises `SourceError`."""
        ...


@dataclass(frozen=True, slots=True)
class Upcoming:
    """The next pass: how, and when (UTC ISO)."""

    kind: PassKind
    at: str


class Following:
    """Makes passes over one forum, for a guild's programme or for the one that its first pass will make.

    `alone` holds the right to read while a pass lasts and raises when somebody else has it; `changed` hears of a pass
    after which Discord may have to follow.
    """

    def __init__(
        self,
        store: Store,
        importing: Importing,
        forum: ForumPort,
        clock: Clock,
        timetable: Timetable,
        *,
        home: Home,
        alone: Callable[[], AbstractContextManager[None]],
        changed: Callable[[], Awaitable[None]],
    ) -> None:
        self._store = store
        self._importing = importing
        self._forum = forum
        self._clock = clock
        self._timetable = timetable
        self._home = home
        self._alone = alone
        self._changed = changed
        self._failures = 0
        self._failed_at: str | None = None
        self._upcoming: Upcoming | None = None

    def upcoming(self) -> tuple[PassKind, str] | None:
        """Return the next pass and its moment (UTC ISO), or None where none will come."""
        return (self._upcoming.kind, self._upcoming.at) if self._upcoming else None

    async def run(self) -> None:
        """Make one pass after another, each when it is due, until cancelled. A failed one is tried again, later."""
        while True:
            try:
                await self._step()
            except ProgrammabrugError as error:
                await self._failed(error.key, str(error.values.get("place", "")))
            except Exception:  # The edge of this task: one bad pass must not end the following.
                log.exception("forum.broke")
                await self._failed("source.broke", self._forum.url)

    async def _step(self) -> None:
        """Rest until something is due, and do it."""
        await self._importing.erase()
        past = await self._store.read(self._past)
        due = next_pass(self._timetable, past)
        self._upcoming = Upcoming(due[0], due[1].isoformat(timespec="seconds")) if due else None
        rest = (due[1] - self._now()).total_seconds() if due else _LONGEST_REST
        if rest > 0:
            await asyncio.sleep(min(rest, _LONGEST_REST))
        elif due:
            await self.make(due[0])

    async def make(self, kind: PassKind) -> ImportReport:
        """Make a pass now and take in what it read."""
        with self._alone():
            started_at = self._clock()
            seen = await self._store.read(lambda unit: last_seen(unit, self._home.programme(unit)))
            reading = await self._forum.read(seen if kind is PassKind.QUICK else None)
            report = await self._importing.take_in(reading, started_at=started_at)
            await self._store.transact(self._well)
        self._failures, self._failed_at = 0, None
        log.info(
            "forum.read",
            kind=kind.value,
            whole=report.whole,
            pages=report.pages,
            changes=len(report.changes),
            waiting=report.waiting,
        )
        if report.changes:
            await self._changed()
        return report

    def _well(self, unit: Unit) -> None:
        """Forget an earlier failure."""
        programme_id = self._home.programme(unit)
        if programme_id and unit.facts.get(failure_fact(programme_id)):
            unit.facts.put(failure_fact(programme_id), "")

    async def _failed(self, reason: str, place: str) -> None:
        """Remember that a pass came to nothing, for the timetable and for whoever asks how the source stands."""
        self._failures += 1
        self._failed_at = self._clock()
        log.warning("forum.unread", reason=reason, tries=self._failures)
        failure = json.dumps({"at": self._failed_at, "reason": reason, "place": place, "tries": self._failures})

        def work(unit: Unit) -> None:
            if programme_id := self._home.programme(unit):
                unit.facts.put(failure_fact(programme_id), failure)

        with suppress(ProgrammabrugError):  # what keeps the database from being written is told by others
            await self._store.transact(work)

    def _past(self, unit: Unit) -> Past:
        """Return what happened so far, as far as the timetable asks."""
        programme_id = self._home.programme(unit)
        past = Past(self._now(), failures=self._failures, failed_at=_moment(self._failed_at))
        if programme_id is None:
            return past
        full = unit.passes.last(programme_id, PassKind.FULL)
        quick = unit.passes.last(programme_id, PassKind.QUICK)
        waiting = waiting_for_word(unit, programme_id)
        suspected = [
            absence.full_at or absence.noticed_at
            for post_id, absence in unit.absences.all(programme_id).items()
            if post_id not in waiting
        ]
        return replace(
            past,
            full_at=_moment(full.ended_at if full else None),
            full_whole=full.whole if full else False,
            quick_at=_moment(quick.ended_at if quick else None),
            suspected_at=_moment(min(suspected, default=None)),
        )

    def _now(self) -> datetime:
        return datetime.fromisoformat(self._clock())


def failure_fact(programme_id: ProgrammeId) -> str:
    """Return the name of the fact that tells how the last pass failed; a pass that is taken in empties it."""
    return f"forum.failed:{programme_id}"


def last_seen(unit: Unit, programme_id: ProgrammeId | None) -> LastSeen | None:
    """Return what earlier passes saw of a programme's forum, or None where no full pass was made yet."""
    if programme_id is None or unit.passes.last(programme_id, PassKind.FULL) is None:
        return None
    return LastSeen(unit.facts.get(root_fact(programme_id)), unit.listings.all(programme_id))


def _moment(at: str | None) -> datetime | None:
    return datetime.fromisoformat(at) if at else None
