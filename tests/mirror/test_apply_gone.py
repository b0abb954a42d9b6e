"""The guild lets go of what is gone from the forum: in place, exactly once, wherever the process is cut off."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from discord.http import HTTPClient

from bot.domain.ids import Snowflake
from bot.sandbox import Loopback
from bot.services.ports import Unit
from db.database import Database
from tests.mirror.hidden import (
    SECRETS,
    found_in,
    in_step,
    set_back,
    set_gone,
    state,
    the_secret,
    with_secret,
)
from tests.mirror.killing import cut_off
from tests.mirror.passes import Mirror, writing
from tests.mirror.programmes import (
    AT,
)
from tests.sandbox.member import Enter


@pytest.fixture
async def mirror(
    loopback: Loopback, database: Database, http: HTTPClient, guild_id: Snowflake, bot_id: Snowflake
) -> Mirror:
    return await with_secret(loopback, database, http, guild_id, bot_id)


async def test_what_is_gone_is_nowhere_in_the_guild_and_comes_back_in_place(mirror: Mirror) -> None:
    before = state(mirror)
    post_id = str((await mirror.ids())["section:300"])
    assert found_in(before) == list(SECRETS)
    await set_gone(mirror)
    gone = await in_step(mirror)
    assert found_in(gone) == []
    name, _, archived = gone["threads"][post_id]
    assert (name, archived) == ("1.3 Niet meer op het forum", True)
    assert [each for each, _, _ in gone["messages"][post_id]] == [each for each, _, _ in before["messages"][post_id]]
    await set_back(mirror)
    assert await in_step(mirror) == before


async def test_it_takes_an_edit_for_each_message_and_one_call_for_name_tags_and_closing(mirror: Mirror) -> None:
    ids = await mirror.ids()
    post_id = ids["section:300"]
    parts = sum(key.startswith("section:300/part:") for key in ids)
    assert parts >= 2
    await set_gone(mirror)
    calls = writing(await mirror.calls_of())
    inside = [path for _, path in calls if path.startswith(f"/channels/{post_id}/messages/")]
    assert len(inside) == len(set(inside)) == 1 + parts + 2 + 1  # starter, parts, replies, summary
    lists = ["contents:1", "overview/part:2"]
    overview = [("PATCH", f"/channels/{ids[key.split('/')[0]]}/messages/{ids[key]}") for key in lists]
    assert calls == [*(("PATCH", path) for path in inside), ("PATCH", f"/channels/{post_id}"), *overview]
    await set_back(mirror)
    calls = writing(await mirror.calls_of())
    assert calls.count(("PATCH", f"/channels/{post_id}")) == 1
    assert len(calls) == len(inside) + 1 + len(lists)


async def test_members_words_and_amendments_stay(mirror: Mirror, members: Enter) -> None:
    ids = await mirror.ids()
    post_id = str(ids["section:300"])
    lid = await members("lid")
    said = await lid.send(post_id, "Dit vind ik er nog van.")
    card = next(key for key in ids if key.startswith("amendment:") and mirror_place(mirror, ids[key]) == post_id)
    before = {each[0]: each for each in state(mirror)["messages"][post_id]}
    await set_gone(mirror)
    after = {each[0]: each for each in (await in_step(mirror))["messages"][post_id]}
    assert after.keys() == before.keys()
    for kept in (said["id"], str(ids[card])):
        assert after[kept] == before[kept]


def mirror_place(mirror: Mirror, message_id: Snowflake) -> str:
    messages = mirror.dump()["messages"]
    return next(place for place, inside in messages.items() if any(each["id"] == str(message_id) for each in inside))


async def test_a_member_who_writes_wakes_the_post_and_the_bot_lets_them(mirror: Mirror, members: Enter) -> None:
    post_id = str((await mirror.ids())["section:300"])
    await set_gone(mirror)
    await in_step(mirror)
    lid = await members("lid")
    await lid.send(post_id, "En nu?")
    assert writing(await mirror.calls_of()) == []
    assert not state(mirror)["threads"][post_id][2]
    await support(mirror, 1)
    assert not (await in_step(mirror))["threads"][post_id][2]


async def support(mirror: Mirror, member: int) -> None:
    def work(unit: Unit) -> None:
        amendment = the_secret(unit, mirror.programme_id).amendments[0]
        unit.amendments.add_support(amendment.amendment_id, Snowflake(member), AT)

    await mirror.store.transact(work)


async def test_a_card_in_a_closed_post_is_edited_and_the_post_closed_again(mirror: Mirror) -> None:
    post_id = str((await mirror.ids())["section:300"])
    await set_gone(mirror)
    await in_step(mirror)
    await support(mirror, 1)
    calls = writing(await mirror.calls_of())
    assert calls[0] == calls[-1] == ("PATCH", f"/channels/{post_id}")
    assert len(calls) == 4  # wake, card, summary, close
    assert state(mirror)["threads"][post_id][2]
    assert writing(await mirror.calls_of()) == []


async def test_a_post_that_discord_closed_is_woken_emptied_and_closed(mirror: Mirror) -> None:
    post_id = (await mirror.ids())["section:300"]
    await mirror.http.edit_channel(post_id, archived=True)
    await set_gone(mirror)
    gone = await in_step(mirror)
    assert found_in(gone) == []
    assert gone["threads"][str(post_id)][2]


async def test_a_message_that_people_deleted_is_not_made_for_what_is_gone(mirror: Mirror) -> None:
    ids = await mirror.ids()
    for key in ("reply:301", "section:300/part:2"):
        await mirror.http.delete_message(ids["section:300"], ids[key])
    await set_gone(mirror)
    gone = await in_step(mirror)
    assert found_in(gone) == []
    assert not {"reply:301", "section:300/part:2"} & set(await mirror.ids())


async def test_a_post_that_people_deleted_comes_back_with_its_proposals_only(mirror: Mirror) -> None:
    await mirror.http.delete_channel((await mirror.ids())["section:300"])
    await set_gone(mirror)
    gone = await in_step(mirror)
    post_id = str((await mirror.ids())["section:300"])
    assert found_in(gone) == []
    assert len(gone["messages"][post_id]) == 3  # starter, card, summary
    assert gone["threads"][post_id][2]


async def test_a_gone_reply_is_taken_out_of_its_place(mirror: Mirror) -> None:
    post_id = str((await mirror.ids())["section:300"])
    before = state(mirror)

    async def change(do: Callable[[Unit, list[Any]], None]) -> None:
        def work(unit: Unit) -> None:
            replies = the_secret(unit, mirror.programme_id).contributions
            do(unit, [replies[0].contribution_id])

        await mirror.store.transact(work)

    await change(lambda unit, ids: unit.absences.set_gone(contributions=ids, at=AT))
    ids = await mirror.ids()
    calls = writing(await mirror.calls_of())
    assert calls == [("PATCH", f"/channels/{post_id}/messages/{ids[key]}") for key in ("reply:301", "reply:302")]
    assert "Barend" not in json.dumps(state(mirror))
    assert writing(await mirror.calls_of()) == []
    await change(lambda unit, ids: unit.absences.set_back(contributions=ids))
    assert await in_step(mirror) == before


async def test_a_gone_chapter_loses_its_name_and_topic_and_gets_them_back(mirror: Mirror) -> None:
    before = state(mirror)
    forum = str((await mirror.ids())["chapter:1"])

    def work(unit: Unit) -> None:
        unit.absences.set_gone(chapters=[unit.programmes.chapters(mirror.programme_id)[0].chapter_id], at=AT)

    def undo(unit: Unit) -> None:
        unit.absences.set_back(chapters=[unit.programmes.chapters(mirror.programme_id)[0].chapter_id])

    await mirror.store.transact(work)
    gone = await in_step(mirror)
    assert gone["channels"][forum][0] == "1-niet-meer-op-het-forum"
    written = json.dumps(gone)
    assert "Hoofdstuk 1" not in written
    assert "hoofdstuk-1" not in written
    assert gone["channels"].keys() == before["channels"].keys()
    assert sum(archived for _, _, archived in gone["threads"].values()) == 2
    await mirror.store.transact(undo)
    assert await in_step(mirror) == before


@pytest.mark.parametrize("at", ["call", "write"])
async def test_cut_off_anywhere_the_next_pass_ends_in_the_same_guild(mirror: Mirror, at: str) -> None:
    """Going and coming back, at each call and at each write in turn."""
    before = state(mirror)
    await set_gone(mirror)
    gone = await in_step(mirror)
    number, killed = 0, True
    while killed:
        number, killed = number + 1, False
        for step, wanted in ((set_back, before), (set_gone, gone)):
            await step(mirror)
            killed |= await cut_off(mirror, **{at: number})
            assert await in_step(mirror) == wanted
    assert number > 8


@pytest.mark.parametrize("at", ["call", "write"])
async def test_cut_off_while_a_card_is_edited_the_next_pass_closes_the_post(mirror: Mirror, at: str) -> None:
    await set_gone(mirror)
    await in_step(mirror)
    post_id = str((await mirror.ids())["section:300"])
    number, killed = 0, True
    while killed:
        number += 1
        await support(mirror, number)
        killed = await cut_off(mirror, **{at: number})
        assert (await in_step(mirror))["threads"][post_id][2]
    assert number > 4
