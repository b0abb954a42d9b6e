"""When the forum is read next."""

from datetime import datetime, timedelta

import pytest

from bot.domain.reading import PassKind
from bot.services.timetable import Past, Timetable, next_pass

NOW = datetime.fromisoformat("2026-11-23T20:00:00+00:00")
DAILY = Timetable(quick_every=300, full_every=86_400, suspect_for=3600)
FULL, QUICK = PassKind.FULL, PassKind.QUICK


def ago(**much: float) -> datetime:
    return NOW - timedelta(**much)


def later(**much: float) -> datetime:
    return NOW + timedelta(**much)


@pytest.mark.parametrize(
    ("past", "following"),
    [
        (Past(NOW), (FULL, NOW)),
        (Past(NOW, full_at=ago(minutes=1), full_whole=True), (QUICK, later(minutes=4))),
        (Past(NOW, full_at=ago(hours=5), full_whole=True, quick_at=ago(minutes=3)), (QUICK, later(minutes=2))),
        (Past(NOW, full_at=ago(hours=30), full_whole=True, quick_at=ago(minutes=1)), (FULL, NOW)),
        (Past(NOW, full_at=ago(minutes=58), quick_at=ago(minutes=1)), (FULL, later(minutes=2))),
        (
            Past(NOW, full_at=ago(minutes=57), full_whole=True, quick_at=NOW, suspected_at=ago(minutes=57)),
            (FULL, later(minutes=3)),
        ),
        (Past(NOW, failures=1, failed_at=NOW), (FULL, later(minutes=5))),
        (Past(NOW, failures=3, failed_at=NOW), (FULL, later(minutes=20))),
        (Past(NOW, failures=40, failed_at=NOW), (FULL, later(hours=1))),
    ],
    ids=[
        "the first is full",
        "then a quick one",
        "quick ones follow each other",
        "a full one daily",
        "an incomplete one again in an hour",
        "a suspicion brings a full one forward",
        "patience after a failure",
        "twice as much after each",
        "an hour at most",
    ],
)
def test_what_is_next(past: Past, following: tuple[PassKind, datetime]) -> None:
    assert next_pass(DAILY, past) == following


def test_full_readings_do_not_follow_each_other_at_once_whatever_is_suspected() -> None:
    hasty = Timetable(quick_every=0, suspect_for=0)
    past = Past(NOW, full_at=NOW, full_whole=True, suspected_at=ago(days=1))
    assert next_pass(hasty, past) == (FULL, later(seconds=60))


def test_never_is_never() -> None:
    assert next_pass(Timetable(quick_every=0, full_every=0), Past(NOW)) is None
    assert next_pass(Timetable(quick_every=0), Past(NOW, full_at=NOW, full_whole=True)) == (FULL, later(days=1))
    assert next_pass(Timetable(full_every=0), Past(NOW)) == (QUICK, NOW)
