"""The programme as it is stored: chapters, sections, contributions. Values only."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.domain.amendments import Amendment
from bot.domain.hall import Hall
from bot.domain.ids import ChapterId, ContributionId, ForumId, PostId, ProgrammeId, SectionId, Snowflake
from bot.domain.phases import Calendar
from bot.domain.reading import Sticky
from bot.domain.text import Block, StoredBlock, text_of


@dataclass(frozen=True, slots=True)
class Contribution:
    """A reply on the forum. `amendment` is the reference of the amendment that was read out of it, if any.

    `gone` is since when (UTC ISO) it is no longer on the forum; its words are then nobody's to see.
    """

    contribution_id: ContributionId
    post_id: PostId
    reply_to: PostId | None
    author: str | None
    role: str | None
    posted: str | None
    printed: str | None
    url: str | None
    blocks: tuple[Block, ...]
    amendment: str | None = None
    gone: str | None = None

    @property
    def text(self) -> str:
        """The plain text of the whole reply."""
        return text_of(self.blocks)


@dataclass(frozen=True, slots=True)
class Section:
    """A section (paragraaf) in its current version, with what was said and proposed about it.

    `gone` is since when (UTC ISO) it is no longer on the forum; `merged_into` is the section in which its topic is a
    reply now. Both keep its code, and the amendments that were proposed about it. `amendable` is false where nobody may
    propose anything. `adopted` is there once its text is the adopted one: what was carried and must still be worked in.
    """

    section_id: SectionId
    programme_id: ProgrammeId
    chapter_id: ChapterId
    post_id: PostId
    title: str
    code: str
    author: str | None
    role: str | None
    posted: str | None
    printed: str | None
    sticky: Sticky | None
    closed: bool | None
    url: str | None
    version: int
    blocks: tuple[StoredBlock, ...]
    contributions: tuple[Contribution, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    gone: str | None = None
    merged_into: SectionId | None = None
    amendable: bool = True
    adopted: tuple[Amendment, ...] | None = None

    @property
    def standing(self) -> bool:
        """Whether it is a section of the programme today."""
        return self.gone is None and self.merged_into is None

    @property
    def text(self) -> str:
        """The plain text of the whole section."""
        return text_of(stored.block for stored in self.blocks)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter (hoofdstuk). `key` names it for good, also when its forum id becomes known only later.

    `gone` is since when (UTC ISO) its forum is no longer there for visitors. `sections` holds all it ever had.
    """

    chapter_id: ChapterId
    key: str
    forum_id: ForumId | None
    title: str
    code: str
    parent_id: ChapterId | None
    closed: bool | None
    description: str | None
    url: str | None
    sections: tuple[Section, ...] = ()
    gone: str | None = None

    @property
    def standing(self) -> tuple[Section, ...]:
        """The sections that the chapter has today."""
        return tuple(section for section in self.sections if section.standing)


@dataclass(frozen=True, slots=True)
class Programme:
    """One draft election programme, which belongs to at most one guild. Chapters stand in the forum's order.

    It holds what is gone too: whoever shows the programme takes `standing`. `fixed` is since when (UTC ISO) its text
    is fixed; None while it follows the forum. `calendar` is where it stands in the process, `hall` what the assembly
    is shown, once there is one.
    """

    programme_id: ProgrammeId
    title: str
    source: str | None
    guild_id: Snowflake | None
    language: str
    chapters: tuple[Chapter, ...] = ()
    fixed: str | None = None
    calendar: Calendar = field(default_factory=Calendar)
    hall: Hall | None = None

    @property
    def standing(self) -> tuple[Chapter, ...]:
        """The chapters that the programme has today."""
        return tuple(chapter for chapter in self.chapters if chapter.gone is None)

    def sections(self) -> Iterator[tuple[Chapter, Section]]:
        """Yield every section there ever was, with its chapter, in the programme's order."""
        for chapter in self.chapters:
            for section in chapter.sections:
                yield chapter, section
