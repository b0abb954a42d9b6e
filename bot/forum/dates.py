"""Dates as bbPress prints them, in Dutch or English, made ISO. A relative time ("1 maand geleden") is no date."""

import re
from datetime import date
from functools import lru_cache

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january",
            "feb februari february",
            "mrt maart mar march",
            "apr april",
            "mei may",
            "jun juni june",
            "jul juli july",
            "aug augustus august",
            "sep sept september",
            "okt oktober oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_DAY_FIRST = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|e)?\.?[\s-]+(?P<month>[a-z]+)\.?,?[\s-]+(?P<year>\d{4})(?!\d)"
)
_MONTH_FIRST = re.compile(r"\b(?P<month>[a-z]+)\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
_DAY_FIRST_IN_NUMBERS = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?P<sign>[-.])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4})(?!\d)"
)
# 3/4/2021 is March or April: nobody can tell. These are certain, as one of the two is no month or both are the same.
_DAY_FIRST_SURELY = re.compile(r"(?<!\d)(?P<day>1[3-9]|2\d|3[01])/(?P<month>\d{1,2})/(?P<year>\d{4})(?!\d)")
_MONTH_FIRST_SURELY = re.compile(r"(?<!\d)(?P<month>\d{1,2})/(?P<day>1[3-9]|2\d|3[01])/(?P<year>\d{4})(?!\d)")
_BOTH_THE_SAME = re.compile(r"(?<!\d)0?(?P<day>[1-9]\d?)/(?P<month>0?(?P=day))/(?P<year>\d{4})(?!\d)")
_TIME = re.compile(r"(?<!\d)(?P<hour>\d{1,2})[:.uh](?P<minute>\d{2})(?::\d{2})?\s*(?P<half>[ap]\.?m\.?)?(?!\d)")
_FORMS = (
    _DAY_FIRST,
    _MONTH_FIRST,
    _YEAR_FIRST,
    _DAY_FIRST_IN_NUMBERS,
    _DAY_FIRST_SURELY,
    _MONTH_FIRST_SURELY,
    _BOTH_THE_SAME,
)


def parse_date(printed: str | None) -> str | None:
    """Return a printed date as local ISO to the minute, as "2021-11-09" where no time is printed, else None."""
    text = (printed or "").lower()
    for form in _FORMS:
        if (found := form.search(text)) and (day := _day_of(*found.group("year", "month", "day"))):
            time = _TIME.search(text, found.end()) or _TIME.search(text, 0, found.start())
            return day + (_time_of(*time.groups()) if time else "")
    return None


@lru_cache(4096)
def _day_of(year: str, month: str, day: str) -> str | None:
    number = _MONTHS.get(month) or (int(month) if month.isdecimal() else 0)
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return None


@lru_cache(4096)
def _time_of(hour: str, minute: str, half: str | None) -> str:
    if half:
        hour = str(int(hour) % 12 + (12 if half.startswith("p") else 0))
    return f"T{hour.zfill(2)}:{minute}" if int(hour) < 24 and int(minute) < 60 else ""
