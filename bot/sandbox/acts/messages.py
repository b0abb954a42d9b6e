"""Messages: send, edit, delete, list, and the notices the server itself leaves."""

from typing import Any

from bot.sandbox import shapes
from bot.sandbox.acts import threads
from bot.sandbox.acts.files import Upload, attach
from bot.sandbox.acts.mentions import mentioned
from bot.sandbox.events import Event
from bot.sandbox.forms import Form, Notes, invalid
from bot.sandbox.guilds import Guild
from bot.sandbox.kinds import MESSAGEABLE, THREADS, Intents, MessageType
from bot.sandbox.permissions import Permissions
from bot.sandbox.refusals import Code, refuse
from bot.sandbox.rules.messages import edited_body, new_body
from bot.sandbox.snowflakes import moment
from bot.sandbox.wire import Json, iso, strings
from bot.sandbox.world import Actor, World

_BULK_AGE = 14 * 24 * 3600.0
_EDITABLE = (MessageType.DEFAULT, MessageType.REPLY, MessageType.CHAT_INPUT_COMMAND, MessageType.CONTEXT_MENU_COMMAND)


def send(world: World, actor: Actor, channel_id: str, payload: Json, uploads: dict[str, Upload]) -> Json:
    """Send a message as somebody; a nonce that must be unique returns the message it already made."""
    guild, place = world.enter(channel_id, actor)
    if place["type"] not in MESSAGEABLE:
        raise refuse(Code.WRONG_CHANNEL_TYPE)
    in_thread = place["type"] in THREADS
    world.demand(guild, place, actor, Permissions.SEND_MESSAGES_IN_THREADS if in_thread else Permissions.SEND_MESSAGES)
    nonce = payload.get("nonce")
    key = (actor.user_id, channel_id, str(nonce))
    if nonce is not None and payload.get("enforce_nonce") and key in world.nonces:
        return shapes.message(world, world.message(channel_id, world.nonces[key]), actor)
    _allowed_parts(world, guild, place, actor, payload, uploads)
    form = Form(payload, Notes())
    body = new_body(form, world.ids.mint, attach(world, channel_id, form, uploads))
    extra: Json = _reply(world, channel_id, payload)
    if nonce is not None:
        extra["nonce"] = nonce
    if in_thread:
        threads.open_for(world, guild, place, actor)
    stored = compose(world, guild, place, actor.user_id, body, payload, extra)
    if nonce is not None:
        world.nonces[key] = stored["id"]
    post(world, guild, place, stored)
    return shapes.message(world, stored, actor)


def _allowed_parts(
    world: World, guild: Guild, place: Json, actor: Actor, payload: Json, uploads: dict[str, Upload]
) -> None:
    if uploads:
        world.demand(guild, place, actor, Permissions.ATTACH_FILES)
    if payload.get("embeds"):
        world.demand(guild, place, actor, Permissions.EMBED_LINKS)
    if payload.get("message_reference"):
        world.demand(guild, place, actor, Permissions.READ_MESSAGE_HISTORY)


