"""Discord's limits, and permissions taken away in the midst of a run: nothing breaks, nothing is made twice."""

from dataclasses import dataclass

import pytest
from discord.http import HTTPClient

from bot.domain.amendments import Status
from bot.domain.ids import ChapterId, ForumId, Snowflake
from bot.domain.reading import ForumReading
from bot.mirror.apply.walking import DiscordGuild
from bot.mirror.channels import channels, next_category
from bot.mirror.resources import Known, MirrorSettings, ResourceKind
from bot.sandbox import Loopback
from bot.services.ports import Unit
from db.database import Database
from tests.mirror.hidden import in_step, secret
from tests.mirror.killing import cut_off
from tests.mirror.passes import NL, Mirror, clock, shown, shown_in, writing
from tests.mirror.programmes import add_amendment, bullet, make_programme, section_of, store_section
from tests.mirror.values import programme
from tests.sandbox.member import Enter


@dataclass
class Crowded(Mirror):
    """A mirror in a guild that is let have few active posts."""

    most_active: int = 3

    def guild(self) -> DiscordGuild:
        return DiscordGuild(self.http, self.guild_id, self.bot_id, self.store, clock, most_active=self.most_active)


@pytest.fixture
async def mirror(
    loopback: Loopback, database: Database, http: HTTPClient, guild_id: Snowflake, bot_id: Snowflake
) -> Mirror:
    programme_id = await database.transact(lambda unit: make_programme(unit, guild_id))
    return Mirror(loopback, database, http, guild_id, bot_id, programme_id)


async def add_chapters(mirror: Mirror, first: int, last: int) -> None:
    def work(unit: Unit) -> list[ChapterId]:
        return [
            unit.programmes.add_chapter(
                mirror.programme_id, str(number), ForumReading(ForumId(number), f"Deel {number}"), None, str(number)
            )
            for number in range(first, last + 1)
        ]

    await mirror.store.transact(work)


def parents(mirror: Mirror) -> dict[str, str | None]:
    channels = {each["id"]: each for each in mirror.dump()["channels"]}
    return {
        each["name"]: channels[each["parent_id"]]["name"] if each["parent_id"] else None for each in channels.values()
    }


async def test_more_channels_than_a_category_holds_go_on_in_the_next(mirror: Mirror) -> None:
    await add_chapters(mirror, 3, 60)
    await in_step(mirror)
    where = parents(mirror)
    assert where["1-hoofdstuk-1"] == "Samen sterk in Zilverdijk"
    assert where["60-deel-60"] == "Samen sterk in Zilverdijk (2)"
    assert sum(name == "Samen sterk in Zilverdijk" for name in where.values()) == 50
    refused = [call for call in mirror.calls() if call["status"] >= 400]
    assert len(refused) == 1, "it reacts to Discord's answer once, and remembers"
    await add_chapters(mirror, 61, 61)
    await in_step(mirror)
    assert parents(mirror)["61-deel-61"] == "Samen sterk in Zilverdijk (2)"
    assert len([call for call in mirror.calls() if call["status"] >= 400]) == 1


@pytest.mark.parametrize("opened", [True, False])
def test_the_next_category_is_made_as_it_is_to_be(opened: bool) -> None:
    """It is seen by those who see the first one, from when it is made."""
    row = Known("programme/part:2", ResourceKind.CATEGORY, None, Snowflake(1), "", Snowflake(1))
    desired = list(channels(programme(), MirrorSettings(opened=opened), NL, {row.key: row}))
    first, following = desired[:2]
    forum = next(each for each in desired if each.kind is ResourceKind.FORUM)
    assert next_category(first.key, first.title, forum) == following


async def test_the_next_category_is_made_once_wherever_the_process_is_cut_off(mirror: Mirror) -> None:
    await add_chapters(mirror, 3, 52)
    while await cut_off(mirror, write=97):
        pass
    for write in range(1, 8):
        await add_chapters(mirror, 60 + write, 60 + write)
        await cut_off(mirror, write=write)
    await in_step(mirror)
    names = [each["name"] for each in mirror.dump()["channels"]]
    assert len(names) == len(set(names))


