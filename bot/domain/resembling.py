"""Which amendments say nearly the same as what somebody is about to propose."""

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from bot.domain.ids import AmendmentId

_ALIKE: Final = 82.0
"""The likeness, of 100, from which on a person should see the other one first."""
_SHORTEST: Final = 12
"""Fewer characters than this resemble anything."""


def resembling(said: str, others: Sequence[tuple[AmendmentId, str]], most: int = 3) -> tuple[AmendmentId, ...]:
    """Return which of these, each with its words, say nearly the same or in another order, the most alike first."""
    words = default_process(said)
    if len(words) < _SHORTEST:
        return ()
    theirs = [default_process(text) for _, text in others]
    found = process.extract(
        words, theirs, scorer=fuzz.token_sort_ratio, processor=None, limit=most, score_cutoff=_ALIKE
    )
    return tuple(others[index][0] for _, _, index in found)
