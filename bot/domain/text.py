"""A section's text as blocks of formatted runs, and the one rule for its plain form.

This module must not know where a text comes from (HTML, a text copy) or where it goes (Discord).
"""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntFlag, StrEnum

from bot.domain.ids import BlockId


class Style(IntFlag):
    """How a run of text is set."""

    PLAIN = 0
    BOLD = 1
    ITALIC = 2
    STRIKE = 4
    CODE = 8
    UNDERLINE = 16


@dataclass(frozen=True, slots=True)
class Run:
    r"""A stretch of text in one style.

    A line break is ``\n`` and a cell boundary of a table row is ``\t`` in the text. An image is a run whose
    `href` is the image's address and whose text is its description, which is no part of the plain text.
    """

    text: str
    style: Style = Style.PLAIN
    href: str | None = None
    image: bool = False


class BlockKind(StrEnum):
    """What an addressable piece of a section's text is."""

    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    HEADING = "heading"
    QUOTE = "quote"
    ROW = "row"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Block:
    """One addressable piece of text.

    `depth` counts the levels above it: a top-level bullet or quote has 0, a bullet in a bullet 1.
    `marker` is the printed number of an item of a numbered list ("3."), else None.
    """

    kind: BlockKind
    runs: tuple[Run, ...]
    depth: int = 0
    marker: str | None = None

    @property
    def text(self) -> str:
        """The plain text: NFC, white space folded, no image descriptions, no bullet signs."""
        return normalise("".join(run.text for run in self.runs if not run.image))

    @property
    def text_hash(self) -> str:
        """A short digest of the plain text, by which an amendment knows what it was written against."""
        return digest_of(self.text)


@dataclass(frozen=True, slots=True)
class StoredBlock:
    """A block with the identity it keeps through the versions of its section, and its number within its kind.

    `amendable` is false where nobody may propose to change it.
    """

    block_id: BlockId
    number: int
    block: Block
    amendable: bool = True


def paragraph(text: str) -> Block:
    """Return a paragraph of one plain run."""
    return Block(BlockKind.PARAGRAPH, (Run(text),))


def normalise(text: str) -> str:
    """Return text in NFC with every stretch of white space (no-break spaces too) as one space, trimmed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def text_of(blocks: Iterable[Block]) -> str:
    """Return the plain text of a whole section: its blocks' texts with one space between them."""
    return normalise(" ".join(block.text for block in blocks))


def numbers_of(blocks: Iterable[Block]) -> list[int]:
    """Return each block's number within its kind, from 1, in order: the 6th bullet is bullet 6."""
    seen: dict[BlockKind, int] = {}
    numbers: list[int] = []
    for block in blocks:
        seen[block.kind] = seen.get(block.kind, 0) + 1
        numbers.append(seen[block.kind])
    return numbers


def digest_of(text: str) -> str:
    """Return 16 hexadecimal digits that stand for a text."""
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
