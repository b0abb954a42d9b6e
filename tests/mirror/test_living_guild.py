"""A guild beside a forum that lives and is read over HTTP: it shows what a visitor may see, once, and nothing else."""

import json
from random import Random
from typing import Any

import pytest
from discord.http import HTTPClient

from bot.domain.ids import Snowflake
from bot.forum.crawl import crawl
from bot.forum.fetch import Manners
from bot.sandbox import Loopback
from bot.services.absences import Doubt
from db.database import Database
from tests.forum.captures import load_truth, needs_captures
from tests.forum.living import LivingForum, living
from tests.forum.replay import replaying
from tests.mirror.passes import Mirror, writing
from tests.sandbox.member import Enter
from tests.services.readings import importing

MANNERS = Manners("Programmabrug tests", delay=0, attempts=1, patience=0)


@pytest.fixture
async def mirror(
    loopback: Loopback, database: Database, http: HTTPClient, guild_id: Snowflake, bot_id: Snowflake
) -> Mirror:
    programme_id = await database.transact(lambda unit: unit.programmes.create("", None, "nl"))
    await database.transact(lambda unit: unit.programmes.bind(programme_id, guild_id))
    return Mirror(loopback, database, http, guild_id, bot_id, programme_id)


async def in_step(mirror: Mirror, database: Database, url: str) -> dict[str, Any]:
    """Read the forum twice, so that what is missing is gone, and return the guild after each was followed."""
    service = importing(database, doubt=Doubt(suspect_for=0, max_removal=1))
    for _ in range(2):
        await service.take_in(await crawl(url, MANNERS), mirror.programme_id)
        outcome = await mirror.sync()
        assert (outcome.failures, outcome.stale) == ((), False)
        assert writing(await mirror.calls_of()) == []
    guild = mirror.dump()
    return {name: guild[name] for name in ("channels", "threads", "messages", "pins")}


class Moderator:
    """Does something to a forum, by lot; every text and title it writes is one that never was."""

    def __init__(self, forum: LivingForum, lot: Random) -> None:
        self.forum = forum
        self.texts: set[str] = set()
        self._lot = lot

    def fresh(self) -> str:
        text = f"Woord{len(self.texts)}woord staat hier."
        self.texts.add(text)
        return text

    def topic(self) -> int | None:
        return self._lot.choice(sorted(self.forum.topics) or [None])

    def reply(self) -> int | None:
        return self._lot.choice(sorted(self.forum.replies) or [None])

    def begin(self) -> None:
        for forum in self.forum.forums:
            for number in range(2):
                topic = self.forum.add_topic(forum, f"Kop{forum}{number}kop", self.fresh())
                self.forum.add_reply(topic, self.fresh())
                self.forum.add_reply(topic, self.fresh())

    def act(self) -> None:
        forum, topic, reply = self.forum, self.topic(), self.reply()
        acts = ["write", "edit", "retitle", "split", "merge", "move", "hide", "hide", "show", "show"]
        match self._lot.choice(acts):
            case "write" if topic:
                forum.add_reply(topic, self.fresh())
            case "edit" if topic and reply:
                self._lot.choice([forum.topics[topic], forum.replies[reply]]).text = self.fresh()
            case "retitle" if topic:
                forum.topics[topic].title = f"Kop{self._lot.randrange(10**6)}kop"
            case "split" if reply:
                forum.split(reply)
            case "merge" if topic and (into := self.topic()) and into != topic:
                forum.merge(topic, into)
            case "move" if topic:
                forum.topics[topic].forum = self._lot.choice(sorted(forum.forums))
            case "hide":
                forum.hidden.add(self._lot.choice([*forum.topics, *forum.replies, 5, 6]))
            case "show" if forum.hidden:
                forum.hidden.discard(self._lot.choice(sorted(forum.hidden)))
            case _:
                pass


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_moderators_do_the_guild_shows_what_a_visitor_sees(
    mirror: Mirror, database: Database, members: Enter, seed: int
) -> None:
    """Every text that is to be seen stands in the guild once, every other nowhere; what members wrote stays."""
    lot = Random(seed)  # noqa: S311 - a lot that can be drawn again
    forum = LivingForum()
    moderator = Moderator(forum, lot)
    moderator.begin()
    lid = await members("lid")
    said: list[str] = []
    titles: set[str] = set()
    async with living(forum):
        for _ in range(6):
            guild = await in_step(mirror, database, forum.url)
            text = json.dumps(guild["messages"], ensure_ascii=False)
            visible = {str(post[3] if post[0] == "topic" else post[2]) for post in forum.truth()[1].values()}
            assert {each: text.count(each) for each in moderator.texts} == {
                each: int(each in visible) for each in moderator.texts
            }
            titles |= {topic.title for topic in forum.topics.values()}
            shown = {topic.title for topic in forum.visible_topics().values()}
            everything = json.dumps(guild, ensure_ascii=False)
            assert {title for title in titles if title in everything} == shown
            chapters = "\n".join(each["name"] for each in guild["channels"])
            for number in (5, 6):
                assert (forum.forums[number].lower() in chapters) is (number not in forum.hidden)
            assert all(each in text for each in said)
            said.append(f"Lid zegt {len(said)}.")
            await lid.send(lot.choice(guild["threads"])["id"], said[-1])
            for _ in range(4):
                moderator.act()


@needs_captures
async def test_the_captured_forum_leaves_nothing_behind_that_it_took_away(mirror: Mirror, database: Database) -> None:
    """Through its three states: private, trashed, split, merged and moved posts among them."""
    async with replaying("t0") as site:
        for state in ("t0", "t1", "t2"):
            site.state = state
            text = json.dumps(await in_step(mirror, database, f"{site.url}/forums/"), ensure_ascii=False)
            truth = load_truth(state)
            nowhere = [*truth["forbidden_strings"], *truth["withdrawn_strings"]]
            assert [each["string"] for each in nowhere if each["string"] in text] == []
            topics = [post["title"] for post in truth["posts"] if post["type"] == "topic"]
            assert [title for title in topics if title[:20] not in text] == []
