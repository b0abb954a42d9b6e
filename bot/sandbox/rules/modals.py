"""Modals: what a bot may ask in one, and what a member may hand in."""

from collections.abc import Callable

from bot.sandbox.forms import Form
from bot.sandbox.kinds import SELECTS, ComponentType
from bot.sandbox.rules import components
from bot.sandbox.rules.components import Tally
from bot.sandbox.wire import Json, rows, strings

_TOP = frozenset({ComponentType.ACTION_ROW, ComponentType.TEXT_DISPLAY, ComponentType.LABEL})
_IN_LABEL = SELECTS | {
    ComponentType.TEXT_INPUT,
    ComponentType.FILE_UPLOAD,
    ComponentType.RADIO_GROUP,
    ComponentType.CHECKBOX_GROUP,
    ComponentType.CHECKBOX,
}


def modal(form: Form, mint: Callable[[], str]) -> Json:
    """Read a modal: title 1–45, one to five components at the top, custom ids once."""
    tally = Tally(mint)
    accepted = [_top(child, tally) for child in form.forms("components", 5, low=1, required=True)]
    components.number(accepted)
    return {
        "custom_id": form.text("custom_id", 100, low=1, required=True),
        "title": form.text("title", 45, low=1, required=True),
        "components": accepted,
    }


def _top(form: Form, tally: Tally) -> Json:
    tally.enter(form)
    kind = form.choice("type", _TOP, required=True)
    accepted: Json = {"type": kind, "id": form.data.get("id") or 0}
    if kind == ComponentType.TEXT_DISPLAY:
        return {**accepted, **components.text_display(form, tally)}
    if kind == ComponentType.ACTION_ROW:
        inside = form.forms("components", 1, low=1, required=True)
        return {**accepted, "components": [_row_input(child, tally) for child in inside]}
    if kind == ComponentType.LABEL:
        child = form.child("component", required=True)
        accepted["label"] = form.text("label", 45, low=1, required=True)
        accepted["description"] = form.text("description", 100)
        accepted["component"] = _field(child, tally, _IN_LABEL) if child else {}
    return accepted


def _row_input(form: Form, tally: Tally) -> Json:
    form.text("label", 45, low=1, required=True)
    return _field(form, tally, frozenset({ComponentType.TEXT_INPUT}))


def _field(form: Form, tally: Tally, allowed: frozenset[ComponentType]) -> Json:
    tally.enter(form)
    kind = form.choice("type", allowed, required=True)
    accepted: Json = {"type": kind, "id": form.data.get("id") or 0}
    if kind == ComponentType.TEXT_INPUT:
        return {**accepted, **_text_input(form, tally)}
    if kind in SELECTS:
        return {**accepted, **components.select(form, tally), "required": form.flag("required") is not False}
    accepted["custom_id"] = tally.custom_id(form)
    accepted["required"] = form.flag("required") is not False
    if kind == ComponentType.RADIO_GROUP:
        accepted["options"] = components.options(form, 2, 10)
    elif kind == ComponentType.CHECKBOX_GROUP:
        accepted["options"] = components.options(form, 1, 10)
    if kind in (ComponentType.CHECKBOX_GROUP, ComponentType.FILE_UPLOAD):
        low = form.number("min_values", 0, 10)
        accepted["min_values"] = 1 if low is None else low
        default = len(rows(form.data, "options")) if kind == ComponentType.CHECKBOX_GROUP else 1
        accepted["max_values"] = form.number("max_values", 1, 10) or max(1, default)
    return accepted


def _text_input(form: Form, tally: Tally) -> Json:
    low = form.number("min_length", 0, 4000)
    high = form.number("max_length", 1, 4000)
    value = form.text("value", 4000)
    if value and high is not None and len(value) > high:
        form.wrong("value", "BASE_TYPE_MAX_LENGTH", f"Must be {high} or fewer in length.")
    form.text("placeholder", 100)
    return {
        "custom_id": tally.custom_id(form),
        "style": form.choice("style", (1, 2), required=True),
        "required": form.flag("required") is not False,
        "min_length": low or 0,
        "max_length": high or 4000,
        **components.form_only(form, "value", "placeholder", "label"),
    }


def fields(components_given: list[Json]) -> dict[str, Json]:
    """Collect by custom_id what a member filled in, however deep it stands."""
    return {str(part["custom_id"]): part for part in components.walk(components_given) if "custom_id" in part}


def submission(asked: list[Json], form: Form) -> list[Json]:
    """Check what was handed in against what was asked; return it in the shape a bot receives."""
    given = fields(rows(form.data, "components"))
    answer: list[Json] = []
    for part in asked:
        base: Json = {"type": part["type"], "id": part["id"]}
        if part["type"] == ComponentType.LABEL:
            base["component"] = _answer(part["component"], given, form)
        elif part["type"] == ComponentType.ACTION_ROW:
            base["components"] = [_answer(child, given, form) for child in rows(part, "components")]
        answer.append(base)
    return answer


def _answer(part: Json, given: dict[str, Json], form: Form) -> Json:
    custom_id = str(part["custom_id"])
    found = given.get(custom_id, {})
    base: Json = {"type": part["type"], "id": part["id"], "custom_id": custom_id}
    kind = ComponentType(part["type"])
    if kind == ComponentType.TEXT_INPUT:
        return {**base, "value": _text(part, str(found.get("value") or ""), form)}
    if kind == ComponentType.CHECKBOX:
        return {**base, "value": bool(found.get("value"))}
    if kind == ComponentType.RADIO_GROUP:
        value = found.get("value")
        picked = [] if value is None else [str(value)]
        _picked({**part, "min_values": int(bool(part["required"])), "max_values": 1}, picked, form)
        return {**base, "value": value}
    values = strings(found, "values")
    _picked(part, values, form)
    return {**base, "values": values}


def _text(part: Json, value: str, form: Form) -> str:
    custom_id = str(part["custom_id"])
    if not value:
        if part["required"]:
            form.wrong(custom_id, "BASE_TYPE_REQUIRED", "This field is required")
        return value
    if not part["min_length"] <= len(value) <= part["max_length"]:
        span = f"Must be between {part['min_length']} and {part['max_length']} in length."
        form.wrong(custom_id, "BASE_TYPE_BAD_LENGTH", span)
    return value


def _picked(part: Json, values: list[str], form: Form) -> None:
    custom_id = str(part["custom_id"])
    low = int(part["min_values"]) if part["required"] or values else 0
    if not low <= len(values) <= int(part["max_values"]):
        form.wrong(custom_id, "BASE_TYPE_BAD_LENGTH", f"Must be between {low} and {part['max_values']} in length.")
    known = {str(option["value"]) for option in rows(part, "options")}
    if known and not set(values) <= known:
        form.wrong(custom_id, "SELECT_COMPONENT_INVALID_VALUE", "Not one of the options.")
