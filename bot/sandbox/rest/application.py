"""Routes of commands and of interactions: registering, answering, following up."""

from bot.sandbox import shapes
from bot.sandbox.acts import answers, commands, followups
from bot.sandbox.interactions import Interaction
from bot.sandbox.rest.calls import NOTHING, Answer, Call, Handler
from bot.sandbox.wire import Json

_TRUE = ("1", "true", "True")


def _scope(call: Call) -> str | None:
    commands.known(call.world, call.actor, call["application_id"])
    guild_id = call.params.get("guild_id")
    return None if guild_id is None else call.world.guild(guild_id, call.actor).id


def _list(call: Call) -> Answer:
    localizations = call.query.get("with_localizations") in _TRUE
    found = commands.listing(call.world, _scope(call))
    return Answer(200, [shapes.command(stored, localizations=localizations) for stored in found])


def _overwrite(call: Call) -> Answer:
    return Answer(200, commands.overwrite(call.world, _scope(call), call.listed))


def _create(call: Call) -> Answer:
    made, new = commands.create(call.world, _scope(call), call.payload)
    return Answer(201 if new else 200, made)


def _get(call: Call) -> Answer:
    stored = commands.find(call.world, _scope(call), call["command_id"])
    return Answer(200, shapes.command(stored, localizations=True))


def _edit(call: Call) -> Answer:
    return Answer(200, commands.edit(call.world, _scope(call), call["command_id"], call.payload))


def _delete(call: Call) -> Answer:
    commands.delete(call.world, _scope(call), call["command_id"])
    return NOTHING


def _permissions(call: Call) -> Answer:
    _scope(call)
    return Answer(200, [])


def _callback(call: Call) -> Answer:
    made = answers.answer(call.world, call["interaction_id"], call["interaction_token"], call.payload, call.uploads)
    return Answer(200, made) if call.query.get("with_response") in _TRUE else NOTHING


def _asked(call: Call) -> Interaction:
    return followups.holder(call.world, call["webhook_id"], call["webhook_token"])


def _named(call: Call) -> str:
    return call.params.get("message_id", followups.ORIGINAL)


def _follow(call: Call) -> Answer:
    return Answer(200, followups.send(call.world, _asked(call), call.payload, call.uploads))


def _fetch(call: Call) -> Answer:
    return Answer(200, followups.fetch(call.world, _asked(call), _named(call)))


def _change(call: Call) -> Answer:
    made: Json = followups.edit(call.world, _asked(call), _named(call), call.payload, call.uploads)
    return Answer(200, made)


def _remove(call: Call) -> Answer:
    followups.delete(call.world, _asked(call), _named(call))
    return NOTHING


def _command_routes(prefix: str) -> tuple[tuple[str, str, Handler], ...]:
    return (
        ("GET", prefix, _list),
        ("PUT", prefix, _overwrite),
        ("POST", prefix, _create),
        ("GET", f"{prefix}/{{command_id}}", _get),
        ("PATCH", f"{prefix}/{{command_id}}", _edit),
        ("DELETE", f"{prefix}/{{command_id}}", _delete),
    )


_WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"

ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/applications/{application_id}/guilds/{guild_id}/commands/permissions", _permissions),
    *_command_routes("/applications/{application_id}/commands"),
    *_command_routes("/applications/{application_id}/guilds/{guild_id}/commands"),
    ("POST", "/interactions/{interaction_id}/{interaction_token}/callback", _callback),
    ("POST", _WEBHOOK, _follow),
    ("GET", f"{_WEBHOOK}/messages/@original", _fetch),
    ("PATCH", f"{_WEBHOOK}/messages/@original", _change),
    ("DELETE", f"{_WEBHOOK}/messages/@original", _remove),
    ("GET", f"{_WEBHOOK}/messages/{{message_id}}", _fetch),
    ("PATCH", f"{_WEBHOOK}/messages/{{message_id}}", _change),
    ("DELETE", f"{_WEBHOOK}/messages/{{message_id}}", _remove),
)
