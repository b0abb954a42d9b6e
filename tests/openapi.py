"""Holds what the bot and the loopback say to each other against Discord's own API description."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import jsonschema_rs

from bot.sandbox import Exchange

DESCRIPTION = Path(__file__).resolve().parents[2] / "shared" / "discord" / "openapi.json"
_BASE = "urn:discord"
_PARAMETER = re.compile(r"\{\w+\}")
_ID_FIELDS = frozenset({"id", "parent_id", "channel_id", "message_id", "guild_id"})
_ID_LISTS = frozenset({"applied_tags", "roles", "users", "messages"})


def _ids_as_numbers(value: Any, field: str = "") -> Any:
    """discord.py sends many ids as JSON numbers (overwrites, parents, tags); Discord takes both."""
    if isinstance(value, dict):
        inside = field if field == "attachments" else ""
        return {key: _ids_as_numbers(each, inside or key) for key, each in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_ids_as_numbers(each, field) for each in cast("list[Any]", value)]
    if not isinstance(value, int) or isinstance(value, bool):
        return value
    # A component's own id is a small number and stays one; a file's place in the request is an id all the same.
    named = field == "attachments" or (value > 2**32 and field in _ID_FIELDS | _ID_LISTS)
    return str(value) if named else value


def _numbers_as_text(value: Any, field: str = "") -> Any:
    """discord.py sends permissions as strings where the description has numbers; Discord takes both."""
    if isinstance(value, dict):
        return {key: _numbers_as_text(each, key) for key, each in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_numbers_as_text(each, field) for each in cast("list[Any]", value)]
    if field in ("allow", "deny", "default_member_permissions") and isinstance(value, str):
        return int(value)
    return value


def _field_codes_as_numbers(value: Any, field: str = "") -> Any:
    """The description gives a field's error a number for its code; Discord's reference and answers give it a word."""
    if isinstance(value, dict):
        return {key: _field_codes_as_numbers(each, key) for key, each in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_field_codes_as_numbers(each, field) for each in cast("list[Any]", value)]
    return 0 if field == "code" and isinstance(value, str) else value


# What discord.py does beside the description, each with its reason in its docstring; undone before checking.
BODY_HABITS: tuple[Callable[[Any], Any], ...] = (_ids_as_numbers, _numbers_as_text)
# Asked by discord.py for the answer's older shape; Discord ignores it since v10, the description leaves it out.
QUERY_HABITS = frozenset({"use_nested_fields"})
# Where the description and Discord's own reference differ, the reference counts; undone before checking.
ANSWER_HABITS: tuple[Callable[[Any], Any], ...] = (_field_codes_as_numbers,)


class OpenApi:
    """Validators of one description, compiled when first needed."""

    def __init__(self, description: dict[str, Any]) -> None:
        self._paths: dict[str, Any] = description["paths"]
        self._registry = jsonschema_rs.Registry([(_BASE, description)])
        self._by_shape = {_PARAMETER.sub("{}", path): path for path in self._paths}
        self._compiled: dict[str, jsonschema_rs.Draft202012Validator] = {}

    @classmethod
    def load(cls) -> "OpenApi | None":
        """Read the description beside the repository; None where it is not there."""
        if not DESCRIPTION.is_file():
            return None
        return cls(json.loads(DESCRIPTION.read_text(encoding="utf-8")))

    def problems(self, exchange: Exchange) -> list[str]:
        """Say what in an exchange the description forbids."""
        name = f"{exchange.method} {exchange.route}"
        path = self._by_shape.get(_PARAMETER.sub("{}", exchange.route))
        operation: dict[str, Any] | None = self._paths.get(path, {}).get(exchange.method.lower()) if path else None
        if path is None or operation is None:
            return [] if exchange.status in (404, 405) else [f"{name} is not in the description"]
        pointer = f"#/paths/{_escape(path)}/{exchange.method.lower()}"
        found = self._response(exchange, operation, pointer)
        # What was refused is allowed to be wrong.
        if exchange.status < 400:
            found += self._request(exchange, operation, pointer) + self._query(exchange, path, operation)
        return [f"{name} → {exchange.status}: {problem}" for problem in found]

    def _request(self, exchange: Exchange, operation: dict[str, Any], pointer: str) -> list[str]:
        if exchange.request is None:
            return []
        if "application/json" not in operation.get("requestBody", {}).get("content", {}):
            return ["a body where none is described"]
        body = exchange.request
        for undo in BODY_HABITS:
            body = undo(body)
        return self._errors(f"{pointer}/requestBody/content/application~1json/schema", body, "request")

    def _response(self, exchange: Exchange, operation: dict[str, Any], pointer: str) -> list[str]:
        responses: dict[str, Any] = operation["responses"]
        status = str(exchange.status)
        key = status if status in responses else f"{status[0]}XX"
        if key not in responses:
            return [f"status {status} is not described"]
        if "$ref" in responses[key]:
            start = responses[key]["$ref"]
            answer = exchange.response
            for undo in ANSWER_HABITS:
                answer = undo(answer)
            return self._errors(f"{start}/content/application~1json/schema", answer, "response")
        if "application/json" not in responses[key].get("content", {}):
            return [] if exchange.response is None else ["an answer where none is described"]
        schema = f"{pointer}/responses/{key}/content/application~1json/schema"
        return self._errors(schema, exchange.response, "response")

    def _query(self, exchange: Exchange, path: str, operation: dict[str, Any]) -> list[str]:
        described = {
            parameter["name"]
            for parameter in [*self._paths[path].get("parameters", []), *operation.get("parameters", [])]
            if parameter.get("in") == "query"
        }
        return [f"query {name} is not described" for name in exchange.query if name not in described | QUERY_HABITS]

    def _errors(self, pointer: str, value: Any, what: str) -> list[str]:
        if pointer not in self._compiled:
            schema = {"$ref": f"{_BASE}{pointer}"}
            self._compiled[pointer] = jsonschema_rs.Draft202012Validator(schema, registry=self._registry)
        return [
            f"{what} at /{'/'.join(map(str, error.instance_path))}: {error.message[:300]}"
            for error in self._compiled[pointer].iter_errors(value)
        ]


def _escape(path: str) -> str:
    return path.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")
