"""How the source stands is told as it was read, and what waits goes on an admin's word alone."""

from dataclasses import replace

import pytest

from bot.domain.ids import ProgrammeId, Snowflake
from bot.domain.people import Actor, Role
from bot.domain.reading import PassKind, Trouble
from bot.errors import Refused
from bot.locales import load_all
from bot.services.absences import Doubt
from bot.services.reports import ImportAction
from bot.services.source import Failure, Removal, Source, SourceView
from bot.services.source_rows import Flag, FlagReason, Pass, Suspect
from cogs.source import removal_text, source_texts
from db.database import Database
from tests.services.readings import AT, PROPOSAL, crawled, forum, importing, reading, reply, stored, topic

FIRST = ProgrammeId(1)
SECRETARY = Actor(Snowflake(7), "Sietske Sluiswijk", frozenset({Role.SECRETARY}))
ADMIN = Actor(Snowflake(8), "Bram Brinkmeer", frozenset({Role.ADMIN}))
MEMBER = Actor(Snowflake(9), "Wilgje Waterkant", frozenset({Role.MEMBER, Role.COMMITTEE, Role.CHAIR}))
NEXT = (PassKind.QUICK, "2026-11-23T20:20:00+00:00")
TEXTS = load_all()
FORUMS = (forum(4, "Sterke gemeente"), forum(5, "Wonen"))
LEFT = (topic(10, "Veilig", reply(11, *PROPOSAL)),)
MUCH = (topic(20, "Huren", reply(21, "Goed."), reply(22, "Nee."), forum=5), topic(30, "Bouwen", forum=5))


def source(database: Database) -> Source:
    return Source(database, importing(database).confirm, lambda _: NEXT)


async def much_missing(database: Database) -> None:
    """Read a forum, and then twice that most of it is missing."""
    service = importing(database, doubt=Doubt(suspect_for=0))
    for parts in ((*FORUMS, *LEFT, *MUCH), (*FORUMS[:1], *LEFT), (*FORUMS[:1], *LEFT)):
        await service.take_in(crawled(*parts))


async def test_a_source_that_was_never_crawled_says_so(database: Database) -> None:
    await importing(database).take_in(reading(*LEFT))
    view = await source(database).view(SECRETARY, FIRST)
    assert (view.last, view.full, view.suspects, view.waiting, view.flags) == (None, None, [], 0, [])
    (text,) = source_texts(replace(view, upcoming=None), TEXTS["nl"])
    assert "nog niet gelezen" in text
    assert "`/programma instellen bron`" in text


async def test_what_was_read_and_what_waits_is_told(database: Database) -> None:
    await much_missing(database)
    edited = topic(10, "Veilig", reply(11, "Toch niet."))
    late = replace(
        crawled(*FORUMS[:1], edited, kind=PassKind.QUICK), troubles=(Trouble("no_answer", "http://a.example"),)
    )
    await importing(database).take_in(late)
    view = await source(database).view(ADMIN, FIRST)
    assert view.last
    assert view.full
    assert (view.last.kind, view.full.kind, view.upcoming) == (PassKind.QUICK, PassKind.FULL, NEXT)
    assert [(each.post_id, each.title) for each in view.suspects] == [
        (5, "Wonen"),
        (20, "Huren"),
        (21, "Huren"),
        (22, "Huren"),
        (30, "Bouwen"),
    ]
    assert (view.waiting, view.gone) == (4, 0)
    assert [(each.label, each.reason) for each in view.flags] == [("1.1-A1", FlagReason.UNMADE)]


@pytest.mark.parametrize("actor", [MEMBER, SECRETARY])
async def test_only_an_admin_lets_it_go(database: Database, actor: Actor) -> None:
    await much_missing(database)
    before = await stored(database)
    with pytest.raises(Refused) as caught:
        await source(database).confirm(actor, FIRST)
    assert caught.value.values["role"] is Role.ADMIN
    assert await stored(database) == before


async def test_what_goes_is_told_by_codes_and_nothing_waits_after(database: Database) -> None:
    await much_missing(database)
    service = source(database)
    removal = await service.confirm(ADMIN, FIRST)
    assert removal == Removal(chapters=("2",), sections=("2.1", "2.2"), replies=2)
    view = await service.view(ADMIN, FIRST)
    assert (view.waiting, view.suspects, view.gone) == (0, [], 4)
    assert (await service.confirm(ADMIN, FIRST)).empty


