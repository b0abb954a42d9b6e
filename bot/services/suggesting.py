"""Suggestions while somebody types, fast: each keystroke asks, and an answer that comes late helps nobody.

Sections and names are few and change seldom, so they are kept for a moment. Amendments are asked of the index.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.ids import ProgrammeId
from bot.domain.people import Actor
from bot.services.browsing import match_sections
from bot.services.meeting_rows import Search
from bot.services.ports import SectionLine, Store, Unit
from bot.services.searching import received_by
from bot.services.suggest_rows import Named
from bot.services.suggestions import receipt_typed

_FRESH: Final = 3.0
"""Seconds for which sections and names are suggested as they were read."""

_RECEIVED: Final = 8
"""Received amendments that are suggested before others: who looks for more types more."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """The sections of a programme, each with all that it can be found by, and the names that are suggested."""

    at: float
    lines: Sequence[tuple[str, SectionLine]]
    proposers: Sequence[str]
    authors: Sequence[str]


class Suggesting:
    """Reads only. `seconds` tells how much time passed, from any moment on."""

    def __init__(self, store: Store, seconds: Callable[[], float]) -> None:
        self._store = store
        self._seconds = seconds
        self._kept: dict[ProgrammeId, _Kept] = {}

    async def sections(
        self, programme_id: ProgrammeId, typed: str, most: int, *, to_propose: bool = False
    ) -> Sequence[SectionLine]:
        """Suggest sections by code, by title and by words of it; `to_propose` leaves out those that are closed."""
        lines = (await self._known(programme_id)).lines
        if to_propose:
            lines = [each for each in lines if each[1].amendable]
        wanted = typed.casefold().split()
        if not wanted:
            return [line for _, line in lines[:most]]
        for word in wanted:
            lines = [each for each in lines if word in each[0]]
        return match_sections([line for _, line in lines], typed)[:most]

    async def chapters(self, programme_id: ProgrammeId, typed: str, most: int) -> Sequence[tuple[str, str]]:
        """Suggest chapters by code and title."""
        lines = (await self._known(programme_id)).lines
        chapters = {line.chapter_code: line.chapter_title for _, line in lines}
        wanted = typed.casefold()
        return [(code, title) for code, title in chapters.items() if wanted in f"{code} {title}".casefold()][:most]

    async def proposers(self, programme_id: ProgrammeId, typed: str, most: int) -> Sequence[str]:
        """Suggest who proposed something."""
        return _holding((await self._known(programme_id)).proposers, typed, most)

    async def authors(self, programme_id: ProgrammeId, typed: str, most: int) -> Sequence[str]:
        """Suggest who wrote on the forum."""
        return _holding((await self._known(programme_id)).authors, typed, most)

    async def amendments(self, actor: Actor, programme_id: ProgrammeId, typed: str, most: int) -> Sequence[Named]:
        """Suggest amendments that somebody may see, by reference, title and words; a few received ones first."""

        def work(unit: Unit) -> Sequence[Named]:
            received = received_by(unit, actor, programme_id, Search(typed), limit=_RECEIVED)
            named = [Named(receipt_typed(each), each.title) for each in received]
            return [*named, *unit.suggest.amendments(programme_id, typed, most)][:most]

        return await self._store.read(work)

    async def _known(self, programme_id: ProgrammeId) -> _Kept:
        now = self._seconds()
        kept = self._kept.get(programme_id)
        if kept is None or now - kept.at > _FRESH:
            kept = self._kept[programme_id] = await self._store.read(lambda unit: _read(unit, programme_id, now))
        return kept


def _read(unit: Unit, programme_id: ProgrammeId, now: float) -> _Kept:
    lines = unit.programmes.outline(programme_id)
    return _Kept(
        now,
        [(f"{line.code} {line.title} {line.chapter_title}".casefold(), line) for line in lines],
        unit.suggest.proposers(programme_id),
        unit.suggest.authors(programme_id),
    )


def _holding(names: Sequence[str], typed: str, most: int) -> Sequence[str]:
    wanted = typed.casefold().strip()
    return [name for name in names if wanted in name.casefold()][:most]
