"""Channels and who may see them."""

import discord
import pytest

from bot.sandbox import Loopback, dump
from tests.sandbox.member import Enter, Refused
from tests.sandbox.probe import Probe


async def test_text_and_forum_names_are_written_as_discord_writes_them(probe: Probe) -> None:
    category = await probe.home.create_category("4. Wonen & Zorg")
    forum = await category.create_forum("4. Wonen & Zorg", topic="x" * 4096)
    text = await category.create_text_channel("Over Zicht")
    assert [category.name, forum.name, text.name] == ["4. Wonen & Zorg", "4-wonen-zorg", "over-zicht"]


async def test_a_forum_keeps_its_settings(probe: Probe) -> None:
    forum = await probe.home.create_forum(
        "Hoofdstuk",
        available_tags=[discord.ForumTag(name="Open", emoji="🟢", moderated=True), discord.ForumTag(name="Behandeld")],
        default_sort_order=discord.ForumOrderType.creation_date,
        default_reaction_emoji="👍",
        default_layout=discord.ForumLayoutType.list_view,
    )
    await forum.edit(require_tag=True, default_auto_archive_duration=10080)
    read = await probe.fetch_channel(forum.id)
    assert isinstance(read, discord.ForumChannel)
    assert [tag.name for tag in read.available_tags] == ["Open", "Behandeld"]
    assert read.available_tags[0].moderated
    assert str(read.default_reaction_emoji) == "👍"
    assert read.default_sort_order is discord.ForumOrderType.creation_date
    assert read.flags.require_tag
    assert read.default_auto_archive_duration == 10080


async def test_forums_can_be_switched_off(loopback: Loopback, probe: Probe) -> None:
    loopback.faults.forums_refused = True
    with pytest.raises(discord.HTTPException) as refused:
        await probe.home.create_forum("Hoofdstuk")
    assert refused.value.code == 50024


async def test_a_category_takes_fifty_channels(probe: Probe) -> None:
    category = await probe.home.create_category("Vol")
    for number in range(50):
        await category.create_text_channel(f"kanaal {number}")
    with pytest.raises(discord.HTTPException) as refused:
        await category.create_text_channel("een te veel")
    assert refused.value.code == 50035
    assert "parent_id: Maximum number of channels in category reached (50)" in str(refused.value)


async def test_a_guild_takes_five_hundred_channels(loopback: Loopback, probe: Probe) -> None:
    guild = next(iter(loopback.world.guilds.values()))
    pattern = next(iter(guild.channels.values()))
    for number in range(499):
        guild.channels[str(number + 1)] = {**pattern, "id": str(number + 1)}
    with pytest.raises(discord.HTTPException) as refused:
        await probe.home.create_category("een te veel")
    assert refused.value.code == 30013


async def test_a_channel_takes_over_what_its_category_allows(probe: Probe, members: Enter) -> None:
    lid = await members("lid")
    hidden: dict[discord.Role | discord.Member | discord.Object, discord.PermissionOverwrite] = {
        probe.home.default_role: discord.PermissionOverwrite(view_channel=False),
        probe.home.me: discord.PermissionOverwrite(view_channel=True),
    }
    category = await probe.home.create_category("Bestuur", overwrites=hidden)
    channel = await category.create_text_channel("log")
    assert channel.overwrites_for(probe.home.default_role).view_channel is False
    with pytest.raises(Refused) as refused:
        await lid.messages(str(channel.id))
    assert refused.value.code == 50001
    with pytest.raises(Refused) as refused:
        await lid.send(str(channel.id), "hoi")
    assert refused.value.code == 50001
    assert not any(data.get("name") == "log" for name, data in lid.events if name == "CHANNEL_CREATE")


async def test_who_hides_a_channel_from_themselves_has_lost_it(probe: Probe) -> None:
    hidden: dict[discord.Role | discord.Member | discord.Object, discord.PermissionOverwrite] = {
        probe.home.default_role: discord.PermissionOverwrite(view_channel=False)
    }
    channel = await probe.home.create_text_channel("kwijt", overwrites=hidden)
    with pytest.raises(discord.Forbidden) as refused:
        await channel.edit(topic="x")
    assert refused.value.code == 50001


async def test_overwrites_can_be_set_and_taken_back(probe: Probe, members: Enter) -> None:
    lid = await members("lid")
    await probe.square.set_permissions(probe.home.default_role, send_messages=False)
    with pytest.raises(Refused) as refused:
        await lid.send(lid.channel, "hoi")
    assert refused.value.code == 50013
    await probe.square.set_permissions(probe.home.default_role, overwrite=None)
    await lid.send(lid.channel, "hoi")


async def test_nobody_hands_out_what_they_lack(probe: Probe) -> None:
    with pytest.raises(discord.Forbidden) as refused:
        await probe.square.set_permissions(probe.home.default_role, ban_members=True)
    assert refused.value.code == 50013


async def test_channels_are_moved_together_and_deleted_with_their_threads(loopback: Loopback, probe: Probe) -> None:
    category = await probe.home.create_category("Programma")
    forum = await category.create_forum("Hoofdstuk")
    await forum.create_thread(name="Sectie", content="tekst")
    await probe.square.move(beginning=True, category=category)
    await category.delete()
    read = await probe.fetch_channel(forum.id)
    assert isinstance(read, discord.ForumChannel)
    assert read.category_id is None
    await forum.delete()
    assert dump(loopback.world)["threads"] == []
    assert [channel["name"] for channel in dump(loopback.world)["channels"]] == ["algemeen"]


async def test_a_member_may_not_make_channels(probe: Probe, members: Enter) -> None:
    lid = await members("lid")
    with pytest.raises(Refused) as refused:
        await lid.request("POST", f"/guilds/{lid.guild_id}/channels", {"name": "eigen", "type": 0})
    assert refused.value.code == 50013


async def test_what_is_unknown_has_a_code_of_its_own(probe: Probe, members: Enter) -> None:
    lid = await members("lid")
    for path, status, code in (
        ("/channels/1", 404, 10003),
        ("/guilds/1", 404, 10004),
        (f"/channels/{lid.channel}/messages/1", 404, 10008),
        (f"/guilds/{lid.guild_id}/roles/1", 404, 10011),
        (f"/guilds/{lid.guild_id}/members/1", 404, 10013),
        ("/nergens", 404, 0),
        ("/webhooks/1/onbekend/messages/@original", 404, 10015),
    ):
        with pytest.raises(Refused) as refused:
            await lid.request("GET", path)
        assert (refused.value.status, refused.value.code) == (status, code), path
    with pytest.raises(Refused) as refused:
        await lid.request("POST", "/users/@me", {})
    assert (refused.value.status, refused.value.code) == (405, 0)
