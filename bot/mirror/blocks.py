"""Pieces of text as the markdown of one message: lists with depth and numbers, quotes, rows, headings, code.

A message's text depends on the pieces that stand in it alone, so that what happens elsewhere does not edit it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from bot.domain.ids import BlockId
from bot.domain.text import Block, BlockKind, Run
from bot.mirror.links import inert
from bot.mirror.markdown import escape, markdown_of
from bot.mirror.pieces import Piece

_DEEPEST: Final = 10
_NUMBER: Final = re.compile(r"(\d{1,9})\.")
_BREAK: Final = re.compile(r"\n\s*")
_FENCE: Final = "```"
_JOINTS: Final = {BlockKind.BULLET: "\n", BlockKind.ROW: "\n", BlockKind.CODE: "\n", BlockKind.QUOTE: "\n> \n"}


class _Counter:
    """Follows the numbers of a message's lists: Discord takes the first and counts on, whatever is written."""

    def __init__(self) -> None:
        self._last: dict[int, int] = {}

    def restart(self) -> None:
        self._last.clear()

    def sign(self, marker: str | None, depth: int) -> str:
        """Return what to write before an item: its number where Discord will show that one, else the number as text."""
        self._last = {level: number for level, number in self._last.items() if level <= depth}
        last = self._last.pop(depth, None)
        if marker is None:
            return "-"
        number = _NUMBER.fullmatch(marker)
        if number and last in {None, int(number[1]) - 1}:
            self._last[depth] = int(number[1])
            return marker
        return f"- {escape(marker).replace('.', chr(92) + '.')}"


class Writer:
    """Writes pieces as markdown. `image` is the word for an image without a description."""

    def __init__(self, image: str) -> None:
        self._image = image
        self._written: dict[tuple[Run, ...], str] = {}
        self._kinds: dict[BlockKind, Callable[[Block], str]] = {
            BlockKind.PARAGRAPH: self._plain,
            BlockKind.ROW: self._plain,
            BlockKind.HEADING: self._heading,
            BlockKind.QUOTE: self._quote,
            BlockKind.CODE: self._code,
        }

    def text(self, pieces: Sequence[Piece]) -> str:
        """Return the pieces as the text of one message."""
        written: list[str] = []
        before: Piece | None = None
        counter = _Counter()
        for piece in pieces:
            text = self._piece(piece, counter)
            if text:
                written += [_elders(piece) if before is None else _joint(before, piece), text]
                before = piece
        return "".join(written)

    def block(self, block: Block) -> str:
        """Return one block alone."""
        return self.text([Piece(BlockId(0), block)])

    def runs(self, runs: Sequence[Run]) -> str:
        """Return runs as a paragraph's markdown. Fitting text into messages asks for the same again and again."""
        key = tuple(runs)
        written = self._written.get(key)
        if written is None:
            written = self._written[key] = markdown_of(key, self._image).strip()
        return written

    def _piece(self, piece: Piece, counter: _Counter) -> str:
        block = piece.block
        if block.kind is not BlockKind.BULLET:
            counter.restart()
            return self._kinds[block.kind](block)
        text = _BREAK.sub("\n", self.runs(block.runs))
        if piece.continues or not text:
            return text
        depth = _depth(block)
        indent = "  " * depth
        return f"{indent}{counter.sign(block.marker, depth)} " + text.replace("\n", f"\n{indent}  ")

    def _plain(self, block: Block) -> str:
        return self.runs(block.runs)

    def _heading(self, block: Block) -> str:
        text = self.runs([replace(run, text=run.text.replace("\n", " ")) for run in block.runs])
        return "### " + re.sub(r"(?<!\\)#", r"\\#", text) if text else ""

    def _quote(self, block: Block) -> str:
        text = self.runs(block.runs)
        return "\n".join(f"> {line}" for line in text.split("\n")) if text else ""

    def _code(self, block: Block) -> str:
        """Return code between fences; a line that holds a fence itself stands outside them, for it would end them."""
        lines = "".join(run.text for run in block.runs if not run.image).strip("\n").split("\n")
        written: list[str] = []
        for holds_fence, group in groupby(lines, key=lambda line: _FENCE in line):
            held = list(group)
            if holds_fence:
                written += [self.runs([Run(line)]) for line in held]
            elif any(line.strip() for line in held):
                written += [_FENCE, *map(inert, held), _FENCE]
        return "\n".join(written)


def _depth(block: Block) -> int:
    return min(block.depth, _DEEPEST)


def _elders(piece: Piece) -> str:
    """Return the levels above a nested item that opens a message, for Discord drops white space at the start."""
    if piece.block.kind is not BlockKind.BULLET or piece.continues:
        return ""
    return "".join(f"{'  ' * level}- …\n" for level in range(_depth(piece.block)))


def _joint(before: Piece, after: Piece) -> str:
    if before.block.kind is after.block.kind:
        return _JOINTS.get(after.block.kind, "\n\n")
    return "\n" if before.block.kind is BlockKind.HEADING else "\n\n"
