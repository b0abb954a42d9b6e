"""One section's post with all that should stand in it, in order: text, replies with their cards, the summary. Pure.

What stood in it and no longer belongs there leaves a pointer; what is gone from the forum leaves a sentence.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from bot.domain.amendments import Amendment
from bot.domain.ids import BlockId, PostId
from bot.domain.phases import Phase
from bot.domain.programme import Contribution, Section
from bot.locales import Texts
from bot.mirror.flow import Part
from bot.mirror.left import Around, left_message, left_post
from bot.mirror.render.cards import card, card_key
from bot.mirror.render.gone import gone_reply, gone_starter, merged_starter
from bot.mirror.render.overview import section_key
from bot.mirror.render.replies import Answered, first_part, reply_key, reply_parts
from bot.mirror.render.sections import later_part, post_name, section_parts, starter
from bot.mirror.render.summaries import summary, summary_key
from bot.mirror.render.wording import ahead, in_order, reference_of, section_name
from bot.mirror.resources import ARCHIVE_AFTER, Json, Key, Known, Layer, Resource, ResourceKind

Layouts: TypeAlias = Sequence[tuple[BlockId, ...]]
_NO_PART: Final = Part("", ())


class Post:
    """What should stand in the post of a section. The section has only words that are on the forum today."""

    def __init__(
        self,
        section: Section,
        chapter: Key,
        around: Around,
        say: Texts,
        minimum_support: int = 0,
        phase: Phase = Phase.AMENDING,
    ) -> None:
        self._section = section
        self._around = around
        self._known = around.known
        self._say = say
        self._minimum = minimum_support
        self._phase = phase
        self._key, self._channel = around.keys.post(section, chapter)
        self._title = section_name(section, say)
        self._cards = in_order(section.amendments)
        self._empty = not section.standing and not self._cards

    def resources(self) -> Iterator[Resource]:
        """Yield the post, then its messages in order, then the posts that the section had before."""
        text = self._text() if self._section.standing else self._epitaph()
        belonging = [*text, *self._talk(), self._summary()]
        yield from belonging
        keys = {resource.key for resource in belonging}
        for key in self._around.inside.get(self._key, ()):
            if key not in keys:
                yield left_message(key, self._key, self._section, self._around, self._say, title=self._title)
        for row in self._around.keys.left(section_key(self._section), self._key):
            yield from left_post(row, self._section, self._around, self._say)

    def _text(self) -> Iterator[Resource]:
        section, say = self._section, self._say
        parts = self._flowed(
            self._key,
            lambda previous: section_parts(section, previous, say),
            begun=not _stands(self._known.get(self._here(summary_key(section.post_id)))),
        )
        yield self._post(
            Layer.TEXT,
            starter(self._key, section, parts[0], say, self._following(self._key, parts, 1)),
            part=parts[0],
        )
        yield from self._later(self._key, parts, self._title)

    def _epitaph(self) -> Iterator[Resource]:
        """Yield a post without its words. What is gone goes at once; what was merged waits, as other text does."""
        section, say = self._section, self._say
        if section.gone is None:
            into = self._around.homes[section.post_id].section
            closed = not ahead(section.amendments)
            yield self._post(Layer.TEXT, merged_starter(self._key, section, into, say), archived=closed)
        else:
            yield self._post(Layer.CARD, gone_starter(self._key, section, say), archived=True)

    def _post(
        self, layer: Layer, first: Mapping[str, Json], *, part: Part = _NO_PART, archived: bool = False
    ) -> Resource:
        tag = _tag(self._section, self._phase)
        content: dict[str, Json] = {
            "name": post_name(self._section, self._say),
            "auto_archive_duration": ARCHIVE_AFTER,
            "applied_tags": [self._say(tag)] if tag else [],
            "message": dict(first),
        }
        return Resource(
            self._key,
            ResourceKind.POST,
            self._channel,
            layer,
            content,
            self._title,
            self._section.section_id,
            layout=part.layout,
            archived=archived,
            kept=self._empty,
            rests=_rest(self._section),
            words=part.words,
        )

    def _talk(self) -> Iterator[Resource]:
        cards = {amendment.amendment_id: amendment for amendment in self._cards}
        by_source = {each.source_post_id: each for each in cards.values() if each.source_post_id is not None}
        replies = {reply.post_id: reply for reply in self._section.contributions}
        for post_id in sorted(replies):
            yield from self._reply(replies[post_id], replies)
            if post_id in by_source:
                yield self._card(cards.pop(by_source[post_id].amendment_id))
        for amendment in cards.values():
            yield self._card(amendment)

    def _reply(self, reply: Contribution, replies: Mapping[PostId, Contribution]) -> Iterator[Resource]:
        key, say = self._here(reply_key(reply.post_id)), self._say
        if reply.gone is not None:
            yield self._message(key, Layer.CARD, gone_reply(key, say), say("gone.name"), kept=True)
            return
        answered = self._answered(reply, replies)
        parts = self._flowed(key, lambda previous: reply_parts(reply, answered, previous, say), begun=True)
        title = reply.author or ""
        content = first_part(key, reply, answered, parts[0], say, self._following(key, parts, 1))
        yield self._message(key, Layer.TEXT, content, title, part=parts[0])
        yield from self._later(key, parts, title)

    def _here(self, name: Key) -> Key:
        """Return the key of something in this post. What came out of another, where it left one, has one of its own."""
        return self._around.keys.within(self._key, name)

    def _answered(self, reply: Contribution, replies: Mapping[PostId, Contribution]) -> Answered | None:
        """Return what a reply answers, if that came before it and is still there."""
        found = replies.get(reply.reply_to) if reply.reply_to and reply.reply_to < reply.post_id else None
        return Answered(found.author, self._here(reply_key(found.post_id))) if found and found.gone is None else None

    def _card(self, amendment: Amendment) -> Resource:
        key = self._here(card_key(amendment))
        content = card(amendment, self._cards, self._say, key, self._minimum)
        title = f"{reference_of(amendment, self._say)} {amendment.title}"
        return self._message(key, Layer.CARD, content, title, loose=True)

    def _summary(self) -> Resource:
        key = self._here(summary_key(self._section.post_id))
        content = summary(self._section, self._say, key)
        return self._message(key, Layer.CARD, content, self._title, pinned=True, kept=self._empty, loose=True)

    def _flowed(self, key: Key, lay: Callable[[Layouts], tuple[Part, ...]], *, begun: bool) -> tuple[Part, ...]:
        """Return a text's parts: where they stand, or as they would have come without an interruption.

        That is where the text was only begun, and where it comes back into messages that were emptied.
        """
        previous = _layouts(self._known, key)
        fresh = lay(())
        if not previous or ((begun or () in previous) and _agrees(previous, fresh)):
            return fresh
        return lay(previous)

    def _later(self, key: Key, parts: Sequence[Part], title: str) -> Iterator[Resource]:
        for number in range(2, max(len(parts), len(_layouts(self._known, key))) + 1):
            part = parts[number - 1] if number <= len(parts) else None
            content = later_part(part_key(key, number), part, self._say, self._following(key, parts, number))
            name, kept = f"{title} ({number})", part is None
            yield self._message(part_key(key, number), Layer.TEXT, content, name, part=part or _NO_PART, kept=kept)

    def _following(self, key: Key, parts: Sequence[Part], number: int) -> Key | None:
        """Return the next part of a text if it stands, or will, below something else: the text grew when that stood."""
        following = part_key(key, number + 1)
        first, after = self._known.get(key), self._known.get(following)
        if number >= len(parts) or first is None or first.discord_id is None:
            return None
        own = {part_key(key, each) for each in range(1, len(parts) + 1)}
        rows = (self._known[each] for each in self._around.inside.get(self._key, ()) if each not in own)
        others = [row.discord_id for row in rows if row.discord_id and row.discord_id > first.discord_id]
        stands = after.discord_id if after else None
        return following if others and (stands is None or stands > min(others)) else None

    def _message(
        self,
        key: Key,
        layer: Layer,
        content: Mapping[str, Json],
        title: str,
        *,
        pinned: bool = False,
        part: Part = _NO_PART,
        kept: bool = False,
        loose: bool = False,
    ) -> Resource:
        return Resource(
            key,
            ResourceKind.MESSAGE,
            self._key,
            layer,
            content,
            title,
            self._section.section_id,
            pinned,
            part.layout,
            kept=kept,
            loose=loose,
            words=part.words,
        )


def part_key(key: Key, number: int) -> Key:
    """Return the key of a text's nth message, counted from 1."""
    return key if number == 1 else f"{key}/part:{number}"


