"""The messages of the overview channel: how it works, and the contents of the programme with what is proposed where."""

from collections.abc import Iterator, Mapping

from bot.domain.programme import Chapter, Programme, Section
from bot.locales import Texts
from bot.mirror.components import ButtonStyle, button, message, row, text
from bot.mirror.custom_ids import PROPOSE, Press
from bot.mirror.markdown import escape_line
from bot.mirror.render.wording import ahead, clipped, headline, sentence
from bot.mirror.resources import Json, Key
from bot.mirror.room import FILL, size_of

HOW: Key = "overview/part:1"
"""The message that says how it works; the contents follow it as part 2 and on."""


def how_it_works(say: Texts) -> Mapping[str, Json]:
    """Return the first message: four plain sentences and the button to propose."""
    return message(
        HOW,
        [
            text(f"## {say('overview.how.title')}\n{say('overview.how')}"),
            row([button(say("button.propose"), Press(PROPOSE), ButtonStyle.PRIMARY)]),
        ],
    )


def contents(programme: Programme, say: Texts) -> list[str]:
    """Return the contents of the programme with links and counts, as the texts of one or more messages."""
    texts: list[str] = []
    for line in _lines(programme, say):
        joined = f"{texts[-1]}\n{line}" if texts else line
        size = size_of(joined)
        if texts and (size.characters > FILL.characters or size.octets > FILL.octets):
            texts.append(line)
        else:
            texts[-1:] = [joined]
    return texts


def chapter_key(chapter: Chapter) -> Key:
    """Return the key of a chapter's forum channel."""
    return f"chapter:{chapter.chapter_id}"


def section_key(section: Section) -> Key:
    """Return the key of a section's post."""
    return f"section:{section.post_id}"


def _lines(programme: Programme, say: Texts) -> Iterator[str]:
    sections = [section for _, section in programme.sections()]
    yield f"## {say('overview.contents')}"
    yield sentence(
        say.count("overview.chapters", len(programme.chapters)),
        say.count("overview.sections", len(sections)),
        say.count("overview.open", sum(_open(section) for section in sections)),
    )
    for chapter in programme.chapters:
        yield f"**{_linked(chapter.code, chapter.title, chapter_key(chapter))}**{_count(_all_open(chapter), say)}"
        for section in chapter.sections:
            yield f"- {_linked(section.code, section.title, section_key(section))}{_count(_open(section), say)}"


def _linked(code: str, title: str, key: Key) -> str:
    return f"[{escape_line(clipped(headline(code, title), 150))}]({{link:{key}}})"


def _open(section: Section) -> int:
    return ahead(section.amendments)


def _all_open(chapter: Chapter) -> int:
    return sum(_open(section) for section in chapter.sections)


def _count(number: int, say: Texts) -> str:
    return f" · {say.count('overview.open', number)}" if number else ""
