"""Pages of set-ups that no capture shows: 2.5, a topic apart, flat and paged, plain permalinks, a member's view."""

import pytest

from bot.domain.reading import Sticky
from bot.domain.text import text_of
from bot.forum.assembly import assemble
from bot.forum.dates import parse_date
from bot.forum.pages import ForumPage, IndexPage, OtherPage, TopicPage, parse_page
from tests.forum.site import (
    SITE,
    breadcrumb,
    forum_list,
    forum_row,
    lead_topic,
    page,
    post_25,
    post_26,
    replies,
    topic_list,
    topic_row,
)

WONEN = ("Wonen", f"{SITE}/praat/forum/wonen/")
HUREN = ("Huren", f"{SITE}/praat/forum/wonen/huren/")


def topic_26(body: str, pages: str = "", current: str = "Groen") -> TopicPage:
    read = parse_page(page(breadcrumb(current, [WONEN]) + replies(70, body, pages)), f"{SITE}/praat/onderwerp/groen/")
    assert isinstance(read, TopicPage)
    return read


def test_a_topic_of_25_with_plain_permalinks() -> None:
    named = '<a class="bbp-author-name" href="#">Noor Bakker</a>'
    body = post_25(
        70, "topic", "bbp-parent-forum-5 bbp-parent-topic-70", "<p>Bomen.</p>", named, "Keymaster"
    ) + post_25(81, "reply", "bbp-parent-forum-5 bbp-parent-topic-70", "<p>Eens.</p>", "Een Gast", "Guest")
    read = parse_page(
        page(breadcrumb("Groen", [("Wonen", f"{SITE}/?forum=wonen")]) + replies(70, body)), f"{SITE}/?topic=groen"
    )
    assert isinstance(read, TopicPage)
    assert (read.topic_id, read.forum_id, read.title, read.closed) == (70, 5, "Groen", False)
    assert read.post is not None
    assert (read.post.author, read.post.role, read.post.posted) == ("Noor Bakker", "Keymaster", "2021-11-09T14:07")
    assert read.post.printed == "November 9, 2021 at 2:07 pm"
    (reply,) = read.replies
    assert (reply.post.author, reply.post.role, reply.reply_to) == ("Een Gast", "Guest", None)
    assert reply.post.url == f"{SITE}/?topic=groen#post-81"


def test_in_26_a_topic_names_its_forum_as_its_parent_topic() -> None:
    read = topic_26(post_26(70, "topic", "bbp-parent-forum-5 bbp-parent-topic-6", "<p>a</p>"))
    assert read.forum_id == 6


def test_a_topic_that_stands_apart_is_read_once_on_every_page() -> None:
    first = parse_page(page(lead_topic(70, 5, "<p>Bomen.</p>") + replies(70, "")), SITE)
    later = parse_page(
        page(lead_topic(70, 5, "<p>Bomen.</p>") + replies(70, post_26(81, "reply", "bbp-parent-forum-5", "<p>b</p>"))),
        SITE,
    )
    assert isinstance(first, TopicPage)
    assert first.post is not None
    assert (first.post.author, first.post.role, first.post.posted) == ("Noor Bakker", "Moderator", "2022-05-01T09:30")
    assert text_of(first.post.blocks) == "Bomen."
    (topic,) = assemble([first, later]).topics
    assert [reply.post.post_id for reply in topic.replies] == [81]
    assert topic.closed is True


def test_a_lead_topic_without_replies_is_a_topic_page() -> None:
    assert isinstance(parse_page(page(lead_topic(70, 5, "<p>a</p>"))), TopicPage)


def test_a_flat_topic_over_two_pages_is_one() -> None:
    onward = f'<a class="page-numbers" href="{SITE}/x/9/">9</a><a class="next page-numbers" href="/x/page/2/">→</a>'
    one = topic_26(post_26(70, "topic", "bbp-parent-forum-0 bbp-parent-topic-5", "<p>a</p>"), onward)
    assert one.next_url == f"{SITE}/x/page/2/"
    two = topic_26(
        post_26(82, "reply", "bbp-parent-forum-5 bbp-parent-topic-70", "<p>c</p>")
        + post_26(81, "reply", "bbp-parent-forum-5 bbp-parent-topic-70", "<p>b</p>")
    )
    assert two.post is None
    (topic,) = assemble([two, one, one]).topics
    assert [reply.post.post_id for reply in topic.replies] == [81, 82]
    assert (topic.forum_id, topic.forum_title) == (5, "Wonen")


