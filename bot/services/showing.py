"""The programme as stored, for a program to read. Pure; what the source lacks is null, what is gone is not there.

Where something was proposed about a section that is no section any more, that stands apart under "gone".
"""

from typing import Final

from bot.domain.amendments import Amendment
from bot.domain.programme import Chapter, Contribution, Programme, Section
from bot.domain.text import StoredBlock
from bot.mirror.resources import Json

_MINUTE: Final = len("2021-11-09T14:07")


def programme_json(programme: Programme) -> Json:
    """Return the whole programme, chapters in the forum's order, sections and replies by post id."""
    forums = {chapter.chapter_id: chapter.forum_id for chapter in programme.chapters}
    chapters: list[Json] = [
        _chapter(chapter, None if chapter.parent_id is None else forums[chapter.parent_id])
        for chapter in programme.standing
    ]
    gone: list[Json] = [
        _drawer(section) for _, section in programme.sections() if not section.standing and section.amendments
    ]
    shown: dict[str, Json] = {"programme": {"title": programme.title or None}, "chapters": chapters}
    return {**shown, "gone": gone} if gone else shown


def _chapter(chapter: Chapter, parent: int | None) -> Json:
    return {
        "forum_id": chapter.forum_id,
        "title": chapter.title,
        "code": chapter.code,
        "parent": parent,
        "closed": chapter.closed,
        "sections": [_section(section) for section in chapter.standing],
    }


def _section(section: Section) -> Json:
    return {
        "post_id": section.post_id,
        "title": section.title,
        "code": section.code,
        "author": section.author,
        "role": section.role,
        "posted": _to_the_minute(section.posted),
        "sticky": None if section.sticky is None else section.sticky.value,
        "closed": section.closed,
        "version": section.version,
        "text": section.text,
        "blocks": [_block(stored) for stored in section.blocks],
        "contributions": [_contribution(each) for each in section.contributions if each.gone is None],
        "amendments": [_amendment(amendment) for amendment in section.amendments],
    }


def _drawer(section: Section) -> Json:
    return {
        "post_id": section.post_id,
        "code": section.code,
        "gone": section.gone,
        "amendments": [_amendment(amendment) for amendment in section.amendments],
    }


def _block(stored: StoredBlock) -> Json:
    block = stored.block
    return {"kind": block.kind.value, "number": stored.number, "depth": block.depth, "text": block.text}


def _contribution(contribution: Contribution) -> Json:
    return {
        "post_id": contribution.post_id,
        "reply_to": contribution.reply_to,
        "author": contribution.author,
        "role": contribution.role,
        "posted": _to_the_minute(contribution.posted),
        "text": contribution.text,
        "amendment": contribution.amendment,
    }


def _amendment(amendment: Amendment) -> Json:
    anchor = amendment.anchor
    return {
        "reference": amendment.reference,
        "kind": amendment.kind.value,
        "status": amendment.status.value,
        "origin": amendment.origin.value,
        "proposer": amendment.proposer,
        "title": amendment.title,
        "text": amendment.text,
        "old_text": amendment.old_text,
        "explanation": amendment.explanation,
        "block": None if anchor is None or anchor.stale else f"{anchor.kind.value} {anchor.number}",
        "support": amendment.support,
        "source_post_id": amendment.source_post_id,
    }


def _to_the_minute(moment: str | None) -> str | None:
    return None if moment is None else moment[:_MINUTE]
