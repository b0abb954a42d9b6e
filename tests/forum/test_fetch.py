"""A page as it is asked for: what we say of ourselves, where we go and where not, how much is taken in."""

import asyncio
import logging
import tracemalloc
from collections.abc import Callable

import pytest
from aiohttp import web

from bot.forum.fetch import Fetched, PageUnread, fetching, site_of, user_agent
from tests.forum.host import (
    MANNERS,
    NAME,
    PAGE,
    Host,
    Names,
    Respond,
    answer,
    hosting,
    html,
    key_of,
    opened,
    packed,
    plain,
    redirect,
)

TLS_HANDSHAKE = b"\x16"


async def unread(host: Host, path: str) -> tuple[str, str]:
    """Return why and where a page was not read."""
    async with opened(host.url) as fetcher:
        with pytest.raises(PageUnread) as refusal:
            await fetcher.fetch(host.url + path)
    return refusal.value.key, refusal.value.place


async def test_a_page_is_what_was_served_and_where() -> None:
    async with hosting() as host:
        host.answers["/a/"] = [redirect("/b/?x=1#post-3", 301)]
        host.answers["/b/"] = [html()]
        async with opened(host.url) as fetcher:
            assert await fetcher.fetch(f"{host.url}/a/#post-2") == Fetched(f"{host.url}/b/?x=1", PAGE)


async def test_making_a_fetcher_asks_for_nothing_and_its_end_closes_all() -> None:
    names = Names(["127.0.0.1"])
    with pytest.raises(ZeroDivisionError):
        async with fetching(f"http://{NAME}/", MANNERS, names):
            raise ZeroDivisionError
    assert (names.asked, names.closed) == ([], True)


async def test_no_page_is_fetched_before_the_rules_are_known() -> None:
    async with hosting() as host, fetching(site_of(host.url), MANNERS) as fetcher:
        with pytest.raises(RuntimeError):
            await fetcher.fetch(host.url)
    assert host.asked == []


async def test_every_request_says_who_asks_and_takes_gzip() -> None:
    async with hosting() as host:
        host.answers["/"] = [html()]
        async with opened(host.url) as fetcher:
            await fetcher.fetch(host.url)
    assert len(host.asked) == 2
    for asked in host.asked:
        assert asked.headers["User-Agent"] == "Programmabrug/0.1 (reads a public forum; secretaris@duinveen.example)"
        assert asked.headers["Accept-Encoding"] == "gzip"


@pytest.mark.parametrize("contact", [None, "", " \r\n", "é"])
def test_a_contact_that_no_header_can_carry_is_left_out(contact: str | None) -> None:
    assert user_agent(contact) == "Programmabrug/0.1"


def test_a_contact_cannot_add_a_header() -> None:
    assert user_agent("a@b.example\r\nCookie: x").isprintable()


async def test_no_cookie_is_given_back() -> None:
    async with hosting() as host:
        host.answers["/"] = [answer(200, b"", content_type="text/html", Set_Cookie="a=b; Path=/")]
        async with opened(f"http://{NAME}/", resolver=Names(["127.0.0.1"], ports={80: host.port})) as fetcher:
            await fetcher.fetch(f"http://{NAME}/")
            await fetcher.fetch(f"http://{NAME}/")
    assert len(host.asked) == 3
    assert not any("Cookie" in asked.headers for asked in host.asked)


async def test_a_proxy_in_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async with hosting() as host, hosting() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        host.answers["/"] = [html()]
        names = Names(["127.0.0.1"], ports={80: host.port})
        async with opened(f"http://{NAME}/", resolver=names) as fetcher:
            assert (await fetcher.fetch(f"http://{NAME}/")).html == PAGE
    assert proxy.asked == []


async def test_nothing_of_a_page_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with hosting() as host:
        host.answers["/robots.txt"] = [plain("zonnebloem")]
        host.answers["/"] = [html("zonnebloem"), answer(503, b"zonnebloem"), html("zonnebloem")]
        async with opened(host.url) as fetcher:
            await fetcher.fetch(host.url)
            await fetcher.fetch(host.url)
    assert "zonnebloem" not in caplog.text


