"""The plan as admins live it: read it, confirm what was shown, not what came since, and not twice."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
import time_machine

from bot.sandbox import Loopback
from db.database import Database
from tests.e2e.careful import EDIT, careful_town, edit
from tests.e2e.conftest import Town
from tests.sandbox.answer import Answer
from tests.sandbox.member import Enter
from tests.sandbox.parts import text_of


@pytest.fixture
async def careful(loopback: Loopback, store: Database, tmp_path: Path) -> AsyncIterator[Town]:
    async with careful_town(loopback, store, tmp_path, "never") as town:
        yield town


async def carried_out(answer: Answer) -> None:
    await answer.until(lambda given: bool(given.messages) and "Klaar" in given.text)


def threads(town: Town) -> int:
    return len(town.view()["threads"])


def buttons(answer: Answer) -> list[str]:
    return [part["label"] for row in answer.message["components"] for part in row["components"]]


async def test_the_plan_is_read_on_a_phone(careful: Town, members: Enter) -> None:
    """Counts, sections, cost and the whole of it as a file, in one message that fits."""
    plan = await (await members("beheerder")).slash("programma bijwerken")
    assert len(plan.text) <= 2000
    assert "14 posts" in plan.text
    assert "opdrachten aan Discord" in plan.text
    assert "**Kanalen**" in plan.text
    assert plan.message["attachments"][0]["filename"] == "plan.md"
    assert buttons(plan) == ["Uitvoeren", "Annuleren"]
    english = await (await members("beheerder", locale="en-US")).slash("programme update")
    assert "calls to Discord" in english.text


async def test_only_admins_see_and_confirm_a_plan(careful: Town, members: Enter) -> None:
    """The role is checked when the plan is asked for and again when it is confirmed."""
    for who in ("lid", "secretaris", "voorzitter", "gast"):
        refused = await (await members(who)).slash("programma bijwerken")
        assert "beheer" in refused.text
        assert not refused.message.get("attachments")
    beheerder = await members("beheerder")
    plan = await beheerder.slash("programma bijwerken")
    careful.loopback.world.guilds[beheerder.guild_id].members[beheerder.id]["roles"] = []
    refused = await beheerder.press(plan.message, "Uitvoeren")
    await refused.until(lambda given: any("beheer" in text_of(each) for each in given.messages))
    assert threads(careful) == 0


async def test_a_plan_outlives_a_restart(loopback: Loopback, store: Database, tmp_path: Path, members: Enter) -> None:
    """The button works for the next bot too: nothing of a plan is kept in memory."""
    async with careful_town(loopback, store, tmp_path):
        beheerder = await members("beheerder")
        plan = await beheerder.slash("programma bijwerken")
    async with careful_town(loopback, store, tmp_path) as town:
        await carried_out(await beheerder.press(plan.message, "Uitvoeren"))
        assert threads(town) == 19


async def test_a_plan_expires_after_a_quarter_of_an_hour(careful: Town, members: Enter) -> None:
    """It is shown anew, and the new one works."""
    beheerder = await members("beheerder")
    plan = await beheerder.slash("programma bijwerken")
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=16), tick=True):
        late = await beheerder.press(plan.message, "Uitvoeren")
        await late.until(lambda given: any(each.get("attachments") for each in given.messages))
        assert "kwartier" in said(late)
        assert threads(careful) == 0
        fresh = next(each for each in late.messages if each.get("attachments"))
        await carried_out(await beheerder.press(fresh, "Uitvoeren"))
    assert threads(careful) == 19


async def test_two_admins_confirm_at_once(careful: Town, members: Enter) -> None:
    """One plan is carried out; the other admin reads who is at it. Everything stands once."""
    beheerder, oprichter = await members("beheerder"), await members("oprichter")
    first, second = await beheerder.slash("programma bijwerken"), await oprichter.slash("programma bijwerken")
    given = await asyncio.gather(
        beheerder.press(first.message, "Uitvoeren"), oprichter.press(second.message, "Uitvoeren")
    )
    for answer in given:
        await answer.until(lambda each: "Klaar" in said(each) or "al aan het bijwerken" in said(each))
    await careful.bridge.syncing.idle()
    told = [said(each) for each in given]
    assert sum("al aan het bijwerken" in each for each in told) == 1
    assert threads(careful) == 19
    late = await oprichter.slash("programma bijwerken")
    assert "niets te doen" in late.text


def said(answer: Answer) -> str:
    return " ".join(text_of(each) for each in answer.messages)


async def test_a_double_click_carries_out_once(careful: Town, members: Enter) -> None:
    beheerder = await members("beheerder")
    plan = await beheerder.slash("programma bijwerken")
    given = await asyncio.gather(*(beheerder.press(plan.message, "Uitvoeren") for _ in range(2)))
    for answer in given:
        await answer.until(lambda each: "Klaar" in said(each) or "Je hebt dit al gestart" in said(each))
    assert any("Je hebt dit al gestart" in said(answer) for answer in given), "told as one's own, not as another's"
    await careful.bridge.syncing.idle()
    posts = [(thread["parent_id"], thread["name"]) for thread in careful.view()["threads"]]
    assert len(posts) == len(set(posts)) == 19


async def test_a_second_confirmation_of_a_plan_that_was_done_does_nothing(careful: Town, members: Enter) -> None:
    """Two admins, one after the other: the second reads that it changed, and that there is nothing left."""
    beheerder, oprichter = await members("beheerder"), await members("oprichter")
    first, second = await beheerder.slash("programma bijwerken"), await oprichter.slash("programma bijwerken")
    await carried_out(await beheerder.press(first.message, "Uitvoeren"))
    before = careful.calls()
    late = await oprichter.press(second.message, "Uitvoeren")
    await late.until(lambda given: "niets te doen" in said(given))
    assert "intussen iets veranderd" in said(late)
    writes = [call["path"] for call in careful.view()["calls"] if call["method"] != "GET"][before:]
    assert [path for path in writes if not path.startswith(("/interactions", "/webhooks"))] == []


async def test_the_file_tells_the_words_of_an_edit(careful: Town, members: Enter, tmp_path: Path) -> None:
    """What stood is known from what was applied; the diff shows it without colour."""
    beheerder = await members("beheerder")
    await carried_out(await beheerder.press((await beheerder.slash("programma bijwerken")).message, "Uitvoeren"))
    assert await edit(careful, tmp_path, *EDIT) == ["edited"]
    plan = await beheerder.slash("programma bijwerken")
    assert "4.2" in plan.text
    url = plan.message["attachments"][0]["url"]
    async with aiohttp.ClientSession() as web, web.get(url) as got:
        written = await got.text()
    assert "~~beide kanten~~**één kant**" in written


async def test_what_people_changed_is_left_or_restored_as_the_admin_chooses(careful: Town, members: Enter) -> None:
    beheerder, oprichter = await members("beheerder"), await members("oprichter")
    await carried_out(await beheerder.press((await beheerder.slash("programma bijwerken")).message, "Uitvoeren"))
    post = careful.post("4.2")
    await oprichter.request("PATCH", f"/channels/{post}", {"name": "Onze fietspaden"})
    plan = await beheerder.slash("programma bijwerken")
    assert "heet nu “Onze fietspaden” → blijft zo" in plan.text
    assert buttons(plan) == ["Uitvoeren en herstellen", "Annuleren"]
    await carried_out(await beheerder.press(plan.message, "Uitvoeren en herstellen"))
    assert careful.post("4.2") == post


async def test_what_a_moderator_deleted_for_good_is_named_by_status_and_plan(careful: Town, members: Enter) -> None:
    """What stood above others is not made again below them, so an admin is told that it is not there."""
    beheerder, oprichter = await members("beheerder"), await members("oprichter")
    await carried_out(await beheerder.press((await beheerder.slash("programma bijwerken")).message, "Uitvoeren"))
    post = careful.post("2.1")
    _, second, *_ = careful.view()["messages"][post]
    await oprichter.request("DELETE", f"/channels/{post}/messages/{second['id']}")
    async with asyncio.timeout(10):
        while "verwijderd en kan niet terug" not in (await beheerder.slash("programma status")).text:
            pass  # the bot hears of it from Discord
    plan = await beheerder.slash("programma bijwerken")
    assert "Verwijderd op Discord, en niet terug te zetten op zijn plaats" in plan.text
