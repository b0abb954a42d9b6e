"""Routes of channels and threads."""

from bot.sandbox import shapes
from bot.sandbox.acts import channels, commands, messages, overwrites, posts, threads
from bot.sandbox.rest.calls import NOTHING, Answer, Call, Handler


def _get(call: Call) -> Answer:
    _, place = call.world.enter(call["channel_id"], call.actor)
    return Answer(200, shapes.channel(call.world, place, call.actor))


def _edit(call: Call) -> Answer:
    return Answer(200, channels.edit(call.world, call.actor, call["channel_id"], call.payload))


def _delete(call: Call) -> Answer:
    return Answer(200, channels.delete(call.world, call.actor, call["channel_id"]))


def _set_overwrite(call: Call) -> Answer:
    overwrites.put(call.world, call.actor, call["channel_id"], call["overwrite_id"], call.payload)
    return NOTHING


def _delete_overwrite(call: Call) -> Answer:
    overwrites.take_back(call.world, call.actor, call["channel_id"], call["overwrite_id"])
    return NOTHING


def _typing(call: Call) -> Answer:
    messages.typing(call.world, call.actor, call["channel_id"])
    return NOTHING


def _start(call: Call) -> Answer:
    made = posts.start(call.world, call.actor, call["channel_id"], call.payload, call.uploads)
    return Answer(201, made)


def _from_message(call: Call) -> Answer:
    made = posts.from_message(call.world, call.actor, call["channel_id"], call["message_id"], call.payload)
    return Answer(201, made)


def _archived_public(call: Call) -> Answer:
    return Answer(200, threads.archived(call.world, call.actor, call["channel_id"], call.query, private=False))


def _archived_private(call: Call) -> Answer:
    return Answer(200, threads.archived(call.world, call.actor, call["channel_id"], call.query, private=True))


def _members(call: Call) -> Answer:
    return Answer(200, threads.members(call.world, call.actor, call["channel_id"]))


def _whom(call: Call) -> str:
    user_id = call.params.get("user_id", "@me")
    return call.actor.user_id if user_id == "@me" else user_id


def _member(call: Call) -> Answer:
    return Answer(200, threads.member(call.world, call.actor, call["channel_id"], _whom(call)))


def _join(call: Call) -> Answer:
    threads.set_member(call.world, call.actor, call["channel_id"], _whom(call), joins=True)
    return NOTHING


def _leave(call: Call) -> Answer:
    threads.set_member(call.world, call.actor, call["channel_id"], _whom(call), joins=False)
    return NOTHING


def _index(call: Call) -> Answer:
    guild, place = call.world.enter(call["channel_id"], call.actor)
    return Answer(200, commands.index(call.world, call.actor, guild, place))


ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/channels/{channel_id}", _get),
    ("PATCH", "/channels/{channel_id}", _edit),
    ("DELETE", "/channels/{channel_id}", _delete),
    ("PUT", "/channels/{channel_id}/permissions/{overwrite_id}", _set_overwrite),
    ("DELETE", "/channels/{channel_id}/permissions/{overwrite_id}", _delete_overwrite),
    ("POST", "/channels/{channel_id}/typing", _typing),
    ("POST", "/channels/{channel_id}/threads", _start),
    ("POST", "/channels/{channel_id}/messages/{message_id}/threads", _from_message),
    ("GET", "/channels/{channel_id}/threads/archived/public", _archived_public),
    ("GET", "/channels/{channel_id}/threads/archived/private", _archived_private),
    ("GET", "/channels/{channel_id}/thread-members", _members),
    ("PUT", "/channels/{channel_id}/thread-members/@me", _join),
    ("DELETE", "/channels/{channel_id}/thread-members/@me", _leave),
    ("GET", "/channels/{channel_id}/thread-members/{user_id}", _member),
    ("PUT", "/channels/{channel_id}/thread-members/{user_id}", _join),
    ("DELETE", "/channels/{channel_id}/thread-members/{user_id}", _leave),
    ("GET", "/channels/{channel_id}/application-command-index", _index),
)
