"""The gateway: logging in, resuming, and what nobody else hears."""

import discord
import pytest

from bot.sandbox import Loopback
from bot.sandbox.kinds import Intents
from tests.sandbox.member import Enter
from tests.sandbox.probe import Probe


async def test_a_wrong_token_is_refused(loopback: Loopback) -> None:
    client = Probe()
    with pytest.raises(discord.LoginFailure):
        await client.start("fout")
    await client.close()


async def test_a_token_that_stops_working_closes_with_4004(loopback: Loopback, probe: Probe) -> None:
    loopback.world.application.token = "anders"
    loopback.faults.invalidate_sessions(None)
    assert probe.task is not None
    with pytest.raises(discord.ConnectionClosed) as closed:
        await probe.task
    assert closed.value.code == 4004
    probe.task = None


async def test_privileged_intents_that_were_not_granted_close_with_4014(loopback: Loopback) -> None:
    client = Probe(discord.Intents(guilds=True, message_content=True))
    with pytest.raises(discord.PrivilegedIntentsRequired):
        await client.start(loopback.world.application.token)
    await client.close()


async def test_with_the_message_content_intent_a_bot_reads_what_others_write(
    loopback: Loopback, members: Enter
) -> None:
    loopback.world.application.privileged = Intents.MESSAGE_CONTENT | Intents.GUILD_MEMBERS
    intents = discord.Intents(guilds=True, guild_messages=True, message_content=True, members=True)
    client = Probe(intents)
    read: list[str] = []

    @client.event
    async def on_message(message: discord.Message) -> None:
        read.append(message.content)

    await client.come(loopback)
    lid = await members("lid")
    assert client.home.get_member(int(lid.id)) is not None
    await lid.send(lid.channel, "leesbaar")
    await client.until(lambda _: read == ["leesbaar"])
    await client.go()


async def test_a_dropped_connection_is_resumed_and_misses_nothing(
    loopback: Loopback, probe: Probe, members: Enter
) -> None:
    lid = await members("lid")
    loopback.faults.drop_gateway(loopback.world.application.id)
    await lid.send(lid.channel, "tijdens de storing")
    await probe.until(lambda each: "RESUMED" in each.heard)
    assert probe.heard.count("READY") == 1
    await probe.until(lambda each: "MESSAGE_CREATE" in each.heard)


async def test_a_request_to_reconnect_is_followed_by_a_resume(loopback: Loopback, probe: Probe) -> None:
    loopback.faults.ask_reconnect(None)
    await probe.until(lambda each: "RESUMED" in each.heard)


async def test_an_invalid_session_begins_anew(
    loopback: Loopback, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    loopback.faults.invalidate_sessions(loopback.world.application.id)
    await probe.until(lambda each: each.heard.count("READY") == 2)
    assert "RESUMED" not in probe.heard


async def test_a_member_is_told_who_they_are_and_which_channels_they_see(loopback: Loopback, members: Enter) -> None:
    gast = await members("gast", locale="en-GB")
    ready = gast.events[0][1]
    assert ready["user"]["id"] == gast.id
    assert ready["user_settings"]["locale"] == "en-GB"
    assert [channel["name"] for channel in ready["guilds"][0]["channels"]] == ["algemeen"]


async def test_a_change_of_roles_is_told(loopback: Loopback, members: Enter) -> None:
    lid = await members("lid")
    beheerder = await members("beheerder")
    guild = next(iter(loopback.world.guilds.values()))
    role = next(key for key, role in guild.roles.items() if role["name"] == "lid")
    client = Probe()
    await client.come(loopback)
    await client.home.get_role(int(role)).edit(name="leden")  # pyright: ignore[reportOptionalMemberAccess]
    await beheerder.event("GUILD_ROLE_UPDATE", lambda data: data["role"]["name"] == "leden")
    member = await client.home.fetch_member(int(lid.id))
    await member.remove_roles(discord.Object(int(role)))
    await lid.event("GUILD_MEMBER_UPDATE", lambda data: data["roles"] == [])
    await client.go()


async def test_one_can_wait_until_somebody_listens(loopback: Loopback, members: Enter) -> None:
    lid = await members("lid")
    await loopback.wait_for(lambda _: loopback.connected(lid.id), 5)
    assert not loopback.connected(loopback.world.application.id)
