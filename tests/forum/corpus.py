"""Labelled replies: what members write, and what must be read of it. They write about `replies/section.html`.

A reply is HTML, or plain lines: a blank line parts paragraphs, "- " begins a bullet and "> " a quotation.
"""

import re
import tomllib
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from bot.domain.amendments import Kind
from bot.domain.ids import BlockId
from bot.domain.text import Block, BlockKind, StoredBlock, numbers_of
from bot.forum.markup import parse_blocks

_FOLDER = Path(__file__).parent / "replies"


@dataclass(frozen=True)
class Labelled:
    """A reply and what must be read of it; `kind` is None where it is discussion. `block` is written "bullet 3"."""

    reply: str
    kind: Kind | None = None
    text: str = ""
    old: str | None = None
    explanation: str = ""
    place: str | None = None
    block: str | None = None
    form: BlockKind | None = None

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The reply as the forum would give it."""
        return parse_blocks(_html(self.reply.strip("\n")))


def proposals() -> list[Labelled]:
    """Return the replies that propose something."""
    return [_labelled(kind, entry) for kind in Kind for entry in _entries(kind.value, "reply")]


def discussion() -> list[Labelled]:
    """Return the replies that propose nothing which could be read for certain."""
    return [Labelled(reply) for reply in _entries("discussion", "replies")]


def section() -> list[StoredBlock]:
    """Return the text that the replies are about."""
    blocks = parse_blocks((_FOLDER / "section.html").read_text("utf-8"))
    numbered = zip(blocks, numbers_of(blocks), strict=True)
    return [StoredBlock(BlockId(at), number, block) for at, (block, number) in enumerate(numbered, start=1)]


def _entries(name: str, key: str) -> list[Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))[key]


def _labelled(kind: Kind, entry: dict[str, str]) -> Labelled:
    form = BlockKind(entry["form"]) if "form" in entry else None
    return Labelled(**{**entry, "kind": kind, "form": form})  # pyright: ignore[reportArgumentType]


def _html(reply: str) -> str:
    if reply.startswith("<"):
        return reply
    return "\n".join(_element(paragraph.split("\n")) for paragraph in re.split(r"\n\s*\n", reply))


def _element(lines: list[str]) -> str:
    if all(line.startswith("- ") for line in lines):
        return f"<ul>{''.join(f'<li>{escape(line[2:], quote=False)}</li>' for line in lines)}</ul>"
    if all(line.startswith(">") for line in lines):
        return f"<blockquote><p>{_broken([line[1:].strip() for line in lines])}</p></blockquote>"
    return f"<p>{_broken(lines)}</p>"


def _broken(lines: list[str]) -> str:
    return "<br />".join(escape(line, quote=False) for line in lines)
