"""The objects an interaction's ids stand for, sent along so that a bot need not ask for them."""

from bot.sandbox import shapes
from bot.sandbox.forms import invalid
from bot.sandbox.guilds import Guild
from bot.sandbox.interactions import Interaction
from bot.sandbox.kinds import CommandType, ComponentType, OptionType
from bot.sandbox.refusals import Code, refuse
from bot.sandbox.wire import Json
from bot.sandbox.world import World

_OF_SELECT = {
    ComponentType.USER_SELECT: OptionType.USER,
    ComponentType.ROLE_SELECT: OptionType.ROLE,
    ComponentType.MENTIONABLE_SELECT: OptionType.MENTIONABLE,
    ComponentType.CHANNEL_SELECT: OptionType.CHANNEL,
}


def of_options(world: World, guild: Guild, viewer: str, given: list[Json], files: dict[str, Json]) -> Json:
    """Resolve the users, roles, channels and files among a command's options."""
    found: Json = {}
    for option in given:
        if option["type"] == OptionType.ATTACHMENT:
            file = files.get(str(option["value"]))
            if file is None:
                raise invalid(("data", "attachments"), "BASE_TYPE_REQUIRED", "This field is required")
            option["value"] = file["id"]
            found.setdefault("attachments", {})[file["id"]] = file
        elif not option.get("focused"):
            _add(world, guild, viewer, OptionType(option["type"]), str(option["value"]), found)
    return found


def of_select(world: World, guild: Guild, viewer: str, kind: ComponentType, values: list[str]) -> Json:
    """Resolve what was chosen in a select of users, roles or channels; nothing for one of strings."""
    found: Json = {}
    if kind in _OF_SELECT:
        for value in values:
            _add(world, guild, viewer, _OF_SELECT[kind], value, found)
    return found


def of_target(world: World, guild: Guild, asked: Interaction, kind: CommandType, target: str) -> Json:
    """Resolve what a menu command was used on; a message brings its content along."""
    if kind == CommandType.MESSAGE:
        stored = world.message(asked.channel_id, target)
        return {"messages": {target: shapes.message(world, stored)}}
    found: Json = {}
    _user(world, guild, target, found)
    return found


def _add(world: World, guild: Guild, viewer: str, kind: OptionType, value: str, found: Json) -> None:
    if kind == OptionType.CHANNEL:
        place = guild.place(value)
        granted = str(int(guild.granted_in(viewer, place)))
        found.setdefault("channels", {})[value] = {**shapes.channel(world, place), "permissions": granted}
    elif kind == OptionType.ROLE or (kind == OptionType.MENTIONABLE and value in guild.roles):
        if value not in guild.roles:
            raise refuse(Code.UNKNOWN_ROLE)
        found.setdefault("roles", {})[value] = dict(guild.roles[value])
    elif kind in (OptionType.USER, OptionType.MENTIONABLE):
        _user(world, guild, value, found)


def _user(world: World, guild: Guild, user_id: str, found: Json) -> None:
    if user_id not in world.users:
        raise refuse(Code.UNKNOWN_USER)
    found.setdefault("users", {})[user_id] = shapes.user(world, user_id)
    if user_id in guild.members:
        granted = str(int(guild.granted(user_id)))
        found.setdefault("members", {})[user_id] = {**shapes.bare_member(guild, user_id), "permissions": granted}
