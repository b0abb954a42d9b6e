"""The bot's commands: register, change, remove, and which of them a member may use where."""

from bot.sandbox import permissions, shapes
from bot.sandbox.forms import Form, Notes
from bot.sandbox.guilds import Guild
from bot.sandbox.kinds import CommandType
from bot.sandbox.permissions import Permissions
from bot.sandbox.refusals import Code, Refusal, refuse
from bot.sandbox.rules import commands as rules
from bot.sandbox.wire import Json, rows, table
from bot.sandbox.world import Actor, World


def listing(world: World, guild_id: str | None) -> list[Json]:
    """List the commands of a guild, or the global ones."""
    return [stored for stored in world.application.commands.values() if stored.get("guild_id") == guild_id]


def overwrite(world: World, guild_id: str | None, payload: list[Json]) -> list[Json]:
    """Replace all commands at once; those of the same name and kind keep their id."""
    notes = Notes()
    read: list[Json] = []
    seen: set[tuple[int, str]] = set()
    for index, item in enumerate(payload):
        form = Form(item, notes, (str(index),))
        made = rules.command(form)
        key = (made["type"], str(made["name"]))
        if key in seen:
            form.wrong("name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
        seen.add(key)
        read.append(made)
    notes.settle()
    for kind, high in rules.LIMITS.items():
        if sum(made["type"] == kind for made in read) > high:
            raise Refusal(400, 30032, f"Maximum number of application commands reached ({high})")
    before = {(stored["type"], stored["name"]): stored for stored in listing(world, guild_id)}
    for stored in before.values():
        del world.application.commands[stored["id"]]
    return [_keep(world, guild_id, made, before.get((made["type"], made["name"]))) for made in read]


def _keep(world: World, guild_id: str | None, made: Json, before: Json | None) -> Json:
    stored: Json = {
        "id": before["id"] if before else world.ids.mint(),
        "application_id": world.application.id,
        "version": before["version"] if before else "",
        **made,
    }
    if guild_id is None:
        stored["dm_permission"] = True
    else:
        stored["guild_id"] = guild_id
    if stored != before:
        stored["version"] = world.ids.mint()
    world.application.commands[stored["id"]] = stored
    return shapes.command(stored, localizations=True)


def create(world: World, guild_id: str | None, payload: Json) -> tuple[Json, bool]:
    """Register one command; one of the same name and kind is replaced. Return it and whether it is new."""
    form = Form(payload, Notes())
    made = rules.command(form)
    form.notes.settle()
    standing = listing(world, guild_id)
    before = next((old for old in standing if (old["type"], old["name"]) == (made["type"], made["name"])), None)
    high = rules.LIMITS[CommandType(made["type"])]
    if before is None and sum(old["type"] == made["type"] for old in standing) >= high:
        raise Refusal(400, 30032, f"Maximum number of application commands reached ({high})")
    return _keep(world, guild_id, made, before), before is None


def find(world: World, guild_id: str | None, command_id: str) -> Json:
    """Find a command; 10063 where there is none."""
    stored = world.application.commands.get(command_id)
    if stored is None or stored.get("guild_id") != guild_id:
        raise refuse(Code.UNKNOWN_COMMAND)
    return stored


def edit(world: World, guild_id: str | None, command_id: str, payload: Json) -> Json:
    """Change the given fields of a command."""
    before = find(world, guild_id, command_id)
    form = Form({**before, **payload, "type": before["type"]}, Notes())
    made = rules.command(form)
    form.notes.settle()
    return _keep(world, guild_id, made, before)


def delete(world: World, guild_id: str | None, command_id: str) -> None:
    """Remove a command."""
    find(world, guild_id, command_id)
    del world.application.commands[command_id]


def usable(world: World, guild: Guild, user_id: str, place: Json | None) -> list[Json]:
    """List the commands somebody may use in a channel (None: somewhere in the guild)."""
    granted = guild.granted_in(user_id, place) if place else guild.granted(user_id)
    everything = listing(world, None) + listing(world, guild.id)
    return [stored for stored in everything if allowed(stored, granted)]


def allowed(stored: Json, granted: Permissions) -> bool:
    """Tell whether permissions suffice for a command; default permissions of 0 mean administrators only."""
    if not granted & Permissions.USE_APPLICATION_COMMANDS:
        return False
    needed = stored["default_member_permissions"]
    if needed is None or granted & Permissions.ADMINISTRATOR:
        return True
    return int(needed) != 0 and not permissions.parse(needed) & ~granted


def index(world: World, actor: Actor, guild: Guild, place: Json | None) -> Json:
    """Show the commands a member may use, named in their language."""
    locale = world.locales.get(actor.user_id, "nl")
    found = usable(world, guild, actor.user_id, place)
    app = world.application
    return {
        "applications": [{"id": app.id, "name": app.name, "description": "", "icon": None, "bot": world.users[app.id]}],
        "application_commands": [_localised(stored, locale) for stored in found],
        "version": str(max((int(stored["version"]) for stored in found), default=0)),
    }


def _localised(node: Json, locale: str) -> Json:
    shown = dict(node)
    for field in ("name", "description"):
        translated = table(node, f"{field}_localizations").get(locale)
        if translated:
            shown[f"{field}_localized"] = translated
    for key in ("options", "choices"):
        if key in node:
            shown[key] = [_localised(child, locale) for child in rows(node, key)]
    return shown


def known(world: World, actor: Actor, application_id: str) -> None:
    """Refuse to touch another application's commands."""
    if not actor.bot or application_id != world.application.id:
        raise refuse(Code.MISSING_ACCESS if application_id == world.application.id else Code.UNKNOWN_APPLICATION)
