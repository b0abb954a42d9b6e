"""A captured forum in three states: what is read equals what the forum's own database holds for a visitor."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, cast
from urllib.parse import unquote

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.domain.identity import match_blocks
from bot.domain.ids import BlockId
from bot.domain.text import StoredBlock, numbers_of, text_of
from bot.forum.crawl import crawl
from bot.forum.fetch import Manners
from bot.forum.markup import parse_blocks
from bot.forum.proposal import read_proposal
from bot.forum.sources import read_source
from tests.forum.captures import SHARED, STATES, assert_equals_truth, load_rows, load_truth, needs_captures, state_dir

pytestmark = needs_captures
MANNERS = Manners("Programmabrug tests", delay=0, attempts=1)


@asynccontextmanager
async def served(state: str) -> AsyncGenerator[str]:
    """Serve a captured state as the site did."""
    rows = {unquote(row.path): row for row in load_rows(state)}

    async def answer(request: web.Request) -> web.Response:
        row = rows.get(unquote(request.raw_path))
        if row is None:
            return web.Response(status=404)
        body = (state_dir(state) / row.file).read_bytes() if row.file != "-" else b""
        here = f"http://{request.host}"
        headers = {"Location": row.location.replace("http://forum.invalid", here)} if row.location else {}
        kind, _, charset = row.content_type.partition("; charset=")
        body = body.replace(b"http://forum.invalid", here.encode())
        return web.Response(status=row.status, body=body, content_type=kind, charset=charset or None, headers=headers)

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/")


@pytest.mark.parametrize("state", STATES)
def test_a_directory_of_saved_pages_is_read_as_it_was(state: str) -> None:
    reading = read_source(state_dir(state) / "pages")
    assert_equals_truth(reading, state)
    assert not reading.whole
    assert {trouble.key for trouble in reading.troubles} == {"page_password"}


@pytest.mark.parametrize("state", STATES)
async def test_a_crawl_reads_all_that_a_visitor_may_see(state: str) -> None:
    async with served(state) as site:
        reading = await crawl(f"{site}/forums/", MANNERS)
    assert_equals_truth(reading, state)
    assert reading.whole
    assert reading.troubles == ()


@pytest.mark.parametrize("path", ["/forums", "/forums/topic/veiligheid/", "/?p=588", "/forums/reply/758/"])
async def test_a_crawl_begins_at_any_address_of_the_forum(path: str) -> None:
    told: list[tuple[int, int, str]] = []

    def tell(done: int, known: int, what: str) -> None:
        told.append((done, known, what))

    async with served("t0") as site:
        reading = await crawl(f"{site}{path}", MANNERS, tell)
    assert_equals_truth(reading, "t0")
    assert reading.whole
    assert [done for done, _, _ in told] == list(range(1, len(told) + 1))
    assert told[-1][0] == told[-1][1]


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
