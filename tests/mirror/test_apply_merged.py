"""The guild follows what merged and moved on the forum, in one pass, and forgets no message that it leaves behind."""

import json

import pytest
from discord.http import HTTPClient

from bot.domain.ids import ForumId, PostId, ProgrammeId, Snowflake
from bot.domain.reading import TopicReading
from bot.domain.text import Block, paragraph
from bot.sandbox import Loopback
from bot.services.ports import Unit
from db.database import Database
from tests.mirror.hidden import (
    ANSWERS,
    SECRETS,
    TEXT,
    TOPIC,
    found_in,
    in_step,
    with_secret,
)
from tests.mirror.passes import Mirror
from tests.mirror.programmes import (
    AT,
    long_text,
    post,
    section_of,
    store_section,
)


@pytest.fixture
async def mirror(
    loopback: Loopback, database: Database, http: HTTPClient, guild_id: Snowflake, bot_id: Snowflake
) -> Mirror:
    return await with_secret(loopback, database, http, guild_id, bot_id)


def merge(unit: Unit, programme_id: ProgrammeId) -> None:
    """Store what the forum shows after the topic became a reply, with its replies, in the other chapter's topic."""
    home = section_of(unit, programme_id, "2.1").section_id
    words: tuple[Block, ...] = (paragraph("Fluisterwoord."),)
    unit.programmes.save_contribution(home, post(300, TEXT, "Ymke Dijkgraaf"), None)
    unit.programmes.save_contribution(home, post(301, words, "Barend Kwijt"), TOPIC)
    unit.programmes.save_contribution(home, post(302, words, "Sjoerdje Stil"), PostId(301))


async def test_a_merged_section_leads_to_where_its_words_are_and_each_stands_once(mirror: Mirror) -> None:
    ids = await mirror.ids()
    old, new = str(ids["section:300"]), str(ids["section:120"])
    await mirror.store.transact(lambda unit: merge(unit, mirror.programme_id))
    merged = await in_step(mirror)
    assert merged["threads"][old][0] == "1.3 Samengevoegd"
    assert not merged["threads"][old][2], "a proposal is open, which members must be able to support"
    address = f"https://discord.com/channels/{mirror.guild_id}/{new}"
    before, after = json.dumps(merged["messages"][old]), json.dumps(merged["messages"][new])
    assert before.count(address) >= 4
    assert not [word for word in SECRETS if word in before]
    assert [after.count(f"**{name}**") for name in ("Ymke Dijkgraaf", "Barend Kwijt", "Sjoerdje Stil")] == [1, 1, 1]


async def test_words_that_were_merged_and_then_go_are_nowhere_in_the_guild(mirror: Mirror) -> None:
    await mirror.store.transact(lambda unit: merge(unit, mirror.programme_id))
    await in_step(mirror)

    def work(unit: Unit) -> None:
        replies = section_of(unit, mirror.programme_id, "2.1").contributions
        theirs = [reply.contribution_id for reply in replies if reply.post_id in (TOPIC, *ANSWERS)]
        unit.absences.set_gone(contributions=theirs, at=AT)

    await mirror.store.transact(work)
    assert found_in(await in_step(mirror)) == []


async def test_a_merge_into_what_was_not_there_yet_links_to_it_at_once(mirror: Mirror) -> None:
    """Both are made in one pass, in two channels: the link waits for what it leads to."""

    def work(unit: Unit) -> None:
        chapter_id = unit.programmes.chapters(mirror.programme_id)[1].chapter_id
        text = long_text(2)
        reading = TopicReading(post(400, text), "Nieuw", ForumId(2), "Hoofdstuk 2")
        home = unit.programmes.add_section(chapter_id, reading, "2.2")
        store_section(unit, home, text)
        unit.programmes.save_contribution(home, post(300, TEXT, "Ymke Dijkgraaf"), None)

    await mirror.store.transact(work)
    merged = await in_step(mirror)
    ids = await mirror.ids()
    assert f"/{ids['section:400']}>)" in json.dumps(merged["messages"][str(ids["section:300"])])
