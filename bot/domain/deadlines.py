"""Moments until which something can be done: a day in a time zone, kept as the UTC moment at which it is over.

"Tot en met zondag 4 oktober" is over when the fifth begins in that time zone, whatever its clocks do that night.
"""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

_LAST_MINUTE: Final = time(23, 59)
_MINUTE: Final = timedelta(minutes=1)


class Deadline(StrEnum):
    """What a deadline is for."""

    PROPOSE = "propose"
    SUPPORT = "support"
    DISCUSS = "discuss"


def closing(day: date, zone: str, last: time = _LAST_MINUTE) -> str:
    """Return the UTC moment at which a day's last minute is over. A minute that comes twice counts the second time."""
    local = datetime.combine(day, last, ZoneInfo(zone))
    moments = [local.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
    return (max(moments) + _MINUTE).isoformat(timespec="seconds")


def last_minute(moment: str, zone: str) -> str:
    """Return the last local minute before a moment, as it is told to people: "2026-10-04T23:59"."""
    local = (datetime.fromisoformat(moment) - _MINUTE).astimezone(ZoneInfo(zone))
    return local.replace(tzinfo=None).isoformat(timespec="minutes")


def moment_of(minute: str, zone: str) -> str:
    """Return the UTC moment at which a local minute began; of one that came twice, the first: nobody loses by it."""
    local = datetime.fromisoformat(minute).replace(tzinfo=ZoneInfo(zone), fold=0)
    return local.astimezone(UTC).isoformat(timespec="seconds")


def local_minute(moment: str, zone: str) -> str:
    """Return a moment as the clocks show it there, to the minute."""
    local = datetime.fromisoformat(moment).astimezone(ZoneInfo(zone))
    return local.replace(tzinfo=None).isoformat(timespec="minutes")


def later(moment: str, hours: float) -> str:
    """Return the moment so many hours later. Hours are real ones: a night with a change of clocks has more or fewer."""
    return (datetime.fromisoformat(moment).astimezone(UTC) + timedelta(hours=hours)).isoformat(timespec="seconds")


def is_past(moment: str | None, now: str) -> bool:
    """Tell whether a moment is over; none never is."""
    return moment is not None and datetime.fromisoformat(now) >= datetime.fromisoformat(moment)
