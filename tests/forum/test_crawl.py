"""A crawl of a small site that can be ill, evasive or wrong: what it reads, what it says, what it never does."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.domain.reading import ProgrammeReading
from bot.errors import SourceError
from bot.forum.crawl import crawl
from bot.forum.fetch import Manners, user_agent
from tests.forum.site import SITE, breadcrumb, forum_list, forum_row, page, post_26, replies, topic_list, topic_row

MANNERS = Manners(user_agent("secretaris@duinveen.example"), delay=0, attempts=3, patience=0.001, largest=20_000)
FORUM = ("Groen", f"{SITE}/praat/forum/groen/")
NEXT = f'<a class="next page-numbers" href="{SITE}/praat/onderwerp/bomen/page/2/">→</a>'


def post(post_id: int, kind: str) -> str:
    parents = "bbp-parent-forum-0 bbp-parent-topic-5" if kind == "topic" else "bbp-parent-forum-5 bbp-parent-topic-70"
    return post_26(post_id, kind, parents, f"<p>Tekst {post_id}.</p>")


def topic(topic_id: int, *reply_ids: int, pages: str = "", first: bool = True) -> str:
    posts = [post(topic_id, "topic")] if first else []
    posts += [post(reply_id, "reply") for reply_id in reply_ids]
    return page(breadcrumb("Bomen", [FORUM]) + replies(topic_id, "".join(posts), pages))


PAGES = {
    "/praat/": page(breadcrumb("Praat", root=False) + forum_list(0, forum_row(5, *FORUM))),
    "/praat/forum/groen/": page(
        breadcrumb("Groen")
        + topic_list(
            5,
            topic_row(70, "Bomen", f"{SITE}/praat/onderwerp/bomen/", 5)
            + topic_row(90, "Vijvers", f"{SITE}/praat/onderwerp/vijvers/", 5),
        )
    ),
    "/praat/onderwerp/bomen/": topic(70, 81, pages=NEXT),
    "/praat/onderwerp/bomen/page/2/": topic(70, 82, 81, first=False),
    "/praat/onderwerp/vijvers/": topic(90),
}
Answer = Callable[[web.Request], web.StreamResponse]


@dataclass
class Site:
    """A site's address, what it was asked, and how it answers to some paths instead of with a page."""

    url: str = ""
    answers: dict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    asked: list[tuple[str, str, float]] = field(default_factory=list[tuple[str, str, float]])

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((request.path_qs, request.headers["User-Agent"], asyncio.get_running_loop().time()))
        waiting = self.answers[request.path]
        if waiting:
            return waiting.pop(0)(request) if len(waiting) > 1 else waiting[0](request)
        html = PAGES.get(request.path)
        if html is None:
            return web.Response(status=404)
        return web.Response(text=html.replace(SITE, self.url), content_type="text/html")

    def paths(self) -> list[str]:
        return [path for path, _, _ in self.asked]


@asynccontextmanager
async def running() -> AsyncGenerator[Site]:
    site = Site()
    app = web.Application()
    app.router.add_get("/{path:.*}", site.answer)
    async with TestServer(app) as server:
        site.url = str(server.make_url("")).rstrip("/")
        yield site


def status(code: int, **headers: str) -> Answer:
    return lambda _: web.Response(status=code, headers={key.replace("_", "-"): text for key, text in headers.items()})


def html(text: str) -> Answer:
    return lambda request: web.Response(text=text.replace(SITE, f"http://{request.host}"), content_type="text/html")


def json(_: web.Request) -> web.StreamResponse:
    return web.Response(text="{}", content_type="application/json")


def good(path: str) -> Answer:
    return html(PAGES[path])


def ids(reading: ProgrammeReading) -> dict[int, list[int]]:
    return {item.post.post_id: [reply.post.post_id for reply in item.replies] for item in reading.topics}


