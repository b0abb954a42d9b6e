"""Discord's message components as plain values, and the payload that carries them."""

from collections.abc import Mapping, Sequence
from enum import IntEnum

from bot.mirror.custom_ids import Press, custom_id_of
from bot.mirror.resources import Json, Key, mark_of

COMPONENTS_V2 = 1 << 15
"""The message flag that makes components the whole message."""


class ButtonStyle(IntEnum):
    """How a button looks."""

    PRIMARY = 1
    SECONDARY = 2
    SUCCESS = 3
    DANGER = 4


def text(content: str) -> dict[str, Json]:
    """Return a stretch of markdown."""
    return {"type": 10, "content": content}


def button(label: str, press: Press, style: ButtonStyle) -> dict[str, Json]:
    """Return a button that stays usable for good."""
    return {"type": 2, "style": int(style), "label": label[:80], "custom_id": custom_id_of(press)}


def deed_button(label: str, custom_id: str, style: ButtonStyle) -> dict[str, Json]:
    """Return a button that is drawn by a name of its own, for who may use it and is asked again when pressing."""
    return {"type": 2, "style": int(style), "label": label[:80], "custom_id": custom_id}


def row(buttons: Sequence[dict[str, Json]]) -> dict[str, Json]:
    """Return buttons beside each other."""
    return {"type": 1, "components": list(buttons)}


def container(colour: int, components: Sequence[dict[str, Json]]) -> dict[str, Json]:
    """Return a frame with a coloured edge."""
    return {"type": 17, "accent_color": colour, "components": list(components)}


def message(key: Key, components: Sequence[dict[str, Json]]) -> Mapping[str, Json]:
    """Return the payload of a message that pings nobody; its first component carries the key's mark."""
    first, *others = components
    return {
        "flags": COMPONENTS_V2,
        "components": [{**first, "id": mark_of(key)}, *others],
        "allowed_mentions": {"parse": []},
    }
