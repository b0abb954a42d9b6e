"""Blocks being written, one run after another. It knows no HTML: only where a block opens, breaks and closes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.text import Block, BlockKind, Run, Style
from bot.forum.runs import tidy_runs, trim_code

_SPLIT_AT_BLANK_LINES = frozenset((BlockKind.PARAGRAPH, BlockKind.QUOTE))


@dataclass(slots=True)
class Item:
    """A list item, and whether its bullet has been printed: what comes after a list inside it is no second bullet."""

    depth: int
    marker: str | None = None
    printed: bool = False


class Shape(NamedTuple):
    """What a block will be when it is closed."""

    kind: BlockKind
    depth: int = 0
    marker: str | None = None
    item: Item | None = None


class BlockWriter:
    """Collects runs into blocks. A block takes the shape that holds where its first run is written."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._pieces: list[Run] = []
        self._shape = Shape(BlockKind.PARAGRAPH)
        self._soft = False
        self._line_is_blank = False

    @property
    def opened(self) -> bool:
        """Whether a block is open."""
        return bool(self._pieces)

    def write(self, run: Run, shape: Callable[[], Shape]) -> None:
        """Add a run, in a new block of the given shape where none is open."""
        blank = not run.image and run.text.isspace()
        if not self._pieces:
            self._shape = shape()
        elif self._soft:
            if blank:
                return
            self._pieces.append(Run("\n"))
        self._soft = False
        self._line_is_blank = self._line_is_blank and blank
        self._pieces.append(run)

    def line_break(self, style: Style) -> None:
        """Start a new line in the open block; an empty line parts one paragraph from the next."""
        if not self._pieces:
            return
        if self._line_is_blank and self._shape.kind in _SPLIT_AT_BLANK_LINES:
            self.close()
            return
        self._pieces.append(Run("\n", style))
        self._line_is_blank = True

    def tab(self, shape: Callable[[], Shape]) -> None:
        """Pass to the next cell of a row."""
        if not self._pieces:
            self._shape = shape()
        self._soft = False
        self._pieces.append(Run("\t"))

    def soften(self) -> None:
        """Remember that what comes next stands on a line of its own in the same block."""
        last = next((piece for piece in reversed(self._pieces) if piece.image or piece.text.strip(" ")), None)
        self._soft = last is not None and (last.image or last.text != "\t")

    def space(self) -> None:
        """Part what comes next from what stood before, on the same line."""
        if self._pieces:
            self._pieces.append(Run(" "))

    def close(self) -> None:
        """End the open block, if there is one."""
        if self._pieces:
            tidy = trim_code if self._shape.kind is BlockKind.CODE else tidy_runs
            block = Block(self._shape.kind, tidy(self._pieces), self._shape.depth, self._shape.marker)
            if block.text or any(run.image for run in block.runs):
                self.blocks.append(block)
                if self._shape.item is not None:
                    self._shape.item.printed = True
        self._pieces = []
        self._soft = False
        self._line_is_blank = False
