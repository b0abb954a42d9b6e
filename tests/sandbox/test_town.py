"""The ready guild, its door and its dump."""

from bot.sandbox import Loopback, door, dump, town
from bot.sandbox.permissions import Permissions
from tests.openapi import OpenApi
from tests.sandbox.member import Enter


def test_everybody_but_the_guest_is_a_member_and_nobody_holds_dangerous_permissions() -> None:
    guild = next(iter(town().guilds.values()))
    dangerous = Permissions.ADMINISTRATOR | Permissions.MANAGE_ROLES | Permissions.MANAGE_CHANNELS
    for role in guild.roles.values():
        if role["name"] != "Programmabrug":
            assert not Permissions(int(role["permissions"])) & dangerous
        assert not Permissions(int(role["permissions"])) & Permissions.ADMINISTRATOR


async def test_the_door_names_addresses_roles_and_people(loopback: Loopback) -> None:
    entry = door(loopback)
    assert entry["api"].endswith("/api/v10")
    assert entry["gateway"].startswith("ws://127.0.0.1:")
    assert set(entry["roles"]) >= {"lid", "secretaris", "programmacommissie", "vergaderleiding", "beheer", "@everyone"}
    assert entry["users"]["voorzitter"]["roles"] == ["lid", "vergaderleiding"]
    assert entry["users"]["gast"]["roles"] == []
    assert len({person["token"] for person in entry["users"].values()}) == len(entry["users"])


async def test_the_dump_shows_messages_oldest_first_and_every_call(loopback: Loopback, members: Enter) -> None:
    lid = await members("lid")
    await lid.send(lid.channel, "een")
    await lid.send(lid.channel, "twee")
    shown = dump(loopback.world)
    assert [each["content"] for each in shown["messages"][lid.channel]] == ["een", "twee"]
    call = shown["calls"][-1]
    assert (call["method"], call["path"], call["status"]) == ("POST", f"/channels/{lid.channel}/messages", 200)
    assert [channel["name"] for channel in shown["channels"]] == ["algemeen"]


def test_ids_rise() -> None:
    world = town(clock=lambda: 1_800_000_000.0)
    ids = [int(world.ids.mint()) for _ in range(5)]
    assert ids == sorted(set(ids))


def test_the_description_is_at_hand(openapi: OpenApi) -> None:
    assert openapi is not None
