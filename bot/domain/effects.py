"""What another text of a section would do to the amendments that are aimed at it. Pure; nothing is changed here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.aiming import block_at
from bot.domain.amendments import Amendment, Anchor, Status
from bot.domain.anchors import follow
from bot.domain.identity import match_blocks
from bot.domain.ids import BlockId
from bot.domain.programme import Section
from bot.domain.text import Block, StoredBlock, numbers_of

_IN_FORCE: Final = frozenset({Status.ADOPTED, Status.ADOPTED_AS_MODIFIED, Status.TAKEN_OVER})


class Effect(StrEnum):
    """What becomes of an amendment's place: it moves along, its words change, or nobody can say where it went."""

    FOLLOWS = "follows"
    CHANGED = "changed"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Touched:
    """An amendment that would not stand as it does. `anchor` is where it would be aimed."""

    amendment: Amendment
    effect: Effect
    anchor: Anchor


def touched(section: Section, blocks: Sequence[Block]) -> tuple[Touched, ...]:
    """Return the amendments that matter still and that this text would touch, in their order."""
    return tuple(_touched(section, blocks))


def _touched(section: Section, blocks: Sequence[Block]) -> Iterator[Touched]:
    after = _as_stored(section, blocks)
    for amendment in section.amendments:
        matters = amendment.status.ahead or amendment.status in _IN_FORCE
        if not matters or amendment.anchor is None or amendment.anchor.stale:
            continue
        anchor = follow(amendment.anchor, section.blocks, after)
        if effect := _effect(amendment.anchor, anchor, section.blocks, after):
            yield Touched(amendment, effect, anchor)


def _effect(before: Anchor, anchor: Anchor, old: Sequence[StoredBlock], new: Sequence[StoredBlock]) -> Effect | None:
    if anchor.stale:
        return Effect.STALE
    was, will_be = block_at(old, before), block_at(new, anchor)
    if was is None or will_be is None or was.block.text != will_be.block.text:
        return Effect.CHANGED
    return Effect.FOLLOWS if anchor != before else None


def _as_stored(section: Section, blocks: Sequence[Block]) -> list[StoredBlock]:
    """Return a text as it would be stored. A block that is new gets an id that no stored one has."""
    ids = match_blocks(section.blocks, blocks)
    return [
        StoredBlock(BlockId(-at) if found is None else found, number, block)
        for at, (found, number, block) in enumerate(zip(ids, numbers_of(blocks), blocks, strict=True), start=1)
    ]
