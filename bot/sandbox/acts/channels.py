"""Channels: create, edit, reorder, list and delete them."""

import re

from bot.sandbox import shapes
from bot.sandbox.acts import overwrites, threads
from bot.sandbox.events import Event
from bot.sandbox.forms import Form, Notes, invalid
from bot.sandbox.guilds import Guild
from bot.sandbox.kinds import THREADS, ChannelFlag, ChannelType, Intents
from bot.sandbox.permissions import Permissions
from bot.sandbox.refusals import Code, Refusal, refuse
from bot.sandbox.wire import Json, rows
from bot.sandbox.world import Actor, World

MAX_IN_GUILD = 500
MAX_IN_CATEGORY = 50
_CREATABLE = (ChannelType.GUILD_TEXT, ChannelType.GUILD_VOICE, ChannelType.GUILD_CATEGORY, ChannelType.GUILD_FORUM)
_TOPIC = {ChannelType.GUILD_TEXT: 1024, ChannelType.GUILD_FORUM: 4096}
_SLUGGED = (ChannelType.GUILD_TEXT, ChannelType.GUILD_ANNOUNCEMENT, ChannelType.GUILD_FORUM)
_DROPPED = re.compile(r"""[!"#$%&'()*+,./:;<=>?@\[\\\]^`{|}~]""")


def slug(name: str) -> str:
    """Write a name as text and forum channels carry it: lower case, hyphens for spaces, no punctuation."""
    return re.sub(r"-{2,}", "-", _DROPPED.sub("", re.sub(r"\s", "-", name.strip().lower())))


def tell(world: World, guild: Guild, name: str, channel: Json) -> None:
    """Emit a channel event to those who see the channel."""
    world.emit(Event(name, dict(channel), guild.id, Intents.GUILDS, channel["id"]))


def create(world: World, actor: Actor, guild: Guild, payload: Json) -> Json:
    """Create a channel; refused where guild or category is full, or forums are switched off."""
    if not guild.granted(actor.user_id) & Permissions.MANAGE_CHANNELS:
        raise refuse(Code.MISSING_PERMISSIONS)
    form = Form(payload, Notes())
    kind = ChannelType(form.choice("type", _CREATABLE) or ChannelType.GUILD_TEXT)
    if kind == ChannelType.GUILD_FORUM and world.faults.forums_refused:
        raise refuse(Code.WRONG_CHANNEL_TYPE)
    parent_id = _parent(guild, form, None) if kind != ChannelType.GUILD_CATEGORY else None
    read = _fields(world, guild, actor, form, kind, None)
    if "name" not in read:
        form.wrong("name", "BASE_TYPE_REQUIRED", "This field is required")
    form.notes.settle()
    if len(guild.channels) >= MAX_IN_GUILD:
        raise refuse(Code.MAX_CHANNELS)
    channel = _made(world, guild, kind, parent_id, read)
    if parent_id and not rows(payload, "permission_overwrites"):
        inherited = rows(guild.channels[parent_id], "permission_overwrites")
        channel["permission_overwrites"] = [dict(overwrite) for overwrite in inherited]
    guild.channels[channel["id"]] = channel
    tell(world, guild, "CHANNEL_CREATE", channel)
    return shapes.channel(world, channel)


def _made(world: World, guild: Guild, kind: ChannelType, parent_id: str | None, read: Json) -> Json:
    grouped = [other for other in guild.channels.values() if (other["type"] == 4) == (kind == 4)]
    channel: Json = {
        "id": world.ids.mint(),
        "type": int(kind),
        "guild_id": guild.id,
        "parent_id": parent_id,
        "position": max((other["position"] + 1 for other in grouped), default=0),
        "permission_overwrites": [],
        "nsfw": False,
        "flags": 0,
    }
    if kind in _TOPIC:
        channel |= {"topic": None, "rate_limit_per_user": 0, "last_message_id": None}
    if kind == ChannelType.GUILD_FORUM:
        channel |= {
            "available_tags": [],
            "default_reaction_emoji": None,
            "default_sort_order": None,
            "default_forum_layout": 0,
        }
    if kind == ChannelType.GUILD_VOICE:
        channel |= {"bitrate": 64000, "user_limit": 0, "rtc_region": None}
    return channel | read


def _parent(guild: Guild, form: Form, current: str | None) -> str | None:
    parent_id = form.snowflake("parent_id")
    if parent_id is None or parent_id == current:
        return parent_id
    parent = guild.channels.get(parent_id)
    if parent is None or parent["type"] != ChannelType.GUILD_CATEGORY:
        form.wrong("parent_id", "CHANNEL_PARENT_INVALID", "Category does not exist")
        return None
    if guild.in_category(parent_id) >= MAX_IN_CATEGORY:
        form.wrong(
            "parent_id",
            "CHANNEL_PARENT_MAX_CHANNELS",
            f"Maximum number of channels in category reached ({MAX_IN_CATEGORY})",
        )
    return parent_id


