"""The programme as the assembly adopted it: every section in its consolidated text. The concept stays what is stored.

So a correction afterwards is in the text at once, and the forum, which knows the concept only, changes nothing.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.domain.amendments import Amendment
from bot.domain.consolidation import Consolidated, Obstacle, consolidated
from bot.domain.ids import BlockId
from bot.domain.phases import Phase
from bot.domain.programme import Programme, Section
from bot.domain.text import StoredBlock, numbers_of

_ROOM: Final = 1000
"""Blocks that one amendment may bring."""


def adopted(programme: Programme) -> Programme:
    """Return the programme with the adopted text, once it is adopted; before that as it is."""
    if programme.calendar.phase is not Phase.ADOPTED:
        return programme
    chapters = (
        replace(chapter, sections=tuple(_adopted(section) for section in chapter.sections))
        for chapter in programme.chapters
    )
    return replace(programme, chapters=tuple(chapters))


def consolidation_of(section: Section) -> Consolidated:
    """Return a section's text with all that was carried."""
    finals = {each.amendment_id: each.final_text for each in section.amendments if each.final_text is not None}
    return consolidated(section.blocks, section.amendments, finals)


def unapplied(programme: Programme) -> Iterator[tuple[Amendment, Obstacle]]:
    """Yield what was carried and could not be worked into the text, each with why, in the programme's order."""
    for chapter in programme.standing:
        for section in chapter.standing:
            yield from consolidation_of(section).left


def _adopted(section: Section) -> Section:
    if not section.standing:
        return section
    made = consolidation_of(section)
    return replace(section, blocks=tuple(_stored(made)), adopted=tuple(amendment for amendment, _ in made.left))


def _stored(made: Consolidated) -> Iterator[StoredBlock]:
    """Yield the blocks with ids. What is new has one of its own, below those of all that is stored, and keeps it."""
    brought: dict[int, int] = {}
    for piece, number in zip(made.pieces, numbers_of(piece.block for piece in made.pieces), strict=True):
        block_id = piece.was
        if block_id is None:
            by = piece.by[0]
            brought[by] = brought.get(by, 0) + 1
            block_id = BlockId(-(by * _ROOM + brought[by]))
        yield StoredBlock(block_id, number, piece.block)
