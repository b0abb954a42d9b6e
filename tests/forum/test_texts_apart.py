"""Texts that reach out of their place: every other post of the page is read as if nothing were the matter."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from bot.domain.ids import PostId
from bot.domain.reading import PostReading
from bot.domain.text import text_of
from bot.forum.pages import OtherPage, Page, TopicPage, parse_page
from bot.forum.post_parts import PostGathering
from bot.forum.texts_apart import cut_apart, is_sound
from bot.forum.topic_page import parse_posts
from tests.forum.captures import SHARED, STATES, load_rows, state_dir
from tests.forum.setups import SETUPS, Setup
from tests.forum.templates import TOPIC_TEXT, topic_page

JUNK = {
    "<li>a</li>": "a",
    "<p>a</p><li>b</li>": "a b",
    "<ul><li>a</li></ul></li><li>b</li>": "a b",
    "<div><li>a</li></div>": "a",
    "<p>a</p></ul></li><p>b</p>": "a b",
    "<p>a</p></div><p>b</p>": "a b",
    "<p>a</p></div></div></div></div><p>b</p>": "a b",
    "<p>a</p></article></main></body></html>": "a",
    "<dd>a</dd></dl>": "a",
    "<table><tr><td>a": "a",
    "<table><tr><td>a</td></tr><li>b": "b a",
    "<tr><td>a</td></tr>": "a",
    "<div>a": "a",
    "<div><div><div>a": "a",
    "<ul><li>a": "a",
    "<p>a<textarea>b": "ab",
    "<p>a<select><option>b": "ab",
    "<p>a<button>b": "ab",
    "<p>a<object><p>b": "a b",
    "<p>a<svg><g>b": "ab",
    "<p>a<script>b": "a",
    "<p>a<style>b": "a",
    "<p>a<template>b": "a",
    "<p>a<iframe>b": "a b",
    "<p>a<title>b": "ab",
    "<p>a<plaintext>b": "a b",
    "a <!-- b": "a",
    "a <!-- .bbp-reply-content --><li>b</li>": "a b",
    'a <a href="x>b</a>': "a",
    "a <b": "a",
    "<b>a": "a",
    "<font color=red><p>a": "a",
    "</b></font>a": "a",
    "<h3>a": "a",
    "<form>a": "a",
    '<div class="bbp-reply-content">a': "a",
    '<div class="post-9 reply type-reply">a<div class="bbp-topic-content">b': "a b",
}
TEXTS = {70: TOPIC_TEXT, 81: "<p>Eens.</p>", 82: "<p>Ik niet.</p>", 83: "<p>Fijn, Sam.</p>", 84: "<p>Weg.</p>"}
THREADED = [setup for setup in SETUPS if setup.threaded]
FLAT = [setup for setup in SETUPS if not setup.threaded]
COMMENT = re.compile("<!--.*?-->")


def with_text(html: str, post_id: int, text: str) -> str:
    before, found, after = html.partition(TEXTS[post_id])
    assert found
    return before + text + after


def posts_of(page: Page) -> dict[int, PostReading]:
    assert isinstance(page, TopicPage), page
    own = [page.post] if page.post else []
    return {post.post_id: post for post in [*own, *(reply.post for reply in page.replies)]}


def assert_read_but_for(html: str, junk: str, post_id: int) -> str:
    """Hold a page with junk in one post against the page without; return the text of that post."""
    before = parse_page(html, "https://forum.duinveen.example/x/")
    after = parse_page(with_text(html, post_id, junk), "https://forum.duinveen.example/x/")
    assert isinstance(before, TopicPage)
    assert isinstance(after, TopicPage)
    found = posts_of(after)
    own = found.pop(post_id)
    assert found == {key: post for key, post in posts_of(before).items() if key != post_id}
    assert [(reply.post.post_id, reply.reply_to) for reply in after.replies] == [
        (reply.post.post_id, reply.reply_to) for reply in before.replies
    ]
    assert (after.forum_id, after.closed, after.next_url) == (before.forum_id, before.closed, before.next_url)
    return text_of(own.blocks)


def pages() -> dict[str, str]:
    """Return every topic page there is, as served and as a theme without comments would have it."""
    printed = {f"{setup}, {n}": topic_page(setup, n) for setup in SETUPS for n in ((1,) if setup.threaded else (1, 2))}
    if SHARED.is_dir():
        for state in STATES:
            files = (
                state_dir(state) / row.file for row in load_rows(state) if "/topic/" in row.path and row.status == 200
            )
            printed |= {f"{state}, {file.stem}": file.read_text("utf-8") for file in files}
    return printed | {f"{name}, bare": COMMENT.sub("", html) for name, html in printed.items()}


def test_a_page_whose_texts_are_cut_out_says_the_same() -> None:
    told: list[int] = []
    for name, html in pages().items():
        root = LexborHTMLParser(html).css_first("#bbpress-forums")
        if root is None:
            continue
        page, cut = PostGathering(root), cut_apart(html)
        assert is_sound(html, page), name
        without = LexborHTMLParser(cut.page).css_first("#bbpress-forums")
        assert without is not None
        apart = PostGathering(without)
        assert cut.put_back(apart), name
        number = next((PostId(int(post.post_id)) for post in page.posts if post.post_id), PostId(1))
        assert parse_posts(apart.posts, number, None) == parse_posts(page.posts, number, None), name
        told.append(len(page.posts))
    assert sum(told) > 2 * 5 * len(SETUPS) // 2


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize("setup", THREADED, ids=str)
@pytest.mark.parametrize("post_id", [70, 82, 84])
def test_tags_in_one_text_touch_no_other_post(setup: Setup, junk: str, post_id: int) -> None:
    assert assert_read_but_for(topic_page(setup), junk, post_id) == JUNK[junk]


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize("setup", FLAT, ids=str)
def test_nor_the_pages_that_follow(setup: Setup, junk: str) -> None:
    assert assert_read_but_for(topic_page(setup), junk, 82) == JUNK[junk]


@pytest.mark.parametrize("junk", [junk for junk in JUNK if "bbp-" not in junk and "type-" not in junk])
@pytest.mark.parametrize("setup", THREADED, ids=str)
@pytest.mark.parametrize("post_id", [70, 82, 84])
def test_a_theme_may_leave_out_the_comments_behind_texts(setup: Setup, junk: str, post_id: int) -> None:
    assert assert_read_but_for(COMMENT.sub("", topic_page(setup)), junk, post_id) == JUNK[junk]


@pytest.mark.parametrize("post_id", [70, 82, 84])
def test_where_it_does_and_a_text_speaks_of_posts_the_page_is_not_read(post_id: int) -> None:
    html = COMMENT.sub("", topic_page(THREADED[0]))
    forged = '<div class="post-9 reply type-reply">a<div class="bbp-reply-content">b'
    page = parse_page(with_text(html, post_id, forged))
    assert isinstance(page, OtherPage)
    assert page.reason == "page_garbled"


@pytest.mark.parametrize("setup", SETUPS, ids=str)
def test_a_post_that_was_quoted_whole_is_part_of_the_text(setup: Setup) -> None:
    quoted = (
        '<div id="post-9" class="bbp-reply-header">#9</div><div class="post-9 reply type-reply">'
        '<div class="bbp-reply-content"><p>b</p></div></div>'
    )
    for html in (topic_page(setup), COMMENT.sub("", topic_page(setup))):
        assert assert_read_but_for(html, f"<p>a</p>{quoted}<p>c</p>", 82) == "a #9 b c"


NAMES = (
    "a b blockquote div em font form h3 i li object ol option p pre script select span style svg table td template tr"
    " ul body html main article"
)
ATTRIBUTES = ("", ' class="bbp-reply-content"', ' class="post-9 type-reply"', ' id="post-82"', " x=1", ' y="', " z='>'")
SIGNS = ("a ", "&lt;", "<", "<!-- b", "-->", "<!-- .bbp-reply-content -->", "<![CDATA[", "<?x", "<br>", '"')
PIECES = st.one_of(
    st.tuples(st.just("<"), st.sampled_from(NAMES.split()), st.sampled_from(ATTRIBUTES), st.just(">")).map("".join),
    st.sampled_from([f"</{name}>" for name in NAMES.split()]),
    st.sampled_from(SIGNS),
)


@given(
    st.sampled_from([(setup, number) for setup in SETUPS for number in ((1,) if setup.threaded else (1, 2))]),
    st.lists(PIECES, max_size=12).map("".join),
    st.data(),
)
def test_whatever_tags_a_text_holds_every_other_post_is_read_as_before(
    page: tuple[Setup, int], junk: str, data: st.DataObject
) -> None:
    html = topic_page(*page)
    assert_read_but_for(html, junk, data.draw(st.sampled_from([each for each in TEXTS if TEXTS[each] in html])))
