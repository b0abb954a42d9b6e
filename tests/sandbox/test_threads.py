"""Threads and forum posts."""

import time

import discord
import pytest

from bot.sandbox import Loopback, town
from tests.sandbox.member import Enter, Member, Refused
from tests.sandbox.probe import Probe


async def _post(probe: Probe) -> discord.Thread:
    forum = await probe.home.create_forum("Hoofdstuk", available_tags=[discord.ForumTag(name="Open")])
    made = await forum.create_thread(name="Sectie 1", content="tekst", applied_tags=forum.available_tags)
    return made.thread


async def _again(probe: Probe, thread: discord.Thread) -> discord.Thread:
    read = await probe.fetch_channel(thread.id)
    assert isinstance(read, discord.Thread)
    return read


async def test_a_posts_first_message_has_its_id(probe: Probe) -> None:
    thread = await _post(probe)
    first = await thread.fetch_message(thread.id)
    assert first.content == "tekst"
    assert [tag.name for tag in thread.applied_tags] == ["Open"]
    assert (await _again(probe, thread)).name == "Sectie 1"


async def test_an_archived_post_refuses_edits_until_it_is_woken(probe: Probe) -> None:
    thread = await _post(probe)
    message = await thread.send("vervolg")
    await thread.edit(archived=True)
    for attempt in (message.edit(content="anders"), thread.edit(name="anders"), message.pin()):
        with pytest.raises(discord.HTTPException) as refused:
            await attempt
        assert refused.value.code == 50083
    await thread.edit(archived=False, name="Sectie een")
    await message.edit(content="anders")
    assert (await _again(probe, thread)).name == "Sectie een"


async def test_posting_wakes_an_archived_thread_and_not_a_locked_one(probe: Probe, members: Enter) -> None:
    lid = await members("lid")
    thread = await _post(probe)
    await thread.edit(archived=True)
    await lid.send(str(thread.id), "wakker")
    update = await lid.event("THREAD_UPDATE", lambda data: data["thread_metadata"]["archived"] is False)
    assert update["id"] == str(thread.id)
    await thread.edit(archived=True, locked=True)
    with pytest.raises(Refused) as refused:
        await lid.send(str(thread.id), "op slot")
    assert refused.value.code == 160005
    await thread.send("de bot mag dit")


async def test_archived_threads_are_listed_the_last_archived_first(probe: Probe) -> None:
    thread = await _post(probe)
    forum = thread.parent
    assert isinstance(forum, discord.ForumChannel)
    other = (await forum.create_thread(name="Sectie 2", content="tekst")).thread
    await thread.edit(archived=True)
    await other.edit(archived=True)
    assert [each.name async for each in forum.archived_threads(limit=1)] == ["Sectie 2"]
    assert [each.name async for each in forum.archived_threads()] == ["Sectie 2", "Sectie 1"]
    assert await probe.home.active_threads() == []


async def test_a_post_takes_five_tags_and_only_known_ones(probe: Probe) -> None:
    tags = [discord.ForumTag(name=f"tag {number}") for number in range(6)]
    forum = await probe.home.create_forum("Hoofdstuk", available_tags=tags)
    with pytest.raises(discord.HTTPException) as refused:
        await forum.create_thread(name="x", content="x", applied_tags=forum.available_tags)
    assert refused.value.code == 50035
    stranger = discord.Object(1)
    with pytest.raises(discord.HTTPException) as refused:
        await forum.create_thread(name="x", content="x", applied_tags=[stranger])  # pyright: ignore[reportArgumentType]
    assert refused.value.code == 10087


async def test_a_tag_that_is_deleted_leaves_its_posts(probe: Probe) -> None:
    thread = await _post(probe)
    forum = thread.parent
    assert isinstance(forum, discord.ForumChannel)
    await forum.edit(available_tags=[])
    raw = await probe.http.get_channel(thread.id)
    assert raw.get("applied_tags") == []


