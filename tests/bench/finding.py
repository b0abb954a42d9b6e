"""How long finding takes in the database itself: searching 100,000 amendments, and a page of a list of a million."""

import asyncio
import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from bot.domain.amendments import Kind, Status
from bot.domain.ids import AmendmentId, ProgrammeId, SectionId
from bot.services.meeting_rows import Search
from bot.services.ports import AmendmentFilter, Unit
from db.database import Database
from tests.bench.driving import percentile
from tests.bench.figure import Figure
from tests.bench.large import fill, vocabulary

_MANY: Final = 100_000
_MILLION: Final = 1_000_000
_TRIES: Final = 300
_PAGE: Final = 11


def measure() -> Iterator[Figure]:
    with TemporaryDirectory(prefix="programmabrug-bench-") as folder:
        seconds = asyncio.run(_searched(Path(folder) / "search.db"))
        yield Figure("searching 100,000 amendments, p95", percentile(seconds, 0.95) * 1000, 20, "ms")
        one, page = asyncio.run(_listed(Path(folder) / "list.db"))
        yield Figure("a page of a list of 1,000,000", page / one, 10, "× one read by key")


async def _searched(path: Path) -> list[float]:
    """Look for one to three words, common and rare, whole and begun, with filters and deep in the pages."""
    async with await Database.open(path) as store:
        programme_id = await store.transact(
            lambda unit: fill(unit, None, sections=2000, amendments=_MANY, indexed=True)
        )
        searches = list(_searches(programme_id))
        return await store.read(lambda unit: [_timed(partial(each, unit)) for each in searches])


def _searches(programme_id: ProgrammeId) -> Iterator[Callable[[Unit], object]]:
    chance, words = random.Random(11), vocabulary()  # noqa: S311
    for turn in range(_TRIES):
        typed = [words[int(len(words) ** chance.random()) - 1] for _ in range(1 + turn % 3)]
        typed[-1] = typed[-1][: max(2, len(typed[-1]) - turn % 4)]
        search = Search(
            " ".join(typed),
            statuses=frozenset({Status.OPEN}) if turn % 5 == 0 else frozenset(),
            section_id=SectionId(1 + turn) if turn % 7 == 0 else None,
            kind=Kind.INSERT if turn % 11 == 0 else None,
        )
        before = AmendmentId(_MANY // 2) if turn % 4 == 0 else None
        yield lambda unit, search=search, before=before: unit.search.find(programme_id, search, before=before, limit=26)


async def _listed(path: Path) -> tuple[float, float]:
    async with await Database.open(path) as store:
        programme_id = await store.transact(
            lambda unit: fill(unit, None, sections=2000, amendments=_MILLION, indexed=False)
        )
        places = [AmendmentId(random.Random(n).randrange(1, _MILLION)) for n in range(_TRIES)]  # noqa: S311

        def page(unit: Unit, after: AmendmentId) -> object:
            return unit.amendments.list(programme_id, AmendmentFilter(), after=after, limit=_PAGE)

        ones = await store.read(lambda unit: [_timed(partial(unit.amendments.load, each)) for each in places])
        pages = await store.read(lambda unit: [_timed(partial(page, unit, each)) for each in places])
        return percentile(ones, 0.5), percentile(pages, 0.5)


def _timed(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began