async def test_every_page_is_read_once_under_an_honest_name() -> None:
    async with running() as site:
        reading = await crawl(f"{site.url}/praat/onderwerp/bomen/#post-81", MANNERS)
    assert ids(reading) == {70: [81, 82], 90: []}
    assert reading.whole
    assert site.paths()[0] == "/robots.txt"
    assert sorted(site.paths()[1:]) == sorted(PAGES)
    assert len(site.paths()) == len(PAGES) + 1  # robots.txt
    assert {name for _, name, _ in site.asked} == {
        "Programmabrug/0.1 (reads a public forum; secretaris@duinveen.example)"
    }


async def test_requests_are_a_pause_apart() -> None:
    async with running() as site:
        await crawl(f"{site.url}/praat/", Manners("x", delay=0.03))
    times = [at for _, _, at in site.asked]
    assert min(after - before for before, after in pairwise(times)) >= 0.03


async def test_an_ill_site_is_asked_again_and_retry_after_is_kept() -> None:
    path = "/praat/onderwerp/vijvers/"
    async with running() as site:
        site.answers[path] = [status(503, Retry_After="0"), status(429), good(path)]
        reading = await crawl(f"{site.url}/praat/", MANNERS)
    assert reading.whole
    assert site.paths().count(path) == 3


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        (status(503), "http_status"),
        (status(404), "page_gone"),
        (status(403), "http_status"),
        (status(302, Location="https://elders.example/"), "redirect_elsewhere"),
        (status(302, Location="/praat/onderwerp/bomen/"), "redirect_elsewhere"),
        (status(302, Location="/praat/onderwerp/vijvers/"), "redirect_loop"),
        (status(302, Location="file:///etc/passwd"), "http_status"),
        (status(302), "http_status"),
        (html("<html><body>Log in</body></html>"), "page_not_forum"),
        (html(topic(90)[:-30]), "page_truncated"),
        (html(topic(90, first=False)), "topic_without_post"),
        (html(PAGES["/praat/"]), "page_other_kind"),
        (html("x" * 20_001), "page_too_large"),
        (json, "page_not_html"),
    ],
)
async def test_a_page_that_cannot_be_read_is_said_and_makes_the_reading_partial(answer: Answer, key: str) -> None:
    async with running() as site:
        site.answers["/praat/onderwerp/vijvers/"] = [answer]
        reading = await crawl(f"{site.url}/praat/", MANNERS)
    assert ids(reading) == {70: [81, 82]}
    assert not reading.whole
    assert [trouble.key for trouble in reading.troubles] == [key]


async def test_a_protected_topic_is_not_read_and_nothing_is_missing_for_it() -> None:
    async with running() as site:
        site.answers["/praat/onderwerp/vijvers/"] = [html('<form class="post-password-form"></form></html>')]
        reading = await crawl(f"{site.url}/praat/", MANNERS)
    assert (reading.whole, [trouble.key for trouble in reading.troubles]) == (True, ["page_password"])


async def test_robots_are_obeyed() -> None:
    rules = "User-agent: *\nDisallow: /praat/onderwerp/vijvers/\n"
    async with running() as site:
        site.answers["/robots.txt"] = [lambda _: web.Response(text=rules)]
        reading = await crawl(f"{site.url}/praat/", MANNERS)
    assert ids(reading) == {70: [81, 82]}
    assert [trouble.key for trouble in reading.troubles] == ["robots_forbid"]
    assert "/praat/onderwerp/vijvers/" not in site.paths()


@pytest.mark.parametrize(
    ("path", "answers", "key"),
    [
        ("/", {}, "source.page_gone"),
        ("/praat/", {"/praat/": html("<html><body></body></html>")}, "source.not_a_forum"),
        ("/praat/", {"/praat/": status(500)}, "source.http_status"),
        ("/praat/", {"/robots.txt": status(500)}, "source.robots_unread"),
        ("/praat/onderwerp/bomen/", {"/praat/": html(PAGES["/praat/forum/groen/"])}, "source.no_index"),
        ("/praat/", {"/praat/": status(301, Location="https://elders.example/praat/")}, "source.redirect_elsewhere"),
    ],
)
async def test_an_address_that_leads_to_no_forum_is_refused(path: str, answers: dict[str, Answer], key: str) -> None:
    async with running() as site:
        for where, answer in answers.items():
            site.answers[where] = [answer]
        with pytest.raises(SourceError) as refusal:
            await crawl(site.url + path, MANNERS)
    assert refusal.value.key == key