@pytest.mark.parametrize(
    "path", ["/natuur-%f0%9f%8c%b3/", "/caf%C3%A9/?a=%2f&b=~", "/a%20b/", "/?topic=groen&paged=2", "/a//b/"]
)
async def test_an_address_is_asked_for_as_it_is_spelled(path: str) -> None:
    async with hosting() as host, opened(host.url) as fetcher:
        with pytest.raises(PageUnread):
            await fetcher.fetch(host.url + path)
    assert host.paths()[-1] == path


async def test_an_address_with_spaces_and_emoji_is_escaped() -> None:
    async with hosting() as host, opened(host.url) as fetcher:
        with pytest.raises(PageUnread):
            await fetcher.fetch(f"{host.url}/een boom 🌳/")
    assert host.paths()[-1] == "/een%20boom%20%F0%9F%8C%B3/"


@pytest.mark.parametrize(
    ("code", "key"), [(404, "page_gone"), (410, "page_gone"), (400, "http_status"), (401, "http_status")]
)
async def test_a_page_that_is_refused_is_not_asked_for_again(code: int, key: str) -> None:
    async with hosting() as host:
        host.answers["/a/"] = [answer(code)]
        assert await unread(host, "/a/") == (key, f"{host.url}/a/")
    assert host.paths() == ["/robots.txt", "/a/"]


@pytest.mark.parametrize("content_type", ["text/html", "TEXT/HTML", "application/xhtml+xml"])
async def test_html_is_known_by_its_content_type(content_type: str) -> None:
    async with hosting() as host:
        host.answers["/"] = [answer(200, "Café".encode("cp1252"), Content_Type=f"{content_type}; charset=windows-1252")]
        async with opened(host.url) as fetcher:
            assert (await fetcher.fetch(host.url)).html == "Café"


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "application/pdf", "nonsense"])
async def test_what_is_not_html_is_not_read(content_type: str) -> None:
    async with hosting() as host:
        host.answers["/"] = [answer(200, PAGE.encode(), Content_Type=content_type)]
        assert (await unread(host, "/"))[0] == "page_not_html"


async def test_a_redirect_elsewhere_is_not_followed_and_said_where_to() -> None:
    async with hosting() as host, hosting() as other:
        for location in (
            f"{other.url}/x/",
            "https://elders.example/",
            "//elders.example/",
            "mailto:lid@elders.example",
        ):
            host.answers["/a/"] = [redirect(location)]
            key, place = await unread(host, "/a/")
            assert (key, place) == ("redirect_elsewhere", location if ":" in location else f"http:{location}")
    assert other.asked == []


async def test_no_other_host_is_asked_in_the_first_place() -> None:
    async with hosting() as host, hosting() as other:
        elsewhere = [
            other.url,
            f"http://localhost:{host.port}/",
            f"file://{NAME}/etc/passwd",
            "http://[",
            "//",
            "praat",
        ]
        disguised = [f"{host.url}@elders.example/", f"{host.url}\\@elders.example/", f"{host.url}.elders.example/"]
        async with opened(host.url) as fetcher:
            for url in elsewhere + disguised:
                assert await key_of(fetcher, url) == "redirect_elsewhere"
    assert (host.paths(), other.asked) == (["/robots.txt"], [])


@pytest.mark.parametrize(
    ("location", "key"),
    [("/a/", "redirect_loop"), ("", "http_status"), ("file:///etc/passwd", "http_status"), ("http://[", "http_status")],
)
async def test_a_redirect_that_leads_nowhere_ends(location: str, key: str) -> None:
    async with hosting() as host:
        host.answers["/a/"] = [redirect(location)]
        assert await unread(host, "/a/") == (key, f"{host.url}/a/")
    assert len(host.asked) <= 7


