"""The ways to name a block, each as a pattern with what it tells. Whoever wants places asks `places`, not this module.

A pattern matches text in which quotations are masked; its groups are what `places` makes a place of.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

from bot.domain.place_words import (
    ENDS,
    LOOSE,
    LOOSE_PARTS,
    NUMBERS,
    OBJECTS,
    ORDINALS,
    PIECES,
    SIDES,
    SIDES_AFTER,
    SIDES_BEFORE,
    WHOLES,
    any_of,
    words_of,
)
from bot.domain.quotations import QUOTE


class By(Enum):
    """What a block is named by."""

    NUMBER = "its number or rank"
    TOPIC = "what it is about"
    START = "its first words"
    WORDS = "words in it"
    CAPTION = "the heading above it"
    NOTHING = "nothing that says which one"


@dataclass(frozen=True, slots=True)
class Naming:
    """A way to name a block. A text with none of the words in `needs` has none of it; None stands for a quotation."""

    by: By
    pattern: re.Pattern[str]
    needs: frozenset[str | None]


_OBJECT: Final = any_of(OBJECTS)
_PIECES: Final = any_of(PIECES)
_RIGHT = r"(?:(?:direct|meteen|gelijk|vlak|right|directly)\s+)?"
_NOT_PROPOSING = r"(?<!\bstel )(?<!\bstellen )(?<!\bstelt )"  # "ik stel voor" is no side
_SIDE = rf"(?:{_RIGHT}{_NOT_PROPOSING}(?P<side>{any_of(SIDES)})\s+)?"
_BESIDE = rf"{_RIGHT}{_NOT_PROPOSING}(?P<side>{any_of(SIDES_AFTER | SIDES_BEFORE)})\s+"
_DETERMINER = r"(?:(?:de|het|die|dat|deze|dit|the|that|this)\s+)?"
_ADJECTIVE = r"(?:(?:nieuwe|extra|huidige|bestaande|hele|gehele|volledige|new|current|whole|entire)\s+)?"
_RANK = rf"(?:{any_of(ORDINALS)}|\d{{1,3}}(?:e|de|ste|st|nd|rd|th))"
_COUNT = rf"(?:\d{{1,3}}(?!\d|[.,]\d)|{any_of(NUMBERS)})"
_NUMBER = rf"(?:\s*:\s*|\s+)?(?:(?:nr|nummer|no|number)\.?\s*|\#\s*)?(?P<number>{_COUNT})"
_AND = r"\s*(?:,|&|\+|-|–|\ben\b|\bén\b|\bof\b|\band\b|\bor\b|\bt/m\b|\btot\s+en\s+met\b)\s*"
_OF = r"(?:van|in|uit|bij|of|from)"
_PIECE = rf"(?P<part>{_RANK}\s+(?:{_PIECES})\s*,?\s*(?:{_OF}\s+)?|(?:{_PIECES})\s+(?:\d{{1,2}}\s+)?{_OF}\s+)?"
_EDGE = r"(?P<edge>(?:het\s+)?(?:eind|einde|slot|begin|the\s+end|the\s+start)\s+(?:van|of)\s+)?"
_TAIL = rf"(?P<tail>\s*,?\s+(?:de\s+)?{_RANK}\s+(?:{_PIECES}))?"
_FRONT = rf"{_SIDE}{_EDGE}{_DETERMINER}{_PIECE}{_DETERMINER}{_ADJECTIVE}"
_RANKED = rf"(?P<rank>{_RANK})(?P<ranks>(?:{_AND}(?:de\s+)?{_RANK})*)\s+(?P<nested>sub[-\s]?)?(?P<ranked>{_OBJECT})"
_COUNTED = rf"(?P<sub>sub[-\s]?)?(?P<counted>{_OBJECT}){_NUMBER}(?P<more>(?:{_AND}\d{{1,3}}(?!\d))*)"
_GLOSS = r"(?:\s*\((?P<gloss>[^()]{3,150})\))?"
_NUMBERED = rf"{_FRONT}(?:{_RANKED}|{_COUNTED}){_TAIL}{_GLOSS}"
_BETWEEN = (
    rf"(?:tussen|between)\s+{_DETERMINER}(?:(?P<counted>{_OBJECT})\s+(?P<number>{_COUNT})\s+(?:en|and)\s+"
    rf"(?:{_DETERMINER}(?:{_OBJECT})\s+)?(?P<next>{_COUNT})"
    rf"|(?P<rank>{_RANK})\s+(?:en|and)\s+{_DETERMINER}(?P<next_rank>{_RANK})\s+(?P<ranked>{_OBJECT}))"
)
_END = (
    rf"(?:(?:als|as)\s+{_DETERMINER}{_ADJECTIVE}(?P<last>laatste|eerste|last|first)(?:\s+(?P<ranked>{_OBJECT}))?"
    r"|(?:helemaal\s+)?(?P<end>onderaan|bovenaan|(?:aan|op)\s+het\s+(?:eind|einde|slot|begin)|at\s+the\s+(?:end|start)))"
    rf"(?:\s+(?:(?:van|in|bij|of)\s+)?{_DETERMINER}"
    r"(?:(?P<list>lijst|lijstje|opsomming|bullets|punten|list)|paragraaf|tekst|section|text))?"
)
_NAMELESS = (
    rf"{_SIDE}(?:{_DETERMINER}(?:hele|gehele|volledige|whole|entire)\s+(?:{any_of((*WHOLES, *OBJECTS))})"
    rf"|{_DETERMINER}(?:{any_of((*LOOSE_PARTS, 'kop', 'kopje', 'tussenkop', 'heading'))})"
    rf"|(?:deze|dit|die|dat|this|that)\s+(?:{any_of((*OBJECTS, *LOOSE, *WHOLES))})"
    rf"|(?:paragraaf|pagina|blz\.?|regels?|hoofdstuk|page|lines?|chapter)\s+\d+(?:\s*[.–-]\s*\d+)*"
    rf"|{_DETERMINER}{_RANK}\s+(?:{_PIECES}))"
)
_BLOCK = rf"{_FRONT}(?P<object>{any_of((*OBJECTS, *LOOSE))})"
_WHICH = r"(?:(?:die|dat|which|that)\s+)?"
_BEGINS = r"(?:begint|beginnend|beginnende|start|starts|begins|startend|starting|beginning)"
_QUOTED = rf"(?P<words>{QUOTE})"
_SAYING = r"(?:(?:de\s+woorden|het\s+woord|de\s+tekst|staat)\s+)?"
_CAPTION = r"(?:(?:het|de|the|dit|deze)\s+)?(?:kop|kopje|tussenkop|tussenkopje|heading|subheading)"
_WORDY = any_of((*LOOSE, *OBJECTS, "woord", "woorden", "zinsnede", "term", "word", "words"))
_ABOUT: Final = ("over", "about", "on", "rond", "inzake")
_LONGEST_TOPIC: Final = 9  # words


@lru_cache(maxsize=4)
def namings(stops: frozenset[str]) -> tuple[Naming, ...]:
    """Return the ways to name a block. `stops` are words that can't be part of what a block is about."""
    return tuple(
        Naming(by, re.compile(rf"(?<!\w)(?:{pattern})(?:(?<=\))|(?!\w))", re.IGNORECASE), frozenset(needs))
        for by, pattern, needs in _patterns(stops)
    )


