"""Replies of the forum in their section's post: with author and date, followed when edited, gone in their place."""

import pytest
from discord.http import HTTPClient

from bot.domain.ids import Snowflake
from bot.domain.text import paragraph
from bot.sandbox import Loopback
from bot.services.ports import Unit
from db.database import Database
from tests.mirror.passes import Mirror, shown_in, writing
from tests.mirror.programmes import AT, make_programme, post, section_of

REPLY = "reply:112"


@pytest.fixture
async def mirror(
    loopback: Loopback, database: Database, http: HTTPClient, guild_id: Snowflake, bot_id: Snowflake
) -> Mirror:
    programme_id = await database.transact(lambda unit: make_programme(unit, guild_id, chapters=1, sections=1))
    made = Mirror(loopback, database, http, guild_id, bot_id, programme_id)
    assert not (await made.sync()).failures
    return made


async def words(mirror: Mirror) -> list[str]:
    return shown_in(mirror.dump(), str((await mirror.ids())["section:110"]))


async def edit(mirror: Mirror, text: str) -> None:
    def work(unit: Unit) -> None:
        section = section_of(unit, mirror.programme_id, "1.1")
        unit.programmes.save_contribution(section.section_id, post(112, (paragraph(text),), "Tineke"), None)

    await mirror.store.transact(work)


async def test_a_reply_stands_in_its_sections_post_with_author_and_date(mirror: Mirror) -> None:
    (found,) = [each for each in await words(mirror) if each.startswith("**Tineke**")]
    assert "9 november 2021, 14:07" in found
    assert "Ik vind" in found


async def test_an_edit_of_a_reply_is_one_edit_of_its_message(mirror: Mirror) -> None:
    before = await words(mirror)
    at = next(number for number, each in enumerate(before) if each.startswith("**Tineke**"))
    await edit(mirror, "Bij nader inzien: *liever niet*.")
    message = (await mirror.ids())[REPLY]
    place = (await mirror.ids())["section:110"]
    assert writing(await mirror.calls_of()) == [("PATCH", f"/channels/{place}/messages/{message}")]
    after = await words(mirror)
    assert "Bij nader inzien" in after[at]
    assert "9 november 2021, 14:07" in after[at]
    assert [each for number, each in enumerate(after) if number != at] == [
        each for number, each in enumerate(before) if number != at
    ]


async def test_a_reply_that_is_gone_says_so_where_it_stood(mirror: Mirror) -> None:
    before = await words(mirror)
    at = next(number for number, each in enumerate(before) if each.startswith("**Tineke**"))

    def work(unit: Unit) -> None:
        section = section_of(unit, mirror.programme_id, "1.1")
        reply = next(each for each in section.contributions if each.author == "Tineke")
        unit.absences.set_gone(contributions=[reply.contribution_id], at=AT)

    await mirror.store.transact(work)
    assert not (await mirror.sync()).failures
    after = await words(mirror)
    assert after[at] == "Deze reactie staat niet meer op het forum."
    assert len(after) == len(before)
