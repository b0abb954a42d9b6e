"""An admin sets the order of sections in a chapter; a move or an empty list puts it back."""

import pytest

from bot.domain.ids import ForumId, ProgrammeId, SectionId, Snowflake
from bot.domain.people import Actor, Role
from bot.domain.programme import Section
from bot.domain.reading import TopicReading
from bot.errors import NotFound, Refused
from bot.locales import load_all
from bot.mirror.render.overview import chapter_contents, contents
from bot.services.ordering import Ordering
from bot.services.ports import Unit
from db.database import Database
from tests.mirror.programmes import make_programme, post, section_of

ADMIN = Actor(Snowflake(5), "Bram Brinkmeer", frozenset({Role.ADMIN}))
NL = load_all()["nl"]


@pytest.fixture
async def programme_id(database: Database) -> ProgrammeId:
    return await database.transact(lambda unit: make_programme(unit, Snowflake(9), chapters=2, sections=3))


async def codes(database: Database, programme_id: ProgrammeId) -> list[list[str]]:
    programme = await database.read(lambda unit: unit.programmes.load(programme_id))
    return [[section.code for section in chapter.sections] for chapter in programme.chapters]


async def test_what_is_named_comes_first_and_the_rest_follows(database: Database, programme_id: ProgrammeId) -> None:
    lines = await Ordering(database).put(ADMIN, programme_id, "1", "1.3, 1.1")
    assert [line.code for line in lines] == ["1.3", "1.1", "1.2"]
    assert await codes(database, programme_id) == [["1.3", "1.1", "1.2"], ["2.1", "2.2", "2.3"]]
    programme = await database.read(lambda unit: unit.programmes.load(programme_id))
    for texts in (chapter_contents(programme.chapters[0], NL), contents(programme, NL)):
        text = "\n".join(texts)
        assert text.index("1.3 Deel") < text.index("1.1 Deel") < text.index("1.2 Deel")


async def test_an_empty_list_puts_the_order_of_the_forum_back(database: Database, programme_id: ProgrammeId) -> None:
    await Ordering(database).put(ADMIN, programme_id, "1", "1.3 1.2")
    await Ordering(database).put(ADMIN, programme_id, "1", "")
    assert (await codes(database, programme_id))[0] == ["1.1", "1.2", "1.3"]


async def test_what_moves_to_another_chapter_has_no_set_place_there(
    database: Database, programme_id: ProgrammeId
) -> None:
    await Ordering(database).put(ADMIN, programme_id, "1", "1.3")

    def move(unit: Unit) -> None:
        section: Section = section_of(unit, programme_id, "1.3")
        second = unit.programmes.chapters(programme_id)[1].chapter_id
        reading = TopicReading(post(section.post_id, ()), section.title, ForumId(2), "Hoofdstuk 2")
        unit.programmes.update_section(SectionId(section.section_id), second, reading)

    await database.transact(move)
    assert await codes(database, programme_id) == [["1.1", "1.2"], ["1.3", "2.1", "2.2", "2.3"]]


@pytest.mark.parametrize(
    ("chapter", "sections", "key"),
    [("7", "1.1", "order.no_chapter"), ("1", "1.1 2.1", "order.no_section"), ("1", "x", "order.no_section")],
)
async def test_what_is_not_there_is_refused_and_nothing_changes(
    database: Database, programme_id: ProgrammeId, chapter: str, sections: str, key: str
) -> None:
    with pytest.raises(NotFound) as refused:
        await Ordering(database).put(ADMIN, programme_id, chapter, sections)
    assert refused.value.key == key
    assert (await codes(database, programme_id))[0] == ["1.1", "1.2", "1.3"]


async def test_only_an_admin_sets_an_order(database: Database, programme_id: ProgrammeId) -> None:
    with pytest.raises(Refused):
        await Ordering(database).put(Actor(Snowflake(1), "Wilgje", frozenset()), programme_id, "1", "1.2")
