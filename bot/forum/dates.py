"""Dates as bbPress prints them, in Dutch or English, made ISO. A relative time ("1 maand geleden") is no date."""

import re
from datetime import datetime

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
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|e)?\.?\s+(?P<month>[a-z]+)\.?,?\s+(?P<year>\d{4})(?!\d)"
)
_MONTH_FIRST = re.compile(r"\b(?P<month>[a-z]+)\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(?P<day>\d{1,2})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4})(?!\d)")
_TIME = re.compile(r"(?<!\d)(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::\d{2})?\s*(?P<half>[ap]\.?m\.?)?(?!\d)")
_FORMS = (_YEAR_FIRST, _DAY_FIRST, _MONTH_FIRST, _NUMBERS)


def parse_date(printed: str | None) -> str | None:
    """Return a printed date as local ISO to the minute, as "2021-11-09" where no time is printed, else None."""
    text = " ".join((printed or "").lower().split())
    for form in _FORMS:
        if (found := form.search(text)) and (day := _day_of(found)):
            return _with_time(day, f"{text[: found.start()]} {text[found.end() :]}")
    return None


def _day_of(found: re.Match[str]) -> datetime | None:
    parts = found.groupdict()
    month = _MONTHS.get(parts["month"]) if parts["month"].isalpha() else int(parts["month"])
    day = int(parts["day"])
    if month is None or (parts.get("sign") == "/" and day <= 12 and day != month):
        return None  # 3/4/2021 is March or April: nobody can tell
    try:
        return datetime(int(parts["year"]), month, day)  # noqa: DTZ001 - the forum's own local time
    except ValueError:
        return None


def _with_time(day: datetime, rest: str) -> str:
    if found := _TIME.search(rest):
        hour, minute = int(found["hour"]), int(found["minute"])
        if found["half"]:
            hour = hour % 12 + (12 if found["half"].startswith("p") else 0)
        if hour < 24 and minute < 60:
            return day.replace(hour=hour, minute=minute).isoformat(timespec="minutes")
    return day.date().isoformat()
