"""Programmes to show, put into a database through its rows."""

from bot.domain.amendments import Anchor, Kind, Origin, Proposal, Status
from bot.domain.ids import AmendmentId, ForumId, PostId, ProgrammeId, SectionId, Snowflake
from bot.domain.programme import Section
from bot.domain.reading import ForumReading, PostReading, TopicReading
from bot.domain.text import Block, BlockKind, Run, Style, paragraph
from bot.services.ports import Unit

AT = "2026-11-23T20:15:00+00:00"
WORDS = "Veiligheid is van groot belang en raakt ons allemaal, in elke wijk en op elk uur van de dag. "


def bullet(text: str, depth: int = 0) -> Block:
    return Block(BlockKind.BULLET, (Run(text),), depth)


def long_text(bullets: int = 12) -> tuple[Block, ...]:
    return (
        paragraph(WORDS * 4),
        Block(BlockKind.HEADING, (Run("Hoe gaan we dit doen?"),)),
        *(bullet(f"Voornemen {number}: {WORDS * 5}") for number in range(1, bullets + 1)),
    )


def post(post_id: int, blocks: tuple[Block, ...], author: str = "Gerrit Spilt") -> PostReading:
    return PostReading(
        PostId(post_id),
        blocks,
        author,
        "Sleutelbeheerder",
        "2021-11-09T14:07",
        "9 november 2021 om 14:07",
        f"https://forum.example.org/?p={post_id}",
    )


def store_section(unit: Unit, section_id: SectionId, blocks: tuple[Block, ...]) -> None:
    """Store a section's text in a new version: what stands in one place keeps its identity."""
    section = unit.programmes.section(section_id)
    standing = section.blocks if section else ()
    kept = [standing[at].block_id if at < len(standing) else None for at in range(len(blocks))]
    unit.programmes.add_version(section_id, str(hash(blocks)), list(zip(kept, blocks, strict=True)), AT)


def make_programme(unit: Unit, guild_id: Snowflake, chapters: int = 2, sections: int = 2) -> ProgrammeId:
    """Make a programme with long and short sections, replies, and an amendment read out of one."""
    programme_id = unit.programmes.create("Samen sterk in Zilverdijk", None, "nl")
    unit.programmes.bind(programme_id, guild_id)
    post_id = 100
    for number in range(1, chapters + 1):
        forum = ForumReading(ForumId(number), f"Hoofdstuk {number}", description="Over *van alles*.")
        chapter_id = unit.programmes.add_chapter(programme_id, str(number), forum, None, str(number))
        for place in range(1, sections + 1):
            post_id += 10
            text = long_text() if place == 1 else (paragraph("Kort."), bullet("Eén."), bullet("Twee."))
            topic = TopicReading(post(post_id, text), f"Deel {place}", ForumId(number), forum.title)
            section_id = unit.programmes.add_section(chapter_id, topic, f"{number}.{place}")
            store_section(unit, section_id, text)
            add_replies(unit, section_id, post_id)
    return programme_id


def add_replies(unit: Unit, section_id: SectionId, post_id: int) -> None:
    words = (paragraph("Ik vind *dit* goed. @everyone"), Block(BlockKind.QUOTE, (Run("Twee.", Style.BOLD),)))
    unit.programmes.save_contribution(section_id, post(post_id + 1, words, "Herman Linzel"), None)
    unit.programmes.save_contribution(section_id, post(post_id + 2, words, "Tineke"), PostId(post_id + 1))
    add_amendment(unit, section_id, source=PostId(post_id + 1))
    add_amendment(unit, section_id, kind=Kind.REPLACE)


def add_amendment(
    unit: Unit, section_id: SectionId, *, kind: Kind = Kind.INSERT, source: PostId | None = None
) -> AmendmentId:
    section = unit.programmes.section(section_id)
    assert section
    block = section.blocks[-1]
    anchor = Anchor(block.block_id, block.block.kind, block.number, block.block.text_hash)
    old = None if kind is Kind.INSERT else block.block.text
    amendment_id = unit.amendments.add(
        section_id,
        Proposal(kind, "Er komen 44 wijkagenten.", "Daarom.", BlockKind.BULLET, old, "Meer wijkagenten"),
        status=Status.OPEN,
        origin=Origin.FORUM if source else Origin.DISCORD,
        proposer="Herman Linzel",
        proposer_id=None,
        anchor=anchor if kind is not Kind.INSERT else None,
        source_post_id=source,
        at=AT,
    ).amendment_id
    unit.amendments.issue_reference(amendment_id)
    return amendment_id


def section_of(unit: Unit, programme_id: ProgrammeId, code: str) -> Section:
    found = next(line for line in unit.programmes.outline(programme_id) if line.code == code)
    section = unit.programmes.section(found.section_id)
    assert section
    return section