def _tag(section: Section, phase: Phase) -> str | None:
    if section.gone is not None:
        return "tag.gone"
    decides = phase in {Phase.ASSEMBLY, Phase.ADOPTED}
    if ahead(section.amendments):
        return "tag.assembly" if decides else "tag.open"
    if any(each.public for each in section.amendments):
        return "tag.decided"
    return "tag.open" if section.standing and not decides else None


def _rest(section: Section) -> int:
    if ahead(section.amendments):
        return 0
    return 2 if any(each.public for each in section.amendments) or not section.standing else 1


def _layouts(known: Mapping[Key, Known], key: Key) -> list[tuple[BlockId, ...]]:
    """Return which blocks stand in each message of a text, as far as messages stand."""
    layouts: list[tuple[BlockId, ...]] = []
    while _stands(row := known.get(part_key(key, len(layouts) + 1))) and row:
        layouts.append(row.layout)
    return layouts


def _agrees(previous: Layouts, fresh: Sequence[Part]) -> bool:
    """Tell whether all that stands, stands where it would in a text that is laid anew."""
    wanted = [*(part.layout for part in fresh), *[()] * len(previous)]
    return all(not stands or stands == lies for stands, lies in zip(previous, wanted, strict=False))


def _stands(row: Known | None) -> bool:
    return row is not None and row.discord_id is not None
