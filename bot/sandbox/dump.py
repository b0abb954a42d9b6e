"""What stands in the world, written out for people and tests; and the door: where to knock and with which key."""

from bot.sandbox import shapes
from bot.sandbox.guilds import Guild
from bot.sandbox.loopback import Loopback
from bot.sandbox.wire import Json, strings
from bot.sandbox.world import World


def dump(world: World, guild_id: str | None = None) -> Json:
    """Write out a guild (the first, unless told which) with everything in it, the commands and the calls.

    All of it is in Discord's own shapes.
    """
    guild = world.guilds[guild_id] if guild_id is not None else _first(world)
    places = [*guild.channels, *guild.threads]
    return {
        "guild": shapes.guild(guild),
        "channels": [shapes.channel(world, channel) for channel in guild.channels.values()],
        "threads": [shapes.channel(world, thread) for thread in guild.threads.values()],
        "messages": {
            place: [shapes.message(world, stored) for stored in world.history[place].values()]
            for place in places
            if world.history.get(place)
        },
        "pins": {place: list(world.pins[place]) for place in places if world.pins.get(place)},
        "commands": [dict(stored) for stored in world.application.commands.values()],
        "calls": [dict(call) for call in world.calls],
    }


def door(loopback: Loopback) -> Json:
    """Write out addresses, ids and tokens of a running server."""
    world = loopback.world
    guild = _first(world)
    named = {role_id: role["name"] for role_id, role in guild.roles.items()}
    return {
        "api": loopback.api_url,
        "gateway": loopback.gateway_url,
        "guild_id": guild.id,
        "application_id": world.application.id,
        "bot_token": world.application.token,
        "roles": {name: role_id for role_id, name in named.items()},
        "users": {
            world.users[user_id]["username"]: {
                "id": user_id,
                "token": token,
                "roles": [named[role_id] for role_id in strings(guild.members[user_id], "roles")],
            }
            for token, user_id in world.user_tokens.items()
            if user_id in guild.members
        },
    }


def _first(world: World) -> Guild:
    return next(iter(world.guilds.values()))
