"""Clearing away, wherever the process is cut off and whatever people write meanwhile."""

from contextlib import suppress

import pytest
from discord.http import HTTPClient

from bot.domain.ids import ProgrammeId, Snowflake
from bot.locales import load_all
from bot.mirror.apply.clearing import DiscordClearing
from bot.mirror.clearing import Fate, clearing_file
from bot.mirror.observe.calls import Calls
from bot.sandbox import Loopback
from db.database import Database
from tests.mirror.killing import Killed, fatal
from tests.mirror.passes import Mirror, writing
from tests.mirror.programmes import make_programme
from tests.sandbox.member import Enter


@pytest.fixture
async def mirror(
    loopback: Loopback, database: Database, http: HTTPClient, guild_id: Snowflake, bot_id: Snowflake
) -> Mirror:
    return await mirrored(Mirror(loopback, database, http, guild_id, bot_id, ProgrammeId(0)), chapters=2)


async def mirrored(mirror: Mirror, chapters: int, sections: int = 1) -> Mirror:
    """Give a mirror a small programme to show."""
    mirror.programme_id = await mirror.store.transact(
        lambda unit: make_programme(unit, mirror.guild_id, chapters=chapters, sections=sections)
    )
    assert not (await mirror.sync()).failures
    return mirror


def away(mirror: Mirror, http: HTTPClient | None = None) -> DiscordClearing:
    return DiscordClearing(Calls(http or mirror.http), mirror.guild_id, mirror.bot_id, mirror.store)


async def test_cut_off_before_any_call_the_next_clearing_ends_the_same(
    loopback: Loopback, database: Database, http: HTTPClient, guild_id: Snowflake, bot_id: Snowflake
) -> None:
    """Nothing is left in guild or database, and the mirror can be made anew."""
    mirror = await mirrored(Mirror(loopback, database, http, guild_id, bot_id, ProgrammeId(0)), chapters=1)
    call, whole = 0, False
    while not whole:
        call += 1
        known = (await mirror.stand()).known
        todo = await away(mirror).look(known)
        try:
            await away(mirror, fatal(mirror.http, call)).carry_out(mirror.programme_id, known, todo)
            whole = True
        except Killed:
            known = (await mirror.stand()).known
            todo = await away(mirror).look(known)
            done = await away(mirror).carry_out(mirror.programme_id, known, todo)
            assert (done.kept, done.failures) == ((), ())
        assert [channel["name"] for channel in mirror.dump()["channels"]] == ["algemeen"]
        assert (await mirror.stand()).known == {}
        assert not (await mirror.sync()).failures
        assert writing(await mirror.calls_of()) == []
    assert call > 10


async def test_words_written_while_it_runs_stay_with_all_that_holds_them(mirror: Mirror, members: Enter) -> None:
    """Every post is looked at again right before it would go; a post that a member began counts as well."""
    lid, oprichter = await members("lid"), await members("oprichter")
    known, ids = (await mirror.stand()).known, await mirror.ids()
    todo = await away(mirror).look(known)
    assert len(todo.of(Fate.REMOVE)) == len(todo.steps)
    await lid.send(str(ids["section:110"]), "Wacht!")
    post = {"name": "Van mij", "message": {"content": "hoi"}}
    await oprichter.request("POST", f"/channels/{ids['chapter:2']}/threads", post)
    done = await away(mirror).carry_out(mirror.programme_id, known, todo)
    assert {step.discord_id for step in done.kept} == {
        ids[key] for key in ("section:110", "chapter:1", "chapter:2", "programme")
    }
    assert sorted(thread["name"] for thread in mirror.dump()["threads"]) == ["1.1 Deel 1", "Van mij"]


@pytest.mark.parametrize("call", range(12))
async def test_where_posts_are_threads_in_a_text_channel_their_first_messages_go_with_them(
    loopback: Loopback,
    database: Database,
    http: HTTPClient,
    guild_id: Snowflake,
    bot_id: Snowflake,
    members: Enter,
    call: int,
) -> None:
    """Also where the channel stays, and wherever the clearing is cut off; a post that was answered keeps its own."""
    loopback.faults.forums_refused = True
    mirror = await mirrored(Mirror(loopback, database, http, guild_id, bot_id, ProgrammeId(0)), chapters=1, sections=2)
    lid, ids = await members("lid"), await mirror.ids()
    await lid.send(str(ids["section:110"]), "Wacht!")
    known = (await mirror.stand()).known
    todo = await away(mirror).look(known)
    if call:
        with suppress(Killed):
            await away(mirror, fatal(mirror.http, call)).carry_out(mirror.programme_id, known, todo)
        known = (await mirror.stand()).known
        todo = await away(mirror).look(known)
    await away(mirror).carry_out(mirror.programme_id, known, todo)
    guild = mirror.dump()
    assert [each["name"] for each in guild["threads"]] == ["1.1 Deel 1"]
    assert [each["id"] for each in guild["messages"][str(ids["chapter:1"])]] == [str(ids["section:110"])]
    assert not (await mirror.sync()).failures
    assert writing(await mirror.calls_of()) == []
    assert len(mirror.dump()["messages"][str(ids["chapter:1"])]) == 3


async def test_the_file_says_what_stays_before_what_goes(mirror: Mirror, members: Enter) -> None:
    lid = await members("lid")
    await lid.send(str((await mirror.ids())["section:110"]), "Goed plan!")
    text = clearing_file(await away(mirror).look((await mirror.stand()).known), load_all()["nl"])
    assert text.index("1.1 Deel 1 · wordt gearchiveerd") < text.index("## Dit gaat weg") < text.index("2.1 Deel 1")
