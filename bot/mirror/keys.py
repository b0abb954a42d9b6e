"""The key of each thing of the programme in the place where it belongs today. Pure.

A thing is named by its source: `section:588`, `reply:758`. Where it first stood, that name is its key. Discord moves
nothing between channels and posts, so what belongs elsewhere now is made there, and its key is the place's and its name
(`chapter:7/section:588`). What it left keeps its key. Texts link to names; which key that is today is filled in last.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from bot.domain.programme import Programme, Section
from bot.mirror.render.cards import card_key
from bot.mirror.render.overview import chapter_key, section_key
from bot.mirror.render.replies import reply_key
from bot.mirror.resources import Key, Known, PostDigest, ResourceKind

_SOURCE: Final = re.compile(r"(?:^|/)(section|reply|amendment):(\d+)(?:/part:\d+)?$")


class Keys:
    """Tells keys by what is known to stand.

    With `settled` false, a section whose post is in another channel stays there: making one anew is not allowed now.
    """

    def __init__(self, known: Mapping[Key, Known], *, settled: bool = True) -> None:
        self._known = known
        self._settled = settled
        self._posts: defaultdict[Key, list[Known]] = defaultdict(list)
        for row in known.values():
            if row.kind is ResourceKind.POST:
                self._posts[_name(row.key)].append(row)

    def within(self, place: Key, name: Key) -> Key:
        """Return the key of something in a channel or post, where it stands or would be made.

        A post whose first message people deleted can't be mended, and is left like one in another channel.
        """
        chain = [name, f"{place}/{name}"]
        while chain[-1] in self._known:
            chain.append(f"{place}/{chain[-1]}")
        right = (key for key in chain if self._is_in(key, place))
        free = (key for key in chain if key not in self._known)
        return next(right, None) or next(free)

    def post(self, section: Section, chapter: Key) -> tuple[Key, Key]:
        """Return the key of a section's post, and that of the channel it is in."""
        name = section_key(section)
        key = self.within(chapter, name)
        stands = [row for row in self._posts[name] if row.discord_id is not None]
        if self._settled or not stands or any(row.key == key for row in stands):
            return key, chapter
        last = max(stands, key=lambda row: (not row.removed, not PostDigest.parse(row.digest).archived, row.discord_id))
        return last.key, last.parent or chapter

    def left(self, name: Key, post: Key) -> list[Known]:
        """Return the posts that something had before the one it has now."""
        return [row for row in self._posts[name] if row.key != post]

    def _is_in(self, key: Key, place: Key) -> bool:
        row = self._known.get(key)
        headless = row is not None and row.kind is ResourceKind.POST and row.removed
        return row is not None and row.parent == place and not headless


def addresses(programme: Programme, keys: Keys) -> dict[Key, Key]:
    """Return the keys of what stands elsewhere than under its own name, by name."""
    found: dict[Key, Key] = {}
    for chapter in programme.chapters:
        for section in chapter.sections:
            post, _ = keys.post(section, chapter_key(chapter))
            inside = [
                *(reply_key(reply.post_id) for reply in section.contributions),
                *(card_key(amendment) for amendment in section.amendments if amendment.public),
            ]
            found |= {section_key(section): post, **{name: keys.within(post, name) for name in inside}}
    return {name: key for name, key in found.items() if key != name}


def source_of(key: Key) -> tuple[str, int] | None:
    """Return what a message or post is about: section or reply by its post id, amendment by its own; else None."""
    found = _SOURCE.search(key)
    return (found[1], int(found[2])) if found else None


def _name(key: Key) -> Key:
    return key.rsplit("/", 1)[-1]
