"""What is stored, as the use cases ask for it: one protocol an aggregate, which `db` fulfils.

Every method runs within one transaction, on the database's own thread, without awaiting.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.amendments import Amendment, Anchor, Event, Kind, Objection, Origin, Proposal, Status
from bot.domain.ids import (
    AmendmentId,
    BlockId,
    ChapterId,
    ContributionId,
    PostId,
    ProgrammeId,
    SectionId,
    Snowflake,
)
from bot.domain.programme import Chapter, Contribution, Programme, Section
from bot.domain.reading import ForumReading, PostReading, TopicReading
from bot.domain.text import Block, StoredBlock


@dataclass(frozen=True, slots=True)
class AmendmentFilter:
    """Which amendments a list is to hold. None means: any. `statuses` empty means: those members may see.

    `public` keeps to those whatever the statuses: a draft that was thrown away is withdrawn too.
    """

    section_id: SectionId | None = None
    statuses: frozenset[Status] = frozenset()
    proposer: str | None = None
    proposer_id: Snowflake | None = None
    kind: Kind | None = None
    public: bool = False


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A section in one line, for lists and for finding it by words."""

    section_id: SectionId
    post_id: PostId
    code: str
    title: str
    chapter_code: str
    chapter_title: str
    amendable: bool = True


class ProgrammeRows(Protocol):
    """Programmes, chapters, sections with their versions, and contributions."""

    def ids(self) -> Sequence[ProgrammeId]:
        """Return the programmes there are, the oldest first."""
        ...

    def of_guild(self, guild_id: Snowflake) -> ProgrammeId | None:
        """Return the programme that belongs to a guild, or None."""
        ...

    def of_section(self, section_id: SectionId) -> ProgrammeId | None:
        """Return the programme that a section is of, or None."""
        ...

    def create(self, title: str, source: str | None, language: str) -> ProgrammeId:
        """Store a programme without chapters."""
        ...

    def update(self, programme_id: ProgrammeId, title: str, source: str | None) -> None:
        """Store the programme's title, and where it was read if that is known."""
        ...

    def set_language(self, programme_id: ProgrammeId, language: str) -> None:
        """Store the language in which the programme is shown."""
        ...

    def bind(self, programme_id: ProgrammeId, guild_id: Snowflake) -> None:
        """Give the programme to a guild, which has no other."""
        ...

    def load(self, programme_id: ProgrammeId) -> Programme:
        """Return the whole programme. Raises `LookupError` where there is none."""
        ...

    def head(self, programme_id: ProgrammeId) -> Programme:
        """Return the programme without its chapters. Raises `LookupError` where there is none."""
        ...

    def section(self, section_id: SectionId) -> Section | None:
        """Return a section with its text, contributions and amendments, or None."""
        ...

    def text_of(self, section_id: SectionId) -> Section | None:
        """Return a section with its text and nothing of what was said and proposed about it, or None."""
        ...

    def blocks(self, section_id: SectionId) -> Sequence[StoredBlock]:
        """Return a section's text in its current version."""
        ...

    def outline(self, programme_id: ProgrammeId) -> Sequence[SectionLine]:
        """Return every section in the programme's order, a line each."""
        ...

    def chapters(self, programme_id: ProgrammeId) -> Sequence[Chapter]:
        """Return the chapters in order, without their sections."""
        ...

    def add_chapter(
        self, programme_id: ProgrammeId, key: str, forum: ForumReading, parent_id: ChapterId | None, code: str
    ) -> ChapterId:
        """Store a chapter after all others."""
        ...

    def update_chapter(self, chapter_id: ChapterId, forum: ForumReading, parent_id: ChapterId | None) -> None:
        """Store what was read; what the reading lacks (None) keeps what was known. `parent_id` is stored as it is."""
        ...

    def order_chapters(self, programme_id: ProgrammeId, in_order: Sequence[ChapterId]) -> None:
        """Put the chapters in this order, sub-forums after their parents."""
        ...

    def add_section(self, chapter_id: ChapterId, topic: TopicReading, code: str) -> SectionId:
        """Store a section, still without a text."""
        ...

    def update_section(self, section_id: SectionId, chapter_id: ChapterId, topic: TopicReading) -> None:
        """Store what was read about a section, its text apart; what the reading lacks keeps what was known."""
        ...

    def order_sections(self, chapter_id: ChapterId, in_order: Sequence[SectionId]) -> None:
        """Put these sections of a chapter first, in this order; all others stand by their post ids."""
        ...

    def add_version(
        self, section_id: SectionId, digest: str, blocks: Sequence[tuple[BlockId | None, Block]], at: str
    ) -> int:
        """Store a new version of a section's text and return its number. A block id of None makes a new block."""
        ...

    def version_digest(self, section_id: SectionId) -> str | None:
        """Return the digest of the current version of a section's text: empty once erased, None before the first."""
        ...

    def contribution(self, programme_id: ProgrammeId, post_id: PostId) -> Contribution | None:
        """Return a reply, whichever section it stands in, or None."""
        ...

    def counts(self, programme_id: ProgrammeId) -> Mapping[str, int]:
        """Return how many chapters, sections, contributions and amendments stand today."""
        ...

    def save_contribution(self, section_id: SectionId, post: PostReading, reply_to: PostId | None) -> ContributionId:
        """Store a reply in a section, whichever section held it before. Its post id names it.

        What the reading lacks keeps what was known; `reply_to` is stored as it is: None means the topic itself.
        """
        ...

    def amendable(self, section_id: SectionId) -> bool:
        """Tell whether anything may be proposed about a section."""
        ...

    def set_amendable(self, section_id: SectionId, block_id: BlockId | None, *, amendable: bool) -> None:
        """Store whether anything may be proposed about a section, or about one of its blocks."""
        ...

    def remove_contribution(self, contribution_id: ContributionId) -> None:
        """Drop a reply that became a section of its own."""
        ...


