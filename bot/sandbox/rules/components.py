"""Components of a message: limits, nesting, and the shape Discord gives them back in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bot.sandbox.forms import Form
from bot.sandbox.kinds import SELECTS, ComponentType
from bot.sandbox.rules.media import media
from bot.sandbox.wire import Json, rows, table

MAX_COMPONENTS = 40
MAX_TEXT = 4000
MAX_BYTES = 10_240

_ROW_ONLY = frozenset({ComponentType.ACTION_ROW})
_IN_ROW = SELECTS | {ComponentType.BUTTON}
_IN_CONTAINER = frozenset(
    {
        ComponentType.ACTION_ROW,
        ComponentType.SECTION,
        ComponentType.TEXT_DISPLAY,
        ComponentType.MEDIA_GALLERY,
        ComponentType.FILE,
        ComponentType.SEPARATOR,
    }
)
_TOP_V2 = _IN_CONTAINER | {ComponentType.CONTAINER}

_LINK = 5
_PREMIUM = 6


@dataclass
class Tally:
    """What is counted over a whole message or modal."""

    mint: Callable[[], str]
    files: dict[str, Json] = field(default_factory=dict[str, Json])
    count: int = 0
    text: int = 0
    octets: int = 0
    custom_ids: set[str] = field(default_factory=set[str])
    ids: set[int] = field(default_factory=set[int])

    def enter(self, form: Form) -> None:
        """Count one component and note an id used twice."""
        self.count += 1
        given = form.number("id", 0, 2**31 - 1)
        if given and given in self.ids:
            form.wrong("id", "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated")
        if given:
            self.ids.add(given)

    def read(self, text: str) -> None:
        """Count text that is shown."""
        self.text += len(text)
        self.octets += len(text.encode())

    def custom_id(self, form: Form, *, required: bool = True) -> str | None:
        """Read a custom_id: at most 100, once in a message."""
        given = form.text("custom_id", 100, low=1, required=required)
        if given is not None and given in self.custom_ids:
            form.wrong("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
        if given is not None:
            self.custom_ids.add(given)
        return given


Reader: TypeAlias = Callable[[Form, Tally], Json]


def message_components(form: Form, tally: Tally, *, v2: bool) -> list[Json]:
    """Read a message's components, note what breaks a limit and give every component its id."""
    high = MAX_COMPONENTS if v2 else 5
    accepted = [read(child, tally, _TOP_V2 if v2 else _ROW_ONLY) for child in form.forms("components", high)]
    if tally.count > MAX_COMPONENTS:
        form.wrong(
            "components",
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            f"Maximum number of total components exceeded ({MAX_COMPONENTS})",
        )
    if tally.text > MAX_TEXT or tally.octets > MAX_BYTES:
        form.wrong(
            "components",
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            f"Component displayable text size exceeds maximum size of {MAX_TEXT}",
        )
    number(accepted)
    return accepted


def read(form: Form, tally: Tally, allowed: frozenset[ComponentType]) -> Json:
    """Read one component of the kinds allowed where it stands."""
    tally.enter(form)
    kind = form.choice("type", allowed, required=True)
    if kind is None:
        return {}
    return {"type": kind, "id": form.data.get("id") or 0, **_READERS[kind](form, tally)}


def number(components: list[Json]) -> None:
    """Give components without an id the next free number, in the order they are shown."""
    shown = list(walk(components))
    taken = {int(component["id"]) for component in shown if component.get("id")}
    following = 1
    for component in shown:
        if component.get("id"):
            continue
        while following in taken:
            following += 1
        component["id"] = following
        taken.add(following)


def walk(components: list[Json]) -> Iterator[Json]:
    """Go through components and everything nested in them."""
    for component in components:
        yield component
        if "components" in component:
            yield from walk(rows(component, "components"))
        for single in ("accessory", "component"):
            if single in component and table(component, single):
                yield from walk([component[single]])


def shown_text(components: list[Json]) -> str:
    """Join the text of text displays, for finding mentions."""
    return "\n".join(str(part["content"]) for part in walk(components) if part["type"] == ComponentType.TEXT_DISPLAY)


def _row(form: Form, tally: Tally) -> Json:
    children = [read(child, tally, _IN_ROW) for child in form.forms("components", 5, low=1, required=True)]
    kinds = {child.get("type") for child in children}
    if kinds & SELECTS and len(children) > 1:
        form.wrong(
            "components",
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
            "A select menu takes the whole width of an action row",
        )
    return {"components": children}


def _button(form: Form, tally: Tally) -> Json:
    style = form.choice("style", range(1, 7), required=True)
    label = form.text("label", 80)
    if label is not None:
        tally.read(label)
    accepted: Json = {"style": style, **form_only(form, "emoji", "disabled")}
    if label is not None:
        accepted["label"] = label
    if style == _LINK:
        accepted["url"] = form.text("url", 512, low=1, required=True)
        if form.has("custom_id"):
            form.wrong("custom_id", "BUTTON_COMPONENT_CUSTOM_ID_FORBIDDEN", "A link button has no custom id")
    elif style == _PREMIUM:
        accepted["sku_id"] = form.snowflake("sku_id", required=True)
    else:
        accepted["custom_id"] = tally.custom_id(form)
    if not label and not form.has("emoji") and style != _PREMIUM:
        form.wrong("", "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A button needs a label or an emoji")
    return accepted


