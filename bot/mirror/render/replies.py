"""A reply on the forum as messages in its section's post: who wrote it and when, and its own words whole."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from zlib import crc32

from bot.domain.ids import BlockId, PostId
from bot.domain.programme import Contribution
from bot.domain.text import Block
from bot.locales import Texts
from bot.mirror.components import message, text
from bot.mirror.flow import Part, Rooms, flow
from bot.mirror.markdown import escape_line, link
from bot.mirror.render.sections import going_on
from bot.mirror.render.wording import NAME_LIMIT, clipped, sentence
from bot.mirror.resources import Json, Key
from bot.mirror.room import MESSAGE


class Answered(NamedTuple):
    """What a reply answers: who wrote that (None where the name was removed), and the key of where it stands."""

    author: str | None
    key: Key


def reply_key(post_id: PostId) -> Key:
    """Return the key of a reply's first message."""
    return f"reply:{post_id}"


def reply_parts(
    reply: Contribution, answered: Answered | None, previous: Sequence[Sequence[BlockId]], say: Texts
) -> tuple[Part, ...]:
    """Return the reply's words as they flow through messages. Its blocks have no identity but their text."""
    blocks = [(_identity(block), block) for block in reply.blocks]
    later = MESSAGE.without(going_on(reply_key(reply.post_id), say))
    first = later.without(reply_header(reply, answered, say), "\n")
    return flow(blocks, previous, Rooms(first, later), say("image"))


def first_part(
    key: Key,
    reply: Contribution,
    answered: Answered | None,
    part: Part,
    say: Texts,
    following: Key | None = None,
) -> Mapping[str, Json]:
    """Return the first message of a reply. `following` is its next part where that stands apart."""
    header = reply_header(reply, answered, say)
    words = (part.text + going_on(following, say)).strip()
    return message(key, [text(header), *([text(words)] if words else [])])


def reply_header(reply: Contribution, answered: Answered | None, say: Texts) -> str:
    """Return the line above a reply: author and date, role, where it stands on the forum, what it answers."""
    when = say.date(reply.posted) if reply.posted else escape_line(reply.printed or "")
    head = sentence(f"**{_name(reply.author, say)}**", when, escape_line(clipped(reply.role or "", NAME_LIMIT)))
    source = link(say("reply.source"), reply.url) if reply.url else None
    return sentence(head, source, _answers(answered, say) if answered else None)


def _answers(answered: Answered, say: Texts) -> str:
    return say("reply.answers", author=f"[{_name(answered.author, say)}]({{link:{answered.key}}})")


def _name(author: str | None, say: Texts) -> str:
    return escape_line(clipped(author, NAME_LIMIT)) if author else say("proposer.removed")


def _identity(block: Block) -> BlockId:
    return BlockId(crc32(block.text.encode()))
