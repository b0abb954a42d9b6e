"""Taking readings in: what is known stays known, what changed is said, and the second time nothing happens."""

import pytest

from bot.domain.amendments import Kind
from bot.domain.ids import PostId
from bot.domain.reading import ProgrammeReading
from bot.errors import Refused, SourceError
from bot.services.importing import Importing
from db.database import Database
from tests.services.readings import (
    PROPOSAL,
    bullets,
    changes,
    forum,
    importing,
    paragraphs,
    reading,
    reply,
    stored,
    topic,
)


async def test_the_second_import_changes_and_reports_nothing(database: Database) -> None:
    first = reading(
        forum(4, "Sterke gemeente"), topic(588, "Veiligheid", reply(758, *PROPOSAL), reply(760, "Mooi.", to=758))
    )
    report = await importing(database).take_in(first)
    assert changes(report) == [
        "new chapter 4",
        "new section 588",
        "new contribution 758",
        "new contribution 760",
        "new amendment 1.1-A1",
    ]
    before = await stored(database)
    again = await importing(database).take_in(first)
    assert again.changes == ()
    assert again.counts == report.counts == {"chapters": 1, "sections": 1, "contributions": 2, "amendments": 1}
    assert await stored(database) == before


async def test_chapters_are_numbered_depth_first_and_sections_by_post_id(database: Database) -> None:
    parts = (
        topic(30, "Laatste", forum=7, forum_title="Zorg"),
        topic(20, "Eerste", forum=7, forum_title="Zorg"),
        forum(4, "Sterke gemeente"),
        forum(5, "Wonen"),
        forum(7, "Zorg"),
        forum(6, "Betaalbaar huren", 5),
    )
    await importing(database).take_in(reading(*parts))
    programme = await stored(database)
    assert [(chapter.code, chapter.title) for chapter in programme.chapters] == [
        ("1", "Sterke gemeente"),
        ("2", "Wonen"),
        ("3", "Betaalbaar huren"),
        ("4", "Zorg"),
    ]
    assert [(section.code, section.post_id) for section in programme.chapters[3].sections] == [("4.1", 20), ("4.2", 30)]


async def test_a_new_order_moves_chapters_and_keeps_codes(database: Database) -> None:
    await importing(database).take_in(reading(forum(4, "Een"), forum(5, "Twee")))
    report = await importing(database).take_in(reading(forum(5, "Twee"), forum(6, "Drie", 5), forum(4, "Een")))
    programme = await stored(database)
    assert [(chapter.key, chapter.code) for chapter in programme.chapters] == [("5", "2"), ("6", "3"), ("4", "1")]
    assert changes(report) == ["new chapter 6"]


async def test_a_part_of_the_forum_does_not_reorder_the_rest(database: Database) -> None:
    await importing(database).take_in(reading(forum(4, "Een"), forum(5, "Twee"), forum(6, "Drie")))
    await importing(database).take_in(reading(forum(6, "Drie"), forum(4, "Een"), forum(7, "Vier")))
    assert [chapter.key for chapter in (await stored(database)).chapters] == ["4", "7", "5", "6"]


async def test_a_text_copy_finds_its_chapter_by_title_and_adopts_the_id_later(database: Database) -> None:
    copy = reading(topic(588, "Veiligheid", reply(758, "Mooi."), forum=None))
    pages = reading(
        forum(4, "Sterke  gemeente", closed=False),
        topic(588, "Veiligheid", reply(758, "Mooi.", to=588), forum=4, closed=True),
    )
    await importing(database).take_in(copy)
    assert changes(await importing(database).take_in(pages)) == ["retitled chapter sterke-gemeente"]
    known = await stored(database)
    (chapter,) = known.chapters
    assert (chapter.key, chapter.forum_id, chapter.code) == ("sterke-gemeente", 4, "1")
    assert changes(await importing(database).take_in(copy)) == ["retitled chapter sterke-gemeente"]
    (chapter,) = (await stored(database)).chapters
    (section,) = chapter.sections
    assert (chapter.closed, section.closed, section.contributions[0].reply_to) == (False, True, 588)


