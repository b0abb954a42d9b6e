"""A section's text as the messages of its post: the starter with its last line and button, and the parts after it."""

from collections.abc import Iterator, Mapping, Sequence

from bot.domain.ids import BlockId
from bot.domain.programme import Section
from bot.locales import Texts
from bot.mirror.components import ButtonStyle, button, message, row, text
from bot.mirror.custom_ids import CONCEPT, PROPOSE, Press
from bot.mirror.flow import Part, Rooms, flow
from bot.mirror.markdown import escape_line, link
from bot.mirror.render.wording import NAME_LIMIT, absence_of, clipped, headline, references, sentence
from bot.mirror.resources import Json, Key
from bot.mirror.room import MESSAGE

_ANY: Key = "any"
_NAMED = 10
"""Amendments that are named where there are many."""


def post_name(section: Section, say: Texts) -> str:
    """Return the name of a section's post: its code and title as far as a name goes, or why it is none any more."""
    if section.standing:
        return clipped(headline(section.code, section.title), NAME_LIMIT)
    word = absence_of(section, say)
    return f"{section.code} {word[:1].upper()}{word[1:]}".strip()


def left_name(section: Section, say: Texts) -> str:
    """Return the name of a post that a section had before. It holds no title, which may change."""
    if not section.standing:
        return post_name(section, say)
    return f"{section.code} {say('moved.name')}".strip()


def section_parts(section: Section, previous: Sequence[Sequence[BlockId]], say: Texts) -> tuple[Part, ...]:
    """Return the section's text as it flows through messages."""
    later = MESSAGE.without(going_on(_ANY, say))
    first = later.without(_title(section), "\n", _footer(section, say), say("button.propose"))
    blocks = [(stored.block_id, stored.block) for stored in section.blocks]
    return flow(blocks, previous, Rooms(first, later), say("image"))


def going_on(key: Key | None, say: Texts) -> str:
    """Return the line under a part of a text that leads to the next, where that does not come right after it."""
    return f"\n-# [{say('part.next')}]({{link:{key}}})" if key else ""


def starter(key: Key, section: Section, part: Part, say: Texts, following: Key | None = None) -> Mapping[str, Json]:
    """Return the first message of a section's post. `following` is the next part where that stands apart."""
    words = (part.text or say("part.emptied" if section.blocks else "section.empty")) + going_on(following, say)
    title = _title(section)
    footer = _footer(section, say)
    components = [
        text(f"{title}\n{words}" if title else words),
        *([text(footer)] if footer else []),
        *_buttons(section, say),
    ]
    return message(key, components)


def _buttons(section: Section, say: Texts) -> list[dict[str, Json]]:
    """Return the button to propose, or once the text is adopted the one to read the concept.

    A topic that is closed on the forum invites nobody; who has a proposal all the same can type the command.
    """
    if section.adopted is not None:
        concept = Press(CONCEPT, section.section_id)
        return [row([button(say("button.concept"), concept, ButtonStyle.SECONDARY)])]
    if not section.amendable or section.closed:
        return []
    propose = Press(PROPOSE, section.section_id)
    return [row([button(say("button.propose"), propose, ButtonStyle.PRIMARY)])]


def later_part(key: Key, part: Part | None, say: Texts, following: Key | None = None) -> Mapping[str, Json]:
    """Return a later message of a text; one that the text no longer reaches says where to look."""
    words = part.text if part and part.text else say("part.emptied")
    return message(key, [text(words + going_on(following, say))])


def _title(section: Section) -> str:
    whole = headline(section.code, section.title)
    return f"### {escape_line(clipped(whole, 1000))}" if len(whole) > NAME_LIMIT else ""


def _footer(section: Section, say: Texts) -> str:
    when = say.date(section.posted) if section.posted else escape_line(section.printed or "")
    who = [escape_line(clipped(name, NAME_LIMIT)) for name in (section.author, section.role) if name]
    line = sentence(*who, when, link(say("section.source"), section.url) if section.url else None)
    return "\n".join(f"-# {each}" for each in (line, *_standing(section, say)) if each)


def _standing(section: Section, say: Texts) -> Iterator[str]:
    """Yield that the text is the adopted one, with what must still be worked in, or why nothing invites to amend it."""
    if section.adopted is not None:
        left = references(section.adopted[:_NAMED], say) + (", …" if len(section.adopted) > _NAMED else "")
        yield say("section.adopted_left", references=left) if left else say("section.adopted")
    elif not section.amendable:
        yield say("section.not_amendable")
    elif section.closed:
        yield say("section.closed")
