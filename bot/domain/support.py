"""The rule of a minimum of supporters: where one is asked, who stays below it at the deadline lapses."""

from collections.abc import Iterable

from bot.domain.amendments import Amendment, Status
from bot.domain.deadlines import Deadline, is_past
from bot.domain.phases import Calendar, Rules


def short_of_support(amendment: Amendment, rules: Rules) -> bool:
    """Tell whether an open amendment has fewer supporters than the party asks for."""
    return amendment.status is Status.OPEN and amendment.support < rules.minimum_support


def lapsing(amendments: Iterable[Amendment], calendar: Calendar, rules: Rules, now: str) -> tuple[Amendment, ...]:
    """Return the amendments that lapse by the clock now, in the order given."""
    until = calendar.deadlines.get(Deadline.SUPPORT)
    if until is None or not is_past(until, now):
        return ()
    return tuple(amendment for amendment in amendments if short_of_support(amendment, rules))
