"""A host on loopback that answers as it's told and keeps what it was asked, and when."""

import asyncio
import gzip
from collections import defaultdict
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from socket import AF_INET, AddressFamily
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.test_utils import TestServer

from bot.forum.fetch import Fetcher, Manners, PageUnread, fetching, site_of, user_agent

Respond = Callable[[web.Request], Awaitable[web.StreamResponse]]

MANNERS = Manners(user_agent("secretaris@duinveen.example"), delay=0, attempts=3, patience=0.001, timeout=5)
PAGE = "<!doctype html><html><body>Groen</body></html>"
NAME = "forum.duinveen.example"


@dataclass
class Asked:
    """A request: what it asked for, and from when to when it was being answered."""

    path: str
    headers: Mapping[str, str]
    began: float
    ended: float = 0.0


@dataclass
class Host:
    """The host's address, what it was asked, and how it answers: to each path in turn, the last answer for good."""

    url: str = ""
    port: int = 0
    answers: dict[str, list[Respond]] = field(default_factory=lambda: defaultdict(list))
    asked: list[Asked] = field(default_factory=list[Asked])
    under_way: int = 0
    most_under_way: int = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        clock = asyncio.get_running_loop().time
        asked = Asked(request.raw_path, request.headers, clock())
        self.asked.append(asked)
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        answers = self.answers[request.path]
        try:
            return await (answers.pop(0) if len(answers) > 1 else answers[0] if answers else not_found)(request)
        finally:
            self.under_way -= 1
            asked.ended = clock()

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def pauses(self) -> list[float]:
        """Return the seconds from each answer to the next request."""
        return [after.began - before.ended for before, after in pairwise(self.asked)]


@asynccontextmanager
async def hosting() -> AsyncGenerator[Host]:
    host = Host()
    app = web.Application()
    app.router.add_get("/{path:.*}", host.answer)
    async with TestServer(app) as server:
        host.url = str(server.make_url("")).rstrip("/")
        host.port = urlsplit(host.url).port or 0
        yield host


@asynccontextmanager
async def opened(
    url: str, manners: Manners = MANNERS, resolver: AbstractResolver | None = None
) -> AsyncGenerator[Fetcher]:
    """Yield a fetcher that has read robots.txt."""
    async with fetching(site_of(url), manners, resolver) as fetcher:
        await fetcher.open()
        yield fetcher


async def key_of(fetcher: Fetcher, url: str) -> str | None:
    """Return why a page was not read, None where it was."""
    try:
        await fetcher.fetch(url)
    except PageUnread as error:
        return error.key
    return None


class Names(AbstractResolver):
    """Names that lead where a test wants: each lookup takes the next answer, the last for good; ports as mapped."""

    def __init__(self, *answers: list[str], ports: Mapping[int, int] | None = None) -> None:
        self.answers = list(answers)
        self.ports = ports or {}
        self.asked: list[tuple[str, int]] = []
        self.closed = False

    async def resolve(self, host: str, port: int = 0, family: AddressFamily = AF_INET) -> list[ResolveResult]:
        self.asked.append((host, port))
        addresses = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        to = self.ports.get(port, port)
        return [
            ResolveResult(hostname=host, host=address, port=to, family=family, proto=0, flags=0)
            for address in addresses
        ]

    async def close(self) -> None:
        self.closed = True


def packed(text: str = PAGE) -> Respond:
    return answer(200, gzip.compress(text.encode()), content_type="text/html", Content_Encoding="gzip")


def html(text: str = PAGE) -> Respond:
    return answer(200, text.encode(), content_type="text/html")


def plain(text: str) -> Respond:
    return answer(200, text.encode(), content_type="text/plain")


def redirect(location: str, code: int = 302) -> Respond:
    return answer(code, Location=location)


def answer(code: int, body: bytes = b"", /, content_type: str | None = None, **headers: str) -> Respond:
    """Answer with a status, a body and headers; `_` in a header's name stands for `-`."""

    async def respond(_: web.Request) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=code, body=body, headers=named, content_type=content_type)

    return respond


async def not_found(_: web.Request) -> web.StreamResponse:
    return web.Response(status=404)


async def hang_up(request: web.Request) -> web.StreamResponse:
    """Close the connection without an answer."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def break_off(request: web.Request) -> web.StreamResponse:
    """Close the connection halfway through a page."""
    response = web.StreamResponse(headers={"Content-Type": "text/html", "Content-Length": "1000"})
    await response.prepare(request)
    await response.write(PAGE.encode())
    assert request.transport is not None
    request.transport.close()
    return response


def after(seconds: float, respond: Respond) -> Respond:
    """Answer so late."""

    async def late(request: web.Request) -> web.StreamResponse:
        is_time = asyncio.Event()
        asyncio.get_running_loop().call_later(seconds, is_time.set)
        await is_time.wait()
        return await respond(request)

    return late
