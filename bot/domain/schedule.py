"""The moments of a schedule in cron's own words: "0 9 * * 1" is every Monday at nine, by the clocks of a time zone.

On the nights on which those change, an hour that is skipped or comes twice makes it happen once, as cron does.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

_FIELDS = 5


def is_schedule(words: str) -> bool:
    """Tell whether some words are a schedule: minute, hour, day of the month, month, day of the week."""
    try:
        CronSim(words, datetime(2026, 1, 1, tzinfo=UTC))
    except CronSimError:
        return False
    return len(words.split()) == _FIELDS


def last_due(schedule: str, zone: str, since: str, now: str) -> str | None:
    """Return the last moment (UTC ISO) of a schedule after one moment and not after another, or None."""
    end, found = datetime.fromisoformat(now), None
    for each in CronSim(schedule, datetime.fromisoformat(since).astimezone(ZoneInfo(zone))):
        moment = each.astimezone(UTC)
        if moment > end:
            break
        found = moment
    return found.isoformat(timespec="seconds") if found is not None else None
