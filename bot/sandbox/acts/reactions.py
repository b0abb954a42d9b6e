"""Reactions, as little as is needed: set, take back, who gave one."""

from bot.sandbox import shapes
from bot.sandbox.acts.messages import refuse_archived
from bot.sandbox.events import Event
from bot.sandbox.kinds import Intents
from bot.sandbox.permissions import Permissions
from bot.sandbox.wire import Json
from bot.sandbox.world import Actor, World


def put(world: World, actor: Actor, channel_id: str, message_id: str, emoji: str) -> None:
    """React to a message; the first of its kind needs ADD_REACTIONS."""
    guild, place = world.enter(channel_id, actor, Permissions.READ_MESSAGE_HISTORY)
    stored = world.message(channel_id, message_id)
    refuse_archived(place)
    given: dict[str, list[str]] = stored.setdefault("_reactions", {})
    if emoji not in given:
        world.demand(guild, place, actor, Permissions.ADD_REACTIONS)
    if actor.user_id not in given.setdefault(emoji, []):
        given[emoji].append(actor.user_id)
        data = _data(guild.id, stored, actor.user_id, emoji)
        data["member"] = shapes.member(world, guild, actor.user_id)
        data["message_author_id"] = stored["author"]["id"]
        world.emit(Event("MESSAGE_REACTION_ADD", data, guild.id, Intents.GUILD_MESSAGE_REACTIONS, channel_id))


def take(world: World, actor: Actor, channel_id: str, message_id: str, emoji: str, user_id: str) -> None:
    """Take back one's own reaction, or another's with MANAGE_MESSAGES."""
    guild, place = world.enter(channel_id, actor)
    if user_id != actor.user_id:
        world.demand(guild, place, actor, Permissions.MANAGE_MESSAGES)
    stored = world.message(channel_id, message_id)
    given: dict[str, list[str]] = stored.setdefault("_reactions", {})
    if user_id not in given.get(emoji, []):
        return
    given[emoji].remove(user_id)
    if not given[emoji]:
        del given[emoji]
    data = _data(guild.id, stored, user_id, emoji)
    world.emit(Event("MESSAGE_REACTION_REMOVE", data, guild.id, Intents.GUILD_MESSAGE_REACTIONS, channel_id))


def users(world: World, actor: Actor, channel_id: str, message_id: str, emoji: str) -> list[Json]:
    """List who gave a reaction."""
    world.enter(channel_id, actor, Permissions.READ_MESSAGE_HISTORY)
    given: dict[str, list[str]] = world.message(channel_id, message_id).get("_reactions", {})
    return [shapes.user(world, user_id) for user_id in given.get(emoji, [])]


def _data(guild_id: str, stored: Json, user_id: str, emoji: str) -> Json:
    return {
        "user_id": user_id,
        "channel_id": stored["channel_id"],
        "message_id": stored["id"],
        "guild_id": guild_id,
        "emoji": {"id": None, "name": emoji},
        "burst": False,
        "type": 0,
    }