def _reply(world: World, channel_id: str, payload: Json) -> Json:
    reference: Json | None = payload.get("message_reference")
    if not reference or reference.get("type"):
        return {}
    target_id = str(reference.get("message_id"))
    if target_id not in world.history[channel_id]:
        if reference.get("fail_if_not_exists") is False:
            return {}
        raise invalid(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
    home = world.home(channel_id)
    pointed = {"type": 0, "channel_id": channel_id, "message_id": target_id, "guild_id": home.id}
    return {"type": int(MessageType.REPLY), "message_reference": pointed}


def compose(
    world: World, guild: Guild, place: Json, author: str, body: Json, payload: Json, extra: Json | None = None
) -> Json:
    """Make a message object of a body that was read; it stands nowhere yet."""
    granted = guild.granted_in(author, place)
    message_id = world.ids.mint()
    made: dict[str, Any] = {
        "id": message_id,
        "channel_id": place["id"],
        "type": int(MessageType.DEFAULT),
        "author": shapes.user(world, author),
        "timestamp": iso(moment(message_id)),
        "edited_timestamp": None,
        "tts": False,
        "pinned": False,
        **body,
        **mentioned(world, guild, body, payload.get("allowed_mentions"), granted),
        **(extra or {}),
    }
    reply = made.get("message_reference") if made["type"] == MessageType.REPLY else None
    if reply and (payload.get("allowed_mentions") or {"replied_user": True}).get("replied_user"):
        target: Json = world.history[place["id"]][reference_id(reply)]["author"]
        if target["id"] not in {user["id"] for user in made["mentions"]}:
            made["mentions"].append(dict(target))
    return made


def reference_id(reference: Json) -> str:
    """Return the id of the message a reference points at."""
    return str(reference["message_id"])


def post(world: World, guild: Guild, place: Json, stored: Json) -> None:
    """Put a message in its channel and tell those who see it."""
    if place["type"] in THREADS:
        stored["position"] = place["total_message_sent"]
        if stored["id"] != place["id"]:
            place["message_count"] += 1
            place["total_message_sent"] += 1
        threads.join(world, guild, place, stored["author"]["id"])
    world.history[place["id"]][stored["id"]] = stored
    place["last_message_id"] = stored["id"]
    tell(world, guild, "MESSAGE_CREATE", stored)


def tell(world: World, guild: Guild, name: str, stored: Json) -> None:
    """Emit a message event to those who see its channel."""
    data = shapes.message_event(world, guild, stored)
    world.emit(Event(name, data, guild.id, Intents.GUILD_MESSAGES, stored["channel_id"]))


def notice(world: World, guild: Guild, place: Json, author: str, kind: MessageType, extra: Json) -> None:
    """Leave one of the server's own notices."""
    body: Json = {"content": "", "embeds": [], "components": [], "attachments": [], "flags": 0}
    post(world, guild, place, compose(world, guild, place, author, {**body, **extra}, {}, {"type": int(kind)}))


def edit(
    world: World, actor: Actor, channel_id: str, message_id: str, payload: Json, uploads: dict[str, Upload]
) -> Json:
    """Edit one's own message; others' only as to hiding embeds."""
    guild, place = world.enter(channel_id, actor)
    stored = world.message(channel_id, message_id)
    refuse_archived(place)
    if stored["author"]["id"] != actor.user_id:
        if set(payload) - {"flags"}:
            raise refuse(Code.NOT_AUTHOR)
        world.demand(guild, place, actor, Permissions.MANAGE_MESSAGES)
    if stored["type"] not in _EDITABLE:
        raise refuse(Code.SYSTEM_MESSAGE)
    change(world, guild, place, stored, payload, uploads)
    tell(world, guild, "MESSAGE_UPDATE", stored)
    return shapes.message(world, stored, actor)


def change(
    world: World,
    guild: Guild,
    place: Json,
    stored: Json,
    payload: Json,
    uploads: dict[str, Upload],
    path: tuple[str, ...] = (),
) -> None:
    """Apply an edit to a message, wherever it stands; `path` is where the fields are in the request."""
    form = Form(payload, Notes(), path)
    files: list[Json] | None = None
    if uploads or "attachments" in payload:
        files = attach(world, place["id"], form, uploads, stored["attachments"])
    changes = edited_body(form, stored, world.ids.mint, files)
    stored.update(changes)
    granted = guild.granted_in(stored["author"]["id"], place)
    stored.update(mentioned(world, guild, stored, payload.get("allowed_mentions"), granted))
    stored["edited_timestamp"] = iso(world.clock())


def refuse_archived(place: Json) -> None:
    """Refuse with 50083 what an archived thread does not allow."""
    if place["type"] in THREADS and place["thread_metadata"]["archived"]:
        raise refuse(Code.THREAD_ARCHIVED)


def fetch(world: World, actor: Actor, channel_id: str, message_id: str) -> Json:
    """Get one message."""
    world.enter(channel_id, actor, Permissions.READ_MESSAGE_HISTORY)
    return shapes.message(world, world.message(channel_id, message_id), actor)


def listing(world: World, actor: Actor, channel_id: str, query: dict[str, str]) -> list[Json]:
    """List messages, newest first, around, before or after one."""
    guild, place = world.enter(channel_id, actor)
    if not guild.granted_in(actor.user_id, place) & Permissions.READ_MESSAGE_HISTORY:
        return []
    form = Form(dict(query), Notes())
    limit = form.number("limit", 1, 100) or 50
    for name in ("around", "before", "after"):
        form.snowflake(name)
    form.notes.settle()
    found = _window(sorted(world.history[channel_id], key=int), query, limit)
    return [shapes.message(world, world.history[channel_id][key], actor) for key in reversed(found)]


def _window(ids: list[str], query: dict[str, str], limit: int) -> list[str]:
    if "around" in query:
        middle = int(query["around"])
        older = [key for key in ids if int(key) < middle][-(limit // 2) :]
        newer = [key for key in ids if int(key) >= middle][: limit - len(older)]
        return older + newer
    if "after" in query:
        return [key for key in ids if int(key) > int(query["after"])][:limit]
    if "before" in query:
        ids = [key for key in ids if int(key) < int(query["before"])]
    return ids[-limit:]


def delete(world: World, actor: Actor, channel_id: str, message_id: str) -> None:
    """Delete one's own message, or another's with MANAGE_MESSAGES."""
    guild, place = world.enter(channel_id, actor)
    stored = world.message(channel_id, message_id)
    if stored["author"]["id"] != actor.user_id:
        world.demand(guild, place, actor, Permissions.MANAGE_MESSAGES)
    _remove(world, place, message_id)
    data = {"id": message_id, "channel_id": channel_id, "guild_id": guild.id}
    world.emit(Event("MESSAGE_DELETE", data, guild.id, Intents.GUILD_MESSAGES, channel_id))


def _remove(world: World, place: Json, message_id: str) -> None:
    world.history[place["id"]].pop(message_id, None)
    world.pins[place["id"]].pop(message_id, None)
    if place["type"] in THREADS and message_id != place["id"]:
        place["message_count"] = max(0, place["message_count"] - 1)


def bulk_delete(world: World, actor: Actor, channel_id: str, payload: Json) -> None:
    """Delete 2 to 100 messages younger than two weeks."""
    guild, place = world.enter(channel_id, actor, Permissions.MANAGE_MESSAGES)
    ids = strings(payload, "messages")
    if not 2 <= len(ids) <= 100:
        raise refuse(Code.TOO_FEW_OR_MANY)
    if not all(key.isdecimal() for key in ids):
        raise invalid(("messages",), "NUMBER_TYPE_COERCE", "Value is not snowflake.")
    if any(moment(key) < world.clock() - _BULK_AGE for key in ids):
        raise refuse(Code.TOO_OLD_TO_BULK_DELETE)
    gone = [key for key in ids if key in world.history[channel_id]]
    for key in gone:
        _remove(world, place, key)
    data = {"ids": gone, "channel_id": channel_id, "guild_id": guild.id}
    world.emit(Event("MESSAGE_DELETE_BULK", data, guild.id, Intents.GUILD_MESSAGES, channel_id))


def typing(world: World, actor: Actor, channel_id: str) -> None:
    """Show that somebody is typing."""
    guild, place = world.enter(channel_id, actor)
    needed = Permissions.SEND_MESSAGES_IN_THREADS if place["type"] in THREADS else Permissions.SEND_MESSAGES
    world.demand(guild, place, actor, needed)
    data = {
        "channel_id": channel_id,
        "guild_id": guild.id,
        "user_id": actor.user_id,
        "timestamp": int(world.clock()),
        "member": shapes.member(world, guild, actor.user_id),
    }
    world.emit(Event("TYPING_START", data, guild.id, Intents.GUILD_MESSAGE_TYPING, channel_id))
