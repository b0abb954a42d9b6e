"""The one rule by which a paragraph is a heading, shared by HTML and text copies."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from bot.domain.text import Block, BlockKind

_BULLET, _PARAGRAPH = BlockKind.BULLET, BlockKind.PARAGRAPH
_LONGEST = 100
_SENTENCE_END = re.compile(r"[.!?]\s")


def mark_headings(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks with each short lone paragraph that ends in ? or : right before a list made a heading."""
    marked = list(blocks)
    for index, (block, following) in enumerate(pairwise(marked)):
        if following.kind is _BULLET and block.kind is _PARAGRAPH and _reads_as_heading(block):
            marked[index] = replace(block, kind=BlockKind.HEADING)
    return tuple(marked)


def _reads_as_heading(paragraph: Block) -> bool:
    if paragraph.depth or not paragraph.runs[-1].text.rstrip().endswith(("?", ":")):
        return False
    if any(run.image or "\n" in run.text for run in paragraph.runs):
        return False
    text = paragraph.text
    return len(text) <= _LONGEST and not _SENTENCE_END.search(text)
