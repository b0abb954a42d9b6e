"""An amendment's state out of its events alone: the history is what happened, the rest is a summary of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.amendments import Event, Status
from bot.domain.lifecycle import corrects, transition


@dataclass(frozen=True, slots=True)
class State:
    """Where an amendment stands by its history. `corrected` tells that it holds a correction."""

    status: Status
    version: int
    corrected: bool = False


def rebuilt(events: Sequence[Event]) -> State:
    """Return the state that a history leads to, the oldest event first. Raises `LookupError` where it is broken.

    An event from a status to itself tells of something else than a step: a new version, another place, an advice.
    """
    status: Status | None = None
    version, corrected = 0, False
    for event in events:
        if event.from_status is not status or event.version < version:
            raise LookupError(event)
        if event.to_status is not status:
            corrected = corrected or corrects(transition(status, event.to_status))
        status, version = event.to_status, event.version
    if status is None:
        raise LookupError("a history without events")
    return State(status, version, corrected)