def test_nesting_tells_what_a_reply_answers() -> None:
    def reply(post_id: int) -> str:
        return post_26(post_id, "reply", "bbp-parent-forum-5 bbp-parent-topic-70", f"<p>{post_id}</p>")

    body = (
        f"<ul><li>{post_26(70, 'topic', 'bbp-parent-forum-0 bbp-parent-topic-5', 'a')}</li><li>{reply(81)}"
        f"<ul class='bbp-threaded-replies'><li>{reply(83)}<ul class='bbp-threaded-replies'><li>{reply(84)}</li></ul>"
        "</li>"
        f"</ul></li><li>{reply(82)}</li></ul>"
    )
    assert [(item.post.post_id, item.reply_to) for item in topic_26(body).replies] == [
        (81, None),
        (83, 81),
        (84, 83),
        (82, None),
    ]


@pytest.mark.parametrize("status", ["spam", "trash", "pending", "private"])
def test_what_only_a_moderator_sees_is_not_read(status: str) -> None:
    topic = post_26(70, "topic", "bbp-parent-forum-0 bbp-parent-topic-5", "<p>a</p>")
    hidden = post_26(81, "reply", "bbp-parent-forum-5 bbp-parent-topic-70", "<p>weg</p>", status=status)
    assert topic_26(topic + hidden).replies == ()
    whole = page(replies(70, post_26(70, "topic", "bbp-parent-forum-5", "<p>weg</p>", status=status)))
    assert parse_page(whole) == OtherPage(parse_page(whole).head, "page_not_public")
    row = topic_row(70, "Weg", SITE, 5, f"status-{status}")
    listed = parse_page(page(topic_list(5, row)))
    assert isinstance(listed, ForumPage)
    assert listed.topics == ()


@pytest.mark.parametrize("title", ["Privé: Bestuur", "Private: Board", "Beveiligd: Bestuur", "Protected: Board"])
def test_a_private_forum_saved_by_its_member_is_not_read(title: str) -> None:
    crumbs = breadcrumb("Lijst", [(title, SITE)])
    assert isinstance(parse_page(page(crumbs + replies(70, ""))), OtherPage)
    assert isinstance(parse_page(page(breadcrumb(title) + topic_list(5, ""))), OtherPage)
    row = forum_row(9, title, SITE, "bbp-forum-visibility-private")
    titled = forum_row(8, title, SITE)
    below = f'<a class="bbp-forum-link" href="{SITE}/geheim/">{title} (1, 2)</a><a class="bbp-forum-link">Huren</a>'
    index = parse_page(page(forum_list(0, row + titled + forum_row(5, "Wonen", SITE, below=below))))
    assert isinstance(index, IndexPage)
    (entry,) = index.forums
    assert (entry.title, [crumb.title for crumb in entry.subforums]) == ("Wonen", ["Huren"])


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<html><body><h1>Niet gevonden</h1></body></html>", "page_not_forum"),
        ("", "page_not_forum"),
        ('<form class="post-password-form"></form>', "page_password"),
        (page('<form class="post-password-form"></form>'), "page_password"),
        (page('<div id="bbp-user-wrapper"></div>' + replies(7, "")), "page_not_forum"),
        (page('<ul id="bbp-search-results" class="forums bbp-search-results"></ul>'), "page_not_forum"),
        (page(post_26(81, "reply", "bbp-parent-topic-70", "a")), "page_not_forum"),
    ],
)
def test_other_pages_say_why_they_are_not_read(html: str, reason: str) -> None:
    read = parse_page(html)
    assert isinstance(read, OtherPage)
    assert read.reason == reason


