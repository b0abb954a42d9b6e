"""The consolidated text of a section: every amendment applied that was carried.

What can't be applied cleanly is listed for a person, never guessed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.amendments import Amendment, Kind, Status
from bot.domain.ids import AmendmentId, BlockId
from bot.domain.text import Block, BlockKind, Run, StoredBlock, normalise

CARRIED: Final = frozenset({Status.ADOPTED, Status.ADOPTED_AS_MODIFIED, Status.TAKEN_OVER})
"""What goes into the consolidated text."""
_NUMBER: Final = re.compile(r"(\d+)$")
_TAKES_AWAY: Final = frozenset({Kind.REPLACE, Kind.DELETE})


class Obstacle(StrEnum):
    """Why a carried amendment could not be applied."""

    GENERAL = "general"
    STALE = "stale"
    CHANGED = "changed"
    WORDS = "words"
    COLLIDES = "collides"
    NO_TEXT = "no text"


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the consolidated text, the amendments that made it what it is, and which block it was, if any."""

    block: Block
    by: tuple[AmendmentId, ...] = ()
    was: BlockId | None = None


@dataclass(frozen=True, slots=True)
class Consolidated:
    """A text with all applied that could be, the blocks that went by whom, and what a person must still work in."""

    pieces: tuple[Piece, ...]
    gone: Mapping[BlockId, AmendmentId]
    left: tuple[tuple[Amendment, Obstacle], ...]


def consolidated(
    blocks: Sequence[StoredBlock], amendments: Iterable[Amendment], final_texts: Mapping[AmendmentId, str]
) -> Consolidated:
    """Return a section's text with what was carried. `final_texts` are those of what was adopted as modified."""
    carried = sorted((each for each in amendments if each.status in CARRIED), key=_place)
    there = {stored.block_id: stored for stored in blocks}
    left: dict[AmendmentId, tuple[Amendment, Obstacle]] = {}
    clean: list[Amendment] = []
    for amendment in carried:
        obstacle = _obstacle(amendment, there, carried, final_texts)
        if obstacle is None:
            clean.append(amendment)
        else:
            left[amendment.amendment_id] = (amendment, obstacle)
    changes = {each.anchor.block_id: each for each in clean if each.anchor and each.kind in _TAKES_AWAY}
    inserts = [each for each in clean if each.kind is Kind.INSERT]
    pieces: list[Piece] = []
    gone: dict[BlockId, AmendmentId] = {}
    for stored in blocks:
        change = changes.get(stored.block_id)
        made = list(_changed(stored, change, final_texts)) if change else [Piece(stored.block, was=stored.block_id)]
        if change and not made:
            gone[stored.block_id] = change.amendment_id
        pieces += made
        for insert in inserts:
            if insert.anchor and insert.anchor.block_id == stored.block_id:
                pieces += _inserted(insert, final_texts, stored.block.depth)
    for insert in inserts:
        if insert.anchor is None:
            pieces += _inserted(insert, final_texts, 0)
    return Consolidated(tuple(pieces), gone, tuple(left.values()))


def words_of(amendment: Amendment, final_texts: Mapping[AmendmentId, str]) -> str:
    """Return the new words of an amendment: as they were decided, else as they were proposed."""
    return final_texts.get(amendment.amendment_id, amendment.text)


def _place(amendment: Amendment) -> tuple[int, int]:
    number = _NUMBER.search(amendment.reference or "")
    return int(number[1]) if number else 0, amendment.amendment_id


def _obstacle(
    amendment: Amendment,
    there: Mapping[BlockId, StoredBlock],
    carried: Sequence[Amendment],
    final_texts: Mapping[AmendmentId, str],
) -> Obstacle | None:
    """Return why an amendment can't be applied just so."""
    if amendment.kind is Kind.GENERAL:
        return Obstacle.GENERAL
    if amendment.status is Status.ADOPTED_AS_MODIFIED and amendment.amendment_id not in final_texts:
        return Obstacle.NO_TEXT
    if amendment.anchor is None:
        return None if amendment.kind is Kind.INSERT else Obstacle.STALE
    stored = there.get(amendment.anchor.block_id)
    if stored is None or amendment.anchor.stale:
        return Obstacle.STALE
    if any(_clash(amendment, other, stored.block.text) for other in carried if other is not amendment):
        return Obstacle.COLLIDES
    if amendment.kind is Kind.INSERT:
        return None
    if stored.block.text_hash != amendment.anchor.text_hash:
        return Obstacle.CHANGED
    return None if _part(amendment, stored.block.text) is not None else Obstacle.WORDS


def _clash(amendment: Amendment, other: Amendment, text: str) -> bool:
    """Tell whether another carried amendment leaves no place for this one in a block with this text."""
    if other.anchor is None or amendment.anchor is None or other.anchor.block_id != amendment.anchor.block_id:
        return False
    if amendment.kind is Kind.INSERT:
        return other.kind is Kind.DELETE and _part(other, text) == ("", "")
    return other.kind in _TAKES_AWAY


def _part(amendment: Amendment, text: str) -> tuple[str, str] | None:
    """Return what stands before and after the words that go, where those stand in the text exactly once."""
    old = normalise(amendment.old_text or "")
    if not old or old == text:
        return "", ""
    found = re.findall(rf"(?<!\w){re.escape(old)}(?!\w)", text)
    if len(found) != 1:
        return None
    before, _, after = text.partition(old)
    return before, after


def _changed(stored: StoredBlock, amendment: Amendment, final_texts: Mapping[AmendmentId, str]) -> Iterator[Piece]:
    """Yield what comes in a block's place: nothing where all of it goes."""
    part = _part(amendment, stored.block.text) or ("", "")
    new = words_of(amendment, final_texts) if amendment.kind is Kind.REPLACE or _modified(amendment) else ""
    before, after = part
    lines = [line for line in (normalise(line) for line in new.splitlines()) if line]
    if before or after:
        lines = [normalise(f"{before}{' '.join(lines)}{after}")]
    old = stored.block
    for at, line in enumerate(lines):
        was = stored.block_id if at == 0 else None
        yield Piece(Block(old.kind, (Run(line),), old.depth, old.marker), (amendment.amendment_id,), was)


def _modified(amendment: Amendment) -> bool:
    return amendment.status is Status.ADOPTED_AS_MODIFIED


def _inserted(amendment: Amendment, final_texts: Mapping[AmendmentId, str], depth: int) -> Iterator[Piece]:
    for line in words_of(amendment, final_texts).splitlines():
        if words := normalise(line):
            nested = depth if amendment.form is BlockKind.BULLET else 0
            yield Piece(Block(amendment.form, (Run(words),), nested), (amendment.amendment_id,))