@pytest.mark.parametrize("address", ["ftp://forum.example/", "praat", "http:///x", "file:///etc/passwd"])
async def test_only_http_addresses_are_crawled(address: str) -> None:
    with pytest.raises(SourceError) as refusal:
        await crawl(address, MANNERS)
    assert refusal.value.key == "source.not_an_address"


async def test_a_site_that_is_not_there_is_said_to_be() -> None:
    async with running() as site:
        url = site.url
    with pytest.raises(SourceError) as refusal:
        await crawl(f"{url}/praat/", MANNERS)
    assert refusal.value.key == "source.no_answer"


@pytest.mark.parametrize(
    ("path", "listed"),
    [
        ("/praat/forum/groen/", topic_list(5, topic_row(95, "Elders", "https://elders.example/praat/onderwerp/x/", 5))),
        ("/praat/", forum_list(0, forum_row(5, "Groen", "https://www.duinveen.example/praat/forum/groen/"))),
    ],
)
async def test_what_is_listed_on_another_host_is_not_read_and_is_said(path: str, listed: str) -> None:
    async with running() as site:
        site.answers[path] = [html(page(breadcrumb("Groen") + listed))]
        reading = await crawl(f"{site.url}/praat/", MANNERS)
    assert not reading.whole
    assert [trouble.key for trouble in reading.troubles] == ["listed_elsewhere"]


@pytest.mark.parametrize(
    "answer",
    [
        html(topic(70, 81, pages=NEXT.replace("page/2/", ""))),
        html(topic(70, pages=NEXT.replace("page/2/", ""))),
        html(topic(70, 81, pages=NEXT)),
    ],
    ids=["a page whose next is itself", "the same without replies", "a second page that is the first again"],
)
async def test_pages_in_a_circle_end_and_make_the_reading_partial(answer: Answer) -> None:
    async with running() as site:
        site.answers["/praat/onderwerp/bomen/"] = site.answers["/praat/onderwerp/bomen/page/2/"] = [answer]
        reading = await crawl(f"{site.url}/praat/", MANNERS)
    assert not reading.whole
    assert [trouble.key for trouble in reading.troubles] == ["paging_loop"]
    assert len(site.paths()) < 8


async def test_a_topic_whose_pages_never_end_is_left_after_five_hundred() -> None:
    def made_up(request: web.Request) -> web.StreamResponse:
        number = int(request.query.get("paged", "1"))
        onward = NEXT.replace("page/2/", f"?paged={number + 1}")
        return html(topic(70, 1000 + number, pages=onward, first=number == 1))(request)

    async with running() as site:
        site.answers["/praat/onderwerp/bomen/"] = [made_up]
        reading = await crawl(f"{site.url}/praat/", MANNERS)
        asked = [path for path in site.paths() if path.startswith("/praat/onderwerp/bomen/")]
    assert [trouble.key for trouble in reading.troubles] == ["too_many_pages"]
    assert len(asked) == len(ids(reading)[70]) == 500
    assert 90 in ids(reading)


async def test_a_forum_whose_title_says_that_it_is_private_is_not_asked_for() -> None:
    secret = forum_row(6, "Privé: Bestuur", f"{SITE}/praat/forum/geheimclub/")
    async with running() as site:
        site.answers["/praat/"] = [html(PAGES["/praat/"].replace("</li></ul>", f"</li></ul>{secret}", 1))]
        reading = await crawl(f"{site.url}/praat/", MANNERS)
    assert reading.whole
    assert "geheimclub" not in repr((reading, site.paths()))
