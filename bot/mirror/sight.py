"""A programme with only the words that are on the forum today. Pure.

They are taken out here, before anything is rendered, so that no message can hold what is gone.
"""

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.ids import SectionId
from bot.domain.programme import Chapter, Contribution, Programme, Section


def in_sight(programme: Programme) -> Programme:
    """Return the programme without the words of what is gone, or was merged. Codes and amendments stay.

    What stands in something that is gone is gone with it.
    """
    chapters = {chapter.chapter_id: chapter for chapter in programme.chapters}
    sections = {
        section.section_id: replace(section, gone=chapters[section.chapter_id].gone or section.gone)
        for _, section in programme.sections()
    }
    return replace(programme, chapters=tuple(_chapter(chapter, sections) for chapter in programme.chapters))


def _chapter(chapter: Chapter, sections: Mapping[SectionId, Section]) -> Chapter:
    seen = replace(chapter, sections=tuple(_section(sections[each.section_id], sections) for each in chapter.sections))
    return seen if chapter.gone is None else replace(seen, title="", description=None, url=None)


def _section(section: Section, sections: Mapping[SectionId, Section]) -> Section:
    gone = section.gone if section.merged_into is None else _gone_with(section, sections[section.merged_into])
    replies = tuple(_reply(reply, reply.gone or gone) for reply in section.contributions)
    seen = replace(section, contributions=replies, gone=gone)
    if seen.standing:
        return seen
    return replace(seen, title="", author=None, role=None, posted=None, printed=None, url=None, blocks=())


def _gone_with(section: Section, home: Section) -> str | None:
    """Return since when the reply is gone that a section became: as long as that is there, so are its words."""
    became = next((reply for reply in home.contributions if reply.post_id == section.post_id), None)
    return home.gone or (became.gone if became else section.gone)


def _reply(reply: Contribution, gone: str | None) -> Contribution:
    if gone is None:
        return reply
    return replace(reply, author=None, role=None, posted=None, printed=None, url=None, blocks=(), gone=gone)
