"""Bringing the guild in step as an admin does it, and what the bot does by itself when the world moves."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.bridge import Bridge
from bot.config import MirrorSettings
from bot.domain.ids import Snowflake
from bot.forum.sources import read_source
from bot.sandbox import Loopback
from bot.services.importing import Importing
from bot.serving import connected
from bot.wiring import now
from db.database import Database
from tests.e2e.conftest import SAMPLE, TEXTS, Town, sections_in, settings_for
from tests.sandbox.member import Enter
from tests.sandbox.parts import text_of

EDIT = ("aan beide kanten een vrij fietspad", "aan één kant een vrij fietspad")


@pytest.fixture
async def careful(loopback: Loopback, store: Database, tmp_path: Path) -> AsyncIterator[Town]:
    """The town with the default `mirror.auto`: nothing is made before a person says so."""
    settings = settings_for(loopback, tmp_path / "town.db", mirror=MirrorSettings())
    guild_id = Snowflake(settings.discord.guild_id or 0)
    bridge = Bridge(settings, store, TEXTS, guild_id, ready_timeout=0.05, at_most=1000)
    async with connected(bridge, settings, settings.token() or ""):
        await bridge.started.wait()
        await bridge.syncing.idle()
        yield Town(loopback, store, bridge)


async def edited(town: Town, folder: Path, old: str, new: str, page: str = "topic-164.html") -> None:
    """Take in the sample with one piece of one page changed, as after an edit on the forum."""
    text = (SAMPLE / page).read_text("utf-8")
    assert text.count(old) == 1
    (folder / page).write_text(text.replace(old, new), "utf-8")
    report = await Importing(town.store, now, language="nl", screening=False).take_in(read_source(folder / page))
    assert [change.action for change in report.changes] == ["edited"]
    await town.bridge.follow()
    await town.bridge.syncing.idle()


async def test_the_first_sync_waits_for_a_person(careful: Town, members: Enter) -> None:
    """Nothing is made until beheer carries out the plan; then everything is, and the next plan is empty."""
    assert careful.view()["threads"] == []
    beheerder = await members("beheerder")
    assert "wacht op beheer" in (await beheerder.slash("programma status")).text
    plan = await beheerder.slash("programma bijwerken")
    assert plan.message["attachments"][0]["filename"] == "plan.md"
    done = await beheerder.press(plan.message, "Uitvoeren")
    await done.until(lambda given: bool(given.messages) and "Klaar" in given.text)
    assert len(sections_in(careful.view())) == 14
    assert "niets te doen" in (await beheerder.slash("programma bijwerken")).text
    assert "loopt gelijk" in (await beheerder.slash("programma status")).text


async def test_a_plan_can_be_cancelled(careful: Town, members: Enter) -> None:
    """Nothing changes."""
    beheerder = await members("beheerder")
    plan = await beheerder.slash("programma bijwerken")
    assert "niets veranderd" in (await beheerder.press(plan.message, "Annuleren")).text
    assert careful.view()["threads"] == []


async def test_a_plan_that_no_longer_fits_is_shown_anew(careful: Town, members: Enter, tmp_path: Path) -> None:
    """The button carries the plan's digest; what changed meanwhile is not carried out unseen."""
    beheerder = await members("beheerder")
    plan = await beheerder.slash("programma bijwerken")
    await edited(careful, tmp_path, *EDIT)
    again = await beheerder.press(plan.message, "Uitvoeren")
    await again.until(lambda given: any("intussen iets veranderd" in text_of(message) for message in given.messages))
    await again.until(lambda given: any(message.get("attachments") for message in given.messages))
    assert careful.view()["threads"] == []


async def test_a_second_sync_writes_nothing(town: Town) -> None:
    """An unchanged world costs reads only."""
    before = town.calls()
    await town.bridge.follow()
    await town.bridge.syncing.idle()
    assert town.calls() == before


async def test_one_edited_bullet_edits_one_message(town: Town, tmp_path: Path) -> None:
    """The message that holds the bullet, and nothing else."""
    before = town.calls()
    await edited(town, tmp_path, *EDIT)
    writes = [call for call in town.view()["calls"] if call["method"] != "GET"][before:]
    assert [call["method"] for call in writes] == ["PATCH"]
    assert any(EDIT[1] in words for words in town.texts(town.post("4.2")))


async def test_a_deleted_card_comes_back(town: Town, members: Enter) -> None:
    """What a moderator removes from the mirror is made again, once."""
    post = town.post("4.2")
    card = town.message(post, "Ik steun dit")
    oprichter = await members("oprichter")
    await oprichter.request("DELETE", f"/channels/{post}/messages/{card['id']}")
    await town.loopback.wait_for(lambda _: any("Ik steun dit" in words for words in town.texts(post)))
    await town.bridge.syncing.idle()
    assert sum("Ik steun dit" in words for words in town.texts(post)) == 1


async def test_a_dropped_gateway_loses_nothing(town: Town, members: Enter) -> None:
    """The bot resumes, and an interaction after it is answered."""
    bot_id = str(town.bridge.client.user.id) if town.bridge.client.user else ""
    town.loopback.faults.drop_gateway(bot_id)
    await town.loopback.wait_for(lambda _: town.loopback.connected(bot_id))
    lid = await members("lid")
    assert "4.2-A1" in (await lid.slash("amendement tonen", {"verwijzing": "4.2-A1"})).text


async def test_the_log_channel_is_seen_by_beheer_only(town: Town, members: Enter) -> None:
    """Members do not see where the bot reports."""
    log = next(channel["id"] for channel in town.view()["channels"] if "logboek" in channel["name"])
    lid, beheerder = await members("lid"), await members("beheerder")
    await beheerder.messages(log)
    with pytest.raises(Exception, match=r"5000[01]|403"):
        await lid.messages(log)


async def test_members_may_write_in_posts_but_not_start_them(town: Town, members: Enter) -> None:
    """Chapters are mirrored: their posts are the forum's, the talk in them is the members'."""
    lid = await members("lid")
    await lid.send(town.post("4.2"), "Goed plan!")
    forum = next(channel["id"] for channel in town.view()["channels"] if channel["type"] == 15)
    with pytest.raises(Exception, match=r"50013|403"):
        await lid.request("POST", f"/channels/{forum}/threads", {"name": "Van mij", "message": {"content": "hoi"}})


async def test_an_admin_sets_the_order_that_the_contents_of_a_chapter_show(town: Town, members: Enter) -> None:
    """The pinned post of the chapter lists the sections anew; nothing else is edited but the overview."""
    beheerder = await members("beheerder")
    lid = await members("lid")
    contents = next(
        each["id"]
        for each in town.view()["threads"]
        if each["flags"] & 2 and "4.2 Veilig" in "".join(town.texts(each["id"]))
    )
    before = sum(call["method"] == "PATCH" for call in town.view()["calls"])
    assert "beheer" in (await lid.slash("programma volgorde", {"hoofdstuk": "4", "paragrafen": "4.2"})).text
    shown = await beheerder.slash("programma volgorde", {"hoofdstuk": "4", "paragrafen": "4.2"})
    assert shown.text.split("\n")[1].startswith("- 4.2 Veilig")
    await town.bridge.syncing.idle()
    text = "".join(town.texts(contents))
    assert text.index("4.2 ") < text.index("4.1 ")
    edits = [call for call in town.view()["calls"] if call["method"] == "PATCH" and "/webhooks/" not in call["path"]]
    assert edits[-2]["path"] == f"/channels/{contents}/messages/{contents}"
    assert len(edits) == before + 2
