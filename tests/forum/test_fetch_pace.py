"""How often and how long a host is asked: one request at a time, a pause between two, patience, and an end to it."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.forum.fetch import Fetcher, PageUnread
from bot.forum.manners import retry_after
from tests.forum.host import (
    MANNERS,
    PAGE,
    Host,
    Respond,
    after,
    answer,
    break_off,
    hang_up,
    hosting,
    html,
    key_of,
    not_found,
    opened,
    plain,
    redirect,
)

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
SLACK = 0.001
"""What two clocks of one machine may differ."""


@asynccontextmanager
async def answering(*answers: Respond, **manners: float) -> AsyncGenerator[tuple[Host, Fetcher, str]]:
    """Run a host that answers so to /a/; yield it, a fetcher for it and the address of /a/."""
    async with hosting() as host:
        host.answers["/a/"] = list(answers)
        async with opened(host.url, replace(MANNERS, **manners)) as fetcher:
            yield host, fetcher, f"{host.url}/a/"


async def test_never_are_two_requests_under_way() -> None:
    """Nor do pages that are wanted at the same time cost a pause."""
    async with answering(after(0.005, html()), delay=0.01) as (host, fetcher, url):
        await asyncio.gather(*(fetcher.fetch(url) for _ in range(5)))
    assert len(host.asked) == 6
    assert host.most_under_way == 1
    assert min(host.pauses()) >= 0.01 - SLACK


async def test_the_pause_lies_between_the_end_of_a_request_and_the_start_of_the_next() -> None:
    """Also after robots.txt, a redirect, a refusal, a page that is gone, and for slow answers."""
    answers = [redirect("/a/?1"), after(0.03, html()), answer(503), html(), not_found, hang_up, html()]
    async with answering(*answers, delay=0.03) as (host, fetcher, url):
        await fetcher.fetch(url)
        await fetcher.fetch(url)
        assert await key_of(fetcher, url) == "page_gone"
        await fetcher.fetch(url)
    assert len(host.asked) == 8
    assert min(host.pauses()) >= 0.03 - SLACK


async def test_without_a_pause_nothing_waits() -> None:
    async with answering(html(), delay=0) as (_, fetcher, url):
        async with asyncio.timeout(2):
            for _ in range(50):
                await fetcher.fetch(url)


async def test_the_pause_that_robots_txt_asks_for_is_kept() -> None:
    async with hosting() as host:
        host.answers["/robots.txt"] = [plain("User-agent: *\nCrawl-delay: 0.05")]
        host.answers["/"] = [html()]
        async with opened(host.url) as fetcher:
            await fetcher.fetch(host.url)
            await fetcher.fetch(host.url)
    assert min(host.pauses()) >= 0.05 - SLACK


@pytest.mark.parametrize("bad", [answer(500), answer(502), answer(503), answer(520), answer(429), hang_up, break_off])
async def test_what_may_pass_is_asked_again(bad: Respond) -> None:
    async with answering(bad, bad, html()) as (host, fetcher, url):
        assert (await fetcher.fetch(url)).html == PAGE
    assert host.paths().count("/a/") == 3


@pytest.mark.parametrize(
    ("bad", "key"),
    [
        (answer(500), "http_status"),
        (answer(429), "http_status"),
        (hang_up, "no_answer"),
        (break_off, "page_truncated"),
        (after(1, html()), "no_answer"),
    ],
)
async def test_patience_ends_after_so_many_attempts(bad: Respond, key: str) -> None:
    """A request whose connection is lost is not repeated behind our back either."""
    async with answering(bad, timeout=0.1) as (host, fetcher, url):
        assert await key_of(fetcher, url) == key
    assert host.paths().count("/a/") == MANNERS.attempts


async def test_each_wait_is_twice_the_one_before() -> None:
    async with answering(answer(500), attempts=4, patience=0.02) as (host, fetcher, url):
        assert await key_of(fetcher, url) == "http_status"
    waits = host.pauses()[1:]
    assert [wait >= least - SLACK for wait, least in zip(waits, (0.02, 0.04, 0.08), strict=True)] == [True] * 3


async def test_a_host_that_is_not_there_is_tried_and_then_said_to_be_away() -> None:
    async with hosting() as host:
        url = host.url
    with pytest.raises(PageUnread) as refusal:
        async with opened(url):
            pass
    assert (refusal.value.key, refusal.value.place) == ("no_answer", f"{url}/robots.txt")


async def test_a_page_takes_no_longer_than_it_may() -> None:
    """However many attempts, waits and redirects there are left."""
    late = after(0.2, redirect("/a/"))
    async with answering(late, longest=0.3) as (host, fetcher, url):
        began = asyncio.get_running_loop().time()
        assert await key_of(fetcher, url) == "no_answer"
        assert 0.3 - SLACK <= asyncio.get_running_loop().time() - began < 1
    assert host.paths().count("/a/") == 2


async def test_a_fetch_that_is_cancelled_ends_and_the_next_one_goes_on() -> None:
    asked = asyncio.Event()

    async def stuck(request: web.Request) -> web.StreamResponse:
        asked.set()
        await asyncio.Event().wait()
        return await not_found(request)

    async with answering(stuck, html()) as (_, fetcher, url):
        task = asyncio.create_task(fetcher.fetch(url))
        await asked.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await fetcher.fetch(url)).html == PAGE


@pytest.mark.parametrize("code", [429, 503])
async def test_the_time_that_a_host_asks_for_is_waited(code: int) -> None:
    async with answering(answer(code, Retry_After="1"), html()) as (host, fetcher, url):
        await fetcher.fetch(url)
    assert host.pauses()[-1] >= 1 - SLACK


async def test_the_last_refusal_of_a_page_puts_off_the_next_page() -> None:
    async with answering(answer(503, Retry_After="1"), attempts=1) as (host, fetcher, url):
        assert await key_of(fetcher, url) == "http_status"
        assert await key_of(fetcher, f"{host.url}/b/") == "page_gone"
    assert host.pauses()[-1] >= 1 - SLACK


@pytest.mark.parametrize("wish", ["soon", "-5", "0", "", "1.5", "Thu, 01 Jan 1970 00:00:00 GMT"])
async def test_a_wish_that_means_nothing_is_met_with_ordinary_patience(wish: str) -> None:
    async with answering(answer(503, Retry_After=wish), html()) as (host, fetcher, url):
        await fetcher.fetch(url)
    assert host.pauses()[-1] < 0.9


@pytest.mark.parametrize("wish", ["86400", "9" * 400, "Fri, 01 Jan 2126 00:00:00 GMT"])
async def test_a_page_that_asks_for_hours_counts_as_unread_at_once_and_holds_up_no_other(wish: str) -> None:
    async with answering(answer(503, Retry_After=wish)) as (host, fetcher, url):
        assert await key_of(fetcher, url) == "http_status"
        assert await key_of(fetcher, f"{host.url}/b/") == "page_gone"
    assert host.paths() == ["/robots.txt", "/a/", "/b/"]


async def test_a_host_that_has_had_enough_of_us_for_hours_is_left_alone() -> None:
    async with answering(answer(429, Retry_After="86400")) as (host, fetcher, url):
        assert await key_of(fetcher, url) == "http_status"
        assert await key_of(fetcher, f"{host.url}/b/") == "forum_unwell"
    assert host.paths() == ["/robots.txt", "/a/"]


@pytest.mark.parametrize("bad", [answer(500), hang_up, break_off, after(1, html())])
async def test_a_host_that_fails_page_after_page_is_left_alone(bad: Respond) -> None:
    async with answering(bad, attempts=1, timeout=0.1) as (host, fetcher, url):
        keys = [await key_of(fetcher, url) for _ in range(20)]
        assert "forum_unwell" not in keys[:5]
        assert keys[5:] == ["forum_unwell"] * 15
        assert await key_of(fetcher, f"{host.url}/b/") == "forum_unwell"
    assert len(host.asked) == 1 + 5


@pytest.mark.parametrize("good", [html(), not_found, answer(403), redirect("http://elders.example/")])
async def test_pages_that_fail_here_and_there_stop_nothing(good: Respond) -> None:
    async with answering(*([answer(500)] * 4 + [good]) * 3, attempts=1) as (_, fetcher, url):
        keys = [await key_of(fetcher, url) for _ in range(15)]
    assert "forum_unwell" not in keys


def test_a_wish_is_a_number_or_a_date() -> None:
    assert retry_after("120", NOW) == 120
    assert retry_after(" 7 ", NOW) == 7
    assert retry_after("Fri, 01 May 2026 12:00:30 GMT", NOW) == 30
    assert retry_after("Fri, 01 May 2026 12:00:30 -0000", NOW) == 30
    assert retry_after("Fri, 01 May 2026 11:00:00 GMT", NOW) == 0
    assert retry_after(None, NOW) == 0
    assert retry_after("Wed, 21 Oct 99999999999 07:28:00 GMT", NOW) == 0


@given(st.text() | st.from_regex(r"[A-Z][a-z]{2}, [0-9]{1,2} [A-Z][a-z]{2} [0-9]{1,30} [0-9:]{1,9}( [A-Z+0-9-]+)?"))
def test_any_header_is_some_wish_or_none(header: str) -> None:
    assert retry_after(header, NOW) >= 0


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001 - made aware below
def test_a_date_ahead_is_waited_for_to_the_second(at: datetime) -> None:
    at = at.replace(microsecond=0, tzinfo=UTC)
    assert retry_after(at.strftime("%a, %d %b %Y %H:%M:%S GMT"), NOW) == max(timedelta(), at - NOW).total_seconds()
