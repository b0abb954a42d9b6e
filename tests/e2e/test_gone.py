"""What leaves the forum leaves Discord, with the whole bot and members in the town; members' own words stay."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from bot.domain.ids import PostId, ProgrammeId
from bot.domain.programme import Contribution, Section
from bot.forum.sources import read_source
from bot.locales import load_all
from bot.mirror.report import plan_file
from bot.services.importing import Importing
from bot.services.ports import Unit
from bot.terminal import Terminal
from bot.wiring import now
from db.database import Database
from tests.e2e.conftest import SAMPLE, Town
from tests.e2e.test_kinds import choose, filed
from tests.sandbox.member import Enter, Member

FIRST = ProgrammeId(1)
AT = "2026-12-01T08:00:00+00:00"
PAGE = "topic-171.html"
NAMES = {"Marit Oeverling": "Ymke Geheimhouder", "Wouter ’t Zilt": "Klaasje Verdwenen"}
TITLE = "Bus, veerpont en deelauto"


@pytest.fixture
async def store(tmp_path: Path) -> Any:
    """A database with the sample programme, in which one section has an author and a reply of its own."""
    folder = shutil.copytree(SAMPLE, tmp_path / "sample")
    page = (folder / PAGE).read_text("utf-8")
    for old, new in NAMES.items():
        assert old in page
        page = page.replace(old, new)
    (folder / PAGE).write_text(page, "utf-8")
    async with await Database.open(tmp_path / "town.db") as database:
        await Importing(database, now, language="nl", screening=False).take_in(read_source(folder))
        yield database


def the_section(unit: Unit) -> Section:
    section = unit.programmes.section(unit.absences.posts(FIRST).sections[PostId(171)].section_id)
    assert section
    return section


async def of_section(town: Town) -> tuple[Section, Contribution]:
    section = await town.store.read(the_section)
    return section, section.contributions[0]


def secrets_of(section: Section) -> list[str]:
    """Return whatever tells of a section: title, texts, authors, addresses. Short headings stand in others too."""
    texts = [stored.block.text for stored in section.blocks if len(stored.block.text) > 20]
    said = [block.text for reply in section.contributions for block in reply.blocks]
    links = [section.url or "", *(reply.url or "" for reply in section.contributions)]
    assert len(texts) > 3
    return [TITLE, "bus-veerpont", *NAMES.values(), *texts, *said, *links]


def found(secrets: list[str], where: object) -> list[str]:
    """Return what is found of the secrets in anything, as Discord's markdown or plain."""
    text = json.dumps(where, ensure_ascii=False).replace("\\\\", "").replace("*", "")
    return [secret for secret in secrets if secret and secret in text]


def guild(town: Town) -> dict[str, Any]:
    """Return the guild without the calls that were made to it, and without moments."""
    view = town.view()
    return {name: view[name] for name in ("guild", "channels", "threads", "messages", "pins")}


async def leave(town: Town) -> None:
    await town.store.transact(lambda unit: unit.absences.set_gone(sections=[the_section(unit).section_id], at=AT))


async def come_back(town: Town) -> None:
    await town.store.transact(lambda unit: unit.absences.set_back(sections=[the_section(unit).section_id]))


async def follow(town: Town) -> None:
    """Let the bot follow the database, and see that it has nothing left to do."""
    await town.bridge.follow()
    await town.bridge.syncing.idle()
    assert await town.bridge.failure() is None
    before = town.calls()
    await town.bridge.follow()
    await town.bridge.syncing.idle()
    assert town.calls() == before


async def proposed(town: Town, member: Member) -> None:
    """File a proposal on the section as a whole."""
    answer = await member.slash("amendement indienen", channel=town.post(TITLE))
    answer = await choose(member, answer, "kind", "general")
    card = await filed(
        member, town, answer, {"text": "Schrijf korter.", "explanation": "Leest fijner.", "title": "Kort"}
    )
    assert "4.3-A1" in card


def thread(town: Town, post_id: str) -> dict[str, Any]:
    return next(each for each in town.view()["threads"] if each["id"] == post_id)


async def test_a_gone_section_leaves_no_trace_but_what_members_said_and_proposed(town: Town, members: Enter) -> None:
    """Its post loses name, text, author and link and is closed; cards, summary and talk stay; back it is as it was."""
    lid = await members("lid")
    post_id = town.post(TITLE)
    await proposed(town, lid)
    said = await lid.send(post_id, "Ik neem altijd de veerboot.")
    section, _ = await of_section(town)
    secrets = secrets_of(section)
    before = guild(town)
    assert set(found([TITLE, *NAMES.values()], before)) == {TITLE, *NAMES.values()}

    await leave(town)
    preview = await town.bridge.syncing.preview(FIRST)
    assert found(secrets, [preview.to_json(), plan_file(preview, load_all()["nl"])]) == []
    await follow(town)
    after = guild(town)
    assert found(secrets, after) == []
    assert (thread(town, post_id)["name"], thread(town, post_id)["thread_metadata"]["archived"]) == (
        "4.3 Niet meer op het forum",
        True,
    )
    assert not thread(town, post_id)["thread_metadata"]["locked"]
    assert [each["id"] for each in after["messages"][post_id]] == [each["id"] for each in before["messages"][post_id]]
    assert any("Ik neem altijd de veerboot." in words for words in town.texts(post_id))
    assert said["id"] in {each["id"] for each in after["messages"][post_id]}
    assert any(words.startswith("### 4.3-A1") for words in town.texts(post_id))
    assert any("Voorstellen bij 4.3 niet meer op het forum" in words for words in town.texts(post_id))
    overview = next(each["id"] for each in after["channels"] if each["name"] == "overzicht")
    assert any("[4.3 niet meer op het forum](" in words for words in town.texts(overview))

    await come_back(town)
    await follow(town)
    assert _timeless(guild(town)) == _timeless(before)


