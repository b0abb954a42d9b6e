"""A member of the guild, as Discord's own client would act for them: REST and gateway with a user's token."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Protocol, cast

import aiohttp

from bot.sandbox import Loopback, door
from tests.sandbox.answer import Answer
from tests.sandbox.parts import component, fill, head, nested

Json = dict[str, Any]


class Refused(Exception):  # noqa: N818 - Discord's word for it
    """The server said no."""

    def __init__(self, status: int, body: Json) -> None:
        super().__init__(f"{status}: {body}")
        self.status = status
        self.body = body
        self.code = int(body.get("code", 0))


class Member:
    """One member at their keyboard; an async context manager.

    `events` holds everything the gateway told them, as (name, data). Every call raises `Refused` when the server says
    no. `channel` is where they stand; #algemeen to begin with.
    """

    def __init__(self, loopback: Loopback, name: str, *, locale: str = "nl", timeout: float = 5.0) -> None:
        entry = door(loopback)
        self.id: str = entry["users"][name]["id"]
        self.name = name
        self.locale = locale
        self.timeout = timeout
        self.channel: str = next(iter(next(iter(loopback.world.guilds.values())).channels))
        self.guild_id: str = entry["guild_id"]
        self.events: list[tuple[str, Json]] = []
        self.session_id = ""
        self._application: str = entry["application_id"]
        self._token: str = entry["users"][name]["token"]
        self._api: str = entry["api"]
        self._gateway: str = entry["gateway"]
        self._answers: dict[str, Answer] = {}
        self._count = 0
        self._grown = asyncio.Event()
        self._http: aiohttp.ClientSession | None = None
        self._reader: asyncio.Task[None] | None = None
        self._ws: aiohttp.ClientWebSocketResponse | None = None

    async def __aenter__(self) -> "Member":
        self._http = aiohttp.ClientSession(headers={"Authorization": self._token})
        await self.request("PATCH", "/users/@me/settings", {"locale": self.locale})
        self._ws = await self._http.ws_connect(self._gateway, max_msg_size=0)
        properties = {"os": "loopback", "browser": "member", "device": ""}
        await self._ws.send_json({"op": 2, "d": {"token": self._token, "properties": properties}})
        self._reader = asyncio.create_task(self._read(self._ws))
        ready = await self.event("READY", lambda _: True)
        self.session_id = ready["session_id"]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._ws is not None:
            await self._ws.close()
        if self._reader is not None:
            self._reader.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._reader
        if self._http is not None:
            await self._http.close()

    async def _read(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        async for message in ws:
            payload: Json = json.loads(message.data)
            if payload["op"] != 0:
                continue
            self.events.append((payload["t"], payload["d"]))
            for answer in self._answers.values():
                answer.take(payload["t"], payload["d"])
            self._grown.set()

    async def event(self, name: str, predicate: Callable[[Json], bool]) -> Json:
        """Wait for an event, one that came already included."""
        async with asyncio.timeout(self.timeout):
            while True:
                for each, data in self.events:
                    if each == name and predicate(data):
                        return data
                self._grown.clear()
                await self._grown.wait()

    async def request(
        self, method: str, path: str, payload: object = None, files: dict[str, bytes] | None = None
    ) -> Any:
        """Send a REST request with this member's token and return what came, None for an empty answer."""
        assert self._http is not None, "use the member as an async context manager"
        kwargs: dict[str, Any] = {} if payload is None else {"json": payload}
        if files:
            form = aiohttp.FormData(quote_fields=False)
            form.add_field("payload_json", json.dumps(payload), content_type="application/json")
            for index, (filename, content) in enumerate(files.items()):
                form.add_field(f"files[{index}]", content, filename=filename, content_type="text/plain")
            kwargs = {"data": form}
        async with self._http.request(method, self._api + path, **kwargs) as response:
            text = await response.text()
            body: Any = json.loads(text) if text else None
            if response.status >= 400:
                raise Refused(response.status, cast("Json", body))
            return body

    async def send(self, channel_id: str, text: str, **fields: Any) -> Json:
        """Send a message."""
        return await self.request("POST", f"/channels/{channel_id}/messages", {"content": text, **fields})

    async def messages(self, channel_id: str, limit: int = 100) -> list[Json]:
        """Read a channel's messages, oldest first."""
        found: list[Json] = await self.request("GET", f"/channels/{channel_id}/messages?limit={limit}")
        return found[::-1]

    async def commands(self, channel_id: str | None = None) -> list[Json]:
        """List the commands this member may use in a channel."""
        place = channel_id or self.channel
        index = await self.request("GET", f"/channels/{place}/application-command-index")
        return index["application_commands"]

    async def slash(
        self,
        path: str,
        options: dict[str, Any] | None = None,
        *,
        channel: str | None = None,
        files: dict[str, bytes] | None = None,
    ) -> Answer:
        """Use a slash command: "amendement tonen", its options by name. Files go under an option's name by filename."""
        data = await self._slash_data(path, options or {}, channel, focused=None)
        return await self._interact(2, data, channel, files=files)

    async def complete(
        self, path: str, options: dict[str, Any], *, focused: str, channel: str | None = None
    ) -> list[Json]:
        """Type in an option and return the suggestions."""
        data = await self._slash_data(path, options, channel, focused=focused)
        answer = await self._interact(4, data, channel)
        if answer.choices is None:
            raise TimeoutError(f"no suggestions for {path}")
        return answer.choices

    async def menu(self, name: str, message: Json) -> Answer:
        """Use a message's menu command."""
        command = await self._command(name, message["channel_id"], kind=3)
        data = {**head(command), "target_id": message["id"]}
        return await self._interact(2, data, message["channel_id"])

    async def press(self, message: Json, custom_id: str) -> Answer:
        """Press a button, named by its custom_id or its label."""
        part = component(message, custom_id)
        return await self._touch(message, {"component_type": part["type"], "custom_id": part["custom_id"]})

    async def choose(self, message: Json, custom_id: str, values: list[str]) -> Answer:
        """Choose in a select, named by its custom_id or placeholder, by the options' values or labels."""
        part = component(message, custom_id)
        by_label = {option["label"]: option["value"] for option in part.get("options", [])}
        chosen = [by_label.get(value, value) for value in values]
        data = {"component_type": part["type"], "custom_id": part["custom_id"], "values": chosen}
        return await self._touch(message, data)

    async def submit(self, modal: Json, values: dict[str, Any], *, files: dict[str, bytes] | None = None) -> Answer:
        """Hand in a modal: values by custom_id or label; what is not named keeps what the modal came with."""
        filled = [fill(part, values) for part in modal["components"]]
        data = {"id": modal["id"], "custom_id": modal["custom_id"], "components": filled}
        return await self._interact(5, data, modal["channel_id"], files=files)

    async def _touch(self, message: Json, data: Json) -> Answer:
        extra = {"message_id": message["id"], "message_flags": message["flags"]}
        return await self._interact(3, data, message["channel_id"], extra=extra)

    async def _interact(
        self,
        kind: int,
        data: Json,
        channel: str | None,
        *,
        extra: Json | None = None,
        files: dict[str, bytes] | None = None,
    ) -> Answer:
        self._count += 1
        nonce = f"{self.id}{self._count}"[-25:]
        answer = Answer(nonce, source=(extra or {}).get("message_id"), timeout=self.timeout)
        self._answers[nonce] = answer
        payload = {
            "type": kind,
            "application_id": self._application,
            "guild_id": self.guild_id,
            "channel_id": channel or self.channel,
            "session_id": self.session_id,
            "nonce": nonce,
            "data": data,
            **(extra or {}),
        }
        await self.request("POST", "/interactions", payload, files)
        return await answer.until(lambda each: each.settled)

    async def _command(self, name: str, channel: str | None, kind: int) -> Json:
        for command in await self.commands(channel):
            if command["type"] == kind and name in (command["name"], command.get("name_localized")):
                return command
        raise LookupError(f"{self.name} has no command {name}")

    async def _slash_data(
        self, path: str, options: dict[str, Any], channel: str | None, *, focused: str | None
    ) -> Json:
        first, *rest = path.split(" ")
        command = await self._command(first, channel, kind=1)
        return {**head(command), "options": nested(command, rest, options, focused), "attachments": []}


class Enter(Protocol):
    """Lets a member of the town connect, for as long as the test runs."""

    def __call__(self, name: str, *, locale: str = "nl") -> Awaitable[Member]: ...
