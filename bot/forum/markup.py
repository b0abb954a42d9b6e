"""A post's HTML → blocks of formatted runs.

The plain text of the blocks is that of the HTML, where every block-level tag counts as a space and an inline tag as
nothing. No page is known here: whoever calls points at the element that holds the post.
"""

import re
from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.domain.text import Block, BlockKind, Run, Style
from bot.forum.address import absolute
from bot.forum.block_writer import BlockWriter, Item, Shape
from bot.forum.headings import mark_headings

_BLOCK_NAMES = (
    "address article aside blockquote caption center dd details div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
_BLOCK_TAGS = frozenset(_BLOCK_NAMES.split())
_STYLES = {
    **dict.fromkeys(("b", "strong"), Style.BOLD),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), Style.ITALIC),
    **dict.fromkeys(("s", "del", "strike"), Style.STRIKE),
    **dict.fromkeys(("u", "ins"), Style.UNDERLINE),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), Style.CODE),
}
_SILENT_TAGS = frozenset(("script", "style", "template", "-comment", "-doctype"))
_NOT_TEXT = re.compile(r"(?:^|\s)(?:bbp-(?:reply|topic)-revision-log|[\w-]*signature)(?:\s|$)")
_MAY_BE_NO_TEXT = frozenset(("ul", "ol", "div", "p", "span"))
_SPACES = re.compile(r"[ \t\n\r\f\v]+")


class _Edge(Enum):
    """What the start and the end of an element mean for the text around it."""

    NONE = 0
    SPACE = 1
    SOFT = 2
    HARD = 3


class _Scope(NamedTuple):
    """What the elements around a piece of text make of it."""

    kind: BlockKind = BlockKind.PARAGRAPH
    style: Style = Style.PLAIN
    href: str | None = None
    lists: int = 0
    quotes: int = 0
    item: Item | None = None
    counter: list[int] | None = None
    cells: list[int] | None = None
    in_cell: bool = False
    preformatted: bool = False

    @property
    def whole(self) -> bool:
        """Whether one block takes in all there is: block-level tags inside are but line breaks."""
        return self.in_cell or self.kind is BlockKind.BULLET

    def shape(self) -> Shape:
        """Return the shape of a block that opens here."""
        if self.kind is BlockKind.BULLET and self.item is not None:
            if self.item.printed:
                return Shape(BlockKind.PARAGRAPH, self.item.depth + 1)
            return Shape(BlockKind.BULLET, self.item.depth, self.item.marker, self.item)
        if self.kind is BlockKind.QUOTE:
            return Shape(BlockKind.QUOTE, max(self.quotes - 1, 0))
        return Shape(self.kind, self.lists if self.kind is BlockKind.PARAGRAPH else 0)


def parse_blocks(html: str, base: str | None = None) -> tuple[Block, ...]:
    """Return the blocks of a piece of HTML. `base` is the address of the page it stands in."""
    body = LexborHTMLParser(html).body
    return () if body is None else blocks_of(body, base)


def blocks_of(element: LexborNode, base: str | None = None) -> tuple[Block, ...]:
    """Return the blocks of all that an element holds. `base` is the address of the page it stands in."""
    writer = BlockWriter()
    opened: list[tuple[LexborNode, _Scope, _Edge]] = []
    scope = _Scope()
    node = element.first_child
    while node is not None or opened:
        if node is None:
            node, outer, edge = opened.pop()
            _cross(writer, edge)
            scope, node = outer, node.next
            continue
        inner, edge = _visit(node, scope, writer, base)
        if inner is None:
            node = node.next
            continue
        _cross(writer, edge)
        opened.append((node, scope, edge))
        scope, node = inner, node.first_child
    writer.close()
    return mark_headings(writer.blocks)


def _visit(node: LexborNode, scope: _Scope, writer: BlockWriter, base: str | None) -> tuple[_Scope | None, _Edge]:
    """Write what a node is in itself; return the scope for what it holds, or None where that is not for reading."""
    tag = node.tag or "-none"
    if tag == "-text":
        _write_text(node, scope, writer)
        return None, _Edge.NONE
    if tag in _SILENT_TAGS or (tag in _MAY_BE_NO_TEXT and _NOT_TEXT.search(node.attributes.get("class") or "")):
        return None, _Edge.NONE
    if style := _STYLES.get(tag):
        return scope._replace(style=scope.style | style), _Edge.NONE
    if opener := _OPENERS.get(tag):
        return opener(node, scope, writer)
    if tag in _BLOCK_TAGS:
        return scope, _Edge.SOFT if scope.whole else _Edge.HARD
    if tag == "a":
        return scope._replace(href=absolute(base, node.attributes.get("href"))), _Edge.NONE
    if tag == "img":
        _write_image(node, scope, writer, base)
    return scope, _Edge.SPACE if tag == "iframe" else _Edge.NONE


