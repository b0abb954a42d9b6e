"""Blocks being written, one piece after another. It knows no HTML: only where a block opens, breaks and closes."""

from dataclasses import dataclass

from bot.domain.text import Block, BlockKind
from bot.forum.making import make_block, make_run
from bot.forum.runs import EDGE, PLAIN, Piece, Setting, tidy_runs, trim_code

_BULLET, _CODE, _PARAGRAPH, _QUOTE = BlockKind.BULLET, BlockKind.CODE, BlockKind.PARAGRAPH, BlockKind.QUOTE
_LINE_BREAK: Piece = ("\n", PLAIN)
_CELL_BOUNDARY: Piece = ("\t", PLAIN)
_SPACE: Piece = (" ", PLAIN)


@dataclass(slots=True)
class Shape:
    """What a block will be when it is closed.

    A bullet has a shape of its own, which knows whether it was printed: what comes after a list inside an item is no
    second bullet.
    """

    kind: BlockKind
    depth: int = 0
    marker: str | None = None
    printed: bool = False


class BlockWriter:
    """Collects pieces into blocks. A block takes the shape that holds where its first piece is written."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.pieces: list[Piece] = []
        self._shape = Shape(_PARAGRAPH)
        self._soft = False
        self._line_is_blank = False

    def write(self, text: str, setting: Setting, shape: Shape) -> None:
        """Add a text or an image, in a new block of the given shape where none is open."""
        blank = text.isspace() and not setting[2]
        if not self.pieces:
            self._shape = Shape(_PARAGRAPH, shape.depth + 1) if shape.printed else shape
        elif self._soft:
            if blank:
                return
            self.pieces.append(_LINE_BREAK)
        self._soft = False
        self._line_is_blank = self._line_is_blank and blank
        self.pieces.append((text, setting))

    def write_alone(self, text: str, setting: Setting, shape: Shape) -> None:
        """Add a block of one text."""
        if self.pieces:
            self.close()
        if block := lone_block(text, setting, shape):
            self.blocks.append(block)

    def line_break(self) -> None:
        """Start a new line in the open block; an empty line parts one paragraph from the next."""
        if not self.pieces:
            return
        if self._line_is_blank and self._shape.kind in (_PARAGRAPH, _QUOTE):
            self.close()
            return
        self.pieces.append(_LINE_BREAK)
        self._line_is_blank = True

    def tab(self, shape: Shape) -> None:
        """Pass to the next cell of a row."""
        if not self.pieces:
            self._shape = shape
        self._soft = False
        self.pieces.append(_CELL_BOUNDARY)

    def soften(self) -> None:
        """Remember that what comes next stands on a line of its own in the same block."""
        last = next((piece for piece in reversed(self.pieces) if piece[1][2] or piece[0].strip(" ")), None)
        self._soft = last is not None and (last[1][2] or last[0] != "\t")

    def space(self) -> None:
        """Part what comes next from what stood before, on the same line."""
        if self.pieces:
            self.pieces.append(_SPACE)

    def close(self) -> None:
        """End the open block, if there is one."""
        if not self.pieces:
            return
        shape = self._shape
        runs = trim_code(self.pieces) if shape.kind is _CODE else tidy_runs(self.pieces)
        if runs:
            self.blocks.append(make_block(shape.kind, runs, shape.depth, shape.marker))
            shape.printed = shape.kind is _BULLET
        self.pieces.clear()
        self._soft = self._line_is_blank = False


def lone_block(text: str, setting: Setting, shape: Shape) -> Block | None:
    """Return the block of one text, None where it says nothing."""
    text = text.strip(EDGE)
    if not text or text.isspace():
        return None
    return make_block(shape.kind, (make_run(text, *setting),), shape.depth, shape.marker)
