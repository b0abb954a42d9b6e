"""What the use cases need of the world outside, as protocols that `db` and `bot.mirror` fulfil.

A unit is one transaction: its methods run on the database's own thread, one after the other, without awaiting.
So a whole command is one hop to that thread and either happens or does not.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar

from bot.services.mirror_rows import MirrorRows
from bot.services.rows import (
    AmendmentFilter,
    AmendmentRows,
    FactRows,
    InteractionRows,
    ProgrammeRows,
    SectionLine,
)
from bot.services.run_rows import RunRows
from bot.services.source_rows import AbsenceRows, FlagRows, ListingRows, PassRows
from bot.services.waiting_rows import WaitingRows

__all__ = [
    "AbsenceRows",
    "AmendmentFilter",
    "AmendmentRows",
    "Clock",
    "FactRows",
    "FlagRows",
    "InteractionRows",
    "ListingRows",
    "MirrorRows",
    "PassRows",
    "ProgrammeRows",
    "RunRows",
    "SectionLine",
    "Store",
    "Unit",
    "WaitingRows",
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

    @property
    def absences(self) -> AbsenceRows:
        """What is missing on the forum, and what is gone."""
        ...

    @property
    def listings(self) -> ListingRows:
        """What the forum's lists showed last."""
        ...

    @property
    def passes(self) -> PassRows:
        """How each pass over the forum went."""
        ...

    @property
    def flags(self) -> FlagRows:
        """What a person must look at."""
        ...

    @property
    def runs(self) -> RunRows:
        """Runs of the mirror."""
        ...

    @property
    def waiting(self) -> WaitingRows:
        """Whether the text is fixed, and the edits that wait."""
        ...


class Store(Protocol):
    """The database."""

    async def transact(self, work: Callable[[Unit], T]) -> T:
        """Run the work in one write transaction; anything raised rolls it back."""
        ...

    async def read(self, work: Callable[[Unit], T]) -> T:
        """Run the work on one consistent state, writing nothing."""
        ...

    async def purge(self) -> None:
        """See to it that what was erased is in none of the database's files any more."""
        ...


class Clock(Protocol):
    """Tells the time as an aware UTC moment in ISO format to the second: "2026-11-23T20:15:00+00:00"."""

    def __call__(self) -> str:
        """Return this moment."""
        ...
