"""What a section or reply left behind where it stood before: pointers to where it is now. Pure.

Members' messages there are nobody's to touch, so nothing is removed; what is gone from the forum has no words here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from bot.domain.ids import PostId
from bot.domain.programme import Section
from bot.locales import Texts
from bot.mirror.keys import Keys
from bot.mirror.render.gone import gone_part, gone_starter, merged_starter, moved, moved_starter
from bot.mirror.render.sections import later_part, left_name
from bot.mirror.resources import ARCHIVE_AFTER, Json, Key, Known, Layer, Resource, ResourceKind

_REPLY: Final = re.compile(r"\breply:(\d+)")


class Home(NamedTuple):
    """The section that a post of the forum is or stands in today, and whether the post is gone."""

    section: Section
    gone: bool


@dataclass(frozen=True, slots=True)
class Around:
    """What a section's post must know beside its section.

    `known` and `inside` tell what stands already, by key and by the post it stands in; `homes` where words belong.
    """

    known: Mapping[Key, Known]
    inside: Mapping[Key, Sequence[Key]]
    homes: Mapping[PostId, Home]
    keys: Keys


def left_post(row: Known, section: Section, around: Around, say: Texts) -> Iterator[Resource]:
    """Yield a post that a section had before, closed once all in it leads to the new one."""
    content: dict[str, Json] = {
        "name": left_name(section, say),
        "auto_archive_duration": ARCHIVE_AFTER,
        "applied_tags": [],
    }
    if not row.removed:
        content["message"] = dict(_starter(row.key, section, around, say))
    layer = Layer.TEXT if section.gone is None else Layer.CARD
    title, section_id = left_name(section, say), section.section_id
    yield Resource(row.key, ResourceKind.POST, row.parent, layer, content, title, section_id, archived=True, kept=True)
    for key in around.inside.get(row.key, ()):
        yield left_message(key, row.key, section, around, say, title=title, post_left=True)


def left_message(
    key: Key, post: Key, section: Section, around: Around, say: Texts, *, title: str, post_left: bool = False
) -> Resource:
    """Return what a message says whose words belong here no more: that they are gone, or where they are now."""
    found = _REPLY.search(key)
    post_id = PostId(int(found[1])) if found else section.post_id
    home = around.homes.get(post_id)
    layer, content = Layer.TEXT, gone_part(key, say)
    if home is None or home.gone:
        layer = Layer.CARD
    elif post_left or home.section.section_id != section.section_id:
        content = moved(key, home.section, say, split=found is not None and home.section.post_id == post_id)
    else:
        content = later_part(key, None, say)
    return Resource(key, ResourceKind.MESSAGE, post, layer, content, title, section.section_id, kept=True)


def _starter(key: Key, section: Section, around: Around, say: Texts) -> Mapping[str, Json]:
    if section.gone is not None:
        return gone_starter(key, section, say)
    if section.merged_into is not None:
        return merged_starter(key, section, around.homes[section.post_id].section, say)
    return moved_starter(key, section, say)
