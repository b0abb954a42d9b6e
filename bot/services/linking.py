"""The secretary's acts of linking: a reply becomes an amendment or is one no more, and an amendment finds its place.

Every act is one transaction keyed by its interaction. Who may act, and whether what was shown still stands, is checked
here at the moment of acting. What the history says of it is in the programme's language.
"""

from collections.abc import Callable, Mapping

from bot.domain.aiming import block_at, going_from, proposal_in, renewed
from bot.domain.amendments import Amendment, Anchor, Kind, Origin, Proposal, ProposalReading, Status
from bot.domain.anchors import anchor_at
from bot.domain.ids import AmendmentId, BlockId, PostId, ProgrammeId, Snowflake
from bot.domain.lifecycle import corrects, transition
from bot.domain.people import Actor, Role
from bot.domain.text import StoredBlock
from bot.domain.versions import digest_of_blocks
from bot.errors import NotFound, Refused
from bot.forum.proposal import read_proposal
from bot.locales import Texts
from bot.mirror.render.wording import place_of
from bot.services.admission import admit, take_step, titled
from bot.services.deliveries import delivered, note_delivery
from bot.services.finding import amendment_with, section_with, standing_section
from bot.services.homes import amendment_for
from bot.services.ideas import Idea, block_in, proposal_of
from bot.services.linkable import differs, linked_reply
from bot.services.linked_authors import LinkedAuthors
from bot.services.ports import Clock, Store, Unit
from bot.services.source_rows import FlagReason


class Linking:
    """The acts on replies and amendments. `screening` means that what is read from a reply waits to be admitted."""

    def __init__(self, store: Store, clock: Clock, texts: Mapping[str, Texts], *, screening: bool) -> None:
        self._store = store
        self._clock = clock
        self._texts = texts
        self._screening = screening

    async def read(
        self, actor: Actor, programme_id: ProgrammeId, post_id: PostId, idea: Idea, interaction_id: Snowflake
    ) -> Amendment:
        """Make an amendment of a reply, on its author's behalf. One that was turned back is taken up again."""

        def act(unit: Unit, at: str) -> Amendment:
            linked = linked_reply(unit, programme_id, post_id)
            if linked.amendment is not None and not linked.free:
                raise Refused("link.read_already", number=post_id, reference=_label(linked.amendment))
            if idea.section_id != linked.section.section_id:
                raise Refused("link.reply_moved", number=post_id)
            section = standing_section(unit, idea.section_id)
            proposal, anchor = proposal_of(idea, section, explained=False)
            reading = read_proposal(linked.reply.blocks)
            quoted = reading.proposal.old_text if reading else None
            proposal = going_from(proposal, quoted, block_at(section.blocks, anchor))
            if linked.amendment is not None:
                return self._take_up(unit, programme_id, linked.amendment, proposal, anchor, actor, at)
            return admit(
                unit,
                section.section_id,
                proposal,
                origin=Origin.FORUM,
                proposer=linked.reply.author,
                proposer_id=LinkedAuthors(unit, programme_id).member(linked.reply.author),
                actor=actor.name,
                actor_id=actor.member_id,
                anchor=anchor,
                source_post_id=post_id,
                at=at,
                screening=self._screening,
            )

        return await self._act(actor, interaction_id, act)

    async def turn_back(
        self, actor: Actor, programme_id: ProgrammeId, amendment_id: AmendmentId, reason: str, interaction_id: Snowflake
    ) -> Amendment:
        """Let an amendment be a mere reply again: it is not admitted, and keeps its reference for good."""

        def act(unit: Unit, at: str) -> Amendment:
            amendment = amendment_for(unit, actor, amendment_id)
            if amendment.origin is not Origin.FORUM or amendment.source_post_id is None:
                raise Refused("link.not_from_reply", reference=_label(amendment))
            if amendment.status is Status.NOT_ADMITTED:
                raise Refused("link.back_already", reference=_label(amendment))
            _ahead(amendment)
            if not reason.strip():
                raise Refused("link.no_reason")
            unit.flags.settle(amendment_id, at)
            return self._step(unit, programme_id, amendment, Status.NOT_ADMITTED, actor, reason.strip(), at)

        return await self._act(actor, interaction_id, act)

    async def move(
        self,
        actor: Actor,
        programme_id: ProgrammeId,
        amendment_id: AmendmentId,
        block_id: BlockId | None,
        interaction_id: Snowflake,
    ) -> Amendment:
        """Aim an amendment at a block as it reads now; None is the end, for new text."""

        def act(unit: Unit, at: str) -> Amendment:
            amendment = amendment_for(unit, actor, amendment_id)
            _ahead(amendment)
            if amendment.kind is Kind.GENERAL:
                raise Refused("link.no_place", reference=_label(amendment))
            block = block_in(standing_section(unit, amendment.section_id), block_id)
            if block is None and amendment.kind is not Kind.INSERT:
                raise Refused("refused.block_gone")
            anchor = anchor_at(block) if block is not None else None
            if anchor == amendment.anchor:
                raise Refused("link.same_place", reference=_label(amendment))
            _aim(unit, amendment, anchor, block, at)
            unit.flags.settle(amendment_id, at, FlagReason.STALE)
            say = self._say(unit, programme_id)
            moved = amendment_with(unit, amendment_id)
            return _noted(unit, moved, actor, say("history.moved", place=place_of(moved, say)), at)

        return await self._act(actor, interaction_id, act)

    async def take_words(
        self, actor: Actor, programme_id: ProgrammeId, amendment_id: AmendmentId, digest: str, interaction_id: Snowflake
    ) -> Amendment:
        """Make a new version of an amendment out of its reply as it reads now, on the author's behalf.

        `digest` is that of the reply's blocks as they were shown, so that nothing is taken over unseen.
        """

        def act(unit: Unit, at: str) -> Amendment:
            amendment = amendment_for(unit, actor, amendment_id)
            _ahead(amendment)
            reading = _reading(unit, programme_id, amendment, digest)
            if not differs(reading.proposal, amendment):
                raise Refused("link.same_words", reference=_label(amendment))
            proposal, anchor = renewed(reading, amendment, section_with(unit, amendment.section_id).blocks)
            unit.amendments.add_version(amendment_id, titled(proposal), anchor, at)
            for reason in (FlagReason.EDITED, FlagReason.UNMADE):
                unit.flags.settle(amendment_id, at, reason)
            say = self._say(unit, programme_id)
            return _noted(unit, amendment_with(unit, amendment_id), actor, say("history.taken"), at)

        return await self._act(actor, interaction_id, act)

    async def seen(self, actor: Actor, amendment_id: AmendmentId, interaction_id: Snowflake) -> Amendment:
        """Settle what a person had to look at, changing nothing else."""

        def act(unit: Unit, at: str) -> Amendment:
            amendment = amendment_for(unit, actor, amendment_id)
            if not unit.flags.settle(amendment_id, at):
                raise Refused("link.seen_already", reference=_label(amendment))
            return amendment

        return await self._act(actor, interaction_id, act)

    async def _act(self, actor: Actor, interaction_id: Snowflake, act: Callable[[Unit, str], Amendment]) -> Amendment:
        """Carry out an act in one transaction, once for each interaction."""

        def work(unit: Unit) -> Amendment:
            actor.demand(Role.SECRETARY)
            done = delivered(unit, interaction_id)
            if done is not None:
                return amendment_with(unit, done)
            at = self._clock()
            amendment = act(unit, at)
            note_delivery(unit, interaction_id, amendment.amendment_id, at)
            return amendment

        return await self._store.transact(work)

    def _take_up(
        self,
        unit: Unit,
        programme_id: ProgrammeId,
        former: Amendment,
        proposal: Proposal,
        anchor: Anchor | None,
        actor: Actor,
        at: str,
    ) -> Amendment:
        unit.amendments.add_version(former.amendment_id, titled(proposal), anchor, at)
        waits = self._screening and former.reference is None
        reason = self._say(unit, programme_id)("history.read_again")
        return self._step(unit, programme_id, former, Status.SUBMITTED if waits else Status.OPEN, actor, reason, at)

    def _step(
        self,
        unit: Unit,
        programme_id: ProgrammeId,
        amendment: Amendment,
        end: Status,
        actor: Actor,
        reason: str,
        at: str,
    ) -> Amendment:
        step = transition(amendment.status, end)
        if corrects(step):
            reason = self._say(unit, programme_id)("history.correction", reason=reason)
        behalf = _behalf(amendment, actor) if end is not Status.NOT_ADMITTED else None
        return take_step(unit, amendment, step, actor=actor, on_behalf=behalf, reason=reason, at=at)

    def _say(self, unit: Unit, programme_id: ProgrammeId) -> Texts:
        return self._texts[unit.programmes.head(programme_id).language]


