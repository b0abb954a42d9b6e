"""A day as people type it: "4 oktober", "4-10-2026", "2026-10-04", in Dutch or English."""

import re
from datetime import date
from typing import Final

_ISO: Final = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_DUTCH: Final = re.compile(r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})(?:[-/. ](?P<year>\d{4}))?")
_WORDS: Final = re.compile(r"(?P<day>\d{1,2})\.? (?P<name>[a-z]{3,})\.?(?: (?P<year>\d{4}))?")
_MONTHS: Final = (
    ("jan",),
    ("feb",),
    ("maa", "mrt", "mar"),
    ("apr",),
    ("mei", "may"),
    ("jun",),
    ("jul",),
    ("aug",),
    ("sep",),
    ("okt", "oct"),
    ("nov",),
    ("dec",),
)


def day_in(typed: str, today: date, *, past: bool = False) -> date | None:
    """Return the day that somebody means, or None where that can't be told.

    Without a year it is the first to come, or with `past` the last that was; today is either.
    """
    words = " ".join(typed.casefold().replace(",", " ").split())
    words = re.sub(r"^[a-z]+ (?=\d)", "", words)  # the name of a weekday
    for pattern in (_ISO, _DUTCH, _WORDS):
        if found := pattern.fullmatch(words):
            return _day(found.groupdict(), today, past=past)
    return None


def _day(parts: dict[str, str | None], today: date, *, past: bool) -> date | None:
    month = int(parts["month"] or 0) if "month" in parts else _month(parts["name"] or "")
    day, year = int(parts["day"] or 0), parts["year"]
    if year:
        return _made(int(year), month, day)
    step = -1 if past else 1
    years = range(today.year, today.year + 9 * step, step)  # the 29th of February may be far
    found = (made for each in years if (made := _made(each, month, day)) and (made - today).days * step >= 0)
    return next(found, None)


def _month(name: str) -> int:
    return next((at for at, names in enumerate(_MONTHS, 1) if name[:3] in names), 0)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
