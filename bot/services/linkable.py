"""What the secretary can link: replies on the forum and amendments, by what was typed, with what can be done to them.

Reads only; the acts are in `linking`. A reply that is not on the forum any more is shown to nobody.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.amendments import Amendment, Kind, Origin, Proposal, ProposalReading, Status
from bot.domain.ids import AmendmentId, PostId, ProgrammeId
from bot.domain.people import Actor, Role
from bot.domain.programme import Contribution, Section
from bot.domain.text import Block
from bot.errors import NotFound
from bot.forum.proposal import read_proposal
from bot.services.finding import reference_in, section_with
from bot.services.homes import amendment_for
from bot.services.ports import AmendmentFilter, Store, Unit
from bot.services.source_rows import FlagReason
from bot.services.suggestions import Suggestion, suggestions

_ADDRESS: Final = re.compile(r"(?:#post-|/reply/|[?&]p=)(\d{1,18})(?!\d)")
_NUMBER: Final = re.compile(r"\s*#?\s*(\d{1,18})\s*")
_RECEIPT: Final = re.compile(r"\s*(?:ontvangstnummer|receipt(?:\s+number)?)\s*(\d{1,18})\s*", re.IGNORECASE)
_WITHOUT_REFERENCE: Final = AmendmentFilter(statuses=frozenset({Status.SUBMITTED, Status.NOT_ADMITTED}))
_MANY: Final = 10_000
_REWRITTEN: Final = frozenset({FlagReason.EDITED, FlagReason.UNMADE})


class Act(StrEnum):
    """What the secretary can do to an amendment."""

    TAKE = "take"
    MOVE = "move"
    BACK = "back"
    SEEN = "seen"


@dataclass(frozen=True, slots=True)
class ReplyView:
    """A reply of which no amendment is made (any more), and what can be read in it.

    `section` is the one that an amendment would be about; `former` is the amendment that was turned back.
    """

    reply: Contribution
    section: Section
    former: Amendment | None
    reading: ProposalReading | None

    @property
    def text(self) -> str:
        """What it proposes as far as that can be read, else all its words."""
        return self.reading.proposal.text if self.reading else words_of(self.reply.blocks)

    @property
    def explanation(self) -> str:
        """Why, as far as that can be read."""
        return self.reading.proposal.explanation if self.reading else ""


@dataclass(frozen=True, slots=True)
class LinkedView:
    """An amendment with the reply it came from (None: from none, or gone) and why a person must look at it.

    `now` is what the reply proposes today where that differs from the amendment, and a person must look.
    """

    amendment: Amendment
    section: Section
    reply: Contribution | None
    flags: tuple[FlagReason, ...]
    now: Proposal | None
    acts: frozenset[Act]


@dataclass(frozen=True, slots=True)
class Linked:
    """A reply, the section that it is about, and the amendment that was read out of it, be it turned back."""

    reply: Contribution
    section: Section
    amendment: Amendment | None

    @property
    def free(self) -> bool:
        """Whether an amendment can be read out of it."""
        return self.amendment is None or self.amendment.status is Status.NOT_ADMITTED


class Linkables:
    """Finds what there is to link, for the secretary alone."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def find(self, actor: Actor, programme_id: ProgrammeId, typed: str) -> ReplyView | LinkedView:
        """Return the reply or amendment that somebody means: "#758", its address, a reference or a receipt number.

        Of a reply that is an amendment it is the amendment. Raises `NotFound`.
        """

        def work(unit: Unit) -> ReplyView | LinkedView:
            actor.demand(Role.SECRETARY)
            if found := _ADDRESS.search(typed) or _NUMBER.fullmatch(typed):
                return _of_reply(unit, programme_id, PostId(int(found[1])))
            return _of_amendment(unit, programme_id, _meant(unit, programme_id, typed))

        return await self._store.read(work)

    async def reply(self, actor: Actor, programme_id: ProgrammeId, post_id: PostId) -> ReplyView | LinkedView:
        """Return a reply, or the amendment it is."""

        def work(unit: Unit) -> ReplyView | LinkedView:
            actor.demand(Role.SECRETARY)
            return _of_reply(unit, programme_id, post_id)

        return await self._store.read(work)

    async def amendment(self, actor: Actor, programme_id: ProgrammeId, amendment_id: AmendmentId) -> LinkedView:
        """Return an amendment with what can be done to it."""

        def work(unit: Unit) -> LinkedView:
            actor.demand(Role.SECRETARY)
            return _of_amendment(unit, programme_id, amendment_for(unit, actor, amendment_id))

        return await self._store.read(work)

    async def suggest(self, actor: Actor, programme_id: ProgrammeId, typed: str, most: int) -> Sequence[Suggestion]:
        """Return what fits what is being typed; nothing for anybody but the secretary."""
        if Role.SECRETARY not in actor.roles:
            return []

        return await self._store.read(lambda unit: suggestions(unit, programme_id, typed, most))


