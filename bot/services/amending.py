"""What a member does with amendments: draft, file, support, take support back, read.

Every act is one transaction keyed by its interaction, so a repeated delivery changes nothing. Who may act is
checked here, at the moment of acting, whatever a button promised when it was drawn.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.amendments import Amendment, Anchor, Event, Kind, Origin, Proposal, Status
from bot.domain.ids import AmendmentId, BlockId, ProgrammeId, SectionId, Snowflake
from bot.domain.people import Actor, Role
from bot.domain.programme import Section
from bot.domain.text import BlockKind, StoredBlock
from bot.domain.titles import title_of
from bot.errors import NotFound, Refused
from bot.services.admission import file_draft
from bot.services.ports import AmendmentFilter, Clock, Store, Unit

_REFERENCE = re.compile(r"\s*(\d+)\s*\.\s*(\d+)\W*a\W*(\d+)", re.IGNORECASE)
_NEEDS_TEXT = frozenset({Kind.INSERT, Kind.REPLACE, Kind.GENERAL})
SUPPORTABLE = frozenset({Status.OPEN, Status.HELD_OVER})
"""Where an amendment can still be supported, and support taken back: until the decision."""


@dataclass(frozen=True, slots=True)
class Idea:
    """What a member filled in. `block_id` is the block it is aimed at; None means the end, or no block at all."""

    section_id: SectionId
    kind: Kind
    block_id: BlockId | None
    text: str
    explanation: str
    title: str


@dataclass(frozen=True, slots=True)
class AmendmentView:
    """An amendment with all that is needed to show it to one person."""

    amendment: Amendment
    section: Section
    history: Sequence[Event]
    supported: bool
    mine: bool


class Amending:
    """The acts of members on amendments."""

    def __init__(self, store: Store, clock: Clock, *, screening: bool) -> None:
        self._store = store
        self._clock = clock
        self._screening = screening

    async def draft(self, actor: Actor, idea: Idea, interaction_id: Snowflake) -> AmendmentView:
        """Keep what a member filled in as a draft that only they can see."""

        def work(unit: Unit) -> AmendmentView:
            done = _outcome(unit, interaction_id)
            if done is not None:
                return _view(unit, done, actor)
            actor.demand(Role.MEMBER)
            section = _section(unit, idea.section_id)
            proposal, anchor = _proposal_of(idea, section)
            at = self._clock()
            amendment_id = unit.amendments.add(
                section.section_id,
                proposal,
                status=Status.DRAFT,
                origin=Origin.DISCORD,
                proposer=actor.name,
                proposer_id=actor.member_id,
                anchor=anchor,
                source_post_id=None,
                at=at,
            )
            unit.amendments.record(
                amendment_id,
                at=at,
                actor=actor.name,
                actor_id=actor.member_id,
                on_behalf=None,
                from_status=None,
                to_status=Status.DRAFT,
                reason=None,
            )
            _remember(unit, interaction_id, amendment_id, at)
            return _view(unit, amendment_id, actor)

        return await self._store.transact(work)

    async def redraft(
        self, actor: Actor, amendment_id: AmendmentId, idea: Idea, interaction_id: Snowflake
    ) -> AmendmentView:
        """Replace the words of one's own draft; what it is aimed at stays."""

        def work(unit: Unit) -> AmendmentView:
            if _outcome(unit, interaction_id) is None:
                actor.demand(Role.MEMBER)
                amendment = _own_draft(unit, amendment_id, actor)
                proposal, anchor = _proposal_of(idea, _section(unit, amendment.section_id))
                at = self._clock()
                unit.amendments.add_version(amendment_id, proposal, anchor, at)
                _remember(unit, interaction_id, amendment_id, at)
            return _view(unit, amendment_id, actor)

        return await self._store.transact(work)

    async def file(self, actor: Actor, amendment_id: AmendmentId, interaction_id: Snowflake) -> AmendmentView:
        """File one's own draft. Filing it twice (a double click) gives the same answer and changes nothing."""

        def work(unit: Unit) -> AmendmentView:
            amendment = _load(unit, amendment_id)
            if amendment.proposer_id != actor.member_id:
                raise Refused("refused.not_yours")
            if amendment.status is Status.DRAFT:
                actor.demand(Role.MEMBER)
                at = self._clock()
                file_draft(unit, amendment, actor=actor, at=at, screening=self._screening)
                _remember(unit, interaction_id, amendment_id, at)
            return _view(unit, amendment_id, actor)

        return await self._store.transact(work)

    async def support(
        self, actor: Actor, amendment_id: AmendmentId, interaction_id: Snowflake
    ) -> tuple[Amendment, bool]:
        """Count a member's support. The flag says whether it is new; pressing again never takes it back."""

        def work(unit: Unit) -> tuple[Amendment, bool]:
            actor.demand(Role.MEMBER)
            _undecided(_load(unit, amendment_id))
            at = self._clock()
            new = unit.amendments.add_support(amendment_id, actor.member_id, at)
            if _outcome(unit, interaction_id) is None:
                _remember(unit, interaction_id, amendment_id, at)
                return _load(unit, amendment_id), new
            return _load(unit, amendment_id), True

        return await self._store.transact(work)

    async def unsupport(
        self, actor: Actor, amendment_id: AmendmentId, interaction_id: Snowflake
    ) -> tuple[Amendment, bool]:
        """Take one's support back, at any time until the decision. The flag says whether there was any."""

        def work(unit: Unit) -> tuple[Amendment, bool]:
            _undecided(_load(unit, amendment_id))
            if _outcome(unit, interaction_id) is not None:
                return _load(unit, amendment_id), True
            gone = unit.amendments.remove_support(amendment_id, actor.member_id)
            _remember(unit, interaction_id, amendment_id, self._clock())
            return _load(unit, amendment_id), gone

        return await self._store.transact(work)

    async def read(self, actor: Actor, amendment_id: AmendmentId) -> AmendmentView:
        """Return an amendment for one person. Drafts and receipts are shown to their proposer and the secretary."""
        return await self._store.read(lambda unit: _view(unit, amendment_id, actor))

    async def own_draft(self, actor: Actor, amendment_id: AmendmentId) -> AmendmentView:
        """Return one's own draft, to be written anew. Raises `Refused` when it was filed meanwhile."""

        def work(unit: Unit) -> AmendmentView:
            _own_draft(unit, amendment_id, actor)
            return _view(unit, amendment_id, actor)

        return await self._store.read(work)

    async def find(self, actor: Actor, programme_id: ProgrammeId, reference: str) -> AmendmentView:
        """Return the amendment with this reference, however it was typed: "2.1 a1" is 2.1-A1."""

        def work(unit: Unit) -> AmendmentView:
            found = _REFERENCE.match(reference)
            exact = f"{found[1]}.{found[2]}-A{found[3]}" if found else reference.strip()
            amendment = unit.amendments.by_reference(programme_id, exact)
            if amendment is None:
                raise NotFound("refused.no_amendment", reference=reference[:40])
            return _view(unit, amendment.amendment_id, actor)

        return await self._store.read(work)

    async def page(
        self, programme_id: ProgrammeId, which: AmendmentFilter, *, after: AmendmentId | None, size: int
    ) -> tuple[Sequence[Amendment], bool]:
        """Return one page of a list, and whether more follows."""
        rows = await self._store.read(
            lambda unit: unit.amendments.list(programme_id, which, after=after, limit=size + 1)
        )
        return rows[:size], len(rows) > size


