"""Permissions taken away and given back: what is missing is named with its place, and the next pass goes on."""

import pytest
from discord.http import HTTPClient

from bot.domain.ids import Snowflake
from bot.errors import DiscordRefused
from bot.mirror.permissions import Permission
from bot.sandbox import Loopback
from bot.services.ports import Unit
from db.database import Database
from tests.mirror.passes import NL, Mirror, writing
from tests.mirror.programmes import add_amendment, make_programme, section_of
from tests.sandbox.granting import grant


@pytest.fixture
async def mirror(
    loopback: Loopback, database: Database, http: HTTPClient, guild_id: Snowflake, bot_id: Snowflake
) -> Mirror:
    programme_id = await database.transact(lambda unit: make_programme(unit, guild_id))
    return Mirror(loopback, database, http, guild_id, bot_id, programme_id)


def refused(mirror: Mirror) -> int:
    return sum(call["status"] == 403 for call in mirror.calls())


@pytest.mark.parametrize(
    "lacking",
    [
        Permission.VIEW_CHANNEL,
        Permission.MANAGE_CHANNELS,
        Permission.MANAGE_ROLES,
        Permission.SEND_MESSAGES,
        Permission.SEND_MESSAGES_IN_THREADS,
        Permission.READ_MESSAGE_HISTORY,
        Permission.PIN_MESSAGES,
    ],
)
async def test_what_is_not_granted_is_named_once_and_given_back_it_goes_on(mirror: Mirror, lacking: Permission) -> None:
    """The guild lacks it, so it is not said for each channel; where it was refused nothing more is tried."""
    grant(mirror.loopback, without=lacking)
    sentence = NL("discord.guild_lacks", guild="Afdeling Zilverdijk", permission=NL(f"permission.{lacking.key}"))
    assert await failures(mirror) == [sentence]
    assert refused(mirror) < 10
    grant(mirror.loopback)
    assert await failures(mirror) == []
    assert len(mirror.dump()["threads"]) == 6
    assert writing(await mirror.calls_of()) == []


async def test_one_channel_that_is_closed_to_the_bot_holds_up_no_other(mirror: Mirror) -> None:
    """It is named, the cards elsewhere come, and its own come once it is open again."""
    grant(mirror.loopback)
    assert await failures(mirror) == []
    ids = await mirror.ids()
    await propose(mirror, "1.2", "2.2")
    channel = next(iter(mirror.loopback.world.guilds.values())).channels[str(ids["chapter:1"])]
    stood = channel["permission_overwrites"]
    denied = str(int(Permission.SEND_MESSAGES_IN_THREADS))
    channel["permission_overwrites"] = [{"id": str(mirror.bot_id), "type": 1, "allow": "1024", "deny": denied}]
    name = NL("permission.send_messages_in_threads")
    assert await failures(mirror) == [NL("discord.own_lacks", place="#1-hoofdstuk-1", permission=name)]
    cards = (await mirror.ids()).keys() - ids.keys()
    assert len(cards) == 1
    channel["permission_overwrites"] = stood
    assert await failures(mirror) == []
    assert writing(await mirror.calls_of()) == []


async def failures(mirror: Mirror) -> list[str]:
    """Sync, and return what stood in the way in words."""
    try:
        outcome = await mirror.sync()
    except DiscordRefused as error:
        return [NL(error.key, **error.values)]
    return [NL(failure.key, **failure.values) for failure in outcome.failures]


async def propose(mirror: Mirror, *codes: str) -> None:
    def work(unit: Unit) -> None:
        for code in codes:
            add_amendment(unit, section_of(unit, mirror.programme_id, code).section_id)

    await mirror.store.transact(work)


async def test_a_category_is_called_by_its_name_alone(mirror: Mirror) -> None:
    """Only what holds messages has a # before its name."""
    grant(mirror.loopback)
    assert await failures(mirror) == []
    await mirror.store.transact(lambda unit: unit.programmes.update(mirror.programme_id, "Zilverdijk vooruit", None))
    category = next(iter(mirror.loopback.world.guilds.values())).channels[str((await mirror.ids())["programme"])]
    denied = str(int(Permission.MANAGE_CHANNELS))
    category["permission_overwrites"] = [{"id": str(mirror.guild_id), "type": 0, "allow": "0", "deny": denied}]
    assert await failures(mirror) == [NL("discord.needs_manage_channels", place="Samen sterk in Zilverdijk")]
