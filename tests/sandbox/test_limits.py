"""What Discord does not take, and the field it names."""

from typing import Any

import pytest

from bot.sandbox import Loopback
from bot.sandbox.forms import Form, Notes
from bot.sandbox.refusals import Refusal
from bot.sandbox.rules.commands import command, size
from bot.sandbox.rules.messages import edited_body, new_body
from bot.sandbox.rules.modals import modal
from tests.sandbox.member import Enter, Refused

V2 = 1 << 15
Json = dict[str, Any]


def _mint() -> str:
    return "1"


def _text(size: int = 1) -> Json:
    return {"type": 10, "content": "x" * size}


def _button(**fields: Any) -> Json:
    return {"type": 2, "style": 1, "label": "x", "custom_id": "x", **fields}


def _row(*parts: Json) -> Json:
    return {"type": 1, "components": list(parts)}


def _select(count: int, **fields: Any) -> Json:
    options = [{"label": str(number), "value": str(number)} for number in range(count)]
    return {"type": 3, "custom_id": "s", "options": options, **fields}


def _errors(read: Any) -> Json:
    with pytest.raises(Refusal) as refused:
        read()
    assert refused.value.body["code"] == 50035
    return refused.value.body["errors"]


def _at(tree: Json, path: str) -> list[str]:
    node: Any = tree
    for step in path.split("."):
        assert step in node, (path, tree)
        node = node[step]
    return [error["code"] for error in node["_errors"]]


@pytest.mark.parametrize(
    ("payload", "path", "code"),
    [
        ({"content": "x" * 2001}, "content", "BASE_TYPE_MAX_LENGTH"),
        ({"embeds": [{"title": "x"}] * 11}, "embeds", "BASE_TYPE_MAX_LENGTH"),
        ({"embeds": [{"description": "x" * 4000}] * 2}, "embeds", "MAX_EMBED_SIZE_EXCEEDED"),
        ({"embeds": [{"title": "x" * 257}]}, "embeds.0.title", "BASE_TYPE_MAX_LENGTH"),
        ({"flags": V2, "components": [_text()] * 41}, "components", "BASE_TYPE_MAX_LENGTH"),
        (
            {"flags": V2, "components": [{"type": 17, "components": [_text()] * 20}] * 2},
            "components",
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
        ),
        (
            {"flags": V2, "components": [_text(2001), _text(2000)]},
            "components",
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
        ),
        (
            {"flags": V2, "components": [_text()], "content": "x"},
            "content",
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
        ),
        (
            {"flags": V2, "components": [_text()], "embeds": [{"title": "x"}]},
            "embeds",
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
        ),
        ({"components": [_text()]}, "components.0.type", "BASE_TYPE_CHOICES"),
        ({"components": [_row(_button(label="x" * 81))]}, "components.0.components.0.label", "BASE_TYPE_MAX_LENGTH"),
        (
            {"components": [_row(_button(custom_id="x" * 101))]},
            "components.0.components.0.custom_id",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            {"components": [_row(_button()), _row(_button())]},
            "components.1.components.0.custom_id",
            "COMPONENT_CUSTOM_ID_DUPLICATED",
        ),
        (
            {"components": [_row(*[_button(custom_id=str(number)) for number in range(6)])]},
            "components.0.components",
            "BASE_TYPE_BAD_LENGTH",
        ),
        ({"components": [_row(_select(26))]}, "components.0.components.0.options", "BASE_TYPE_BAD_LENGTH"),
        (
            {"components": [_row(_select(2), _button())]},
            "components.0.components",
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
        ),
        (
            {"components": [_row(_select(2, max_values=3))]},
            "components.0.components.0.max_values",
            "SELECT_COMPONENT_MAX_VALUES_INVALID",
        ),
        (
            {"flags": V2, "components": [{"type": 9, "components": [_text()]}]},
            "components.0.accessory",
            "BASE_TYPE_REQUIRED",
        ),
        (
            {"flags": V2, "components": [{**_text(), "id": 3}, {**_text(), "id": 3}]},
            "components.1.id",
            "COMPONENT_ID_DUPLICATED",
        ),
        (
            {"flags": V2, "components": [{"type": 13, "file": {"url": "attachment://weg.md"}}]},
            "components.0.file.url",
            "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
        ),
    ],
)
def test_a_message_over_a_limit_is_refused_at_its_field(payload: Json, path: str, code: str) -> None:
    assert code in _at(_errors(lambda: new_body(Form(payload, Notes()), _mint, [])), path)