async def test_a_member_sees_nothing_of_it(database: Database) -> None:
    await importing(database).take_in(reading(*LEFT))
    with pytest.raises(Refused):
        await source(database).view(MEMBER, FIRST)


# What is drawn of it.


def full(**changes: object) -> SourceView:
    """Return a view with much of everything in it."""
    counts = {action.value: 2 for action in ImportAction}
    troubles = [Trouble("no_answer", f"https://forum.example.org/{number}") for number in range(7)]
    last = Pass(PassKind.QUICK, AT, AT, whole=False, pages=3, posts=1, changes=counts, troubles=troubles)
    view = SourceView(
        address="https://forum.example.org/forums/",
        last=last,
        full=replace(last, kind=PassKind.FULL),
        complete=replace(last, kind=PassKind.FULL, whole=True),
        failure=Failure(AT, "source.no_answer", "https://forum.example.org/forums/", 3),
        upcoming=NEXT,
        suspects=[Suspect(number, f"@everyone **{number}** " + "lang " * 60, AT) for number in range(100, 140)],  # pyright: ignore[reportArgumentType]
        waiting=12,
        flags=[Flag(1, "4.2-A1", "Een *titel* met `tekens`", reason, AT) for reason in FlagReason],  # pyright: ignore[reportArgumentType]
        gone=3,
    )
    return replace(view, **changes)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_everything_fits_in_messages_and_nothing_in_it_formats_or_pings(language: str) -> None:
    texts = source_texts(full(), TEXTS[language])
    assert all(len(text) <= 2000 for text in texts)
    whole = "\n".join(texts)
    assert "\\@everyone \\*\\*100\\*\\*" in whole
    assert "Een \\*titel\\* met \\`tekens\\`" in whole
    assert "#105" not in whole
    assert "(40)" in whole
    assert "source." not in whole
    assert "flag." not in whole


def test_every_line_says_its_own() -> None:
    whole = "\n".join(source_texts(full(), TEXTS["nl"]))
    moment = "<t:1795464900:R>"
    for words in (
        "<https://forum.example.org/forums/>",
        f"**Laatste ronde:** {moment} · snelle ronde · niet compleet",
        "Gelezen: 3 pagina’s · 1 bericht. Veranderd: 2 nieuw, 2 bewerkt",
        f"**Laatste grote ronde:** {moment} · compleet",
        "**Volgende ronde:** <t:1795465200:R> · snelle ronde",
        "**Niet gelezen (7)**",
        "… en nog 2",
        "**12 berichten wachten op beheer.**",
        "`/programma bevestigen`",
        "**4.2-A1** Een",
        "`/amendement koppelen`",
        "3 berichten staan niet meer op het forum",
    ):
        assert words in whole, words


def test_what_is_not_there_is_not_spoken_of() -> None:
    view = full(suspects=(), waiting=0, flags=(), gone=0, upcoming=None, address="map/pagina's_*")
    view = replace(view, last=replace(view.full, changes={}, troubles=()) if view.full else None)
    view = replace(view, full=view.last, complete=view.last, failure=None)
    (text,) = source_texts(view, TEXTS["nl"])
    for words in ("Misschien", "wachten", "Na te kijken", "niet meer", "Niet gelezen", "Laatste grote"):
        assert words not in text
    assert "Veranderd: niets." in text
    assert "map/pagina's\\_\\*" in text
    assert "geen" in text


@pytest.mark.parametrize(
    ("removal", "words"),
    [
        (Removal((), (), 0), "Er wacht niets"),
        (Removal(("2",), ("2.1", "2.2"), 1), "1 hoofdstuk (2) · 2 paragrafen (2.1, 2.2) · 1 reactie"),
        (Removal((), (), 3), "nu ook hier: 3 reacties."),
    ],
)
def test_what_went_is_said_in_numbers(removal: Removal, words: str) -> None:
    assert words in removal_text(removal, TEXTS["nl"])


def test_many_codes_are_cut_short() -> None:
    codes = tuple(f"1.{number}" for number in range(1, 400))
    text = removal_text(Removal((), codes, 0), TEXTS["nl"])
    assert "399 paragrafen (1.1, 1.2" in text
    assert "…" in text
    assert len(text) < 400
