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
_ARCHIVED: Final = "archived"
_WOKEN: Final = "woken"


class ResourceKind(StrEnum):
    """What a resource is on Discord's side. A post is a thread together with its starter message."""

    CATEGORY = "category"
    TEXT = "text"
    FORUM = "forum"
    POST = "post"
    MESSAGE = "message"


CHANNELS: Final = frozenset({ResourceKind.CATEGORY, ResourceKind.TEXT, ResourceKind.FORUM})
"""What is a channel of the guild itself."""


class Layer(StrEnum):
    """What governs when a resource follows: structure and text as `mirror.auto` says, cards and summaries at once.

    What is gone from the forum is in the last: to take it out of sight nobody's word is waited for.
    """

    STRUCTURE = "structure"
    TEXT = "text"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that should stand in the guild.

    `content` is what Discord is to show, in the shape of its API. A text in it may name another resource that comes
    earlier as ``{link:KEY}`` (a jump link); a field for an id that is ``{id:KEY}`` becomes its id, where the keys
    `GUILD` and `BOT` stand for the guild (and so its @everyone role) and the bot. A post's content holds `name`,
    `applied_tags` (by name) and its starter message under `message`.
    `section` is the section it belongs to, if any.
    `layout` holds the ids of the blocks that stand in a part of a section's text, so that text stays where it is, and
    `words` the plain words of each, so that a later plan can tell what stood.
    `archived` closes a post once all in it is as it should be. `kept` is what has no words any more: it is brought up
    to date where it stands, and not made where it does not. `loose` is what may stand anywhere in its post.
    `rests` says how readily a post sleeps where there are too many: 0 (a proposal is open), 1, or 2 (all is over).
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
    archived: bool = False
    kept: bool = False
    loose: bool = False
    rests: int = 0
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What was applied before: the id Discord gave, and the digest of what was shown.

    `discord_id` is None for an intent whose call may or may not have reached Discord; `intended_at` is the
    snowflake of the moment it was written, so whatever came of it is younger. `removed` says that people deleted the
    message, or a post's first message.
    """

    key: Key
    kind: ResourceKind
    parent: Key | None
    discord_id: Snowflake | None
    digest: str | None
    intended_at: Snowflake
    pinned: bool = False
    layout: tuple[BlockId, ...] = ()
    removed: bool = False


@dataclass(frozen=True, slots=True)
class MirrorSettings:
    """What a guild wants of its mirror.

    `admin_role_ids` see the log channel, unless another channel is the log, and as long as it is not `opened`, they
    alone see the rest. `members_post` lets members begin posts of their own in the chapters. `minimum_support` is how
    many supporters the party asks for (0 for none), `zone` the time zone in which deadlines are told.
    """

    admin_role_ids: tuple[Snowflake, ...] = ()
    log_channel_id: Snowflake | None = None
    members_post: bool = False
    opened: bool = True
    minimum_support: int = 0
    zone: str = "Europe/Amsterdam"


ARCHIVE_AFTER: Final = 10_080
"""Minutes of silence after which Discord archives a post: the longest it knows, a week."""
GUILD: Final = "guild"
"""The key under which the guild's own id is found, which is also the id of its @everyone role."""
BOT: Final = "bot"
"""The key under which the bot's own id is found."""


@dataclass(frozen=True, slots=True)
class PostDigest:
    """A post's digest in its parts: its thread and its starter message, so that each is edited only when it changed.

    `archived` says that the post was closed after all in it was as it should be. People may have woken it since.
    `woken` says that Discord had archived it and it was woken for an edit: it is still to be put back to sleep.
    """

    thread: str = ""
    starter: str = ""
    archived: bool = False
    woken: bool = False

    @classmethod
    def parse(cls, digest: str | None) -> "PostDigest":
        """Return the parts of a digest that was written down."""
        thread, starter, state = [*(digest or "").split(":"), "", ""][:3]
        return cls(thread, starter, state == _ARCHIVED, state == _WOKEN)

    def __str__(self) -> str:
        state = _ARCHIVED if self.archived else _WOKEN if self.woken else ""
        return f"{self.thread}:{self.starter}" + (f":{state}" if state else "")

    def shows(self, other: "PostDigest") -> bool:
        """Tell whether the same is shown, archived or not."""
        return (self.thread, self.starter) == (other.thread, other.starter)


def content_digest(content: Mapping[str, Json]) -> str:
    """Return a digest of rendered content, the same for equal content whatever its order of keys."""
    starter = content.get("message")
    if not isinstance(starter, dict):
        return digest_of(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")))
    thread = {name: value for name, value in content.items() if name != "message"}
    return str(PostDigest(content_digest(thread), content_digest(starter)))


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
