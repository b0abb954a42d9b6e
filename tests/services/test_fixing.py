"""A fixed text by what is stored: what waits, what comes in as before, and what is gone."""

import pytest

from bot.domain.ids import ProgrammeId, SectionId, Snowflake
from bot.domain.people import Actor, Role
from bot.domain.programme import Section
from bot.errors import NotFound, ProgrammabrugError, Refused
from bot.services.fixing import Fixing
from bot.services.ports import Unit
from db.database import Database
from tests.services.readings import AT, PROPOSAL, changes, forum, importing, paragraphs, reading, reply, stored, topic

FIRST = ProgrammeId(1)
ADMIN = Actor(Snowflake(1), "Bram", frozenset({Role.ADMIN}))
SECRETARY = Actor(Snowflake(2), "Sietske", frozenset({Role.SECRETARY}))
FORUM = forum(4, "Sterke gemeente")
TEXT = ("Veiligheid is van groot belang.", "Er komen dertig wijkagenten bij in de wijk.")
NEW = (TEXT[0], "Er komen veertig wijkagenten bij in de wijk.")


def veiligheid(*texts: str):
    return topic(588, "Veiligheid", reply(758, *PROPOSAL), blocks=paragraphs(*texts))


def fixing(database: Database) -> Fixing:
    return Fixing(database, lambda: AT)


async def fixed(database: Database) -> Fixing:
    await importing(database).take_in(reading(FORUM, veiligheid(*TEXT)))
    service = fixing(database)
    await service.fix(ADMIN, FIRST, Snowflake(1))
    return service


async def section(database: Database) -> Section:
    return next((await stored(database)).sections())[1]


async def words(database: Database) -> tuple[str, ...]:
    return tuple(block.block.text for block in (await section(database)).blocks)


async def test_edits_wait_and_new_sections_and_replies_come_in_as_before(database: Database) -> None:
    await fixed(database)
    more = topic(600, "Zorg")
    edited = topic(588, "Veiligheid", reply(758, *PROPOSAL), reply(759, "Eens."), blocks=paragraphs(*NEW))
    report = await importing(database).take_in(reading(FORUM, edited, more))
    assert sorted(changes(report)) == ["new contribution 759", "new section 600", "waits section 588"]
    assert await words(database) == TEXT


async def test_a_forum_that_went_back_to_the_fixed_text_leaves_nothing_waiting(database: Database) -> None:
    service = await fixed(database)
    await importing(database).take_in(reading(FORUM, veiligheid(*NEW)))
    await importing(database).take_in(reading(FORUM, veiligheid(*TEXT)))
    assert await service.waiting(SECRETARY, FIRST) == []


async def test_taking_over_makes_one_version_and_a_repeated_delivery_makes_none(database: Database) -> None:
    service = await fixed(database)
    await importing(database).take_in(reading(FORUM, veiligheid(*NEW)))
    (view,) = await service.waiting(SECRETARY, FIRST)
    for _ in range(2):
        await service.take(SECRETARY, FIRST, view.section.section_id, view.digest, Snowflake(7))
    assert (await section(database)).version == 2
    assert await words(database) == NEW
    with pytest.raises(NotFound):
        await service.take(SECRETARY, FIRST, view.section.section_id, view.digest, Snowflake(8))
    assert changes(await importing(database).take_in(reading(FORUM, veiligheid(*NEW)))) == []


@pytest.mark.parametrize("blank", ["", "  "])
async def test_letting_go_wants_a_reason(database: Database, blank: str) -> None:
    service = await fixed(database)
    with pytest.raises(Refused, match="no_reason"):
        await service.release(ADMIN, FIRST, blank, Snowflake(3))


async def test_letting_go_takes_in_what_a_person_let_be_too(database: Database) -> None:
    """The text follows the forum again, so it is the forum's."""
    service = await fixed(database)
    await importing(database).take_in(reading(FORUM, veiligheid(*NEW)))
    (view,) = await service.waiting(SECRETARY, FIRST)
    await service.leave(SECRETARY, view.section.section_id, view.digest, Snowflake(4))
    assert await service.release(ADMIN, FIRST, "Toch niet.", Snowflake(5)) == 1
    assert await words(database) == NEW
    await service.fix(ADMIN, FIRST, Snowflake(6))
    assert (await service.state(FIRST)).waiting == 0


async def test_only_the_role_may(database: Database) -> None:
    service = await fixed(database)
    acts = [
        service.fix(SECRETARY, FIRST, Snowflake(10)),
        service.release(SECRETARY, FIRST, "x", Snowflake(11)),
        service.waiting(ADMIN, FIRST),
        service.view(ADMIN, SectionId(1)),
        service.take(ADMIN, FIRST, SectionId(1), "x", Snowflake(12)),
        service.leave(ADMIN, SectionId(1), "x", Snowflake(13)),
    ]
    for act in acts:
        with pytest.raises(ProgrammabrugError, match="role"):
            await act


async def test_a_section_whose_words_were_erased_gets_the_forums_text_when_it_comes_back(database: Database) -> None:
    """There is no fixed text of it any more that could stand."""
    await fixed(database)
    one = await section(database)
    later = "2027-11-23T20:15:00+00:00"

    def erase(unit: Unit) -> None:
        unit.absences.set_gone(sections=[one.section_id], at=AT)
        unit.absences.erase(later, later)

    await database.transact(erase)
    await importing(database).take_in(reading(FORUM, veiligheid(*NEW)))
    assert await words(database) == NEW
