"""Whether a reply holds any of the words without which nothing in it can be read as a proposal.

Most replies are discussion. One look at their words spares them the reading line by line, which costs ten times as
much. It may say yes too often, never no where `proposal` would read something.
"""

import re
from collections.abc import Iterable

from bot.domain.place_words import OBJECTS
from bot.forum import phrases
from bot.forum.clauses import spelt

_WORD = re.compile(r"\w+")
_SIGNS = frozenset("→⇒➡")
_ARROW = re.compile(r"[=-]>|>>")


def _longest(listed: Iterable[str]) -> set[str]:
    """Return the longest word of each phrase: where the phrase stands, that word stands."""
    return {max(phrase.split(), key=len) for phrase in listed}


def _any(listed: Iterable[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(listed, key=len, reverse=True))


_TELLING = frozenset(
    _longest(
        (
            *phrases.ACTIONS,
            *phrases.WEAK_ACTIONS,
            *phrases.TEXT_PROPOSALS,
            *phrases.PARTICIPLES,
            *phrases.REARRANGEMENTS,
        )
    )
)
_BECOMES = frozenset(_longest(phrases.BECOMES))
_OLD = re.compile(rf"\W*(?:\d+\W+)?(?:{_any(phrases.OLD_TEXTS)})\b", re.IGNORECASE)
_INSIDE = frozenset(_longest((*phrases.OPENERS, "plaats", "instead", "p", "ipv")))
_FRESH = re.compile(rf"\b(?:{_any(phrases.FRESH)})\W+(?:\w+\W+){{0,2}}(?:{_any(OBJECTS)})\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”„«»‘’':]")


def may_propose(text: str) -> bool:
    """Tell whether a reply's text, its lines parted, may be read as a proposal at all."""
    words = {spelt(word) for word in set(_WORD.findall(text.casefold()))}
    if not _TELLING.isdisjoint(words) or any(map(_OLD.match, text.split("\n"))):
        return True
    if not phrases.FRESH.isdisjoint(words) and _FRESH.search(text):
        return True
    turns = not _BECOMES.isdisjoint(words) or not _INSIDE.isdisjoint(words)
    return (turns or not _SIGNS.isdisjoint(text) or bool(_ARROW.search(text))) and _QUOTED.search(text) is not None
