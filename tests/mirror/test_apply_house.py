"""A section whose chapter changes gets a post there; the old one keeps members' talk and leads to the new one."""

import json
import re

import pytest
from discord.http import HTTPClient

from bot.domain.ids import Snowflake
from bot.mirror.plan import CARDS, Scope
from bot.sandbox import Loopback
from bot.services.ports import Unit
from db.database import Database
from tests.mirror.hidden import TOPIC, found_in, in_step, set_gone, the_secret, topic, with_secret
from tests.mirror.killing import cut_off
from tests.mirror.passes import NL, SETTINGS, Mirror, shown_in, writing
from tests.mirror.programmes import add_amendment, post, section_of
from tests.sandbox.member import Enter

OLD, NEW = f"section:{TOPIC}", f"chapter:2/section:{TOPIC}"


@pytest.fixture
async def mirror(
    loopback: Loopback, database: Database, http: HTTPClient, guild_id: Snowflake, bot_id: Snowflake
) -> Mirror:
    return await with_secret(loopback, database, http, guild_id, bot_id)


async def move(mirror: Mirror, chapter: int) -> None:
    """Store that the forum shows the topic in a chapter, counted from 1."""

    def work(unit: Unit) -> None:
        home = unit.programmes.chapters(mirror.programme_id)[chapter - 1].chapter_id
        section = the_secret(unit, mirror.programme_id)
        unit.programmes.update_section(section.section_id, home, topic(forum=chapter))

    await mirror.store.transact(work)


def words_in(mirror: Mirror, place: Snowflake) -> str:
    return "\n".join(shown_in(mirror.dump(), str(place)))


async def test_a_section_that_moves_gets_a_post_with_text_cards_and_summary(mirror: Mirror, members: Enter) -> None:
    before = await mirror.ids()
    lid = await members("lid")
    old = words_in(mirror, before[OLD])
    said = await lid.send(str(before[OLD]), "Mijn eigen gedachte.")
    await move(mirror, 2)
    state = await in_step(mirror)
    ids = await mirror.ids()
    channels = {each["id"]: each["parent_id"] for each in mirror.dump()["threads"]}
    assert channels[str(ids[NEW])] == str(ids["chapter:2"])
    new = words_in(mirror, ids[NEW])
    assert all(word in new for word in ("Waterlinie", "Fluisterwoord", "1.3-A1", "Barend Kwijt"))
    assert re.sub(r"/\d+", "", new) == re.sub(r"/\d+", "", old)
    assert mirror.dump()["pins"][str(ids[NEW])] == [str(ids[f"{NEW}/summary:{TOPIC}"])]
    name, _, archived = state["threads"][str(ids[OLD])]
    assert (name, archived) == ("1.3 Verplaatst", True)
    left = words_in(mirror, ids[OLD])
    assert not any(word in left for word in ("Waterlinie", "Fluisterwoord", "Barend"))
    thread = next(each for each in mirror.dump()["threads"] if each["id"] == str(ids[OLD]))
    assert not thread["thread_metadata"]["locked"]
    assert (said["id"], said["content"]) in [(each[0], each[1]) for each in state["messages"][str(ids[OLD])]]


async def test_what_was_left_and_what_lists_it_lead_to_the_new_post(mirror: Mirror) -> None:
    await move(mirror, 2)
    state = await in_step(mirror)
    ids = await mirror.ids()
    url = f"https://discord.com/channels/{mirror.guild_id}/{ids[NEW]}"
    left = json.dumps(state["messages"][str(ids[OLD])])
    assert left.count(f"{url}>") == len(state["messages"][str(ids[OLD])])
    assert url in words_in(mirror, ids["overview"])
    card = next(text for text in shown_in(mirror.dump(), str(ids[NEW])) if "1.3-A1" in text)
    assert "Meer wijkagenten" in card
    stand = await mirror.stand()
    address = stand.places().link(next(key for key in ids if key.startswith("amendment:")))
    section = next(each for _, each in stand.programme.sections() if each.post_id == TOPIC)
    mine = stand.places().link(f"amendment:{section.amendments[0].amendment_id}")
    assert address
    assert mine
    assert mine.startswith(url)


