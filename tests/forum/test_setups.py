"""The same small forum in every set-up: the pages say the same, whatever version, theme, permalinks or language."""

import re

import pytest

from bot.domain.reading import Sticky
from bot.domain.text import Block, BlockKind, Run, text_of
from bot.forum.pages import ForumPage, IndexPage, OtherPage, TopicPage, parse_page
from tests.forum.setups import SETUPS, SITE, Setup, homemade
from tests.forum.templates import forum_page, index_page, other_page, topic_page

TEXT = (
    Block(BlockKind.PARAGRAPH, (Run("Wij planten bomen."),)),
    Block(BlockKind.BULLET, (Run("Eik"),)),
    Block(BlockKind.BULLET, (Run("Es, zie "), Run("hier", href="https://bomen.example/"))),
)
every_setup = pytest.mark.parametrize("setup", SETUPS, ids=str)


@every_setup
def test_the_index_lists_the_forums(setup: Setup) -> None:
    page = parse_page(index_page(setup), setup.index)
    assert isinstance(page, IndexPage)
    assert [(forum.forum_id, forum.title, forum.url, forum.closed) for forum in page.forums] == [
        (5, "Wonen", setup.forum("wonen"), False),
        (9, "Zorg", setup.forum("zorg"), True),
    ]
    assert [forum.description for forum in page.forums] == ["Over Wonen", "Over Zorg"]
    (below,) = page.forums[0].subforums
    assert (below.title, below.url) == ("Huren", setup.forum("wonen/huren"))
    assert page.next_url is None
    assert page.head.site_title == "Duinveen vooruit"


@every_setup
def test_a_forum_lists_its_forums_and_its_topics_over_two_pages(setup: Setup) -> None:
    first = parse_page(forum_page(setup), setup.forum("wonen"))
    second = parse_page(forum_page(setup, 2), setup.page(setup.forum("wonen"), 2))
    assert isinstance(first, ForumPage)
    assert isinstance(second, ForumPage)
    for page in (first, second):
        assert page.forum_id == 5
        assert [(forum.forum_id, forum.parent_id) for forum in page.forums] == [(6, 5)]
    assert first.next_url == setup.page(setup.forum("wonen"), 2)
    assert second.next_url is None
    assert [
        (topic.topic_id, topic.title, topic.url, topic.sticky, topic.closed, topic.forum_id)
        for topic in (*first.topics, *second.topics)
    ] == [
        (17, "Welkom", setup.topic("welkom"), Sticky.SUPER, False, 9),
        (70, "Groen & blauw", setup.topic("groen"), Sticky.FORUM, False, 5),
        (71, "Bomen", setup.topic("bomen"), Sticky.NO, True, 5),
        (72, "Zonder titel", setup.topic("72"), Sticky.NO, False, 5),
    ]
    assert [(topic.freshness, topic.counts) for topic in (*first.topics, *second.topics)] == [
        (setup.topic("welkom"), (1, 1)),
        (setup.post(84), (4, 5)),
        (f"{setup.topic('bomen')}#post-90", (2, 1204)),
        (None, (1, 1)),
    ]


@every_setup
def test_a_topic_has_its_text_once_and_its_replies(setup: Setup) -> None:
    addresses = (
        [setup.topic("groen")] if setup.threaded else [setup.topic("groen"), setup.page(setup.topic("groen"), 2)]
    )
    pages = [parse_page(topic_page(setup, number), url) for number, url in enumerate(addresses, start=1)]
    topics = [page for page in pages if isinstance(page, TopicPage)]
    assert len(topics) == len(addresses)
    assert {(page.topic_id, page.forum_id) for page in topics} == {(70, 5)}
    assert [page.next_url for page in topics] == [*addresses[1:], None]
    own = [page.post for page in topics if page.post is not None]
    assert len(own) == (len(topics) if setup.lead else 1)
    member = setup.say("Deelnemer", "Participant")
    for post in own:
        assert (post.post_id, post.author, post.role, post.posted) == (70, "Noor Bakker", member, "2021-11-09T14:07")
        assert post.blocks == TEXT
        assert post.url == (setup.topic("groen") if setup.lead else setup.post(70))
    stranger = None if setup.version == "2.5" else setup.say("Gast", "Guest")
    assert sorted(
        (reply.post.post_id, reply.reply_to, reply.post.author, reply.post.role, reply.post.blocks[0].text)
        for page in topics
        for reply in page.replies
    ) == [
        (81, None, "Sam de Wit", member, "Eens."),
        (82, None, setup.say("Een Gast", "A Guest"), stranger, "Ik niet."),
        (83, 81 if setup.threaded else None, "Noor Bakker", member, "Fijn, Sam."),
        (84, None, setup.say("Anoniem", "Anonymous"), stranger, "Weg."),
    ]
    for reply in (reply for page in topics for reply in page.replies):
        assert len(reply.post.blocks) == 1
        assert reply.post.posted == "2021-11-09T14:07"
        assert reply.post.url == setup.post(reply.post.post_id)


@every_setup
def test_a_topic_tells_whether_it_is_closed_where_a_class_says_so(setup: Setup) -> None:
    opened = parse_page(topic_page(setup), setup.topic("groen"))
    closed = parse_page(topic_page(setup).replace("type-topic status-publish", "type-topic status-closed"))
    assert isinstance(opened, TopicPage)
    assert isinstance(closed, TopicPage)
    assert (opened.closed, closed.closed) == (False, True)


@every_setup
def test_a_forum_is_closed_where_its_page_says_so(setup: Setup) -> None:
    number = 0 if setup.version == "2.5" else 5
    notice = f'<div id="no-topic-{number}" class="bbp-no-topic">'
    shut = forum_page(setup).replace(notice, '<div id="forum-closed-5" class="bbp-forum-closed">')
    opened, closed = parse_page(forum_page(setup)), parse_page(shut)
    assert isinstance(opened, ForumPage)
    assert isinstance(closed, ForumPage)
    assert (opened.closed, closed.closed) == (None, True)