async def test_a_guild_without_forums_gets_text_channels_with_public_threads(mirror: Mirror) -> None:
    mirror.loopback.faults.forums_refused = True
    await in_step(mirror)
    guild = mirror.dump()
    kinds = {each["name"]: each["type"] for each in guild["channels"]}
    assert (kinds["1-hoofdstuk-1"], kinds["2-hoofdstuk-2"]) == (0, 0)
    ids = await mirror.ids()
    post, channel = str(ids["section:110"]), str(ids["chapter:1"])
    thread = next(each for each in guild["threads"] if each["id"] == post)
    assert (thread["type"], thread["parent_id"], thread["name"]) == (11, channel, "1.1 Deel 1")
    assert "Veiligheid is van groot belang" in shown_in(guild, channel)[0]
    assert any("1.1-A1" in text for text in shown_in(guild, post))
    assert guild["pins"][channel] == [str(ids["contents:1"])]

    def edit(unit: Unit) -> None:
        section = section_of(unit, mirror.programme_id, "1.2")
        store_section(unit, section.section_id, (bullet("Een andere tekst."),))

    await mirror.store.transact(edit)
    calls = writing(await mirror.calls_of())
    assert calls == [("PATCH", f"/channels/{channel}/messages/{ids['section:120']}")]
    await mirror.http.edit_channel(ids["section:120"], archived=True)
    await in_step(mirror)


async def test_threads_in_a_text_channel_are_made_once_wherever_the_process_is_cut_off(mirror: Mirror) -> None:
    mirror.loopback.faults.forums_refused = True
    times = 0
    while await cut_off(mirror, call=7):
        times += 1
    await in_step(mirror)
    assert times > 5
    guild = mirror.dump()
    assert len(guild["threads"]) == 6
    ids = await mirror.ids()
    assert len(guild["messages"][str(ids["chapter:1"])]) == 3
    assert {key for key in ids if key.startswith("chapter")} == {"chapter:1", "chapter:2"}


async def test_quiet_posts_sleep_where_there_would_be_too_many_awake(mirror: Mirror) -> None:
    """Those with an open proposal stay awake as long as there are others."""
    crowded = Crowded(**{name: getattr(mirror, name) for name in mirror.__dataclass_fields__})

    def close(unit: Unit) -> None:
        for code in ("1.1", "1.2", "2.1"):
            for amendment in section_of(unit, mirror.programme_id, code).amendments:
                unit.amendments.set_status(amendment.amendment_id, Status.REJECTED)

    await mirror.store.transact(close)
    assert not (await crowded.sync()).failures
    awake = {each["name"] for each in mirror.dump()["threads"] if not each["thread_metadata"]["archived"]}
    assert len(awake) <= 4
    assert "2.2 Deel 2" in awake
    assert not (await crowded.plan()).changes
    await mirror.store.transact(
        lambda unit: add_amendment(unit, section_of(unit, mirror.programme_id, "1.1").section_id)
    )
    assert not (await crowded.sync()).failures
    states = {each["name"]: each["thread_metadata"]["archived"] for each in mirror.dump()["threads"]}
    assert not states["1.1 Deel 1"]
    assert writing(await crowded.calls_of()) == []


async def test_a_guild_full_of_threads_is_made_room_in(mirror: Mirror) -> None:
    """Also where members' own threads count, and Discord says no first."""

    def close(unit: Unit) -> None:
        for code in ("1.1", "1.2", "2.1", "2.2"):
            for amendment in section_of(unit, mirror.programme_id, code).amendments:
                unit.amendments.set_status(amendment.amendment_id, Status.REJECTED)

    await mirror.store.transact(close)
    mirror.loopback.world.windows.active_threads = 6
    await in_step(mirror)
    mirror.loopback.world.windows.active_threads = 5

    def more(unit: Unit) -> None:
        secret(unit, mirror.programme_id)

    await mirror.store.transact(more)
    await in_step(mirror)
    assert "section:300" in await mirror.ids()
    assert len(mirror.dump()["threads"]) == 7


