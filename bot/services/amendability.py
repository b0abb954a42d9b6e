"""Marking what nobody may propose anything about: a section, or one of its blocks. Proposing is refused in `ideas`."""

from dataclasses import dataclass

from bot.domain.ids import SectionId
from bot.domain.people import Actor, Role
from bot.domain.places import parse_place
from bot.domain.programme import Section
from bot.domain.text import BlockKind, StoredBlock
from bot.errors import NotFound
from bot.services.finding import standing_section
from bot.services.homes import demand_section
from bot.services.ports import Store, Unit


@dataclass(frozen=True, slots=True)
class Marked:
    """What was marked; no block means the whole section. `blocks` are those of the section that are closed now."""

    section: Section
    block: StoredBlock | None
    blocks: tuple[StoredBlock, ...]


class Amendability:
    """The acts of secretary and *beheer*."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def mark(self, actor: Actor, section_id: SectionId, place: str, *, amendable: bool) -> Marked:
        """Close a section for proposals, or one block as people name it ("punt 6"); or open it again."""

        def work(unit: Unit) -> Marked:
            if Role.ADMIN not in actor.roles:
                actor.demand(Role.SECRETARY)
            demand_section(unit, actor, section_id)
            section = standing_section(unit, section_id)
            block = _block(section, place) if place.strip() else None
            unit.programmes.set_amendable(section_id, block.block_id if block else None, amendable=amendable)
            after = standing_section(unit, section_id)
            return Marked(after, block, tuple(each for each in after.blocks if not each.amendable))

        return await self._store.transact(work)


def _block(section: Section, words: str) -> StoredBlock:
    place = parse_place(words)
    kind = place.kind or BlockKind.BULLET if place else None
    for stored in section.blocks:
        if place is not None and (stored.block.kind, stored.number) == (kind, place.number):
            return stored
    raise NotFound("refused.no_block", words=words[:60], code=section.code)
