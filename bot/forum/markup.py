"""A post's HTML → blocks of formatted runs.

The plain text of the blocks is that of the HTML, where every block-level tag counts as a space and an inline tag as
nothing. No page is known here: whoever calls points at the element that holds the post.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.domain.text import Block, BlockKind, Style
from bot.forum.address import absolute
from bot.forum.block_writer import BlockWriter, Shape, lone_block
from bot.forum.headings import mark_headings
from bot.forum.nesting import flattened
from bot.forum.runs import PLAIN, Setting
from bot.forum.tags import BLOCK_TAGS, HEADING_TAGS, KNOWN_TAGS, STYLES, VOID_TAGS
from bot.forum.tokens import attribute, careful_tokens_of, tokens_of, unescaped

_VOID_ENDS = frozenset(f"/{name}" for name in VOID_TAGS)
_NOT_TEXT = re.compile(
    r' class="(?:[^"]* )?(?:bbp-(?:reply|topic)-revision-log'
    r'|(?:[\w-]*[-_])?signature(?:[-_](?:block|box|container|content|text|wrap(?:per)?))?)[" ]'
)
_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_SOURCES = ("data-src", "data-lazy-src", "src")
"""Where an image's address stands. One that is shown late has a blank in `src`, and its twin in a noscript after it."""
_ENDS = {"p": "/p", "li": "/li"}
_BULLET, _LIST_TEXT, _UNSTYLED = BlockKind.BULLET, BlockKind.PARAGRAPH, Style.PLAIN  # 3.11 is slow to look these up


_Edge = Callable[[BlockWriter], None]
"""What the start and the end of an element do to the block that is being written."""


class _Place(NamedTuple):
    """What the block-level elements around a piece of text make of it.

    `alone` has the shapes of elements that are a block by themselves where they hold nothing but text. `edge` is what a
    plain block-level element does: where one block takes in all there is, it is but a line break.
    """

    shape: Shape
    alone: dict[str, Shape]
    edge: _Edge = BlockWriter.close
    lists: int = 0
    quotes: int = 0
    counter: list[int] | None = None
    cells: list[int] | None = None
    in_cell: bool = False
    preformatted: bool = False


_PARAGRAPH = Shape(BlockKind.PARAGRAPH)
_TOP = _Place(_PARAGRAPH, {"p": _PARAGRAPH})
_ONLY_PARAGRAPHS = frozenset(("", "p", "/p"))
_WHOLE: dict[str, Shape] = {}


def parse_blocks(html: str, base: str | None = None) -> tuple[Block, ...]:
    """Return the blocks of a piece of HTML. `base` is the address of the page it stands in."""
    body = LexborHTMLParser(flattened(html)).body
    return () if body is None else blocks_of(body, base)


def blocks_of(element: LexborNode, base: str | None = None) -> tuple[Block, ...]:
    """Return the blocks of all that an element holds. `base` is the address of the page it stands in."""
    return read_blocks(element.inner_html or "", base)


def read_blocks(html: str, base: str | None = None) -> tuple[Block, ...]:
    """Return the blocks of HTML as the parser writes it. `base` is the address of the page it stands in."""
    tags, texts = tokens_of(html)
    if _ONLY_PARAGRAPHS.issuperset(tags) and not "".join(texts[::2]).strip():
        return _paragraphs(texts[1::2])
    try:
        return _Reader(tags, texts, base).read()
    except _IrregularError:
        return _Reader(*careful_tokens_of(html), base, careful=True).read()


def _paragraphs(texts: list[str]) -> tuple[Block, ...]:
    """Return the blocks of what most posts are: paragraphs that hold nothing but text."""
    blocks = (lone_block(_folded(text), PLAIN, _PARAGRAPH) for text in texts)
    return tuple(block for block in blocks if block is not None)


def _folded(text: str) -> str:
    """Return a text as it is meant: without escapes, and with each stretch of white space as one space."""
    if "&" in text:
        text = unescaped(text)
    return _SPACES.sub(" ", text) if "\n" in text or "  " in text or "\t" in text else text


