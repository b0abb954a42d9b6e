"""What each of HTML's elements makes of the text in it. It opens them one at a time and knows none that come after."""

import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit

from bot.domain.text import BlockKind, Style
from bot.forum.address import absolute
from bot.forum.block_writer import BlockWriter, Shape
from bot.forum.runs import PLAIN, Setting
from bot.forum.tags import BLOCK_TAGS, HEADING_TAGS
from bot.forum.tokens import attribute

_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_SOURCES = ("data-src", "data-lazy-src", "src")
"""Where an image's address stands. One that is shown late has a blank in `src`, and its twin in a noscript after it."""
_UNSET = {
    Style.BOLD: re.compile(r"\bfont-weight:\s*(?:normal|[1-4]00)\b", re.IGNORECASE),
    Style.ITALIC: re.compile(r"\bfont-style:\s*normal\b", re.IGNORECASE),
}
_IMAGE_FILE = re.compile(r"\.(?:avif|bmp|gif|heic|jpe?g|png|svg|webp)$", re.IGNORECASE)
_BULLET, _LIST_TEXT, _UNSTYLED = BlockKind.BULLET, BlockKind.PARAGRAPH, Style.PLAIN  # 3.11 is slow to look these up

Edge = Callable[[BlockWriter], None]
"""What the start and the end of an element do to the block that is being written."""


class Place(NamedTuple):
    """What the block-level elements around a piece of text make of it.

    `alone` has the shapes of elements that are a block by themselves where they hold nothing but text. `edge` is what a
    plain block-level element does: where one block takes in all there is, it is but a line break.
    """

    shape: Shape
    alone: dict[str, Shape]
    edge: Edge = BlockWriter.close
    lists: int = 0
    quotes: int = 0
    counter: list[int] | None = None
    cells: list[int] | None = None
    in_cell: bool = False
    preformatted: bool = False


PARAGRAPH = Shape(BlockKind.PARAGRAPH)
_TOP = Place(PARAGRAPH, {"p": PARAGRAPH})
_WHOLE: dict[str, Shape] = {}


class Reading:
    """Where reading a post has come to: the block that is written, and what holds for the text that comes next."""

    def __init__(self, base: str | None) -> None:
        self.base = base
        self.writer = BlockWriter()
        self.place = _TOP
        self.setting = PLAIN


def styled(setting: Setting, style: Style) -> Setting:
    """Return a setting with one more style."""
    return (style if setting[0] is _UNSTYLED else setting[0] | style, setting[1], False)


def styled_by(tag: str, setting: Setting, style: Style) -> Setting:
    """Return a setting with the style of a tag's name, where the tag does not itself take it back.

    The `b` does in which a text from Google Docs stands.
    """
    unset = _UNSET.get(style)
    if unset and "style=" in tag and unset.search(attribute(tag, "style") or ""):
        return setting
    return styled(setting, style)


def _open_break(reading: Reading, _tag: str) -> Edge | None:
    reading.writer.line_break()
    return None


def _open_image(reading: Reading, tag: str) -> Edge | None:
    """Write an image, and once more with the address where a link around it leads: a run has one address.

    A link to an image file shows the same image larger, and is left out.
    """
    alt = _SPACES.sub(" ", attribute(tag, "alt") or "").strip()
    if "emoji" in (attribute(tag, "class") or "").split():
        reading.writer.write(alt, reading.setting, reading.place.shape)
        return None
    address = next((url for name in _SOURCES if (url := absolute(reading.base, attribute(tag, name)))), None)
    if address is None:
        return None
    style, link, _ = reading.setting
    leads_on = link is not None and link != address and not _IMAGE_FILE.search(urlsplit(link).path)
    images = [(alt, (style, place, True)) for place in ((address, link) if leads_on else (address,))]
    if reading.writer.pieces[-len(images) :] != images:
        for image in images:
            reading.writer.write(*image, reading.place.shape)
    return None


def _open_frame(_reading: Reading, _tag: str) -> Edge | None:
    return BlockWriter.space


def _open_link(reading: Reading, tag: str) -> Edge | None:
    reading.setting = (reading.setting[0], absolute(reading.base, attribute(tag, "href")), False)
    return None


def _open_list(reading: Reading, tag: str) -> Edge | None:
    place = reading.place
    if place.in_cell:
        return BlockWriter.soften
    lists = place.lists + 1
    counter = [_number(attribute(tag, "start"), 1)] if tag.startswith("ol") else None
    alone = {"li": Shape(_BULLET, place.lists)} if counter is None and not place.preformatted else _WHOLE
    shape = place.shape if place.shape.kind is _BULLET else Shape(_LIST_TEXT, lists)
    reading.place = Place(
        shape, alone, place.edge, lists, place.quotes, counter, place.cells, place.in_cell, place.preformatted
    )
    return BlockWriter.close


def _open_item(reading: Reading, tag: str) -> Edge | None:
    place = reading.place
    if place.in_cell:
        return BlockWriter.soften
    marker = None
    if place.counter is not None:
        number = _number(attribute(tag, "value"), place.counter[0])
        place.counter[0] = number + 1
        marker = f"{number}."
    shape = Shape(_BULLET, max(place.lists - 1, 0), marker)
    reading.place = place._replace(shape=shape, alone=_WHOLE, edge=BlockWriter.soften)
    return BlockWriter.close


def _open_quote(reading: Reading, _tag: str) -> Edge | None:
    place = reading.place
    if place.in_cell:
        return BlockWriter.soften
    shape = Shape(BlockKind.QUOTE, place.quotes)
    reading.place = place._replace(shape=shape, alone={"p": shape}, edge=BlockWriter.close, quotes=place.quotes + 1)
    return BlockWriter.close


def _open_heading(reading: Reading, _tag: str) -> Edge | None:
    place = reading.place
    if place.edge is BlockWriter.soften:
        return BlockWriter.soften
    if place.shape.kind is not BlockKind.QUOTE:
        reading.place = place._replace(shape=Shape(BlockKind.HEADING), alone=_WHOLE)
    return BlockWriter.close


def _open_code(reading: Reading, _tag: str) -> Edge | None:
    place = reading.place
    if place.edge is BlockWriter.soften:
        reading.place = place._replace(preformatted=True)
        reading.setting = styled(reading.setting, Style.CODE)
        return BlockWriter.soften
    reading.place = place._replace(shape=Shape(BlockKind.CODE), alone=_WHOLE, preformatted=True)
    return BlockWriter.close


def _open_table(reading: Reading, _tag: str) -> Edge | None:
    return BlockWriter.soften if reading.place.in_cell else BlockWriter.close


def _open_row(reading: Reading, _tag: str) -> Edge | None:
    place = reading.place
    if place.in_cell:
        return BlockWriter.soften
    reading.place = place._replace(shape=Shape(BlockKind.ROW), alone=_WHOLE, edge=BlockWriter.close, cells=[0])
    return BlockWriter.close


def _open_cell(reading: Reading, _tag: str) -> Edge | None:
    place = reading.place
    if place.cells is None:
        return BlockWriter.soften
    if place.cells[0]:
        reading.writer.tab(place.shape)
    place.cells[0] += 1
    reading.place = place._replace(alone=_WHOLE, edge=BlockWriter.soften, cells=None, in_cell=True)
    return None


def _number(text: str | None, otherwise: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return otherwise


OPENERS: dict[str, Callable[[Reading, str], Edge | None]] = {
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
PLAIN_BLOCKS = BLOCK_TAGS - OPENERS.keys()
