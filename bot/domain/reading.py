"""What one look at a forum (or a copy of its pages) gave, before anything is stored.

Everything a source may lack is optional. Only a `whole` reading may be used to conclude that something is missing.
"""

from abc import abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.ids import ForumId, PostId
from bot.domain.text import Block


class Sticky(StrEnum):
    """Where a topic is kept on top: nowhere, in its own forum, or in every forum."""

    NO = "no"
    FORUM = "forum"
    SUPER = "super"


class PassKind(StrEnum):
    """How a forum was read: its lists with the topics that changed in them, or every page there is."""

    QUICK = "quick"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Listing:
    """What the forum's lists showed of a topic: a mark that changes when any of it does.

    A `protected` topic is listed for everybody and read by nobody without its password.
    """

    mark: str
    protected: bool = False


@dataclass(frozen=True, slots=True)
class LastSeen:
    """What is known of a forum from earlier passes: the address of its index, and what its lists showed."""

    root: str | None = None
    listed: Mapping[PostId, Listing] = field(default_factory=dict[PostId, Listing])


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that could not be read: the key of its sentence, and the file or address it is about."""

    key: str
    place: str


@dataclass(frozen=True, slots=True)
class PostReading:
    """A post's own content. `posted` is local ISO to the minute where the printed date can be read."""

    post_id: PostId
    blocks: tuple[Block, ...]
    author: str | None = None
    role: str | None = None
    posted: str | None = None
    printed: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ReplyReading:
    """A reply, and the post it answers as far as a visitor can see (None: the topic itself)."""

    post: PostReading
    reply_to: PostId | None = None


@dataclass(frozen=True, slots=True)
class ForumReading:
    """A forum. Order among its kin is the order in which the reading lists it; `forum_id` is None in a text copy.

    `parent_title` names the parent where its id is not known: in a text copy, or above a lone topic page.
    """

    forum_id: ForumId | None
    title: str
    parent_id: ForumId | None = None
    closed: bool | None = None
    description: str | None = None
    url: str | None = None
    parent_title: str | None = None


@dataclass(frozen=True, slots=True)
class TopicReading:
    """A topic with its replies. It stands in the forum with `forum_id`, or in a text copy in the one so titled."""

    post: PostReading
    title: str
    forum_id: ForumId | None
    forum_title: str
    sticky: Sticky | None = None
    closed: bool | None = None
    replies: tuple[ReplyReading, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicHead:
    """A topic without any text: enough to give it a place and a code, and to know which posts stand in it."""

    post_id: PostId
    title: str
    forum_id: ForumId | None
    forum_title: str
    replies: tuple[PostId, ...] = ()


class OutlinedTopics(Collection[TopicReading]):
    """Topics that are not in memory, but for what they are without their text."""

    @property
    @abstractmethod
    def heads(self) -> Sequence[TopicHead]:
        """The topics without their text."""


@dataclass(frozen=True, slots=True)
class ProgrammeReading:
    """All that one import read. `troubles` tells what could not be read.

    `topics` can be gone through more than once, and need not be in memory (`OutlinedTopics`).
    `kind` is None for copies and saved pages.
    `listed` holds the topics that the forum's lists name, without those whose page was asked for and not read.
    `root` is the address of the forum's index.
    """

    title: str | None
    forums: tuple[ForumReading, ...] = ()
    topics: Collection[TopicReading] = ()
    whole: bool = False
    source: str | None = None
    troubles: tuple[Trouble, ...] = ()
    kind: PassKind | None = None
    listed: Mapping[PostId, Listing] = field(default_factory=dict[PostId, Listing])
    root: str | None = None
    pages: int = 0