def _cross(writer: BlockWriter, edge: _Edge) -> None:
    if edge is _Edge.HARD:
        writer.close()
    elif edge is _Edge.SOFT:
        writer.soften()
    elif edge is _Edge.SPACE:
        writer.space()


def _write_text(node: LexborNode, scope: _Scope, writer: BlockWriter) -> None:
    text = node.text_content or ""
    if not text or (not writer.opened and text.isspace()):
        return
    if not scope.preformatted:
        text = _SPACES.sub(" ", text)
    writer.write(Run(text, scope.style, scope.href), scope.shape)


def _write_image(node: LexborNode, scope: _Scope, writer: BlockWriter, base: str | None) -> None:
    attributes = node.attributes
    alt = attributes.get("alt") or ""
    if "emoji" in (attributes.get("class") or "").split():
        writer.write(Run(alt, scope.style, scope.href), scope.shape)
    elif address := absolute(base, attributes.get("src")):
        writer.write(Run(_SPACES.sub(" ", alt).strip(), scope.style, address, image=True), scope.shape)


def _open_break(_node: LexborNode, scope: _Scope, writer: BlockWriter) -> tuple[_Scope, _Edge]:
    writer.line_break(scope.style)
    return scope, _Edge.NONE


def _open_list(node: LexborNode, scope: _Scope, _writer: BlockWriter) -> tuple[_Scope, _Edge]:
    if scope.in_cell:
        return scope, _Edge.SOFT
    counter = [_number(node.attributes.get("start"), 1)] if node.tag == "ol" else None
    kind = scope.kind if scope.kind is BlockKind.BULLET else BlockKind.PARAGRAPH
    return scope._replace(kind=kind, lists=scope.lists + 1, counter=counter), _Edge.HARD


def _open_item(node: LexborNode, scope: _Scope, _writer: BlockWriter) -> tuple[_Scope, _Edge]:
    if scope.in_cell:
        return scope, _Edge.SOFT
    marker = None
    if scope.counter is not None:
        number = _number(node.attributes.get("value"), scope.counter[0])
        scope.counter[0] = number + 1
        marker = f"{number}."
    item = Item(max(scope.lists - 1, 0), marker)
    return scope._replace(kind=BlockKind.BULLET, item=item), _Edge.HARD


def _open_quote(_node: LexborNode, scope: _Scope, _writer: BlockWriter) -> tuple[_Scope, _Edge]:
    if scope.in_cell:
        return scope, _Edge.SOFT
    return scope._replace(kind=BlockKind.QUOTE, quotes=scope.quotes + 1), _Edge.HARD


def _open_heading(_node: LexborNode, scope: _Scope, _writer: BlockWriter) -> tuple[_Scope, _Edge]:
    if scope.whole:
        return scope, _Edge.SOFT
    kind = scope.kind if scope.kind is BlockKind.QUOTE else BlockKind.HEADING
    return scope._replace(kind=kind), _Edge.HARD


def _open_code(_node: LexborNode, scope: _Scope, _writer: BlockWriter) -> tuple[_Scope, _Edge]:
    inner = scope._replace(preformatted=True)
    if scope.whole:
        return inner._replace(style=scope.style | Style.CODE), _Edge.SOFT
    return inner._replace(kind=BlockKind.CODE), _Edge.HARD


def _open_row(_node: LexborNode, scope: _Scope, _writer: BlockWriter) -> tuple[_Scope, _Edge]:
    if scope.in_cell:
        return scope, _Edge.SOFT
    return scope._replace(kind=BlockKind.ROW, cells=[0]), _Edge.HARD


def _open_table(_node: LexborNode, scope: _Scope, _writer: BlockWriter) -> tuple[_Scope, _Edge]:
    return scope, _Edge.SOFT if scope.in_cell else _Edge.HARD


def _open_cell(_node: LexborNode, scope: _Scope, writer: BlockWriter) -> tuple[_Scope, _Edge]:
    if scope.cells is None:
        return scope, _Edge.SOFT
    if scope.cells[0]:
        writer.tab(scope.shape)
    scope.cells[0] += 1
    return scope._replace(cells=None, in_cell=True), _Edge.NONE


def _number(text: str | None, otherwise: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return otherwise


_OPENERS: dict[str, Callable[[LexborNode, _Scope, BlockWriter], tuple[_Scope, _Edge]]] = {
    "br": _open_break,
    "ul": _open_list,
    "ol": _open_list,
    "li": _open_item,
    "blockquote": _open_quote,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _open_heading),
    "pre": _open_code,
    **dict.fromkeys(("table", "thead", "tbody", "tfoot"), _open_table),
    "tr": _open_row,
    "td": _open_cell,
    "th": _open_cell,
}
