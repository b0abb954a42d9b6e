"""Amendments out of replies: a reply that proposes something is admitted; what becomes of it later is for a person.

Nobody's words are dropped: the reply itself stays a contribution, whatever is read out of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.aiming import TAKES_AWAY, block_at, going_from
from bot.domain.amendable import closed
from bot.domain.amendments import Amendment, Anchor, Kind, Objection, Origin, Proposal, ProposalReading, Status
from bot.domain.anchors import locate
from bot.domain.deadlines import moment_of
from bot.domain.ids import PostId, ProgrammeId, SectionId
from bot.domain.text import StoredBlock
from bot.forum.proposal import read_proposal
from bot.services.admission import admit, titled
from bot.services.linked_authors import LinkedAuthors
from bot.services.ports import Unit
from bot.services.replies import FreshReply
from bot.services.reports import Changes, ImportAction, ImportKind
from bot.services.source_rows import FlagReason


class Proposals:
    """Sees to what replies propose, in one transaction.

    `screening` means that a person looks at them first. `zone` is where the forum's clock hangs: whether a reply came
    in time goes by the minute that the forum tells of it.
    """

    def __init__(
        self, unit: Unit, programme_id: ProgrammeId, at: str, changes: Changes, *, screening: bool, zone: str
    ) -> None:
        self._unit = unit
        self._programme_id = programme_id
        self._at = at
        self._changes = changes
        self._screening = screening
        self._zone = zone
        self._calendar = unit.phases.calendar(programme_id)
        self._sources = unit.amendments.sources(programme_id)
        self._linked = LinkedAuthors(unit, programme_id)
        self._text: tuple[SectionId, Sequence[StoredBlock]] | None = None

    def take(self, fresh: Sequence[FreshReply]) -> None:
        """Admit what new replies propose, in the order given, and see to the amendments whose reply changed."""
        for reply in fresh:
            reading = read_proposal(reply.post.blocks)
            known = self._known(reply.post.post_id)
            if known:
                self._follow(known, reply, reading)
            elif reading and (reply.before is None or reading != read_proposal(reply.before)):
                self._admit(reply, reading)
        self._text = None  # it may be edited before the next replies are looked at

    def lost(self, post_ids: Iterable[PostId]) -> None:
        """See to the amendments whose reply is gone: they stay as they are, and a person must look."""
        for post_id in sorted(post_ids):
            known = self._known(post_id)
            if known:
                self._flag(known, FlagReason.GONE)

    def moved(self, post_id: PostId) -> None:
        """See to the amendment of a reply that is a topic of its own now."""
        if known := self._known(post_id):
            self._flag(known, FlagReason.MOVED)

    def _known(self, post_id: PostId) -> Amendment | None:
        """Return the amendment that was read out of a reply, if there is one."""
        known = post_id in self._sources
        return self._unit.amendments.by_source(self._programme_id, post_id) if known else None

    def _admit(self, reply: FreshReply, reading: ProposalReading) -> None:
        proposal, anchor = self._aimed(reply, reading)
        amendment = admit(
            self._unit,
            reply.section_id,
            proposal,
            origin=Origin.FORUM,
            proposer=reply.post.author,
            proposer_id=self._linked.member(reply.post.author),
            actor=reply.post.author,
            anchor=anchor,
            source_post_id=reply.post.post_id,
            at=self._at,
            screening=self._screening,
            objection=self._objection(reply, proposal, anchor),
        )
        self._note(ImportAction.NEW, amendment)

    def _objection(self, reply: FreshReply, proposal: Proposal, anchor: Anchor | None) -> Objection | None:
        """Return why a reply's proposal waits for a person. One that was edited in later came when it was seen."""
        amendable = self._unit.programmes.amendable(reply.section_id)
        if not amendable or closed(proposal.kind, block_at(self._text_of(reply.section_id), anchor)):
            return Objection.NOT_AMENDABLE
        told = reply.post.posted if reply.before is None else None
        came = moment_of(told, self._zone) if told is not None else self._at
        return Objection.LATE if self._calendar.came_late(came) else None

    def _follow(self, known: Amendment, reply: FreshReply, reading: ProposalReading | None) -> None:
        """Let an amendment that is still to be admitted follow its reply; flag any other, and one that was unmade."""
        if reply.back:
            self._unit.flags.settle(known.amendment_id, self._at, FlagReason.GONE)
        if known.section_id == reply.section_id:
            self._unit.flags.settle(known.amendment_id, self._at, FlagReason.MOVED)
        elif reply.before is not None:
            self._flag(known, FlagReason.MOVED)
        if reply.before is None or reply.before == reply.post.blocks:
            return
        before = read_proposal(reply.before)
        if reading == before and before is not None:
            return
        if reading is None:
            self._flag(known, FlagReason.EDITED if before is None else FlagReason.UNMADE)
            return
        if known.status is not Status.SUBMITTED or not _is_as_read(known, reply, before):
            self._flag(known, FlagReason.EDITED)
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
        """Return the proposal with the block it is aimed at, where that is certain, and with the text that goes.

        The words of a reply stay as they are. Where it quotes none, those of the block are taken, or else the words
        that name it: "bullets 3 en 4".
        """
        proposal = reading.proposal
        if proposal.kind is Kind.GENERAL:
            return proposal, None
        blocks = self._text_of(reply.section_id)
        anchor = locate(reading.place, proposal.old_text, proposal.kind, proposal.form, blocks)
        if proposal.old_text is not None:
            return proposal, anchor
        if anchor is None and proposal.kind in TAKES_AWAY:
            return replace(proposal, old_text=reading.place), None
        return going_from(proposal, None, block_at(blocks, anchor)), anchor

    def _text_of(self, section_id: SectionId) -> Sequence[StoredBlock]:
        """Return a section's text as this import has stored it."""
        if self._text is None or self._text[0] != section_id:
            self._text = section_id, self._unit.programmes.blocks(section_id)
        return self._text[1]

    def _flag(self, amendment: Amendment, reason: FlagReason) -> None:
        """Ask a person to look, as long as the outcome is ahead."""
        if amendment.status.ahead and self._unit.flags.raise_(amendment.amendment_id, reason, self._at):
            self._note(ImportAction.FLAGGED, amendment)

    def _note(self, action: ImportAction, amendment: Amendment) -> None:
        key = amendment.reference or amendment.receipt
        self._changes.note(action, ImportKind.AMENDMENT, key, amendment.title)


def _is_as_read(known: Amendment, reply: FreshReply, before: ProposalReading | None) -> bool:
    """Tell whether an amendment stands with its reply and says what was read there: no person gave it other words."""
    if before is None or known.section_id != reply.section_id:
        return False
    return (known.text, known.explanation) == (before.proposal.text, before.proposal.explanation)
