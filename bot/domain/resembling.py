"""Which amendments say nearly the same as what somebody is about to propose."""

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from bot.domain.amendments import Amendment, Proposal

_ALIKE: Final = 82.0
"""The likeness, of 100, from which on a person should see the other one first."""
_SHORTEST: Final = 12
"""Fewer characters than this resemble anything."""


def resembling(proposal: Proposal, others: Sequence[Amendment], most: int = 3) -> tuple[Amendment, ...]:
    """Return the amendments that say nearly the same in other words or another order, the most alike first."""
    words = default_process(proposal.text or proposal.old_text or "")
    if len(words) < _SHORTEST:
        return ()
    said = [default_process(other.text or other.old_text or "") for other in others]
    found = process.extract(words, said, scorer=fuzz.token_sort_ratio, processor=None, limit=most, score_cutoff=_ALIKE)
    return tuple(others[index] for _, _, index in found)
