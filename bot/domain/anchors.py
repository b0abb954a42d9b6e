"""Which block an amendment is aimed at: found from the words of a reply, and followed through changes of the text.

Where it is not certain nothing is said: a person decides.
"""

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from bot.domain.amendments import Anchor, Kind
from bot.domain.likeness import SHORTEST_PART, holds, likeness, surely_meant
from bot.domain.places import By, Place, find_places, names_piece
from bot.domain.pointing import Pointed, point
from bot.domain.quotations import mask
from bot.domain.text import BlockKind, StoredBlock, normalise

_MARKS = " “”„\"«»‘’'.…"
_SHORTEST_WORDS = 3  # characters of quoted words that are enough to know a block by, where no other has them
_ALIKE = 88.0  # the likeness, of 100, at which words may be misquoted from the block that is named
_STILL_THE_SAME = 0.5
"""The likeness from which on an edited block is still what an amendment was about."""


def anchor_at(stored: StoredBlock) -> Anchor:
    """Return an anchor at a block as it reads now."""
    return Anchor(stored.block_id, stored.block.kind, stored.number, stored.block.text_hash)


def locate(
    place: str | None, old_text: str | None, kind: Kind, form: BlockKind, blocks: Sequence[StoredBlock]
) -> Anchor | None:
    """Return the block that a proposal is aimed at, or None where that is not certain.

    `place` is how the proposer names the block, `old_text` the text that is to go, which may be a part of a block.
    Where both name one, they must name the same. New text goes after the block returned.
    """
    if kind is Kind.GENERAL:
        return None
    pointed = _pointed(place, kind, form, blocks) if place else Pointed(named=False)
    if not pointed.named:
        found = _quoted(old_text, blocks, _SHORTEST_WORDS) if old_text else None
    else:
        found = pointed.block
        if found is not None and old_text and not _may_be_of(old_text, found, blocks):
            return None
    return anchor_at(found) if found is not None else None


def follow(anchor: Anchor, before: Sequence[StoredBlock], after: Sequence[StoredBlock]) -> Anchor:
    """Return an anchor as it stands after a change of the text, with the digest it was written against kept.

    It follows the block's identity; where that is gone, the one block that surely took over its text; else it is stale.
    So it is where a block was rewritten into something else, until a person looked or the text is what it was.
    """
    was = next((stored for stored in before if stored.block_id == anchor.block_id), None)
    same = next((stored for stored in after if stored.block_id == anchor.block_id), None)
    if same is None and was is not None:
        same = _quoted(was.block.text, [stored for stored in after if _is_alike(stored, was)])
    if same is None:
        return replace(anchor, stale=True)
    return Anchor(same.block_id, same.block.kind, same.number, anchor.text_hash, _is_rewritten(anchor, was, same))


def _is_rewritten(anchor: Anchor, was: StoredBlock | None, now: StoredBlock) -> bool:
    """Tell whether a block says something else now than what an amendment was written against."""
    if now.block.text_hash == anchor.text_hash:
        return False
    return anchor.stale or was is None or likeness(was.block.text, now.block.text) < _STILL_THE_SAME


def _is_alike(stored: StoredBlock, was: StoredBlock) -> bool:
    return stored.block.kind is was.block.kind


def _pointed(place: str, kind: Kind, form: BlockKind, blocks: Sequence[StoredBlock]) -> Pointed:
    places = [found.place for found in find_places(place)] or _by_quotation(place)
    if kind is Kind.INSERT:
        if any(each.by is By.TOPIC and not each.side for each in places):
            return Pointed(named=True)  # what the new text is about
        return point(places, blocks, form)
    inner = [each for each in places if each.nested]
    if any(each.beside for each in inner or places if each.by is not By.CAPTION):
        return Pointed(named=True)  # beside a block is not in it
    return point([replace(each, side="") for each in places], blocks, form)


def _by_quotation(place: str) -> list[Place]:
    masked = mask(place)
    return [Place(By.WORDS, words=words) for words in masked.quoted(masked.text)]


def _may_be_of(old_text: str, named: StoredBlock, blocks: Sequence[StoredBlock]) -> bool:
    """Tell whether the text that is to go can be of the block that is named: a piece described, or words it holds."""
    if names_piece(old_text):
        return True
    words, text = normalise(old_text).strip(_MARKS), named.block.text
    if holds(words, text):
        return True
    score = fuzz.partial_ratio if SHORTEST_PART <= len(words) < len(text) else fuzz.ratio
    if score(words.casefold(), text.casefold()) < _ALIKE:
        return False
    elsewhere = _quoted(words, blocks)
    return elsewhere is None or elsewhere is named


def _quoted(words: str, blocks: Sequence[StoredBlock], shortest: int = SHORTEST_PART) -> StoredBlock | None:
    wanted = normalise(words).strip(_MARKS)
    if not wanted:
        return None
    index = surely_meant(wanted, [stored.block.text.strip(_MARKS) for stored in blocks], shortest)
    return blocks[index] if index is not None else None
