"""Embeds: ten a message, six thousand characters in all."""

from bot.sandbox.forms import Form
from bot.sandbox.wire import Json

MAX_TEXT = 6000


def embeds(form: Form) -> list[Json]:
    """Read a message's embeds and note what is too long."""
    accepted: list[Json] = []
    total = 0
    for embed in form.forms("embeds", 10):
        size, shown = _embed(embed)
        total += size
        accepted.append(shown)
    if total > MAX_TEXT:
        form.wrong("embeds", "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {MAX_TEXT}")
    return accepted


def _embed(form: Form) -> tuple[int, Json]:
    title = form.text("title", 256) or ""
    description = form.text("description", 4096) or ""
    size = len(title) + len(description)
    shown: Json = {"type": "rich"}
    if title:
        shown["title"] = title
    if description:
        shown["description"] = description
    shown |= {key: form.data[key] for key in ("url", "timestamp") if form.has(key)}
    colour = form.number("color", 0, 0xFFFFFF)
    if colour is not None:
        shown["color"] = colour
    size += _fields(form, shown)
    for name, key, high in (("footer", "text", 2048), ("author", "name", 256)):
        part = form.child(name)
        if part is not None:
            size += len(part.text(key, high, required=True) or "")
            shown[name] = dict(part.data)
    for name in ("image", "thumbnail"):
        part = form.child(name)
        if part is not None:
            shown[name] = {"url": part.text("url", 2048, required=True), "proxy_url": part.data.get("url")}
    return size, shown


def _fields(form: Form, shown: Json) -> int:
    size = 0
    fields: list[Json] = []
    for field in form.forms("fields", 25):
        name = field.text("name", 256, low=1, required=True) or ""
        value = field.text("value", 1024, low=1, required=True) or ""
        size += len(name) + len(value)
        fields.append({"name": name, "value": value, "inline": bool(field.flag("inline"))})
    if fields:
        shown["fields"] = fields
    return size
