"""A member acts: a command, a button, a select, a field being typed in, a modal handed in. The bot hears of it here."""

import secrets
from typing import Any

from bot.sandbox import shapes
from bot.sandbox.acts import commands
from bot.sandbox.acts.files import Upload, attach
from bot.sandbox.acts.resolved import of_options, of_select, of_target
from bot.sandbox.events import Event
from bot.sandbox.forms import Form, Notes, invalid
from bot.sandbox.guilds import Guild
from bot.sandbox.interactions import Interaction
from bot.sandbox.kinds import SELECTS, CommandType, ComponentType, InteractionType
from bot.sandbox.refusals import Code, refuse
from bot.sandbox.rules import modals, options
from bot.sandbox.rules.components import walk
from bot.sandbox.wire import Json, rows, strings
from bot.sandbox.world import Actor, World

_SIZE_LIMIT = 10 * 1024 * 1024


def receive(world: World, actor: Actor, payload: Json, uploads: dict[str, Upload]) -> None:
    """Take a member's interaction, tell the bot, and count the seconds it has to answer."""
    form = Form(payload, Notes())
    kind = form.choice("type", (2, 3, 4, 5), required=True)
    channel_id = form.snowflake("channel_id", required=True) or ""
    application_id = form.snowflake("application_id", required=True)
    data = form.child("data", required=True)
    form.notes.settle()
    if application_id != world.application.id:
        raise refuse(Code.UNKNOWN_APPLICATION)
    guild, place = world.enter(channel_id, actor)
    nonce = payload.get("nonce")
    asked = Interaction(
        id=world.ids.mint(),
        token=secrets.token_urlsafe(48),
        kind=kind or 0,
        user_id=actor.user_id,
        guild_id=guild.id,
        channel_id=channel_id,
        data={},
        created=world.clock(),
        nonce=None if nonce is None else str(nonce),
        session_id=payload.get("session_id"),
    )
    given: Json = data.data if data else {}
    if kind == InteractionType.MESSAGE_COMPONENT:
        _component(world, guild, asked, given, str(payload.get("message_id")))
    elif kind == InteractionType.MODAL_SUBMIT:
        _modal(world, guild, asked, given, uploads)
    else:
        _command(world, guild, place, asked, given, uploads)
    asked.metadata = _metadata(world, asked)
    deliver(world, guild, place, asked)


def _command(
    world: World, guild: Guild, place: Json, asked: Interaction, given: Json, uploads: dict[str, Upload]
) -> None:
    stored = world.application.commands.get(str(given.get("id")))
    if stored is None or stored.get("guild_id", guild.id) != guild.id:
        raise refuse(Code.UNKNOWN_COMMAND)
    if given.get("version") not in (None, stored["version"]):
        text = "This command is outdated, please try again in a few minutes"
        raise invalid(("data",), "INTERACTION_APPLICATION_COMMAND_INVALID_VERSION", text)
    if not commands.allowed(stored, guild.granted_in(asked.user_id, place)):
        raise refuse(Code.MISSING_PERMISSIONS)
    data: Json = {"id": stored["id"], "name": stored["name"], "type": stored["type"]}
    if "guild_id" in stored:
        data["guild_id"] = stored["guild_id"]
    if stored["type"] == CommandType.CHAT_INPUT:
        form = Form(given, Notes(), ("data",))
        typing = asked.kind == InteractionType.APPLICATION_COMMAND_AUTOCOMPLETE
        data["options"] = options.filled(rows(stored, "options"), form, typing=typing)
        form.notes.settle()
        files = _files(world, asked, given, uploads)
        resolved = of_options(world, guild, asked.user_id, list(options.leaves(data["options"])), files)
    else:
        data["target_id"] = str(given.get("target_id"))
        resolved = of_target(world, guild, asked, CommandType(stored["type"]), data["target_id"])
    if resolved:
        data["resolved"] = resolved
    asked.data = data


def _files(world: World, asked: Interaction, given: Json, uploads: dict[str, Upload]) -> dict[str, Json]:
    if not uploads:
        return {}
    stored = attach(world, asked.channel_id, Form(given, Notes()), uploads)
    return dict(zip(uploads, stored, strict=True))


def _component(world: World, guild: Guild, asked: Interaction, given: Json, message_id: str) -> None:
    stored = located(world, asked.user_id, asked.channel_id, message_id)
    custom_id = given.get("custom_id")
    part = next((part for part in walk(rows(stored, "components")) if part.get("custom_id") == custom_id), None)
    if custom_id is None or part is None or part.get("disabled"):
        raise invalid(("data", "custom_id"), "COMPONENT_VALIDATION_FAILED", "Component validation failed")
    if part["type"] != given.get("component_type"):
        raise invalid(("data", "component_type"), "COMPONENT_VALIDATION_FAILED", "Component validation failed")
    data: Json = {"custom_id": custom_id, "component_type": part["type"], "id": part["id"]}
    if part["type"] in SELECTS:
        data["values"] = _chosen(part, strings(given, "values"))
        found = of_select(world, guild, asked.user_id, ComponentType(part["type"]), data["values"])
        if found:
            data["resolved"] = found
    asked.data = data
    asked.message = stored
    asked.original = stored["id"]