def select(form: Form, tally: Tally) -> Json:
    """Read a select menu of any kind, in a message or a modal."""
    placeholder = form.text("placeholder", 150)
    accepted: Json = {
        "custom_id": tally.custom_id(form),
        "min_values": 1 if (low := form.number("min_values", 0, 25)) is None else low,
        "max_values": form.number("max_values", 1, 25) or 1,
        **form_only(form, "disabled", "channel_types", "required"),
    }
    if placeholder is not None:
        accepted["placeholder"] = placeholder
    if accepted["max_values"] < accepted["min_values"]:
        form.wrong("max_values", "SELECT_COMPONENT_MAX_VALUES_INVALID", "Must not be lower than min_values.")
    if chosen := [
        {"id": each.snowflake("id", required=True), "type": each.text("type", 7, low=4, required=True)}
        for each in form.forms("default_values", 25)
    ]:
        accepted["default_values"] = chosen
    if form.data.get("type") == ComponentType.STRING_SELECT:
        accepted["options"] = options(form, 1, 25)
        if accepted["max_values"] > len(accepted["options"]):
            form.wrong("max_values", "SELECT_COMPONENT_MAX_VALUES_INVALID", "Must not exceed the number of options.")
    return accepted


def options(form: Form, low: int, high: int) -> list[Json]:
    """Read the options of a select, a radio group or a checkbox group; values are unique."""
    seen: set[str] = set()
    accepted: list[Json] = []
    for option in form.forms("options", high, low=low, required=True):
        value = option.text("value", 100, low=1, required=True)
        if value in seen:
            option.wrong(
                "value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used"
            )
        seen.add(value or "")
        label = option.text("label", 100, low=1, required=True)
        option.text("description", 100)
        accepted.append({"label": label, "value": value, **form_only(option, "description", "emoji", "default")})
    return accepted


def _section(form: Form, tally: Tally) -> Json:
    texts = [
        read(child, tally, frozenset({ComponentType.TEXT_DISPLAY}))
        for child in form.forms("components", 3, low=1, required=True)
    ]
    accessory = form.child("accessory", required=True)
    beside = frozenset({ComponentType.BUTTON, ComponentType.THUMBNAIL})
    return {"components": texts, "accessory": read(accessory, tally, beside) if accessory else {}}


def text_display(form: Form, tally: Tally) -> Json:
    """Read a text display, in a message or a modal."""
    content = form.text("content", MAX_TEXT, low=1, required=True)
    tally.read(content or "")
    return {"content": content}


def _thumbnail(form: Form, tally: Tally) -> Json:
    return {
        "media": media(form, "media", tally.files, tally.mint),
        "description": form.text("description", 1024),
        "spoiler": bool(form.flag("spoiler")),
    }


def _gallery(form: Form, tally: Tally) -> Json:
    return {"items": [_thumbnail(item, tally) for item in form.forms("items", 10, low=1, required=True)]}


def _file(form: Form, tally: Tally) -> Json:
    found = media(form, "file", tally.files, tally.mint, attached=True)
    stored = tally.files.get(str(table(form.data, "file").get("url", "")).removeprefix("attachment://"), {})
    return {
        "file": found,
        "name": stored.get("filename"),
        "size": stored.get("size"),
        "spoiler": bool(form.flag("spoiler")),
    }


def _separator(form: Form, _tally: Tally) -> Json:
    divider = form.flag("divider")
    return {"divider": divider is not False, "spacing": form.choice("spacing", (1, 2)) or 1}


def _container(form: Form, tally: Tally) -> Json:
    colour = form.number("accent_color", 0, 0xFFFFFF)
    inside = form.forms("components", MAX_COMPONENTS, low=1, required=True)
    return {
        "accent_color": colour,
        "spoiler": bool(form.flag("spoiler")),
        "components": [read(child, tally, _IN_CONTAINER) for child in inside],
    }


def form_only(form: Form, *names: str) -> Json:
    """Keep the fields that are given, as they are given."""
    kept: dict[str, Any] = {name: form.data[name] for name in names if form.has(name)}
    if isinstance(kept.get("emoji"), dict):
        kept["emoji"] = {key: value for key, value in kept["emoji"].items() if value is not None}
    return kept


_READERS: dict[int, Reader] = {
    ComponentType.ACTION_ROW: _row,
    ComponentType.BUTTON: _button,
    ComponentType.SECTION: _section,
    ComponentType.TEXT_DISPLAY: text_display,
    ComponentType.THUMBNAIL: _thumbnail,
    ComponentType.MEDIA_GALLERY: _gallery,
    ComponentType.FILE: _file,
    ComponentType.SEPARATOR: _separator,
    ComponentType.CONTAINER: _container,
    **dict.fromkeys(SELECTS, select),
}
