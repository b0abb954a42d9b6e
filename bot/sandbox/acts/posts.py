"""Starting threads: from a message, in a text channel, and as a post in a forum with its first message."""

from bot.sandbox import shapes
from bot.sandbox.acts import messages, threads
from bot.sandbox.acts.files import Upload, attach
from bot.sandbox.forms import Form, Notes
from bot.sandbox.kinds import ChannelFlag, ChannelType, MessageFlag, MessageType
from bot.sandbox.permissions import Permissions
from bot.sandbox.refusals import Code, refuse
from bot.sandbox.rules.messages import new_body
from bot.sandbox.wire import Json
from bot.sandbox.world import Actor, World


def start(world: World, actor: Actor, channel_id: str, payload: Json, uploads: dict[str, Upload]) -> Json:
    """Start a thread in a channel: a post in a forum, a thread in a text channel."""
    _, place = world.enter(channel_id, actor)
    if place["type"] == ChannelType.GUILD_FORUM:
        return _post(world, actor, channel_id, payload, uploads)
    if place["type"] != ChannelType.GUILD_TEXT:
        raise refuse(Code.WRONG_CHANNEL_TYPE)
    return _bare(world, actor, channel_id, payload)


def _post(world: World, actor: Actor, channel_id: str, payload: Json, uploads: dict[str, Upload]) -> Json:
    guild, forum = world.enter(channel_id, actor, Permissions.SEND_MESSAGES)
    form = Form(payload, Notes())
    applied = threads.tags(world, guild, forum, actor, form)
    if forum["flags"] & ChannelFlag.REQUIRE_TAG and not applied:
        raise refuse(Code.TAG_REQUIRED)
    first = form.child("message", required=True)
    form.notes.settle()
    first_payload: Json = first.data if first else {}
    inner = Form(first_payload, form.notes, ("message",))
    thread_id = world.ids.mint()
    body = new_body(inner, world.ids.mint, attach(world, thread_id, inner, uploads))
    thread = threads.make(world, guild, forum, actor.user_id, form, kind=ChannelType.PUBLIC_THREAD, thread_id=thread_id)
    thread["applied_tags"] = applied
    forum["last_message_id"] = thread_id
    threads.tell(world, guild, "THREAD_CREATE", thread, {"newly_created": True})
    stored = messages.compose(world, guild, thread, actor.user_id, body, first_payload, {"id": thread_id})
    messages.post(world, guild, thread, stored)
    return {**shapes.channel(world, thread, actor), "message": shapes.message(world, stored, actor)}


def _bare(world: World, actor: Actor, channel_id: str, payload: Json) -> Json:
    guild, channel = world.enter(channel_id, actor)
    form = Form(payload, Notes())
    kinds = (ChannelType.PUBLIC_THREAD, ChannelType.PRIVATE_THREAD)
    kind = form.choice("type", kinds) or ChannelType.PRIVATE_THREAD
    public = kind == ChannelType.PUBLIC_THREAD
    needed = Permissions.CREATE_PUBLIC_THREADS if public else Permissions.CREATE_PRIVATE_THREADS
    world.demand(guild, channel, actor, needed)
    thread = threads.make(world, guild, channel, actor.user_id, form, kind=kind, thread_id=world.ids.mint())
    threads.tell(world, guild, "THREAD_CREATE", thread, {"newly_created": True})
    threads.join(world, guild, thread, actor.user_id)
    if public:
        pointed: Json = {"type": 0, "channel_id": thread["id"], "guild_id": guild.id}
        extra: Json = {"content": thread["name"], "message_reference": pointed}
        messages.notice(world, guild, channel, actor.user_id, MessageType.THREAD_CREATED, extra)
    return shapes.channel(world, thread, actor)


def from_message(world: World, actor: Actor, channel_id: str, message_id: str, payload: Json) -> Json:
    """Start a thread on a message; 160004 when it has one."""
    guild, channel = world.enter(channel_id, actor, Permissions.CREATE_PUBLIC_THREADS)
    if channel["type"] != ChannelType.GUILD_TEXT:
        raise refuse(Code.WRONG_CHANNEL_TYPE)
    stored = world.message(channel_id, message_id)
    if message_id in guild.threads:
        raise refuse(Code.HAS_THREAD)
    form = Form(payload, Notes())
    kind = ChannelType.PUBLIC_THREAD
    thread = threads.make(world, guild, channel, actor.user_id, form, kind=kind, thread_id=message_id)
    stored["flags"] |= MessageFlag.HAS_THREAD
    threads.tell(world, guild, "THREAD_CREATE", thread, {"newly_created": True})
    messages.tell(world, guild, "MESSAGE_UPDATE", stored)
    pointed: Json = {"type": 0, "channel_id": channel_id, "message_id": message_id, "guild_id": guild.id}
    extra: Json = {"message_reference": pointed}
    messages.notice(world, guild, thread, actor.user_id, MessageType.THREAD_STARTER_MESSAGE, extra)
    return shapes.channel(world, thread, actor)
