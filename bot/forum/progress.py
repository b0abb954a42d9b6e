"""How far a reading is, for whoever wants to show it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Step:
    """A page was read: how many are done and known of by now, how many posts they held, and which page it was."""

    done: int
    known: int
    posts: int
    place: str


Progress: TypeAlias = Callable[[Step], None]


def untold(_step: Step) -> None:
    """Take a progress that nobody asked for."""
