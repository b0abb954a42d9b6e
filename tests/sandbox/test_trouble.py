"""Rate limits and faults, met by a real client."""

import asyncio

import aiohttp
import discord
import pytest

from bot.sandbox import Loopback, RateLimits, Trouble, door, dump, town
from bot.sandbox.ratelimits import RULES, Rule
from tests.sandbox.member import Enter
from tests.sandbox.probe import Probe


def _limits(clock: list[float]) -> RateLimits:
    return RateLimits(clock=lambda: clock[0])


def test_a_bucket_is_emptied_and_filled_again() -> None:
    clock = [100.0]
    limits = _limits(clock)
    verdicts = [limits.check("bot", "POST", "/channels/7/messages") for _ in range(6)]
    assert [verdict.allowed for verdict in verdicts] == [True] * 5 + [False]
    assert verdicts[0].headers["X-RateLimit-Remaining"] == "4"
    assert verdicts[5].retry_after == 5.0
    assert limits.check("bot", "POST", "/channels/8/messages").allowed
    clock[0] += 5
    assert limits.check("bot", "POST", "/channels/7/messages").allowed


def test_renaming_is_held_back_more_than_other_edits() -> None:
    limits = _limits([100.0])
    renamed = [limits.check("bot", "PATCH", "/channels/7", renames=True) for _ in range(3)]
    assert [verdict.allowed for verdict in renamed] == [True, True, False]
    assert renamed[2].retry_after == 600.0
    assert limits.check("bot", "PATCH", "/channels/7").allowed


def test_each_interaction_is_answered_under_a_limit_of_its_own() -> None:
    """A hall that presses its buttons at once is answered, as Discord lets it be."""
    limits = _limits([100.0])
    answers = [limits.check("bot", "POST", f"/interactions/{number}/token/callback") for number in range(100)]
    assert all(verdict.allowed for verdict in answers)


def test_fifty_a_second_in_all_but_answers_to_interactions_are_exempt() -> None:
    limits = _limits([100.0])
    verdicts = [limits.check("bot", "GET", f"/channels/{number}") for number in range(51)]
    assert [verdict.everywhere for verdict in verdicts] == [False] * 50 + [True]
    assert limits.check("bot", "POST", "/interactions/1/abc/callback").allowed


def test_every_route_has_a_rule() -> None:
    assert RULES[-1] == Rule("other", ".*", "", 30, 10)


async def test_a_429_says_how_long_to_wait() -> None:
    async with Loopback(town(), limits=RateLimits()) as server:
        entry = door(server)
        headers = {"Authorization": f"Bot {entry['bot_token']}"}
        channel = dump(server.world)["channels"][0]["id"]
        async with aiohttp.ClientSession(headers=headers) as http:
            url = f"{server.api_url}/channels/{channel}/messages"
            for number in range(5):
                async with http.post(url, json={"content": str(number)}) as response:
                    assert response.status == 200
            async with http.post(url, json={"content": "te veel"}) as response:
                body = await response.json()
                assert response.status == 429
                assert response.headers["Via"]
                assert response.headers["X-RateLimit-Scope"] == "user"
                assert response.headers["Retry-After"]
                assert 0 < body["retry_after"] <= 5
                assert body["global"] is False


async def test_a_busy_channel_gets_all_its_messages(loopback: Loopback, probe: Probe) -> None:
    for number in range(12):
        await probe.square.send(str(number))
    assert len(next(iter(dump(loopback.world)["messages"].values()))) == 12


async def test_a_503_and_a_cut_connection_reach_the_caller(loopback: Loopback, probe: Probe) -> None:
    loopback.faults.fail(503, method="POST", path="/messages$")
    with pytest.raises(discord.DiscordServerError):
        await probe.square.send("een")
    loopback.faults.drop(method="POST", path="/messages$")
    with pytest.raises((aiohttp.ClientError, OSError)):
        await probe.square.send("twee")
    assert dump(loopback.world)["messages"] == {}
    await probe.square.send("drie")


async def test_an_answer_can_be_lost_after_the_deed(loopback: Loopback, probe: Probe) -> None:
    loopback.faults.drop(method="POST", path="/messages$", after=True)
    with pytest.raises((aiohttp.ClientError, OSError)):
        await probe.square.send("toch gezegd")
    assert [each["content"] for each in next(iter(dump(loopback.world)["messages"].values()))] == ["toch gezegd"]


async def test_an_answer_can_be_slow(loopback: Loopback, probe: Probe) -> None:
    loopback.faults.slow(0.01)
    await probe.square.send("traag")
    assert loopback.faults.take("GET", "/") is None


async def test_an_answer_can_be_late_after_the_deed(loopback: Loopback, probe: Probe) -> None:
    loopback.faults.slow(60, method="POST", path="/messages$", after=True)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await probe.square.send("gezegd")
    assert [each["content"] for each in next(iter(dump(loopback.world)["messages"].values()))] == ["gezegd"]


@pytest.mark.parametrize("scope", ["user", "global", "shared"])
async def test_a_limit_of_any_scope_is_waited_for(loopback: Loopback, probe: Probe, scope: str) -> None:
    loopback.faults.limit(scope, 0.01, method="POST", path="/messages$")
    await probe.square.send("even later")
    assert [call["status"] for call in loopback.world.calls if call["method"] == "POST"][-2:] == [429, 200]


def test_trouble_is_used_up() -> None:
    trouble = Trouble(method="GET", path="^/a", times=1)
    assert trouble.matches("GET", "/a")
    assert not trouble.matches("POST", "/a")
    assert not trouble.matches("GET", "/b/a")


async def test_waiting_ends_when_the_world_changes(loopback: Loopback, probe: Probe, members: Enter) -> None:
    lid = await members("lid")
    await lid.send(lid.channel, "hoi")
    await loopback.wait_for(lambda world: bool(world.history[lid.channel]), 5)
    with pytest.raises(TimeoutError):
        await loopback.wait_for(lambda world: False, 0.01)
