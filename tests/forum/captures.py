"""The captured forum beside this repository, where it is present, and what must come out of it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest

from bot.domain.reading import ProgrammeReading
from bot.domain.text import text_of

SHARED = Path(__file__).resolve().parents[3] / "shared"
STATES = ("t0", "t1", "t2")
needs_captures = pytest.mark.skipif(not (SHARED / "bbpress").is_dir(), reason="../shared/bbpress is not here")
needs_seed = pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="../shared/seeds is not here")


@dataclass(frozen=True)
class Row:
    """A line of manifest.tsv."""

    file: str
    path: str
    status: int
    content_type: str
    location: str


def state_dir(state: str) -> Path:
    return SHARED / "bbpress" / "dev" / state


def load_truth(state: str) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads((state_dir(state) / "truth.json").read_text("utf-8")))


def load_rows(state: str) -> list[Row]:
    lines = (state_dir(state) / "manifest.tsv").read_text("utf-8").splitlines()[1:]
    rows: list[Row] = []
    for line in lines:
        file, path, status, content_type, location = line.split("\t")
        rows.append(Row(file, path, int(status), content_type, location))
    return rows


def expected_posts(truth: dict[str, Any]) -> dict[int, tuple[object, ...]]:
    """Return per post what a reading must say of it."""
    expected: dict[int, tuple[object, ...]] = {}
    for post in truth["posts"]:
        common = (post["author"], post["role"], post["date"][:16], post["content_text"], post["forum_id"])
        if post["type"] == "topic":
            chain = tuple(forum["id"] for forum in post["forum_chain"])
            expected[post["id"]] = ("topic", post["title"], post["sticky"], post["closed"], chain, *common)
        else:
            expected[post["id"]] = ("reply", post["topic_id"], post["display_parent"], *common)
    return expected


def read_posts(reading: ProgrammeReading) -> dict[int, tuple[object, ...]]:
    """Return per post what a reading says of it, in the shape of `expected_posts`."""
    parents = {forum.forum_id: forum.parent_id for forum in reading.forums}
    found: dict[int, tuple[object, ...]] = {}
    for topic in reading.topics:
        post = topic.post
        chain: list[int | None] = [topic.forum_id]
        while (above := parents[cast("Any", chain[0])]) is not None:
            chain.insert(0, above)
        common = (post.author, post.role, post.posted, text_of(post.blocks), topic.forum_id)
        sticky = topic.sticky.value if topic.sticky else None
        found[post.post_id] = ("topic", topic.title, sticky, topic.closed, tuple(chain), *common)
        for reply in topic.replies:
            own = reply.post
            common = (own.author, own.role, own.posted, text_of(own.blocks), topic.forum_id)
            found[own.post_id] = ("reply", post.post_id, reply.reply_to, *common)
    return found


def expected_forums(truth: dict[str, Any]) -> list[tuple[object, ...]]:
    return [
        (forum["id"], forum["title"], forum["parent"] or None, forum["closed"], forum["description"])
        for forum in truth["forums"]
    ]


def read_forums(reading: ProgrammeReading) -> list[tuple[object, ...]]:
    return [(forum.forum_id, forum.title, forum.parent_id, forum.closed, forum.description) for forum in reading.forums]


def assert_equals_truth(reading: ProgrammeReading, state: str) -> None:
    truth = load_truth(state)
    assert reading.title == "Sociaal en rechtvaardig; het nieuwe normaal"
    assert read_forums(reading) == expected_forums(truth)
    assert read_posts(reading) == expected_posts(truth)
    said = repr(reading)
    for forbidden in truth["forbidden_strings"]:
        assert forbidden["string"] not in said, forbidden
    places = [forum["id"] for forum in truth["forums"]]
    order = [(places.index(cast("int", topic.forum_id)), topic.post.post_id) for topic in reading.topics]
    assert order == sorted(order)


def assert_shown(programme: Any, state: str) -> None:
    """Hold the programme as `show --json` gives it against the truth: every post, where it stands and what it says."""
    truth = load_truth(state)
    shown: dict[int, tuple[object, ...]] = {}
    for chapter in programme["chapters"]:
        for section in chapter["sections"]:
            about = ("topic", section["title"], section["sticky"], section["closed"], section["post_id"], None)
            shown[section["post_id"]] = (*about, *_common(section, chapter))
            for reply in section["contributions"]:
                about = ("reply", "", None, None, section["post_id"], reply["reply_to"])
                shown[reply["post_id"]] = (*about, *_common(reply, chapter))
    assert shown == {post["id"]: _true_post(post) for post in truth["posts"]}
    forums = [(each["forum_id"], each["title"], each["parent"], each["closed"]) for each in programme["chapters"]]
    assert forums == [(each["id"], each["title"], each["parent"] or None, each["closed"]) for each in truth["forums"]]
    order = [section["post_id"] for chapter in programme["chapters"] for section in chapter["sections"]]
    places = [each["id"] for each in truth["forums"]]
    topics = [post for post in truth["posts"] if post["type"] == "topic"]
    in_order = sorted(topics, key=lambda post: (places.index(post["forum_id"]), post["id"]))
    assert order == [post["id"] for post in in_order]


def _common(post: dict[str, Any], chapter: dict[str, Any]) -> tuple[object, ...]:
    return post["author"], post["role"], post["posted"], post["text"], chapter["forum_id"]


def _true_post(post: dict[str, Any]) -> tuple[object, ...]:
    common = (post["author"], post["role"], post["date"][:16], post["content_text"], post["forum_id"])
    if post["type"] == "topic":
        return ("topic", post["title"], post["sticky"], post["closed"], post["id"], None, *common)
    return ("reply", "", None, None, post["topic_id"], post["display_parent"], *common)
