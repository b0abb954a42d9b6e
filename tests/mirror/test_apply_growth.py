"""A text that grows and shrinks stays readable in order; a post that Discord archived is left as it was found."""

import re
from typing import Any

import pytest
from discord.http import HTTPClient

from bot.domain.ids import ForumId, Snowflake
from bot.domain.reading import TopicReading
from bot.domain.text import Block, paragraph
from bot.sandbox import Loopback
from bot.services.ports import Unit
from db.database import Database
from tests.mirror.hidden import in_step
from tests.mirror.killing import cut_off
from tests.mirror.passes import Mirror, shown_in, writing
from tests.mirror.programmes import WORDS, add_amendment, bullet, make_programme, post, section_of, store_section
from tests.sandbox.member import Enter

SHORT = (paragraph("Kort."), bullet("Eén."), bullet("Twee."))
LONG = (*SHORT, *(paragraph(f"Deel {number}. " + WORDS * 25) for number in range(1, 6)))


@pytest.fixture
async def mirror(
    loopback: Loopback, database: Database, http: HTTPClient, guild_id: Snowflake, bot_id: Snowflake
) -> Mirror:
    programme_id = await database.transact(lambda unit: make_programme(unit, guild_id, chapters=1))
    made = Mirror(loopback, database, http, guild_id, bot_id, programme_id)
    assert not (await made.sync()).failures
    return made


async def write(mirror: Mirror, text: tuple[Block, ...]) -> None:
    def work(unit: Unit) -> None:
        store_section(unit, section_of(unit, mirror.programme_id, "1.2").section_id, text)

    await mirror.store.transact(work)


async def read_on(mirror: Mirror) -> list[str]:
    """Read the section as a member does: message after message where the text leads, from the first."""
    first = str((await mirror.ids())["section:120"])
    guild = mirror.dump()
    ids = (each["id"] for each in guild["messages"][first])
    by_id = dict(zip(ids, shown_in(guild, first), strict=True))
    texts = [by_id[first]]
    while found := re.search(r"\[Lees hier verder\]\(<[^>]+/(\d+)>\)", texts[-1]):
        texts.append(by_id[found[1]])
    return texts


async def test_a_section_grows_to_many_messages_that_lead_on_and_shrinks_again(mirror: Mirror, members: Enter) -> None:
    ids = await mirror.ids()
    place = str(ids["section:120"])
    lid = await members("lid")
    said = await lid.send(place, "Ik sta hier tussen.")
    before = shown_in(mirror.dump(), place)
    await write(mirror, LONG)
    await in_step(mirror)
    texts = await read_on(mirror)
    assert len(texts) == 5
    assert [number for number in range(1, 6) if f"Deel {number}." in "".join(texts)] == [1, 2, 3, 4, 5]
    assert "".join(texts).index("Deel 1.") < "".join(texts).index("Deel 5.")
    order: list[Any] = [each["id"] for each in mirror.dump()["messages"][place]]
    assert order.index(said["id"]) == len(before) - 1, "nobody's message was moved or doubled"
    grown = await mirror.ids()
    await write(mirror, SHORT)
    await in_step(mirror)
    assert shown_in(mirror.dump(), place)[: len(before)] == before
    assert len(await read_on(mirror)) == 1
    await write(mirror, LONG)
    await in_step(mirror)
    assert await mirror.ids() == grown, "and grows again into the messages that stand"
    assert len(await read_on(mirror)) == 5


async def test_an_edit_of_a_grown_text_edits_one_message(mirror: Mirror) -> None:
    await write(mirror, LONG)
    await in_step(mirror)
    await write(mirror, (*LONG[:-1], paragraph("Deel 5. Korter.")))
    assert len(writing(await mirror.calls_of())) == 1


async def test_a_text_keeps_room_so_that_a_few_words_more_move_nothing(mirror: Mirror) -> None:
    await write(mirror, LONG)
    await in_step(mirror)
    ids = await mirror.ids()
    grown = [paragraph(block.text + " En nog iets meer." * 20) for block in LONG[len(SHORT) :]]
    await write(mirror, (*SHORT, *grown))
    await in_step(mirror)
    assert await mirror.ids() == ids


async def test_a_text_that_grows_ends_the_same_wherever_the_process_is_cut_off(mirror: Mirror) -> None:
    await write(mirror, LONG)
    times = 0
    while await cut_off(mirror, write=3):
        times += 1
    await in_step(mirror)
    assert times > 2
    assert len(await read_on(mirror)) == 5
    place = str((await mirror.ids())["section:120"])
    assert sum("Deel 3." in text for text in shown_in(mirror.dump(), place)) == 1


async def archived(mirror: Mirror, key: str) -> bool:
    found = str((await mirror.ids())[key])
    return next(each["thread_metadata"]["archived"] for each in mirror.dump()["threads"] if each["id"] == found)


async def test_a_post_that_discord_archived_is_edited_and_left_as_found(mirror: Mirror) -> None:
    ids = await mirror.ids()
    await mirror.http.edit_channel(ids["section:120"], archived=True)
    await mirror.http.edit_channel(ids["contents:1"], archived=True)
    await write(mirror, (paragraph("Kort, maar anders."), *SHORT[1:]))
    calls = [call for call in writing(await mirror.calls_of()) if str(ids["section:120"]) in call[1]]
    assert [method for method, _ in calls] == ["PATCH"] * 3
    assert await archived(mirror, "section:120")
    assert await archived(mirror, "contents:1")
    await in_step(mirror)


async def test_news_in_an_archived_post_wakes_it(mirror: Mirror) -> None:
    await mirror.http.edit_channel((await mirror.ids())["section:120"], archived=True)
    await mirror.store.transact(
        lambda unit: add_amendment(unit, section_of(unit, mirror.programme_id, "1.2").section_id)
    )
    await in_step(mirror)
    assert not await archived(mirror, "section:120")


async def test_an_archived_post_is_left_as_found_wherever_the_process_is_cut_off(mirror: Mirror) -> None:
    ids = await mirror.ids()
    for call in range(1, 6):
        await mirror.http.edit_channel(ids["section:120"], archived=True)
        await write(mirror, (paragraph(f"Kort, maar anders. {call}"), *SHORT[1:]))
        await cut_off(mirror, call=call)
        await in_step(mirror)
        assert await archived(mirror, "section:120")


async def test_a_title_of_three_hundred_characters_is_whole_inside_the_post(mirror: Mirror) -> None:
    title = "Wonen " * 50

    def work(unit: Unit) -> None:
        section = section_of(unit, mirror.programme_id, "1.2")
        reading = TopicReading(post(section.post_id, ()), title, ForumId(1), "Hoofdstuk 1")
        unit.programmes.update_section(section.section_id, section.chapter_id, reading)

    await mirror.store.transact(work)
    await in_step(mirror)
    post_id = str((await mirror.ids())["section:120"])
    assert title.strip() in shown_in(mirror.dump(), post_id)[0]
    assert len(next(each["name"] for each in mirror.dump()["threads"] if each["id"] == post_id)) <= 100
