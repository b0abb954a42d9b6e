"""Messages that belong to an interaction, ephemeral or not, and who hears of them."""

from bot.sandbox import shapes
from bot.sandbox.acts import messages, threads
from bot.sandbox.events import Event
from bot.sandbox.interactions import Interaction
from bot.sandbox.kinds import THREADS, InteractionType, MessageFlag, MessageType
from bot.sandbox.refusals import Code, refuse
from bot.sandbox.wire import Json
from bot.sandbox.world import Actor, World


def put(world: World, asked: Interaction, body: Json, payload: Json, *, original: str | None = None) -> Json:
    """Put a message of an interaction where it belongs: in the channel, or before one member's eyes only."""
    guild = world.guilds[asked.guild_id]
    place = guild.place(asked.channel_id)
    bot = world.application.id
    metadata = dict(asked.metadata)
    if original:
        metadata["original_response_message_id"] = original
    extra: Json = {"application_id": bot, "webhook_id": bot, "interaction_metadata": metadata, **_kind(asked)}
    if not original and asked.nonce is not None:
        extra["nonce"] = asked.nonce
    stored = messages.compose(world, guild, place, bot, body, payload, extra)
    if stored["flags"] & MessageFlag.EPHEMERAL:
        world.whispers[stored["id"]] = (asked.user_id, stored)
        tell(world, asked, "MESSAGE_CREATE", stored)
        return stored
    if place["type"] in THREADS:
        threads.open_for(world, guild, place, Actor(bot, bot=True))
    messages.post(world, guild, place, stored)
    return stored


def _kind(asked: Interaction) -> Json:
    if asked.kind == InteractionType.APPLICATION_COMMAND:
        typed = asked.data["type"] == 1
        return {"type": int(MessageType.CHAT_INPUT_COMMAND if typed else MessageType.CONTEXT_MENU_COMMAND)}
    source = asked.message
    if source is None or source["flags"] & MessageFlag.EPHEMERAL:
        return {}
    pointed = {
        "type": 0,
        "channel_id": asked.channel_id,
        "message_id": source["id"],
        "guild_id": asked.guild_id,
    }
    return {"type": int(MessageType.REPLY), "message_reference": pointed}


def find(world: World, asked: Interaction, message_id: str) -> Json:
    """Find a message of an interaction; 10008 when it is gone."""
    whisper = world.whispers.get(message_id)
    if whisper is not None:
        return whisper[1]
    stored = world.history[asked.channel_id].get(message_id)
    if stored is None:
        raise refuse(Code.UNKNOWN_MESSAGE)
    return stored


def tell(world: World, asked: Interaction, name: str, stored: Json) -> None:
    """Emit a message event, to one member alone when the message is theirs alone."""
    guild = world.guilds[asked.guild_id]
    owner = world.whispers.get(stored["id"], (None,))[0]
    if owner is None:
        messages.tell(world, guild, name, stored)
        return
    data = shapes.message_event(world, guild, stored)
    world.emit(Event(name, data, guild.id, only=frozenset({owner})))


def remove(world: World, asked: Interaction, stored: Json) -> None:
    """Take a message of an interaction away."""
    owner, _ = world.whispers.pop(stored["id"], (None, None))
    if owner is None:
        messages.delete(world, Actor(world.application.id, bot=True), asked.channel_id, stored["id"])
        return
    data = {"id": stored["id"], "channel_id": asked.channel_id, "guild_id": asked.guild_id}
    world.emit(Event("MESSAGE_DELETE", data, asked.guild_id, only=frozenset({owner})))
