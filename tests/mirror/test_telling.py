"""The message in the log channel about a long run: one a run, edited, finished, and found again after a kill."""

from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from discord.http import HTTPClient

from bot.domain.ids import Snowflake
from bot.domain.text import paragraph
from bot.locales import load_all
from bot.mirror.apply.walking import DiscordGuild
from bot.mirror.plan import Plan
from bot.mirror.resources import Json, MirrorSettings
from bot.sandbox import Loopback
from bot.services.guild_syncing import GuildSyncing
from bot.services.ports import Store, Unit
from bot.services.stand import SyncSettings
from db.database import Database
from tests.mirror.discord_text import texts_of
from tests.mirror.passes import Mirror, clock
from tests.mirror.programmes import make_programme, section_of, store_section

T = TypeVar("T")


class Dead(BaseException):
    """The process is over."""


class Mortal:
    """A store that ends the process at its nth write, and stays dead."""

    def __init__(self, store: Store, at: int) -> None:
        self._store = store
        self._left = at

    @property
    def dead(self) -> bool:
        return self._left <= 0

    @property
    def news(self) -> int:
        return self._store.news

    async def read(self, work: Callable[[Unit], T]) -> T:
        return await self._store.read(work)

    async def transact(
        self, work: Callable[[Unit], T], meanwhile: Callable[[T], object] | None = None, *, alone: bool = False
    ) -> T:
        self._left -= 1
        if self.dead:
            raise Dead
        return await self._store.transact(work, meanwhile, alone=alone)

    async def purge(self) -> None:
        await self._store.purge()


@pytest.fixture
async def mirror(
    loopback: Loopback, database: Database, http: HTTPClient, guild_id: Snowflake, bot_id: Snowflake
) -> Mirror:
    programme_id = await database.transact(lambda unit: make_programme(unit, guild_id, chapters=1))
    return Mirror(loopback, database, http, guild_id, bot_id, programme_id)


def syncing(
    mirror: Mirror, store: Store, every: float = 0.0, auto: Any = "never", log: int | None = None
) -> GuildSyncing:
    guild = DiscordGuild(mirror.http, mirror.guild_id, mirror.bot_id, store, clock)
    settings = SyncSettings(MirrorSettings(log_channel_id=Snowflake(log) if log else None), auto, told_every=every)
    return GuildSyncing(store, guild, settings, load_all(), clock, retry_after=0.01)


async def plan(mirror: Mirror) -> Plan:
    """Return what is left to do for the mirror, which admins only see so far."""
    return await syncing(mirror, mirror.store).plan(mirror.programme_id)


def told(mirror: Mirror, channel: str | None = None) -> list[str]:
    """Return what stands in the log channel."""
    guild = mirror.dump()
    places = [channel] if channel else [each["id"] for each in guild["channels"] if "logboek" in each["name"]]
    return ["\n".join(texts_of(message)) for place in places for message in guild["messages"].get(place, [])]


def edits(mirror: Mirror) -> int:
    log = next(each["id"] for each in mirror.dump()["channels"] if "logboek" in each["name"])
    path = f"/channels/{log}/messages/"
    return sum(call["method"] == "PATCH" and call["path"].startswith(path) for call in mirror.calls())


async def test_a_long_run_has_one_message_that_ends_with_figures(mirror: Mirror) -> None:
    number = len((await plan(mirror)).changes)
    assert await syncing(mirror, mirror.store).confirm(mirror.programme_id) is None
    (message,) = told(mirror)
    assert "klaar" in message
    assert f"{number} van {number} wijzigingen gedaan" in message
    assert "`████████████████████` 100 %" in message
    assert edits(mirror) > 2
    assert not any(key.startswith("run:") for key in await mirror.ids())
    assert (await plan(mirror)).changes == ()


async def test_it_is_edited_no_more_often_than_its_interval_allows(mirror: Mirror) -> None:
    """Once when it begins and once when it ends, for a run that is over sooner."""
    await syncing(mirror, mirror.store, every=600.0).confirm(mirror.programme_id)
    assert len(told(mirror)) == 1
    assert edits(mirror) == 1


async def test_a_short_run_is_not_told(mirror: Mirror) -> None:
    service = syncing(mirror, mirror.store)
    await service.confirm(mirror.programme_id)
    before = told(mirror)

    def change(unit: Unit) -> None:
        section = section_of(unit, mirror.programme_id, "1.2")
        store_section(unit, section.section_id, (paragraph("Anders."),))

    await mirror.store.transact(change)
    await service.confirm(mirror.programme_id)
    assert told(mirror) == before


async def test_the_configured_log_channel_is_told(mirror: Mirror) -> None:
    place = mirror.dump()["channels"][0]["id"]
    await syncing(mirror, mirror.store, log=int(place)).confirm(mirror.programme_id)
    assert ["klaar" in message for message in told(mirror, place)] == [True]


async def test_killed_again_and_again_a_confirmed_run_is_gone_on_with_and_told_once(mirror: Mirror) -> None:
    """Also where nothing follows without a person's word: theirs still holds."""
    alive, deaths = Mortal(mirror.store, 12), 0
    with pytest.raises((Dead, BaseExceptionGroup)):
        await syncing(mirror, alive).confirm(mirror.programme_id)
    while alive.dead:
        deaths += 1
        alive = Mortal(mirror.store, 7 + deaths % 3)
        service = syncing(mirror, alive)
        service.start(mirror.programme_id)
        await service.idle()
        await service.close()
    assert deaths > 8
    last = syncing(mirror, mirror.store)
    last.start(mirror.programme_id)
    await last.idle()
    await last.close()
    assert (await plan(mirror)).changes == ()
    (message,) = told(mirror)
    assert "klaar" in message
    assert await mirror.store.read(lambda unit: unit.runs.under_way(mirror.programme_id)) is None


async def test_what_failed_is_said_and_the_same_message_goes_on(mirror: Mirror) -> None:
    mirror.loopback.faults.fail(400, 1, method="POST", path=r"/channels/\d+/threads$")
    service = syncing(mirror, mirror.store)
    failure = await service.confirm(mirror.programme_id)
    assert failure is not None
    (message,) = told(mirror)
    assert "nog niet alles gelukt" in message
    assert "Wat er misging:\n- " in message
    service.start(mirror.programme_id)
    await service.idle()
    await service.close()
    (message,) = told(mirror)
    assert "klaar" in message
    assert (await plan(mirror)).changes == ()


async def test_a_deleted_message_is_said_anew(mirror: Mirror) -> None:
    guild = mirror.guild()
    channel = Snowflake(int(mirror.dump()["channels"][0]["id"]))
    for number in range(2):
        content: dict[str, Json] = {
            "flags": 1 << 15,
            "components": [{"type": 10, "content": f"Keer {number}", "id": 7}],
        }
        await guild.tell(mirror.programme_id, "run:1", channel, content)
        message = mirror.dump()["messages"][str(channel)][-1]
        if not number:
            await mirror.http.delete_message(channel, message["id"])
    assert [text.splitlines() for text in told(mirror, str(channel))] == [["Keer 1"]]


async def test_a_log_channel_that_may_not_be_written_in_stops_nothing(mirror: Mirror) -> None:
    assert await syncing(mirror, mirror.store, log=1).confirm(mirror.programme_id) is None
    assert [change.resource.key for change in (await plan(mirror)).changes] == ["log"], "it has another one"
