"""What robots.txt allows, and what holds where there is none or it cannot be had."""

import time

import pytest

from bot.forum.fetch import PageUnread
from bot.forum.robots import MOST_BYTES, Rules
from tests.forum.host import Host, Respond, answer, break_off, hang_up, hosting, html, key_of, opened, plain, redirect

ALL_CLOSED = plain("User-agent: *\nDisallow: /\n")


async def verdict(host: Host, *robots: Respond) -> str | None:
    """Return why the host's front page may not be read, None where it may."""
    host.answers["/"] = [html()]
    host.answers["/robots.txt"] = list(robots)
    try:
        async with opened(host.url) as fetcher:
            return await key_of(fetcher, f"{host.url}/")
    except PageUnread as error:
        return error.key


async def test_the_rules_hold_for_every_address_the_first_too() -> None:
    async with hosting() as host:
        assert await verdict(host, ALL_CLOSED) == "robots_forbid"
    assert host.paths() == ["/robots.txt"]


async def test_the_rules_hold_where_a_redirect_leads() -> None:
    async with hosting() as host:
        host.answers["/robots.txt"] = [plain("User-agent: *\nDisallow: /geheim/")]
        host.answers["/a/"] = [redirect("/geheim/")]
        async with opened(host.url) as fetcher:
            with pytest.raises(PageUnread) as refusal:
                await fetcher.fetch(f"{host.url}/a/")
    assert (refusal.value.key, refusal.value.place) == ("robots_forbid", f"{host.url}/geheim/")
    assert host.paths() == ["/robots.txt", "/a/"]


async def test_the_rules_are_read_once() -> None:
    async with hosting() as host:
        host.answers["/a/"] = [html()]
        async with opened(host.url) as fetcher:
            for _ in range(3):
                await fetcher.fetch(f"{host.url}/a/")
    assert host.paths().count("/robots.txt") == 1


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410, 451])
async def test_without_rules_all_may_be_read(code: int) -> None:
    async with hosting() as host:
        assert await verdict(host, answer(code, b"User-agent: *\nDisallow: /")) is None


@pytest.mark.parametrize(
    ("robots", "key"),
    [
        (answer(500), "robots_unread"),
        (answer(503), "robots_unread"),
        (answer(429), "robots_unread"),
        (hang_up, "no_answer"),
        (break_off, "page_truncated"),
    ],
)
async def test_while_the_rules_cannot_be_had_nothing_may_be_read(robots: Respond, key: str) -> None:
    async with hosting() as host:
        assert await verdict(host, robots) == key
    assert set(host.paths()) == {"/robots.txt"}


async def test_rules_that_come_at_a_second_attempt_are_rules() -> None:
    async with hosting() as host:
        assert await verdict(host, answer(503), ALL_CLOSED) == "robots_forbid"


async def test_a_redirect_of_the_rules_is_followed_up_to_five_times() -> None:
    async with hosting() as host:
        host.answers["/robots/"] = [*[redirect("/robots/")] * 4, ALL_CLOSED]
        assert await verdict(host, redirect("/robots/", 301)) == "robots_forbid"


async def test_rules_that_redirect_for_ever_are_none() -> None:
    async with hosting() as host:
        assert await verdict(host, redirect("/robots.txt")) is None
    assert host.paths().count("/robots.txt") == 6


async def test_rules_elsewhere_are_not_fetched_and_nothing_is_read() -> None:
    async with hosting() as host, hosting() as other:
        assert await verdict(host, redirect(f"{other.url}/robots.txt")) == "redirect_elsewhere"
    assert other.asked == []


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ("User-agent: *\nDisallow: /a/\n", False),
        ("User-agent: Programmabrug\nDisallow: /a/\n", False),
        ("user-agent: programmabrug\nDISALLOW: /a/\n", False),
        ("\ufeffUser-agent: *\r\nDisallow: /a/\r\n", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Programmabrug\nAllow: /a/\n", True),
        ("User-agent: *\nAllow: /\n\nUser-agent: Programmabrug\nDisallow: /a/\n", False),
        ("User-agent: *\nDisallow: /a/\nAllow: /a/b/\n", True),
        ("User-agent: *\nDisallow: /*?paged=\n", False),
        ("User-agent: *\nDisallow: /a/b/$\n", True),
        ("User-agent: forum\nDisallow: /\n", True),
        ("User-agent: brug\nDisallow: /\n", True),
        ("User-agent: *\nDisallow:\n", True),
        ("Disallow: /\n", True),
        ("", True),
        ("<!doctype html><html><body><p>Disallow: /</p></body></html>", True),
    ],
)
def test_rules_for_us_go_before_rules_for_all(robots: str, allowed: bool) -> None:
    """Only our own name is ours: not a word of what else we say of ourselves."""
    assert Rules(robots.encode()).allow("http://forum.duinveen.example/a/b/?paged=2") is allowed


@pytest.mark.parametrize(
    ("robots", "pause"),
    [
        ("User-agent: *\nCrawl-delay: 10", 10),
        ("User-agent: *\nCrawl-delay: 3600", 60),
        ("User-agent: *\nCrawl-delay: 1e400", 0),
        ("User-agent: *\nCrawl-delay: nan", 0),
        ("User-agent: *\nCrawl-delay: -5", 0),
        ("User-agent: *\nCrawl-delay: traag", 0),
        ("User-agent: *\nCrawl-delay: 5\n\nUser-agent: Programmabrug\nCrawl-delay: 2\nAllow: /", 2),
        ("", 0),
    ],
)
def test_the_pause_that_is_asked_for_is_kept_up_to_a_minute(robots: str, pause: float) -> None:
    assert Rules(robots.encode()).pause == pause


async def test_a_page_instead_of_rules_does_no_harm() -> None:
    async with hosting() as host:
        assert await verdict(host, html("<html><body>" + "<p>Disallow: /</p>" * 100)) is None


async def test_rubbish_instead_of_rules_does_no_harm() -> None:
    """2 MB of bytes, and of rules that match a lot: read as far as the limit, and in no time."""
    async with hosting() as host:
        began = time.process_time()
        assert await verdict(host, answer(200, bytes(range(256)) * 8192)) is None
        assert await verdict(host, plain("User-agent: *\n" + "Disallow: /*a*a*a*a*b\n" * 100_000)) is None
        assert time.process_time() - began < 5


def test_rules_count_as_far_as_they_are_read() -> None:
    """A line that the limit cuts off would forbid all that begins as it does."""
    head = b"User-agent: *\nDisallow: /a/\n#"
    body = head + b"x" * (MOST_BYTES - len(head) - len(b"\nDisallow: /")) + b"\nDisallow: /c/\n"
    rules = Rules(body)
    assert not rules.allow("http://forum.duinveen.example/a/")
    assert rules.allow("http://forum.duinveen.example/b/")
    assert rules.allow("http://forum.duinveen.example/c/")
