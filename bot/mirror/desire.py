"""What a guild should show of a programme, all of it, in the order in which it is to be made. Pure.

A resource names others of its own post, and the overview names all, only after they came. One that names what stands
in another section's post waits for that when both are made.
"""

from collections import defaultdict
from collections.abc import Container, Mapping
from dataclasses import replace

from bot.domain.adopted import adopted
from bot.domain.ids import PostId, SectionId
from bot.domain.programme import Programme
from bot.locales import Texts
from bot.mirror.channels import channels
from bot.mirror.contents import contents_posts, overview
from bot.mirror.hall import hall
from bot.mirror.keys import Keys, addresses
from bot.mirror.left import Around, Home
from bot.mirror.links import readdressed
from bot.mirror.post import Post
from bot.mirror.render.overview import chapter_key
from bot.mirror.resources import Key, Known, MirrorSettings, Resource, ResourceKind
from bot.mirror.sight import in_sight


def desire(
    programme: Programme,
    known: Mapping[Key, Known],
    settings: MirrorSettings,
    say: Texts,
    sections: Container[SectionId] | None = None,
    *,
    settled: bool = True,
) -> tuple[Resource, ...]:
    """Return everything that should stand in the guild. `known` tells where text stands already, so that it stays.

    With `sections` the posts are those of these sections only; channels and overview are always whole. With `settled`
    false, a section that belongs in another channel stays where it stands.
    """
    seen = adopted(in_sight(programme))
    keys = Keys(known, settled=settled)
    around = _around(seen, known, keys)
    phase = seen.calendar.phase
    posts = [
        resource
        for chapter in seen.chapters
        for section in sorted(chapter.sections, key=lambda section: section.post_id)
        if sections is None or section.section_id in sections
        for resource in Post(section, chapter_key(chapter), around, say, settings.minimum_support, phase).resources()
    ]
    found = (
        *channels(seen, settings, say, known),
        *posts,
        *contents_posts(seen, known, keys, say),
        *overview(seen, known, settings.zone, say),
        *hall(seen, known, settings, say),
    )
    elsewhere = addresses(seen, keys)
    return tuple(replace(each, content=readdressed(each.content, elsewhere)) for each in found) if elsewhere else found


def _around(programme: Programme, known: Mapping[Key, Known], keys: Keys) -> Around:
    inside: defaultdict[Key, list[Key]] = defaultdict(list)
    for row in known.values():
        if row.kind is ResourceKind.MESSAGE and row.parent is not None:
            inside[row.parent].append(row.key)
    homes: dict[PostId, Home] = {}
    for _, section in programme.sections():
        for reply in section.contributions:
            homes[reply.post_id] = Home(section, reply.gone is not None)
    for _, section in programme.sections():
        if section.merged_into is None:
            homes[section.post_id] = Home(section, section.gone is not None)
    return Around(known, inside, homes, keys)
