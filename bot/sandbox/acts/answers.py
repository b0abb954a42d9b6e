"""The bot answers an interaction: a message, a promise of one, an edit, choices or a modal; once, and in time."""

from collections.abc import Callable
from typing import Any

from bot.sandbox import shapes
from bot.sandbox.acts import asks, messages, whispers
from bot.sandbox.acts.files import Upload, attach
from bot.sandbox.forms import Form, Notes, invalid
from bot.sandbox.interactions import Interaction, OpenModal
from bot.sandbox.kinds import CallbackType, InteractionType, MessageFlag
from bot.sandbox.refusals import Code, refuse
from bot.sandbox.rules import commands, modals
from bot.sandbox.rules.messages import new_body
from bot.sandbox.wire import Json, rows, table
from bot.sandbox.world import World

_UPDATES = frozenset({CallbackType.DEFERRED_UPDATE_MESSAGE, CallbackType.UPDATE_MESSAGE})
_MESSAGES = frozenset({CallbackType.CHANNEL_MESSAGE_WITH_SOURCE, CallbackType.DEFERRED_CHANNEL_MESSAGE_WITH_SOURCE})
_FITTING: dict[int, frozenset[CallbackType]] = {
    InteractionType.APPLICATION_COMMAND: _MESSAGES | {CallbackType.MODAL},
    InteractionType.MESSAGE_COMPONENT: _MESSAGES | _UPDATES | {CallbackType.MODAL},
    InteractionType.APPLICATION_COMMAND_AUTOCOMPLETE: frozenset({CallbackType.APPLICATION_COMMAND_AUTOCOMPLETE_RESULT}),
    InteractionType.MODAL_SUBMIT: _MESSAGES | _UPDATES,
}


def answer(world: World, interaction_id: str, token: str, payload: Json, uploads: dict[str, Upload]) -> Json:
    """Take a bot's answer and show what came of it; 10062 when unknown or too late, 40060 when it is the second."""
    asked = world.interactions.get(interaction_id)
    if asked is None or asked.token != token or asked.lapsed:
        raise refuse(Code.UNKNOWN_INTERACTION)
    if asked.answered:
        raise refuse(Code.ALREADY_ACKNOWLEDGED)
    form = Form(payload, Notes())
    fitting = _FITTING[asked.kind]
    if asked.kind == InteractionType.MODAL_SUBMIT and asked.message is None:
        fitting -= _UPDATES
    kind = form.choice("type", fitting, required=True)
    form.notes.settle()
    data = table(payload, "data")
    made = _ANSWERS[CallbackType(kind or 0)](world, asked, data, uploads)
    asked.answered = True
    if asked.kind == InteractionType.MODAL_SUBMIT and asked.parent:
        world.modals.pop(asked.parent.id, None)
    if kind != CallbackType.APPLICATION_COMMAND_AUTOCOMPLETE_RESULT:
        asks.tell(world, asked, "INTERACTION_SUCCESS", {"id": asked.id})
    return _shown(world, asked, kind or 0, made)


def _shown(world: World, asked: Interaction, kind: int, made: Json | None) -> Json:
    interaction: dict[str, Any] = {
        "id": asked.id,
        "type": asked.kind,
        "channel_id": asked.channel_id,
        "guild_id": asked.guild_id,
    }
    if made is None:
        return {"interaction": interaction}
    interaction["response_message_id"] = made["id"]
    interaction["response_message_loading"] = bool(made["flags"] & MessageFlag.LOADING)
    interaction["response_message_ephemeral"] = bool(made["flags"] & MessageFlag.EPHEMERAL)
    if kind not in (CallbackType.CHANNEL_MESSAGE_WITH_SOURCE, CallbackType.UPDATE_MESSAGE):
        return {"interaction": interaction}
    resource = {"type": kind, "message": shapes.message(world, made)}
    return {"interaction": interaction, "resource": resource}


def _message(world: World, asked: Interaction, data: Json, uploads: dict[str, Upload]) -> Json:
    form = Form(data, Notes(), ("data",))
    body = new_body(form, world.ids.mint, attach(world, asked.channel_id, form, uploads), ephemeral=True)
    stored = whispers.put(world, asked, body, data)
    asked.original = stored["id"]
    return stored


def _promise(world: World, asked: Interaction, data: Json, _uploads: dict[str, Upload]) -> Json:
    form = Form(data, Notes(), ("data",))
    flags = (form.number("flags", 0, 2**53) or 0) & MessageFlag.EPHEMERAL | MessageFlag.LOADING
    form.notes.settle()
    body: Json = {"content": "", "embeds": [], "components": [], "attachments": [], "flags": int(flags)}
    stored = whispers.put(world, asked, body, {})
    asked.original = stored["id"]
    return stored


def _later(_world: World, asked: Interaction, _data: Json, _uploads: dict[str, Upload]) -> Json | None:
    return asked.message


def _update(world: World, asked: Interaction, data: Json, uploads: dict[str, Upload]) -> Json:
    stored = whispers.find(world, asked, str(asked.original))
    guild = world.guilds[asked.guild_id]
    place = guild.place(asked.channel_id)
    messages.refuse_archived(place)
    messages.change(world, guild, place, stored, data, uploads, ("data",))
    whispers.tell(world, asked, "MESSAGE_UPDATE", stored)
    return stored


def _choices(world: World, asked: Interaction, data: Json, _uploads: dict[str, Upload]) -> None:
    form = Form(data, Notes(), ("data",))
    number = _focused(asked.data) in (4, 10)
    found = commands.choices(form, number=number)
    form.notes.settle()
    asks.tell(world, asked, "APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE", {"choices": found})


def _focused(data: Json) -> int:
    for option in rows(data, "options"):
        if option.get("focused"):
            return int(option["type"])
        deeper = _focused(option)
        if deeper:
            return deeper
    return 0


def _modal(world: World, asked: Interaction, data: Json, _uploads: dict[str, Upload]) -> None:
    form = Form(data, Notes(), ("data",))
    made = modals.modal(form, world.ids.mint)
    form.notes.settle()
    world.modals[asked.id] = OpenModal(asked, made)
    shown: Json = {
        **made,
        "id": asked.id,
        "channel_id": asked.channel_id,
        "application": {"id": world.application.id, "name": world.application.name, "icon": None, "description": ""},
    }
    asks.tell(world, asked, "INTERACTION_MODAL_CREATE", shown)


def _pong(_world: World, _asked: Interaction, _data: Json, _uploads: dict[str, Upload]) -> None:
    raise invalid(("type",), "BASE_TYPE_CHOICES", "Only a ping is answered with a pong.")


_ANSWERS: dict[CallbackType, Callable[[World, Interaction, Json, dict[str, Upload]], Json | None]] = {
    CallbackType.PONG: _pong,
    CallbackType.CHANNEL_MESSAGE_WITH_SOURCE: _message,
    CallbackType.DEFERRED_CHANNEL_MESSAGE_WITH_SOURCE: _promise,
    CallbackType.DEFERRED_UPDATE_MESSAGE: _later,
    CallbackType.UPDATE_MESSAGE: _update,
    CallbackType.APPLICATION_COMMAND_AUTOCOMPLETE_RESULT: _choices,
    CallbackType.MODAL: _modal,
}
