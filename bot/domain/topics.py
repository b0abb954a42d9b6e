"""Whether a text is about something that somebody names in a few words: by the rare words, in any of their forms."""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_COMMON = frozenset(
    (
        *("de", "het", "een", "en", "of", "in", "op", "aan", "met", "voor", "van", "bij", "te", "ter", "ten", "om"),
        *("uit", "tot", "naar", "over", "dat", "die", "dit", "deze", "er", "is", "zijn", "gaat", "gaan", "wordt"),
        *("worden", "meer", "geen", "niet", "onze", "ons", "wij", "we", "al", "als", "ook", "zo", "waar", "wat"),
        *("the", "a", "an", "of", "and", "to", "for", "with", "about", "our"),
    )
)
_ENDINGS = ("'s", "’s", "en", "s", "e")
_SHORTEST_STEM = 3
_TELLING = 5


def topic_words(words: str) -> tuple[str, ...]:
    """Return the stems of the words that say what a text is about."""
    return tuple(stem(word) for word in _words(words) if word not in _COMMON)


def touches(topic: Iterable[str], text: str) -> bool:
    """Tell whether a text has every word of a topic, be it in another form or in a compound."""
    stems = {stem(word) for word in _words(text)}
    return all(any(_kin(wanted, known) for known in stems) for wanted in topic)


def stem(word: str) -> str:
    """Return a word without its ending, by the simplest rule."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def _kin(wanted: str, known: str) -> bool:
    return wanted == known or wanted in known or (len(known) >= _TELLING and wanted.startswith(known))


def _words(text: str) -> list[str]:
    return [found[0].casefold() for found in _WORD.finditer(text)]
