"""`/programma instellen`: an admin sets up their guild, also one that the bot is invited into while it runs."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from bot.config import ForumSettings
from bot.domain.ids import Snowflake
from bot.domain.people import Actor, Role
from bot.sandbox import Loopback, neighbour
from bot.sandbox.acts.guilds import expel, invite
from bot.services.guilds import Choice
from db.database import Database
from tests.e2e.conftest import Town, running, sections_in, settings_for
from tests.e2e.neighbours import Next, visit
from tests.forum.living import LivingForum, living
from tests.sandbox.member import Enter


@pytest.fixture
def forum() -> LivingForum:
    forum = LivingForum()
    forum.add_reply(forum.add_topic(4, "Bomen", "Wij willen meer bomen."), "Mooi plan.")
    return forum


@asynccontextmanager
async def at_work(loopback: Loopback, path: Path, forum: LivingForum) -> AsyncGenerator[Town]:
    """Run the bot on an empty database as it really runs, its forums followed."""
    settings = settings_for(
        loopback, path, forum=ForumSettings(url=forum.url, delay=0, quick_every=0.2, full_every=1, suspect_for=0)
    )
    async with await Database.open(path) as store, running(loopback, store, settings) as town:
        work = asyncio.create_task(town.bridge.work())
        try:
            yield town
        finally:
            work.cancel()
            await asyncio.wait({work})


async def test_a_guild_is_set_up_while_the_bot_runs(
    loopback: Loopback, members: Enter, forum: LivingForum, tmp_path: Path
) -> None:
    """Invited, told which forum, given its roles: it is served, in its language; sent away it is left alone."""
    async with living(forum), at_work(loopback, tmp_path / "town.db", forum) as town:
        guild = neighbour(loopback.world)
        beside = Next(loopback, town.store, town.bridge, guild)
        oprichter, gast = await members("oprichter"), await members("gast")
        visit(oprichter, guild)
        visit(gast, guild)
        invite(loopback.world, guild)
        await loopback.wait_for(lambda _: town.bridge.client.get_guild(int(guild.id)) is not None)
        assert "nog geen programma" in (await oprichter.slash("programma status")).text
        assert "beheer" in (await gast.slash("programma instellen", {"taal": "en"})).text
        shown = await oprichter.slash("programma instellen")
        assert "nog geen" in shown.text
        beheer = next(role["id"] for role in guild.roles.values() if role["name"] == "beheer")
        chosen = await oprichter.choose(shown.message, "guild-role:admin", [beheer])
        await chosen.until(lambda given: bool(given.messages) and f"<@&{beheer}>" in given.text)
        wrong = await gast.slash("programma instellen", {"bron": f"{forum.url}nergens/"})
        assert "Er is niets gewijzigd" in wrong.text
        assert f"{forum.url}nergens/" in wrong.text
        done = await gast.slash("programma instellen", {"bron": forum.url, "taal": "en", "automatisch": "always"})
        assert "Gewijzigd" in done.text
        await loopback.wait_for(lambda _: "Mooi plan" in str(beside.view()["messages"]))
        await town.bridge.syncing.idle()
        assert "I support this" not in str(town.view()["messages"])
        assert "Amendement indienen" in str(town.view()["messages"])
        assert "Amendement indienen" not in str(beside.view()["messages"])
        assert len(sections_in(beside.view())) == len(sections_in(town.view())) == 1
        expel(loopback.world, guild)
        await loopback.wait_for(lambda _: town.bridge.client.get_guild(int(guild.id)) is None)
        forum.add_topic(4, "Vijvers", "Wij willen meer vijvers.")
        await loopback.wait_for(lambda _: "meer vijvers" in str(town.view()["messages"]))
        assert "meer vijvers" not in str(beside.view()["messages"])
        invite(loopback.world, guild)
        await loopback.wait_for(lambda _: "meer vijvers" in str(beside.view()["messages"]))


async def test_a_forum_that_does_not_answer_holds_up_no_other_guild(
    loopback: Loopback, members: Enter, forum: LivingForum, tmp_path: Path
) -> None:
    """The neighbour's forum hangs in the middle of its first reading; the town keeps step with its own."""
    held = asyncio.Event()

    async def hang(request: web.Request) -> web.Response:
        await held.wait()
        return web.Response(status=503)

    app = web.Application()
    app.router.add_get("/{path:.*}", hang)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        async with living(forum), at_work(loopback, tmp_path / "town.db", forum) as town:
            await loopback.wait_for(lambda _: "Mooi plan" in str(town.view()["messages"]))
            await set_up_hanging(loopback, town, port)
            forum.add_topic(4, "Vijvers", "Wij willen meer vijvers.")
            await loopback.wait_for(lambda _: "meer vijvers" in str(town.view()["messages"]))
    finally:
        held.set()
        await runner.cleanup()


async def set_up_hanging(loopback: Loopback, town: Town, port: int) -> None:
    """Serve the neighbour with a forum that was well when it was chosen."""
    guild = neighbour(loopback.world)
    invite(loopback.world, guild)
    await loopback.wait_for(lambda _: town.bridge.client.get_guild(int(guild.id)) is not None)
    actor = Actor(Snowflake(1), "Olga", frozenset({Role.ADMIN}), Snowflake(int(guild.id)))
    await town.bridge.guilds.choose(actor, Snowflake(int(guild.id)), Choice(source=f"http://127.0.0.1:{port}/"))


async def test_what_the_config_names_is_changed_there_only(town: Town, members: Enter) -> None:
    """The config's guild: its roles stand in the config, the language does not; the panel tells which is which."""
    beheerder = await members("beheerder")
    shown = await beheerder.slash("programma instellen")
    assert "instellingen van de bot zelf" in shown.text
    assert "mirror.auto" in (await beheerder.slash("programma instellen", {"automatisch": "never"})).text
    changed = await beheerder.slash("programma instellen", {"taal": "en"})
    assert "Engels" in changed.text
    await town.bridge.syncing.idle()
    assert "I support this" in str(town.view()["messages"])


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "http://[::1]/", "http://169.254.169.254/", "niets"])
async def test_a_guild_cannot_have_the_operators_network_read_out(town: Town, members: Enter, address: str) -> None:
    beheerder = await members("beheerder")
    answer = await beheerder.slash("programma instellen", {"bron": address})
    assert "Er is niets gewijzigd" in answer.text
    assert ("privénetwerk" in answer.text) == (address != "niets")
