"""Small readings to import, and the services that import them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from bot.domain.ids import ForumId, PostId
from bot.domain.programme import Programme
from bot.domain.reading import (
    ForumReading,
    Listing,
    PassKind,
    PostReading,
    ProgrammeReading,
    ReplyReading,
    TopicReading,
)
from bot.domain.text import Block, BlockKind, Run, paragraph
from bot.services.absences import Doubt
from bot.services.importing import Importing, ImportReport
from bot.services.ports import Clock
from db.database import Database

T = TypeVar("T")
AT = "2026-11-23T20:15:00+00:00"
PROPOSAL = ("EEN EXTRA BULLET INVOEGEN:", "Er komen 44 wijkagenten.", "TOELICHTING:", "De wijkagent is nodig.")


class Hours:
    """A clock that stands until it is moved on."""

    def __init__(self) -> None:
        self.now = datetime.fromisoformat(AT)

    def __call__(self) -> str:
        return self.now.isoformat(timespec="seconds")

    def pass_by(self, **much: float) -> None:
        self.now += timedelta(**much)


def importing(
    database: Database, *, screening: bool = False, clock: Clock = lambda: AT, doubt: Doubt | None = None
) -> Importing:
    return Importing(database, clock, language="nl", screening=screening, doubt=doubt)


async def stored(database: Database) -> Programme:
    return await database.read(lambda unit: unit.programmes.load(unit.programmes.ids()[0]))


def changes(report: ImportReport) -> list[str]:
    return [f"{change.action} {change.kind} {change.key}" for change in report.changes]


def bullets(*texts: str) -> tuple[Block, ...]:
    return tuple(Block(BlockKind.BULLET, (Run(text),)) for text in texts)


def paragraphs(*texts: str) -> tuple[Block, ...]:
    return tuple(paragraph(text) for text in texts)


def reply(post_id: int, *texts: str, to: int | None = None, author: str | None = "Herman Linzel") -> ReplyReading:
    return ReplyReading(PostReading(PostId(post_id), paragraphs(*texts), author), PostId(to) if to else None)


def topic(
    post_id: int,
    title: str,
    *replies: ReplyReading,
    forum: int | None = 4,
    forum_title: str = "Sterke gemeente",
    blocks: tuple[Block, ...] | None = None,
    closed: bool | None = None,
) -> TopicReading:
    text = paragraphs(f"Dit gaat over {title}.") if blocks is None else blocks
    post = PostReading(PostId(post_id), text, "Gerrit Spilt")
    forum_id = ForumId(forum) if forum else None
    return TopicReading(post, title, forum_id, forum_title, closed=closed, replies=replies)


def forum(forum_id: int | None, title: str, parent: int | None = None, *, closed: bool | None = None) -> ForumReading:
    parent_id = ForumId(parent) if parent else None
    return ForumReading(ForumId(forum_id) if forum_id else None, title, parent_id, closed)


def reading(
    *parts: ForumReading | TopicReading, title: str | None = "Sociaal en rechtvaardig", whole: bool = False
) -> ProgrammeReading:
    return ProgrammeReading(title, tuple(_only(ForumReading, parts)), tuple(_only(TopicReading, parts)), whole)


def crawled(
    *parts: ForumReading | TopicReading,
    kind: PassKind = PassKind.FULL,
    whole: bool = True,
    listed: Iterable[int] = (),
    protected: Iterable[int] = (),
) -> ProgrammeReading:
    """Return what a crawl gives: with what its lists named beside what was read."""
    topics = tuple(_only(TopicReading, parts))
    names = {PostId(post_id): Listing(f"mark {post_id}") for post_id in listed}
    names |= {PostId(post_id): Listing("", protected=True) for post_id in protected}
    names |= {each.post.post_id: Listing(f"mark {each.post.post_id}") for each in topics}
    forums = tuple(_only(ForumReading, parts))
    return ProgrammeReading("Sociaal en rechtvaardig", forums, topics, whole, kind=kind, listed=names)


def _only(kind: type[T], parts: Iterable[object]) -> list[T]:
    return [part for part in parts if isinstance(part, kind)]
