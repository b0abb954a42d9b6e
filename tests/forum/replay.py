"""A captured forum served over HTTP as the site did, in one state after another, and ill where a test wants it so."""

from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import unquote

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.forum.captures import Row, load_rows, state_dir

Answer = Callable[[web.Request, bytes], web.Response]


@dataclass
class Replay:
    """The state that is served now, what was asked, and how paths are answered that a test wants answered otherwise."""

    url: str = ""
    state: str = "t0"
    asked: Counter[str] = field(default_factory=Counter[str])
    answers: dict[str, Answer] = field(default_factory=dict[str, Answer])
    _rows: dict[str, dict[str, Row]] = field(default_factory=dict[str, dict[str, Row]])

    async def answer(self, request: web.Request) -> web.Response:
        path = unquote(request.raw_path)
        self.asked[path] += 1
        if self.state not in self._rows:
            self._rows[self.state] = {unquote(row.path): row for row in load_rows(self.state)}
        row = self._rows[self.state].get(path)
        if row is None:
            return web.Response(status=404)
        here = f"http://{request.host}"
        body = (state_dir(self.state) / row.file).read_bytes() if row.file != "-" else b""
        body = body.replace(b"http://forum.invalid", here.encode())
        if path in self.answers:
            return self.answers[path](request, body)
        headers = {"Location": row.location.replace("http://forum.invalid", here)} if row.location else {}
        kind, _, charset = row.content_type.partition("; charset=")
        return web.Response(status=row.status, body=body, content_type=kind, charset=charset or None, headers=headers)


@asynccontextmanager
async def replaying(state: str = "t0") -> AsyncGenerator[Replay]:
    """Serve a captured state until the block ends; set `state` for another."""
    replay = Replay(state=state)
    app = web.Application()
    app.router.add_get("/{path:.*}", replay.answer)
    async with TestServer(app) as server:
        replay.url = str(server.make_url("")).rstrip("/")
        yield replay
