"""Which block of a text a place points at: exactly one where that is certain, else none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.likeness import holds, surely_meant
from bot.domain.places import By, Place
from bot.domain.quotations import bare
from bot.domain.text import BlockKind, StoredBlock, normalise
from bot.domain.topics import topic_words, touches

_MARKS = " “”„\"«»‘’'.…?:"


@dataclass(frozen=True, slots=True)
class Pointed:
    """What places point at: `named` says that at least one names a block, `block` which one that surely is."""

    named: bool
    block: StoredBlock | None = None


def point(places: Sequence[Place], blocks: Sequence[StoredBlock], form: BlockKind) -> Pointed:
    """Return the one block that all places point at. New text of a form goes after it, also where it was to go before.

    A heading that is named beside another place says under which heading to look. Words quoted beside a number must
    stand in the block of that number.
    """
    telling = [place for place in places if place.by is not By.NOTHING]
    if not telling:
        return Pointed(named=False)
    aims = [place for place in telling if place.by is not By.CAPTION]
    if not aims:
        return Pointed(True, _one(_candidates(telling[0], blocks), len(telling) == 1))
    reach = blocks
    for caption in (place for place in telling if place.by is By.CAPTION):
        reach = _under(_one(_candidates(caption, blocks)), blocks)
    return Pointed(True, _agreed(aims, reach, blocks, form))


def _agreed(
    aims: Sequence[Place], reach: Sequence[StoredBlock], blocks: Sequence[StoredBlock], form: BlockKind
) -> StoredBlock | None:
    """Return the block that every aim is at, moved to the one before it where that is what is asked."""
    inner = [aim for aim in aims if aim.nested]
    numbered = [aim for aim in aims if aim.by is By.NUMBER and not aim.nested] or inner or list(aims)
    found = [_one(_candidates(aim, reach, len(reach) < len(blocks), form)) for aim in numbered]
    if inner and inner[0] is not numbered[0] and found[0] is not None:
        return _one(_at(inner[0], _inside(found[0], blocks)), len(found) == 1 and not inner[0].before)
    target = found[0]
    if target is None or any(other is not target for other in found):
        return None
    if any(_contradicts(aim.gloss, target, reach) for aim in numbered if aim.gloss):
        return None
    if any(aim.by is By.WORDS and not holds(_bare(aim.words), _bare(target.block.text)) for aim in aims):
        return None
    others = [aim for aim in aims if aim not in numbered and aim.by is not By.WORDS]
    if any(target not in _candidates(aim, reach) for aim in others):
        return None
    return _before(target, blocks, form) if numbered[0].before else target


def _contradicts(gloss: str, target: StoredBlock, blocks: Sequence[StoredBlock]) -> bool:
    """Tell whether what is said of a block in brackets is said of another one."""
    words, topic = bare(gloss), topic_words(gloss)
    holding = [stored for stored in blocks if holds(_bare(words), _bare(stored.block.text))]
    touching = [stored for stored in blocks if topic and touches(topic, stored.block.text)]
    found = holding or touching
    return bool(found) and target not in found


def _one(blocks: Iterable[StoredBlock], certain: bool = True) -> StoredBlock | None:
    found = list(blocks)
    return found[0] if certain and len(found) == 1 else None


def _candidates(
    place: Place, blocks: Sequence[StoredBlock], within: bool = False, form: BlockKind = BlockKind.BULLET
) -> list[StoredBlock]:
    """Return the blocks that a place may mean. `within` says that only those under a heading are given."""
    of_kind = [stored for stored in blocks if place.kind in {None, stored.block.kind}]
    match place.by:
        case By.NUMBER:
            return _counted(place, blocks, within, form)
        case By.TOPIC:
            topic = topic_words(place.words)
            return [stored for stored in of_kind if topic and touches(topic, stored.block.text)]
        case By.START:
            start = _bare(place.words).casefold()
            return [stored for stored in of_kind if start and _bare(stored.block.text).casefold().startswith(start)]
        case By.WORDS:
            return [stored for stored in of_kind if holds(_bare(place.words), _bare(stored.block.text))]
        case _:
            headings = [stored for stored in blocks if stored.block.kind is BlockKind.HEADING]
            index = surely_meant(_bare(place.words), [_bare(stored.block.text) for stored in headings])
            return [] if index is None else [headings[index]]


def _counted(place: Place, blocks: Sequence[StoredBlock], within: bool, form: BlockKind) -> list[StoredBlock]:
    """Return the blocks of a number by each way to count: all of the kind, the top level alone, the printed numbers."""
    if place.several:
        return []
    kind = place.kind or (BlockKind.BULLET if form is BlockKind.BULLET else None)
    row = [stored for stored in blocks if kind in {None, stored.block.kind}]
    if place.nested:
        return _at(place, [stored for stored in row if stored.block.depth])
    found = _at(place, row) + _at(place, _top(row))
    found += [stored for stored in row if stored.block.marker == f"{place.number}."]
    if within:
        found += [stored for stored in row if stored.number == place.number]
    return list({stored.block_id: stored for stored in found}.values())


def _at(place: Place, row: Sequence[StoredBlock]) -> list[StoredBlock]:
    index = place.number - 1 if place.number > 0 else len(row) + place.number
    return [row[index]] if 0 <= index < len(row) else []


def _inside(parent: StoredBlock, blocks: Sequence[StoredBlock]) -> list[StoredBlock]:
    """Return the bullets right inside a bullet."""
    depth = parent.block.depth
    inside: list[StoredBlock] = []
    for stored in blocks[blocks.index(parent) + 1 :]:
        if stored.block.kind is not BlockKind.BULLET or stored.block.depth <= depth:
            break
        if stored.block.depth == depth + 1:
            inside.append(stored)
    return inside


def _top(row: Sequence[StoredBlock]) -> list[StoredBlock]:
    lowest = min((stored.block.depth for stored in row), default=0)
    return [stored for stored in row if stored.block.depth == lowest]


def _before(target: StoredBlock, blocks: Sequence[StoredBlock], form: BlockKind) -> StoredBlock | None:
    """Return the block after which text comes to stand before another."""
    if form is not target.block.kind:
        return None
    row = [stored for stored in blocks if stored.block.kind is form]
    index = row.index(target)
    return row[index - 1] if index else None


def _under(heading: StoredBlock | None, blocks: Sequence[StoredBlock]) -> Sequence[StoredBlock]:
    """Return the blocks under a heading, up to the next one."""
    if heading is None:
        return ()
    below = blocks[blocks.index(heading) + 1 :]
    for index, stored in enumerate(below):
        if stored.block.kind is BlockKind.HEADING:
            return below[:index]
    return below


def _bare(words: str) -> str:
    return normalise(words).strip(_MARKS)