def test_forums_stand_depth_first_as_the_lists_name_them() -> None:
    below = f'<ul class="bbp-forums-list"><li><a href="{HUREN[1]}" class="bbp-forum-link">Huren (4, 0)</a></li></ul>'
    index = parse_page(
        page(
            breadcrumb("Praat", root=False)
            + forum_list(0, forum_row(9, "Zorg", f"{SITE}/z/") + forum_row(5, *WONEN, below=below))
        ),
        f"{SITE}/praat/",
    )
    wonen = parse_page(
        page(
            breadcrumb("Wonen")
            + forum_list(5, forum_row(6, *HUREN, "bbp-parent-forum-5"))
            + topic_list(
                5,
                topic_row(17, "Welkom", f"{SITE}/w/", 9, "super-sticky status-publish")
                + topic_row(70, "Groen", f"{SITE}/g/", 5, "sticky status-closed"),
            )
        ),
        WONEN[1],
    )
    topic = topic_26(post_26(70, "topic", "bbp-parent-forum-0 bbp-parent-topic-5", "<p>a</p>", status="closed"))
    assert isinstance(index, IndexPage)
    assert index.forums[1].subforums[0].title == "Huren"
    reading = assemble([topic, wonen, index])
    assert [(forum.forum_id, forum.title, forum.parent_id) for forum in reading.forums] == [
        (9, "Zorg", None),
        (5, "Wonen", None),
        (6, "Huren", 5),
    ]
    assert [(item.title, item.sticky, item.closed) for item in reading.topics] == [("Groen", Sticky.FORUM, True)]
    assert reading.title == "Duinveen vooruit"


def test_a_topic_page_alone_tells_its_forum_and_those_above_it() -> None:
    body = post_26(70, "topic", "bbp-parent-forum-5 bbp-parent-topic-6", "<p>a</p>")
    reading = assemble([parse_page(page(breadcrumb("Groen", [WONEN, HUREN]) + replies(70, body)), SITE)])
    assert [(forum.forum_id, forum.title, forum.parent_title) for forum in reading.forums] == [
        (None, "Wonen", None),
        (6, "Huren", "Wonen"),
    ]
    (only,) = reading.topics
    assert (only.forum_id, only.sticky) == (6, None)


@pytest.mark.parametrize(
    ("title", "head", "expected"),
    [
        ("Groen – Duinveen vooruit", "", "Duinveen vooruit"),
        ("Onderwerp: Groen - Pagina 2 - Duinveen", "", "Duinveen"),
        ("Duinveen", "", None),
        ("x", '<meta property="og:site_name" content="Duinveen &amp; omstreken">', "Duinveen & omstreken"),
        ("x", '<link rel="alternate" type="application/rss+xml" title="Duinveen &raquo; Feed" href="/f">', "Duinveen"),
    ],
)
def test_the_programmes_title_is_the_sites(title: str, head: str, expected: str | None) -> None:
    assert parse_page(page(breadcrumb("Groen"), title=title, head=head)).head.site_title == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("9 november 2021 om 14:07", "2021-11-09T14:07"),
        ("November 9, 2021 at 2:07 pm", "2021-11-09T14:07"),
        ("9 mrt. 2021 om 00:05 uur", "2021-03-09T00:05"),
        ("12 May 2021 at 12:30 am", "2021-05-12T00:30"),
        ("2021-11-09 14:07", "2021-11-09T14:07"),
        ("9-11-2021 14.07", "2021-11-09T14:07"),
        ("29/11/2021", "2021-11-29"),
        ("03/04/2021 10:00", None),
        ("31 februari 2021", None),
        ("1 maand, 2 weken geleden", None),
        ("", None),
        (None, None),
    ],
)
def test_printed_dates_are_read_where_they_can_be(printed: str | None, expected: str | None) -> None:
    assert parse_date(printed) == expected


def test_a_title_may_begin_with_a_word_that_wordpress_does_not_use_for_private_posts() -> None:
    crumbs = breadcrumb("Lijst", [("Verborgen: armoede in de stad", SITE)])
    assert isinstance(parse_page(page(crumbs + replies(70, ""))), TopicPage)