def _label(amendment: Amendment) -> str:
    return amendment.reference or f"nr. {amendment.receipt}"


def _behalf(amendment: Amendment, actor: Actor) -> str | None:
    return amendment.proposer if amendment.proposer != actor.name else None


def _ahead(amendment: Amendment) -> None:
    if not amendment.status.ahead:
        raise Refused("link.decided", reference=_label(amendment))


def _aim(unit: Unit, amendment: Amendment, anchor: Anchor | None, block: StoredBlock | None, at: str) -> None:
    """Store where an amendment belongs, as a new version where it takes away other words there."""
    before = proposal_in(amendment)
    after = going_from(before, amendment.old_text, block)
    if after == before:
        unit.amendments.set_anchor(amendment.amendment_id, anchor)
    else:
        unit.amendments.add_version(amendment.amendment_id, after, anchor, at)


def _noted(unit: Unit, amendment: Amendment, actor: Actor, reason: str, at: str) -> Amendment:
    """Write down in the history what was done to an amendment whose status stays."""
    unit.amendments.record(
        amendment.amendment_id,
        at=at,
        actor=actor.name,
        actor_id=actor.member_id,
        on_behalf=_behalf(amendment, actor),
        from_status=amendment.status,
        to_status=amendment.status,
        reason=reason,
    )
    return amendment


def _reading(unit: Unit, programme_id: ProgrammeId, amendment: Amendment, digest: str) -> ProposalReading:
    """Return what an amendment's reply proposes, if it still reads as it was shown."""
    source = amendment.source_post_id
    reply = unit.programmes.contribution(programme_id, source) if source is not None else None
    if reply is None or reply.gone is not None:
        raise NotFound("link.reply_gone", number=source or "")
    if digest_of_blocks(reply.blocks) != digest:
        raise Refused("link.reply_changed", number=reply.post_id)
    reading = read_proposal(reply.blocks)
    if reading is None:
        raise Refused("link.no_proposal", number=reply.post_id)
    return reading
