"""What the use cases need of the world outside, as protocols that `db` and `bot.mirror` fulfil.

A unit is one transaction: its methods run on the database's own thread, one after the other, without awaiting.
So a whole command is one hop to that thread and either happens or does not.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar

from bot.services.rows import (
    AmendmentFilter,
    AmendmentRows,
    FactRows,
    InteractionRows,
    MirrorRows,
    ProgrammeRows,
    SectionLine,
)

__all__ = [
    "AmendmentFilter",
    "AmendmentRows",
    "Clock",
    "FactRows",
    "InteractionRows",
    "MirrorRows",
    "ProgrammeRows",
    "SectionLine",
    "Store",
    "Unit",
]

T = TypeVar("T")


class Unit(Protocol):
    """One transaction's view of everything stored."""

    @property
    def programmes(self) -> ProgrammeRows:
        """Programmes, chapters, sections with their versions, and contributions."""
        ...

    @property
    def amendments(self) -> AmendmentRows:
        """Amendments with their versions, support and history."""
        ...

    @property
    def mirror(self) -> MirrorRows:
        """What stands in a guild as far as the bot knows."""
        ...

    @property
    def interactions(self) -> InteractionRows:
        """Which interactions were handled."""
        ...

    @property
    def facts(self) -> FactRows:
        """Single remembered facts."""
        ...


class Store(Protocol):
    """The database."""

    async def transact(self, work: Callable[[Unit], T]) -> T:
        """Run the work in one write transaction; anything raised rolls it back."""
        ...

    async def read(self, work: Callable[[Unit], T]) -> T:
        """Run the work on one consistent state, writing nothing."""
        ...


class Clock(Protocol):
    """Tells the time as an aware UTC moment in ISO format to the second: "2026-11-23T20:15:00+00:00"."""

    def __call__(self) -> str:
        """Return this moment."""
        ...
