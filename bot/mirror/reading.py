"""What one person gets to read as an answer: an amendment whole, lists and summaries, in texts that fit a message."""

from collections.abc import Sequence

from bot.domain.amendments import Amendment, Event
from bot.locales import Texts
from bot.mirror.render.concept import concept_lines
from bot.mirror.render.summaries import chunks, list_line, summary_of_section
from bot.mirror.render.whole import Draft, Whole, tally_words, whole_lines

__all__ = [
    "Draft",
    "Whole",
    "amendment_whole",
    "chunks",
    "concept_lines",
    "list_line",
    "summary_of_section",
    "tally_words",
    "whole",
]


def amendment_whole(
    amendment: Amendment, history: Sequence[Event], others: Sequence[Amendment], say: Texts, limit: int = 2000
) -> list[str]:
    """Return what there is to read about an amendment itself, in chunks of at most `limit` characters."""
    return whole(Whole(amendment, others=others, history=history), say, limit)


def whole(all_there_is: Whole, say: Texts, limit: int = 2000) -> list[str]:
    """Return all there is to read about an amendment, in chunks of at most `limit` characters."""
    return chunks(whole_lines(all_there_is, say, limit), limit)
