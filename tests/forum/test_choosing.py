"""Which forums are read: those that are named by id, slug or title, with what stands in them."""

import pytest

from bot.domain.ids import ForumId
from bot.domain.reading import ForumReading
from bot.forum.choosing import Choice, chosen, with_parents
from bot.forum.crawl import crawl
from bot.forum.fetch import Manners
from tests.forum.captures import load_truth, needs_captures
from tests.forum.replay import replaying

MANNERS = Manners("Programmabrug tests", delay=0, attempts=1)
FORUMS = (
    ForumReading(ForumId(4), "Groen", url="https://forum.duinveen.example/praat/forum/groen/"),
    ForumReading(ForumId(5), "Wonen", url="https://forum.duinveen.example/?forum=wonen"),
    ForumReading(ForumId(6), "Huren", ForumId(5), url="https://forum.duinveen.example/praat/forum/wonen/huren/"),
)


@pytest.mark.parametrize(
    ("choice", "taken"),
    [
        (Choice(), {4, 5, 6}),
        (Choice(include=["groen"]), {4}),
        (Choice(include=["GROEN "]), {4}),
        (Choice(include=["5"]), {5, 6}),
        (Choice(include=["wonen"]), {5, 6}),
        (Choice(include=["huren"]), {6}),
        (Choice(exclude=["wonen"]), {4}),
        (Choice(exclude=["6"]), {4, 5}),
        (Choice(include=["wonen"], exclude=["huren"]), {5}),
        (Choice(include=["bestaat niet"]), set[int]()),
    ],
)
def test_a_forum_is_named_by_id_slug_or_title_and_takes_its_sub_forums_along(choice: Choice, taken: set[int]) -> None:
    assert chosen(FORUMS, choice) == taken


def test_a_forum_that_is_taken_keeps_its_parents() -> None:
    assert [forum.title for forum in with_parents(FORUMS, [ForumId(6)])] == ["Wonen", "Huren"]


@needs_captures
@pytest.mark.parametrize("name", ["5", "wonen"])
async def test_only_topics_of_chosen_forums_are_asked_for(name: str) -> None:
    async with replaying("t0") as site:
        reading = await crawl(f"{site.url}/forums/", MANNERS, choice=Choice(include=[name]))
    truth = load_truth("t0")
    forums = {forum["id"] for forum in truth["forums"] if 5 in {forum["id"], forum["parent"]}}
    topics = {post["id"] for post in truth["posts"] if post["type"] == "topic" and post["forum_id"] in forums}
    assert reading.whole
    assert {forum.forum_id for forum in reading.forums} == forums
    assert {topic.post.post_id for topic in reading.topics} == topics
    assert sum(path.startswith("/forums/topic/") for path in site.asked) == len(topics)


@needs_captures
async def test_an_excluded_forum_is_not_even_asked_for() -> None:
    async with replaying("t0") as site:
        reading = await crawl(f"{site.url}/forums/", MANNERS, choice=Choice(exclude=["Wonen"]))
    kept = {forum["id"] for forum in load_truth("t0")["forums"] if 5 not in {forum["id"], forum["parent"]}}
    assert {forum.forum_id for forum in reading.forums} == kept
    assert not [path for path in site.asked if path.startswith("/forums/forum/wonen")]


@needs_captures
@pytest.mark.parametrize("choice", [Choice(include=["Wonen", "Zrog"]), Choice(exclude=["Zrog"])])
async def test_a_name_that_no_forum_has_is_said_and_lets_nothing_go_missing(choice: Choice) -> None:
    async with replaying("t0") as site:
        reading = await crawl(f"{site.url}/forums/", MANNERS, choice=choice)
    assert [(trouble.key, trouble.place) for trouble in reading.troubles] == [("forum_unknown", "Zrog")]
    assert not reading.whole