class _IrregularError(Exception):
    """A tag that is none, or one behind which anything may stand: the tokens must be looked for with care."""


class _Reader:
    """Passes along the tags of one post and knows at each text what holds there."""

    def __init__(self, tags: list[str], texts: list[str], base: str | None, *, careful: bool = False) -> None:
        self.base = base
        self.writer = BlockWriter()
        self.place = _TOP
        self.setting = PLAIN
        self._careful = careful
        self._opened: list[tuple[_Place, Setting, _Edge | None]] = []
        self._tokens = zip(tags, texts, tags[1:], strict=False)

    def read(self) -> tuple[Block, ...]:
        """Return the blocks."""
        writer = self.writer
        for tag, behind, ahead in self._tokens:
            text = behind
            if tag[:1] == "/":
                self._leave(tag)
            elif tag in STYLES:
                self._opened.append((self.place, self.setting, None))
                self.setting = _styled(self.setting, STYLES[tag])
            elif (shape := self.place.alone.get(tag)) and ahead == _ENDS[tag]:
                writer.write_alone(_folded(text), self.setting, shape)
                _, text, _ = next(self._tokens)
            elif tag:
                text = self._enter(tag, text)
            if text and (writer.pieces or not (text.isspace() or text == "&nbsp;")):
                folded = unescaped(text) if self.place.preformatted else _folded(text)
                writer.write(folded, self.setting, self.place.shape)
        writer.close()
        return mark_headings(writer.blocks)

    def _enter(self, tag: str, text: str) -> str:
        """Begin an element; return the text behind its tag, or behind all of it where it is not for reading."""
        name = tag
        if " " in tag:
            name = tag[: tag.index(" ")]
            if ("log" in tag or "signature" in tag) and _NOT_TEXT.search(tag):
                return self._pass_over(name)
        place, setting, edge = self.place, self.setting, None
        if name in _PLAIN_BLOCKS:
            edge = place.edge
        elif name in STYLES:
            self.setting = _styled(setting, STYLES[name])
        elif opener := _OPENERS.get(name):
            edge = opener(self, tag)
        elif name == "template":
            return self._pass_over(name)
        if not self._careful and (name not in KNOWN_TAGS or (name is not tag and tag[-1] != '"')):
            raise _IrregularError
        if edge:
            edge(self.writer)
        if name not in VOID_TAGS:
            self._opened.append((place, setting, edge))
        return text

    def _leave(self, tag: str) -> None:
        if self._opened and tag not in _VOID_ENDS:
            self.place, self.setting, edge = self._opened.pop()
            if edge:
                edge(self.writer)

    def _pass_over(self, name: str) -> str:
        """Leave an element that has just begun, and all it holds, unread; return the text after it."""
        depth = 1
        for tag, text, _ in self._tokens:
            if tag == f"/{name}":
                depth -= 1
            elif tag.partition(" ")[0] == name:
                depth += 1
            if not depth:
                return text
        return ""


def _styled(setting: Setting, style: Style) -> Setting:
    return (style if setting[0] is _UNSTYLED else setting[0] | style, setting[1], False)


def _open_break(reader: _Reader, _tag: str) -> _Edge | None:
    reader.writer.line_break()
    return None


def _open_image(reader: _Reader, tag: str) -> _Edge | None:
    alt = _SPACES.sub(" ", attribute(tag, "alt") or "").strip()
    if "emoji" in (attribute(tag, "class") or "").split():
        reader.writer.write(alt, reader.setting, reader.place.shape)
        return None
    address = next((url for name in _SOURCES if (url := absolute(reader.base, attribute(tag, name)))), None)
    image = (alt, (reader.setting[0], address, True))
    if address and reader.writer.pieces[-1:] != [image]:
        reader.writer.write(*image, reader.place.shape)
    return None


def _open_frame(_reader: _Reader, _tag: str) -> _Edge | None:
    return BlockWriter.space


def _open_link(reader: _Reader, tag: str) -> _Edge | None:
    reader.setting = (reader.setting[0], absolute(reader.base, attribute(tag, "href")), False)
    return None


