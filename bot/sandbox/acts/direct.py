"""Direct messages from the bot to one user: opening the channel, and writing in it."""

from typing import Any

from bot.sandbox import shapes
from bot.sandbox.acts.files import Upload, attach
from bot.sandbox.events import Event
from bot.sandbox.forms import Form, Notes
from bot.sandbox.kinds import ChannelType, MessageType
from bot.sandbox.refusals import Code, refuse
from bot.sandbox.rules.messages import new_body
from bot.sandbox.snowflakes import moment
from bot.sandbox.wire import Json, iso
from bot.sandbox.world import Actor, World


def open_channel(world: World, actor: Actor, payload: Json) -> Json:
    """Open the channel with somebody, the same one each time."""
    form = Form(payload, Notes())
    recipient = form.snowflake("recipient_id", required=True) or ""
    form.notes.settle()
    if recipient not in world.users or recipient == actor.user_id:
        raise refuse(Code.UNKNOWN_USER)
    channel_id = next((each for each, user in world.direct.items() if user == recipient), None)
    if channel_id is None:
        channel_id = world.ids.mint()
        world.direct[channel_id] = recipient
    return {
        "id": channel_id,
        "type": int(ChannelType.DM),
        "flags": 0,
        "last_message_id": next(reversed(world.history[channel_id]), None),
        "recipients": [shapes.user(world, recipient)],
    }


def send(world: World, actor: Actor, channel_id: str, payload: Json, uploads: dict[str, Upload]) -> Json:
    """Write to somebody; 50007 where they take no messages."""
    recipient = world.direct[channel_id]
    if recipient in world.closed:
        raise refuse(Code.CANNOT_SEND)
    form = Form(payload, Notes())
    body = new_body(form, world.ids.mint, attach(world, channel_id, form, uploads))
    message_id = world.ids.mint()
    stored: dict[str, Any] = {
        "id": message_id,
        "channel_id": channel_id,
        "type": int(MessageType.DEFAULT),
        "author": shapes.user(world, actor.user_id),
        "timestamp": iso(moment(message_id)),
        "edited_timestamp": None,
        "tts": False,
        "pinned": False,
        "mentions": [],
        "mention_roles": [],
        "mention_everyone": False,
        **body,
    }
    world.history[channel_id][message_id] = stored
    shown = shapes.message(world, stored)
    world.emit(Event("MESSAGE_CREATE", shown, only=frozenset({recipient})))
    return shown
