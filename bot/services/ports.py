"""What the use cases need of the world outside, as protocols that `db` and `bot.mirror` fulfil.

A unit is one transaction: its methods run on the database's own thread, one after the other, without awaiting.
So a whole command is one hop to that thread and either happens or does not.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bot.domain.amendments import Amendment, Anchor, Event, Kind, Origin, Proposal, PublishedAdvice, Status
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
from bot.domain.text import Block
from bot.mirror.resources import Key, Known, ResourceKind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AmendmentFilter:
    """Which amendments a list is to hold. None means: any. `statuses` empty means: those members may see."""

    section_id: SectionId | None = None
    statuses: frozenset[Status] = frozenset()
    proposer: str | None = None
    proposer_id: Snowflake | None = None
    kind: Kind | None = None


class ProgrammeRows(Protocol):
    """Programmes, chapters, sections with their versions, and contributions."""

    def ids(self) -> Sequence[ProgrammeId]: ...
    def of_guild(self, guild_id: Snowflake) -> ProgrammeId | None: ...
    def create(self, title: str, source: str | None, language: str) -> ProgrammeId: ...
    def update(self, programme_id: ProgrammeId, title: str, source: str | None) -> None: ...
    def bind(self, programme_id: ProgrammeId, guild_id: Snowflake) -> None: ...
    def load(self, programme_id: ProgrammeId) -> Programme: ...
    def section(self, section_id: SectionId) -> Section | None: ...
    def section_of_post(self, programme_id: ProgrammeId, post_id: PostId) -> SectionId | None: ...
    def chapters(self, programme_id: ProgrammeId) -> Sequence[Chapter]:
        """Return the chapters in order, without their sections."""
        ...

    def add_chapter(
        self, programme_id: ProgrammeId, key: str, forum: ForumReading, parent_id: ChapterId | None, code: str
    ) -> ChapterId: ...
    def update_chapter(self, chapter_id: ChapterId, forum: ForumReading, parent_id: ChapterId | None) -> None:
        """Store what was read; what the reading lacks (None) keeps what was known."""
        ...

    def order_chapters(self, programme_id: ProgrammeId, in_order: Sequence[ChapterId]) -> None: ...
    def add_section(self, chapter_id: ChapterId, topic: TopicReading, code: str) -> SectionId: ...
    def update_section(self, section_id: SectionId, chapter_id: ChapterId, topic: TopicReading) -> None: ...
    def add_version(
        self, section_id: SectionId, digest: str, blocks: Sequence[tuple[BlockId | None, Block]], at: str
    ) -> int:
        """Store a new version of a section's text and return its number. A block id of None makes a new block."""
        ...

    def version_digest(self, section_id: SectionId) -> str | None: ...
    def contribution(self, section_id: SectionId, post_id: PostId) -> Contribution | None: ...
    def save_contribution(
        self, section_id: SectionId, post: PostReading, reply_to: PostId | None
    ) -> ContributionId: ...


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
    ) -> AmendmentId:
        """Store an amendment with its first version; its receipt number is the next of its programme."""
        ...

    def add_version(self, amendment_id: AmendmentId, proposal: Proposal, anchor: Anchor | None, at: str) -> int: ...
    def issue_reference(self, amendment_id: AmendmentId) -> str:
        """Give the amendment the next reference of its section ("4.3-A2"); one that has one keeps it."""
        ...

    def set_status(self, amendment_id: AmendmentId, status: Status) -> None: ...
    def set_anchor(self, amendment_id: AmendmentId, anchor: Anchor | None) -> None: ...
    def publish_advice(self, amendment_id: AmendmentId, advice: PublishedAdvice) -> None: ...
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

    def load(self, amendment_id: AmendmentId) -> Amendment | None: ...
    def by_reference(self, programme_id: ProgrammeId, reference: str) -> Amendment | None: ...
    def by_source(self, programme_id: ProgrammeId, post_id: PostId) -> Amendment | None: ...
    def list(
        self, programme_id: ProgrammeId, which: AmendmentFilter, *, after: AmendmentId | None, limit: int
    ) -> Sequence[Amendment]:
        """Return amendments in the order of their sections and references, keyset paged after one of them."""
        ...

    def history(self, amendment_id: AmendmentId) -> Sequence[Event]: ...
    def supports(self, amendment_id: AmendmentId, member_id: Snowflake) -> bool: ...
    def add_support(self, amendment_id: AmendmentId, member_id: Snowflake, at: str) -> bool:
        """Count one member's support; False when it was counted already."""
        ...

    def remove_support(self, amendment_id: AmendmentId, member_id: Snowflake) -> bool: ...


class MirrorRows(Protocol):
    """What stands in a guild as far as the bot knows."""

    def known(self, programme_id: ProgrammeId) -> Mapping[Key, Known]: ...
    def intend(
        self, programme_id: ProgrammeId, key: Key, kind: ResourceKind, parent: Key | None, intended_at: Snowflake
    ) -> None:
        """Write down that this is about to be created. An intent that stands keeps its moment."""
        ...

    def applied(
        self,
        programme_id: ProgrammeId,
        key: Key,
        *,
        discord_id: Snowflake,
        digest: str,
        pinned: bool,
        layout: Sequence[BlockId],
    ) -> None: ...
    def forget(self, programme_id: ProgrammeId, key: Key) -> None: ...


class InteractionRows(Protocol):
    """Which interactions were handled, so that a repeated delivery changes nothing."""

    def outcome(self, interaction_id: Snowflake) -> str | None: ...
    def remember(self, interaction_id: Snowflake, outcome: str, at: str) -> None: ...


class FactRows(Protocol):
    """Single remembered facts: the command tree's hash, the moment of the last sync, whether a sync was confirmed."""

    def get(self, name: str) -> str | None: ...
    def put(self, name: str, value: str) -> None: ...


class Unit(Protocol):
    """One transaction's view of everything stored."""

    @property
    def programmes(self) -> ProgrammeRows: ...
    @property
    def amendments(self) -> AmendmentRows: ...
    @property
    def mirror(self) -> MirrorRows: ...
    @property
    def interactions(self) -> InteractionRows: ...
    @property
    def facts(self) -> FactRows: ...


class Store(Protocol):
    """The database."""

    async def transact(self, work: Callable[[Unit], T]) -> T:
        """Run the work in one write transaction; anything raised rolls it back."""
        ...

    async def read(self, work: Callable[[Unit], T]) -> T:
        """Run the work on one consistent state, writing nothing."""
        ...


class Clock(Protocol):
    """Tells the time as an aware UTC moment in ISO format to the second: "2026-11-23T20:15:00+00:00"."""

    def __call__(self) -> str: ...
