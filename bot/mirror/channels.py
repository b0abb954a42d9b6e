"""The channels of a mirrored programme: category, overview, the assembly's, log, a forum for each chapter. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from bot.domain.programme import Chapter, Programme
from bot.domain.text import normalise
from bot.locales import Texts
from bot.mirror.permissions import Permission
from bot.mirror.render.overview import chapter_key
from bot.mirror.render.wording import NAME_LIMIT, chapter_name, clipped
from bot.mirror.resources import (
    ARCHIVE_AFTER,
    BOT,
    GUILD,
    Json,
    Key,
    Known,
    Layer,
    MirrorSettings,
    Resource,
    ResourceKind,
    topic_mark_of,
)

CATEGORY: Final[Key] = "programme"
OVERVIEW: Final[Key] = "overview"
HALL: Final[Key] = "hall"
LOG: Final[Key] = "log"
TAGS: Final = ("tag.open", "tag.assembly", "tag.decided", "tag.gone")
_TYPES: Final = {ResourceKind.TEXT: 0, ResourceKind.CATEGORY: 4, ResourceKind.FORUM: 15}
_NUMBERED: Final = re.compile(r"/part:(\d+)$")
_TOPIC_LIMIT: Final = 1000
_VIEW: Final = Permission.VIEW_CHANNEL
_SEND: Final = Permission.SEND_MESSAGES
_SEND_IN_THREADS: Final = Permission.SEND_MESSAGES_IN_THREADS
_NONE: Final = Permission(0)


def channels(
    programme: Programme, settings: MirrorSettings, say: Texts, known: Mapping[Key, Known]
) -> Iterator[Resource]:
    """Yield the channels in the order in which they are made, which is also the order in which they stand.

    What is `known` to be in another category, or to be a text channel where the guild has no forums, is left so.
    """
    name = clipped(normalise(programme.title), NAME_LIMIT) or say("channel.overview")
    access = _access(settings, _NONE, deny=_NONE, bot=_VIEW)
    category = _category(CATEGORY, name, access)
    yield category
    while (following := _next(category.key, name, access)).key in known:
        category = following
        yield category
    for channel in _inside(programme, settings, say):
        row = known.get(channel.key)
        placed = in_category(channel, (row.parent if row else None) or category.key)
        yield as_text(placed) if row and row.kind is ResourceKind.TEXT else placed


def next_category(key: Key, name: str, channel: Resource) -> Resource:
    """Return the category that goes on where one is full, for a channel: "Programma (2)" after "Programma".

    Who sees the channel sees the category.
    """
    overwrites = channel.content["permission_overwrites"]
    return _next(key, name, [_sight(each) for each in overwrites] if isinstance(overwrites, list) else [])


def in_category(channel: Resource, category: Key) -> Resource:
    """Return a channel as one of a category."""
    return replace(channel, parent=category, content={**channel.content, "parent_id": f"{{id:{category}}}"})


def as_text(channel: Resource) -> Resource:
    """Return a forum as a text channel, in which every post is a public thread."""
    content = {name: value for name, value in channel.content.items() if name != "available_tags"}
    return replace(channel, kind=ResourceKind.TEXT, content={**content, "type": _TYPES[ResourceKind.TEXT]})


def _next(key: Key, name: str, overwrites: list[Json]) -> Resource:
    found = _NUMBERED.search(key)
    number = int(found[1]) + 1 if found else 2
    plain = re.sub(r" \(\d+\)$", "", name) if found else name
    return _category(f"{CATEGORY}/part:{number}", f"{plain[: NAME_LIMIT - 5]} ({number})", overwrites)


def _category(key: Key, name: str, overwrites: list[Json]) -> Resource:
    kind = ResourceKind.CATEGORY
    content: dict[str, Json] = {"name": name, "type": _TYPES[kind], "permission_overwrites": overwrites}
    return Resource(key, kind, None, Layer.STRUCTURE, content, name)


def _inside(programme: Programme, settings: MirrorSettings, say: Texts) -> Iterator[Resource]:
    topic = _described(OVERVIEW, say("channel.overview.topic"), say)
    read_only = _access(settings, _NONE, deny=_SEND | _SEND_IN_THREADS, bot=_VIEW | _SEND)
    yield _channel(OVERVIEW, ResourceKind.TEXT, say("channel.overview"), topic, 0, read_only)
    if programme.hall is not None:
        about = _described(HALL, say("channel.hall.topic"), say)
        hall = _channel(HALL, ResourceKind.TEXT, say("channel.hall"), about, 0, read_only)
        yield replace(hall, layer=Layer.CARD)
    for position, chapter in enumerate(programme.chapters, start=1):
        yield _forum(chapter, position, settings, say)
    if settings.log_channel_id is None:
        yield _log(settings, len(programme.chapters) + 1, say)


def channel_name(title: str) -> str:
    """Return a title as Discord writes the names of channels: small letters, words joined by hyphens."""
    return re.sub(r"[^\w]+|_+", "-", clipped(title.lower(), NAME_LIMIT)).strip("-") or "-"


def _forum(chapter: Chapter, position: int, settings: MirrorSettings, say: Texts) -> Resource:
    gone = chapter.gone is not None
    begin = _SEND if settings.members_post else _NONE
    overwrites = _access(settings, begin, deny=_SEND & ~begin, bot=_VIEW | _SEND | _SEND_IN_THREADS)
    topic = say("gone.chapter") if gone else clipped(normalise(chapter.description or ""), _TOPIC_LIMIT)
    extra: dict[str, Json] = {
        "available_tags": [{"name": say(tag)} for tag in TAGS],
        "default_auto_archive_duration": ARCHIVE_AFTER,
    }
    key, title = chapter_key(chapter), chapter_name(chapter, say)
    forum = _channel(key, ResourceKind.FORUM, title, _described(key, topic, say), position, overwrites, extra)
    return replace(forum, layer=Layer.CARD, kept=not _proposed_in(chapter)) if gone else forum


def _proposed_in(chapter: Chapter) -> bool:
    return any(amendment.public for section in chapter.sections for amendment in section.amendments)


def _log(settings: MirrorSettings, position: int, say: Texts) -> Resource:
    overwrites = [_everyone(deny=_VIEW), _bot(_VIEW | _SEND), *_admins(settings)]
    topic = _described(LOG, say("channel.log.topic"), say)
    return _channel(LOG, ResourceKind.TEXT, say("channel.log"), topic, position, overwrites)


def _described(key: Key, topic: str, say: Texts) -> str:
    """Return what members read about a channel; its last line tells whose it is, and holds the mark to find it by."""
    return f"{topic}\n\n{say('channel.mark')} {topic_mark_of(key)}".strip()


def _channel(
    key: Key,
    kind: ResourceKind,
    title: str,
    topic: str,
    position: int,
    overwrites: list[Json],
    extra: Mapping[str, Json] | None = None,
) -> Resource:
    content: dict[str, Json] = {
        "name": channel_name(title),
        "type": _TYPES[kind],
        "topic": topic,
        "parent_id": f"{{id:{CATEGORY}}}",
        "position": position,
        "permission_overwrites": overwrites,
        **(extra or {}),
    }
    return Resource(key, kind, CATEGORY, Layer.STRUCTURE, content, title)


def _access(settings: MirrorSettings, allow: Permission, *, deny: Permission, bot: Permission) -> list[Json]:
    """Return who may do what in a channel. Admins see it always; as long as it isn't opened they see it alone."""
    hidden = _NONE if settings.opened else _VIEW
    return [_everyone(allow=allow, deny=deny | hidden), _bot(bot), *_admins(settings)]


def _sight(overwrite: Json) -> Json:
    """Return of an overwrite what says who sees a channel."""
    if not isinstance(overwrite, dict):
        return overwrite
    return {**overwrite, **{name: int(str(overwrite[name])) & int(_VIEW) for name in ("allow", "deny")}}


def _everyone(*, allow: Permission = _NONE, deny: Permission = _NONE) -> Json:
    return _overwrite(f"{{id:{GUILD}}}", 0, allow=allow, deny=deny)


def _bot(allow: Permission) -> Json:
    return _overwrite(f"{{id:{BOT}}}", 1, allow=allow)


def _admins(settings: MirrorSettings) -> list[Json]:
    return [_overwrite(str(role_id), 0, allow=_VIEW) for role_id in settings.admin_role_ids]


def _overwrite(target: str, kind: int, *, allow: Permission = _NONE, deny: Permission = _NONE) -> Json:
    return {"id": target, "type": kind, "allow": int(allow), "deny": int(deny)}
