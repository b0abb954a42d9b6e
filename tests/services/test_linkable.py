"""What the secretary can link is found by what was typed, suggested in order, and shown as it is."""

import pytest

from bot.domain.ids import PostId, Snowflake
from bot.services.linkable import Linkables, LinkedView, ReplyView
from bot.services.source_rows import FlagReason
from db.database import Database
from tests.services.linked import (
    CHANGE,
    FIRST,
    OTHERS,
    REPLY,
    SECRETARY,
    TALK,
    idea,
    leave,
    linking,
    refusal,
    take_in,
    view_of,
)
from tests.services.readings import AT, PROPOSAL, importing, reading, reply, stored, topic


@pytest.mark.parametrize(
    "typed",
    [
        "#12",
        "12",
        " #12 ",
        "https://forum.example.org/forums/topic/veilig/#post-12",
        "https://forum.example.org/forums/topic/veilig/page/2/#post-12",
        "https://forum.example.org/forums/reply/12/",
        "https://forum.example.org/?p=12",
    ],
)
async def test_a_reply_is_found_by_its_number_and_by_its_address(database: Database, typed: str) -> None:
    await take_in(database, reply(11, *PROPOSAL), reply(12, TALK))
    view = await Linkables(database).find(SECRETARY, FIRST, typed)
    assert isinstance(view, ReplyView)
    assert (view.reply.post_id, view.text, view.reading) == (12, TALK, None)


@pytest.mark.parametrize("typed", ["1.1-A1", "1.1 a1", "#11", "11"])
async def test_an_amendment_is_found_by_its_reference_and_by_its_reply(database: Database, typed: str) -> None:
    await take_in(database, reply(11, *PROPOSAL))
    view = await Linkables(database).find(SECRETARY, FIRST, typed)
    assert isinstance(view, LinkedView)
    assert view.amendment.reference == "1.1-A1"


@pytest.mark.parametrize(
    ("typed", "key"), [("#10", "link.is_section"), ("#99", "link.no_reply"), ("wat dan ook", "link.nothing")]
)
async def test_what_is_no_reply_is_said(database: Database, typed: str, key: str) -> None:
    await take_in(database, reply(11, *PROPOSAL))
    assert await refusal(Linkables(database).find(SECRETARY, FIRST, typed)) == key


async def test_a_reply_that_is_gone_is_shown_to_nobody(database: Database) -> None:
    section = await take_in(database, reply(11, *PROPOSAL), reply(12, "Geheim geworden."))
    gone = [each.contribution_id for each in section.contributions]
    await database.transact(lambda unit: unit.absences.set_gone(contributions=gone, at=AT))
    assert await refusal(Linkables(database).find(SECRETARY, FIRST, "#12")) == "link.reply_gone"
    assert (await view_of(database, section.amendments[0])).reply is None
    found = await Linkables(database).suggest(SECRETARY, FIRST, "", 25)
    assert [each.value for each in found] == ["1.1-A1"]


async def test_what_waits_for_a_look_is_suggested_first_then_replies_then_amendments(database: Database) -> None:
    replies = (reply(11, *PROPOSAL), reply(12, *CHANGE), reply(13, TALK), reply(14, "Mooi.", author="Ada Vonk"))
    await take_in(database, *replies)
    await take_in(database, replies[0], reply(12, "Toch niet."), *replies[2:])
    linkables = Linkables(database)
    found = await linkables.suggest(SECRETARY, FIRST, "", 25)
    assert [(each.value, each.flagged) for each in found] == [
        ("1.1-A2", True),
        ("#14", False),
        ("#13", False),
        ("1.1-A1", False),
    ]
    assert found[1].words == "#14 · Ada Vonk · 1.1 · Mooi."
    for typed, values in [("vonk 1.1", ["#14"]), ("#11", ["1.1-A1"]), ("FIETSEN", ["#13"]), ("niets zo", [])]:
        assert [each.value for each in await linkables.suggest(SECRETARY, FIRST, typed, 25)] == values
    assert len(await linkables.suggest(SECRETARY, FIRST, "", 2)) == 2
    assert await linkables.suggest(OTHERS, FIRST, "", 25) == []


async def test_an_amendment_counts_with_its_reply_where_that_moved(database: Database) -> None:
    """It stays about its own section, until that is gone: then the reply is about where it stands."""
    moved = reading(topic(10, "Veilig"), topic(20, "Groen", reply(11, *PROPOSAL)))
    await importing(database).take_in(reading(topic(10, "Veilig", reply(11, *PROPOSAL)), topic(20, "Groen")))
    await importing(database).take_in(moved)
    first, second = [section for _, section in (await stored(database)).sections()]
    found = await Linkables(database).find(SECRETARY, FIRST, "#11")
    assert isinstance(found, LinkedView)
    assert (found.amendment.reference, found.flags) == ("1.1-A1", (FlagReason.MOVED,))
    await linking(database).turn_back(SECRETARY, FIRST, found.amendment.amendment_id, "Verplaatst.", Snowflake(1))
    before = await Linkables(database).find(SECRETARY, FIRST, "#11")
    assert isinstance(before, ReplyView)
    assert before.section.code == "1.1"
    await leave(database, first.section_id)
    after = await Linkables(database).find(SECRETARY, FIRST, "#11")
    assert isinstance(after, ReplyView)
    assert (after.section.code, after.former) == ("1.2", None)
    made = await linking(database).read(SECRETARY, FIRST, REPLY, idea(second), Snowflake(2))
    assert made.reference == "1.2-A1"
    again = await Linkables(database).find(SECRETARY, FIRST, "#11")
    assert isinstance(again, LinkedView)
    assert again.amendment == made


async def test_the_words_of_a_reply_keep_their_lines(database: Database) -> None:
    await take_in(database, reply(12, "Eerst dit.\nEn dan dat.", "Slot."))
    view = await Linkables(database).find(SECRETARY, FIRST, "#12")
    assert isinstance(view, ReplyView)
    assert view.text == "Eerst dit.\nEn dan dat.\nSlot."


async def test_only_the_secretary_looks(database: Database) -> None:
    section = await take_in(database, reply(11, *PROPOSAL), reply(12, TALK))
    linkables = Linkables(database)
    assert await refusal(linkables.find(OTHERS, FIRST, "#12")) == "refused.role"
    assert await refusal(linkables.reply(OTHERS, FIRST, PostId(12))) == "refused.role"
    number = section.amendments[0].amendment_id
    assert await refusal(linkables.amendment(OTHERS, FIRST, number)) == "refused.role"
