"""Whose programme is whose, and who is master of which setting."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.config import ForumSettings, MirrorSettings, RoleSettings, Settings
from bot.domain.ids import Snowflake
from bot.domain.people import Actor, Role
from bot.errors import Refused
from bot.naming import programme_meant
from bot.seeding import held, seed
from bot.services.guild_rows import GuildSettings
from bot.services.guilds import Choice, Guilds
from bot.services.homes import Home
from db.database import Database

FIRST, SECOND = Snowflake(10), Snowflake(20)
AT = "2026-11-20T12:00:00+00:00"
NAMED = Settings().model_copy(
    update={
        "forum": ForumSettings(url="https://forum.duinveen.example/"),
        "mirror": MirrorSettings(members_post=True),
        "roles": RoleSettings(member=(1,)),
    }
)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Database]:
    async with await Database.open(tmp_path / "guilds.db") as opened:
        yield opened


async def begin(store: Database, settings: Settings, guild_id: Snowflake = FIRST) -> GuildSettings:
    """Start as the bot does, and return what holds for the config's guild."""
    own = settings.model_copy(update={"discord": settings.discord.model_copy(update={"guild_id": guild_id})})
    await store.transact(lambda unit: seed(unit, own, guild_id, AT))
    found = await store.read(lambda unit: unit.guilds.load(guild_id))
    assert found is not None
    return found


async def test_the_config_is_the_master_of_what_it_names_and_of_no_more(store: Database) -> None:
    """What an admin chose stays over a start where the config is silent, and also once the config falls silent."""
    guild = await begin(store, NAMED)
    assert guild.source == "https://forum.duinveen.example/"
    chosen = Choice(language="en", auto="never", roles={Role.CHAIR: frozenset({Snowflake(5)})})
    await store.transact(lambda unit: unit.guilds.save(chosen.applied(guild), AT))
    again = await begin(store, NAMED)
    assert (again.language, again.auto, again.holders(Role.CHAIR)) == ("en", "never", {5})
    assert (again.holders(Role.MEMBER), again.members_post) == ({1}, True)
    silent = await begin(store, Settings())
    assert (silent.source, silent.holders(Role.MEMBER)) == (again.source, {1})
    assert silent.members_post is False


async def test_what_the_config_holds_is_refused_for_its_guild_alone(store: Database) -> None:
    changed: list[GuildSettings] = []

    async def hear(guild: GuildSettings) -> None:
        changed.append(guild)

    guilds = Guilds(store, lambda: AT, FIRST, held(NAMED), "nl", hear)
    for guild_id in (FIRST, SECOND):
        admin = Actor(Snowflake(1), "Bram", frozenset({Role.ADMIN}), guild_id)
        choice = Choice(source="https://elders.example/", language="en")
        if guild_id == FIRST:
            with pytest.raises(Refused, match=r"forum\.url"):
                await guilds.choose(admin, guild_id, choice)
        else:
            await guilds.choose(admin, guild_id, choice)
    with pytest.raises(Refused, match=r"refused\.role"):
        await guilds.choose(Actor(Snowflake(2), "Teun", frozenset(), SECOND), SECOND, Choice(language="nl"))
    assert [guild.guild_id for guild in changed] == [SECOND]
    assert guilds.of(SECOND).language == "en"


async def test_a_programme_without_a_guild_becomes_that_of_the_config(store: Database) -> None:
    """Of the config's guild only: a guild that was set up in Discord waits for its own."""
    made = await store.transact(lambda unit: unit.programmes.create("Samen", None, "nl"))
    assert await store.transact(Home(SECOND).settle) is None
    await begin(store, Settings())
    assert await store.read(lambda unit: unit.programmes.of_guild(FIRST)) == made
    assert await store.transact(Home(SECOND).settle) is None


async def test_a_guild_never_seen_beside_anothers_programme_is_refused(store: Database) -> None:
    """A wrong id, or a wrong database; a guild that was set up is neither."""
    made = await store.transact(lambda unit: unit.programmes.create("Samen", None, "nl"))
    await store.transact(lambda unit: unit.programmes.bind(made, FIRST))
    with pytest.raises(Refused, match="other_guild"):
        await begin(store, Settings(), SECOND)
    await store.transact(lambda unit: unit.guilds.save(GuildSettings(SECOND), AT))
    assert (await begin(store, Settings(), SECOND)).guild_id == SECOND
    assert await store.read(lambda unit: programme_meant(unit, Settings(), None)) == made