def _proposal_of(idea: Idea, section: Section) -> tuple[Proposal, Anchor | None]:
    """Check what was filled in against the section as it stands now. Raises `Refused` with what to do."""
    block = _block(section, idea.block_id)
    old = block.block.text if block is not None and idea.kind in {Kind.REPLACE, Kind.DELETE} else None
    text = idea.text.strip() if idea.kind in _NEEDS_TEXT else ""
    if idea.kind in _NEEDS_TEXT and not text:
        raise Refused("refused.no_text")
    if not idea.explanation.strip():
        raise Refused("refused.no_explanation")
    if idea.kind in {Kind.REPLACE, Kind.DELETE} and block is None:
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
    return proposal, None if block is None or idea.kind is Kind.GENERAL else _anchor(block)


def _form_of(section: Section, block: StoredBlock | None) -> BlockKind:
    """New text takes the form of the block it stands at; at the end it is a bullet where the section has a list."""
    if block is not None:
        return BlockKind.BULLET if block.block.kind is BlockKind.BULLET else BlockKind.PARAGRAPH
    listed = any(stored.block.kind is BlockKind.BULLET for stored in section.blocks)
    return BlockKind.BULLET if listed else BlockKind.PARAGRAPH


def _anchor(block: StoredBlock) -> Anchor:
    return Anchor(block.block_id, block.block.kind, block.number, block.block.text_hash)


def _block(section: Section, block_id: BlockId | None) -> StoredBlock | None:
    if block_id is None:
        return None
    for stored in section.blocks:
        if stored.block_id == block_id:
            return stored
    raise Refused("refused.block_gone")


def _section(unit: Unit, section_id: SectionId) -> Section:
    section = unit.programmes.section(section_id)
    if section is None:
        raise NotFound("refused.section_gone")
    return section


def _load(unit: Unit, amendment_id: AmendmentId) -> Amendment:
    amendment = unit.amendments.load(amendment_id)
    if amendment is None:
        raise NotFound("refused.amendment_gone")
    return amendment


def _own_draft(unit: Unit, amendment_id: AmendmentId, actor: Actor) -> Amendment:
    amendment = _load(unit, amendment_id)
    if amendment.proposer_id != actor.member_id:
        raise Refused("refused.not_yours")
    if amendment.status is not Status.DRAFT:
        raise Refused("refused.filed_already", reference=amendment.reference or amendment.receipt)
    return amendment


def _undecided(amendment: Amendment) -> None:
    if not amendment.status.public:
        raise NotFound("refused.amendment_gone")
    if amendment.status not in SUPPORTABLE:
        raise Refused("refused.decided", reference=amendment.reference or amendment.receipt, status=amendment.status)


def _view(unit: Unit, amendment_id: AmendmentId, actor: Actor) -> AmendmentView:
    amendment = _load(unit, amendment_id)
    mine = amendment.proposer_id == actor.member_id
    may_see = amendment.status.public or mine
    if not may_see and (amendment.status is Status.DRAFT or Role.SECRETARY not in actor.roles):
        raise NotFound("refused.amendment_gone")
    return AmendmentView(
        amendment=amendment,
        section=_section(unit, amendment.section_id),
        history=unit.amendments.history(amendment_id),
        supported=unit.amendments.supports(amendment_id, actor.member_id),
        mine=mine,
    )


def _outcome(unit: Unit, interaction_id: Snowflake) -> AmendmentId | None:
    outcome = unit.interactions.outcome(interaction_id)
    return None if outcome is None else AmendmentId(json.loads(outcome)["amendment"])


def _remember(unit: Unit, interaction_id: Snowflake, amendment_id: AmendmentId, at: str) -> None:
    unit.interactions.remember(interaction_id, json.dumps({"amendment": amendment_id}), at)
