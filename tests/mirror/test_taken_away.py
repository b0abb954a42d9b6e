"""Permissions taken away in the middle of a run: that chapter stops, with one sentence, and goes on once it may."""

from collections.abc import Callable

import pytest
from discord.http import HTTPClient

from bot.domain.ids import Snowflake
from bot.errors import DiscordRefused
from bot.locales import load_all
from bot.mirror.clearing import Fate
from bot.mirror.permissions import Permission
from bot.mirror.plan import Scope
from bot.mirror.report import hands_lines
from bot.sandbox import Loopback
from bot.sandbox.wire import Json
from bot.services.ports import Unit
from db.database import Database
from tests.mirror.passes import NL, SETTINGS, Mirror, writing
from tests.mirror.programmes import add_amendment, make_programme, section_of
from tests.sandbox.granting import grant

EN = load_all()["en"]
CHAPTER = "1-hoofdstuk-1"
POSTS = ["1.1 Deel 1", "1.2 Deel 2", "2.1 Deel 1", "2.2 Deel 2", "Inhoud", "Inhoud"]


@pytest.fixture
async def mirror(
    loopback: Loopback, database: Database, http: HTTPClient, guild_id: Snowflake, bot_id: Snowflake
) -> Mirror:
    grant(loopback)
    programme_id = await database.transact(lambda unit: make_programme(unit, guild_id))
    return Mirror(loopback, database, http, guild_id, bot_id, programme_id)


@pytest.mark.parametrize(
    "taken",
    [
        Permission.VIEW_CHANNEL,
        Permission.SEND_MESSAGES,
        Permission.SEND_MESSAGES_IN_THREADS,
        Permission.MANAGE_THREADS,
        Permission.PIN_MESSAGES,
    ],
)
async def test_taken_in_one_channel_that_chapter_stops_and_the_rest_is_made(mirror: Mirror, taken: Permission) -> None:
    """The role's right, withheld in the channel while it is filled: the sentence tells which, where, and what to do."""
    failures = await interrupted(mirror, lambda: close(mirror, bot_role(mirror), taken))
    assert failures == [NL(f"discord.needs_{taken.key}", place=f"#{CHAPTER}")]
    assert [name for name in names(mirror) if name.startswith("2.")] == ["2.1 Deel 1", "2.2 Deel 2"]
    open_again(mirror)
    await ends_well(mirror)


@pytest.mark.parametrize("taken", [Permission.MANAGE_CHANNELS, Permission.MANAGE_ROLES, Permission.PIN_MESSAGES])
async def test_taken_in_the_guild_it_is_said_once_and_not_for_each_channel(mirror: Mirror, taken: Permission) -> None:
    failures = await interrupted(mirror, lambda: grant(mirror.loopback, without=taken))
    assert failures == [
        NL("discord.guild_lacks", guild="Afdeling Zilverdijk", permission=NL(f"permission.{taken.key}"))
    ]
    grant(mirror.loopback)
    await ends_well(mirror)


async def test_one_right_that_the_whole_guild_lacks_is_told_once_for_all_channels(mirror: Mirror) -> None:
    """Only a channel that withholds something by itself is told of beside it."""
    await ends_well(mirror)
    close(mirror, str(mirror.bot_id), Permission.VIEW_CHANNEL)
    lacking = Permission.SEND_MESSAGES_IN_THREADS
    grant(mirror.loopback, without=lacking)
    for channel_id in (each for each in mirror.dump()["channels"] if each["type"] == 15):
        withdraw(mirror, channel_id["id"], lacking)
    await propose(mirror, "1.2", "2.1", "2.2")
    assert sorted(await synced(mirror)) == [
        NL("discord.own_lacks", place=f"#{CHAPTER}", permission=NL("permission.view_channel")),
        NL("discord.guild_lacks", guild="Afdeling Zilverdijk", permission=NL(f"permission.{lacking.key}")),
    ]


async def test_what_is_withheld_from_the_bot_itself_is_said_so(mirror: Mirror) -> None:
    """To give its role something would not help: that wins over every role."""
    failures = await interrupted(mirror, lambda: close(mirror, str(mirror.bot_id), Permission.SEND_MESSAGES_IN_THREADS))
    (sentence,) = failures
    assert f"#{CHAPTER}" in sentence
    assert "voor de bot zelf" in sentence
    assert "*Berichten versturen in threads*" in sentence
    assert "rol van de bot" not in sentence


