"""Programmes as plain values, for the pure part of the mirror."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.amendments import Amendment, Anchor, Kind, Origin, Status
from bot.domain.ids import (
    AmendmentId,
    BlockId,
    ChapterId,
    ContributionId,
    ForumId,
    PostId,
    ProgrammeId,
    SectionId,
    Snowflake,
)
from bot.domain.programme import Chapter, Contribution, Programme, Section
from bot.domain.text import Block, BlockKind, StoredBlock, numbers_of, paragraph
from bot.locales import load_all
from bot.mirror.plan import Plan
from bot.mirror.preview import Preview
from bot.mirror.report import plan_file
from bot.mirror.resources import Key, Known

NL = load_all()["nl"]
EN = load_all()["en"]
GUILD = Snowflake(1_000_000_000_000_000_000)


def stored(*blocks: Block) -> tuple[StoredBlock, ...]:
    numbers = numbers_of(blocks)
    return tuple(StoredBlock(BlockId(at), numbers[at - 1], block) for at, block in enumerate(blocks, start=1))


def amendment(number: int, **fields: object) -> Amendment:
    plain = Amendment(
        amendment_id=AmendmentId(number),
        programme_id=ProgrammeId(1),
        section_id=SectionId(1),
        receipt=number,
        reference=f"4.3-A{number}",
        kind=Kind.REPLACE,
        form=BlockKind.BULLET,
        status=Status.OPEN,
        origin=Origin.DISCORD,
        proposer="Wilgje Waterkant",
        proposer_id=Snowflake(7),
        title="Meer wijkagenten",
        text="Er komen veertig wijkagenten bij.",
        old_text="Er komen dertig wijkagenten bij.",
        explanation="De wijk vraagt erom.",
        anchor=Anchor(BlockId(6), BlockKind.BULLET, 6, "x"),
        version=1,
        support=0,
    )
    return replace(plain, **fields)  # pyright: ignore[reportArgumentType]


def contribution(post_id: int, **fields: object) -> Contribution:
    plain = Contribution(
        contribution_id=ContributionId(post_id),
        post_id=PostId(post_id),
        reply_to=None,
        author="Herman Linzel",
        role="Toeschouwer",
        posted="2021-11-09T14:07",
        printed=None,
        url=f"https://forum.example.org/?p={post_id}",
        blocks=(paragraph("Mijn eigen woorden."),),
    )
    return replace(plain, **fields)  # pyright: ignore[reportArgumentType]


def section(**fields: object) -> Section:
    plain = Section(
        section_id=SectionId(1),
        programme_id=ProgrammeId(1),
        chapter_id=ChapterId(4),
        post_id=PostId(588),
        title="Veiligheid",
        code="4.3",
        author="Gerrit Spilt",
        role="Sleutelbeheerder",
        posted="2021-11-09T14:07",
        printed=None,
        sticky=None,
        closed=None,
        url="https://forum.example.org/topic/veiligheid",
        version=1,
        blocks=stored(paragraph("Veiligheid is van groot belang.")),
    )
    return replace(plain, **fields)  # pyright: ignore[reportArgumentType]


def programme(*sections: Section) -> Programme:
    chapter = Chapter(
        ChapterId(4), "forum:4", ForumId(4), "Sterke gemeente", "4", None, None, "Over de stad.", None, sections
    )
    return Programme(ProgrammeId(1), "Samen sterk in Zilverdijk", None, GUILD, "nl", (chapter,))


def as_file(
    plan: Plan, known: Mapping[Key, Known] | None = None, words: Mapping[Key, Sequence[str]] | None = None
) -> str:
    """Return a plan as its file."""
    return plan_file(Preview(plan, known or {}, None, {}, words or {}), NL)
