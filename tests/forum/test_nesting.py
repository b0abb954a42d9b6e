"""Texts that a parser would take minutes or gigabytes over: it is handed fewer tags, and every word of them."""

from time import process_time

import pytest
from selectolax.lexbor import LexborHTMLParser

from bot.domain.text import Style, text_of
from bot.forum.markup import parse_blocks
from bot.forum.nesting import flattened
from bot.forum.pages import ForumPage, parse_page
from tests.bench.topic_pages import page_of_replies
from tests.forum.site import SITE, forum_list, forum_row, page, topic_list, topic_row

OPENED = "".join(f"<b id={number}>" for number in range(500))
HOSTILE = {
    "25,000 attributes": "<p " + " ".join(f"a{number}=1" for number in range(25_000)) + ">x</p>",
    "500,000 attributes": "<p " + " ".join(f"a{number}" for number in range(500_000)) + ">x</p>",
    "attributes behind a sign in quotes": "<p z='>' " + "".join(f"a{n}=''" for n in range(100_000)) + ">x</p>",
    "40 tags of 10,000 attributes": ("<p " + " ".join(f"a{number}=1" for number in range(10_000)) + ">x</p>") * 40,
    "blocks that a formatting element ends in": "<b><div></b>x" * 350_000,
    "blocks that a link ends in": "<a href=/><div></a>x" * 60_000,
    "blocks that end beyond a cell": "<div><table><td></div>x" * 20_000,
    "blocks that end beyond an object": "<div><object></div>x" * 20_000,
    "500 left open, 2,000 paragraphs": f"<p>{OPENED}</p>" + "<p>x</p>" * 2_000,
    "500 left open, 10,000 paragraphs": f"<p>{OPENED}</p>" + "<p>x</p>" * 10_000,
    "100 left open, 40,000 paragraphs": f"<p>{OPENED[:800]}</p>" + "<p>x</p>" * 40_000,
    "one left open in each of 1,500 paragraphs": "".join(f"<p><font color={n}>x</p>" for n in range(1_500)),
    "500 left open around tables": "".join(f"<b id={n}><table><td></b></table>" for n in range(500)) + "<p>x" * 20_000,
    "tags that never end": "<a" * 1_000_000,
    "quotes that never end": "<a b=\"<a c='" * 300_000,
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_it_is_read_in_seconds_and_in_no_more_elements_than_it_has_by_far(html: str) -> None:
    began = process_time()
    tree = LexborHTMLParser(flattened(f"<!doctype html><body>{html}"))
    assert tree.body is not None
    assert len(tree.css("*")) < 400_000
    assert tree.body.text().count("x") == html.count("x")
    assert process_time() - began < 10


def test_formatting_beyond_measure_is_left_out_and_its_text_is_kept() -> None:
    html = "".join(f"<p><font color={number}>alinea <b>{number}</b></p>" for number in range(1_500))
    assert text_of(parse_blocks(html)) == " ".join(f"alinea {number}" for number in range(1_500))


def test_a_long_text_keeps_the_formatting_that_it_closes() -> None:
    html = "<p>een <b>twee <i>drie</i></b> <a href='https://a.example/'>vier</a></p>" * 5_000
    blocks = parse_blocks(html)
    assert {run.style for block in blocks for run in block.runs} == {Style.PLAIN, Style.BOLD, Style.BOLD | Style.ITALIC}
    assert flattened(html) == html


def test_a_tag_with_a_long_address_is_kept() -> None:
    image = f'<img alt="x" src="data:image/png;base64,{"A" * 200_000}">'
    assert flattened(image) == image


def test_a_page_as_others_is_not_touched() -> None:
    assert flattened(page_of_replies()) == page_of_replies()


@pytest.mark.parametrize("kind", ["forum", "topic"])
def test_an_id_that_stands_five_hundred_times_is_looked_at_once(kind: str) -> None:
    junk = f'<div id="{kind}-1">' * 480 + "<i></i>" * 600_000
    rows = forum_list(5, forum_row(6, "Huren", SITE)) + topic_list(5, topic_row(70, "Groen", SITE, 5))
    began = process_time()
    read = parse_page(page(rows.replace('<div class="bbp-forum-content">', f'<div class="bbp-forum-content">{junk}')))
    assert isinstance(read, ForumPage)
    assert process_time() - began < 8
