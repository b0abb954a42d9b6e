"""What moderators delete: it comes back where it belongs, or is reported; nothing is doubled, nobody's talk touched."""

import json
from dataclasses import replace
from typing import Any, cast

import pytest
from discord.http import HTTPClient, Route

from bot.domain.ids import Snowflake
from bot.sandbox import Loopback
from bot.services.ports import Unit
from db.database import Database
from tests.mirror.hidden import in_step
from tests.mirror.passes import Mirror, shown, shown_in, writing
from tests.mirror.programmes import add_amendment, bullet, make_programme, section_of, store_section
from tests.sandbox.member import Enter


@pytest.fixture
async def mirror(
    loopback: Loopback, database: Database, http: HTTPClient, guild_id: Snowflake, bot_id: Snowflake
) -> Mirror:
    programme_id = await database.transact(lambda unit: make_programme(unit, guild_id))
    made = Mirror(loopback, database, http, guild_id, bot_id, programme_id)
    assert not (await made.sync()).failures
    return made


async def delete(mirror: Mirror, key: str, post: str = "section:110") -> None:
    """Delete a message as a moderator does, while the bot is away, and have the thorough pass find it."""
    ids = await mirror.ids()
    await mirror.http.delete_message(ids[post], ids[key])
    await look(mirror)


async def look(mirror: Mirror) -> frozenset[Snowflake]:
    stand = await mirror.stand()
    gone = await mirror.guild().deleted(stand.known)

    def work(unit: Unit) -> None:
        for row in stand.known.values():
            if row.discord_id in gone:
                unit.mirror.remove(mirror.programme_id, row.key)

    await mirror.store.transact(work)
    return gone


def texts(mirror: Mirror, post: Snowflake) -> list[str]:
    return shown_in(mirror.dump(), str(post))


async def test_a_deleted_card_and_summary_come_back_once(mirror: Mirror) -> None:
    ids = await mirror.ids()
    before = sorted(texts(mirror, ids["section:110"]))
    await mirror.http.delete_message(ids["section:110"], ids["summary:110"])
    await delete(mirror, "amendment:1")
    await in_step(mirror)
    after = await mirror.ids()
    assert sorted(len(text) for text in texts(mirror, ids["section:110"])) == sorted(map(len, before))
    assert mirror.dump()["pins"][str(ids["section:110"])] == [str(after["summary:110"])]


@pytest.mark.parametrize("key", ["section:110/part:2", "reply:111"])
async def test_a_message_with_others_after_it_is_reported_and_not_put_below_them(mirror: Mirror, key: str) -> None:
    ids = await mirror.ids()
    await delete(mirror, key)
    plan = await mirror.plan()
    assert [each.key for each in plan.missing] == [key]
    await in_step(mirror)
    assert [each.key for each in (await mirror.plan()).missing] == [key]
    assert (await mirror.ids())[key] == ids[key], "it is still known to be missing"


async def test_the_last_reply_comes_back_unless_members_spoke(mirror: Mirror, members: Enter) -> None:
    ids = await mirror.ids()
    await delete(mirror, "reply:112")
    await in_step(mirror)
    back = (await mirror.ids())["reply:112"]
    assert back != ids["reply:112"]
    lid = await members("lid")
    await lid.send(str(ids["section:110"]), "Ik zeg er ook wat van.")
    await delete(mirror, "reply:112")
    assert [each.key for each in (await mirror.plan()).missing] == ["reply:112"]
    await in_step(mirror)
    assert (await mirror.ids())["reply:112"] == back


async def test_a_deletion_that_only_an_edit_finds_is_reported_too(mirror: Mirror) -> None:
    ids = await mirror.ids()
    await mirror.http.delete_message(ids["section:110"], ids["section:110/part:2"])

    def edit(unit: Unit) -> None:
        section = section_of(unit, mirror.programme_id, "1.1")
        blocks = [stored.block for stored in section.blocks]
        blocks[8] = bullet("Dit punt is herschreven.")
        store_section(unit, section.section_id, tuple(blocks))

    await mirror.store.transact(edit)
    assert (await mirror.sync()).stale
    await in_step(mirror)
    assert [each.key for each in (await mirror.plan()).missing] == ["section:110/part:2"]


async def test_a_post_without_its_first_message_is_left_for_a_new_one(mirror: Mirror, members: Enter) -> None:
    ids = await mirror.ids()
    lid = await members("lid")
    said = await lid.send(str(ids["section:110"]), "Wat leden zeiden.")
    before = texts(mirror, ids["section:110"])
    await delete(mirror, "section:110")
    state = await in_step(mirror)
    new = (await mirror.ids())["chapter:1/section:110"]
    assert len(texts(mirror, new)) == len(before) - 1
    name, _, archived = state["threads"][str(ids["section:110"])]
    assert (name, archived) == ("1.1 Verplaatst", True)
    left = json.dumps(state["messages"][str(ids["section:110"])])
    assert said["id"] in left
    assert "Voornemen" not in left
    assert str(new) in left