def _patterns(stops: frozenset[str]) -> Iterator[tuple[By, str, set[str | None]]]:
    """Yield the patterns; of two that match the same words the first one tells."""
    stop = rf"(?!(?:{any_of(stops)})(?!\w))" if stops else ""
    word = rf"{stop}[^\s,.;:()]+"
    words = rf"(?P<words>{QUOTE}|{word}(?:\s+{word}){{0,{_LONGEST_TOPIC - 1}}})"
    objects = set(words_of(OBJECTS))
    yield By.NUMBER, _BETWEEN, {"tussen", "between"}
    yield By.NUMBER, _END, {"als", "as", *ENDS}
    yield By.NUMBER, _NUMBERED, {*objects}
    yield By.TOPIC, rf"{_BLOCK}\s+{_WHICH}(?:(?:gaat|gaan|is)\s+)?(?:{'|'.join(_ABOUT)})\s+{words}", set(_ABOUT)
    yield By.START, rf"{_BLOCK}\s+{_WHICH}{_BEGINS}\s+(?:met|with)\s+{words}", {"met", "with"}
    yield By.START, rf"{_BLOCK}\s+(?:die|dat)\s+met\s+{_QUOTED}\s+{_BEGINS}", {"met"}
    yield By.WORDS, rf"{_BLOCK}\s+(?:met|waarin|with|containing|where)\s+{_SAYING}{_QUOTED}(?:\s+staat)?", {None}
    yield By.CAPTION, rf"(?P<side>onder|bij|na|boven|under|below|after|in)\s+{_CAPTION}\s+{words}", {*objects}
    yield By.WORDS, rf"{_BESIDE}(?:(?:het|de|the)\s+(?:{_WORDY})\s+)?{_QUOTED}", {None}
    yield (
        By.NOTHING,
        _NAMELESS,
        {*objects, *WHOLES, *LOOSE, *LOOSE_PARTS, *PIECES, *words_of(ENDS), "pagina", "regels", "page", "lines"},
    )
