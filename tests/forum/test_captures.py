"""A captured forum in three states: what is read equals what the forum's own database holds for a visitor."""

import json
from typing import Any, cast

import pytest

from bot.domain.identity import match_blocks
from bot.domain.ids import BlockId
from bot.domain.text import StoredBlock, numbers_of, text_of
from bot.forum.crawl import crawl
from bot.forum.fetch import Manners
from bot.forum.markup import parse_blocks
from bot.forum.progress import Step
from bot.forum.proposal import read_proposal
from bot.forum.sources import read_source
from tests.forum.captures import SHARED, STATES, assert_equals_truth, load_truth, needs_captures, state_dir
from tests.forum.replay import replaying

pytestmark = needs_captures
MANNERS = Manners("Programmabrug tests", delay=0, attempts=1)


@pytest.mark.parametrize("state", STATES)
def test_a_directory_of_saved_pages_is_read_as_it_was(state: str) -> None:
    reading = read_source(state_dir(state) / "pages")
    assert_equals_truth(reading, state)
    assert not reading.whole
    assert {trouble.key for trouble in reading.troubles} == {"page_password"}


@pytest.mark.parametrize("state", STATES)
async def test_a_crawl_reads_all_that_a_visitor_may_see(state: str) -> None:
    async with replaying(state) as site:
        reading = await crawl(f"{site.url}/forums/", MANNERS)
    assert_equals_truth(reading, state)
    assert reading.whole
    assert reading.troubles == ()


@pytest.mark.parametrize("path", ["/forums", "/forums/topic/veiligheid/", "/?p=588", "/forums/reply/758/"])
async def test_a_crawl_begins_at_any_address_of_the_forum(path: str) -> None:
    told: list[Step] = []
    async with replaying() as site:
        reading = await crawl(f"{site.url}{path}", MANNERS, told.append)
    assert_equals_truth(reading, "t0")
    assert reading.whole
    assert [step.done for step in told] == list(range(1, len(told) + 1))
    assert (told[-1].done, told[-1].posts) == (told[-1].known, len(load_truth("t0")["posts"]))


@pytest.mark.parametrize("state", STATES)
def test_the_blocks_of_each_post_hold_its_text(state: str) -> None:
    for post in load_truth(state)["posts"]:
        assert text_of(parse_blocks(post["content_html"])) == post["content_text"], post["id"]


def test_labelled_replies_are_told_apart() -> None:
    labels = cast("dict[str, dict[str, Any]]", json.loads((SHARED / "bbpress/dev/labels.json").read_text("utf-8")))
    kinds = {"add": "insert", "replace": "replace", "delete": "delete"}
    seen: set[str] = set()
    for state in STATES:
        for post in load_truth(state)["posts"]:
            label = labels.get(str(post["id"]))
            if label is None or post["type"] != "reply":
                continue
            seen.add(str(post["id"]))
            reading = read_proposal(parse_blocks(post["content_html"]))
            assert (reading is not None) == label["amendment"], post["id"]
            if reading is not None:
                assert reading.proposal.kind.value == kinds[label["action"]]
    assert seen == set(labels)


@pytest.mark.parametrize("state", STATES)
def test_replies_with_an_action_and_an_explanation_are_amendments_and_others_are_not(state: str) -> None:
    for post in load_truth(state)["posts"]:
        if post["type"] == "reply" and post["topic_id"] != 761:
            reading = read_proposal(parse_blocks(post["content_html"]))
            assert (reading is not None) == ("TOELICHTING" in post["content_text"]), post["id"]


def test_every_block_keeps_its_identity_when_one_bullet_is_rewritten() -> None:
    texts = {
        state: next(post["content_html"] for post in load_truth(state)["posts"] if post["id"] == 588)
        for state in ("t0", "t1")
    }
    before, after = parse_blocks(texts["t0"]), parse_blocks(texts["t1"])
    assert before != after
    stored = [
        StoredBlock(BlockId(index), number, block)
        for index, (block, number) in enumerate(zip(before, numbers_of(before), strict=True))
    ]
    assert match_blocks(stored, after) == list(range(len(before)))
