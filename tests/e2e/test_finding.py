"""Finding, following and `/mijn`, as members, secretary and committee meet them."""

import asyncio
import json

import aiohttp
import pytest

from bot.domain.amendments import Status
from bot.services.member_rows import News
from bot.services.ports import Unit
from tests.e2e.conftest import Town
from tests.e2e.proposals import SECTION, WORDS, drafted, filed, labels, said, stored
from tests.e2e.test_kinds import choose, part
from tests.e2e.test_member import with_options
from tests.sandbox.member import Enter, Member
from tests.sandbox.parts import text_of

AT = "2026-11-01T10:00:00+00:00"


async def quiet() -> None:
    """Wait until the bot, which runs beside the test, is done with all that it heard."""
    async with asyncio.timeout(5):
        while any(task.get_name().startswith("discord.py: on_") for task in asyncio.all_tasks()):
            await asyncio.sleep(0)


async def decide(town: Town, reference: str, status: Status = Status.ADOPTED) -> None:
    """Let the meeting decide something, with the news of it. No answer is under way that could tell it at once."""
    await quiet()

    def work(unit: Unit) -> None:
        amendment = unit.amendments.by_reference(unit.programmes.ids()[0], reference)
        assert amendment
        unit.amendments.set_status(amendment.amendment_id, status)
        unit.members.tell_followers(amendment.amendment_id, News.DECIDED, AT)

    await town.store.transact(work)


async def test_search_finds_by_words_in_any_case_and_without_accents(town: Town, members: Enter) -> None:
    """Every filter narrows it, and what was found is opened by a choice."""
    lid = await members("lid")
    found = await lid.slash("amendement zoeken", {"woorden": "HÚUR"})
    assert {option["label"][:6] for option in part(found, "found")["options"]} >= {"2.1-A1", "2.1-A2"}
    opened = await choose(lid, found, "found", part(found, "found")["options"][0]["value"])
    assert "ontvangen" in said(opened)
    for options, there in (
        ({"hoofdstuk": "2"}, True),
        ({"hoofdstuk": "1"}, False),
        ({"paragraaf": "2.1", "status": "open"}, True),
        ({"status": "rejected"}, False),
        ({"soort": "general"}, False),
    ):
        answer = await lid.slash("amendement zoeken", {"woorden": "huur", **options})
        assert ("2.1-A" in answer.text) is there, options
    assert "geen amendementen" in (await lid.slash("amendement zoeken", {"woorden": "zeppelin"})).text


async def test_more_than_a_page_is_turned_by_buttons(town: Town, members: Enter) -> None:
    lid = await members("lid")
    await filed(lid, town)
    await town.store.transact(_many)
    found = await lid.slash("amendement zoeken", {"woorden": "school"})
    seen: set[str] = set()
    while True:
        page = {option["value"] for option in part(found, "found")["options"]}
        assert len(page) <= 25
        assert not page & seen
        seen |= page
        if "Meer ›" not in labels(found):
            break
        found = await lid.press(found.message, "Meer ›")
    assert len(seen) == 42  # one that the programme came with speaks of it too
    first = await lid.press(found.message, "« Naar het begin")
    assert {option["value"] for option in part(first, "found")["options"]} <= seen


def _many(unit: Unit) -> None:
    amendment = unit.amendments.by_reference(unit.programmes.ids()[0], "4.2-A2")
    assert amendment
    for _ in range(40):
        made = unit.amendments.add(
            amendment.section_id,
            unit.amendments.versions(amendment.amendment_id)[0],
            status=Status.OPEN,
            origin=amendment.origin,
            proposer="Teun",
            proposer_id=None,
            anchor=None,
            source_post_id=None,
            at=AT,
        ).amendment_id
        unit.amendments.issue_reference(made)


async def test_suggestions_come_by_code_title_and_words(town: Town, members: Enter) -> None:
    lid = await members("lid")

    async def suggested(option: str, typed: str, command: str = "zoeken") -> list[str]:
        options = {option: typed}
        return [each["value"] for each in await lid.complete(f"amendement {command}", options, focused=option)]

    assert "4.2" in await suggested("paragraaf", "4.2")
    assert "4.2" in await suggested("paragraaf", "VEILIG fiets")
    assert await suggested("hoofdstuk", "4") == ["4"]
    assert await suggested("verwijzing", "4.2", "tonen") == ["4.2-A1"]
    assert {each[:2] for each in await suggested("verwijzing", "2", "tonen")} == {"2."}
    assert "2.1-A1" in await suggested("verwijzing", "huur", "volgen")
    assert await suggested("paragraaf", "zeppelin") == []


@pytest.mark.parametrize("typed", ["2.1a1", "2,1-A1", " 2.1 – a1"])
async def test_a_reference_is_taken_as_people_type_it(town: Town, members: Enter, typed: str) -> None:
    """A comma stands where Dutch keyboards have it."""
    assert "2.1-A1" in said(await (await members("lid")).slash("amendement tonen", {"verwijzing": typed}))


async def test_what_is_followed_is_told_once_and_to_nobody_else(town: Town, members: Enter) -> None:
    """It comes with the next answer, whatever that is about."""
    lid, lid2 = await members("lid"), await members("lid2")
    assert "Je volgt nu 2.1-A1" in (await lid.slash("amendement volgen", {"verwijzing": "2.1-A1"})).text
    assert "volgde 2.1-A1 al" in (await lid.slash("amendement volgen", {"verwijzing": "2.1-A1"})).text
    await decide(town, "2.1-A1")
    answer = await lid.press(town.message(town.post(SECTION), "Ik steun dit"), "Ik steun dit")
    await answer.until(lambda given: "Nieuws voor jou" in said(given))
    assert "er is over besloten" in said(answer)
    await quiet()
    assert "Nieuws" not in said(await lid.slash("mijn"))
    assert "Nieuws" not in said(await lid2.slash("mijn"))
    assert "niet meer" in (await lid.slash("amendement ontvolgen", {"verwijzing": "2.1-A1"})).text


