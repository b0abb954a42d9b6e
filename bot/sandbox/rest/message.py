"""Routes of messages, pins and reactions."""

from bot.sandbox.acts import direct, messages, pins, reactions
from bot.sandbox.rest.calls import NOTHING, Answer, Call, Handler


def _send(call: Call) -> Answer:
    if call["channel_id"] in call.world.direct:
        return Answer(200, direct.send(call.world, call.actor, call["channel_id"], call.payload, call.uploads))
    return Answer(200, messages.send(call.world, call.actor, call["channel_id"], call.payload, call.uploads))


def _list(call: Call) -> Answer:
    return Answer(200, messages.listing(call.world, call.actor, call["channel_id"], call.query))


def _get(call: Call) -> Answer:
    return Answer(200, messages.fetch(call.world, call.actor, call["channel_id"], call["message_id"]))


def _edit(call: Call) -> Answer:
    ids = (call["channel_id"], call["message_id"])
    return Answer(200, messages.edit(call.world, call.actor, *ids, call.payload, call.uploads))


def _delete(call: Call) -> Answer:
    messages.delete(call.world, call.actor, call["channel_id"], call["message_id"])
    return NOTHING


def _bulk_delete(call: Call) -> Answer:
    messages.bulk_delete(call.world, call.actor, call["channel_id"], call.payload)
    return NOTHING


def _pins(call: Call) -> Answer:
    return Answer(200, pins.listing(call.world, call.actor, call["channel_id"], call.query))


def _old_pins(call: Call) -> Answer:
    return Answer(200, pins.old_listing(call.world, call.actor, call["channel_id"]))


def _pin(call: Call) -> Answer:
    pins.pin(call.world, call.actor, call["channel_id"], call["message_id"])
    return NOTHING


def _unpin(call: Call) -> Answer:
    pins.unpin(call.world, call.actor, call["channel_id"], call["message_id"])
    return NOTHING


def _react(call: Call) -> Answer:
    reactions.put(call.world, call.actor, call["channel_id"], call["message_id"], call["emoji_name"])
    return NOTHING


def _unreact(call: Call) -> Answer:
    user_id = call.params.get("user_id") or call.actor.user_id
    place = (call["channel_id"], call["message_id"], call["emoji_name"])
    reactions.take(call.world, call.actor, *place, user_id)
    return NOTHING


def _reacted(call: Call) -> Answer:
    place = (call["channel_id"], call["message_id"], call["emoji_name"])
    return Answer(200, reactions.users(call.world, call.actor, *place))


_REACTION = "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}"

ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/channels/{channel_id}/messages", _list),
    ("POST", "/channels/{channel_id}/messages", _send),
    ("POST", "/channels/{channel_id}/messages/bulk-delete", _bulk_delete),
    ("GET", "/channels/{channel_id}/messages/pins", _pins),
    ("PUT", "/channels/{channel_id}/messages/pins/{message_id}", _pin),
    ("DELETE", "/channels/{channel_id}/messages/pins/{message_id}", _unpin),
    ("GET", "/channels/{channel_id}/messages/{message_id}", _get),
    ("PATCH", "/channels/{channel_id}/messages/{message_id}", _edit),
    ("DELETE", "/channels/{channel_id}/messages/{message_id}", _delete),
    ("GET", "/channels/{channel_id}/pins", _old_pins),
    ("PUT", "/channels/{channel_id}/pins/{message_id}", _pin),
    ("DELETE", "/channels/{channel_id}/pins/{message_id}", _unpin),
    ("PUT", f"{_REACTION}/@me", _react),
    ("DELETE", f"{_REACTION}/@me", _unreact),
    ("DELETE", f"{_REACTION}/{{user_id}}", _unreact),
    ("GET", _REACTION, _reacted),
)
