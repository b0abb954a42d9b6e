"""A guild that shows a section with words found nowhere else, to see whether they are still there."""

import json
from typing import Any

from discord.http import HTTPClient

from bot.domain.ids import ForumId, PostId, ProgrammeId, SectionId, Snowflake
from bot.domain.programme import Section
from bot.domain.reading import TopicReading
from bot.domain.text import Block, paragraph
from bot.sandbox import Loopback
from bot.services.ports import Unit
from db.database import Database
from tests.mirror.passes import Mirror, writing
from tests.mirror.programmes import (
    AT,
    add_amendment,
    bullet,
    make_programme,
    post,
    store_section,
)

WORDS = "Waterlinie langs de dijk, in alle stilte bedacht. "
TEXT = (paragraph(WORDS * 4), *(bullet(f"Stap {number}: {WORDS * 15}") for number in range(1, 9)))
SECRETS = ("Dijkplan", "Waterlinie", "Ymke", "Barend", "Sjoerdje", "Fluisterwoord", "forum.example.org/?p=30")
TOPIC, ANSWERS = PostId(300), (PostId(301), PostId(302))


def topic(title: str = "Dijkplan", forum: int = 1) -> TopicReading:
    return TopicReading(post(TOPIC, TEXT, "Ymke Dijkgraaf"), title, ForumId(forum), f"Hoofdstuk {forum}")


def secret(unit: Unit, programme_id: ProgrammeId) -> SectionId:
    """Store a section of several messages, with two replies and an amendment from Discord, in the first chapter."""
    chapter_id = unit.programmes.chapters(programme_id)[0].chapter_id
    section_id = unit.programmes.add_section(chapter_id, topic(), "1.3")
    store_section(unit, section_id, TEXT)
    words: tuple[Block, ...] = (paragraph("Fluisterwoord."),)
    unit.programmes.save_contribution(section_id, post(301, words, "Barend Kwijt"), None)
    unit.programmes.save_contribution(section_id, post(302, words, "Sjoerdje Stil"), PostId(301))
    add_amendment(unit, section_id)
    return section_id


async def with_secret(
    loopback: Loopback, database: Database, http: HTTPClient, guild_id: Snowflake, bot_id: Snowflake
) -> Mirror:
    """A guild in step with a programme in which the section with the secret words stands."""
    programme_id = await database.transact(lambda unit: make_programme(unit, guild_id, chapters=2, sections=1))
    await database.transact(lambda unit: secret(unit, programme_id))
    made = Mirror(loopback, database, http, guild_id, bot_id, programme_id)
    assert not (await made.sync()).failures
    return made


def the_secret(unit: Unit, programme_id: ProgrammeId) -> Section:
    section = unit.programmes.section(unit.absences.posts(programme_id).sections[TOPIC].section_id)
    assert section
    return section


async def set_gone(mirror: Mirror) -> None:
    def work(unit: Unit) -> None:
        unit.absences.set_gone(sections=[the_secret(unit, mirror.programme_id).section_id], at=AT)

    await mirror.store.transact(work)


async def set_back(mirror: Mirror) -> None:
    def work(unit: Unit) -> None:
        unit.absences.set_back(sections=[the_secret(unit, mirror.programme_id).section_id])

    await mirror.store.transact(work)


async def in_step(mirror: Mirror) -> dict[str, Any]:
    """Sync, see that a second sync writes nothing, and return the guild. What is found deleted takes a plan more."""
    outcome = await mirror.sync()
    if outcome.stale:
        outcome = await mirror.sync()
    assert (outcome.failures, outcome.stale) == ((), False)
    again = writing(await mirror.calls_of())
    assert not again, again
    return state(mirror)


def state(mirror: Mirror) -> dict[str, Any]:
    """Return all that members can see, with its ids, without moments."""
    guild = mirror.dump()
    threads = {
        thread["id"]: (thread["name"], thread.get("applied_tags"), thread["thread_metadata"]["archived"])
        for thread in guild["threads"]
    }
    messages = {
        place: [(message["id"], message["content"], message["components"]) for message in inside]
        for place, inside in guild["messages"].items()
    }
    channels = {channel["id"]: (channel["name"], channel.get("topic")) for channel in guild["channels"]}
    return {"channels": channels, "threads": threads, "messages": messages, "pins": sorted(guild["pins"])}


def found_in(seen: dict[str, Any]) -> list[str]:
    written = json.dumps(seen, ensure_ascii=False)
    return [word for word in SECRETS if word in written]