@pytest.mark.parametrize(
    "payload",
    [
        {"content": "x" * 2000},
        {"flags": V2, "components": [_text(4000)]},
        {"flags": V2, "components": [_text()] * 40},
        {"components": [_row(*[_button(custom_id=str(number), label="x" * 80) for number in range(5)])]},
        {"components": [_row(_select(25, max_values=25))]},
    ],
)
def test_a_message_at_its_limit_is_taken(payload: Json) -> None:
    new_body(Form(payload, Notes()), _mint, [])


def test_an_empty_message_is_refused_with_50006() -> None:
    with pytest.raises(Refusal) as refused:
        new_body(Form({"content": ""}, Notes()), _mint, [])
    assert refused.value.body["code"] == 50006


def test_the_components_v2_flag_cannot_be_taken_back() -> None:
    stored: Json = {"flags": V2, "content": "", "embeds": [], "components": [_text()], "attachments": []}
    payload: Json = {"flags": 0, "content": "x", "components": []}
    assert _at(_errors(lambda: edited_body(Form(payload, Notes()), stored, _mint, None)), "flags")


def _label(**fields: Any) -> Json:
    return {"type": 18, "label": "x", "component": {"type": 4, "style": 1, "custom_id": "t"}, **fields}


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"title": "x" * 46}, "title"),
        ({"custom_id": ""}, "custom_id"),
        ({"components": []}, "components"),
        ({"components": [_text()] * 6}, "components"),
        ({"components": [_label(label="x" * 46)]}, "components.0.label"),
        ({"components": [_label(description="x" * 101)]}, "components.0.description"),
        ({"components": [_label(), _label()]}, "components.1.component.custom_id"),
        ({"components": [_label(component=_button())]}, "components.0.component.type"),
        (
            {"components": [_label(component={"type": 4, "style": 1, "custom_id": "t", "max_length": 4001})]},
            "components.0.component.max_length",
        ),
        (
            {
                "components": [
                    _label(component={"type": 21, "custom_id": "r", "options": [{"label": "x", "value": "x"}]})
                ]
            },
            "components.0.component.options",
        ),
    ],
)
def test_a_modal_over_a_limit_is_refused_at_its_field(changes: Json, path: str) -> None:
    payload: Json = {"title": "x", "custom_id": "x", "components": [_label()], **changes}

    def read() -> None:
        form = Form(payload, Notes())
        modal(form, _mint)
        form.notes.settle()

    assert _at(_errors(read), path)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"name": "Met Hoofdletter"}, "name"),
        ({"name": "x" * 33}, "name"),
        ({"description": "x" * 101}, "description"),
        ({"description": ""}, "description"),
        ({"name_localizations": {"en-US": "Big"}}, "name_localizations.en-US"),
        ({"name_localizations": {"xx": "x"}}, "name_localizations.xx"),
        ({"options": [{"type": 3, "name": "x", "description": "x"}] * 2}, "options.1.name"),
        ({"options": [{"type": 3, "name": f"x{number}", "description": "x"} for number in range(26)]}, "options"),
    ],
)
def test_a_command_over_a_limit_is_refused_at_its_field(changes: Json, path: str) -> None:
    payload: Json = {"name": "x", "description": "x", **changes}

    def read() -> None:
        form = Form(payload, Notes())
        command(form)
        form.notes.settle()

    assert _at(_errors(read), path)


def test_a_command_counts_its_longest_localisation() -> None:
    assert size({"name": "ja", "description": "x", "name_localizations": {"en-US": "yessir"}}) == 7


async def test_a_refusal_over_the_wire_names_the_field(loopback: Loopback, members: Enter) -> None:
    lid = await members("lid")
    with pytest.raises(Refused) as refused:
        await lid.send(lid.channel, "x" * 2001)
    assert refused.value.body == {
        "code": 50035,
        "message": "Invalid Form Body",
        "errors": {
            "content": {"_errors": [{"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 2000 or fewer in length."}]}
        },
    }
