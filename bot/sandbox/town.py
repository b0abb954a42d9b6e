"""Guilds ready for use: invented branches with their roles, their people, a channel and the bot."""

import secrets
import time
from collections.abc import Callable

from bot.sandbox.acts.members import role_object
from bot.sandbox.guilds import Guild
from bot.sandbox.kinds import ChannelType
from bot.sandbox.permissions import Permissions
from bot.sandbox.wire import Json, iso
from bot.sandbox.world import Application, World

P = Permissions
EVERYONE = (
    P.CREATE_INSTANT_INVITE
    | P.ADD_REACTIONS
    | P.STREAM
    | P.VIEW_CHANNEL
    | P.SEND_MESSAGES
    | P.EMBED_LINKS
    | P.ATTACH_FILES
    | P.READ_MESSAGE_HISTORY
    | P.USE_EXTERNAL_EMOJIS
    | P.CONNECT
    | P.SPEAK
    | P.USE_VAD
    | P.CHANGE_NICKNAME
    | P.USE_APPLICATION_COMMANDS
    | P.CREATE_PUBLIC_THREADS
    | P.SEND_MESSAGES_IN_THREADS
    | P.USE_EXTERNAL_STICKERS
    | P.SEND_POLLS
)
BOT = (
    P.VIEW_CHANNEL
    | P.SEND_MESSAGES
    | P.SEND_MESSAGES_IN_THREADS
    | P.CREATE_PUBLIC_THREADS
    | P.MANAGE_CHANNELS
    | P.MANAGE_ROLES
    | P.MANAGE_THREADS
    | P.MANAGE_MESSAGES
    | P.PIN_MESSAGES
    | P.EMBED_LINKS
    | P.ATTACH_FILES
    | P.READ_MESSAGE_HISTORY
)
ROLES = ("lid", "secretaris", "programmacommissie", "vergaderleiding", "beheer")
PEOPLE: dict[str, tuple[str, tuple[str, ...]]] = {
    "lid": ("Wilgje Waterkant", ("lid",)),
    "lid2": ("Teun Terpstede", ("lid",)),
    "secretaris": ("Sietske Sluiswijk", ("lid", "secretaris")),
    "commissie": ("Cas Kadewold", ("lid", "programmacommissie")),
    "voorzitter": ("Vera Veenhuizer", ("lid", "vergaderleiding")),
    "beheerder": ("Bram Brinkmeer", ("lid", "beheer")),
    "gast": ("Gijs Grienduin", ()),
}


# The same people play other parts next door; the one who is nobody here leads there.
NEIGHBOURS: dict[str, tuple[str, ...]] = {
    "lid": ("lid",),
    "secretaris": ("lid",),
    "beheerder": (),
    "gast": ("lid", "beheer"),
}


def town(clock: Callable[[], float] = time.time) -> World:
    """Build the guild "Afdeling Zilverdijk" with everybody in it, nothing of the bot's in place yet."""
    world = World(Application("0", "Programmabrug", secrets.token_urlsafe(32), "0"), clock=clock)
    owner = _user(world, "oprichter", "Olga Oeverland")
    application = Application(world.ids.mint(), "Programmabrug", secrets.token_urlsafe(32), owner)
    world.application = application
    world.users[application.id] = _account(application.id, "programmabrug", None, bot=True)
    people = {_user(world, name, shown): held for name, (shown, held) in PEOPLE.items()}
    _branch(world, "Afdeling Zilverdijk", owner, people)
    join_bot(world, next(iter(world.guilds.values())))
    return world


def neighbour(world: World) -> Guild:
    """Build the guild "Afdeling Boterveen" beside it, with some of the same people in it, and without the bot."""
    owner = next(user_id for user_id, user in world.users.items() if user["username"] == "oprichter")
    ids = {str(user["username"]): user_id for user_id, user in world.users.items()}
    return _branch(world, "Afdeling Boterveen", owner, {ids[name]: held for name, held in NEIGHBOURS.items()})


def join_bot(world: World, guild: Guild) -> None:
    """Put the bot in a guild, with the role that its invitation makes."""
    role_id = world.ids.mint()
    own: Json = {"managed": True, "tags": {"bot_id": world.application.id}}
    guild.roles[role_id] = role_object(role_id, world.application.name, BOT, len(ROLES) + 1, own)
    _join(world, guild, world.application.id, [role_id])


def _branch(world: World, name: str, owner: str, people: dict[str, tuple[str, ...]]) -> Guild:
    guild = _guild(world, name, owner)
    roles = _roles(world, guild)
    _join(world, guild, owner, [])
    for user_id, held in people.items():
        _join(world, guild, user_id, [roles[role] for role in held])
    channel_id = world.ids.mint()
    guild.channels[channel_id] = _channel(guild, channel_id)
    guild.settings["system_channel_id"] = channel_id
    return guild


def _account(user_id: str, name: str, shown: str | None, *, bot: bool = False) -> Json:
    account: Json = {
        "id": user_id,
        "username": name,
        "global_name": shown,
        "avatar": None,
        "discriminator": "0" if not bot else "4321",
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    }
    return {**account, "bot": True} if bot else account


def _user(world: World, name: str, shown: str) -> str:
    user_id = world.ids.mint()
    world.users[user_id] = _account(user_id, name, shown)
    world.user_tokens[secrets.token_urlsafe(32)] = user_id
    world.locales[user_id] = "nl"
    return user_id


def _join(world: World, guild: Guild, user_id: str, roles: list[str]) -> None:
    guild.members[user_id] = {
        "avatar": None,
        "banner": None,
        "communication_disabled_until": None,
        "flags": 0,
        "joined_at": iso(world.clock()),
        "nick": None,
        "pending": False,
        "premium_since": None,
        "roles": roles,
        "mute": False,
        "deaf": False,
    }


def _roles(world: World, guild: Guild) -> dict[str, str]:
    guild.roles[guild.id] = role_object(guild.id, "@everyone", EVERYONE, 0)
    ids: dict[str, str] = {}
    for position, name in enumerate(ROLES, start=1):
        ids[name] = world.ids.mint()
        granted = P.MANAGE_GUILD if name == "beheer" else P(0)
        guild.roles[ids[name]] = role_object(ids[name], name, granted, position, {"mentionable": True})
    return ids


def _channel(guild: Guild, channel_id: str) -> Json:
    return {
        "id": channel_id,
        "type": int(ChannelType.GUILD_TEXT),
        "guild_id": guild.id,
        "parent_id": None,
        "name": "algemeen",
        "topic": None,
        "position": 0,
        "permission_overwrites": [],
        "nsfw": False,
        "flags": 0,
        "rate_limit_per_user": 0,
        "last_message_id": None,
    }


def _guild(world: World, name: str, owner: str) -> Guild:
    guild_id = world.ids.mint()
    empty = (
        "icon description home_header splash discovery_splash banner application_id afk_channel_id system_channel_id "
        "widget_channel_id max_presences vanity_url_code rules_channel_id safety_alerts_channel_id "
        "public_updates_channel_id incidents_data"
    )
    settings: Json = {
        "id": guild_id,
        "name": name,
        "owner_id": owner,
        "features": [],
        "region": "rotterdam",
        "afk_timeout": 300,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "verification_level": 0,
        "default_message_notifications": 0,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_members": 500000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": "nl",
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "nsfw_level": 0,
        "emojis": [],
        "stickers": [],
        **dict.fromkeys(empty.split()),
    }
    guild = Guild(guild_id, settings)
    world.guilds[guild_id] = guild
    return guild
