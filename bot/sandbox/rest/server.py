"""HTTP around the handlers: reads requests, keeps limits and faults, writes answers exactly as Discord does."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias, cast

import orjson
from aiohttp import web

from bot.sandbox.acts import threads
from bot.sandbox.acts.files import Upload
from bot.sandbox.faults import Trouble
from bot.sandbox.ratelimits import RateLimits, Verdict
from bot.sandbox.refusals import Code, Refusal, not_found, refuse, wrong_method
from bot.sandbox.rest import account, application, channel, guild, message
from bot.sandbox.rest.calls import Answer, Call, Exchange, Handler
from bot.sandbox.wire import iso
from bot.sandbox.world import World

PREFIX = "/api/v10"
MAX_BODY = 32 * 1024 * 1024
_HEADERS = ("Content-Type", "User-Agent", "X-Audit-Log-Reason")
_ROUTES = account.ROUTES + guild.ROUTES + message.ROUTES + channel.ROUTES + application.ROUTES
_View: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """The REST side of one world."""

    def __init__(
        self,
        world: World,
        limits: RateLimits,
        on_exchange: Callable[[Exchange], None] | None,
        changed: Callable[[], None],
    ) -> None:
        self._world = world
        self._limits = limits
        self._on_exchange = on_exchange
        self._changed = changed

    def mount(self, app: web.Application) -> None:
        """Add all routes, and an answer of Discord's for what none of them takes."""
        known: dict[str, web.Resource] = {}
        for method, path, handler in _ROUTES:
            if path not in known:
                known[path] = app.router.add_resource(PREFIX + path)
            known[path].add_route(method, self._view(handler))
        for resource in known.values():
            resource.add_route("*", self._view(_wrong_method))
        app.router.add_route("*", PREFIX + "/{rest:.*}", self._view(_unknown))
        app.router.add_get("/attachments/{rest:.*}", self._file)

    def _view(self, handler: Handler) -> _View:
        async def view(request: web.Request) -> web.StreamResponse:
            return await self._serve(request, handler)

        return view

    async def _serve(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        path = request.path.removeprefix(PREFIX)
        trouble = self._world.faults.take(request.method, path)
        if trouble is not None and not trouble.after:
            if trouble.scope:
                return self._limited(request, trouble)
            await asyncio.sleep(trouble.delay)
            if trouble.drop or trouble.status:
                return self._troubled(request, trouble)
        threads.age(self._world)
        call: Call | None = None
        verdict = Verdict(allowed=True, headers={})
        try:
            call = await self._read(request)
            verdict = self._judge(request, call, path)
            answer = _limited(verdict) if not verdict.allowed else handler(call)
        except Refusal as refusal:
            answer = Answer(refusal.status, refusal.body)
        self._record(request, call, answer)
        self._changed()
        if trouble is not None and trouble.after:
            await asyncio.sleep(trouble.delay)
            if trouble.drop or trouble.status:
                return self._troubled(request, trouble)
        return _response(answer, verdict)

    async def _read(self, request: web.Request) -> Call:
        body: Any = None
        uploads: dict[str, Upload] = {}
        if request.content_type.startswith("multipart/"):
            body, uploads = await _multipart(request)
        elif request.can_read_body:
            body = _json(await request.text())
        caller = self._world.actor(request.headers.get("Authorization"))
        return Call(self._world, caller, dict(request.match_info), dict(request.query), body, uploads)

    def _judge(self, request: web.Request, call: Call, path: str) -> Verdict:
        who = call.caller.user_id if call.caller else str(request.remote)
        body = cast("dict[str, Any]", call.body) if isinstance(call.body, dict) else {}
        place = self._places(call.params.get("channel_id", ""))
        changed = any(key in body and body[key] != place.get(key) for key in ("name", "topic"))
        renames = request.method == "PATCH" and path.count("/") == 2 and path.startswith("/channels/") and changed
        return self._limits.check(who, request.method, path, renames=renames)

    def _places(self, channel_id: str) -> dict[str, Any]:
        for home in self._world.guilds.values():
            found = home.channels.get(channel_id) or home.threads.get(channel_id)
            if found:
                return found
        return {}

    def _record(self, request: web.Request, call: Call | None, answer: Answer) -> None:
        path = request.path.removeprefix(PREFIX)
        self._note(request, answer)
        if self._on_exchange is None:
            return
        resource = request.match_info.route.resource
        template = (resource.canonical if resource else path).removeprefix(PREFIX)
        caller = self._world.actor(request.headers.get("Authorization"))
        # Whoever holds an interaction's token is the bot, though it sends no other.
        bots = caller.bot if caller else "interaction_token" in request.match_info or "webhook_id" in request.match_info
        who = "bot" if bots else "user" if caller else None
        self._on_exchange(
            Exchange(
                request.method,
                path if template == "/{rest}" else template,
                dict(request.query),
                {name: request.headers[name] for name in _HEADERS if name in request.headers},
                call.body if call else None,
                answer.status,
                answer.data,
                who,
            )
        )

    def _troubled(self, request: web.Request, trouble: Trouble) -> web.StreamResponse:
        if trouble.drop and request.transport is not None:
            request.transport.abort()
        answer = Answer(trouble.status or 500, {"message": f"{trouble.status or 500}: Server Error", "code": 0})
        if not trouble.after:
            self._note(request, answer)
        return _response(answer, None)

    def _limited(self, request: web.Request, trouble: Trouble) -> web.StreamResponse:
        verdict = Verdict(allowed=False, headers={}, retry_after=trouble.delay, scope=trouble.scope)
        answer = _limited(verdict)
        self._note(request, answer)
        return _response(answer, verdict)

    def _note(self, request: web.Request, answer: Answer) -> None:
        path = request.path.removeprefix(PREFIX)
        when = iso(self._world.clock())
        self._world.calls.append({"method": request.method, "path": path, "status": answer.status, "at": when})

    async def _file(self, request: web.Request) -> web.StreamResponse:
        stored = self._world.files.get(request.path)
        if stored is None:
            return web.Response(status=404)
        return web.Response(body=stored.content, headers={"Content-Type": stored.content_type})


def _wrong_method(_call: Call) -> Answer:
    raise wrong_method()


def _unknown(_call: Call) -> Answer:
    raise not_found()


def _limited(verdict: Verdict) -> Answer:
    message_text = "You are being rate limited."
    rest = round(verdict.retry_after, 3)
    return Answer(429, {"message": message_text, "code": 0, "retry_after": rest, "global": verdict.everywhere})


def _response(answer: Answer, verdict: Verdict | None) -> web.Response:
    headers = dict(verdict.headers) if verdict else {}
    if verdict is not None and not verdict.allowed:
        headers["Via"] = "1.1 loopback"
        headers["Retry-After"] = str(max(1, round(verdict.retry_after)))
        headers["X-RateLimit-Scope"] = verdict.scope
        if verdict.everywhere:
            headers["X-RateLimit-Global"] = "true"
    if answer.status == 204:
        return web.Response(status=204, headers=headers)
    # The type must be this exactly: a charset beside it and discord.py does not read the JSON.
    headers["Content-Type"] = "application/json"
    return web.Response(status=answer.status, body=orjson.dumps(answer.data), headers=headers)


def _json(text: str) -> Any:
    if not text:
        return None
    try:
        return orjson.loads(text)
    except ValueError:
        raise refuse(Code.INVALID_JSON) from None


async def _multipart(request: web.Request) -> tuple[Any, dict[str, Upload]]:
    body: Any = {}
    uploads: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            key = name.removeprefix("files[").removesuffix("]")
            uploads[key] = Upload(value.filename, value.content_type, value.file.read())
        elif name == "payload_json":
            # A part that names its type comes as bytes, one that does not as text.
            body = _json(value if isinstance(value, str) else bytes(value).decode())
    return body, uploads