async def test_channels_that_have_the_same_names_already_are_nobody_elses_business(mirror: Mirror) -> None:
    await mirror.http.create_channel(mirror.guild_id, 0, name="overzicht")
    await mirror.http.create_channel(mirror.guild_id, 0, name="1-hoofdstuk-1")
    await mirror.http.create_channel(mirror.guild_id, 4, name="Samen sterk in Zilverdijk")

    def same(unit: Unit) -> None:
        reading = ForumReading(ForumId(9), "Hoofdstuk 1")
        unit.programmes.add_chapter(mirror.programme_id, "9", reading, None, "1x")

    await mirror.store.transact(same)
    before = {each["id"] for each in mirror.dump()["channels"]}
    await in_step(mirror)
    ours = {str(each) for each in (await mirror.ids()).values()}
    assert not before & ours


def permissions(mirror: Mirror, key_id: Snowflake, *, take: int) -> None:
    """Take permissions from the bot in a channel, as an admin does in Discord's own settings; 0 gives all back."""
    guild = next(iter(mirror.loopback.world.guilds.values()))
    channel = guild.channels[str(key_id)]
    for overwrite in channel["permission_overwrites"]:
        if overwrite["id"] == str(mirror.bot_id):
            held = int(overwrite["allow"]) | int(overwrite["deny"])
            overwrite |= {"allow": str(held & ~take), "deny": str(take)}


SEND = 1 << 38


@pytest.mark.parametrize(
    ("take", "name"), [(SEND, "permission.send_messages_in_threads"), (1 << 10, "permission.view_channel")]
)
async def test_a_permission_taken_away_is_said_with_its_channel_and_the_rest_goes_on(
    mirror: Mirror, take: int, name: str
) -> None:
    await in_step(mirror)
    ids = await mirror.ids()
    permissions(mirror, ids["chapter:1"], take=take)
    for code in ("1.1", "1.2", "2.1"):
        await mirror.store.transact(
            lambda unit, code=code: add_amendment(unit, section_of(unit, mirror.programme_id, code).section_id)
        )
    before = len(mirror.calls())
    outcome = await mirror.sync()
    (failure,) = outcome.failures
    assert (failure.key, failure.values) == ("discord.own_lacks", {"place": "#1-hoofdstuk-1", "permission": name})
    assert sum(call["status"] == 403 for call in mirror.calls()[before:]) <= 3
    assert any("2.1-A3" in text for text in shown_in(mirror.dump(), str(ids["section:130"])))
    permissions(mirror, ids["chapter:1"], take=0)
    await in_step(mirror)
    assert any("1.1-A3" in text for text in shown_in(mirror.dump(), str(ids["section:110"])))
    assert len(mirror.dump()["threads"]) == 6, "what could not be seen was not taken for gone"


async def test_many_members_talking_changes_nothing_of_ours(mirror: Mirror, members: Enter) -> None:
    await in_step(mirror)
    before = shown(mirror.dump())
    lid = await members("lid")
    for thread in mirror.dump()["threads"]:
        await lid.send(thread["id"], "Ik ben het ermee eens.")
    assert writing(await mirror.calls_of()) == []
    after = shown(mirror.dump())
    assert {place: [text for text in said if text] for place, said in after.items()} == before


async def test_a_quiet_post_that_was_deleted_meanwhile_is_no_other_posts_end(mirror: Mirror) -> None:
    """Making room by putting it to sleep fails, and what needed the room is made once all the same."""
    crowded = Crowded(**{name: getattr(mirror, name) for name in mirror.__dataclass_fields__})

    def close(unit: Unit) -> None:
        for code in ("1.1", "1.2", "2.1"):
            for amendment in section_of(unit, mirror.programme_id, code).amendments:
                unit.amendments.set_status(amendment.amendment_id, Status.REJECTED)

    await mirror.store.transact(close)
    mirror.loopback.faults.fail(404, 2, method="PATCH", path=r"/channels/\d+$")
    await crowded.sync()
    await crowded.sync()
    guild = mirror.dump()
    assert sorted(each["name"] for each in guild["threads"]) == sorted(
        ["Inhoud", "Inhoud", "1.1 Deel 1", "1.2 Deel 2", "2.1 Deel 1", "2.2 Deel 2"]
    )
    assert len({each["name"] for each in guild["channels"]}) == len(guild["channels"])
