"""A few words of a reply as a clause: each a known phrase, a place or a quotation. One unknown word, and it is none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile
from typing import Final

from rapidfuzz.distance import OSA

from bot.domain.place_words import DESCRIBING_WORDS, NAMING_WORDS, PLACE_WORDS, words_of
from bot.domain.places import OBJECTS, By, Place, find_places
from bot.domain.quotations import QUOTE, Masked
from bot.forum import phrases

PLACE: Final = "<place>"
QUOTATION: Final = "<quotation>"
_SUBJECT = re.compile(r"(?<=voegen)\s+over\s+[^:.?!]{3,80}$", re.IGNORECASE)  # "bullet toevoegen over wonen"
_LONGEST: Final = 14  # words, a place or a quotation counted as one
_MOST_WORDS: Final = 30  # of all words, those of places too
_SHORTEST_MISSPELT: Final = 6
_LONGEST_PHRASE: Final = 6
_WORD = re.compile(rf"{QUOTE}|(?:[-=]+>+|→|⇒|➡|>>)|[^\W_]+(?:[-’'./][^\W_]+)*")
_SIGN = re.compile(rf"[^\w\s.,:;()\[\]/&+’'\-–—*?!#>=→⇒➡•·|{QUOTE[1:-1]}]")
_KNOWN: Final = frozenset(OBJECTS).union(
    phrases.ACTIONS,
    phrases.WEAK_ACTIONS,
    phrases.TEXT_PROPOSALS,
    phrases.PARTICIPLES,
    phrases.AUXILIARIES,
    phrases.REARRANGEMENTS,
    phrases.FRESH,
    phrases.EXPLANATIONS,
    phrases.MARKERS,
    phrases.NEW_TEXTS,
    phrases.OLD_TEXTS,
    phrases.PLACES,
    phrases.ASIDES,
    phrases.FILLERS,
    phrases.INTRODUCTIONS,
    phrases.PLEAS,
    phrases.INSTEAD,
)
_STOPS: Final = frozenset(
    {
        *(word for word in (*phrases.ACTIONS, *phrases.WEAK_ACTIONS, *phrases.PARTICIPLES) if " " not in word),
        *(phrase for phrase in (*phrases.ACTIONS, *phrases.REARRANGEMENTS) if phrase.startswith(("te ", "toe te "))),
        *phrases.AUXILIARIES,
        *(word for word in phrases.REARRANGEMENTS if " " not in word),
        *("door", "moet worden", "moet zijn", "komt te", "laten vervallen"),
    }
)
"""Words that end what a block is said to be about."""

_LINKS: Final = frozenset(
    (
        *("hele", "gehele", "volledige", "whole", "entire", "tussen", "between", "t/m", "en", "én", "of", "and", "or"),
        *("nr", "no", "regels", "lines", "blz"),
    )
)
_DESCRIBING: Final = DESCRIBING_WORDS | {"gaat", "gaan", "begint", "beginnend", "starts", "begins", "starting"}
_KNOWN_WORDS: Final = frozenset(word for phrase in _KNOWN for word in phrase.split()) | PLACE_WORDS | _LINKS
_LABELS: Final = phrases.NEW_TEXTS | phrases.OLD_TEXTS
_TELLING: Final = NAMING_WORDS | words_of(
    (
        *(*phrases.ACTIONS, *phrases.WEAK_ACTIONS, *phrases.TEXT_PROPOSALS, *phrases.PARTICIPLES),
        *(*phrases.REARRANGEMENTS, *phrases.EXPLANATIONS, *phrases.PLACES, *phrases.ASIDES, *phrases.INSTEAD),
        *(*phrases.OPENERS, *phrases.OLD_TEXTS, *phrases.BECOMES),
    )
).difference(phrases.FILLERS - phrases.BECOMES)
"""Words of which every heading has at least one, unless it begins with a label."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Known phrases in order. `places` are as written, `quotes` without their marks; `asks` and `calls` are ? and !."""

    phrases: tuple[str, ...]
    places: tuple[str, ...] = ()
    named: tuple[Place, ...] = ()
    quotes: tuple[str, ...] = ()
    asks: bool = False
    calls: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The phrases that are neither a place nor a quotation."""
        return tuple(phrase for phrase in self.phrases if phrase not in {PLACE, QUOTATION})


@lru_cache(maxsize=512)
def read_clause(masked: Masked, part: str) -> Clause | None:
    """Return a part of a masked text as a clause, or None where it holds a word that stands in no table."""
    words = [word.casefold() for word in _WORD.findall(part)]
    known = list(takewhile(lambda word: is_known(word) or word in _DESCRIBING, words))
    if len(words) > _MOST_WORDS or (len(known) < len(words) and not _may_describe(known, part)):
        return None
    if subject := _SUBJECT.search(part):
        clause = read_clause(masked, part[: subject.start()])
        about = masked.plain(subject[0].strip())
        return clause and replace(clause, places=(*clause.places, about), named=(*clause.named, Place(By.NOTHING)))
    spans = _spans(masked, part) if not NAMING_WORDS.isdisjoint(words) or re.search(QUOTE, part) else []
    found: list[str] = []
    rest, at = "", 0
    for start, end, _ in [*spans, (len(part), len(part), ())]:
        read = _known(part[at:start])
        if read is None:
            return None
        found += [*read, PLACE]
        rest, at = f"{rest} {part[at:start]}", end
    phrases_found = tuple(found[:-1])
    if not phrases_found or len(phrases_found) > _LONGEST:
        return None
    return Clause(
        phrases_found,
        tuple(masked.plain(part[start:end]).strip() for start, end, _ in spans),
        tuple(place for _, _, places in spans for place in places),
        masked.quoted(rest),
        "?" in rest,
        "!" in rest,
    )


def _may_describe(known: Sequence[str], part: str) -> bool:
    """Tell whether strange words after known ones may be what a place is about: "de alinea over …", "bullet 3 (…)"."""
    described = not _DESCRIBING.isdisjoint(known) or "(" in part
    return described and (not NAMING_WORDS.isdisjoint(known) or "over" in known)


@lru_cache(maxsize=16_384)
def spelt(word: str) -> str:
    """Return the word that a common one with a slip in it is meant to be."""
    if word in _KNOWN_WORDS or word in phrases.NOT_MISSPELT or len(word) < _SHORTEST_MISSPELT:
        return word
    return next((meant for meant in phrases.OFTEN_MISSPELT if OSA.distance(word, meant, score_cutoff=1) == 1), word)


def may_begin(text: str) -> bool:
    """Tell whether a text may begin with a heading: its first word is known, and one of its words may say something."""
    words = [spelt(word.casefold()) for word in _WORD.findall(text)]
    return bool(words) and is_known(words[0]) and (words[0] in _LABELS or not _TELLING.isdisjoint(words))


def is_known(word: str) -> bool:
    """Tell whether a word, in small letters, is one that a heading can be made of."""
    return (
        spelt(word) in _KNOWN_WORDS or word[0].isdigit() or re.match(QUOTE, word) is not None or not word[0].isalnum()
    )


def _spans(masked: Masked, part: str) -> list[tuple[int, int, tuple[Place, ...]]]:
    """Return where places are named; those with nothing but marks between them are one."""
    spans: list[tuple[int, int, tuple[Place, ...]]] = []
    for found in find_places(Masked(part, masked.quotes), _STOPS):
        if spans and not part[spans[-1][1] : found.start].strip(" ,:()"):
            start, _, places = spans.pop()
            spans.append((start, found.end, (*places, found.place)))
        else:
            spans.append((found.start, found.end, (found.place,)))
    return spans


def _known(text: str) -> list[str] | None:
    """Return the phrases of a text, the longest first, or None where one of its words is in no table."""
    if _SIGN.search(text):
        return None
    words = [found[0].casefold() for found in _WORD.finditer(text)]
    found: list[str] = []
    at = 0
    while at < len(words):
        if re.fullmatch(QUOTE, words[at]):
            found.append(QUOTATION)
            at += 1
            continue
        for length in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + length]) if length > 1 else spelt(words[at])
            if phrase in _KNOWN:
                found.append(phrase)
                at += length
                break
        else:
            if not words[at].isdigit():
                return None
            at += 1
    return found
