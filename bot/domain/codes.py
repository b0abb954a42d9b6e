"""The codes of chapters ("4") and sections ("4.3"): given once, in the programme's own order, and kept for good.

A number printed in a title is followed where it is free. What has no such number goes on from the highest before it
and from the highest ever issued, so a code that somebody may have quoted never comes to mean something else.
"""

import re
from collections.abc import Collection, Sequence
from typing import Final

# At most two digits: "2018" is a year. The number is set apart by what follows it: "5 voor 12" prints none.
_NUMBER: Final = r"(?P<number>[1-9]\d?(?:\.[1-9]\d?)?)"
_NAMED: Final = re.compile(rf"(?:hoofdstuk|paragraaf|chapter|section|§)\s*{_NUMBER}(?![\w.]*\w)", re.IGNORECASE)
_LEADING: Final = re.compile(rf"{_NUMBER}(?:[.):]\s+|\.(?=[^\W\d])|\s+[-–—:]\s+)(?=\S)")
_DOTTED: Final = re.compile(r"(?P<number>[1-9]\d?\.[1-9]\d?)\s+(?=[^\W\d])")


def printed_number(title: str) -> str | None:
    """Return the number that a title prints before its words ("5", "4.3"), or None."""
    cleaned = title.strip()
    match = _NAMED.match(cleaned) or _LEADING.match(cleaned) or _DOTTED.match(cleaned)
    return match["number"] if match else None


def chapter_codes(issued: Collection[str], titles: Sequence[str]) -> list[str]:
    """Return a code for each new chapter, given the codes of all chapters so far; titles in the programme's order."""
    printed = [_whole(printed_number(title)) for title in titles]
    return [str(number) for number in _numbered({int(code) for code in issued}, printed)]


def section_codes(chapter: str, issued: Collection[str], titles: Sequence[str]) -> list[str]:
    """Return a code for each new section of a chapter, given all codes so far, of sections that moved away too."""
    prefix = f"{chapter}."
    taken = {int(code.removeprefix(prefix)) for code in issued if code.startswith(prefix)}
    printed = [_within(printed_number(title), prefix) for title in titles]
    return [f"{prefix}{number}" for number in _numbered(taken, printed)]


def _numbered(taken: Collection[int], printed: Sequence[int | None]) -> list[int]:
    """Give each its printed number where that is free, the rest the next after the highest before it."""
    followed: dict[int, int] = {}
    for index, number in enumerate(printed):
        if number is not None and number not in taken and number not in followed.values():
            followed[index] = number
    reserved = set(followed.values())
    highest = max(taken, default=0)
    numbers: list[int] = []
    for index in range(len(printed)):
        number = followed.get(index)
        if number is None:
            number = highest + 1
            while number in reserved:
                number += 1
        highest = max(highest, number)
        numbers.append(number)
    return numbers


def _whole(printed: str | None) -> int | None:
    return int(printed) if printed and printed.isdecimal() else None


def _within(printed: str | None, prefix: str) -> int | None:
    """Return a section's own number: "4.3" and "3" are both the third of chapter 4, but "5.3" is not."""
    return _whole(printed.removeprefix(prefix)) if printed else None