def _chosen(part: Json, values: list[str]) -> list[str]:
    if not part["min_values"] <= len(values) <= part["max_values"]:
        span = f"Must be between {part['min_values']} and {part['max_values']} in length."
        raise invalid(("data", "values"), "BASE_TYPE_BAD_LENGTH", span)
    known = {option["value"] for option in rows(part, "options")}
    if known and not set(values) <= known:
        raise invalid(("data", "values"), "COMPONENT_VALIDATION_FAILED", "Component validation failed")
    return values


def located(world: World, user_id: str, channel_id: str, message_id: str) -> Json:
    """Find a message in a channel, or one that only this member sees; 10008 where there is none."""
    owner, whisper = world.whispers.get(message_id, ("", {}))
    if owner == user_id and whisper["channel_id"] == channel_id:
        return whisper
    return world.message(channel_id, message_id)


def _modal(world: World, guild: Guild, asked: Interaction, given: Json, uploads: dict[str, Upload]) -> None:
    opened = world.modals.get(str(given.get("id")))
    if opened is None or opened.interaction.user_id != asked.user_id:
        raise refuse(Code.UNKNOWN_INTERACTION)
    if opened.data["custom_id"] != given.get("custom_id"):
        raise invalid(("data", "custom_id"), "COMPONENT_VALIDATION_FAILED", "Component validation failed")
    form = Form(given, Notes(), ("data", "components"))
    submitted = modals.submission(rows(opened.data, "components"), form)
    form.notes.settle()
    asked.data = {"custom_id": opened.data["custom_id"], "components": submitted}
    resolved = _filled(world, guild, asked, submitted, _files(world, asked, given, uploads))
    if resolved:
        asked.data["resolved"] = resolved
    asked.parent = opened.interaction
    asked.message = opened.interaction.message
    asked.original = asked.message["id"] if asked.message else None


def _filled(world: World, guild: Guild, asked: Interaction, submitted: list[Json], files: dict[str, Json]) -> Json:
    resolved: Json = {}
    for part in walk(submitted):
        if part["type"] in SELECTS:
            found = of_select(world, guild, asked.user_id, ComponentType(part["type"]), strings(part, "values"))
        elif part["type"] == ComponentType.FILE_UPLOAD:
            named = [files[key] for key in strings(part, "values") if key in files]
            part["values"] = [file["id"] for file in named]
            found = {"attachments": {file["id"]: file for file in named}} if named else {}
        else:
            continue
        for kind, objects in found.items():
            resolved.setdefault(kind, {}).update(objects)
    return resolved


def _metadata(world: World, asked: Interaction) -> Json:
    shown: Json = {
        "id": asked.id,
        "type": asked.kind,
        "user": shapes.user(world, asked.user_id),
        "authorizing_integration_owners": {"0": asked.guild_id},
    }
    if asked.kind == InteractionType.MESSAGE_COMPONENT and asked.message:
        shown["interacted_message_id"] = asked.message["id"]
    if asked.parent is not None:
        shown["triggering_interaction_metadata"] = asked.parent.metadata
    if "target_id" in asked.data:
        if asked.data["type"] == CommandType.MESSAGE:
            shown["target_message_id"] = asked.data["target_id"]
        else:
            shown["target_user"] = shapes.user(world, asked.data["target_id"])
    return shown


def deliver(world: World, guild: Guild, place: Json, asked: Interaction) -> None:
    """Tell the member it is under way and the bot that it is wanted; without an answer in time it lapses."""
    world.interactions[asked.id] = asked
    world.interaction_tokens[asked.token] = asked
    tell(world, asked, "INTERACTION_CREATE", {"id": asked.id})
    world.schedule(world.windows.answer, lambda: lapse(world, asked))
    bot = world.application.id
    world.emit(Event("INTERACTION_CREATE", _payload(world, guild, place, asked), guild.id, only=frozenset({bot})))


def _payload(world: World, guild: Guild, place: Json, asked: Interaction) -> Json:
    user_id = asked.user_id
    granted = str(int(guild.granted_in(user_id, place)))
    shown: dict[str, Any] = {
        "id": asked.id,
        "application_id": world.application.id,
        "type": asked.kind,
        "data": asked.data,
        "guild": {"id": guild.id, "locale": guild.settings["preferred_locale"], "features": []},
        "guild_id": guild.id,
        "channel": {**shapes.channel(world, place), "permissions": granted},
        "channel_id": asked.channel_id,
        "member": {**shapes.member(world, guild, user_id), "permissions": granted},
        "token": asked.token,
        "version": 1,
        "app_permissions": str(int(guild.granted_in(world.application.id, place))),
        "locale": world.locales.get(user_id, "nl"),
        "guild_locale": guild.settings["preferred_locale"],
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": {"0": guild.id},
        "context": 0,
        "attachment_size_limit": _SIZE_LIMIT,
    }
    if asked.message is not None:
        shown["message"] = shapes.message(world, asked.message)
    return shown


def tell(world: World, asked: Interaction, name: str, data: Json) -> None:
    """Tell the member alone how their interaction fares."""
    nonce: Json = {} if asked.nonce is None else {"nonce": asked.nonce}
    world.emit(Event(name, {**data, **nonce}, asked.guild_id, only=frozenset({asked.user_id})))


def lapse(world: World, asked: Interaction) -> None:
    """Give up on an interaction the bot did not answer in time."""
    if not asked.answered and not asked.lapsed:
        asked.lapsed = True
        tell(world, asked, "INTERACTION_FAILURE", {"id": asked.id, "reason_code": 2})