async def test_a_further_text_copy_of_the_same_site_adds_to_it(database: Database) -> None:
    await importing(database).take_in(reading(topic(588, "Veiligheid", forum=None)))
    await importing(database).take_in(reading(topic(600, "Bouwen", forum=None, forum_title="2018")))
    programme = await stored(database)
    assert [(chapter.key, chapter.code) for chapter in programme.chapters] == [
        ("sterke-gemeente", "1"),
        ("forum-2018", "2"),
    ]


async def test_another_programme_is_refused_and_nothing_of_it_stays(database: Database) -> None:
    await importing(database).take_in(reading(topic(588, "Veiligheid")))
    before = await stored(database)
    with pytest.raises(Refused) as caught:
        await importing(database).take_in(reading(topic(588, "Recepten"), title="Kookforum"))
    assert caught.value.key == "error.other_programme"
    assert await stored(database) == before


async def test_a_site_that_was_renamed_is_still_the_same(database: Database) -> None:
    await importing(database).take_in(reading(topic(588, "Veiligheid")))
    report = await importing(database).take_in(reading(topic(588, "Veiligheid"), title="Samen vooruit"))
    assert changes(report) == ["retitled programme 1"]
    report = await importing(database).take_in(reading(topic(588, "Veiligheid"), title=None))
    assert (report.title, changes(report)) == ("Samen vooruit", [])


async def test_a_reading_with_nothing_in_it_is_no_programme(database: Database) -> None:
    with pytest.raises(SourceError) as caught:
        await importing(database).take_in(ProgrammeReading("Leeg", source="leeg.html"))
    assert caught.value.key == "error.nothing_read"
    assert await database.read(lambda unit: list(unit.programmes.ids())) == []


async def test_changes_are_told_apart(database: Database) -> None:
    await importing(database).take_in(
        reading(forum(4, "Een"), forum(5, "Twee"), topic(10, "A", reply(11, "Oud."), closed=False), topic(20, "B"))
    )
    report = await importing(database).take_in(
        reading(
            forum(4, "Een", closed=True),
            forum(5, "Twee", 4),
            topic(10, "A!", closed=True, blocks=paragraphs("Nieuw.")),
            topic(20, "B", reply(11, "Nieuw."), forum=5, forum_title="Twee"),
        )
    )
    assert changes(report) == [
        "moved chapter 5",
        "retitled section 10",
        "closed section 10",
        "edited section 10",
        "moved section 20",
        "moved contribution 11",
        "edited contribution 11",
    ]
    sections = {section.post_id: section for _, section in (await stored(database)).sections()}
    assert (sections[PostId(10)].code, sections[PostId(20)].code) == ("1.1", "1.2")
    assert (sections[PostId(10)].version, sections[PostId(20)].version) == (2, 1)
    assert [each.text for each in sections[PostId(20)].contributions] == ["Nieuw."]


async def test_blocks_keep_their_identity_and_anchors_follow(database: Database) -> None:
    place = ("WIJZIGEN bullet 2:", "Er komen 44 wijkagenten in onze stad.", "TOELICHTING:", "Nodig.")
    lines = (
        "Wij willen meer groen in de wijk.",
        "Er komen wijkagenten bij in onze stad.",
        "Het openbaar vervoer rijdt.",
    )
    await importing(database).take_in(reading(topic(10, "A", reply(11, *place), blocks=bullets(*lines))))
    (before,) = [section for _, section in (await stored(database)).sections()]
    (amendment,) = before.amendments
    assert amendment.anchor
    assert (amendment.kind, amendment.anchor.number, amendment.old_text) == (Kind.REPLACE, 2, lines[1])
    report = await importing(database).take_in(
        reading(topic(10, "A", reply(11, *place), blocks=bullets("Nieuw bovenaan in de lijst.", *lines)))
    )
    assert changes(report) == ["edited section 10"]
    (after,) = [section for _, section in (await stored(database)).sections()]
    assert [each.block_id for each in after.blocks[1:]] == [each.block_id for each in before.blocks]
    moved = after.amendments[0].anchor
    assert moved
    assert (moved.number, moved.stale, moved.block_id) == (3, False, amendment.anchor.block_id)


