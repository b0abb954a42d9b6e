"""Which block of a new version is which block of the old one, so that a block keeps its id when its text is edited."""

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

from bot.domain.ids import BlockId
from bot.domain.likeness import likeness
from bot.domain.text import Block, StoredBlock

_SAME = 0.5
_SAME_IN_PLACE = 0.15
_REACH = 12


def match_blocks(old: Sequence[StoredBlock], new: Sequence[Block]) -> list[BlockId | None]:
    """Return for each new block the id of the old block that it is, None for a block that was not there.

    Equal texts in the same order come first, then equal texts that were moved, then in each gap that is left the most
    alike of one kind; of two blocks that stand alone in the same gap less likeness is asked. Every id is used once.
    """
    before = [stored.block.text_hash for stored in old]
    after = [block.text_hash for block in new]
    pairs = dict(_kept(before, after))
    gaps = list(_gaps(pairs, len(old), len(new)))
    pairs.update(_moved(before, after, pairs))
    for old_gap, new_gap in gaps:
        taken = set(pairs.values())
        left_old = [index for index in old_gap if index not in taken]
        left_new = [index for index in new_gap if index not in pairs]
        pairs.update(_edited(old, new, left_old, left_new))
    return [old[pairs[index]].block_id if index in pairs else None for index in range(len(new))]


def _kept(before: list[str], after: list[str]) -> Iterator[tuple[int, int]]:
    """Yield new and old index of the texts that stayed, in order."""
    for step in Indel.opcodes(before, after):
        if step.tag == "equal":
            yield from zip(range(step.dest_start, step.dest_end), range(step.src_start, step.src_end), strict=True)


def _gaps(pairs: dict[int, int], old_count: int, new_count: int) -> Iterator[tuple[range, range]]:
    """Yield the stretches of old and new blocks that lie between texts that stayed."""
    last_old = last_new = -1
    for new_index, old_index in [*sorted(pairs.items()), (new_count, old_count)]:
        if new_index - last_new > 1 and old_index - last_old > 1:
            yield range(last_old + 1, old_index), range(last_new + 1, new_index)
        last_old, last_new = old_index, new_index


def _moved(before: list[str], after: list[str], pairs: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Yield new and old index of equal texts that are left, each old one once."""
    taken = set(pairs.values())
    free: dict[str, list[int]] = {}
    for index, digest in reversed(list(enumerate(before))):
        if index not in taken:
            free.setdefault(digest, []).append(index)
    for index, digest in enumerate(after):
        if index not in pairs and free.get(digest):
            yield index, free[digest].pop()


def _edited(
    old: Sequence[StoredBlock], new: Sequence[Block], left_old: list[int], left_new: list[int]
) -> Iterator[tuple[int, int]]:
    """Yield new and old index of blocks that were edited, the most alike first."""
    if len(left_old) == len(left_new) == 1:
        block, was = new[left_new[0]], old[left_old[0]].block
        if block.kind is was.kind and likeness(was.text, block.text) >= _SAME_IN_PLACE:
            yield left_new[0], left_old[0]
        return
    taken: set[int] = set()
    done: set[int] = set()
    for _, new_index, old_index in sorted(_scores(old, new, left_old, left_new), reverse=True):
        if new_index not in done and old_index not in taken:
            done.add(new_index)
            taken.add(old_index)
            yield new_index, old_index


def _scores(
    old: Sequence[StoredBlock], new: Sequence[Block], left_old: list[int], left_new: list[int]
) -> Iterator[tuple[float, int, int]]:
    """Yield likeness, new and old index of what may be the same: where they stand near each other in the gap."""
    scale = len(left_old) / max(len(left_new), 1)
    for at, new_index in enumerate(left_new):
        middle = int(at * scale)
        for old_index in left_old[max(0, middle - _REACH) : middle + _REACH + 1]:
            was, block = old[old_index].block, new[new_index]
            if was.kind is block.kind and (score := likeness(was.text, block.text)) >= _SAME:
                yield score, new_index, old_index
