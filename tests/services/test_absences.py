"""What is missing: suspected, then gone after a second full reading, never much at once, and back as it was."""

from pathlib import Path

import pytest

from bot.domain.reading import ForumReading, PassKind, ProgrammeReading, TopicReading
from bot.services.absences import Doubt
from bot.services.importing import Importing
from bot.services.source_rows import FlagReason
from db.database import Database
from tests.services.readings import (
    PROPOSAL,
    Hours,
    bullets,
    changes,
    crawled,
    forum,
    importing,
    reading,
    reply,
    stored,
    topic,
)

HOUR = Doubt(suspect_for=3600)
CHAPTERS = (forum(4, "Sterke gemeente"), forum(5, "Wonen"))
VEILIG = topic(10, "Veiligheid", reply(11, *PROPOSAL), reply(12, "Mee eens."))
HUREN = topic(20, "Huren", reply(21, "Goed."), forum=5, forum_title="Wonen")
BOUWEN = topic(30, "Bouwen", forum=5, forum_title="Wonen", blocks=bullets("Meer woningen.", "Minder regels."))
ALL = (*CHAPTERS, VEILIG, HUREN, BOUWEN)
WITHOUT_HUREN = (*CHAPTERS, VEILIG, BOUWEN)


async def posts(database: Database) -> dict[str, list[int]]:
    """Return what stands, by the code of its section: the topic's id and those of its replies."""
    programme = await stored(database)
    return {
        section.code: [section.post_id, *(each.post_id for each in section.contributions if each.gone is None)]
        for chapter in programme.standing
        for section in chapter.standing
    }


async def suspects(database: Database) -> list[tuple[int, str]]:
    found = await database.read(lambda unit: unit.absences.suspects(unit.programmes.ids()[0]))
    return [(each.post_id, each.title) for each in found]


async def take(service: Importing, *parts: ForumReading | TopicReading, **how: object) -> list[str]:
    return changes(await service.take_in(crawled(*parts, **how)))  # pyright: ignore[reportArgumentType]


async def test_what_is_missing_once_is_suspected_and_nothing_changes(database: Database) -> None:
    service = importing(database, doubt=Doubt(suspect_for=0))
    await take(service, *ALL)
    before = await stored(database)
    assert await take(service, *WITHOUT_HUREN) == ["suspected section 20", "suspected contribution 21"]
    assert await stored(database) == before
    assert await suspects(database) == [(20, "Huren"), (21, "Huren")]


async def test_a_second_full_reading_late_enough_makes_it_gone_and_it_is_said_by_its_code(database: Database) -> None:
    clock = Hours()
    service = importing(database, clock=clock, doubt=HOUR)
    await take(service, *ALL)
    await take(service, *WITHOUT_HUREN)
    clock.pass_by(minutes=59)
    assert await take(service, *WITHOUT_HUREN) == []
    clock.pass_by(minutes=1)
    report = await service.take_in(crawled(*WITHOUT_HUREN))
    assert changes(report) == ["gone section 20", "gone contribution 21"]
    assert {change.title for change in report.changes} == {"2.1"}
    assert await posts(database) == {"1.1": [10, 11, 12], "2.2": [30]}
    assert await suspects(database) == []
    assert report.counts == {"chapters": 2, "sections": 2, "contributions": 2, "amendments": 1}


@pytest.mark.parametrize(
    "lacking",
    [
        crawled(*WITHOUT_HUREN, whole=False),
        reading(*WITHOUT_HUREN, whole=True),
        crawled(*CHAPTERS, kind=PassKind.QUICK, listed=[10, 20, 30]),
    ],
    ids=["incomplete", "copies", "quick with all listed"],
)
async def test_only_a_complete_crawl_can_miss_anything(database: Database, lacking: ProgrammeReading) -> None:
    service = importing(database, doubt=Doubt(suspect_for=0))
    await take(service, *ALL)
    before = await posts(database)
    for _ in range(3):
        assert changes(await service.take_in(lacking)) == []
    assert await posts(database) == before


async def test_what_an_incomplete_reading_did_see_is_taken_in(database: Database) -> None:
    service = importing(database)
    await take(service, *ALL)
    edited = topic(10, "Veiligheid eerst", reply(13, "Nieuw."))
    assert await take(service, CHAPTERS[0], edited, whole=False) == [
        "retitled section 10",
        "edited section 10",
        "new contribution 13",
    ]


async def test_quick_passes_suspect_and_only_two_full_ones_let_go(database: Database) -> None:
    service = importing(database, doubt=Doubt(suspect_for=0))
    await take(service, *ALL)
    quick = {"kind": PassKind.QUICK, "listed": [10, 30]}
    assert await take(service, *CHAPTERS, **quick) == ["suspected section 20", "suspected contribution 21"]
    assert await take(service, *CHAPTERS, **quick) == []
    assert await take(service, *WITHOUT_HUREN) == []
    assert await take(service, *CHAPTERS, **quick) == []
    assert await take(service, *WITHOUT_HUREN) == ["gone section 20", "gone contribution 21"]


