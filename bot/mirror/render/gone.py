"""What stands in the place of what is no longer there: a sentence instead of words, author, date and link."""

from collections.abc import Mapping

from bot.domain.programme import Section
from bot.locales import Texts
from bot.mirror.components import message, text
from bot.mirror.markdown import escape_line
from bot.mirror.render.overview import section_key
from bot.mirror.render.wording import clipped, section_name, sentence
from bot.mirror.resources import Json, Key


def gone_starter(key: Key, section: Section, say: Texts) -> Mapping[str, Json]:
    """Return the first message of a section that is gone from the forum."""
    return message(key, [text(sentence(_code(section), say("gone.section")))])


def merged_starter(key: Key, section: Section, into: Section, say: Texts) -> Mapping[str, Json]:
    """Return the first message of a section whose topic is a reply in another one now."""
    return message(key, [text(sentence(_code(section), say("merged.section", section=_linked(into, say))))])


def moved_starter(key: Key, section: Section, say: Texts) -> Mapping[str, Json]:
    """Return the first message of a post that a section had before its chapter changed."""
    return message(key, [text(sentence(_code(section), say("moved.section", section=_linked(section, say))))])


def gone_part(key: Key, say: Texts) -> Mapping[str, Json]:
    """Return a message whose words are gone from the forum."""
    return message(key, [text(say("gone.part"))])


def gone_reply(key: Key, say: Texts) -> Mapping[str, Json]:
    """Return the first message of a reply that is gone from the forum."""
    return message(key, [text(say("gone.reply"))])


def moved(key: Key, home: Section, say: Texts, *, split: bool) -> Mapping[str, Json]:
    """Return what stays behind of words that are a section of their own now (`split`), or stand in another one."""
    return message(key, [text(say("moved.split" if split else "moved", section=_linked(home, say)))])


def _code(section: Section) -> str | None:
    return f"**{escape_line(section.code)}**" if section.code else None


def _linked(section: Section, say: Texts) -> str:
    return f"[{escape_line(clipped(section_name(section, say), 150))}]({{link:{section_key(section)}}})"