async def test_a_message_gets_one_thread(probe: Probe) -> None:
    message = await probe.square.send("begin")
    thread = await message.create_thread(name="gesprek")
    assert thread.id == message.id
    with pytest.raises(discord.HTTPException) as refused:
        await message.create_thread(name="nog een")
    assert refused.value.code == 160004
    again = await probe.square.fetch_message(message.id)
    assert again.flags.has_thread
    assert again.thread is not None


async def test_a_text_channel_takes_a_public_thread(probe: Probe) -> None:
    thread = await probe.square.create_thread(name="los", type=discord.ChannelType.public_thread)
    await thread.send("hoi")
    assert (await thread.fetch_members())[0].id == probe.home.me.id
    assert [each.id for each in await probe.home.active_threads()] == [thread.id]


async def test_a_guild_takes_so_many_active_threads(loopback: Loopback, probe: Probe) -> None:
    loopback.world.windows.active_threads = 1
    thread = await _post(probe)
    assert isinstance(thread.parent, discord.ForumChannel)
    with pytest.raises(discord.HTTPException) as refused:
        await thread.parent.create_thread(name="x", content="x")
    assert refused.value.code == 160006


async def test_one_post_of_a_forum_is_pinned(probe: Probe) -> None:
    thread = await _post(probe)
    assert isinstance(thread.parent, discord.ForumChannel)
    other = (await thread.parent.create_thread(name="x", content="x")).thread
    await thread.edit(pinned=True)
    with pytest.raises(discord.HTTPException) as refused:
        await other.edit(pinned=True)
    assert refused.value.code == 30047


async def test_a_member_joins_leaves_and_may_not_rename_anothers_thread(probe: Probe, members: Enter) -> None:
    lid = await members("lid")
    thread = await _post(probe)
    place = f"/channels/{thread.id}"
    await lid.request("PUT", f"{place}/thread-members/@me")
    assert lid.id in {entry["user_id"] for entry in await lid.request("GET", f"{place}/thread-members")}
    await lid.request("DELETE", f"{place}/thread-members/@me")
    with pytest.raises(Refused) as refused:
        await lid.request("PATCH", place, {"name": "mijn"})
    assert refused.value.code == 50013


async def test_a_members_own_post_is_theirs_to_rename(probe: Probe, members: Enter) -> None:
    forum = await probe.home.create_forum("Ideeën")
    lid = await members("lid")
    made = await lid.request("POST", f"/channels/{forum.id}/threads", {"name": "Plan", "message": {"content": "x"}})
    await lid.request("PATCH", f"/channels/{made['id']}", {"name": "Beter plan"})
    renamed = await lid.request("GET", f"/channels/{made['id']}")
    assert (renamed["name"], renamed["owner_id"]) == ("Beter plan", lid.id)


async def test_a_thread_nobody_posts_in_closes_by_itself() -> None:
    now = [time.time()]
    async with Loopback(town(clock=lambda: now[0])) as server, Member(server, "lid") as lid:
        made = await lid.request("POST", f"/channels/{lid.channel}/threads", {"name": "x", "type": 11})
        now[0] += 3600 * 23
        await lid.send(made["id"], "nog even")
        now[0] += 3600 * 23
        place = f"/channels/{made['id']}"
        assert (await lid.request("GET", place))["thread_metadata"]["archived"] is False
        now[0] += 3600 * 2
        assert (await lid.request("GET", place))["thread_metadata"]["archived"] is True


async def test_who_comes_to_see_a_channel_is_shown_its_threads(probe: Probe, members: Enter) -> None:
    hidden: dict[discord.Role | discord.Member | discord.Object, discord.PermissionOverwrite] = {
        probe.home.default_role: discord.PermissionOverwrite(view_channel=False),
        probe.home.me: discord.PermissionOverwrite(view_channel=True),
    }
    forum = await probe.home.create_forum("Besloten", overwrites=hidden)
    thread = (await forum.create_thread(name="x", content="x")).thread
    lid = await members("lid")
    assert lid.events[0][1]["guilds"][0]["threads"] == []
    await forum.set_permissions(probe.home.default_role, overwrite=None)
    shown = await lid.event("THREAD_LIST_SYNC", lambda data: data["channel_ids"] == [str(forum.id)])
    assert [each["id"] for each in shown["threads"]] == [str(thread.id)]
