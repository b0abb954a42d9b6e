"""Much that changes on the forum and in the database at once, after which there is one right guild."""

from bot.domain.amendments import Status
from bot.domain.ids import ForumId, PostId, Snowflake
from bot.domain.reading import TopicReading
from bot.services.ports import AmendmentFilter, Unit
from tests.mirror.programmes import (
    AT,
    add_amendment,
    bullet,
    long_text,
    post,
    section_of,
    store_section,
)


def upheaval(unit: Unit, guild_id: Snowflake) -> None:
    """Do all of it, to a programme of two chapters with two sections each."""
    words(unit, guild_id)
    places(unit, guild_id)


def words(unit: Unit, _guild_id: Snowflake) -> None:
    """Edit a text so that it needs another message, decide an amendment, propose one, add a reply, and lose one."""
    programme_id = unit.programmes.ids()[0]
    section = section_of(unit, programme_id, "1.1")
    text = [*long_text(14)]
    text[4] = bullet("Dit punt is herschreven.")
    store_section(unit, section.section_id, tuple(text))
    unit.programmes.save_contribution(section.section_id, post(119, (bullet("Nog een reactie."),), "Noor"), None)
    lost = unit.programmes.contribution(programme_id, PostId(112))
    assert lost
    unit.absences.set_gone(contributions=[lost.contribution_id], at=AT)
    decided, *_ = unit.amendments.list(programme_id, AmendmentFilter(), after=None, limit=1)
    unit.amendments.set_status(decided.amendment_id, Status.REJECTED)
    add_amendment(unit, section.section_id)


def places(unit: Unit, _guild_id: Snowflake) -> None:
    """Move a section to the other chapter, turn the order there around, and let a section go."""
    programme_id = unit.programmes.ids()[0]
    _, chapter = unit.programmes.load(programme_id).chapters
    moved, gone = section_of(unit, programme_id, "1.2"), section_of(unit, programme_id, "2.1")
    reading = TopicReading(post(moved.post_id, ()), moved.title, ForumId(2), chapter.title)
    unit.programmes.update_section(moved.section_id, chapter.chapter_id, reading)
    here = [line.section_id for line in unit.programmes.outline(programme_id) if line.chapter_code == chapter.code]
    unit.programmes.order_sections(chapter.chapter_id, here[::-1])
    unit.absences.set_gone(sections=[gone.section_id], at=AT)