async def test_a_quick_pass_misses_replies_only_where_it_looked(database: Database) -> None:
    service = importing(database)
    await take(service, *ALL)
    looked = topic(10, "Veiligheid", reply(11, *PROPOSAL))
    assert await take(service, *CHAPTERS, looked, kind=PassKind.QUICK, listed=[20, 30]) == ["suspected contribution 12"]


async def test_a_topic_that_got_a_password_is_missing_though_it_is_listed(database: Database) -> None:
    service = importing(database, doubt=Doubt(suspect_for=0))
    await take(service, *ALL)
    await take(service, *WITHOUT_HUREN, protected=[20])
    await take(service, *CHAPTERS, kind=PassKind.QUICK, listed=[10, 30], protected=[20])
    assert await take(service, *WITHOUT_HUREN, protected=[20]) == ["gone section 20", "gone contribution 21"]


async def test_what_is_seen_again_is_suspected_no_more(database: Database) -> None:
    service = importing(database, doubt=Doubt(suspect_for=0))
    await take(service, *ALL)
    await take(service, *WITHOUT_HUREN)
    assert await take(service, *ALL) == []
    assert await suspects(database) == []
    assert await take(service, *WITHOUT_HUREN) == ["suspected section 20", "suspected contribution 21"]


async def test_what_comes_back_is_what_it_was(database: Database) -> None:
    service = importing(database, doubt=Doubt(suspect_for=0))
    await take(service, *ALL)
    before = await stored(database)
    for _ in range(2):
        await take(service, *WITHOUT_HUREN)
    assert await take(service, *ALL) == ["back section 20", "back contribution 21"]
    assert await stored(database) == before


async def test_a_chapter_goes_when_nothing_stands_in_it_any_more_and_comes_back(database: Database) -> None:
    service = importing(database, doubt=Doubt(suspect_for=0, max_removal=1))
    await take(service, *ALL)
    before = await stored(database)
    assert "suspected chapter 5" in await take(service, CHAPTERS[0], VEILIG)
    assert "gone chapter 5" in await take(service, CHAPTERS[0], VEILIG)
    assert [chapter.code for chapter in (await stored(database)).standing] == ["1"]
    assert await take(service, *ALL) == [
        "back chapter 5",
        "back section 20",
        "back contribution 21",
        "back section 30",
    ]
    assert await stored(database) == before


async def test_an_amendment_stays_when_its_reply_goes_and_a_person_is_asked_to_look(database: Database) -> None:
    service = importing(database, doubt=Doubt(suspect_for=0))
    await take(service, *ALL)
    gone = (*CHAPTERS, topic(10, "Veiligheid", reply(12, "Mee eens.")), HUREN, BOUWEN)
    await take(service, *gone)
    assert await take(service, *gone) == ["gone contribution 11", "flagged amendment 1.1-A1"]
    (amendment,) = (await stored(database)).chapters[0].sections[0].amendments
    assert (amendment.reference, amendment.text) == ("1.1-A1", "Er komen 44 wijkagenten.")
    flags = await database.read(lambda unit: unit.flags.open(unit.programmes.ids()[0]))
    assert [(flag.label, flag.reason) for flag in flags] == [("1.1-A1", FlagReason.GONE)]
    await take(service, *ALL)
    assert await database.read(lambda unit: unit.flags.open(unit.programmes.ids()[0])) == []


MANY = tuple(topic(100 + number, f"Onderwerp {number}") for number in range(20))


@pytest.mark.parametrize(("removed", "waits"), [(3, False), (4, True)])
async def test_more_than_three_and_more_than_the_share_wait_for_a_person(
    database: Database, removed: int, waits: bool
) -> None:
    service = importing(database, doubt=Doubt(suspect_for=0, max_removal=0.10))
    await take(service, CHAPTERS[0], *MANY)
    left = (CHAPTERS[0], *MANY[removed:])
    await service.take_in(crawled(*left))
    report = await service.take_in(crawled(*left))
    assert (report.waiting, len(await posts(database))) == ((removed, 20) if waits else (0, 20 - removed))


async def test_a_person_lets_go_what_waits_and_no_more_than_that(database: Database) -> None:
    service = importing(database, doubt=Doubt(suspect_for=0))
    await take(service, CHAPTERS[0], *MANY)
    for _ in range(2):
        await take(service, CHAPTERS[0], *MANY[5:])
    await take(service, CHAPTERS[0], *MANY[4:])
    programme = await stored(database)
    report = await service.confirm(programme.programme_id)
    assert changes(report) == [f"gone section {post_id}" for post_id in range(100, 104)]
    assert changes(await service.confirm(programme.programme_id)) == []


async def test_a_share_is_not_much_where_three_go(database: Database) -> None:
    service = importing(database, doubt=Doubt(suspect_for=0, max_removal=0))
    await take(service, *ALL)
    for _ in range(2):
        await take(service, *WITHOUT_HUREN)
    assert await posts(database) == {"1.1": [10, 11, 12], "2.2": [30]}


