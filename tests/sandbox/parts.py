"""Looking into components and commands, and filling them in, as a member's client does."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


def walk(components: list[Json]) -> Iterator[Json]:
    """Go through components and everything nested in them."""
    for part in components:
        yield part
        yield from walk(part.get("components", []))
        for single in ("accessory", "component"):
            if part.get(single):
                yield from walk([part[single]])


def component(message: Json, wanted: str) -> Json:
    """Find a button or select by custom_id, label or placeholder."""
    parts = [part for part in walk(message["components"]) if part.get("custom_id")]
    for key in ("custom_id", "label", "placeholder"):
        for part in parts:
            if part.get(key) == wanted:
                return part
    raise LookupError(f"no {wanted} among {[part['custom_id'] for part in parts]}")


def text_of(message: Json) -> str:
    """Join all text of a message: content, embeds, text displays, labels."""
    texts: list[str] = [message["content"]]
    for embed in message["embeds"]:
        texts += [str(embed.get("title", "")), str(embed.get("description", ""))]
    texts += [str(part[key]) for part in walk(message["components"]) for key in ("content", "label") if part.get(key)]
    return "\n".join(text for text in texts if text)


def head(command: Json) -> Json:
    """Name a command as its user's client does."""
    return {"version": command["version"], "id": command["id"], "name": command["name"], "type": command["type"]}


def nested(node: Json, path: list[str], values: dict[str, Any], focused: str | None) -> list[Json]:
    """Put values under the subcommands that lead to them."""
    declared = {name: option for option in node.get("options", []) for name in _names(option)}
    if path:
        chosen = declared[path[0]]
        inside = nested(chosen, path[1:], values, focused)
        return [{"type": chosen["type"], "name": chosen["name"], "options": inside}]
    given: list[Json] = []
    for name, value in values.items():
        option = declared[name]
        entry: Json = {"type": option["type"], "name": option["name"], "value": value}
        if name == focused:
            entry["focused"] = True
        given.append(entry)
    return given


def _names(option: Json) -> list[str]:
    return [option["name"], option["name_localized"]] if "name_localized" in option else [option["name"]]


def fill(part: Json, values: dict[str, Any]) -> Json:
    """Fill in one top-level part of a modal."""
    base: Json = {"type": part["type"], "id": part["id"]}
    if part.get("component"):
        field_part: Json = part["component"]
        name = field_part["custom_id"]
        value = values.get(name, values.get(part["label"]))
        return {**base, "component": _field(field_part, value)}
    if part.get("components"):
        inside = [_field(child, values.get(child["custom_id"])) for child in part["components"]]
        return {**base, "components": inside}
    return base


def _field(part: Json, value: Any) -> Json:
    base: Json = {"type": part["type"], "id": part["id"], "custom_id": part["custom_id"]}
    picked = [option["value"] for option in part.get("options", []) if option.get("default")]
    if part["type"] == 4:
        return {**base, "value": part.get("value", "") if value is None else value}
    if part["type"] == 21:
        return {**base, "value": (picked or [None])[0] if value is None else value}
    if part["type"] == 23:
        return {**base, "value": bool(value)}
    defaults = picked or [default["id"] for default in part.get("default_values", [])]
    return {**base, "values": defaults if value is None else value}
