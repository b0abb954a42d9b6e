"""Whether a reading is of a programme: two forums can have posts with the same ids."""

from collections.abc import Iterator

from bot.domain.programme import Programme
from bot.domain.reading import ProgrammeReading
from bot.domain.text import normalise
from bot.domain.versions import digest_of_blocks
from bot.services.ports import Unit


def belongs(unit: Unit, reading: ProgrammeReading, programme: Programme) -> bool:
    """Tell whether a reading can be of this programme: the same site's title, a title unknown, or a post in common."""
    if not reading.title or not programme.title or folded(reading.title) == folded(programme.title):
        return True
    return any(_shared(unit, reading, programme))


def folded(title: str) -> str:
    """Return a title as titles are compared: white space and case set aside."""
    return normalise(title).casefold()


def _shared(unit: Unit, reading: ProgrammeReading, programme: Programme) -> Iterator[bool]:
    """Tell of each post read whether it is stored under the same title, or with the same words."""
    posts = unit.absences.posts(programme.programme_id)
    for topic in reading.topics:
        if place := posts.sections.get(topic.post.post_id):
            section = unit.programmes.section(place.section_id)
            yield section is not None and folded(section.title) == folded(topic.title)
        for reply in topic.replies:
            if reply.post.post_id in posts.replies:
                known = unit.programmes.contribution(programme.programme_id, reply.post.post_id)
                yield known is not None and digest_of_blocks(known.blocks) == digest_of_blocks(reply.post.blocks)
