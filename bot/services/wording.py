"""Putting a refusal into words: what goes into its sentence is said in the reader's language too."""

from typing import Final

from bot.domain.amendments import Status
from bot.domain.deadlines import last_minute, local_minute
from bot.domain.deeds import Deed
from bot.domain.phases import Phase
from bot.domain.rights import Moment
from bot.errors import ProgrammabrugError
from bot.locales import Texts
from bot.mirror.markdown import escape_line

_PEOPLE: Final = frozenset({"name", "proposer", "author"})
"""Values that are what people call themselves: nothing in them formats what others read."""


def refusal(error: ProgrammabrugError, say: Texts) -> str:
    """Return the sentence of an error, with statuses, deeds, phases and moments in words."""
    values = {name: _worded(value, say) for name, value in error.values.items()}
    values |= {name: escape_line(str(values[name])) for name in _PEOPLE & values.keys()}
    if values.get("when") == "":
        values["when"] = say("moment.unknown")
    return say(error.key, **values)


def until(moment: Moment, say: Texts) -> str:
    """Return a moment as people write it: "zondag 4 oktober, 23.59 uur"."""
    local = (last_minute if moment.last else local_minute)(moment.at, moment.zone)
    return say.moment(local)


def _worded(value: object, say: Texts) -> object:
    match value:
        case Moment():
            return until(value, say)
        case Status():
            return say(f"status.{value.value}")
        case Deed():
            return say(f"deed.{value.value}")
        case Phase():
            return say(f"phase.{value.value}")
        case _:
            return value
