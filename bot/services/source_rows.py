"""What is stored about the source: which posts there are, what is missing, what lists showed, how each pass went.

One protocol an aggregate, which `db` fulfils. Every method runs within one transaction, on the database's own thread.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from bot.domain.ids import AmendmentId, ChapterId, ContributionId, PostId, ProgrammeId, SectionId
from bot.domain.reading import Listing, PassKind, Trouble


class SectionPlace(NamedTuple):
    """Where a topic is stored. `merged`: it is a reply now, stored as a contribution too."""

    section_id: SectionId
    chapter_id: ChapterId
    code: str
    gone: bool
    merged: bool


class ReplyPlace(NamedTuple):
    """Where a reply is stored."""

    contribution_id: ContributionId
    section_id: SectionId
    gone: bool


@dataclass(frozen=True, slots=True)
class Posts:
    """Every post of a programme by its id, without what it says."""

    sections: dict[PostId, SectionPlace]
    replies: dict[PostId, ReplyPlace]


class Absence(NamedTuple):
    """Since when a post is suspected missing, and when a complete full reading first agreed (None: not yet)."""

    noticed_at: str
    full_at: str | None


@dataclass(frozen=True, slots=True)
class Suspect:
    """Something that is suspected missing, as a person knows it."""

    post_id: PostId
    title: str
    noticed_at: str


@dataclass(frozen=True, slots=True)
class Pass:
    """One look at the forum: when (UTC ISO), how, how much was read, and how many of each change came of it.

    `waiting` is how many posts would go if a person says so.
    """

    kind: PassKind
    started_at: str
    ended_at: str
    whole: bool
    pages: int
    posts: int
    changes: Mapping[str, int]
    troubles: Sequence[Trouble]
    waiting: int = 0


class FlagReason(StrEnum):
    """Why a person must look at an amendment."""

    EDITED = "edited"
    UNMADE = "unmade"
    MOVED = "moved"
    GONE = "gone"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Flag:
    """An amendment that a person must look at. `label` is its reference, or its receipt number."""

    amendment_id: AmendmentId
    label: str
    title: str
    reason: FlagReason
    noted_at: str


class AbsenceRows(Protocol):
    """What is missing on the forum, what is gone, and when its words are erased."""

    def posts(self, programme_id: ProgrammeId) -> Posts:
        """Return every post there ever was, by id."""
        ...

    def all(self, programme_id: ProgrammeId) -> Mapping[PostId, Absence]:
        """Return what is suspected missing: forums, topics and replies."""
        ...

    def suspects(self, programme_id: ProgrammeId) -> Sequence[Suspect]:
        """Return what is suspected missing with its title, the longest missing first."""
        ...

    def suspect(self, programme_id: ProgrammeId, post_id: PostId, absence: Absence) -> None:
        """Store since when something is suspected missing."""
        ...

    def clear(self, programme_id: ProgrammeId, post_ids: Collection[PostId]) -> None:
        """Suspect these no more: they were seen, or they are gone now."""
        ...

    def set_gone(
        self,
        *,
        chapters: Collection[ChapterId] = (),
        sections: Collection[SectionId] = (),
        contributions: Collection[ContributionId] = (),
        at: str,
    ) -> None:
        """Store that these are gone since this moment."""
        ...

    def set_back(
        self,
        *,
        chapters: Collection[ChapterId] = (),
        sections: Collection[SectionId] = (),
        contributions: Collection[ContributionId] = (),
    ) -> None:
        """Store that these are on the forum again."""
        ...

    def erase(self, before: str, at: str) -> int:
        """Take the words of what was gone before a moment out of the database, and return of how many posts.

        Codes, references and amendments that have one stay.
        """
        ...


class ListingRows(Protocol):
    """What the forum's lists showed of each topic when it was last read."""

    def all(self, programme_id: ProgrammeId) -> Mapping[PostId, Listing]:
        """Return what is known of every topic."""
        ...

    def save(self, programme_id: ProgrammeId, listed: Mapping[PostId, Listing]) -> None:
        """Store what was shown."""
        ...

    def drop(self, programme_id: ProgrammeId, post_ids: Collection[PostId]) -> None:
        """Forget what was shown of these, so that they are read anew when they are listed again."""
        ...


class PassRows(Protocol):
    """How each pass over the forum went; the last hundred are kept."""

    def add(self, programme_id: ProgrammeId, taken: Pass) -> None:
        """Store a pass."""
        ...

    def last(
        self, programme_id: ProgrammeId, kind: PassKind | None = None, *, whole: bool | None = None
    ) -> Pass | None:
        """Return the newest pass, of one kind or of either, complete or not (None: either), or None."""
        ...


class FlagRows(Protocol):
    """What a person must look at."""

    def raise_(self, amendment_id: AmendmentId, reason: FlagReason, at: str) -> bool:
        """Store a flag, and tell whether it is new."""
        ...

    def open(self, programme_id: ProgrammeId) -> Sequence[Flag]:
        """Return the flags that nobody settled yet, the oldest first."""
        ...

    def settle(self, amendment_id: AmendmentId, at: str, reason: FlagReason | None = None) -> int:
        """Settle an amendment's flags, of one reason or of all, and return how many that are."""
        ...
