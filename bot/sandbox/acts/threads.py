"""Threads: how they open, close, are joined and edited. Starting one with a message stands in `posts`."""

from datetime import datetime

from bot.sandbox import shapes
from bot.sandbox.events import Event
from bot.sandbox.forms import Form, Notes, page
from bot.sandbox.guilds import Guild
from bot.sandbox.kinds import THREADS, ChannelFlag, ChannelType, Intents
from bot.sandbox.permissions import Permissions
from bot.sandbox.refusals import Code, refuse
from bot.sandbox.snowflakes import moment
from bot.sandbox.wire import Json, iso, rows
from bot.sandbox.world import Actor, World

ARCHIVE_AFTER = (60, 1440, 4320, 10080)
MAX_TAGS = 5
_LOOK_EVERY = 60.0


def tell(world: World, guild: Guild, name: str, thread: Json, extra: Json | None = None) -> None:
    """Emit a thread event to those who see its channel."""
    data = {**shapes.channel(world, thread), **(extra or {})}
    world.emit(Event(name, data, guild.id, Intents.GUILDS, thread["id"]))


def make(world: World, guild: Guild, parent: Json, owner: str, form: Form, *, kind: int, thread_id: str) -> Json:
    """Make a thread object from a request's common fields and put it in the guild; 160006 when there are too many."""
    name = (form.text("name", 100, low=1, required=True) or "").strip()
    minutes = form.choice("auto_archive_duration", ARCHIVE_AFTER)
    slow = form.number("rate_limit_per_user", 0, 21600)
    form.notes.settle()
    refuse_full(world, guild)
    now = iso(world.clock())
    thread: Json = {
        "id": thread_id,
        "type": kind,
        "guild_id": guild.id,
        "parent_id": parent["id"],
        "owner_id": owner,
        "name": name,
        "last_message_id": None,
        "message_count": 0,
        "member_count": 0,
        "total_message_sent": 0,
        "rate_limit_per_user": slow or parent.get("default_thread_rate_limit_per_user") or 0,
        "flags": 0,
        "thread_metadata": {
            "archived": False,
            "archive_timestamp": now,
            "auto_archive_duration": minutes or parent.get("default_auto_archive_duration") or 1440,
            "locked": False,
            "create_timestamp": now,
        },
    }
    if kind == ChannelType.PRIVATE_THREAD:
        thread["thread_metadata"]["invitable"] = form.flag("invitable") is not False
    guild.threads[thread_id] = thread
    return thread


def refuse_full(world: World, guild: Guild) -> None:
    """Refuse one more active thread than the guild may have."""
    if len(guild.active_threads()) >= world.windows.active_threads:
        raise refuse(Code.MAX_ACTIVE_THREADS)


def tags(world: World, guild: Guild, parent: Json, actor: Actor, form: Form) -> list[str]:
    """Read applied tags: at most five, known ones, moderated ones only by who manages threads."""
    given = [str(tag) for tag in form.items("applied_tags", MAX_TAGS)]
    form.notes.settle()
    known = {str(tag["id"]): tag for tag in rows(parent, "available_tags")}
    for tag in given:
        if tag not in known:
            raise refuse(Code.UNKNOWN_TAG)
        if known[tag]["moderated"]:
            world.demand(guild, parent, actor, Permissions.MANAGE_THREADS)
    return given


def open_for(world: World, guild: Guild, thread: Json, actor: Actor) -> None:
    """Wake an archived thread because somebody posts in it; refuse when it is locked for them."""
    metadata = thread["thread_metadata"]
    if metadata["locked"] and not guild.granted_in(actor.user_id, thread) & Permissions.MANAGE_THREADS:
        raise refuse(Code.THREAD_LOCKED)
    if metadata["archived"]:
        refuse_full(world, guild)
        metadata["archived"] = False
        metadata["archive_timestamp"] = iso(world.clock())
        tell(world, guild, "THREAD_UPDATE", thread)


