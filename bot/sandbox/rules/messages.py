"""The body of a message, new or edited: content, embeds, components, files; what may stand beside what."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.forms import Form
from bot.sandbox.kinds import MessageFlag
from bot.sandbox.refusals import Code, refuse
from bot.sandbox.rules import components, embeds
from bot.sandbox.rules.components import Tally
from bot.sandbox.wire import Json, rows

_SETTABLE = MessageFlag.SUPPRESS_EMBEDS | MessageFlag.SUPPRESS_NOTIFICATIONS | MessageFlag.IS_COMPONENTS_V2
_EDITABLE = MessageFlag.SUPPRESS_EMBEDS | MessageFlag.IS_COMPONENTS_V2


def new_body(form: Form, mint: Callable[[], str], files: list[Json], *, ephemeral: bool = False) -> Json:
    """Read a new message's body; refuse it with everything that is wrong, or 50006 when there is nothing in it."""
    flags = MessageFlag(form.number("flags", 0, 2**53) or 0)
    allowed = _SETTABLE | MessageFlag.EPHEMERAL if ephemeral else _SETTABLE
    body: Json = {"flags": int(flags & allowed), "content": form.text("content", 2000) or "", "attachments": files}
    v2 = bool(flags & MessageFlag.IS_COMPONENTS_V2)
    tally = Tally(mint, {str(file["filename"]): file for file in files})
    body["embeds"] = embeds.embeds(form)
    body["components"] = components.message_components(form, tally, v2=v2)
    if isinstance(form.data.get("nonce"), str):
        form.text("nonce", 25)
    if v2:
        _nothing_beside_components(form)
    _check_beside(form)
    form.notes.settle()
    if not any(body[part] for part in ("content", "embeds", "components", "attachments")):
        raise refuse(Code.EMPTY_MESSAGE)
    return body


def edited_body(form: Form, stored: Json, mint: Callable[[], str], files: list[Json] | None) -> Json:
    """Read an edit against the message it changes; return only the fields that change."""
    changes: Json = {}
    before = MessageFlag(stored["flags"])
    given = MessageFlag(form.number("flags", 0, 2**53) or 0) if form.has("flags") else before & _EDITABLE
    if before & MessageFlag.IS_COMPONENTS_V2 and not given & MessageFlag.IS_COMPONENTS_V2:
        form.wrong(
            "flags",
            "MESSAGE_FLAG_IS_COMPONENTS_V2_CANNOT_BE_REMOVED",
            "The IS_COMPONENTS_V2 flag cannot be removed from a message",
        )
        form.notes.settle()
    changes["flags"] = int((before & ~_EDITABLE) | (given & _EDITABLE))
    v2 = bool(given & MessageFlag.IS_COMPONENTS_V2)
    if "content" in form.data:
        changes["content"] = form.text("content", 2000) or ""
    if "embeds" in form.data:
        changes["embeds"] = embeds.embeds(form)
    if files is not None:
        changes["attachments"] = files
    kept: list[Json] = files if files is not None else rows(stored, "attachments")
    if "components" in form.data:
        tally = Tally(mint, {str(file["filename"]): file for file in kept})
        changes["components"] = components.message_components(form, tally, v2=v2)
    if v2:
        _nothing_beside_components(form, stored)
    _check_beside(form)
    form.notes.settle()
    merged: dict[str, Any] = {**stored, **changes}
    if not any(merged[part] for part in ("content", "embeds", "components", "attachments")):
        raise refuse(Code.EMPTY_MESSAGE)
    return changes


def _check_beside(form: Form) -> None:
    form.child("message_reference")
    allowed = form.child("allowed_mentions")
    if allowed is not None:
        for name, high in (("parse", 3), ("users", 100), ("roles", 100)):
            allowed.items(name, high)


def _nothing_beside_components(form: Form, stored: Json | None = None) -> None:
    for name in ("content", "embeds", "poll", "sticker_ids", "stickers"):
        standing = stored is not None and name not in form.data and bool(stored.get(name))
        if form.data.get(name) or standing:
            form.wrong(
                name,
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
            )
