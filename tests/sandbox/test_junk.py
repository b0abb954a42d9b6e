"""Whatever is sent, it is taken or refused; the server never stumbles over it."""

from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest

from bot.sandbox.forms import Form, Notes
from bot.sandbox.refusals import Refusal
from bot.sandbox.rules.commands import command
from bot.sandbox.rules.messages import new_body
from bot.sandbox.rules.modals import modal, submission
from bot.sandbox.rules.options import filled

_JUNK: tuple[Any, ...] = (None, True, 0, -1, 1.5, "x", "", "123", [], {}, [None], [{}], ["a"], {"a": 1}, 2**70)
_SELECT = {"type": 3, "custom_id": "s", "options": [{"label": "a", "value": "a", "emoji": {"name": "x"}}]}
_MESSAGE: dict[str, Any] = {
    "flags": 1 << 15,
    "allowed_mentions": {"parse": [], "users": ["1"]},
    "message_reference": {"message_id": "1"},
    "components": [
        {
            "type": 17,
            "components": [
                {"type": 10, "content": "x"},
                {"type": 1, "components": [{"type": 2, "style": 1, "label": "a", "custom_id": "a"}]},
                {"type": 1, "components": [_SELECT]},
                {
                    "type": 9,
                    "components": [{"type": 10, "content": "x"}],
                    "accessory": {"type": 11, "media": {"url": "https://example.org"}},
                },
                {"type": 12, "items": [{"media": {"url": "https://example.org"}}]},
                {"type": 14},
            ],
        }
    ],
}
_PLAIN: dict[str, Any] = {
    "content": "x",
    "nonce": "1",
    "embeds": [{"title": "t", "fields": [{"name": "a", "value": "b"}], "footer": {"text": "x"}, "color": 1}],
}
_MODAL: dict[str, Any] = {
    "title": "t",
    "custom_id": "m",
    "components": [
        {"type": 18, "label": "l", "component": {"type": 4, "style": 1, "custom_id": "t", "max_length": 5}},
        {
            "type": 18,
            "label": "l",
            "component": {"type": 22, "custom_id": "c", "options": [{"label": "a", "value": "a"}]},
        },
        {"type": 18, "label": "l", "component": _SELECT},
    ],
}
_COMMAND: dict[str, Any] = {
    "name": "a",
    "description": "b",
    "name_localizations": {"nl": "b"},
    "default_member_permissions": "0",
    "options": [
        {
            "type": 1,
            "name": "x",
            "description": "y",
            "options": [{"type": 3, "name": "z", "description": "y", "choices": [{"name": "a", "value": "b"}]}],
        }
    ],
}
_FILLED: dict[str, Any] = {"options": [{"type": 1, "name": "x", "options": [{"type": 3, "name": "z", "value": "b"}]}]}
_SUBMITTED: dict[str, Any] = {"components": [{"type": 18, "component": {"type": 4, "custom_id": "t", "value": "x"}}]}


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, each in cast("dict[str, Any]", value).items():
            yield from _places(each, (*path, key))
    elif isinstance(value, list):
        for index, each in enumerate(cast("list[Any]", value)):
            yield from _places(each, (*path, index))


def _replaced(value: Any, path: tuple[Any, ...], junk: Any) -> Any:
    if not path:
        return junk
    if isinstance(value, dict):
        known = cast("dict[str, Any]", value)
        return {**known, path[0]: _replaced(known[path[0]], path[1:], junk)}
    listed = list(cast("list[Any]", value))
    listed[path[0]] = _replaced(listed[path[0]], path[1:], junk)
    return listed


def _message(form: Form) -> None:
    new_body(form, lambda: "1", [])


def _modal(form: Form) -> None:
    modal(form, lambda: "1")


def _options(form: Form) -> None:
    filled(_COMMAND["options"], form, typing=False)


def _submitted(form: Form) -> None:
    asked = Form(_MODAL, Notes())
    submission(modal(asked, lambda: "1")["components"], form)


@pytest.mark.parametrize(
    ("read", "payload"),
    [
        (_message, _MESSAGE),
        (_message, _PLAIN),
        (_modal, _MODAL),
        (command, _COMMAND),
        (_options, _FILLED),
        (_submitted, _SUBMITTED),
    ],
)
def test_junk_at_any_place_is_taken_or_refused(read: Callable[[Form], object], payload: dict[str, Any]) -> None:
    for path in _places(payload):
        for junk in _JUNK:
            form = Form(_replaced(payload, path, junk), Notes())
            try:
                read(form)
                form.notes.settle()
            except Refusal as refusal:
                assert refusal.status in (400, 403, 404)  # noqa: PT017 - being taken is as good as being refused
