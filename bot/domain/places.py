"""How people name a block: "bullet 3", "na de alinea over wiet", "onderaan de lijst". It knows words only, no text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.place_patterns import By, namings
from bot.domain.place_words import NUMBERS, OBJECTS, ORDINALS, SIDES_AFTER, SIDES_AS, SIDES_BEFORE, SIDES_FOR
from bot.domain.quotations import QUOTE, Masked, bare, mask
from bot.domain.text import BlockKind

__all__ = ["OBJECTS", "By", "Found", "Place", "find_places", "is_place", "names_piece", "parse_place"]

_WORD = re.compile(rf"[^\W\d_]+|{QUOTE}")
_FIRST: Final = ("boven", "eerste", "begin", "start", "first")


@dataclass(frozen=True, slots=True)
class Place:
    """One block as somebody names it. `kind` is None where any kind may be meant.

    A negative number counts from the end. `side` is the word before it ("na", "in"), `part` means a piece of the block
    ("de laatste zin van bullet 3"), `several` more than one block, `nested` a bullet in a bullet, `gloss` is what is
    said of it in brackets.
    """

    by: By
    kind: BlockKind | None = None
    number: int = 0
    words: str = ""
    side: str = ""
    part: bool = False
    several: bool = False
    nested: bool = False
    gloss: str = ""

    @property
    def after(self) -> bool:
        """Whether the place is below the block and not the block itself."""
        return self.side in SIDES_AFTER

    @property
    def before(self) -> bool:
        """Whether the place is above the block."""
        return self.side in SIDES_BEFORE

    @property
    def beside(self) -> bool:
        """Whether the place can't be the block itself. "Voor bullet 4" may mean "for bullet 4"."""
        return self.side not in SIDES_FOR and (self.before or self.after)


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text, from `start` to `end`."""

    start: int
    end: int
    place: Place


def find_places(words: str | Masked, stops: frozenset[str] = frozenset()) -> list[Found]:
    """Return the places named in some words, in order. `stops` are words that end what a block is said to be about."""
    masked = words if isinstance(words, Masked) else mask(words)
    said = {None if re.fullmatch(QUOTE, word) else word.casefold() for word in _WORD.findall(masked.text)}
    ways = [naming for naming in namings(stops) if naming.needs & said]
    found: list[Found] = []
    at = 0
    while ways:
        matches = [(match, way.by) for way in ways if (match := way.pattern.search(masked.text, at))]
        if not matches:
            break
        first, by = min(matches, key=lambda each: (each[0].start(), -each[0].end()))
        parts = {name: value for name, value in first.groupdict().items() if value}
        found.append(Found(first.start(), first.end(), _place(by, parts, masked)))
        at = first.end()
    return found


def parse_place(words: str) -> Place | None:
    """Return the one block that some words name by number or rank; None for none, several or a vague one."""
    found = [each.place for each in find_places(words)]
    if len(found) != 1 or found[0].by is not By.NUMBER or found[0].several:
        return None
    return found[0]


def is_place(words: str) -> bool:
    """Tell whether some words do nothing but name a place, be it by what it is about ("de alinea over wiet")."""
    masked = mask(words)
    places = find_places(masked)
    left, at = "", 0
    for found in places:
        left += masked.text[at : found.start]
        at = found.end
    return bool(places) and not (left + masked.text[at:]).strip(" \t\n:.,;-–—")


def names_piece(words: str) -> bool:
    """Tell whether words describe a piece of a block, or no block at all: "de laatste zin van alinea 2", "de titel"."""
    return any(found.place.part or found.place.by is By.NOTHING for found in find_places(words))


def _place(by: By, parts: Mapping[str, str], masked: Masked) -> Place:
    side = parts.get("side", "").casefold()
    if by is not By.NUMBER:
        kind = OBJECTS.get(_folded(parts.get("object", "")))
        return Place(by, kind, words=bare(masked.plain(parts.get("words", ""))), side=side, part="part" in parts)
    if "end" in parts or "last" in parts:
        return _end(parts)
    number = _number(parts.get("rank") or parts["number"])
    if following := parts.get("next_rank") or parts.get("next"):
        return Place(by, _kind(parts), number, side="na", several=_number(following) != number + 1)
    if side in SIDES_AS:  # what is new gets that number: it comes after the one before
        number, side = (number - 1, "na") if number > 1 else (number, "voor")
    return Place(
        by,
        _kind(parts),
        number,
        side=side,
        part=any(name in parts for name in ("part", "edge", "tail")),
        several=bool(parts.get("more") or parts.get("ranks")),
        nested="nested" in parts or "sub" in parts,
        gloss=masked.plain(parts.get("gloss", "")),
    )


def _end(parts: Mapping[str, str]) -> Place:
    said = (parts.get("end") or parts["last"]).casefold()
    first = any(word in said for word in _FIRST)
    kind = _kind(parts) if "ranked" in parts else BlockKind.BULLET if "list" in parts else None
    return Place(By.NUMBER, kind, 1 if first else -1, side="voor" if first else "na")


def _kind(parts: Mapping[str, str]) -> BlockKind:
    return OBJECTS[_folded(parts.get("ranked") or parts["counted"])]


def _number(words: str) -> int:
    name = _folded(words)
    return ORDINALS.get(name) or NUMBERS.get(name) or int(re.sub(r"\D", "", name))


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())
