"""The one rule by which a paragraph is a heading, shared by HTML and text copies."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from bot.domain.text import Block, BlockKind

_LONGEST = 100
_SENTENCE_END = re.compile(r"[.!?]\s")


def mark_headings(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks with each short lone paragraph that ends in ? or : right before a list made a heading."""
    given = tuple(blocks)
    marked = list(given)
    for index, (block, following) in enumerate(pairwise(given)):
        if following.kind is BlockKind.BULLET and _reads_as_heading(block):
            marked[index] = replace(block, kind=BlockKind.HEADING)
    return tuple(marked)


def _reads_as_heading(block: Block) -> bool:
    if block.kind is not BlockKind.PARAGRAPH or block.depth:
        return False
    if any(run.image or "\n" in run.text for run in block.runs):
        return False
    text = block.text
    return len(text) <= _LONGEST and text.endswith(("?", ":")) and not _SENTENCE_END.search(text)