async def test_a_word_beforehand_lets_much_go_at_once(database: Database) -> None:
    service = importing(database, doubt=Doubt(suspect_for=0))
    await take(service, CHAPTERS[0], *MANY)
    await take(service, CHAPTERS[0], *MANY[10:])
    report = await service.take_in(crawled(CHAPTERS[0], *MANY[10:]), confirmed=True)
    assert (report.waiting, len(await posts(database))) == (0, 10)


async def test_the_words_of_what_is_gone_are_erased_from_the_file_in_time(database: Database, tmp_path: Path) -> None:
    clock = Hours()
    service = importing(database, clock=clock, doubt=Doubt(suspect_for=0, erase_after=30 * 86_400))
    secret = topic(20, "Geheimtitel", reply(21, "Geheimreactie.", author="Geheimnaam"), blocks=bullets("Geheimtekst."))
    await take(service, *CHAPTERS, VEILIG, secret, BOUWEN)
    for _ in range(2):
        await take(service, *CHAPTERS, VEILIG, BOUWEN)
    clock.pass_by(days=29)
    assert (await service.erase(), b"Geheim" in files(tmp_path)) == (0, True)
    clock.pass_by(days=1)
    assert (await service.erase(), b"Geheim" in files(tmp_path)) == (2, False)
    assert await service.erase() == 0
    assert "back section 20" in await take(service, *CHAPTERS, VEILIG, secret, BOUWEN)
    assert (await posts(database))["1.2"] == [20, 21]


async def test_an_amendment_with_a_reference_keeps_its_words_and_one_without_loses_them(
    database: Database, tmp_path: Path
) -> None:
    service = importing(database, screening=True, doubt=Doubt(suspect_for=0, erase_after=0))
    known = topic(10, "Veiligheid", reply(11, *PROPOSAL))
    await importing(database).take_in(crawled(*CHAPTERS, known, HUREN))
    unknown = reply(12, "SCHRAPPEN: punt 1", "TOELICHTING:", "Onbekendgebleven.")
    await take(service, *CHAPTERS, topic(10, "Veiligheid", reply(11, *PROPOSAL), unknown), HUREN)
    assert b"Onbekendgebleven" in files(tmp_path)
    for _ in range(2):
        await take(service, *CHAPTERS, HUREN)
    (one, other) = (await stored(database)).chapters[0].sections[0].amendments
    assert (one.reference, one.text, other.reference, other.explanation) == (
        "1.1-A1",
        "Er komen 44 wijkagenten.",
        None,
        "",
    )
    assert b"Onbekendgebleven" not in files(tmp_path)


async def test_nothing_of_an_amendment_without_a_reference_stays_when_its_reply_is_gone(
    database: Database, tmp_path: Path
) -> None:
    service = importing(database, screening=True, doubt=Doubt(suspect_for=0, erase_after=0))
    proposal = reply(12, "SCHRAPPEN: punt 1", "TOELICHTING:", "Onbekendgebleven.", author="Geheimnaam")
    await take(service, *CHAPTERS, topic(10, "Veiligheid", proposal), HUREN)
    assert b"Geheimnaam" in files(tmp_path)
    for _ in range(2):
        await take(service, *CHAPTERS, topic(10, "Veiligheid"), HUREN)
    (unknown,) = (await stored(database)).chapters[0].sections[0].amendments
    assert (unknown.proposer, unknown.explanation) == (None, "")
    assert b"Geheimnaam" not in files(tmp_path)


async def test_nor_does_it_when_the_reply_was_a_topic_of_its_own_before_it_went(
    database: Database, tmp_path: Path
) -> None:
    service = importing(database, screening=True, doubt=Doubt(suspect_for=0, erase_after=0))
    proposal = reply(12, "SCHRAPPEN: punt 1", "TOELICHTING:", "Onbekendgebleven.", author="Geheimnaam")
    await take(service, *CHAPTERS, topic(10, "Veiligheid", proposal), HUREN)
    split = topic(12, "Afgesplitst", blocks=bullets("Onbekendgebleven."))
    assert "split section 12" in await take(service, *CHAPTERS, topic(10, "Veiligheid"), split, HUREN)
    for _ in range(2):
        await take(service, *CHAPTERS, topic(10, "Veiligheid"), split, HUREN)
    assert b"Geheimnaam" in files(tmp_path)
    for _ in range(2):
        await take(service, *CHAPTERS, topic(10, "Veiligheid"), HUREN)
    assert b"Onbekendgebleven" not in files(tmp_path)
    assert b"Geheimnaam" not in files(tmp_path)


def files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


async def test_a_text_that_was_blanked_on_the_forum_is_blank_here_too(database: Database) -> None:
    service = importing(database)
    await take(service, *ALL)
    blank = (topic(10, "Veiligheid", reply(11, *PROPOSAL), reply(12), blocks=()), HUREN, BOUWEN)
    assert changes(await service.take_in(reading(*CHAPTERS, *blank))) == []
    assert await take(service, *CHAPTERS, *blank) == ["edited section 10", "edited contribution 12"]
    section = (await stored(database)).chapters[0].sections[0]
    assert (section.text, section.version, section.contributions[1].text) == ("", 2, "")
