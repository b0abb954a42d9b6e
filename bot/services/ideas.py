"""What somebody filled in, checked against the section as it stands now."""

from dataclasses import dataclass
from typing import Final

from bot.domain.amendable import closed
from bot.domain.amendments import Amendment, Anchor, Kind, Proposal
from bot.domain.anchors import anchor_at
from bot.domain.ids import BlockId, SectionId
from bot.domain.programme import Section
from bot.domain.text import BlockKind, StoredBlock
from bot.domain.titles import title_of
from bot.errors import Refused

_NEEDS_TEXT: Final = frozenset({Kind.INSERT, Kind.REPLACE, Kind.GENERAL})
_NEEDS_BLOCK: Final = frozenset({Kind.REPLACE, Kind.DELETE})


@dataclass(frozen=True, slots=True)
class Idea:
    """What somebody filled in. `block_id` is the block it is aimed at; None means the end, or no block at all."""

    section_id: SectionId
    kind: Kind
    block_id: BlockId | None
    text: str
    explanation: str
    title: str


def proposal_of(idea: Idea, section: Section, *, explained: bool = True) -> tuple[Proposal, Anchor | None]:
    """Return what is proposed and where. Raises `Refused` with what to do.

    `explained` says that there must be an explanation; one who writes down another's words has only those.
    """
    block = block_in(section, idea.block_id)
    demand_amendable(section, idea.kind, block)
    old = block.block.text if block is not None and idea.kind in _NEEDS_BLOCK else None
    text = _text_of(idea, explained=explained)
    if idea.kind in _NEEDS_BLOCK and block is None:
        raise Refused("refused.block_gone")
    if old is not None and idea.kind is Kind.REPLACE and text == old:
        raise Refused("refused.same_text")
    proposal = Proposal(
        kind=idea.kind,
        text=text,
        explanation=idea.explanation.strip(),
        form=_form_of(section, block),
        old_text=old,
        title=idea.title.strip() or title_of(text or old or ""),
    )
    return proposal, None if block is None or idea.kind is Kind.GENERAL else anchor_at(block)


def rewritten(idea: Idea, amendment: Amendment, section: Section) -> tuple[Proposal, Anchor | None]:
    """Return what somebody proposes with new words for an amendment, and where.

    What lost its place in the text keeps the text it was written against: a person must say where it belongs now, and
    its proposer saw only their own words. Raises `Refused` with what to do.
    """
    if amendment.anchor is None or not amendment.anchor.stale:
        return proposal_of(idea, section)
    demand_amendable(section, idea.kind, None)
    proposal = Proposal(
        kind=idea.kind,
        text=_text_of(idea),
        explanation=idea.explanation.strip(),
        form=amendment.form,
        old_text=amendment.old_text,
        title=idea.title.strip() or title_of(idea.text.strip() or amendment.old_text or ""),
    )
    return proposal, amendment.anchor


def _text_of(idea: Idea, *, explained: bool = True) -> str:
    """Return the new text. Raises `Refused` where that or the explanation is lacking."""
    text = idea.text.strip() if idea.kind in _NEEDS_TEXT else ""
    if idea.kind in _NEEDS_TEXT and not text:
        raise Refused("refused.no_text")
    if explained and not idea.explanation.strip():
        raise Refused("refused.no_explanation")
    return text


def demand_amendable(section: Section, kind: Kind, block: StoredBlock | None) -> None:
    """Raise `Refused` where nobody may propose anything about a section, or to change one of its blocks."""
    if not section.amendable:
        raise Refused("refused.section_not_amendable", code=section.code)
    if closed(kind, block):
        raise Refused("refused.block_not_amendable", code=section.code)


def block_in(section: Section, block_id: BlockId | None) -> StoredBlock | None:
    """Return the block with this id, None where none is named. Raises `Refused` when it is there no more."""
    if block_id is None:
        return None
    for stored in section.blocks:
        if stored.block_id == block_id:
            return stored
    raise Refused("refused.block_gone")


def _form_of(section: Section, block: StoredBlock | None) -> BlockKind:
    """New text takes the form of the block it stands at; at the end it is a bullet where the section has a list."""
    if block is not None:
        return BlockKind.BULLET if block.block.kind is BlockKind.BULLET else BlockKind.PARAGRAPH
    listed = any(stored.block.kind is BlockKind.BULLET for stored in section.blocks)
    return BlockKind.BULLET if listed else BlockKind.PARAGRAPH
