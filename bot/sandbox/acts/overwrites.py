"""What roles and members may in one channel: set it, take it back, and nobody beyond their own means."""

from bot.sandbox import permissions, shapes
from bot.sandbox.events import Event
from bot.sandbox.forms import Form, Notes
from bot.sandbox.guilds import Guild
from bot.sandbox.kinds import THREADS, Intents
from bot.sandbox.permissions import Permissions
from bot.sandbox.refusals import Code, refuse
from bot.sandbox.wire import Json, rows
from bot.sandbox.world import Actor, World


def read_all(guild: Guild, actor: Actor, form: Form, standing: Json | None) -> list[Json]:
    """Read all overwrites of a channel that is made or edited."""
    read: list[Json] = []
    for overwrite in form.forms("permission_overwrites", 100):
        target = overwrite.snowflake("id", required=True) or "0"
        read.append(_read(guild, target, overwrite))
    before = rows(standing or {}, "permission_overwrites")
    if sorted(map(str, before)) != sorted(map(str, read)):
        _may_grant(guild, actor, standing, before, read)
    return read


def _read(guild: Guild, target: str, form: Form) -> Json:
    kind = form.choice("type", (0, 1))
    if kind is None:
        kind = 0 if target in guild.roles else 1
    known = target in guild.roles if kind == 0 else target in guild.members
    if not known:
        raise refuse(Code.UNKNOWN_OVERWRITE)
    bits = {name: str(int(permissions.parse(form.number(name, 0, 2**63)))) for name in ("allow", "deny")}
    return {"id": target, "type": kind, **bits}


def _may_grant(guild: Guild, actor: Actor, place: Json | None, before: list[Json], after: list[Json]) -> None:
    """Demand MANAGE_ROLES, and that nobody hands out or withholds what they lack themselves."""
    granted = guild.granted(actor.user_id)
    here = guild.granted_in(actor.user_id, place) if place else granted
    if not (granted | here) & Permissions.MANAGE_ROLES:
        raise refuse(Code.MISSING_PERMISSIONS)
    old = {overwrite["id"]: overwrite for overwrite in before}
    nothing: Json = {"allow": "0", "deny": "0"}
    changed = Permissions(0)
    for overwrite in after:
        earlier = old.get(overwrite["id"], nothing)
        for name in ("allow", "deny"):
            changed |= permissions.parse(overwrite[name]) ^ permissions.parse(earlier[name])
    if changed & ~(granted | here):
        raise refuse(Code.MISSING_PERMISSIONS)


def put(world: World, actor: Actor, channel_id: str, target: str, payload: Json) -> None:
    """Set what a role or member may in a channel."""
    guild, place = _channel(world, actor, channel_id)
    form = Form(payload, Notes())
    made = _read(guild, target, form)
    form.notes.settle()
    before = rows(place, "permission_overwrites")
    after = [overwrite for overwrite in before if overwrite["id"] != target] + [made]
    _may_grant(guild, actor, place, before, after)
    seeing = viewers(guild, place)
    place["permission_overwrites"] = after
    world.emit(Event("CHANNEL_UPDATE", dict(place), guild.id, Intents.GUILDS, place["id"]))
    show_threads(world, guild, place, seeing)


def take_back(world: World, actor: Actor, channel_id: str, target: str) -> None:
    """Take back what was set for a role or member."""
    guild, place = _channel(world, actor, channel_id)
    before = rows(place, "permission_overwrites")
    after = [overwrite for overwrite in before if overwrite["id"] != target]
    if len(after) == len(before):
        raise refuse(Code.UNKNOWN_OVERWRITE)
    _may_grant(guild, actor, place, before, after)
    seeing = viewers(guild, place)
    place["permission_overwrites"] = after
    world.emit(Event("CHANNEL_UPDATE", dict(place), guild.id, Intents.GUILDS, place["id"]))
    show_threads(world, guild, place, seeing)


def _channel(world: World, actor: Actor, channel_id: str) -> tuple[Guild, Json]:
    guild, place = world.enter(channel_id, actor)
    if place["type"] in THREADS:
        raise refuse(Code.WRONG_CHANNEL_TYPE)
    return guild, place


def viewers(guild: Guild, channel: Json) -> frozenset[str]:
    """List who sees a channel."""
    return frozenset(user_id for user_id in guild.members if guild.granted_in(user_id, channel))


def show_threads(world: World, guild: Guild, channel: Json, before: frozenset[str]) -> None:
    """Show a channel's active threads to those who have just come to see it."""
    gained = viewers(guild, channel) - before
    threads = [thread for thread in guild.active_threads() if thread["parent_id"] == channel["id"]]
    if gained and threads:
        shown = [shapes.channel(world, thread) for thread in threads]
        data: Json = {"guild_id": guild.id, "channel_ids": [channel["id"]], "threads": shown, "members": []}
        world.emit(Event("THREAD_LIST_SYNC", data, guild.id, Intents.GUILDS, channel["id"], gained))
