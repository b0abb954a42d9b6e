"""Members and roles: look them up, and change who has which role."""

from bot.sandbox import permissions, shapes
from bot.sandbox.events import Event
from bot.sandbox.forms import Form, Notes, page
from bot.sandbox.guilds import Guild
from bot.sandbox.kinds import Intents
from bot.sandbox.permissions import Permissions
from bot.sandbox.refusals import Code, refuse
from bot.sandbox.wire import Json, strings
from bot.sandbox.world import Actor, World


def get(world: World, guild: Guild, user_id: str) -> Json:
    """Get a member; 10007 where there is none."""
    if user_id not in guild.members:
        raise refuse(Code.UNKNOWN_MEMBER if user_id in world.users else Code.UNKNOWN_USER)
    return shapes.member(world, guild, user_id)


def listing(world: World, guild: Guild, query: dict[str, str]) -> list[Json]:
    """List members by id, paged by `after` and `limit`; only for who was granted the members intent."""
    if not world.application.privileged & Intents.GUILD_MEMBERS:
        raise refuse(Code.MISSING_ACCESS)
    form = Form(dict(query), Notes())
    after = int(form.snowflake("after") or 0)
    limit = page(query, 1000, 1)
    form.notes.settle()
    ids = sorted((user_id for user_id in guild.members if int(user_id) > after), key=int)
    return [shapes.member(world, guild, user_id) for user_id in ids[:limit]]


def search(world: World, guild: Guild, query: dict[str, str]) -> list[Json]:
    """Find members whose name starts with something."""
    wanted = query.get("query", "").lower()
    limit = page(query, 1000, 1)
    found = [user_id for user_id in guild.members if _matches(world, guild, user_id, wanted)]
    return [shapes.member(world, guild, user_id) for user_id in found[:limit]]


def _matches(world: World, guild: Guild, user_id: str, wanted: str) -> bool:
    user = world.users[user_id]
    names = (user["username"], user["global_name"], guild.members[user_id]["nick"])
    return any(str(name).lower().startswith(wanted) for name in names if name)


def set_role(world: World, guild: Guild, user_id: str, role_id: str, *, has: bool) -> None:
    """Give or take a role and tell everybody."""
    member = guild.members[user_id]
    held = [role for role in strings(member, "roles") if role != role_id]
    member["roles"] = [*held, role_id] if has else held
    _tell(world, guild, user_id)


def _tell(world: World, guild: Guild, user_id: str) -> None:
    data = {**shapes.member(world, guild, user_id), "guild_id": guild.id}
    world.emit(Event("GUILD_MEMBER_UPDATE", data, guild.id, Intents.GUILD_MEMBERS))


def ask_role(world: World, actor: Actor, guild: Guild, user_id: str, role_id: str, *, has: bool) -> None:
    """Give or take a role on request: MANAGE_ROLES, and only roles below one's own highest."""
    if not guild.granted(actor.user_id) & Permissions.MANAGE_ROLES:
        raise refuse(Code.MISSING_PERMISSIONS)
    if role_id not in guild.roles:
        raise refuse(Code.UNKNOWN_ROLE)
    get(world, guild, user_id)
    _below(guild, actor, guild.roles[role_id])
    set_role(world, guild, user_id, role_id, has=has)


def _below(guild: Guild, actor: Actor, role: Json) -> None:
    own = max(guild.roles[held]["position"] for held in guild.role_ids(actor.user_id))
    if actor.user_id != guild.settings["owner_id"] and (role["position"] >= own or role["managed"]):
        raise refuse(Code.MISSING_PERMISSIONS)


def role_object(role_id: str, name: str, granted: Permissions, position: int, extra: Json | None = None) -> Json:
    """Make a role object."""
    return {
        "id": role_id,
        "name": name,
        "permissions": str(int(granted)),
        "position": position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
        **(extra or {}),
    }


def create_role(world: World, actor: Actor, guild: Guild, payload: Json) -> Json:
    """Create a role with no more than one's own permissions."""
    granted = guild.granted(actor.user_id)
    form = Form(payload, Notes())
    name = form.text("name", 100) or "new role"
    wanted = permissions.parse(form.number("permissions", 0, 2**63))
    form.notes.settle()
    if not granted & Permissions.MANAGE_ROLES or wanted & ~granted:
        raise refuse(Code.MISSING_PERMISSIONS)
    for other in guild.roles.values():
        other["position"] += other["id"] != guild.id
    role = role_object(world.ids.mint(), name, wanted, 1)
    guild.roles[role["id"]] = role
    _tell_role(world, guild, "GUILD_ROLE_CREATE", {"role": dict(role)})
    return dict(role)


def edit_role(world: World, actor: Actor, guild: Guild, role_id: str, payload: Json) -> Json:
    """Rename a role or change what it grants."""
    role = _role(guild, actor, role_id)
    form = Form(payload, Notes())
    if form.has("name"):
        role["name"] = form.text("name", 100, low=1)
    wanted = form.number("permissions", 0, 2**63)
    form.notes.settle()
    if wanted is not None:
        role["permissions"] = str(int(permissions.parse(wanted)))
    _tell_role(world, guild, "GUILD_ROLE_UPDATE", {"role": dict(role)})
    return dict(role)


def delete_role(world: World, actor: Actor, guild: Guild, role_id: str) -> None:
    """Delete a role and take it from everybody."""
    _role(guild, actor, role_id)
    del guild.roles[role_id]
    for member in guild.members.values():
        member["roles"] = [held for held in strings(member, "roles") if held != role_id]
    _tell_role(world, guild, "GUILD_ROLE_DELETE", {"role_id": role_id})


def _role(guild: Guild, actor: Actor, role_id: str) -> Json:
    if not guild.granted(actor.user_id) & Permissions.MANAGE_ROLES:
        raise refuse(Code.MISSING_PERMISSIONS)
    role = guild.roles.get(role_id)
    if role is None:
        raise refuse(Code.UNKNOWN_ROLE)
    _below(guild, actor, role)
    return role


def _tell_role(world: World, guild: Guild, name: str, data: Json) -> None:
    world.emit(Event(name, {"guild_id": guild.id, **data}, guild.id, Intents.GUILDS))
