"""Where a programme stands, in words: its phase, and until when what can be done. Pure."""

from collections.abc import Iterator

from bot.domain.deadlines import last_minute, local_minute
from bot.domain.phases import Calendar
from bot.locales import Texts


def phase_lines(calendar: Calendar, zone: str, say: Texts) -> Iterator[str]:
    """Yield the phase, and a line for each deadline that is still about something."""
    yield say("overview.phase", phase=say(f"phase.{calendar.phase.value}"))
    yield from deadline_lines(calendar, zone, say)


def deadline_lines(calendar: Calendar, zone: str, say: Texts) -> Iterator[str]:
    """Yield a line for each deadline, and for each phase of which it is known when it begins."""
    for deadline, until in calendar.ahead():
        yield f"- {say(f'deadline.{deadline.value}', until=say.moment(last_minute(until, zone)))}"
    for phase in calendar.later_than(calendar.phase):
        if phase in calendar.begins:
            when = say.moment(local_minute(calendar.begins[phase], zone))
            yield f"- {say('phase.begins', phase=say(f'phase.{phase.value}'), when=when)}"


def phase_announcement(calendar: Calendar, zone: str, say: Texts, *, entered: bool) -> str:
    """Return what is said to all when a phase begins, or when its deadlines change."""
    phase = say(f"phase.{calendar.phase.value}")
    lines = [say("announce.phase", phase=phase) if entered else say("announce.deadlines", phase=phase)]
    return "\n".join([*lines, *deadline_lines(calendar, zone, say), say("announce.phase.more")])
