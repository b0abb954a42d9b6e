"""Which block an amendment is aimed at: found from the words of a reply, and followed through changes of the text.

Where it is not certain nothing is said: a person decides.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.amendments import Anchor, Kind
from bot.domain.likeness import surely_meant
from bot.domain.places import Place, parse_place
from bot.domain.text import BlockKind, StoredBlock, normalise

_QUOTATION = re.compile(r"[“„\"«‘'](?P<text>[^”\"»’]{12,})[”\"»’']")
_MARKS = " “”„\"«»‘’'.…"


def anchor_at(stored: StoredBlock) -> Anchor:
    """Return an anchor at a block as it reads now."""
    return Anchor(stored.block_id, stored.block.kind, stored.number, stored.block.text_hash)


def locate(
    place: str | None, old_text: str | None, kind: Kind, form: BlockKind, blocks: Sequence[StoredBlock]
) -> Anchor | None:
    """Return the block that a proposal is aimed at, or None where that is not certain.

    `place` is how the proposer names the block, `old_text` the text that is to go. Where both name one, they must name
    the same. New text goes after the block returned.
    """
    if kind is Kind.GENERAL:
        return None
    named = _named(place, kind, form, blocks) if place else None
    quoted = _quoted(old_text, blocks) if old_text else None
    if place and _names_something(place) and named is None:
        return None
    if named is not None and quoted is not None and named.block_id != quoted.block_id:
        return None
    found = named or quoted
    return anchor_at(found) if found is not None else None


def follow(anchor: Anchor, before: Sequence[StoredBlock], after: Sequence[StoredBlock]) -> Anchor:
    """Return an anchor as it stands after a change of the text, with the digest it was written against kept.

    It follows the block's identity; where that is gone, the one block that surely took over its text; else it is stale.
    """
    same = next((stored for stored in after if stored.block_id == anchor.block_id), None)
    if same is None:
        was = next((stored for stored in before if stored.block_id == anchor.block_id), None)
        same = _quoted(was.block.text, [stored for stored in after if _is_alike(stored, was)]) if was else None
    if same is None:
        return replace(anchor, stale=True)
    return Anchor(same.block_id, same.block.kind, same.number, anchor.text_hash)


def _is_alike(stored: StoredBlock, was: StoredBlock) -> bool:
    return stored.block.kind is was.block.kind


def _names_something(place: str) -> bool:
    """Tell whether a place names a block by number or by its words, so that not finding it means something."""
    return parse_place(place) is not None or _QUOTATION.search(place) is not None


def _named(place: str, kind: Kind, form: BlockKind, blocks: Sequence[StoredBlock]) -> StoredBlock | None:
    if quotation := _QUOTATION.search(place):
        return _quoted(quotation["text"], blocks)
    spot = parse_place(place)
    if spot is None or (kind is not Kind.INSERT and (spot.before or spot.after)):
        return None
    return _at(spot, [stored for stored in blocks if stored.block.kind is spot.kind], form)


def _at(spot: Place, row: Sequence[StoredBlock], form: BlockKind) -> StoredBlock | None:
    index = spot.number - 1 if spot.number > 0 else len(row) + spot.number
    if spot.before:
        if form is not spot.kind:
            return None
        index -= 1
    return row[index] if 0 <= index < len(row) else None


def _quoted(words: str, blocks: Sequence[StoredBlock]) -> StoredBlock | None:
    wanted = normalise(words).strip(_MARKS)
    if not wanted:
        return None
    index = surely_meant(wanted, [stored.block.text.strip(_MARKS) for stored in blocks])
    return blocks[index] if index is not None else None
