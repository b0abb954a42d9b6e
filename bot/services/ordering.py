"""The order of sections in a chapter, as an admin sets it; else they stand as they came on the forum."""

import re
from collections.abc import Sequence

from bot.domain.ids import ProgrammeId
from bot.domain.people import Actor, Role
from bot.errors import NotFound
from bot.services.ports import SectionLine, Store, Unit


class Ordering:
    """Sets orders."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def put(self, actor: Actor, programme_id: ProgrammeId, chapter: str, sections: str) -> Sequence[SectionLine]:
        """Put the sections with these codes first in their chapter, and return all of it in order.

        What is not named follows by its post id. Raises `Refused` for who is no admin, and `NotFound`.
        """
        actor.demand(Role.ADMIN)
        codes = list(dict.fromkeys(re.findall(r"[^\s,;]+", sections)))
        return await self._store.transact(lambda unit: _put(unit, programme_id, chapter.strip(), codes))


def _put(unit: Unit, programme_id: ProgrammeId, chapter: str, codes: Sequence[str]) -> list[SectionLine]:
    found = next((each for each in unit.programmes.chapters(programme_id) if each.code == chapter), None)
    if found is None or found.gone is not None:
        raise NotFound("order.no_chapter", chapter=chapter)
    lines = {line.code: line for line in _lines(unit, programme_id, chapter)}
    for code in codes:
        if code not in lines:
            raise NotFound("order.no_section", code=code, chapter=chapter)
    unit.programmes.order_sections(found.chapter_id, [lines[code].section_id for code in codes])
    return _lines(unit, programme_id, chapter)


def _lines(unit: Unit, programme_id: ProgrammeId, chapter: str) -> list[SectionLine]:
    return [line for line in unit.programmes.outline(programme_id) if line.chapter_code == chapter]
