"""A text flowing through messages: which blocks stand in which part, and staying there as long as they fit.

Once a part stands in Discord, a block keeps its place in it, so that the edit of one bullet is the edit of one message.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.domain.ids import BlockId
from bot.domain.text import Block, BlockKind
from bot.mirror.blocks import Writer
from bot.mirror.pieces import Piece, pieces_of
from bot.mirror.room import FILL, Room

_KEPT: Final = 1024
"""Texts that are kept as they were laid: every pass asks for nearly all of them again."""
_ELDERS: Final = " " * 200
"""Kept free for the levels above a nested item that opens a message."""


@dataclass(frozen=True, slots=True)
class Part:
    """The text of one message, and the blocks that stand in it. A part that was emptied by edits holds neither.

    `words` are the plain words of each of those blocks, as far as they stand in this message.
    """

    text: str
    layout: tuple[BlockId, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rooms:
    """What the first part holds, beside its header and footer, and what each later part does."""

    first: Room
    later: Room

    def of(self, part: int) -> Room:
        """Return the room of a part, counted from 0."""
        return self.later if part else self.first

    @property
    def least(self) -> Room:
        """Return what any part holds."""
        return Room(
            min(self.first.characters, self.later.characters), min(self.first.octets, self.later.octets)
        ).without(_ELDERS)


def flow(
    blocks: Sequence[tuple[BlockId, Block]], previous: Sequence[Sequence[BlockId]], rooms: Rooms, image: str
) -> tuple[Part, ...]:
    """Return the text's parts. `previous` holds the layouts of the parts that stand; it is empty for a new text.

    There is at least one part. Parts that stand and are no longer needed are not in the answer unless they lie
    between others. `image` is the word for an image without a description.
    """
    return _flow(tuple(blocks), tuple(tuple(layout) for layout in previous), rooms, image)


@lru_cache(_KEPT)
def _flow(
    blocks: tuple[tuple[BlockId, Block], ...], previous: tuple[tuple[BlockId, ...], ...], rooms: Rooms, image: str
) -> tuple[Part, ...]:
    return _Flow(rooms, Writer(image)).parts(blocks, previous)


class _Flow:
    def __init__(self, rooms: Rooms, writer: Writer) -> None:
        self._rooms = rooms
        self._writer = writer

    def parts(
        self, blocks: Sequence[tuple[BlockId, Block]], previous: Sequence[tuple[BlockId, ...]]
    ) -> tuple[Part, ...]:
        pieces = [piece for block_id, block in blocks for piece in self._pieces(block_id, block)]
        laid = self._settled(pieces, previous) if previous else self._filled(pieces, 0)
        return tuple(self._part(part) for part in laid or [[]])

    def _part(self, pieces: Sequence[Piece]) -> Part:
        layout = tuple(piece.block_id for piece in pieces)
        return Part(self._writer.text(pieces), layout, tuple(piece.block.text for piece in pieces))

    def _pieces(self, block_id: BlockId, block: Block) -> list[Piece]:
        least = self._rooms.least
        goal = Room(min(least.characters, FILL.characters), min(least.octets, FILL.octets))
        return pieces_of(
            block_id,
            block,
            lambda whole: least.holds(self._writer.block(whole)),
            lambda part: goal.holds(self._writer.block(part)),
        )

    def _fits(self, pieces: Sequence[Piece], part: int, *narrower: Room) -> bool:
        text = self._writer.text(pieces)
        return all(room.holds(text) for room in (self._rooms.of(part), *narrower))

    def _filled(self, pieces: Sequence[Piece], first: int) -> list[list[Piece]]:
        """Return new parts from number `first` on, each filled with what belongs together."""
        units = list(self._units(pieces))
        if len(units) > 1 and self._fits(pieces, first, FILL):
            return [list(pieces)]
        parts: list[list[Piece]] = []
        for unit in units:
            part = first + max(len(parts) - 1, 0)
            joined = [*parts[-1], *unit] if parts else []
            if joined and self._fits(joined, part, FILL):
                parts[-1] = joined
            else:
                parts.append(unit)
        return parts

    def _units(self, pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
        """Yield what should stay in one message: a heading with what follows, an item with the items in it."""
        unit: list[Piece] = []
        for piece in pieces:
            if unit and not (_belongs(unit[-1], piece) and self._rooms.least.holds(self._writer.text([*unit, piece]))):
                yield unit
                unit = []
            unit.append(piece)
        if unit:
            yield unit

    def _settled(self, pieces: Sequence[Piece], previous: Sequence[tuple[BlockId, ...]]) -> list[list[Piece]]:
        """Return the parts with every piece where it stood, and what no longer fits moved on to the next."""
        parts: list[list[Piece]] = [[] for _ in previous]
        for piece, home in zip(pieces, _homes(pieces, previous), strict=True):
            parts[home].append(piece)
        overflow: list[Piece] = []
        for number in range(len(parts)):
            parts[number], overflow = self._shed([*overflow, *parts[number]], number)
        parts += self._filled(overflow, len(parts))
        while len(parts) > 1 and not parts[-1]:
            parts.pop()
        return parts

    def _shed(self, pieces: list[Piece], part: int) -> tuple[list[Piece], list[Piece]]:
        kept = len(pieces)
        while kept > 1 and not self._fits(pieces[:kept], part):
            kept -= 1
        if kept < len(pieces):
            while kept > 1 and pieces[kept - 1].block.kind is BlockKind.HEADING:
                kept -= 1
        return pieces[:kept], pieces[kept:]


def _belongs(before: Piece, piece: Piece) -> bool:
    if before.block.kind is BlockKind.HEADING:
        return piece.block.kind is not BlockKind.HEADING
    nested = piece.block.kind is BlockKind.BULLET and piece.block.depth > 0
    return nested and before.block.kind is BlockKind.BULLET


def _homes(pieces: Sequence[Piece], previous: Sequence[tuple[BlockId, ...]]) -> list[int]:
    """Return the part of each piece: where it stands, else with the piece before it. Never before an earlier piece."""
    places: dict[BlockId, list[int]] = {}
    for number, layout in enumerate(previous):
        for block_id in layout:
            places.setdefault(block_id, []).append(number)
    stands: list[tuple[int, int]] = []
    for at, piece in enumerate(pieces):
        left = places.get(piece.block_id)
        if left:
            stands.append((at, left.pop(0)))
    kept = dict(_longest_ordered(stands))
    homes: list[int] = []
    home = next(iter(kept.values()), 0)
    for at in range(len(pieces)):
        home = kept.get(at, home)
        homes.append(home)
    return homes


def _longest_ordered(stands: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the most pieces whose parts do not go back, so that one moved block does not drag the others along."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for at, (_, part) in enumerate(stands):
        length = bisect_right(ends, part)
        before.append(last[length - 1] if length else None)
        ends[length:] = [part, *ends[length + 1 :]]
        last[length:] = [at, *last[length + 1 :]]
    chain: list[tuple[int, int]] = []
    at = last[-1] if last else None
    while at is not None:
        chain.append(stands[at])
        at = before[at]
    return chain[::-1]
