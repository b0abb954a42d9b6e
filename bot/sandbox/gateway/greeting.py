"""The first things a listener is told: READY, and each guild as they may see it."""

from bot.sandbox import shapes
from bot.sandbox.guilds import Guild
from bot.sandbox.kinds import Intents
from bot.sandbox.wire import Json, iso, strings
from bot.sandbox.world import Actor, World


def ready(world: World, listener: Actor, session_id: str, gateway_url: str) -> Json:
    """Show who they are and which guilds follow; a member gets the guilds at once."""
    guilds = [guild for guild in world.guilds.values() if listener.user_id in guild.members]
    data: Json = {
        "v": 10,
        "user": shapes.own_user(world, listener.user_id),
        "session_id": session_id,
        "session_type": "normal",
        "resume_gateway_url": gateway_url,
        "private_channels": [],
        "relationships": [],
    }
    if listener.bot:
        data["application"] = {"id": world.application.id, "flags": shapes.application(world)["flags"]}
        data["guilds"] = [{"id": guild.id, "unavailable": True} for guild in guilds]
    else:
        data["user_settings"] = {"locale": world.locales.get(listener.user_id, "nl")}
        data["guilds"] = [guild_create(world, guild, listener, Intents(0)) for guild in guilds]
    return data


def guild_create(world: World, guild: Guild, listener: Actor, intents: Intents) -> Json:
    """Show a whole guild: channels, active threads they see, and the members they may know of."""
    all_members = not listener.bot or bool(intents & Intents.GUILD_MEMBERS)
    shown_members = list(guild.members) if all_members else [listener.user_id]
    channels = [
        dict(channel)
        for channel in guild.channels.values()
        if listener.bot or guild.granted_in(listener.user_id, channel)
    ]
    threads = [
        shapes.channel(world, thread, listener)
        for thread in guild.active_threads()
        if guild.granted_in(listener.user_id, thread)
    ]
    return {
        **shapes.guild(guild),
        "joined_at": iso(world.clock()),
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "voice_states": [],
        "members": [shapes.member(world, guild, user_id) for user_id in shown_members],
        "channels": channels,
        "threads": threads,
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def member_chunks(world: World, asked: Json, intents: Intents) -> list[Json]:
    """Answer a request for members (opcode 8); all of them only with the members intent."""
    guild = world.guilds.get(str(asked.get("guild_id")))
    if guild is None:
        return []
    wanted = asked.get("user_ids")
    names = strings(asked, "user_ids") if isinstance(wanted, list) else None
    query = str(asked.get("query") or "").lower()
    if names is None and not query and not intents & Intents.GUILD_MEMBERS:
        found: list[str] = []
    else:
        found = [key for key in guild.members if _wanted(world, key, names, query)]
    limit = int(asked.get("limit") or 0) or len(found)
    chunk: Json = {
        "guild_id": guild.id,
        "members": [shapes.member(world, guild, key) for key in found[:limit]],
        "chunk_index": 0,
        "chunk_count": 1,
        "not_found": [key for key in names or [] if key not in guild.members],
    }
    if asked.get("nonce"):
        chunk["nonce"] = asked["nonce"]
    return [chunk]


def _wanted(world: World, user_id: str, names: list[str] | None, query: str) -> bool:
    if names is not None:
        return user_id in names
    return str(world.users[user_id]["username"]).lower().startswith(query)
