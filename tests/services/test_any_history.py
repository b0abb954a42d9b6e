"""Whatever moderators do between full passes, and whatever breaks: the database ends in the truth of the last state.

The forum is served over HTTP and really crawled; no code and no reference that was issued ever changes.
"""

import itertools
from collections.abc import Callable
from pathlib import Path

from aiohttp import web
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.ids import ProgrammeId
from bot.domain.reading import LastSeen, PassKind
from bot.errors import SourceError
from bot.forum.crawl import crawl
from bot.forum.fetch import Manners
from bot.services.absences import Doubt
from bot.services.following import last_seen
from bot.services.importing import Importing
from db.database import Database
from tests.forum.living import LivingForum, Post, living
from tests.services.readings import importing, stored

MANNERS = Manners("Programmabrug tests", delay=0, attempts=1, patience=0)
TEXTS = (
    "Wij willen meer bomen in elke straat.",
    "Mee eens, maar wat kost dat?",
    "EEN EXTRA BULLET INVOEGEN:<br>Er komen 44 bankjes.<br>TOELICHTING:<br>Even zitten.",
    "SCHRAPPEN: alinea 1<br>TOELICHTING:<br>Kan weg.",
)
BREAKS: dict[str, Callable[[str], web.Response]] = {
    "unwell": lambda _: web.Response(status=503),
    "missing": lambda _: web.Response(status=404),
    "truncated": lambda html: web.Response(text=html[: len(html) // 2], content_type="text/html"),
    "empty": lambda _: web.Response(text="", content_type="text/html"),
    "login": lambda _: web.Response(text="<html><body>Log in</body></html>", content_type="text/html"),
    "elsewhere": lambda _: web.Response(status=302, headers={"Location": "https://elders.example/"}),
}
names = itertools.count()


class Moderator:
    """Does to a forum what was drawn, where it can be done."""

    def __init__(self, forum: LivingForum, data: st.DataObject) -> None:
        self.forum = forum
        self._data = data

    def pick(self, ids: list[int]) -> int | None:
        return self._data.draw(st.sampled_from(sorted(ids))) if ids else None

    def act(self) -> None:
        self._data.draw(
            st.sampled_from(
                [self.write, self.edit, self.move, self.split, self.merge, self.hide, self.show, self.close]
            )
        )()

    def write(self) -> None:
        text = self._data.draw(st.sampled_from(TEXTS))
        topic = self.pick([*self.forum.topics, 0])
        if topic:
            self.forum.add_reply(topic, text)
        else:
            forum = self._data.draw(st.sampled_from([4, 5, 6]))
            self.forum.add_topic(forum, f"Onderwerp {self.forum.last_id}", text)

    def edit(self) -> None:
        post = self.pick([*self.forum.topics, *self.forum.replies])
        if post:
            found = self.forum.topics.get(post) or self.forum.replies[post]
            found.text = self._data.draw(st.sampled_from(TEXTS))

    def move(self) -> None:
        if topic := self.pick(list(self.forum.topics)):
            self.forum.topics[topic].forum = self._data.draw(st.sampled_from([4, 5, 6]))

    def split(self) -> None:
        if reply := self.pick(list(self.forum.replies)):
            self.forum.split(reply)

    def merge(self) -> None:
        topic, into = self.pick(list(self.forum.topics)), self.pick(list(self.forum.topics))
        if topic and into and topic != into:
            self.forum.merge(topic, into)

    def hide(self) -> None:
        if post := self.pick([*self.forum.topics, *self.forum.replies, 5, 6]):
            self.forum.hidden.add(post)

    def show(self) -> None:
        if post := self.pick(list(self.forum.hidden)):
            self.forum.hidden.discard(post)

    def close(self) -> None:
        if topic := self.pick(list(self.forum.topics)):
            self.forum.topics[topic].closed = not self.forum.topics[topic].closed

    def break_pages(self) -> None:
        paths = self._data.draw(st.lists(st.sampled_from(self.forum.paths()), max_size=3)) if self.forum.paths() else []
        self.forum.broken = {path: BREAKS[self._data.draw(st.sampled_from(sorted(BREAKS)))] for path in paths}


async def pass_over(forum: LivingForum, service: Importing, seen: LastSeen | None = None) -> None:
    try:
        reading = await crawl(forum.url, MANNERS, known=seen)
    except SourceError:
        return
    await service.take_in(reading)


async def stands(database: Database) -> tuple[set[int], dict[int, Post]]:
    """Return what stands in the database, in the shape of a forum's truth."""
    programme = await stored(database)
    posts: dict[int, Post] = {}
    for chapter in programme.standing:
        for section in chapter.standing:
            posts[section.post_id] = ("topic", chapter.forum_id, section.title, section.text, section.closed)
            for reply in section.contributions:
                if reply.gone is None:
                    posts[reply.post_id] = ("reply", section.post_id, reply.text)
    return {int(chapter.forum_id or 0) for chapter in programme.standing}, posts


async def issued(database: Database) -> dict[object, str | None]:
    programme = await stored(database)
    codes: dict[object, str | None] = {chapter.key: chapter.code for chapter in programme.chapters}
    for _, section in programme.sections():
        codes[section.post_id] = section.code
        codes |= {f"amendment {each.amendment_id}": each.reference for each in section.amendments}
    return codes


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
async def test_any_history_ends_in_the_truth_of_the_last_state(tmp_path: Path, data: st.DataObject) -> None:
    forum = LivingForum()
    moderator = Moderator(forum, data)
    forum.add_reply(forum.add_topic(4, "Bomen", TEXTS[0]), TEXTS[2])
    forum.add_reply(forum.add_topic(5, "Huren", TEXTS[0]), TEXTS[1])
    async with (
        await Database.open(tmp_path / f"{next(names)}.db") as database,
        living(forum),
    ):
        service = importing(database, doubt=Doubt(suspect_for=0, max_removal=1))
        await pass_over(forum, service)
        given_out = await issued(database)
        for _ in range(data.draw(st.integers(1, 4))):
            for _ in range(data.draw(st.integers(1, 4))):
                moderator.act()
            moderator.break_pages()
            quick = data.draw(st.sampled_from([PassKind.QUICK, PassKind.FULL])) is PassKind.QUICK
            seen = await database.read(lambda unit: last_seen(unit, ProgrammeId(1))) if quick else None
            await pass_over(forum, service, seen)
            now = await issued(database)
            assert given_out.items() <= now.items()
            given_out = now
        forum.broken = {}
        await pass_over(forum, service)
        await pass_over(forum, service)
        expected_forums, expected = forum.truth()
        forums, found = await stands(database)
        assert found == {post_id: _plain(post) for post_id, post in expected.items()}
        assert forums == expected_forums
        assert given_out.items() <= (await issued(database)).items()


def _plain(post: Post) -> Post:
    return tuple(part.replace("<br>", " ") if isinstance(part, str) else part for part in post)
