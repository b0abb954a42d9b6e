"""Which amendments say nearly the same as what somebody is about to propose."""

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from bot.domain.amendments import Proposal
from bot.domain.ids import AmendmentId

_ALIKE: Final = 82.0
"""The likeness, of 100, from which on a person should see the other one first."""
_SHORTEST: Final = 12
"""Fewer characters than this resemble anything."""


def resembling(proposal: Proposal, others: Sequence[tuple[AmendmentId, str]], most: int = 3) -> tuple[AmendmentId, ...]:
    """Return which of these, each with its words, say nearly the same or in another order, the most alike first."""
    words = default_process(proposal.text or proposal.old_text or "")
    if len(words) < _SHORTEST:
        return ()
    said = [default_process(text) for _, text in others]
    found = process.extract(words, said, scorer=fuzz.token_sort_ratio, processor=None, limit=most, score_cutoff=_ALIKE)
    return tuple(others[index][0] for _, _, index in found)
