"""Amendments in the party's own terms: what one is, what it is aimed at, and what a reply on the forum proposes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.ids import AmendmentId, BlockId, PostId, ProgrammeId, SectionId, Snowflake
from bot.domain.text import BlockKind


class Kind(StrEnum):
    """What an amendment does to the text."""

    INSERT = "insert"
    REPLACE = "replace"
    DELETE = "delete"
    GENERAL = "general"


class Status(StrEnum):
    """Where an amendment stands. Advice and processing are kept apart from it."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    NOT_ADMITTED = "not admitted"
    OPEN = "open"
    TAKEN_OVER = "taken over"
    MERGED = "merged"
    HELD_OVER = "held over"
    ADOPTED = "adopted"
    ADOPTED_AS_MODIFIED = "adopted as modified"
    REJECTED = "rejected"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"

    @property
    def ahead(self) -> bool:
        """Whether the outcome is still to come, so that a summary counts it among the open proposals."""
        return self in _AHEAD

    @property
    def public(self) -> bool:
        """Whether members see it: everything from the moment it has a reference."""
        return self not in _HIDDEN


_AHEAD: Final = frozenset({Status.SUBMITTED, Status.OPEN, Status.HELD_OVER})
_HIDDEN: Final = frozenset({Status.DRAFT, Status.SUBMITTED, Status.NOT_ADMITTED})


class Origin(StrEnum):
    """Where a proposal came from."""

    DISCORD = "discord"
    FORUM = "forum"
    MAIL = "mail"
    PAPER = "paper"
    ASSEMBLY = "assembly"


class Objection(StrEnum):
    """Why a proposal that came from outside waits for a person, whatever the rules say of others."""

    LATE = "late"
    NOT_AMENDABLE = "not amendable"


class Advice(StrEnum):
    """The committee's advice to the assembly (preadvies)."""

    ADOPT = "adopt"
    ADOPT_AS_MODIFIED = "adopt as modified"
    ADVISE_AGAINST = "advise against"
    LEAVE_TO_ASSEMBLY = "leave to the assembly"
    EDITORIAL = "editorial"


@dataclass(frozen=True, slots=True)
class Anchor:
    """The block an amendment is aimed at, and the digest of the text it was written against.

    `stale` is true when that text changed and nobody could say for certain where it went.
    """

    block_id: BlockId
    kind: BlockKind
    number: int
    text_hash: str
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody proposes, whatever the way it came in. Texts are plain, with line breaks.

    `form` says whether new text is a bullet or a paragraph. `old_text` is what is to be replaced or deleted.
    """

    kind: Kind
    text: str
    explanation: str
    form: BlockKind = BlockKind.PARAGRAPH
    old_text: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class ProposalReading:
    """A reply read as a proposal. `place` holds the words that name the block ("bullet 3"), as they were written."""

    proposal: Proposal
    place: str | None = None


@dataclass(frozen=True, slots=True)
class PublishedAdvice:
    """An advice that members may see. `agrees` is what the proposer says of it, None for nothing yet."""

    advice: Advice
    explanation: str
    agrees: bool | None = None


@dataclass(frozen=True, slots=True)
class Amendment:
    """A stored amendment in its current version, with its number of supporters (never their names).

    `co_proposers` are the names of those who consented (None where it was erased), `final_text` is the text as it was
    decided where that is not what was proposed, `into` the reference of the one that took it in. `repair_until` is how
    long it may be handed in again once the secretary gave it back, whatever the deadline. `objection` is why it waits
    for a person though nobody screens.
    """

    amendment_id: AmendmentId
    programme_id: ProgrammeId
    section_id: SectionId
    receipt: int
    reference: str | None
    kind: Kind
    form: BlockKind
    status: Status
    origin: Origin
    proposer: str | None
    proposer_id: Snowflake | None
    title: str
    text: str
    old_text: str | None
    explanation: str
    anchor: Anchor | None
    version: int
    support: int
    source_post_id: PostId | None = None
    advice: PublishedAdvice | None = None
    created: str = ""
    repair_until: str | None = None
    merged_into: AmendmentId | None = None
    into: str | None = None
    final_text: str | None = None
    co_proposers: tuple[str | None, ...] = ()
    objection: Objection | None = None

    @property
    def public(self) -> bool:
        """Whether members see it: from the moment it has a reference, and ever after."""
        return self.reference is not None

    @property
    def adrift(self) -> bool:
        """Whether the text it is about changed, and a person must say where it belongs before it is decided."""
        return self.anchor is not None and self.anchor.stale and self.status.ahead


@dataclass(frozen=True, slots=True)
class Event:
    """One line of an amendment's history. `at` is UTC ISO; `actor` is None once that person was erased."""

    at: str
    actor: str | None
    on_behalf: str | None
    from_status: Status | None
    to_status: Status
    reason: str | None
    version: int
