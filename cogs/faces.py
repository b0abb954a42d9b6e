"""Buttons and selects under a message, as Discord takes them: drawn and never listened to.

Presses come through `Routes`, by what their custom ids say. So nothing of discord.py's own items is needed, of which
each message would make a whole tree only to throw it away.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import discord
from discord import ui

_ROWS: Final = 5
_WIDTH: Final = 5


class Part(Protocol):
    """What can stand under a message: of this width, in this row or the first that has room for it."""

    @property
    def row(self) -> int | None:
        """The row it is to stand in, if that matters."""
        ...

    @property
    def width(self) -> int:
        """How many of a row's five places it takes."""
        ...

    def to_component_dict(self) -> Any:
        """Return it as Discord takes it."""
        ...


@dataclass(slots=True, kw_only=True)
class Button:
    """A button. Discord allows 80 characters of label."""

    label: str
    custom_id: str
    style: discord.ButtonStyle = discord.ButtonStyle.secondary
    disabled: bool = False
    row: int | None = None

    @property
    def width(self) -> int:
        """How many of a row's five places it takes."""
        return 1

    def to_component_dict(self) -> dict[str, Any]:
        """Return it as Discord takes it."""
        return {
            "type": 2,
            "style": self.style.value,
            "label": self.label,
            "custom_id": self.custom_id,
            "disabled": self.disabled,
        }


@dataclass(slots=True, kw_only=True)
class Select:
    """A select of options. Discord allows 25 of them."""

    custom_id: str
    placeholder: str | None = None
    min_values: int = 1
    max_values: int = 1
    row: int | None = None
    options: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    @property
    def width(self) -> int:
        """How many of a row's five places it takes."""
        return _WIDTH

    def add_option(self, *, label: str, value: str, description: str | None = None, default: bool = False) -> None:
        """Add an option. Discord allows 100 characters of each text."""
        option: dict[str, Any] = {"label": label, "value": value, "default": default}
        if description is not None:
            option["description"] = description
        self.options.append(option)

    def to_component_dict(self) -> dict[str, Any]:
        """Return it as Discord takes it."""
        drawn: dict[str, Any] = {
            "type": 3,
            "custom_id": self.custom_id,
            "min_values": self.min_values,
            "max_values": self.max_values,
            "options": self.options,
        }
        if self.placeholder is not None:
            drawn["placeholder"] = self.placeholder
        return drawn


class Face(ui.View):
    """A view that is nothing but its drawing: discord.py sends it, and keeps none of it."""

    timeout = None  # pyright: ignore[reportIncompatibleMethodOverride, reportAssignmentType] - a property of it elsewhere

    def __init__(self, parts: Iterable[Part]) -> None:  # what a view is made of is never asked for: nothing is set up
        self._drawn = [{"type": 1, "components": row} for row in _laid_out(parts) if row]

    def __repr__(self) -> str:
        return f"<Face {self._drawn}>"

    def to_components(self) -> list[dict[str, Any]]:
        """Return the rows as Discord takes them."""
        return self._drawn

    def has_components_v2(self) -> bool:
        """Tell that it stands under a message, and is not one."""
        return False

    def is_finished(self) -> bool:
        """Tell that nobody waits for a press of it."""
        return True

    def is_dispatchable(self) -> bool:
        """Tell that a press of it is not to be brought to it."""
        return False


def face(*parts: Part) -> Face:
    """Return the view with these parts."""
    return Face(parts)


def _laid_out(parts: Iterable[Part]) -> list[list[Any]]:
    """Return the parts in five rows, each in its own or the first with room. Raises `ValueError` where none has any."""
    rows: list[list[Any]] = [[] for _ in range(_ROWS)]
    room = [_WIDTH] * _ROWS
    for part in parts:
        wanted = range(_ROWS) if part.row is None else (part.row,)
        at = next((row for row in wanted if part.width <= room[row]), None)
        if at is None:
            raise ValueError(part)
        rows[at].append(part.to_component_dict())
        room[at] -= part.width
    return rows