def linked_reply(unit: Unit, programme_id: ProgrammeId, post_id: PostId) -> Linked:
    """Return a reply with what was read out of it. Raises `NotFound`.

    An amendment that was turned back counts as long as its section stands; else the reply is about where it stands.
    """
    section, reply = _place(unit, programme_id, post_id)
    first = unit.amendments.by_source(programme_id, post_id)
    ever = [*(each for each in section.amendments if each.source_post_id == post_id), *([first] if first else [])]
    for amendment in ever:
        if amendment.status is not Status.NOT_ADMITTED:
            return Linked(reply, section_with(unit, amendment.section_id), amendment)
    for amendment in ever:
        home = section_with(unit, amendment.section_id)
        if home.standing:
            return Linked(reply, home, amendment)
    return Linked(reply, section, None)


def differs(proposal: Proposal, amendment: Amendment) -> bool:
    """Tell whether a reply proposes something else than the amendment that was read out of it.

    The text to go may have been filled in from the block, and says then nothing about the reply.
    """
    said = (proposal.kind, proposal.text, proposal.explanation)
    stands = (amendment.kind, amendment.text, amendment.explanation)
    return said != stands or (proposal.old_text is not None and proposal.old_text != amendment.old_text)


def words_of(blocks: Sequence[Block]) -> str:
    """Return all words of a reply, each block and each line break on a line of its own."""
    return "\n".join(line for block in blocks for line in _lines(block))


def _lines(block: Block) -> Iterator[str]:
    text = "".join(run.text for run in block.runs if not run.image)
    yield from (line.strip() for line in text.split("\n") if line.strip())


def _place(unit: Unit, programme_id: ProgrammeId, post_id: PostId) -> tuple[Section, Contribution]:
    posts = unit.absences.posts(programme_id)
    place = posts.replies.get(post_id)
    if place is None and post_id in posts.sections:
        raise NotFound("link.is_section", number=post_id, code=posts.sections[post_id].code)
    if place is None:
        raise NotFound("link.no_reply", number=post_id)
    section = section_with(unit, place.section_id)
    for reply in section.contributions:
        if reply.post_id == post_id and reply.gone is None:
            return section, reply
    raise NotFound("link.reply_gone", number=post_id)


def _of_reply(unit: Unit, programme_id: ProgrammeId, post_id: PostId) -> ReplyView | LinkedView:
    linked = linked_reply(unit, programme_id, post_id)
    if linked.amendment is not None and not linked.free:
        return _of_amendment(unit, programme_id, linked.amendment)
    return ReplyView(linked.reply, linked.section, linked.amendment, read_proposal(linked.reply.blocks))


def _of_amendment(unit: Unit, programme_id: ProgrammeId, amendment: Amendment) -> LinkedView:
    flags = [flag for flag in unit.flags.open(programme_id) if flag.amendment_id == amendment.amendment_id]
    source = amendment.source_post_id
    reply = unit.programmes.contribution(programme_id, source) if source is not None else None
    shown = reply if reply is not None and reply.gone is None else None
    section = section_with(unit, amendment.section_id)
    reasons = tuple(flag.reason for flag in flags)
    now = _rewritten(amendment, shown) if shown is not None and _REWRITTEN & set(reasons) else None
    acts = frozenset(_acts(amendment, section, reasons, rewritten=now is not None))
    return LinkedView(amendment, section, shown, reasons, now, acts)


def _rewritten(amendment: Amendment, reply: Contribution) -> Proposal | None:
    reading = read_proposal(reply.blocks)
    return reading.proposal if reading is not None and differs(reading.proposal, amendment) else None


def _acts(amendment: Amendment, section: Section, flags: Sequence[FlagReason], *, rewritten: bool) -> Iterator[Act]:
    ahead = amendment.status.ahead
    if ahead and rewritten:
        yield Act.TAKE
    if ahead and section.standing and amendment.kind is not Kind.GENERAL:
        yield Act.MOVE
    if ahead and amendment.origin is Origin.FORUM and amendment.source_post_id is not None:
        yield Act.BACK
    if flags:
        yield Act.SEEN


def _meant(unit: Unit, programme_id: ProgrammeId, typed: str) -> Amendment:
    """Return the amendment with this reference or receipt number. Raises `NotFound`."""
    if receipt := _RECEIPT.fullmatch(typed):
        for amendment in unit.amendments.list(programme_id, _WITHOUT_REFERENCE, after=None, limit=_MANY):
            if amendment.receipt == int(receipt[1]):
                return amendment
    found = unit.amendments.by_reference(programme_id, reference_in(typed))
    if found is None:
        raise NotFound("link.nothing", words=typed.strip()[:60])
    return found
