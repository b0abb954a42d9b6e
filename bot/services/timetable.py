"""When the forum is read next. Pure: the past goes in, the next pass and its moment come out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.reading import PassKind

_AGAIN: Final = 3600.0
"""Seconds until a full pass that missed something is made again."""
_LEAST: Final = 60.0
"""Seconds from one full pass to the next, whatever is suspected."""
_LONGEST_WAIT: Final = 3600.0


@dataclass(frozen=True, slots=True)
class Timetable:
    """How often to read, in seconds. 0 is never."""

    quick_every: float = 300.0
    full_every: float = 86_400.0
    suspect_for: float = 3600.0


@dataclass(frozen=True, slots=True)
class Past:
    """What happened until now: when the last passes ended, since when something is suspected, what failed in a row."""

    now: datetime
    full_at: datetime | None = None
    full_whole: bool = False
    quick_at: datetime | None = None
    suspected_at: datetime | None = None
    failures: int = 0
    failed_at: datetime | None = None


def next_pass(timetable: Timetable, past: Past) -> tuple[PassKind, datetime] | None:
    """Return what is to be read next and when, or None where nothing ever is.

    The first pass is full. What is suspected missing brings the next full one forward, to when it can be settled,
    unless the last one missed pages, as the next one then may too. After failures the wait doubles, up to an hour.
    """
    candidates = [*_full(timetable, past), *_quick(timetable, past)]
    if not candidates:
        return None
    at, kind = min(candidates, key=lambda candidate: (candidate[0], candidate[1] is PassKind.QUICK))
    if past.failed_at is not None:
        patience = (
            max(timetable.quick_every, _LEAST) * 2.0 ** (past.failures - 1) if past.failures < 10 else _LONGEST_WAIT
        )
        at = max(at, past.failed_at + timedelta(seconds=min(patience, _LONGEST_WAIT)))
    return kind, max(at, past.now)


def _full(timetable: Timetable, past: Past) -> list[tuple[datetime, PassKind]]:
    if not timetable.full_every:
        return []
    if past.full_at is None:
        return [(past.now, PassKind.FULL)]
    every = timetable.full_every if past.full_whole else min(timetable.full_every, _AGAIN)
    at = past.full_at + timedelta(seconds=every)
    if past.suspected_at is not None and past.full_whole:
        settled = past.suspected_at + timedelta(seconds=timetable.suspect_for)
        at = min(at, max(settled, past.full_at + timedelta(seconds=_LEAST)))
    return [(at, PassKind.FULL)]


def _quick(timetable: Timetable, past: Past) -> list[tuple[datetime, PassKind]]:
    if not timetable.quick_every:
        return []
    last = max((at for at in (past.full_at, past.quick_at) if at is not None), default=None)
    return [(past.now if last is None else last + timedelta(seconds=timetable.quick_every), PassKind.QUICK)]
