"""A small programme to try things on, put in through the rows alone."""

import sqlite3

from bot.domain.amendments import Anchor, Kind, Origin, Proposal, Status
from bot.domain.ids import AmendmentId, ForumId, PostId, ProgrammeId, SectionId
from bot.domain.programme import Section
from bot.domain.reading import ForumReading, PostReading, TopicReading
from bot.domain.text import Block, BlockKind, Run, paragraph
from bot.services.ports import Unit
from db.unit import SqliteUnit

AT = "2026-11-23T20:15:00+00:00"
TEXT = (
    paragraph("Veiligheid is van groot belang."),
    Block(BlockKind.HEADING, (Run("Hoe gaan we dit doen?"),)),
    Block(BlockKind.BULLET, (Run("Meer agenten."),)),
    Block(BlockKind.BULLET, (Run("Een register van algoritmes."),)),
)


def topic(post_id: int, title: str, blocks: tuple[Block, ...] = TEXT) -> TopicReading:
    return TopicReading(PostReading(PostId(post_id), blocks), title, None, "Sterke gemeente")


def make_programme(unit: Unit) -> ProgrammeId:
    """Make a programme with two chapters of two sections each."""
    programme_id = unit.programmes.create("Programma", None, "nl")
    post_id = 100
    for number in (1, 2):
        forum = ForumReading(ForumId(number), f"Hoofdstuk {number}")
        chapter_id = unit.programmes.add_chapter(programme_id, str(number), forum, None, str(number))
        for place in (1, 2):
            post_id += 1
            section_id = unit.programmes.add_section(chapter_id, topic(post_id, f"Deel {place}"), f"{number}.{place}")
            unit.programmes.add_version(section_id, "digest", [(None, block) for block in TEXT], AT)
    return programme_id


def section_ids(unit: Unit, programme_id: ProgrammeId) -> list[SectionId]:
    return [line.section_id for line in unit.programmes.outline(programme_id)]


def first_section(unit: Unit) -> Section:
    found = unit.programmes.section(section_ids(unit, make_programme(unit))[0])
    assert found
    return found


def add_amendment(
    unit: Unit,
    section_id: SectionId,
    *,
    status: Status = Status.OPEN,
    anchor: Anchor | None = None,
    text: str = "Nieuw.",
) -> AmendmentId:
    amendment_id = unit.amendments.add(
        section_id,
        Proposal(Kind.INSERT, text, "Daarom.", BlockKind.BULLET, title="Titel"),
        status=status,
        origin=Origin.FORUM,
        proposer="Herman Linzel",
        proposer_id=None,
        anchor=anchor,
        source_post_id=None,
        at=AT,
    ).amendment_id
    if status.public:
        unit.amendments.issue_reference(amendment_id)
    return amendment_id


def connection_of(unit: Unit) -> sqlite3.Connection:
    """Return the plain connection, for what the rows offer no way to do."""
    assert isinstance(unit, SqliteUnit)
    return unit._connection  # pyright: ignore[reportPrivateUsage]
