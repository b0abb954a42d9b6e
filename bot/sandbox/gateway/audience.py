"""Cutting an event to one listener: whether they hear it, and what of it they may read. Pure."""

from bot.sandbox import shapes
from bot.sandbox.events import Event
from bot.sandbox.kinds import Intents
from bot.sandbox.refusals import Refusal
from bot.sandbox.wire import Json, rows
from bot.sandbox.world import Actor, World

_CHANNELS = ("CHANNEL_CREATE", "CHANNEL_UPDATE", "CHANNEL_DELETE")
_READ = ("MESSAGE_CREATE", "MESSAGE_UPDATE")


def heard(world: World, event: Event, listener: Actor, intents: Intents) -> Json | None:
    """Return the event's data as this listener gets it, None when it is not for them."""
    if event.only is not None and listener.user_id not in event.only:
        return None
    if listener.bot and event.intent and not event.intent & intents:
        # One's own membership is told without the members intent.
        own = event.name == "GUILD_MEMBER_UPDATE" and event.data["user"]["id"] == listener.user_id
        if not own:
            return None
    if not _sees(world, event, listener):
        return None
    if event.name in _READ:
        return _readable(event.data, listener, intents)
    return event.data


def _sees(world: World, event: Event, listener: Actor) -> bool:
    if event.guild_id is None:
        return True
    guild = world.guilds[event.guild_id]
    if listener.user_id not in guild.members:
        return False
    # Bots are told of all channels; members only of those they see.
    if event.channel_id is None or (listener.bot and event.name in _CHANNELS):
        return True
    try:
        return bool(guild.granted_in(listener.user_id, guild.place(event.channel_id)))
    except Refusal:
        return False


def _readable(data: Json, listener: Actor, intents: Intents) -> Json:
    own = data["author"]["id"] == listener.user_id
    mentioned = any(user["id"] == listener.user_id for user in rows(data, "mentions"))
    if not listener.bot or own or mentioned or intents & Intents.MESSAGE_CONTENT:
        return data
    return shapes.without_content(data)
