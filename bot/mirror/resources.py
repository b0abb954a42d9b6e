"""What the mirror is made of: resources that should stand in a guild, and what is known to stand there.

Pure values. A resource is named by its source ("section:588", "amendment:12"), never by what it says.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeAlias
from zlib import crc32

from bot.domain.ids import BlockId, SectionId, Snowflake
from bot.domain.text import digest_of

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Key: TypeAlias = str
_EPOCH: Final = 1_420_070_400_000


class ResourceKind(StrEnum):
    """What a resource is on Discord's side. A post is a thread together with its starter message."""

    CATEGORY = "category"
    TEXT = "text"
    FORUM = "forum"
    POST = "post"
    MESSAGE = "message"


class Layer(StrEnum):
    """What governs when a resource follows: structure and text as `mirror.auto` says, cards and summaries at once."""

    STRUCTURE = "structure"
    TEXT = "text"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that should stand in the guild.

    `content` is what Discord is to show, in the shape of its API. A string in it may name another resource that
    comes earlier as ``{link:KEY}`` (a jump link); a string that is wholly ``{id:KEY}`` becomes its id, where the keys
    `GUILD` and `BOT` stand for the guild (and so its @everyone role) and the bot. A post's content holds `name`,
    `applied_tags` (by name) and its starter message under `message`.
    `section` is the section it belongs to, if any.
    `layout` holds the ids of the blocks that stand in a part of a section's text, so that text stays where it is.
    """

    key: Key
    kind: ResourceKind
    parent: Key | None
    layer: Layer
    content: Mapping[str, Json]
    title: str = ""
    section: SectionId | None = None
    pinned: bool = False
    layout: tuple[BlockId, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What was applied before: the id Discord gave, and the digest of what was shown.

    `discord_id` is None for an intent whose call may or may not have reached Discord; `intended_at` is the
    snowflake of the moment it was written, so whatever came of it is younger.
    """

    key: Key
    kind: ResourceKind
    parent: Key | None
    discord_id: Snowflake | None
    digest: str | None
    intended_at: Snowflake
    pinned: bool = False
    layout: tuple[BlockId, ...] = ()


@dataclass(frozen=True, slots=True)
class MirrorSettings:
    """What a guild wants of its mirror: who sees the log channel, or which channel is to be the log."""

    admin_role_ids: tuple[Snowflake, ...] = ()
    log_channel_id: Snowflake | None = None


GUILD: Final = "guild"
"""The key under which the guild's own id is found, which is also the id of its @everyone role."""
BOT: Final = "bot"
"""The key under which the bot's own id is found."""


def content_digest(content: Mapping[str, Json]) -> str:
    """Return a digest of rendered content, the same for equal content whatever its order of keys.

    A post's is in two parts, for its thread and its starter message, so that each is edited only when it changed.
    """
    starter = content.get("message")
    if not isinstance(starter, dict):
        return digest_of(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")))
    shell = {name: value for name, value in content.items() if name != "message"}
    return f"{content_digest(shell)}:{content_digest(starter)}"


def mark_of(key: Key) -> int:
    """Return the 31-bit component id by which an object of this key is recognised on Discord. Never 0."""
    return (crc32(key.encode()) & 0x7FFF_FFFF) or 1


def topic_mark_of(key: Key) -> str:
    """Return the mark that a channel of this key carries at the end of its topic."""
    return f"⟨{mark_of(key):08x}⟩"


def moment_of(at: str) -> Snowflake:
    """Return the snowflake of an aware ISO moment, a minute early: clocks differ."""
    milliseconds = int((datetime.fromisoformat(at).timestamp() - 60) * 1000)
    return Snowflake(max(milliseconds - _EPOCH, 0) << 22)
