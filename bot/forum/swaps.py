"""A replacement in one sentence without quotation marks: "Vervang weinig door niet", "Bullet 2: weinig wordt niet"."""

import re
from typing import Final

from bot.domain.amendments import Kind
from bot.domain.places import find_places
from bot.domain.quotations import Masked, bare
from bot.forum.phrases import Role
from bot.forum.proposal_headings import Heading
from bot.forum.reply_lines import Line
from bot.forum.talk import HESITATIONS

_ORDERED = re.compile(
    r"(?:graag\s+)?(?:vervang|replace)\s+(?P<old>.+?)\s+(?:door|with|by)\s*:?\s+(?P<new>.+)", re.IGNORECASE | re.DOTALL
)
_NAMED = re.compile(
    r"(?:het\s+woord|de\s+woorden|de\s+zin|de\s+term|de\s+zinsnede)\s+(?P<old>.+?)\s+(?:wordt\s+|te\s+)?vervangen\s+door"
    r"\s*:?\s+(?P<new>.+)",
    re.IGNORECASE | re.DOTALL,
)
_VERB = re.compile(r"\b(?:vervang|vervangen|replace)\b", re.IGNORECASE)
_MARKER = re.compile(r"\b(?:door|with|by)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.])\s+(?=[^\W\d_])")
_LONGEST: Final = 200  # characters of the old text


def read_swap(line: Line, text: str) -> Heading | None:
    """Return the replacement that a line states, or None where it is not plain what is replaced by what."""
    if not _VERB.search(text[:_LONGEST]):
        return None
    places = find_places(Masked(text[:_LONGEST], line.masked.quotes))
    lead = places[0].end if places and places[0].start == 0 else 0
    found = _ORDERED.fullmatch(text) or _NAMED.fullmatch(text[lead:].lstrip(" :,"))
    if found is None or len(found["old"]) > _LONGEST or not _is_plain(found["old"], found["new"]):
        return None
    front = text[:lead] if found.re is _NAMED else ""
    return _heading(line, front, found["old"], found["new"])


def _is_plain(old: str, new: str) -> bool:
    words = {word.casefold() for word in re.findall(r"\w+", f"{old} {new}")}
    return not words & HESITATIONS and not _MARKER.search(old) and not new.rstrip().endswith(("?", "!"))


def _heading(line: Line, front: str, old: str, new: str) -> Heading | None:
    places = find_places(Masked(old, line.masked.quotes))
    named = [found.place for found in find_places(Masked(front, line.masked.quotes))]
    said = [front.strip()] if front else []
    if places and (places[0].start == 0 or places[0].end == len(old)):
        first = places[0]
        named.append(first.place)
        said.append(old[first.start : first.end].strip())
        old = (old[: first.start] + old[first.end :]).strip(" ,:")
    rest = ""
    if old and not old.rstrip().endswith("."):
        sentence, *others = _SENTENCE.split(new, maxsplit=1)
        new, rest = sentence.strip().removesuffix("."), "".join(others)
    if not new or not (old or named):
        return None
    plain = line.masked.plain
    return Heading(
        Role.ACTION,
        Kind.REPLACE,
        tuple(plain(each) for each in said),
        tuple(named),
        old=bare(plain(old)),
        new=bare(plain(new)),
        rest=rest,
    )