def _timeless(view: dict[str, Any]) -> Any:
    """Return a guild without the moments at which something was edited, closed or opened."""
    messages = {
        place: [{**each, "edited_timestamp": None} for each in inside] for place, inside in view["messages"].items()
    }
    threads = [
        {**each, "thread_metadata": {**each["thread_metadata"], "archive_timestamp": None}} for each in view["threads"]
    ]
    return {**view, "messages": messages, "threads": threads}


async def test_support_for_what_is_gone_counts_and_leaves_its_post_closed(town: Town, members: Enter) -> None:
    """The card is edited, and the post is as it was found: closed, or awake where a member woke it."""
    lid, lid2 = await members("lid"), await members("lid2")
    post_id = town.post(TITLE)
    await proposed(town, lid)
    await leave(town)
    await follow(town)
    for member, archived, words in ((lid2, True, "1 lid steunt dit"), (lid, False, "2 leden steunen dit")):
        if not archived:
            await member.send(post_id, "Nog één ding.")
        pressed = await member.press(town.message(post_id, "### 4.3-A1"), "Ik steun dit")
        assert "steun" in pressed.text
        await town.loopback.wait_for(lambda _, words=words: any(words in said for said in town.texts(post_id)))
        await follow(town)
        assert thread(town, post_id)["thread_metadata"]["archived"] is archived


async def test_a_gone_reply_is_a_sentence_in_its_place(town: Town) -> None:
    post_id = town.post(TITLE)
    section, reply = await of_section(town)
    before = guild(town)
    await town.store.transact(
        lambda unit: unit.absences.set_gone(contributions=[reply.contribution_id], at=AT),
    )
    await follow(town)
    assert found(["Klaasje Verdwenen", *(block.text for block in reply.blocks), reply.url or ""], guild(town)) == []
    assert "Deze reactie staat niet meer op het forum." in town.texts(post_id)
    assert thread(town, post_id)["name"] == f"{section.code} {TITLE}"
    assert not thread(town, post_id)["thread_metadata"]["archived"]
    await town.store.transact(lambda unit: unit.absences.set_back(contributions=[reply.contribution_id]))
    await follow(town)
    assert _timeless(guild(town)) == _timeless(before)


async def test_a_gone_chapter_is_known_by_its_code(town: Town) -> None:
    before = guild(town)
    forum = next(each for each in before["channels"] if each["name"].startswith("4-"))

    def work(unit: Unit) -> None:
        chapter_id = the_section(unit).chapter_id
        unit.absences.set_gone(chapters=[chapter_id], at=AT)

    await town.store.transact(work)
    await follow(town)
    after = guild(town)
    gone = next(each for each in after["channels"] if each["id"] == forum["id"])
    assert gone["name"] == "4-niet-meer-op-het-forum"
    assert gone["topic"].startswith("Dit hoofdstuk staat niet meer op het forum.")
    assert found(["Groen, water en vervoer", TITLE, "Veilig op de fiets", forum["name"]], after) == []
    assert len(after["messages"]) == len(before["messages"])


async def test_what_is_erased_stays_as_quiet_as_it_was(town: Town, members: Enter) -> None:
    await proposed(town, await members("lid"))
    await leave(town)
    await follow(town)
    before = town.calls()
    await town.store.transact(lambda unit: unit.absences.erase("2027-01-01T00:00:00+00:00", AT))
    section, _ = await of_section(town)
    assert (section.title, section.author) == ("", None)
    await follow(town)
    assert town.calls() == before


async def test_the_tree_in_a_terminal_shows_what_stands(
    town: Town, members: Enter, capsys: pytest.CaptureFixture[str]
) -> None:
    """And, by its code, what was proposed about a section that is none any more."""
    await proposed(town, await members("lid"))
    await leave(town)
    programme = await town.store.read(lambda unit: unit.programmes.load(FIRST))
    capsys.readouterr()
    Terminal(load_all()["nl"]).programme(programme)
    shown = capsys.readouterr().out
    assert "4.2 Veilig op de fiets" in shown
    assert "4.3 niet meer op het forum" in shown
    assert "4.3-A1" in shown
    assert TITLE not in shown
