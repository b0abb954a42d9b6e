"""What tells of all sections: the messages of the overview, and in each chapter a pinned post with its contents. Pure.

Discord sorts posts itself, so the order of the sections is told there.
"""

from collections.abc import Iterator, Mapping

from bot.domain.programme import Chapter, Programme
from bot.locales import Texts
from bot.mirror.channels import OVERVIEW
from bot.mirror.flow import Part
from bot.mirror.keys import Keys
from bot.mirror.render.overview import (
    HOW,
    chapter_contents,
    chapter_key,
    contents,
    contents_key,
    how_it_works,
    listed,
)
from bot.mirror.render.phases import phase_lines
from bot.mirror.render.sections import later_part
from bot.mirror.resources import ARCHIVE_AFTER, Json, Key, Known, Layer, Resource, ResourceKind


def overview(programme: Programme, known: Mapping[Key, Known], zone: str, say: Texts) -> Iterator[Resource]:
    """Yield the messages of the overview channel."""
    title = say("channel.overview")
    yield _message(HOW, OVERVIEW, how_it_works(say), title)
    yield from _later(OVERVIEW, contents(programme, say, phase_lines(programme.calendar, zone, say)), known, say, title)


def contents_posts(programme: Programme, known: Mapping[Key, Known], keys: Keys, say: Texts) -> Iterator[Resource]:
    """Yield the pinned post of each chapter with what is in it, after those that it had before."""
    for chapter in programme.chapters:
        key = keys.within(chapter_key(chapter), contents_key(chapter))
        for row in keys.left(contents_key(chapter), key):
            yield Resource(row.key, ResourceKind.POST, row.parent, Layer.CARD, _content(say), archived=True, kept=True)
        yield from _contents_post(key, chapter, known, say)


def _contents_post(key: Key, chapter: Chapter, known: Mapping[Key, Known], say: Texts) -> Iterator[Resource]:
    first, *others = chapter_contents(chapter, say)
    content = {**_content(say), "message": dict(later_part(key, Part(first, ()), say))}
    parent, kept, title = chapter_key(chapter), not listed(chapter), say("contents.name")
    yield Resource(key, ResourceKind.POST, parent, Layer.CARD, content, title, pinned=True, kept=kept)
    yield from _later(key, others, known, say, title)


def _content(say: Texts) -> dict[str, Json]:
    return {"name": say("contents.name"), "auto_archive_duration": ARCHIVE_AFTER, "applied_tags": []}


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
