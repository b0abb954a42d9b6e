"""Quotations in a text, each stood for by one character: what is quoted is never read as the writer's own words.

It knows quotation marks only, not what a quotation is for.
"""

import re
from dataclasses import dataclass

_DOUBLE = r"[“„\"«″][^“”„\"«»″\n]+[”\"»“″]"
_ELISION = r"(?!(?:s|t|n|m|r|k)\b)"
_SINGLE = rf"(?<!\w)[‘‚']{_ELISION}(?!\s)[^\n]+?[’'‘](?!\w)"
_QUOTATION = re.compile(f"{_DOUBLE}|{_SINGLE}")
_FIRST, _LAST = 0xF0000, 0xF0FFF
QUOTE = f"[{chr(_FIRST)}-{chr(_LAST)}]"
"""The pattern of a character that stands for a quotation."""
_STAND_IN = re.compile(QUOTE)
MARKS = "“”„\"«»″‘’‚'"


@dataclass(frozen=True, slots=True)
class Masked:
    """A text in which every quotation is one character; `quotes` holds them in order, with their marks."""

    text: str
    quotes: tuple[str, ...] = ()

    def plain(self, part: str) -> str:
        """Return a part of the masked text with its quotations written out again."""
        return _STAND_IN.sub(self._written, part)

    def quoted(self, part: str) -> tuple[str, ...]:
        """Return what is quoted in a part of the masked text, without the marks."""
        return tuple(bare(self.plain(found[0])) for found in _STAND_IN.finditer(part))

    def _written(self, found: re.Match[str]) -> str:
        return self.quotes[ord(found[0]) - _FIRST]


def mask(text: str) -> Masked:
    """Return a text with its quotations masked. One that holds stand-ins of its own is left unmasked, without them."""
    quotes = [found[0] for found in _QUOTATION.finditer(text)]
    if len(quotes) > _LAST - _FIRST or _STAND_IN.search(text):
        return Masked(_STAND_IN.sub(" ", text))
    numbers = iter(range(_FIRST, _LAST + 1))
    return Masked(_QUOTATION.sub(lambda _: chr(next(numbers)), text), tuple(quotes))


def bare(text: str) -> str:
    """Return a text without the quotation marks, where one pair holds all of it."""
    stripped = text.strip()
    masked = mask(stripped)
    closing = masked.text.rstrip(".,;")
    if len(closing) == 1 and _STAND_IN.fullmatch(closing):
        return masked.quotes[0][1:-1].strip()
    return text
