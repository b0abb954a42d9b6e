"""What became of a text, block by block: which was edited (word by word), which is new, dropped or moved. Pure.

It knows words only; how they are shown is not its business.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.diff import Change, word_diff
from bot.domain.identity import match_blocks
from bot.domain.ids import BlockId
from bot.domain.text import StoredBlock, paragraph

_AROUND = 60
"""Characters of an unchanged stretch that are kept beside a change."""


class What(StrEnum):
    """What happened to a block."""

    EDITED = "edited"
    NEW = "new"
    DROPPED = "dropped"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Revision:
    """One block that is not as it was. The changes are from its old words to its new ones."""

    what: What
    changes: tuple[Change, ...]


def revisions(old: Sequence[str], new: Sequence[str]) -> tuple[Revision, ...]:
    """Return what became of a text, in the order of the new one; what was dropped comes where it stood.

    A block that only moved is told as moved; one that stayed as it was is not in the answer.
    """
    before = [StoredBlock(BlockId(at), at, paragraph(text)) for at, text in enumerate(old, start=1)]
    matched = match_blocks(before, [paragraph(text) for text in new])
    origins = [None if found is None else int(found) - 1 for found in matched]
    return tuple(_revisions(old, new, origins))


def excerpt(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Return changes with only the nearest words of what stayed, so that a long block reads on a phone."""
    last = len(changes) - 1
    return tuple(
        Change("equal", _nearest(change.text, before=at > 0, after=at < last)) if change.op == "equal" else change
        for at, change in enumerate(changes)
    )


def _revisions(old: Sequence[str], new: Sequence[str], origins: Sequence[int | None]) -> Iterator[Revision]:
    stayed = _in_order([at for at in origins if at is not None])
    dropped = [at for at in range(len(old)) if at not in set(origins)]
    for text, origin in zip(new, origins, strict=True):
        if origin is None:
            yield Revision(What.NEW, (Change("insert", text),))
            continue
        if origin in stayed:
            while dropped and dropped[0] < origin:
                yield Revision(What.DROPPED, (Change("delete", old[dropped.pop(0)]),))
        if old[origin] != text:
            yield Revision(What.EDITED, word_diff(old[origin], text))
        elif origin not in stayed:
            yield Revision(What.MOVED, (Change("equal", text),))
    for at in dropped:
        yield Revision(What.DROPPED, (Change("delete", old[at]),))


def _in_order(origins: Sequence[int]) -> frozenset[int]:
    """Return the most origins that still follow each other: the others moved."""
    tails: list[int] = []
    chains: list[tuple[int, ...]] = []
    for origin in origins:
        at = bisect_left(tails, origin)
        chain = (*(chains[at - 1] if at else ()), origin)
        tails[at : at + 1] = [origin]
        chains[at : at + 1] = [chain]
    return frozenset(chains[-1]) if chains else frozenset()


def _nearest(text: str, *, before: bool, after: bool) -> str:
    """Return the words of a stretch next to the changes that stand before and after it."""
    if len(text) <= _AROUND * (before + after):
        return text
    head = text[:_AROUND].rsplit(" ", 1)[0] if before else ""
    tail = text[-_AROUND:].split(" ", 1)[-1] if after else ""
    return f"{head} … {tail}".strip(" ") if before and after else f"{head} …" if before else f"… {tail}"
