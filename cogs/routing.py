"""Buttons, selects and modals by what their custom id says, without memory.

A custom id is an action and its arguments, joined by colons. Nothing is kept between a drawing and a press, so what
was drawn before a restart still works, and discord.py's own store of views stays empty.
"""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final, TypeAlias, cast

import discord
from discord import ui

from bot.errors import NotFound
from cogs.context import Context, Interaction
from cogs.edge import guarded

Handler: TypeAlias = "Callable[[Interaction, list[str]], Awaitable[None]]"
TITLE: Final = 45
"""Characters that Discord allows in the title of a form."""


class Routes:
    """Which handler answers to which action. `admits` tells whether somebody's press is handled at all."""

    def __init__(self, context: Context, admits: Callable[[Interaction], Awaitable[bool]]) -> None:
        self._context = context
        self._admits = admits
        self._handlers: dict[str, Handler] = {}
        self._afterwards: Callable[[Interaction], Awaitable[None]] | None = None

    def add(self, action: str, handler: Handler) -> None:
        """Let a handler answer an action. One action has one handler."""
        if action in self._handlers:
            raise ValueError(action)
        self._handlers[action] = handler

    def afterwards(self, work: Callable[[Interaction], Awaitable[None]]) -> None:
        """Do something after every press that was handled."""
        self._afterwards = work

    async def hand_on(self, interaction: Interaction, action: str, arguments: list[str]) -> None:
        """Hand a press on to another action's handler: what was chosen in a list is opened as its own button would."""
        await self._handlers[action](interaction, arguments)

    async def dispatch(self, interaction: Interaction) -> None:
        """Hand a pressed component or a submitted modal to its handler; anything else is not for us.

        What no handler answers to was drawn by another version: that is said, and what was typed is given back.
        """
        if interaction.type not in {discord.InteractionType.component, discord.InteractionType.modal_submit}:
            return
        action, *arguments = _data(interaction)["custom_id"].split(":")
        handler = self._handlers.get(action, _outdated)
        if await self._admits(interaction):
            await guarded(self._context, interaction, lambda: handler(interaction, arguments), typed_in)
            if (work := self._afterwards) is not None:
                await guarded(self._context, interaction, lambda: work(interaction))


def custom_id(action: str, *arguments: object) -> str:
    """Return the custom id of an action with its arguments. Discord allows 100 characters."""
    return ":".join([action, *(str(argument) for argument in arguments)])


def chosen(interaction: Interaction) -> str:
    """Return what was chosen in a select."""
    return str(_data(interaction)["values"][0])


def all_chosen(interaction: Interaction) -> list[str]:
    """Return all that was chosen in a select, which may be nothing."""
    return [str(value) for value in _data(interaction)["values"]]


def filled_in(interaction: Interaction) -> dict[str, str]:
    """Return what was typed or chosen in a modal, by the custom id of each field."""
    return dict(_fields(_data(interaction)["components"]))


def typed_in(interaction: Interaction) -> str:
    """Return all that somebody typed in a form, without what they chose; nothing where nothing was."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return ""
    fields = _text_fields(_data(interaction).get("components", []))
    return "\n\n".join(filter(None, (str(field.get("value") or "") for field in fields)))


async def _outdated(interaction: Interaction, arguments: list[str]) -> None:
    del interaction, arguments
    raise NotFound("refused.outdated")


def _text_fields(components: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    for component in components:
        inside = component.get("components") or [component[name] for name in ("component",) if name in component]
        yield from _text_fields(inside)
        if component.get("type") == discord.ComponentType.text_input.value:
            yield component


def _fields(components: Iterable[dict[str, Any]]) -> Iterable[tuple[str, str]]:
    for component in components:
        if "components" in component:
            yield from _fields(component["components"])
        elif "component" in component:
            yield from _fields([component["component"]])
        elif "custom_id" in component:
            picked = component.get("values") or [""]
            yield component["custom_id"], str(component.get("value") or picked[0])


def _data(interaction: Interaction) -> dict[str, Any]:
    return cast("dict[str, Any]", interaction.data or {})


def form(title: str, action_id: str, *fields: ui.Item[ui.Modal]) -> ui.Modal:
    """Return a modal that only draws. Discord allows `TITLE` characters of title and five fields."""
    modal = ui.Modal(title=title if len(title) <= TITLE else title[: TITLE - 1] + "…", custom_id=action_id)
    for field in fields:
        modal.add_item(field)
    modal.stop()
    return modal
