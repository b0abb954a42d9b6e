"""The server itself: one site with the REST side, the gateway and the files of a world."""

import asyncio
from collections.abc import Callable, Coroutine
from types import TracebackType

from aiohttp import web

from bot.sandbox.events import Event
from bot.sandbox.faults import Faults
from bot.sandbox.gateway.sessions import Sessions
from bot.sandbox.gateway.socket import Socket
from bot.sandbox.ratelimits import RateLimits
from bot.sandbox.rest.calls import Exchange
from bot.sandbox.rest.server import MAX_BODY, PREFIX, Server
from bot.sandbox.world import World

BACKLOG = 4096


class Loopback:
    """A Discord on loopback around a world; an async context manager.

    `port` 0 takes a free one; `limits` None keeps Discord's pace; `on_exchange` is shown every request with its answer.
    """

    def __init__(
        self,
        world: World,
        *,
        port: int = 0,
        limits: RateLimits | None = None,
        on_exchange: Callable[[Exchange], None] | None = None,
    ) -> None:
        self.world = world
        self.faults: Faults = world.faults
        self.limits = limits or RateLimits()
        self._port = port
        self._on_exchange = on_exchange
        self._runner: web.AppRunner | None = None
        self._sessions: Sessions | None = None
        self._sockets: set[Socket] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._timers: set[asyncio.TimerHandle] = set()
        self._changed = asyncio.Event()

    @property
    def api_url(self) -> str:
        """Where REST is served."""
        return f"http://127.0.0.1:{self._port}{PREFIX}"

    @property
    def gateway_url(self) -> str:
        """Where the gateway is served."""
        return f"ws://127.0.0.1:{self._port}/gateway"

    async def start(self) -> None:
        """Listen."""
        app = web.Application(client_max_size=MAX_BODY)
        app.router.add_get("/gateway", self._gateway)
        app.router.add_get("/gateway/", self._gateway)
        Server(self.world, self.limits, self._on_exchange, self._changed.set).mount(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port, backlog=BACKLOG).start()
        self._port = int(self._runner.addresses[0][1])
        self.world.base_url = f"http://127.0.0.1:{self._port}"
        self.world.gateway_url = self.gateway_url
        self.world.schedule = self._schedule
        self.world.listeners.append(self._hear)
        self._sessions = Sessions(self.world, self.gateway_url, self._changed.set)
        self.faults.drop_gateway = self._drop_gateway
        self.faults.ask_reconnect = lambda user_id: self._each(user_id, Socket.ask_reconnect)
        self.faults.invalidate_sessions = lambda user_id: self._each(user_id, Socket.invalidate)

    async def close(self) -> None:
        """Stop: first the websockets, then the site, which would wait for them."""
        for timer in self._timers:
            timer.cancel()
        for socket in tuple(self._sockets):
            await socket.shut()
        if self._tasks:
            await asyncio.gather(*self._tasks)
        if self._runner is not None:
            await self._runner.cleanup()
        self.world.listeners.clear()

    async def __aenter__(self) -> "Loopback":
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def wait_for(self, predicate: Callable[[World], bool], timeout: float = 5.0) -> None:  # noqa: ASYNC109
        """Wait until something holds of the world; TimeoutError after `timeout` seconds. Woken by changes only."""
        async with asyncio.timeout(timeout):
            while not predicate(self.world):
                self._changed.clear()
                await self._changed.wait()

    def connected(self, user_id: str) -> bool:
        """Tell whether somebody listens to the gateway at this moment."""
        return any(socket.session and socket.session.listener.user_id == user_id for socket in self._sockets)

    def _hear(self, _event: Event) -> None:
        self._changed.set()

    def _schedule(self, seconds: float, run: Callable[[], None]) -> None:
        def fire() -> None:
            self._timers.discard(timer)
            run()
            self._changed.set()

        timer = asyncio.get_running_loop().call_later(seconds, fire)
        self._timers.add(timer)

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        ws = web.WebSocketResponse(max_msg_size=0, compress=False)
        await ws.prepare(request)
        if self._sessions is not None:
            socket = Socket(self._sessions, ws, request)
            self._sockets.add(socket)
            try:
                await socket.run()
            finally:
                self._sockets.discard(socket)
                self._changed.set()
        return ws

    def _chosen(self, user_id: str | None) -> list[Socket]:
        return [
            socket
            for socket in self._sockets
            if socket.session is not None and user_id in (None, socket.session.listener.user_id)
        ]

    def _drop_gateway(self, user_id: str | None) -> None:
        for socket in self._chosen(user_id):
            socket.drop()

    def _each(self, user_id: str | None, act: Callable[[Socket], Coroutine[None, None, None]]) -> None:
        for socket in self._chosen(user_id):
            task = asyncio.create_task(act(socket))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