async def test_mine_holds_proposals_drafts_and_news_and_opens_them(town: Town, members: Enter) -> None:
    lid = await members("lid")
    assert "nog niets voorgesteld" in said(await lid.slash("mijn"))
    await filed(lid, town)
    await drafted(lid, town, text="Nog een idee over bankjes.")
    await decide(town, "4.2-A2")
    mine = await lid.slash("mijn")
    for words in ("Jouw amendementen", "4.2-A2", "aangenomen", "1 concept", "er is over besloten"):
        assert words in said(mine)
    assert all(message["flags"] & 64 for message in mine.messages)
    opened = await choose(lid, mine, "drafts", part(mine, "drafts")["options"][0]["value"])
    assert "bankjes" in said(opened)
    whole = await choose(lid, mine, "found", part(mine, "found")["options"][0]["value"])
    assert WORDS in said(whole)
    await quiet()
    assert "er is over besloten" not in said(await lid.slash("mijn"))


async def test_each_part_sees_what_waits_for_it(town: Town, members: Enter) -> None:
    texts = {name: said(await (await members(name)).slash("mijn")) for name in ("commissie", "voorzitter", "lid")}
    assert "zonder preadvies" in texts["commissie"]
    assert "om over te besluiten" in texts["voorzitter"]
    assert "Werk voor jou" not in texts["lid"]


async def test_name_and_messages_are_chosen_in_mine(town: Town, members: Enter) -> None:
    lid = await members("lid")
    mine = await lid.slash("mijn")
    assert "direct bericht" in (await lid.press(mine.message, "Stuur mij berichten")).text
    modal = (await lid.press(mine.message, "Naam wijzigen")).modal
    assert modal is not None
    assert "W. Waterkant" in (await lid.submit(modal, {"name": "W. Waterkant"})).text
    mine = await lid.slash("mijn")
    assert "W. Waterkant" in said(mine)
    assert "Geen berichten meer" in labels(mine)


async def test_all_that_is_kept_is_shown_and_erased(town: Town, members: Enter) -> None:
    """Support and drafts go; the amendment stays without the name, on its card too."""
    lid = await members("lid")
    await filed(lid, town)
    await drafted(lid, town, text="Een geheim idee.")
    await lid.press(town.message(town.post(SECTION), "### 4.2-A1"), "Ik steun dit")
    kept = await inspected(lid)
    assert (len(kept["proposals"]), len(kept["support"])) == (2, 1)
    asked = await lid.slash("privacy wissen")
    assert "kan niet worden teruggedraaid" in asked.text
    done = await lid.press(asked.message, "Ja, wis het")
    await done.until(lambda given: "Alles is gewist" in said(given))
    await town.bridge.syncing.idle()
    card = text_of(town.message(town.post(SECTION), "### 4.2-A2"))
    assert "naam verwijderd" in card.casefold()
    assert "Wilgje" not in card
    assert (await stored(town, WORDS)).proposer_id is None
    assert not (await inspected(lid))["proposals"]


async def inspected(member: Member) -> dict[str, list[object]]:
    """Return the file of what is kept about a member."""
    answer = await member.slash("privacy inzage")
    assert answer.message["flags"] & 64
    url = answer.message["attachments"][0]["url"]
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return json.loads(await response.text())


async def test_an_author_of_the_forum_is_linked_to_a_member(town: Town, members: Enter) -> None:
    """The card drops "via het forum", and what they write there later is theirs too."""
    secretary, lid = await members("secretaris"), await members("lid")
    options = {"schrijver": "Teun Rietgors", "lid": lid.id}
    assert "secretaris" in (await lid.slash("lid koppelen", options)).text
    names = await secretary.complete("lid koppelen", {"schrijver": "rietg"}, focused="schrijver")
    assert [each["value"] for each in names] == ["Teun Rietgors"]
    assert "via het forum" in text_of(town.message(town.post(SECTION), "### 4.2-A1"))
    done = await secretary.slash("lid koppelen", options)
    assert "Teun Rietgors" in done.text
    await town.bridge.syncing.idle()
    assert "via het forum" not in text_of(town.message(town.post(SECTION), "### 4.2-A1"))
    assert "4.2-A1" in said(await lid.slash("mijn"))


async def test_wherever_a_reference_or_a_section_is_asked_it_is_suggested(town: Town, members: Enter) -> None:
    """So are chapters; a command that forgets it fails here."""
    del members
    options = [option for command in town.view()["commands"] for option in with_options(command)]
    asked = [each for each in options if each["name"] in {"verwijzing", "paragraaf", "hoofdstuk"}]
    assert len(asked) >= 15
    assert all(each.get("autocomplete") for each in asked)


async def test_every_part_of_an_amendment_is_searched(town: Town, members: Enter) -> None:
    """Text, explanation, title, reference and proposer, by the beginnings of their words."""
    lid = await members("lid")
    await filed(lid, town, explanation="Vanwege de wespendief.", title="Autoluwe zônes")
    for words in ("schoo zone", "wespend", "autoluwe ZONES", "4.2-A2", "4.2 a2", "wilgje water"):
        assert (
            "4.2-A2" in (await lid.slash("amendement zoeken", {"woorden": words})).message["embeds"][0]["description"]
        )