async def test_a_plan_names_the_channel_that_is_closed_and_plans_the_rest(mirror: Mirror) -> None:
    """It takes neither its posts for gone nor what is pinned in them for unpinned, in both languages."""
    await ends_well(mirror)
    close(mirror, str(mirror.bot_id), Permission.VIEW_CHANNEL)
    stand = await mirror.stand()
    observed = await mirror.guild().observe(stand.known, closely=True)
    plan = stand.plan(observed, SETTINGS, NL, Scope())
    assert not plan.changes
    assert plan.drift == plan.missing == ()
    for say, name in ((NL, "*Kanalen bekijken*"), (EN, "*View Channels*")):
        title, sentence = hands_lines(plan, say)
        assert say("plan.closed") in title
        assert f"#{CHAPTER}" in sentence
        assert name in sentence
    assert await mirror.guild().deleted(stand.known) == frozenset()


async def test_clearing_leaves_what_it_may_not_look_into_and_says_so(mirror: Mirror) -> None:
    """Whoever wrote there is not known, so neither the channel goes nor is what stands in it forgotten."""
    await ends_well(mirror)
    known = (await mirror.stand()).known
    close(mirror, bot_role(mirror), Permission.READ_MESSAGE_HISTORY)
    clearing = mirror.guild().clearing
    todo = await clearing.look(known)
    assert [said(each) for each in todo.barred] == [NL("discord.needs_read_message_history", place=f"#{CHAPTER}")]
    assert not set(todo.gone) & {"section:110", "section:120", "summary:110"}
    assert [step.name for step in todo.of(Fate.KEEP)] == [CHAPTER, "Samen sterk in Zilverdijk"]
    await clearing.carry_out(mirror.programme_id, known, todo)
    assert names(mirror) == [name for name in names(mirror) if not name.startswith("2.")]
    assert "1.1 Deel 1" in names(mirror)


async def interrupted(mirror: Mirror, take: Callable[[], None]) -> list[str]:
    """Make everything, and take something away as soon as the first chapter's channel stands."""
    taken = False

    def watch(done: int, total: int, title: str) -> None:
        nonlocal taken
        if not taken and channel(mirror) is not None:
            taken = True
            take()

    stand = await mirror.stand()
    observed = await mirror.guild().observe(stand.known)
    plan = stand.plan(observed, SETTINGS, NL, Scope())
    outcome = await mirror.guild().apply(mirror.programme_id, plan, observed, watch)
    assert taken
    return [said(failure) for failure in outcome.failures]


async def synced(mirror: Mirror) -> list[str]:
    return [said(failure) for failure in (await mirror.sync()).failures]


async def ends_well(mirror: Mirror) -> None:
    """The next run makes what is left, once, and the one after it nothing."""
    assert await synced(mirror) == []
    assert names(mirror) == POSTS
    assert writing(await mirror.calls_of()) == []


async def propose(mirror: Mirror, *codes: str) -> None:
    def work(unit: Unit) -> None:
        for code in codes:
            add_amendment(unit, section_of(unit, mirror.programme_id, code).section_id)

    await mirror.store.transact(work)


def withdraw(mirror: Mirror, channel_id: str, taken: Permission) -> None:
    """Take from a channel what it gives the bot beside the guild."""
    for rule in mirror.loopback.world.guilds[str(mirror.guild_id)].channels[channel_id]["permission_overwrites"]:
        rule["allow"] = str(int(rule["allow"]) & ~int(taken))


def said(error: Exception) -> str:
    assert isinstance(error, DiscordRefused)
    return NL(error.key, **error.values)


def names(mirror: Mirror) -> list[str]:
    return sorted(thread["name"] for thread in mirror.dump()["threads"])


def channel(mirror: Mirror) -> Json | None:
    guild = mirror.loopback.world.guilds[str(mirror.guild_id)]
    return next((each for each in guild.channels.values() if each["name"] == CHAPTER), None)


def bot_role(mirror: Mirror) -> str:
    guild = mirror.loopback.world.guilds[str(mirror.guild_id)]
    return next(role["id"] for role in guild.roles.values() if role["managed"])


def close(mirror: Mirror, target: str, taken: Permission) -> None:
    """Withhold something from a role or the bot in the first chapter, as an admin does in Discord's own settings."""
    found = channel(mirror)
    assert found is not None
    found["kept_rules"] = found["permission_overwrites"]
    rules = {each["id"]: dict(each) for each in found["permission_overwrites"]}
    own = rules[str(mirror.bot_id)]
    own["allow"] = str(int(own["allow"]) & ~int(taken))
    rule = rules.setdefault(target, {"id": target, "type": 0, "allow": "0", "deny": "0"})
    rule["deny"] = str(int(rule["deny"]) | int(taken))
    found["permission_overwrites"] = list(rules.values())


def open_again(mirror: Mirror) -> None:
    found = channel(mirror)
    assert found is not None
    found["permission_overwrites"] = found.pop("kept_rules")
