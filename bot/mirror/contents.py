"""What tells of all sections: the messages of the overview, and in each chapter a pinned post with its contents. Pure.

Discord sorts posts itself, so the order of the sections is told there.
"""

from collections.abc import Iterator, Mapping

from bot.domain.programme import Chapter, Programme
from bot.locales import Texts
from bot.mirror.channels import OVERVIEW
from bot.mirror.flow import Part
from bot.mirror.render.overview import (
    HOW,
    chapter_contents,
    chapter_key,
    contents,
    contents_key,
    how_it_works,
    listed,
)
from bot.mirror.render.sections import later_part
from bot.mirror.resources import ARCHIVE_AFTER, Json, Key, Known, Layer, Resource, ResourceKind


def overview(programme: Programme, known: Mapping[Key, Known], say: Texts) -> Iterator[Resource]:
    """Yield the messages of the overview channel."""
    title = say("channel.overview")
    yield _message(HOW, OVERVIEW, how_it_works(say), title)
    yield from _later(OVERVIEW, contents(programme, say), known, say, title)


def contents_posts(programme: Programme, known: Mapping[Key, Known], say: Texts) -> Iterator[Resource]:
    """Yield the pinned post of each chapter with what is in it."""
    for chapter in programme.chapters:
        yield from _contents_post(chapter, known, say)


def _contents_post(chapter: Chapter, known: Mapping[Key, Known], say: Texts) -> Iterator[Resource]:
    key, title = contents_key(chapter), say("contents.name")
    first, *others = chapter_contents(chapter, say)
    content: dict[str, Json] = {
        "name": title,
        "auto_archive_duration": ARCHIVE_AFTER,
        "applied_tags": [],
        "message": dict(later_part(key, Part(first, ()), say)),
    }
    kept = not listed(chapter)
    yield Resource(key, ResourceKind.POST, chapter_key(chapter), Layer.CARD, content, title, pinned=True, kept=kept)
    yield from _later(key, others, known, say, title)


def _later(place: Key, texts: list[str], known: Mapping[Key, Known], say: Texts, title: str) -> Iterator[Resource]:
    """Yield the messages after the first; one that stands and is needed no more says where to look."""
    number = 2
    while texts[number - 2 :] or ((row := known.get(f"{place}/part:{number}")) and row.discord_id is not None):
        key = f"{place}/part:{number}"
        words = texts[number - 2] if texts[number - 2 :] else ""
        yield _message(key, place, later_part(key, Part(words, ()), say), title)
        number += 1


def _message(key: Key, place: Key, content: Mapping[str, Json], title: str) -> Resource:
    return Resource(key, ResourceKind.MESSAGE, place, Layer.CARD, content, title, loose=True)
