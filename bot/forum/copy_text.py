"""The text of a post in a text copy: lines → blocks, as HTML of the same text would give them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.domain.text import Block, BlockKind, Run, normalise
from bot.forum.headings import mark_headings

_SIGNS = "•◦▪●○■‣"
_LEVELS = {"◦": 1, "○": 1, "▪": 2, "■": 2}
_NUMBERED = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")
_TAB = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text copy without the white space around it, and how deep it is set."""

    indent: int
    text: str


@dataclass(slots=True)
class _Open:
    """The block being read."""

    kind: BlockKind
    indent: int
    depth: int = 0
    marker: str | None = None
    lines: list[str] = field(default_factory=list[str])


def parse_lines(text: str) -> list[Line]:
    """Return the lines of a text, however they end, with tabs counted as four columns."""
    lines: list[Line] = []
    for raw in text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = raw.expandtabs(_TAB)
        content = line.lstrip(" \xa0")
        lines.append(Line(len(line) - len(content), raw.strip(" \t\xa0\f\v")))
    return lines


def read_blocks(lines: list[Line], sign: str = "") -> tuple[Block, ...]:
    """Return the blocks of a post's lines. `sign` is what the copy puts before posts, and so before bullets too.

    A blank line (a lone no-break space is one) parts paragraphs, a single line end is a line break.
    """
    reader = _Reader(_sign_test(sign))
    for index, line in enumerate(lines):
        reader.read(line, _is_numbered(lines, index))
    return mark_headings(reader.finish())


def _sign_test(sign: str) -> Callable[[str], bool]:
    signs = frozenset(_SIGNS + sign)
    return lambda text: len(text) > 1 and text[0] in signs and text[1].isspace()


class _Reader:
    """Reads lines one after another; lists are nested by how deep their signs stand."""

    def __init__(self, is_bullet: Callable[[str], bool]) -> None:
        self._is_bullet = is_bullet
        self._blocks: list[Block] = []
        self._open: _Open | None = None
        self._levels: list[int] = []
        self._after_blank = False

    def read(self, line: Line, numbered: bool) -> None:
        """Take in one line; `numbered` says that it is an item of a numbered list."""
        if not normalise(line.text):
            self._after_blank = True
            return
        if self._is_bullet(line.text):
            self._open_bullet(line, line.text[1:].lstrip(" \t\xa0"), None, _LEVELS.get(line.text[0], 0))
        elif numbered and (found := _NUMBERED.match(line.text)):
            self._open_bullet(line, line.text[found.end() :], f"{found[1]}.", 0)
        elif not self._continues(line):
            self._close()
            self._levels = []
            self._open = _Open(BlockKind.PARAGRAPH, line.indent, lines=[line.text])
        elif self._open is not None:
            self._open.lines.append(line.text)
        self._after_blank = False

    def finish(self) -> list[Block]:
        """Return the blocks of all lines read."""
        self._close()
        return self._blocks

    def _continues(self, line: Line) -> bool:
        if self._open is None:
            return False
        if self._open.kind is BlockKind.BULLET:
            return line.indent > self._open.indent
        return not self._after_blank

    def _open_bullet(self, line: Line, text: str, marker: str | None, level: int) -> None:
        self._close()
        while self._levels and self._levels[-1] > line.indent:
            self._levels.pop()
        if not self._levels or self._levels[-1] < line.indent:
            self._levels.append(line.indent)
        depth = max(len(self._levels) - 1, level if line.indent == 0 else 0)
        self._open = _Open(BlockKind.BULLET, line.indent, depth, marker, [text])

    def _close(self) -> None:
        if self._open is not None:
            run = Run("\n".join(self._open.lines))
            self._blocks.append(Block(self._open.kind, (run,), self._open.depth, self._open.marker))
        self._open = None


def _is_numbered(lines: list[Line], index: int) -> bool:
    """Tell whether a line is one of two or more that are numbered on: one number alone is text."""
    found = _NUMBERED.match(lines[index].text)
    if found is None:
        return False
    number, indent = int(found[1]), lines[index].indent
    return _has_number(lines, index, -1, number - 1, indent) or _has_number(lines, index, 1, number + 1, indent)


def _has_number(lines: list[Line], index: int, step: int, number: int, indent: int) -> bool:
    """Tell whether the nearest line that way that is not set deeper has this number."""
    at = index + step
    while 0 <= at < len(lines):
        line = lines[at]
        if not line.text or line.indent < indent:
            return False
        if line.indent == indent:
            found = _NUMBERED.match(line.text)
            return found is not None and int(found[1]) == number
        at += step
    return False
