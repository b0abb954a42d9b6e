"""Objects as Discord shows them, made from what the world holds. Every function returns a fresh object."""

from typing import Any

from bot.sandbox.guilds import Guild
from bot.sandbox.kinds import THREADS, MessageFlag, MessageType
from bot.sandbox.wire import Json, rows
from bot.sandbox.world import Actor, World


def user(world: World, user_id: str) -> Json:
    """Show a user."""
    return dict(world.users[user_id])


def own_user(world: World, user_id: str) -> Json:
    """Show somebody their own account."""
    locale = world.locales.get(user_id, "en-US")
    return {**user(world, user_id), "mfa_enabled": False, "locale": locale, "premium_type": 0, "verified": True}


def member(world: World, guild: Guild, user_id: str) -> Json:
    """Show a member with their user inside."""
    return {**guild.members[user_id], "user": user(world, user_id)}


def bare_member(guild: Guild, user_id: str) -> Json:
    """Show a member as events carry them beside a user."""
    return dict(guild.members[user_id])


def application(world: World) -> Json:
    """Show the bot's application to itself."""
    app = world.application
    return {
        "id": app.id,
        "name": app.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": user(world, app.id),
        "bot_public": False,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 1 << 19 | 1 << 15,
        "flags_new": str(1 << 19 | 1 << 15),
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": user(world, app.owner_id),
        "approximate_guild_count": len(world.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": [],
    }


def guild(home: Guild) -> Json:
    """Show a guild's settings and roles."""
    return {**home.settings, "roles": [dict(role) for role in home.roles.values()]}


def counted_guild(home: Guild) -> Json:
    """Show a guild with how many are in it."""
    count = len(home.members)
    return {**guild(home), "approximate_member_count": count, "approximate_presence_count": count}


def channel(world: World, place: Json, viewer: Actor | None = None) -> Json:
    """Show a channel or thread; a thread tells its viewer whether they joined."""
    if place["type"] not in THREADS:
        return dict(place)
    shown = {**place, "thread_metadata": dict(place["thread_metadata"])}
    joined = world.thread_members[place["id"]]
    shown["member_count"] = min(len(joined), 50)
    if viewer is not None and viewer.user_id in joined:
        shown["member"] = dict(joined[viewer.user_id])
    return shown


def message(world: World, stored: Json, viewer: Actor | None = None) -> Json:
    """Show a message with what hangs on it now: its thread, its reactions, what it answers to."""
    shown = {key: value for key, value in stored.items() if not key.startswith("_")}
    home = next((g for g in world.guilds.values() if stored["id"] in g.threads), None)
    if home is not None and stored["flags"] & MessageFlag.HAS_THREAD:
        shown["thread"] = channel(world, home.threads[stored["id"]], viewer)
    if stored.get("_reactions"):
        shown["reactions"] = _reactions(stored, viewer)
    if stored["type"] == MessageType.REPLY:
        reference = stored["message_reference"]
        target = world.history[reference["channel_id"]].get(reference["message_id"])
        shown["referenced_message"] = message(world, {**target, "type": 0}, viewer) if target else None
    return shown


def _reactions(stored: Json, viewer: Actor | None) -> list[Json]:
    given: dict[str, list[str]] = stored["_reactions"]
    return [
        {
            "emoji": {"id": None, "name": emoji},
            "count": len(users),
            "count_details": {"burst": 0, "normal": len(users)},
            "burst_colors": [],
            "me_burst": False,
            "burst_me": False,
            "burst_count": 0,
            "me": viewer is not None and viewer.user_id in users,
        }
        for emoji, users in given.items()
    ]


def message_event(world: World, home: Guild, stored: Json) -> Json:
    """Show a message as the gateway carries it: with its guild and its author's membership."""
    author = stored["author"]["id"]
    shown = {**message(world, stored), "guild_id": home.id}
    if author in home.members:
        shown["member"] = bare_member(home, author)
    return shown


def without_content(shown: Json) -> Json:
    """Blank what a bot without the MESSAGE_CONTENT intent does not get to read."""
    return {**shown, "content": "", "embeds": [], "attachments": [], "components": []}


def command(stored: Json, *, localizations: bool) -> Json:
    """Show a command, its localisations only where asked for."""
    if localizations:
        return dict(stored)
    return _bare(stored)


def _bare(node: Json) -> Json:
    shown: dict[str, Any] = {key: value for key, value in node.items() if not key.endswith("_localizations")}
    for key in ("options", "choices"):
        if key in shown:
            shown[key] = [_bare(child) for child in rows(shown, key)]
    return shown
