"""Amendments out of replies: a reply that proposes something is admitted; a later edit of it is a matter for a person.

Nobody's words are dropped: the reply itself stays a contribution, whatever is read out of it.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.amendments import Amendment, Anchor, Kind, Origin, Proposal, ProposalReading, Status
from bot.domain.anchors import locate
from bot.domain.ids import ProgrammeId, SectionId
from bot.domain.text import StoredBlock
from bot.forum.proposal import read_proposal
from bot.services.admission import admit, titled
from bot.services.ports import Unit
from bot.services.reports import Changes, ImportAction, ImportKind
from bot.services.sections import FreshReply


class Proposals:
    """Sees to what replies propose, in one transaction. `screening` means that a person looks at them first."""

    def __init__(self, unit: Unit, programme_id: ProgrammeId, at: str, changes: Changes, *, screening: bool) -> None:
        self._unit = unit
        self._programme_id = programme_id
        self._at = at
        self._changes = changes
        self._screening = screening
        self._texts: dict[SectionId, Sequence[StoredBlock]] = {}

    def take(self, fresh: Sequence[FreshReply]) -> None:
        """Admit what new replies propose, in the order given, and see to the amendments whose reply was edited."""
        for reply in fresh:
            reading = read_proposal(reply.post.blocks)
            known = self._unit.amendments.by_source(self._programme_id, reply.post.post_id)
            if known:
                self._follow(known, reply, reading)
            elif reading:
                self._admit(reply, reading)

    def _admit(self, reply: FreshReply, reading: ProposalReading) -> None:
        proposal, anchor = self._aimed(reply, reading)
        amendment = admit(
            self._unit,
            reply.section_id,
            proposal,
            origin=Origin.FORUM,
            proposer=reply.post.author,
            proposer_id=None,
            actor=reply.post.author,
            anchor=anchor,
            source_post_id=reply.post.post_id,
            at=self._at,
            screening=self._screening,
        )
        self._note(ImportAction.NEW, amendment)

    def _follow(self, known: Amendment, reply: FreshReply, reading: ProposalReading | None) -> None:
        """Let an amendment that is still to be admitted follow its reply; flag any other, and one that was unmade."""
        if reply.before is None or reading == read_proposal(reply.before):
            return
        if reading is None or known.status is not Status.SUBMITTED or known.section_id != reply.section_id:
            self._note(ImportAction.FLAGGED, known)
            return
        proposal, anchor = self._aimed(reply, reading)
        self._unit.amendments.add_version(known.amendment_id, titled(proposal), anchor, self._at)
        self._unit.amendments.record(
            known.amendment_id,
            at=self._at,
            actor=known.proposer,
            actor_id=None,
            on_behalf=None,
            from_status=known.status,
            to_status=known.status,
            reason=None,
        )
        self._note(ImportAction.EDITED, known)

    def _aimed(self, reply: FreshReply, reading: ProposalReading) -> tuple[Proposal, Anchor | None]:
        """Return the proposal with the block it is aimed at, where that is certain, and with that block's text."""
        proposal = reading.proposal
        if proposal.kind is Kind.GENERAL:
            return proposal, None
        blocks = self._text(reply.section_id)
        anchor = locate(reading.place, proposal.old_text, proposal.kind, proposal.form, blocks)
        if anchor and proposal.old_text is None and proposal.kind in {Kind.REPLACE, Kind.DELETE}:
            old = next((stored.block.text for stored in blocks if stored.block_id == anchor.block_id), None)
            proposal = replace(proposal, old_text=old)
        return proposal, anchor

    def _text(self, section_id: SectionId) -> Sequence[StoredBlock]:
        """Return a section's text, which this import has stored by now and changes no more."""
        if section_id not in self._texts:
            section = self._unit.programmes.section(section_id)
            self._texts[section_id] = section.blocks if section else ()
        return self._texts[section_id]

    def _note(self, action: ImportAction, amendment: Amendment) -> None:
        key = amendment.reference or amendment.receipt
        self._changes.note(action, ImportKind.AMENDMENT, key, amendment.title)
