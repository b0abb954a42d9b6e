"""Discord lets a third new name in ten minutes wait. Here ten minutes are seconds, on the loopback and for the bot."""

from collections.abc import AsyncIterator

import pytest
from discord.http import HTTPClient

from bot.domain.ids import ForumId, Snowflake
from bot.domain.programme import Section
from bot.domain.reading import ForumReading, TopicReading
from bot.locales import load_all
from bot.mirror.apply.renaming import Renames
from bot.mirror.apply.walking import DiscordGuild
from bot.mirror.resources import MirrorSettings
from bot.sandbox import Loopback
from bot.sandbox.ratelimits import RULES, Rule
from bot.services.guild_syncing import GuildSyncing
from bot.services.ports import Unit
from bot.services.stand import SyncSettings
from db.database import Database
from tests.mirror.passes import Mirror, clock, shown
from tests.mirror.programmes import bullet, make_programme, post, section_of, store_section

WINDOW = 2.5


@pytest.fixture
async def mirror(
    loopback: Loopback, database: Database, http: HTTPClient, guild_id: Snowflake, bot_id: Snowflake
) -> Mirror:
    rename = Rule("rename", "PATCH", r"/channels/\d+#name$", 2, WINDOW * loopback.limits.speed)
    loopback.limits.rules = (rename, *RULES[1:])
    programme_id = await database.transact(lambda unit: make_programme(unit, guild_id, chapters=2))
    return Mirror(loopback, database, http, guild_id, bot_id, programme_id)


def syncing(mirror: Mirror, renames: Renames) -> GuildSyncing:
    guild = DiscordGuild(mirror.http, mirror.guild_id, mirror.bot_id, mirror.store, clock, renames=renames)
    made = GuildSyncing(mirror.store, guild, SyncSettings(MirrorSettings(), "always"), load_all(), clock)
    made.start(mirror.programme_id)
    return made


@pytest.fixture
async def at_work(mirror: Mirror) -> AsyncIterator[GuildSyncing]:
    made = syncing(mirror, Renames(WINDOW, patience=0.2))
    await made.idle()
    yield made
    await made.close()


async def rewrite(mirror: Mirror, name: str, words: str) -> None:
    """Give chapter 1 another title, and section 2.2 and a section of chapter 1 other words."""

    def work(unit: Unit) -> None:
        chapter = unit.programmes.chapters(mirror.programme_id)[0]
        unit.programmes.update_chapter(chapter.chapter_id, ForumReading(ForumId(1), name), None)
        for code in ("1.2", "2.2"):
            section = section_of(unit, mirror.programme_id, code)
            store_section(unit, section.section_id, (bullet(words),))
            unit.programmes.update_section(section.section_id, section.chapter_id, renamed(section, name))

    await mirror.store.transact(work)


def renamed(section: Section, name: str) -> TopicReading:
    return TopicReading(post(section.post_id, ()), name, ForumId(1), "")


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_name_that_has_to_wait_holds_up_nothing_else(
    mirror: Mirror, at_work: GuildSyncing, loopback: Loopback, *, restarted: bool
) -> None:
    """Text goes on at once, in the very post and channel whose third name comes only later.

    The bot counts, so that Discord refuses nothing; after a restart it does not know, asks once, and waits no longer
    than its patience.
    """
    for number in (1, 2):
        await rewrite(mirror, f"Naam {number}", f"Woorden {number}")
        at_work.enqueue(mirror.programme_id)
        await at_work.idle()
    bot = at_work
    if restarted:
        await at_work.close()
        bot = syncing(mirror, Renames(WINDOW, patience=0.2))
        await bot.idle()
    await rewrite(mirror, "Naam 3", "Woorden 3")
    bot.enqueue(mirror.programme_id)
    await bot.idle()
    said = str(shown(mirror.dump()))
    assert said.count("Woorden 3") == 2
    assert "naam-2" in said
    assert "1.2 Naam 2" in said
    assert (await bot.health(mirror.programme_id)).failure is None
    assert (429 in {call["status"] for call in mirror.calls()}) == restarted
    await loopback.wait_for(lambda _: "1.2 Naam 3" in names(mirror) and "naam-3" in names(mirror), timeout=10)
    await bot.close()
    assert not (await mirror.plan()).changes


def names(mirror: Mirror) -> str:
    guild = mirror.dump()
    return str([each["name"] for each in (*guild["channels"], *guild["threads"])])
