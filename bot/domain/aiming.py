"""What an amendment proposes when it is aimed anew: at another block, or out of a reply that was edited.

The proposer's words stay theirs. Only the text that is to go is said anew, where its block does not hold those words.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.domain.amendments import Amendment, Anchor, Kind, Proposal, ProposalReading
from bot.domain.anchors import locate
from bot.domain.places import names_piece
from bot.domain.text import StoredBlock, normalise
from bot.domain.titles import title_of

TAKES_AWAY: Final = frozenset({Kind.REPLACE, Kind.DELETE})
"""Kinds that have a text that is to go."""


def proposal_in(amendment: Amendment) -> Proposal:
    """Return what an amendment proposes in its current version."""
    return Proposal(
        kind=amendment.kind,
        text=amendment.text,
        explanation=amendment.explanation,
        form=amendment.form,
        old_text=amendment.old_text,
        title=amendment.title,
    )


def going_from(proposal: Proposal, quoted: str | None, block: StoredBlock | None) -> Proposal:
    """Return the proposal with the text that goes: the words quoted where the block holds them, else all of it.

    Words that describe a piece of the block ("de laatste zin") stay: which words they mean is for a person to say.
    """
    if proposal.kind not in TAKES_AWAY or block is None:
        return proposal
    held = quoted is not None and normalise(quoted).casefold() in block.block.text.casefold()
    kept = held or (quoted is not None and names_piece(quoted))
    return replace(proposal, old_text=quoted if kept else block.block.text)


def renewed(
    reading: ProposalReading, amendment: Amendment, blocks: Sequence[StoredBlock]
) -> tuple[Proposal, Anchor | None]:
    """Return what an edited reply proposes, and where: where it says for certain, else where the amendment was aimed.

    A title that a person gave stays.
    """
    proposal = reading.proposal
    if amendment.title != title_of(amendment.text or amendment.old_text or amendment.explanation):
        proposal = replace(proposal, title=amendment.title)
    if proposal.kind is Kind.GENERAL:
        return proposal, None
    kept = amendment.anchor if amendment.kind is proposal.kind else None
    anchor = locate(reading.place, proposal.old_text, proposal.kind, proposal.form, blocks) or kept
    return going_from(proposal, proposal.old_text, block_at(blocks, anchor)), anchor


def block_at(blocks: Sequence[StoredBlock], anchor: Anchor | None) -> StoredBlock | None:
    """Return the block that an anchor names, or None where it names none or that is there no more."""
    if anchor is None:
        return None
    return next((stored for stored in blocks if stored.block_id == anchor.block_id), None)
