"""One websocket of the gateway: opcodes in, the session's events out, compressed when asked."""

import asyncio
import contextlib
import zlib
from typing import cast

import orjson
from aiohttp import WSMsgType, web

from bot.sandbox.gateway import greeting
from bot.sandbox.gateway.sessions import Session, Sessions
from bot.sandbox.kinds import PRIVILEGED, Intents
from bot.sandbox.wire import Json
from bot.sandbox.world import Actor

HEARTBEAT_MS = 41_250
_HEARTBEAT, _IDENTIFY, _RESUME, _RECONNECT, _MEMBERS, _INVALID, _HELLO, _ACK = 1, 2, 6, 7, 8, 9, 10, 11
_KNOWN = range(12)
_UNKNOWN_OPCODE, _DECODE_ERROR, _NOT_AUTHENTICATED, _BAD_TOKEN, _ALREADY, _DISALLOWED = (
    4001,
    4002,
    4003,
    4004,
    4005,
    4014,
)


class Socket:
    """One connection: greets, takes opcodes, and writes its session's events in order."""

    def __init__(self, sessions: Sessions, ws: web.WebSocketResponse, request: web.Request) -> None:
        self._sessions = sessions
        self._ws = ws
        self._transport = request.transport
        self._deflate = zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None
        self._lock = asyncio.Lock()
        self._writer: asyncio.Task[None] | None = None
        self.session: Session | None = None

    async def run(self) -> None:
        """Serve until the connection ends; the session stays for who resumes."""
        await self._send_op(_HELLO, {"heartbeat_interval": HEARTBEAT_MS, "_trace": []})
        try:
            async for message in self._ws:
                if message.type in (WSMsgType.TEXT, WSMsgType.BINARY):
                    await self._take(cast("str | bytes", message.data))
        finally:
            if self._writer is not None:
                self._writer.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await self._writer
            # Who closes politely does not come back.
            if self.session is not None and self._ws.close_code in (1000, 1001):
                self._sessions.end(self.session)

    async def _take(self, text: str | bytes) -> None:
        try:
            payload: Json = orjson.loads(text)
            op = payload["op"]
        except (ValueError, KeyError, TypeError):
            await self._close(_DECODE_ERROR, "Error while decoding payload.")
            return
        if op == _HEARTBEAT:
            await self._send_op(_ACK, None)
        elif op == _IDENTIFY:
            await self._identify(payload.get("d") or {})
        elif op == _RESUME:
            await self._resume(payload.get("d") or {})
        elif self.session is None:
            await self._close(_NOT_AUTHENTICATED, "Not authenticated.")
        elif op == _MEMBERS:
            self._members(self.session, payload.get("d") or {})
        elif op not in _KNOWN:
            await self._close(_UNKNOWN_OPCODE, "Unknown opcode.")

    def _listener(self, token: object) -> Actor | None:
        given = str(token or "").removeprefix("Bot ")
        world = self._sessions.world
        return world.actor(f"Bot {given}") or world.actor(given)

    async def _identify(self, asked: Json) -> None:
        listener = self._listener(asked.get("token"))
        if self.session is not None:
            await self._close(_ALREADY, "Already authenticated.")
            return
        if listener is None:
            await self._close(_BAD_TOKEN, "Authentication failed.")
            return
        intents = Intents(int(asked.get("intents") or 0))
        if listener.bot and intents & PRIVILEGED & ~self._sessions.world.application.privileged:
            await self._close(_DISALLOWED, "Disallowed intent(s).")
            return
        self._follow(self._sessions.identify(listener, intents), 0)

    async def _resume(self, asked: Json) -> None:
        seen = int(asked.get("seq") or 0)
        listener = self._listener(asked.get("token"))
        session = self._sessions.resumable(str(asked.get("session_id")), listener, seen)
        if session is None:
            await self._send_op(_INVALID, False)
            return
        session.push("RESUMED", {"_trace": []})
        self._follow(session, seen)

    def _members(self, session: Session, asked: Json) -> None:
        for chunk in greeting.member_chunks(self._sessions.world, asked, session.intents):
            session.push("GUILD_MEMBERS_CHUNK", chunk)

    def _follow(self, session: Session, seen: int) -> None:
        self.session = session
        self._writer = asyncio.create_task(self._write(session, seen))

    async def _write(self, session: Session, seen: int) -> None:
        # What fails to be sent stays in the session for the next socket.
        with contextlib.suppress(ConnectionError, RuntimeError):
            while True:
                session.grown.clear()
                for number, text in session.after(seen):
                    await self._send(text)
                    seen = number
                await session.grown.wait()

    async def _send_op(self, op: int, data: Json | bool | None) -> None:
        # Who has just gone need not hear it.
        with contextlib.suppress(ConnectionError):
            await self._send(orjson.dumps({"op": op, "d": data, "s": None, "t": None}).decode())

    async def _send(self, text: str) -> None:
        async with self._lock:
            if self._deflate is None:
                await self._ws.send_str(text)
            else:
                packed = self._deflate.compress(text.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
                await self._ws.send_bytes(packed)

    async def _close(self, code: int, reason: str) -> None:
        await self._ws.close(code=code, message=reason.encode())

    async def ask_reconnect(self) -> None:
        """Tell the client to reconnect and resume."""
        await self._send_op(_RECONNECT, None)

    async def invalidate(self) -> None:
        """Tell the client its session is gone."""
        if self.session is not None:
            self._sessions.end(self.session)
        await self._send_op(_INVALID, False)

    async def shut(self) -> None:
        """Close because the server goes."""
        await self._close(1001, "Going away")

    def drop(self) -> None:
        """Cut the connection without a word."""
        if self._transport is not None:
            self._transport.abort()