class AmendmentRows(Protocol):
    """Amendments with their versions, support and history."""

    def add(
        self,
        section_id: SectionId,
        proposal: Proposal,
        *,
        status: Status,
        origin: Origin,
        proposer: str | None,
        proposer_id: Snowflake | None,
        anchor: Anchor | None,
        source_post_id: PostId | None,
        at: str,
    ) -> Amendment:
        """Store an amendment with its first version, and return it; its receipt number is the next of its programme."""
        ...

    def add_version(self, amendment_id: AmendmentId, proposal: Proposal, anchor: Anchor | None, at: str) -> int:
        """Store a new version of what is proposed and where, and return its number."""
        ...

    def programme_of(self, amendment_id: AmendmentId) -> ProgrammeId:
        """Return the programme that an amendment is about. Raises `LookupError`."""
        ...

    def versions(self, amendment_id: AmendmentId) -> Sequence[Proposal]:
        """Return what was proposed in each version, the first one first."""
        ...

    def waiting(self, programme_id: ProgrammeId, statuses: frozenset[Status], limit: int) -> Sequence[Amendment]:
        """Return the amendments with one of these statuses, in the order in which they came in."""
        ...

    def set_proposer(self, amendment_id: AmendmentId, name: str | None, member_id: Snowflake | None) -> None:
        """Store who proposes."""
        ...

    def set_objection(self, amendment_id: AmendmentId, objection: Objection) -> None:
        """Store why an amendment waits for a person though nobody screens."""
        ...

    def set_repair(self, amendment_id: AmendmentId, until: str) -> None:
        """Store until when an amendment can be handed in again, whatever the deadline."""
        ...

    def set_merged(self, amendment_id: AmendmentId, into_id: AmendmentId | None) -> None:
        """Store which amendment took this one in."""
        ...

    def issue_reference(self, amendment_id: AmendmentId) -> str:
        """Give the amendment the next reference of its section ("4.3-A2"); one that has one keeps it."""
        ...

    def set_status(self, amendment_id: AmendmentId, status: Status) -> None:
        """Store where the amendment stands."""
        ...

    def set_anchor(self, amendment_id: AmendmentId, anchor: Anchor | None) -> None:
        """Store what the amendment is aimed at now."""
        ...

    def record(
        self,
        amendment_id: AmendmentId,
        *,
        at: str,
        actor: str | None,
        actor_id: Snowflake | None,
        on_behalf: str | None,
        from_status: Status | None,
        to_status: Status,
        reason: str | None,
    ) -> None:
        """Add a line to the history. Lines are never changed or removed."""
        ...

    def load(self, amendment_id: AmendmentId) -> Amendment | None:
        """Return an amendment in its current version, or None."""
        ...

    def by_receipt(self, programme_id: ProgrammeId, receipt: int) -> Amendment | None:
        """Return the amendment with this receipt number, or None."""
        ...

    def by_reference(self, programme_id: ProgrammeId, reference: str) -> Amendment | None:
        """Return the amendment with this reference, in upper or lower case, or None."""
        ...

    def sources(self, programme_id: ProgrammeId) -> set[PostId]:
        """Return the replies out of which an amendment was read."""
        ...

    def by_source(self, programme_id: ProgrammeId, post_id: PostId) -> Amendment | None:
        """Return the amendment that was read out of a reply, or None."""
        ...

    def list(
        self, programme_id: ProgrammeId, which: AmendmentFilter, *, after: AmendmentId | None, limit: int
    ) -> Sequence[Amendment]:
        """Return amendments in the order of their sections and references, keyset paged after one of them."""
        ...

    def at_block(self, section_id: SectionId, block_id: BlockId, limit: int) -> Sequence[Amendment]:
        """Return a section's amendments that members may see and that are aimed at a block, by their references."""
        ...

    def history(self, amendment_id: AmendmentId) -> Sequence[Event]:
        """Return the lines of an amendment's history, the oldest first."""
        ...

    def supports(self, amendment_id: AmendmentId, member_id: Snowflake) -> bool:
        """Tell whether a member supports an amendment."""
        ...

    def add_support(self, amendment_id: AmendmentId, member_id: Snowflake, at: str) -> bool:
        """Count one member's support; False when it was counted already."""
        ...

    def remove_support(self, amendment_id: AmendmentId, member_id: Snowflake) -> bool:
        """Take one member's support back; False when there was none."""
        ...


class InteractionRows(Protocol):
    """Which interactions were handled, so that a repeated delivery changes nothing."""

    def outcome(self, interaction_id: Snowflake) -> str | None:
        """Return what came of an interaction, or None for one that was not handled yet."""
        ...

    def remember(self, interaction_id: Snowflake, outcome: str, at: str) -> bool:
        """Write down what came of an interaction for a day; False where something was, which stays."""
        ...


class FactRows(Protocol):
    """Single remembered facts: the command tree's hash, the moment of the last sync, whether a sync was confirmed."""

    def get(self, name: str) -> str | None:
        """Return a remembered fact, or None."""
        ...

    def put(self, name: str, value: str) -> None:
        """Remember a fact in the place of what was remembered under its name."""
        ...

    def forget(self, name: str) -> None:
        """Remember a fact no more."""
        ...
