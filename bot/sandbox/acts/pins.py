"""Pinned messages: at most 250 a channel, by who has PIN_MESSAGES, each leaving a notice."""

from bot.sandbox import shapes
from bot.sandbox.acts import messages
from bot.sandbox.events import Event
from bot.sandbox.forms import page
from bot.sandbox.guilds import Guild
from bot.sandbox.kinds import Intents, MessageType
from bot.sandbox.permissions import Permissions
from bot.sandbox.refusals import Code, refuse
from bot.sandbox.wire import Json, iso
from bot.sandbox.world import Actor, World

MAX_PINS = 250
_SYSTEM = (MessageType.CHANNEL_PINNED_MESSAGE, MessageType.THREAD_CREATED, MessageType.THREAD_STARTER_MESSAGE)


def pin(world: World, actor: Actor, channel_id: str, message_id: str) -> None:
    """Pin a message; again changes nothing."""
    guild, place, stored = _target(world, actor, channel_id, message_id)
    pinned = world.pins[channel_id]
    if message_id in pinned:
        return
    if stored["type"] in _SYSTEM:
        raise refuse(Code.SYSTEM_MESSAGE)
    if len(pinned) >= MAX_PINS:
        raise refuse(Code.MAX_PINS)
    now = iso(world.clock())
    pinned[message_id] = now
    stored["pinned"] = True
    place["last_pin_timestamp"] = now
    _tell(world, guild, place, stored)
    pointed: Json = {"type": 0, "channel_id": channel_id, "message_id": message_id, "guild_id": guild.id}
    kind = MessageType.CHANNEL_PINNED_MESSAGE
    messages.notice(world, guild, place, actor.user_id, kind, {"message_reference": pointed})


def unpin(world: World, actor: Actor, channel_id: str, message_id: str) -> None:
    """Unpin a message."""
    guild, place, stored = _target(world, actor, channel_id, message_id)
    if world.pins[channel_id].pop(message_id, None) is None:
        raise refuse(Code.UNKNOWN_MESSAGE)
    stored["pinned"] = False
    _tell(world, guild, place, stored)


def _target(world: World, actor: Actor, channel_id: str, message_id: str) -> tuple[Guild, Json, Json]:
    guild, place = world.enter(channel_id, actor, Permissions.PIN_MESSAGES | Permissions.READ_MESSAGE_HISTORY)
    messages.refuse_archived(place)
    return guild, place, world.message(channel_id, message_id)


def _tell(world: World, guild: Guild, place: Json, stored: Json) -> None:
    messages.tell(world, guild, "MESSAGE_UPDATE", stored)
    data: Json = {
        "guild_id": guild.id,
        "channel_id": place["id"],
        "last_pin_timestamp": place.get("last_pin_timestamp"),
    }
    world.emit(Event("CHANNEL_PINS_UPDATE", data, guild.id, Intents.GUILDS, place["id"]))


def listing(world: World, actor: Actor, channel_id: str, query: dict[str, str]) -> Json:
    """List pins, the last pinned first, paged by `before` and `limit`."""
    world.enter(channel_id, actor, Permissions.READ_MESSAGE_HISTORY)
    limit = page(query, 50, 50)
    before = query.get("before")
    found = [(when, key) for key, when in world.pins[channel_id].items() if before is None or when < before]
    found.sort(reverse=True)
    items = [
        {"pinned_at": when, "message": shapes.message(world, world.message(channel_id, key), actor)}
        for when, key in found[:limit]
    ]
    return {"items": items, "has_more": len(found) > limit}


def old_listing(world: World, actor: Actor, channel_id: str) -> list[Json]:
    """List at most fifty pins in the manner of before 2025."""
    return [item["message"] for item in listing(world, actor, channel_id, {})["items"]]