def _fields(world: World, guild: Guild, actor: Actor, form: Form, kind: ChannelType, standing: Json | None) -> Json:
    read: Json = {}
    if form.has("name"):
        name = form.text("name", 100, low=1) or ""
        read["name"] = slug(name) if kind in _SLUGGED else name.strip()
        if not read["name"]:
            form.wrong("name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
    if "topic" in form.data and kind in _TOPIC:
        read["topic"] = form.text("topic", _TOPIC[kind]) or None
    for name, high in (
        ("position", 2**31 - 1),
        ("rate_limit_per_user", 21600),
        ("default_thread_rate_limit_per_user", 21600),
    ):
        if form.has(name):
            read[name] = form.number(name, 0, high)
    if form.has("nsfw"):
        read["nsfw"] = form.flag("nsfw")
    if form.has("default_auto_archive_duration"):
        read["default_auto_archive_duration"] = form.choice("default_auto_archive_duration", threads.ARCHIVE_AFTER)
    if "permission_overwrites" in form.data:
        read["permission_overwrites"] = overwrites.read_all(guild, actor, form, standing)
    if kind == ChannelType.GUILD_FORUM:
        read |= _forum_fields(world, form, standing)
    return read


def _forum_fields(world: World, form: Form, standing: Json | None) -> Json:
    read: Json = {}
    for name, choices in (("default_sort_order", (0, 1)), ("default_forum_layout", (0, 1, 2))):
        if name in form.data:
            read[name] = form.choice(name, choices)
    if "default_reaction_emoji" in form.data:
        emoji = form.child("default_reaction_emoji")
        keys = ("emoji_id", "emoji_name")
        read["default_reaction_emoji"] = {key: emoji.data.get(key) for key in keys} if emoji else None
    if form.has("available_tags"):
        read["available_tags"] = _tags(world, form, standing)
    if form.has("flags"):
        read["flags"] = (form.number("flags", 0, 2**31 - 1) or 0) & ChannelFlag.REQUIRE_TAG
    return read


def _tags(world: World, form: Form, standing: Json | None) -> list[Json]:
    known = {str(tag["id"]) for tag in rows(standing or {}, "available_tags")}
    read: list[Json] = []
    for tag in form.forms("available_tags", 20):
        name = tag.text("name", 20, low=1, required=True)
        given = tag.snowflake("id")
        read.append(
            {
                "id": given if given in known else world.ids.mint(),
                "name": name,
                "moderated": bool(tag.flag("moderated")),
                "emoji_id": tag.data.get("emoji_id"),
                "emoji_name": tag.data.get("emoji_name"),
            }
        )
    if len({tag["name"] for tag in read}) < len(read):
        raise Refusal(400, 40061, "Tag names must be unique")
    return read


def edit(world: World, actor: Actor, channel_id: str, payload: Json) -> Json:
    """Edit a channel or thread."""
    guild, place = world.enter(channel_id, actor)
    if place["type"] in THREADS:
        return threads.edit(world, actor, guild, place, payload)
    world.demand(guild, place, actor, Permissions.MANAGE_CHANNELS)
    form = Form(payload, Notes())
    if "parent_id" in payload and place["type"] != ChannelType.GUILD_CATEGORY:
        parent_id = _parent(guild, form, place.get("parent_id"))
        read: Json = {"parent_id": parent_id}
    else:
        read = {}
    read |= _fields(world, guild, actor, form, ChannelType(place["type"]), place)
    form.notes.settle()
    seeing = overwrites.viewers(guild, place)
    place.update(read)
    if "available_tags" in read:
        _drop_tags(guild, place)
    tell(world, guild, "CHANNEL_UPDATE", place)
    overwrites.show_threads(world, guild, place, seeing)
    return shapes.channel(world, place)


def _drop_tags(guild: Guild, forum: Json) -> None:
    known = {tag["id"] for tag in rows(forum, "available_tags")}
    for thread in guild.threads.values():
        if thread["parent_id"] == forum["id"]:
            thread["applied_tags"] = [tag for tag in thread.get("applied_tags", []) if tag in known]


def reorder(world: World, actor: Actor, guild: Guild, moves: list[Json]) -> None:
    """Move channels: their positions and categories."""
    if not guild.granted(actor.user_id) & Permissions.MANAGE_CHANNELS:
        raise refuse(Code.MISSING_PERMISSIONS)
    for move in moves:
        channel = guild.channels.get(str(move.get("id")))
        if channel is None:
            raise invalid(("id",), "CHANNEL_INVALID", "Unknown channel")
        form = Form(move, Notes())
        read: Json = {}
        if "parent_id" in move:
            read["parent_id"] = _parent(guild, form, channel.get("parent_id"))
        if form.has("position"):
            read["position"] = form.number("position", 0, 2**31 - 1)
        form.notes.settle()
        channel.update(read)
        if move.get("lock_permissions") and channel["parent_id"]:
            inherited = rows(guild.channels[channel["parent_id"]], "permission_overwrites")
            channel["permission_overwrites"] = [dict(overwrite) for overwrite in inherited]
        tell(world, guild, "CHANNEL_UPDATE", channel)


def delete(world: World, actor: Actor, channel_id: str) -> Json:
    """Delete a channel with its threads, a thread, or a category without its channels."""
    guild, place = world.enter(channel_id, actor)
    shown = shapes.channel(world, place, actor)
    if place["type"] in THREADS:
        world.demand(guild, place, actor, Permissions.MANAGE_THREADS)
        threads.remove(world, guild, place)
        return shown
    world.demand(guild, place, actor, Permissions.MANAGE_CHANNELS)
    for thread in [thread for thread in guild.threads.values() if thread["parent_id"] == channel_id]:
        threads.remove(world, guild, thread)
    for child in guild.channels.values():
        if child.get("parent_id") == channel_id:
            child["parent_id"] = None
            tell(world, guild, "CHANNEL_UPDATE", child)
    tell(world, guild, "CHANNEL_DELETE", place)
    del guild.channels[channel_id]
    world.history.pop(channel_id, None)
    world.pins.pop(channel_id, None)
    return shown


def listing(world: World, actor: Actor, guild: Guild) -> list[Json]:
    """List a guild's channels: all of them for a bot, those they see for a member."""
    return [
        shapes.channel(world, channel)
        for channel in guild.channels.values()
        if actor.bot or guild.granted_in(actor.user_id, channel)
    ]