def age(world: World) -> None:
    """Archive the threads nobody posted in for as long as they stay open by themselves; looks once a minute at most."""
    now = world.clock()
    if now - world.aged < _LOOK_EVERY:
        return
    world.aged = now
    for guild in world.guilds.values():
        for thread in guild.active_threads():
            metadata = thread["thread_metadata"]
            woken = datetime.fromisoformat(metadata["archive_timestamp"]).timestamp()
            posted = moment(thread["last_message_id"] or thread["id"])
            if now - max(woken, posted) > metadata["auto_archive_duration"] * 60:
                metadata["archived"] = True
                metadata["archive_timestamp"] = iso(now)
                tell(world, guild, "THREAD_UPDATE", thread)


def join(world: World, guild: Guild, thread: Json, user_id: str) -> None:
    """Add somebody to a thread, once."""
    joined = world.thread_members[thread["id"]]
    if user_id in joined:
        return
    entry: Json = {"id": thread["id"], "user_id": user_id, "join_timestamp": iso(world.clock()), "flags": 0}
    joined[user_id] = entry
    data: Json = {
        "id": thread["id"],
        "guild_id": guild.id,
        "member_count": len(joined),
        "added_members": [{**entry, "member": shapes.member(world, guild, user_id), "presence": None}],
    }
    world.emit(Event("THREAD_MEMBERS_UPDATE", data, guild.id, Intents.GUILDS, thread["id"]))


def leave(world: World, guild: Guild, thread: Json, user_id: str) -> None:
    """Take somebody out of a thread."""
    if world.thread_members[thread["id"]].pop(user_id, None) is None:
        return
    data: Json = {
        "id": thread["id"],
        "guild_id": guild.id,
        "member_count": len(world.thread_members[thread["id"]]),
        "removed_member_ids": [user_id],
    }
    world.emit(Event("THREAD_MEMBERS_UPDATE", data, guild.id, Intents.GUILDS, thread["id"]))


def edit(world: World, actor: Actor, guild: Guild, thread: Json, payload: Json) -> Json:
    """Edit a thread. Archived ones take nothing but waking, alone or with the rest."""
    form = Form(payload, Notes())
    metadata = thread["thread_metadata"]
    wakes = metadata["archived"] and form.flag("archived") is False
    if metadata["archived"] and not wakes and set(payload) - {"archived", "locked"}:
        raise refuse(Code.THREAD_ARCHIVED)
    _may_edit(world, actor, guild, thread, payload)
    changes: Json = {}
    if form.has("name"):
        changes["name"] = (form.text("name", 100, low=1) or "").strip()
    if form.has("rate_limit_per_user"):
        changes["rate_limit_per_user"] = form.number("rate_limit_per_user", 0, 21600)
    times: Json = _metadata(form)
    form.notes.settle()
    parent = guild.channels[thread["parent_id"]]
    if "applied_tags" in payload:
        if parent["type"] != ChannelType.GUILD_FORUM:
            raise refuse(Code.WRONG_CHANNEL_TYPE)
        changes["applied_tags"] = tags(world, guild, parent, actor, form)
    if form.has("flags"):
        changes["flags"] = _pinned(guild, thread, form)
    if wakes:
        refuse_full(world, guild)
    if times.get("archived", metadata["archived"]) != metadata["archived"]:
        metadata["archive_timestamp"] = iso(world.clock())
    thread.update(changes)
    metadata.update(times)
    tell(world, guild, "THREAD_UPDATE", thread)
    return shapes.channel(world, thread, actor)


def _metadata(form: Form) -> Json:
    times: Json = {name: form.flag(name) for name in ("archived", "locked", "invitable") if form.has(name)}
    if form.has("auto_archive_duration"):
        times["auto_archive_duration"] = form.choice("auto_archive_duration", ARCHIVE_AFTER)
    return times


def _may_edit(world: World, actor: Actor, guild: Guild, thread: Json, payload: Json) -> None:
    manages = bool(guild.granted_in(actor.user_id, thread) & Permissions.MANAGE_THREADS)
    if manages:
        return
    world.demand(guild, thread, actor, Permissions.SEND_MESSAGES_IN_THREADS)
    if thread["owner_id"] == actor.user_id:
        allowed = {"name", "archived", "auto_archive_duration", "applied_tags", "invitable"}
    else:
        allowed = {"archived"} if payload.get("archived") is False else set[str]()
    if thread["thread_metadata"]["locked"] or set(payload) - allowed:
        raise refuse(Code.MISSING_PERMISSIONS)


