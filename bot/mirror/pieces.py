"""Cutting what is longer than a message: a block into pieces, or a text at a word with a sign that it goes on.

Cuts are made in the runs, before they are markdown, so that formatting closes at the cut and opens again after it.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.domain.ids import BlockId
from bot.domain.text import Block, Run
from bot.mirror.room import Room

_SENTENCE: Final = re.compile(r"[.!?…][\"'”’)\]]*\s+|\n+")
_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A block, or a part of one that is too long for a message. `continues` is true for all parts but the first."""

    block_id: BlockId
    block: Block
    continues: bool = False


Fits = Callable[[Sequence[Run]], bool]


def pieces_of(
    block_id: BlockId, block: Block, whole: Callable[[Block], bool], part: Callable[[Block], bool]
) -> list[Piece]:
    """Return the block as one piece where `whole` accepts it, else as pieces which `part` accepts."""
    if whole(block):
        return [Piece(block_id, block)]
    cuts = _cut(block.runs, lambda runs: part(replace(block, runs=tuple(runs))))
    return [Piece(block_id, replace(block, runs=runs), at > 0) for at, runs in enumerate(cuts)]


def shortened(runs: Sequence[Run], render: Callable[[Sequence[Run]], str], room: Room, sign: str) -> str:
    """Return the rendered runs if there is room, else as much as fits, cut at a word, with a sign of more behind it."""
    text = render(runs)
    if room.holds(text):
        return text
    left = room.without(sign, " ")
    first = next(_cut(runs, lambda head: left.holds(render(head))), ())
    head = render(first)
    return f"{head} {sign}" if left.holds(head) else sign


def cut(runs: Sequence[Run], render: Callable[[Sequence[Run]], str], room: Room) -> Iterator[str]:
    """Yield the rendered runs in pieces that each fit, cut at sentences and words."""
    if not runs:
        return
    text = render(runs)
    if room.holds(text):
        yield text
    else:
        yield from (render(piece) for piece in _cut(runs, lambda head: room.holds(render(head))))


def _cut(runs: Sequence[Run], fits: Fits) -> Iterator[tuple[Run, ...]]:
    rest = tuple(runs)
    while not fits(rest):
        at = _place_to_cut(rest, fits)
        head, rest = _split(rest, at)
        yield head
        if not rest:
            return
    yield rest


def _place_to_cut(runs: Sequence[Run], fits: Fits) -> int:
    """Return the last good offset before which all fits: after a sentence, else after a word, else anywhere."""
    text = "".join(run.text for run in runs)
    most = _furthest(runs, len(text), fits)
    for boundary, least in ((_SENTENCE, most // 2), (_SPACE, most // 4)):
        ends = [found.end() for found in boundary.finditer(text)]
        for end in reversed(ends[: bisect_right(ends, most)]):
            if end > least and fits(_split(runs, end)[0]):
                return end
    return max(most, 1)


def _furthest(runs: Sequence[Run], length: int, fits: Fits) -> int:
    low, high = 0, length
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(_split(runs, middle)[0]) else (low, middle - 1)
    return low


def _split(runs: Sequence[Run], offset: int) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    head: list[Run] = []
    for at, run in enumerate(runs):
        if offset < len(run.text):
            first, second = replace(run, text=run.text[:offset]), replace(run, text=run.text[offset:])
            return (*head, *([first] if offset else [])), (second, *runs[at + 1 :])
        head.append(run)
        offset -= len(run.text)
    return tuple(head), ()