def _open_list(reader: _Reader, tag: str) -> _Edge | None:
    place = reader.place
    if place.in_cell:
        return BlockWriter.soften
    lists = place.lists + 1
    counter = [_number(attribute(tag, "start"), 1)] if tag.startswith("ol") else None
    alone = {"li": Shape(_BULLET, place.lists)} if counter is None and not place.preformatted else _WHOLE
    shape = place.shape if place.shape.kind is _BULLET else Shape(_LIST_TEXT, lists)
    reader.place = _Place(
        shape, alone, place.edge, lists, place.quotes, counter, place.cells, place.in_cell, place.preformatted
    )
    return BlockWriter.close


def _open_item(reader: _Reader, tag: str) -> _Edge | None:
    place = reader.place
    if place.in_cell:
        return BlockWriter.soften
    marker = None
    if place.counter is not None:
        number = _number(attribute(tag, "value"), place.counter[0])
        place.counter[0] = number + 1
        marker = f"{number}."
    shape = Shape(_BULLET, max(place.lists - 1, 0), marker)
    reader.place = place._replace(shape=shape, alone=_WHOLE, edge=BlockWriter.soften)
    return BlockWriter.close


def _open_quote(reader: _Reader, _tag: str) -> _Edge | None:
    place = reader.place
    if place.in_cell:
        return BlockWriter.soften
    shape = Shape(BlockKind.QUOTE, place.quotes)
    reader.place = place._replace(shape=shape, alone={"p": shape}, edge=BlockWriter.close, quotes=place.quotes + 1)
    return BlockWriter.close


def _open_heading(reader: _Reader, _tag: str) -> _Edge | None:
    place = reader.place
    if place.edge is BlockWriter.soften:
        return BlockWriter.soften
    if place.shape.kind is not BlockKind.QUOTE:
        reader.place = place._replace(shape=Shape(BlockKind.HEADING), alone=_WHOLE)
    return BlockWriter.close


def _open_code(reader: _Reader, _tag: str) -> _Edge | None:
    place = reader.place
    if place.edge is BlockWriter.soften:
        reader.place = place._replace(preformatted=True)
        reader.setting = _styled(reader.setting, Style.CODE)
        return BlockWriter.soften
    reader.place = place._replace(shape=Shape(BlockKind.CODE), alone=_WHOLE, preformatted=True)
    return BlockWriter.close


def _open_table(reader: _Reader, _tag: str) -> _Edge | None:
    return BlockWriter.soften if reader.place.in_cell else BlockWriter.close


def _open_row(reader: _Reader, _tag: str) -> _Edge | None:
    place = reader.place
    if place.in_cell:
        return BlockWriter.soften
    reader.place = place._replace(shape=Shape(BlockKind.ROW), alone=_WHOLE, edge=BlockWriter.close, cells=[0])
    return BlockWriter.close


def _open_cell(reader: _Reader, _tag: str) -> _Edge | None:
    place = reader.place
    if place.cells is None:
        return BlockWriter.soften
    if place.cells[0]:
        reader.writer.tab(place.shape)
    place.cells[0] += 1
    reader.place = place._replace(alone=_WHOLE, edge=BlockWriter.soften, cells=None, in_cell=True)
    return None


def _number(text: str | None, otherwise: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return otherwise


_OPENERS: dict[str, Callable[[_Reader, str], _Edge | None]] = {
    "br": _open_break,
    "img": _open_image,
    "iframe": _open_frame,
    "a": _open_link,
    "ul": _open_list,
    "ol": _open_list,
    "li": _open_item,
    "blockquote": _open_quote,
    **dict.fromkeys(HEADING_TAGS, _open_heading),
    "pre": _open_code,
    **dict.fromkeys(("table", "thead", "tbody", "tfoot"), _open_table),
    "tr": _open_row,
    "td": _open_cell,
    "th": _open_cell,
}
_PLAIN_BLOCKS = BLOCK_TAGS - _OPENERS.keys()