def _pinned(guild: Guild, thread: Json, form: Form) -> int:
    pinned = ChannelFlag(form.number("flags", 0, 2**31) or 0) & ChannelFlag.PINNED
    others = [other for other in guild.threads.values() if other["parent_id"] == thread["parent_id"]]
    if pinned and any(other["flags"] & ChannelFlag.PINNED and other is not thread for other in others):
        raise refuse(Code.MAX_PINNED_THREADS)
    return int(pinned)


def remove(world: World, guild: Guild, thread: Json) -> None:
    """Delete a thread with everything in it."""
    del guild.threads[thread["id"]]
    for shelf in (world.history, world.pins, world.thread_members):
        shelf.pop(thread["id"], None)
    data = {key: thread[key] for key in ("id", "guild_id", "parent_id", "type")}
    world.emit(Event("THREAD_DELETE", data, guild.id, Intents.GUILDS, thread["parent_id"]))


def active(world: World, actor: Actor, guild: Guild) -> Json:
    """List a guild's active threads that somebody sees."""
    seen = [
        thread
        for thread in guild.active_threads()
        if guild.granted_in(actor.user_id, thread) & Permissions.VIEW_CHANNEL
    ]
    return _listed(world, actor, sorted(seen, key=lambda thread: -int(thread["id"])), more=False)


def archived(world: World, actor: Actor, channel_id: str, query: dict[str, str], *, private: bool) -> Json:
    """List a channel's archived threads, the last archived first, paged by `before` and `limit`."""
    needed = Permissions.READ_MESSAGE_HISTORY | (Permissions.MANAGE_THREADS if private else Permissions(0))
    guild, _ = world.enter(channel_id, actor, needed)
    limit = page(query, 100, 50)
    before = query.get("before")
    found = [
        thread
        for thread in guild.threads.values()
        if thread["parent_id"] == channel_id
        and thread["thread_metadata"]["archived"]
        and (thread["type"] == ChannelType.PRIVATE_THREAD) == private
        and (before is None or thread["thread_metadata"]["archive_timestamp"] < before)
    ]
    found.sort(key=lambda thread: thread["thread_metadata"]["archive_timestamp"], reverse=True)
    return _listed(world, actor, found[:limit], more=len(found) > limit)


def _listed(world: World, actor: Actor, found: list[Json], *, more: bool) -> Json:
    joined = [world.thread_members[thread["id"]].get(actor.user_id) for thread in found]
    return {
        "threads": [shapes.channel(world, thread, actor) for thread in found],
        "members": [dict(entry) for entry in joined if entry],
        "has_more": more,
    }


def thread_of(world: World, actor: Actor, channel_id: str) -> tuple[Guild, Json]:
    """Find a thread for somebody; 50024 where the channel is none."""
    guild, place = world.enter(channel_id, actor)
    if place["type"] not in THREADS:
        raise refuse(Code.WRONG_CHANNEL_TYPE)
    return guild, place


def set_member(world: World, actor: Actor, channel_id: str, user_id: str, *, joins: bool) -> None:
    """Join or leave a thread, oneself or another."""
    guild, thread = thread_of(world, actor, channel_id)
    if thread["thread_metadata"]["archived"]:
        raise refuse(Code.THREAD_ARCHIVED)
    if user_id not in guild.members:
        raise refuse(Code.UNKNOWN_MEMBER)
    if user_id != actor.user_id:
        world.demand(
            guild, thread, actor, Permissions.SEND_MESSAGES_IN_THREADS if joins else Permissions.MANAGE_THREADS
        )
    (join if joins else leave)(world, guild, thread, user_id)


def members(world: World, actor: Actor, channel_id: str) -> list[Json]:
    """List who joined a thread."""
    thread_of(world, actor, channel_id)
    return [dict(entry) for entry in world.thread_members[channel_id].values()]


def member(world: World, actor: Actor, channel_id: str, user_id: str) -> Json:
    """Get one who joined a thread."""
    thread_of(world, actor, channel_id)
    entry = world.thread_members[channel_id].get(user_id)
    if entry is None:
        raise refuse(Code.UNKNOWN_MEMBER)
    return dict(entry)