async def test_an_amendment_whose_text_vanished_is_stale_and_said_once(database: Database) -> None:
    place = ("SCHRAPPEN: bullet 2", "TOELICHTING:", "Niet nodig.")
    one = reading(topic(10, "A", reply(11, *place), blocks=bullets("Wij willen meer groen.", "Auto's rijden overal.")))
    other = reading(topic(10, "A", reply(11, *place), blocks=bullets("Wij willen meer groen.")))
    await importing(database).take_in(one)
    assert changes(await importing(database).take_in(other)) == ["edited section 10", "stale amendment 1.1-A1"]
    assert changes(await importing(database).take_in(other)) == []


async def test_a_reply_that_became_a_topic_is_a_section_and_its_amendment_stays(database: Database) -> None:
    await importing(database).take_in(reading(topic(10, "A", reply(11, *PROPOSAL), reply(12, "Mooi.", to=11))))
    split = reading(topic(10, "A"), topic(11, "Afgesplitst", reply(12, "Mooi."), blocks=paragraphs(*PROPOSAL)))
    assert changes(await importing(database).take_in(split)) == [
        "flagged amendment 1.1-A1",
        "split section 11",
        "moved contribution 12",
    ]
    first, second = [section for _, section in (await stored(database)).sections()]
    assert (first.contributions, first.amendments[0].reference) == ((), "1.1-A1")
    assert (second.code, [each.post_id for each in second.contributions]) == ("1.2", [12])
    assert (await importing(database).take_in(split)).changes == ()


async def test_a_topic_that_became_a_reply_is_said_and_breaks_nothing(database: Database) -> None:
    await importing(database).take_in(reading(topic(10, "A"), topic(11, "B", reply(12, "Mooi."))))
    merged = reading(topic(10, "A", reply(11, "Dit gaat over B."), reply(12, "Mooi.", to=11)))
    assert changes(await importing(database).take_in(merged)) == ["merged contribution 11", "moved contribution 12"]
    assert (await importing(database).take_in(merged)).changes == ()


async def test_an_empty_text_does_not_take_the_place_of_one_that_is_known(database: Database) -> None:
    await importing(database).take_in(reading(topic(10, "A", reply(11, "Mooi."))))
    report = await importing(database).take_in(reading(topic(10, "A", reply(11), blocks=())))
    assert changes(report) == []
    (section,) = [section for _, section in (await stored(database)).sections()]
    assert (section.text, section.contributions[0].text) == ("Dit gaat over A.", "Mooi.")


async def test_a_post_read_twice_counts_once_in_its_fuller_form(database: Database) -> None:
    twice = reading(
        topic(10, "A", reply(11, "Kort."), blocks=paragraphs("Een.")),
        topic(10, "A", reply(11, "Veel langer."), reply(12, "B"), blocks=paragraphs("Een.", "Twee.")),
        topic(20, "B", reply(11, "Oud."), reply(10, "Ooit een reactie.")),
    )
    report = await importing(database).take_in(twice)
    assert report.counts == {"chapters": 1, "sections": 2, "contributions": 2, "amendments": 0}
    first, second = [section for _, section in (await stored(database)).sections()]
    assert first.text == "Een. Twee."
    assert [each.text for each in first.contributions] == ["Veel langer.", "B"]
    assert second.contributions == ()


async def test_a_failure_halfway_leaves_nothing(database: Database) -> None:
    def fail() -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await Importing(database, fail, language="nl", screening=False).take_in(reading(topic(10, "A")))
    assert await database.read(lambda unit: list(unit.programmes.ids())) == []
