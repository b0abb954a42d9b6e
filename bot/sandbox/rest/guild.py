"""Routes of guilds: their channels, members, roles and active threads."""

from bot.sandbox import shapes
from bot.sandbox.acts import channels, commands, members, threads
from bot.sandbox.guilds import Guild
from bot.sandbox.refusals import Code, refuse
from bot.sandbox.rest.calls import NOTHING, Answer, Call, Handler


def _home(call: Call) -> Guild:
    return call.world.guild(call["guild_id"], call.actor)


def _get(call: Call) -> Answer:
    guild = _home(call)
    return Answer(200, shapes.counted_guild(guild))


def _channels(call: Call) -> Answer:
    return Answer(200, channels.listing(call.world, call.actor, _home(call)))


def _create_channel(call: Call) -> Answer:
    return Answer(201, channels.create(call.world, call.actor, _home(call), call.payload))


def _reorder(call: Call) -> Answer:
    channels.reorder(call.world, call.actor, _home(call), call.listed)
    return NOTHING


def _active(call: Call) -> Answer:
    return Answer(200, threads.active(call.world, call.actor, _home(call)))


def _members(call: Call) -> Answer:
    return Answer(200, members.listing(call.world, _home(call), call.query))


def _search(call: Call) -> Answer:
    return Answer(200, members.search(call.world, _home(call), call.query))


def _member(call: Call) -> Answer:
    guild = _home(call)
    user_id = call.actor.user_id if call["user_id"] == "@me" else call["user_id"]
    return Answer(200, members.get(call.world, guild, user_id))


def _give_role(call: Call) -> Answer:
    members.ask_role(call.world, call.actor, _home(call), call["user_id"], call["role_id"], has=True)
    return NOTHING


def _take_role(call: Call) -> Answer:
    members.ask_role(call.world, call.actor, _home(call), call["user_id"], call["role_id"], has=False)
    return NOTHING


def _roles(call: Call) -> Answer:
    return Answer(200, [dict(role) for role in _home(call).roles.values()])


def _role(call: Call) -> Answer:
    role = _home(call).roles.get(call["role_id"])
    if role is None:
        raise refuse(Code.UNKNOWN_ROLE)
    return Answer(200, dict(role))


def _create_role(call: Call) -> Answer:
    return Answer(200, members.create_role(call.world, call.actor, _home(call), call.payload))


def _edit_role(call: Call) -> Answer:
    return Answer(200, members.edit_role(call.world, call.actor, _home(call), call["role_id"], call.payload))


def _delete_role(call: Call) -> Answer:
    members.delete_role(call.world, call.actor, _home(call), call["role_id"])
    return NOTHING


def _index(call: Call) -> Answer:
    return Answer(200, commands.index(call.world, call.actor, _home(call), None))


ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/guilds/{guild_id}", _get),
    ("GET", "/guilds/{guild_id}/channels", _channels),
    ("POST", "/guilds/{guild_id}/channels", _create_channel),
    ("PATCH", "/guilds/{guild_id}/channels", _reorder),
    ("GET", "/guilds/{guild_id}/threads/active", _active),
    ("GET", "/guilds/{guild_id}/members", _members),
    ("GET", "/guilds/{guild_id}/members/search", _search),
    ("GET", "/guilds/{guild_id}/members/{user_id}", _member),
    ("PUT", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}", _give_role),
    ("DELETE", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}", _take_role),
    ("GET", "/guilds/{guild_id}/roles", _roles),
    ("POST", "/guilds/{guild_id}/roles", _create_role),
    ("GET", "/guilds/{guild_id}/roles/{role_id}", _role),
    ("PATCH", "/guilds/{guild_id}/roles/{role_id}", _edit_role),
    ("DELETE", "/guilds/{guild_id}/roles/{role_id}", _delete_role),
    ("GET", "/guilds/{guild_id}/application-command-index", _index),
)