async def test_a_section_that_comes_back_is_in_its_first_post_again(mirror: Mirror, members: Enter) -> None:
    before = (await in_step(mirror))["threads"]
    ids = await mirror.ids()
    text = words_in(mirror, ids[OLD])
    await move(mirror, 2)
    await in_step(mirror)
    lid = await members("lid")
    await lid.send(str((await mirror.ids())[NEW]), "In het nieuwe hoofdstuk gezegd.")
    await move(mirror, 1)
    back = await in_step(mirror)
    assert words_in(mirror, ids[OLD]) == text
    assert back["threads"][str(ids[OLD])] == before[str(ids[OLD])]
    new = (await mirror.ids())[NEW]
    assert back["threads"][str(new)][2]
    assert "In het nieuwe hoofdstuk gezegd." in [each[1] for each in back["messages"][str(new)]]
    await move(mirror, 2)
    await in_step(mirror)
    assert (await mirror.ids())[NEW] == new, "and there again it has the post it had there"


async def test_an_amendment_and_an_edit_after_the_move_go_to_the_new_post(mirror: Mirror) -> None:
    await move(mirror, 2)
    await in_step(mirror)
    ids = await mirror.ids()
    await mirror.store.transact(
        lambda unit: add_amendment(unit, section_of(unit, mirror.programme_id, "1.3").section_id)
    )
    calls = writing(await mirror.calls_of())
    assert [method for method, path in calls if str(ids[NEW]) in path] == ["POST", "PATCH"]
    assert not [path for _, path in calls if str(ids[OLD]) in path]


async def test_until_text_may_follow_cards_stay_alive_where_they_are(mirror: Mirror) -> None:
    await move(mirror, 2)
    await mirror.store.transact(
        lambda unit: add_amendment(unit, section_of(unit, mirror.programme_id, "1.3").section_id)
    )
    stand = await mirror.stand()
    observed = await mirror.guild().observe(stand.known)
    plan = stand.plan(observed, SETTINGS, NL, Scope(CARDS))
    assert [change.resource.parent for change in plan.changes][:2] == [OLD, OLD]
    assert not (await mirror.guild().apply(mirror.programme_id, plan, observed)).failures
    await in_step(mirror)
    assert "1.3-A2" in words_in(mirror, (await mirror.ids())[NEW])


async def test_a_moved_section_that_is_gone_leaves_no_word_in_either_post(mirror: Mirror) -> None:
    await move(mirror, 2)
    await in_step(mirror)
    await set_gone(mirror)
    assert found_in(await in_step(mirror)) == []


async def test_a_reply_that_moves_along_or_stays_is_shown_once(mirror: Mirror) -> None:
    """The section goes to another chapter while one of its replies goes to another section."""

    def work(unit: Unit) -> None:
        reply = the_secret(unit, mirror.programme_id).contributions[0]
        home = section_of(unit, mirror.programme_id, "1.1").section_id
        unit.programmes.save_contribution(home, post(reply.post_id, reply.blocks, reply.author or ""), None)

    await mirror.store.transact(work)
    await move(mirror, 2)
    state = json.dumps((await in_step(mirror))["messages"], ensure_ascii=False)
    assert state.count("**Barend Kwijt** ·") == 1
    assert state.count("**Sjoerdje Stil** ·") == 1


async def test_killed_at_every_fourth_write_a_move_ends_in_one_post_there(mirror: Mirror) -> None:
    write, killed = 0, True
    sizes: set[tuple[int, ...]] = set()
    while killed:
        write += 4
        await move(mirror, 2)
        killed = await cut_off(mirror, write=write)
        await in_step(mirror)
        ids = await mirror.ids()
        guild = mirror.dump()
        sizes.add(tuple(len(guild["messages"][str(ids[key])]) for key in (OLD, NEW)))
        assert len(guild["threads"]) == 6
        await mirror.http.delete_channel(ids[NEW])
        await move(mirror, 1)
        await in_step(mirror)
    assert write > 10
    assert len(sizes) == 1
