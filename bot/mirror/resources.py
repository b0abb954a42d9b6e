"""What the mirror is made of: resources that should stand in a guild, and what is known to stand there.

Pure values. A resource is named by its source ("section:588", "amendment:12"), never by what it says.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias
from zlib import crc32

from bot.domain.ids import BlockId, Snowflake
from bot.domain.text import digest_of

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Key: TypeAlias = str


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

    `content` is what Discord is to show, in the shape of its API; a string in it may name another resource as
    ``{link:KEY}`` (a jump link), ``{channel:KEY}`` (a channel mention) or ``{id:KEY}`` (the bare id),
    filled in when its id is known.
    `layout` holds the ids of the blocks that stand in a part of a section's text, so that text stays where it is.
    """

    key: Key
    kind: ResourceKind
    parent: Key | None
    layer: Layer
    content: Mapping[str, Json]
    title: str = ""
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


def content_digest(content: Mapping[str, Json]) -> str:
    """Return a digest of rendered content, the same for equal content whatever its order of keys."""
    return digest_of(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")))


def mark_of(key: Key) -> int:
    """Return the 31-bit component id by which an object of this key is recognised on Discord. Never 0."""
    return (crc32(key.encode()) & 0x7FFF_FFFF) or 1
