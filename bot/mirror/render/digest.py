"""What happened in a period, for all to read in the overview: one message, nobody mentioned. Pure."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.domain.amendments import Amendment
from bot.domain.deadlines import local_minute
from bot.domain.happened import Happened
from bot.domain.phases import Calendar
from bot.locales import Texts
from bot.mirror.render.cards import card_key
from bot.mirror.render.phases import phase_lines
from bot.mirror.render.wording import reference_of

_NAMED: Final = 8
"""Amendments that are named of each sort; the rest is counted. So it always fits one message."""


def digest_text(happened: Happened, since: str, calendar: Calendar, zone: str, say: Texts) -> str:
    """Return what happened since a moment, and where the programme stands."""
    head = say("digest.title", since=say.moment(local_minute(since, zone)))
    return "\n".join([head, *_lines(happened, say), *phase_lines(calendar, zone, say)])


def _lines(happened: Happened, say: Texts) -> Iterator[str]:
    if happened.new:
        yield say.count("digest.new", len(happened.new), references=_named(happened.new, say))
    if happened.advised:
        yield say.count("digest.advised", len(happened.advised), references=_named(happened.advised, say))
    for status, members in happened.settled:
        word = say(f"status.{status.value}")
        yield f"- {word[:1].upper()}{word[1:]}: {_named(members, say)}"


def _named(amendments: Sequence[Amendment], say: Texts) -> str:
    names = [f"[{reference_of(each, say)}]({{link:{card_key(each)}}})" for each in amendments[:_NAMED]]
    left = len(amendments) - _NAMED
    return ", ".join(names) + (f" {say.count('digest.more', left)}" if left > 0 else "")