@pytest.mark.parametrize("setup", [setup for setup in SETUPS if setup.theme is not homemade], ids=str)
def test_a_forum_without_topics_is_a_forum_where_wordpress_says_so(setup: Setup) -> None:
    html = re.sub(
        r'<ul id="(?:bbp-forum-5|forums-list-5)".*</ul>', "<p>Geen onderwerpen.</p>", forum_page(setup), flags=re.DOTALL
    )
    page = parse_page(html, setup.forum("wonen"))
    assert isinstance(page, ForumPage)
    assert (page.forum_id, page.forums, page.topics) == (5, (), ())


@every_setup
def test_the_breadcrumb_leads_to_the_index_where_there_is_one(setup: Setup) -> None:
    head = parse_page(topic_page(setup), setup.topic("groen")).head
    assert (head.root.url if head.root else None) == (setup.index if setup.breadcrumb else None)
    assert [crumb.title for crumb in head.forums] == (["Wonen"] if setup.breadcrumb else [])
    assert head.title == "Groen & blauw"


@every_setup
@pytest.mark.parametrize("status", ["private", "hidden", "pending", "spam", "trash", "draft", "future"])
def test_what_only_some_may_see_is_not_read(setup: Setup, status: str) -> None:
    reply = topic_page(setup).replace(
        "post-81 reply type-reply status-publish", f"post-81 reply type-reply status-{status}"
    )
    page = parse_page(reply, setup.topic("groen"))
    assert isinstance(page, TopicPage)
    assert 81 not in [reply.post.post_id for reply in page.replies]
    assert "Eens." not in repr(page)
    topic = topic_page(setup).replace("type-topic status-publish", f"type-topic status-{status}")
    assert isinstance(parse_page(topic, setup.topic("groen")), OtherPage)
    listed = forum_page(setup).replace("post-70 topic type-topic status-publish", f"post-70 topic status-{status}")
    forum = parse_page(listed, setup.forum("wonen"))
    assert isinstance(forum, ForumPage)
    assert [entry.topic_id for entry in forum.topics] == [17]
    hidden = index_page(setup).replace(
        "bbp-forum-visibility-publish odd  post-9", f"bbp-forum-visibility-{status} post-9"
    )
    index = parse_page(hidden.replace("post-9 forum type-forum status-publish", f"post-9 forum status-{status}"))
    assert isinstance(index, IndexPage)
    assert [entry.forum_id for entry in index.forums] == [5]


@every_setup
@pytest.mark.parametrize(
    ("body", "root", "reason"),
    [
        ("bbp-user-page", '<div id="bbp-user-wrapper"><div id="bbp-user-body">{replies}</div></div>', "page_not_forum"),
        (
            "bbp-search-results forum-archive",
            '<ul id="bbp-search-results" class="forums bbp-search-results"></ul>',
            "page_not_forum",
        ),
        ("bbp-view", '<ul id="bbp-forum-0" class="bbp-topics"><li class="bbp-body">x</li></ul>', "page_not_forum"),
        ("topic-archive", '<ul id="bbp-forum-0" class="bbp-topics"><li class="bbp-body">x</li></ul>', "page_not_forum"),
        ("reply single single-reply postid-81", '<div id="post-81" class="bbp-reply-header">x</div>', "page_not_forum"),
        (
            "topic single-topic postid-70",
            '<fieldset id="bbp-protected"><form class="post-password-form"></form></fieldset>',
            "page_password",
        ),
        ("forum single-forum postid-5", '<form action="x" class="post-password-form"></form>', "page_password"),
    ],
)
def test_other_pages_are_not_taken_for_forum_pages(setup: Setup, body: str, root: str, reason: str) -> None:
    replies = topic_page(setup).partition("<body")[2]
    page = parse_page(other_page(setup, body, root.format(replies=replies)), f"{SITE}/x/")
    assert isinstance(page, OtherPage)
    assert page.reason == reason


@every_setup
@pytest.mark.parametrize("body", ["forum-archive", "forum single-forum postid-5", "topic single-topic postid-70"])
def test_a_root_without_anything_in_it_is_no_reading(setup: Setup, body: str) -> None:
    empty = Setup(setup.name, setup.version, theme=setup.theme, breadcrumb=False)
    page = parse_page(other_page(empty, body, "\n\t"), f"{SITE}/x/")
    assert isinstance(page, OtherPage)
    assert page.reason == "page_truncated"


@every_setup
def test_a_topic_without_a_title_does_not_take_the_sites(setup: Setup) -> None:
    page = parse_page(topic_page(setup).replace("Groen &amp; blauw", ""), setup.topic("groen"))
    assert isinstance(page, TopicPage)
    assert page.title == ""


@every_setup
def test_what_a_page_leaves_out_is_not_known(setup: Setup) -> None:
    html = re.sub(
        r'<span class="bbp-(?:reply|topic)-post-date">.*?</span>|<a [^>]*permalink">#\d+</a>', "", topic_page(setup)
    )
    page = parse_page(
        re.sub(
            r'<div class="bbp-(?:reply|topic)-author">.*?(?=<div class="bbp-\w+-content">)', "", html, flags=re.DOTALL
        )
    )
    assert isinstance(page, TopicPage)
    posts = [*([page.post] if page.post else []), *(reply.post for reply in page.replies)]
    assert [text_of(post.blocks) for post in posts][:2] == ["Wij planten bomen. Eik Es, zie hier", "Eens."]
    for post in posts:
        assert (post.author, post.role, post.posted, post.printed, post.url) == (None, None, None, None, None)