async def test_a_redirect_to_https_on_the_same_host_is_followed() -> None:
    """Where no secure connection can be made there, as with a server that speaks no TLS, once is enough to say so."""
    greetings: list[bytes] = []

    async def speak_plainly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        greetings.append(await reader.read(1))
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()
        await writer.wait_closed()

    async with hosting() as host, await asyncio.start_server(speak_plainly, "127.0.0.1", 0) as other:
        names = Names(["127.0.0.1"], ports={80: host.port, 443: other.sockets[0].getsockname()[1]})
        host.answers["/a/"] = [redirect(f"https://{NAME}/a/", 301)]
        async with opened(f"http://{NAME}/", resolver=names) as fetcher:
            with pytest.raises(PageUnread) as refusal:
                await fetcher.fetch(f"http://{NAME}/a/")
    assert (refusal.value.key, refusal.value.place) == ("not_secure", f"https://{NAME}/a/")
    assert greetings == [TLS_HANDSHAKE]


async def test_credentials_in_an_address_are_neither_sent_nor_told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with hosting() as host:
        host.answers["/a/"] = [redirect(host.url.replace("://", "://lid:geheim@") + "/b/")]
        host.answers["/b/"] = [html(), answer(403)]
        secret = host.url.replace("://", "://lid:ge@heim@")
        async with opened(secret) as fetcher:
            assert (await fetcher.fetch(f"{secret}/a/")).url == f"{host.url}/b/"
            with pytest.raises(PageUnread) as refused:
                await fetcher.fetch(f"{secret}/b/")
            with pytest.raises(PageUnread) as elsewhere:
                await fetcher.fetch("http://lid:geheim@elders.example/")
    assert refused.value.place == f"{host.url}/b/"
    assert elsewhere.value.place == "http://elders.example/"
    assert not any("Authorization" in asked.headers for asked in host.asked)
    assert "heim" not in caplog.text


@pytest.mark.parametrize("url", ["ftp://forum.example/", "praat", "http:///x", "file:///etc/passwd", "http://lid@/"])
def test_only_an_http_address_has_a_site(url: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        site_of(url)


async def test_a_packed_page_is_unpacked() -> None:
    async with hosting() as host:
        host.answers["/"] = [packed()]
        async with opened(host.url) as fetcher:
            assert (await fetcher.fetch(host.url)).html == PAGE


@pytest.mark.parametrize("make", [html, packed])
async def test_the_limit_counts_what_is_unpacked(make: Callable[[str], Respond]) -> None:
    async with hosting() as host:
        host.answers["/"] = [make("x" * 5 * 2**20)]
        host.answers["/a/"] = [make("x" * (5 * 2**20 + 1))]
        async with opened(host.url) as fetcher:
            assert len((await fetcher.fetch(host.url)).html) == 5 * 2**20
        assert await unread(host, "/a/") == ("page_too_large", f"{host.url}/a/")
    assert host.paths().count("/a/") == 1


async def test_a_page_without_end_is_left_at_the_limit() -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        while request.transport is not None and not request.transport.is_closing():
            await response.write(b"x" * 65536)
        return response

    async with hosting() as host:
        host.answers["/"] = [endless]
        assert (await unread(host, "/"))[0] == "page_too_large"


async def test_a_gzip_bomb_does_no_harm() -> None:
    """50 MB in 50 KB: it is unpacked no further than the limit."""
    bomb = packed("\0" * (50 * 2**20))
    async with hosting() as host:
        host.answers["/"] = [bomb]
        tracemalloc.start()
        assert (await unread(host, "/"))[0] == "page_too_large"
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 4 * MANNERS.largest


@pytest.mark.parametrize(
    ("encoding", "key"), [("gzip", "page_truncated"), ("br", "http_status"), ("zstd", "http_status")]
)
async def test_a_page_packed_in_a_way_we_do_not_know_is_not_read(encoding: str, key: str) -> None:
    async with hosting() as host:
        host.answers["/"] = [answer(200, PAGE.encode(), content_type="text/html", Content_Encoding=encoding)]
        assert await unread(host, "/") == (key, f"{host.url}/")