async def test_a_first_message_that_only_an_edit_finds_gone_is_the_same(mirror: Mirror) -> None:
    ids = await mirror.ids()
    await mirror.http.delete_message(ids["section:120"], ids["section:120"])

    def edit(unit: Unit) -> None:
        store_section(unit, section_of(unit, mirror.programme_id, "1.2").section_id, (bullet("Nieuw."),))

    await mirror.store.transact(edit)
    await in_step(mirror)
    assert "chapter:1/section:120" in await mirror.ids()
    assert len(mirror.dump()["threads"]) == 7


async def test_a_deleted_contents_message_comes_back(mirror: Mirror) -> None:
    await delete(mirror, "overview/part:2", "overview")
    await in_step(mirror)
    overview = str((await mirror.ids())["overview"])
    assert len(shown_in(mirror.dump(), overview)) == 2


@pytest.mark.parametrize("key", ["contents:1", "section:120"])
async def test_a_deleted_post_is_made_anew_once(mirror: Mirror, key: str) -> None:
    before = shown(mirror.dump()).keys()
    await mirror.http.delete_channel((await mirror.ids())[key])
    await in_step(mirror)
    assert shown(mirror.dump()).keys() == before
    assert len(mirror.dump()["threads"]) == 6


async def test_a_deleted_category_is_made_anew_around_its_channels(mirror: Mirror) -> None:
    before = await mirror.ids()
    await mirror.http.delete_channel(before["programme"])
    await in_step(mirror)
    after = await mirror.ids()
    assert {key for key in after if after[key] != before[key]} == {"programme"}
    parents = {each["id"]: each["parent_id"] for each in mirror.dump()["channels"]}
    for key in ("overview", "chapter:1", "chapter:2", "log"):
        assert parents[str(after[key])] == str(after["programme"])


class _Meddled:
    """Discord's HTTP client, with a moderator who deletes a channel right before the nth one is made."""

    def __init__(self, http: HTTPClient, at: int) -> None:
        self._http = http
        self._left = at
        self.first = Snowflake(0)

    async def request(self, route: Route, **options: Any) -> Any:
        if (route.method, route.path) != ("POST", "/guilds/{guild_id}/channels"):
            return await self._http.request(route, **options)
        self._left -= 1
        if self._left == 0:
            await self._http.delete_channel(self.first)
        made = await self._http.request(route, **options)
        self.first = self.first or Snowflake(int(made["id"]))
        return made


@pytest.mark.parametrize("at", [2, 3, 5])
async def test_a_category_deleted_in_the_midst_of_a_run_is_made_anew_around_all_channels(
    loopback: Loopback, database: Database, http: HTTPClient, guild_id: Snowflake, bot_id: Snowflake, at: int
) -> None:
    """It is not taken for a full one: there is one category after the next pass, and each channel stands in it once."""
    programme_id = await database.transact(lambda unit: make_programme(unit, guild_id))
    meddled = Mirror(loopback, database, cast("HTTPClient", _Meddled(http, at)), guild_id, bot_id, programme_id)
    first = await meddled.sync()
    assert (first.failures, first.stale) == ((), True)
    mirror = replace(meddled, http=http)
    await in_step(mirror)
    ids = await mirror.ids()
    assert {key for key in ids if key.startswith("programme")} == {"programme"}
    channels = mirror.dump()["channels"]
    assert len(channels) == 6
    parents = {each["name"]: each["parent_id"] for each in channels if each["type"] != 4}
    assert {name: parent for name, parent in parents.items() if parent != str(ids["programme"])} == {"algemeen": None}
    assert len(mirror.dump()["threads"]) == 6


@pytest.mark.parametrize("key", ["chapter:1", "overview", "log"])
async def test_a_deleted_channel_is_made_anew_with_all_in_it(mirror: Mirror, key: str) -> None:
    before = {place: len(said) for place, said in shown(mirror.dump()).items()}
    await mirror.http.delete_channel((await mirror.ids())[key])
    await in_step(mirror)
    assert {place: len(said) for place, said in shown(mirror.dump()).items()} == before


async def test_the_thorough_pass_finds_nothing_where_nothing_was_deleted(mirror: Mirror) -> None:
    """And it reads, a page for each channel and post, and never writes."""
    before = len(mirror.calls())
    assert await look(mirror) == frozenset()
    calls = [(call["method"], call["path"]) for call in mirror.calls()[before:]]
    assert writing(calls) == []
    assert len(calls) == 7


async def test_an_amendment_in_a_post_with_something_missing_is_shown_all_the_same(mirror: Mirror) -> None:
    await delete(mirror, "section:110/part:2")
    await mirror.store.transact(
        lambda unit: add_amendment(unit, section_of(unit, mirror.programme_id, "1.1").section_id)
    )
    await in_step(mirror)
    assert any("1.1-A3" in text for text in texts(mirror, (await mirror.ids())["section:110"]))
