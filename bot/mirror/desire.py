"""What a guild should show of a programme, all of it, in the order in which it is to be made. Pure.

A resource names others only after they came, so that one walk in this order can fill in every link.
"""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from typing import TypeAlias

from bot.domain.amendments import Amendment
from bot.domain.ids import BlockId, PostId, SectionId
from bot.domain.programme import Contribution, Programme, Section
from bot.locales import Texts
from bot.mirror.channels import ARCHIVE_AFTER, OVERVIEW, channels
from bot.mirror.flow import Part
from bot.mirror.render.cards import card, card_key
from bot.mirror.render.overview import HOW, chapter_key, contents, how_it_works, section_key
from bot.mirror.render.replies import first_part, reply_key, reply_parts
from bot.mirror.render.sections import later_part, post_name, section_parts, starter
from bot.mirror.render.summaries import summary, summary_key
from bot.mirror.render.wording import headline, in_order, reference_of
from bot.mirror.resources import Json, Key, Known, Layer, MirrorSettings, Resource, ResourceKind

Layouts: TypeAlias = Sequence[tuple[BlockId, ...]]


def desire(
    programme: Programme,
    known: Mapping[Key, Known],
    settings: MirrorSettings,
    say: Texts,
    sections: Container[SectionId] | None = None,
) -> tuple[Resource, ...]:
    """Return everything that should stand in the guild. `known` tells where text stands already, so that it stays.

    With `sections` the posts are those of these sections only; channels and overview are always whole.
    """
    posts = [
        resource
        for chapter in programme.chapters
        for section in sorted(chapter.sections, key=lambda section: section.post_id)
        if sections is None or section.section_id in sections
        for resource in _Post(section, chapter_key(chapter), known, say).resources()
    ]
    return (*channels(programme, settings, say), *posts, *_overview(programme, known, say))


def part_key(key: Key, number: int) -> Key:
    """Return the key of a text's nth message, counted from 1."""
    return key if number == 1 else f"{key}/part:{number}"


class _Post:
    """One section's post with all that stands in it."""

    def __init__(self, section: Section, chapter: Key, known: Mapping[Key, Known], say: Texts) -> None:
        self._section = section
        self._chapter = chapter
        self._known = known
        self._say = say
        self._key = section_key(section)

    def resources(self) -> Iterator[Resource]:
        yield from self._text()
        cards = {amendment.amendment_id: amendment for amendment in in_order(self._section.amendments)}
        by_source = {each.source_post_id: each for each in cards.values() if each.source_post_id is not None}
        replies = {reply.post_id: reply for reply in self._section.contributions}
        for post_id in sorted(replies):
            yield from self._reply(replies[post_id], replies)
            if post_id in by_source:
                yield self._card(cards.pop(by_source[post_id].amendment_id))
        for amendment in cards.values():
            yield self._card(amendment)
        content = summary(self._section, self._say)
        yield self._message(summary_key(self._section.post_id), Layer.CARD, content, self._title(), pinned=True)

    def _title(self) -> str:
        return headline(self._section.code, self._section.title)

    def _text(self) -> Iterator[Resource]:
        section, say = self._section, self._say
        parts = self._flowed(
            self._key,
            lambda previous: section_parts(section, previous, say),
            begun=not _stands(self._known.get(summary_key(section.post_id))),
        )
        content: dict[str, Json] = {
            "name": post_name(section),
            "auto_archive_duration": ARCHIVE_AFTER,
            "applied_tags": [say(_tag(section))],
            "message": dict(starter(self._key, section, parts[0], say)),
        }
        yield Resource(
            self._key,
            ResourceKind.POST,
            self._chapter,
            Layer.TEXT,
            content,
            self._title(),
            section.section_id,
            layout=parts[0].layout,
        )
        yield from self._later(self._key, parts, self._title())

    def _reply(self, reply: Contribution, replies: Mapping[PostId, Contribution]) -> Iterator[Resource]:
        key = reply_key(reply.post_id)
        answered = replies.get(reply.reply_to) if reply.reply_to and reply.reply_to < reply.post_id else None
        parts = self._flowed(key, lambda previous: reply_parts(reply, answered, previous, self._say), begun=True)
        content = first_part(key, reply, answered, parts[0], self._say)
        title = reply.author or ""
        yield self._message(key, Layer.TEXT, content, title, layout=parts[0].layout)
        yield from self._later(key, parts, title)

    def _card(self, amendment: Amendment) -> Resource:
        content = card(amendment, in_order(self._section.amendments), self._say)
        title = f"{reference_of(amendment, self._say)} {amendment.title}"
        return self._message(card_key(amendment), Layer.CARD, content, title)

    def _flowed(self, key: Key, lay: Callable[[Layouts], tuple[Part, ...]], *, begun: bool) -> tuple[Part, ...]:
        """Return a text's parts. One that was only begun goes on as it would have without the interruption."""
        previous = _layouts(self._known, key)
        fresh = lay(())
        if not previous or (begun and [part.layout for part in fresh[: len(previous)]] == previous):
            return fresh
        return lay(previous)

    def _later(self, key: Key, parts: Sequence[Part], title: str) -> Iterator[Resource]:
        for number in range(2, max(len(parts), len(_layouts(self._known, key))) + 1):
            part = parts[number - 1] if number <= len(parts) else None
            content = later_part(part_key(key, number), part, self._say)
            layout = part.layout if part else ()
            yield self._message(part_key(key, number), Layer.TEXT, content, f"{title} ({number})", layout=layout)

    def _message(
        self,
        key: Key,
        layer: Layer,
        content: Mapping[str, Json],
        title: str,
        *,
        pinned: bool = False,
        layout: tuple[BlockId, ...] = (),
    ) -> Resource:
        section_id = self._section.section_id
        return Resource(key, ResourceKind.MESSAGE, self._key, layer, content, title, section_id, pinned, layout)


def _overview(programme: Programme, known: Mapping[Key, Known], say: Texts) -> Iterator[Resource]:
    yield _overview_message(HOW, how_it_works(say), say)
    texts = contents(programme, say)
    standing = sum(_stands(row) for key, row in known.items() if key.startswith("overview/part:") and key != HOW)
    for number in range(2, max(len(texts), standing) + 2):
        key = f"{OVERVIEW}/part:{number}"
        words = texts[number - 2] if number - 2 < len(texts) else ""
        yield _overview_message(key, later_part(key, Part(words, ()), say), say)


def _overview_message(key: Key, content: Mapping[str, Json], say: Texts) -> Resource:
    title = say("channel.overview")
    return Resource(key, ResourceKind.MESSAGE, OVERVIEW, Layer.CARD, content, title)


def _tag(section: Section) -> str:
    public = in_order(section.amendments)
    return "tag.decided" if public and not any(each.status.ahead for each in section.amendments) else "tag.open"


def _layouts(known: Mapping[Key, Known], key: Key) -> list[tuple[BlockId, ...]]:
    """Return which blocks stand in each message of a text, as far as messages stand."""
    layouts: list[tuple[BlockId, ...]] = []
    while _stands(row := known.get(part_key(key, len(layouts) + 1))) and row:
        layouts.append(row.layout)
    return layouts


def _stands(row: Known | None) -> bool:
    return row is not None and row.discord_id is not None
