"""How it works, and the contents of the programme and of each chapter with what is proposed where."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from bot.domain.programme import Chapter, Programme, Section
from bot.locales import Texts
from bot.mirror.components import ButtonStyle, button, message, row, text
from bot.mirror.custom_ids import PROPOSE, Press
from bot.mirror.markdown import escape_line
from bot.mirror.render.wording import ahead, chapter_name, clipped, section_name, sentence
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


def contents(programme: Programme, say: Texts, before: Iterable[str] = ()) -> list[str]:
    """Return the contents of the programme with links and counts, below other lines, as the texts of some messages."""
    return joined([*before, *_lines(programme, say)])


def chapter_contents(chapter: Chapter, say: Texts) -> list[str]:
    """Return the sections of a chapter in its order with links and counts, as the texts of one or more messages."""
    listed = [section for section in chapter.sections if _listed(section)]
    head = sentence(
        f"**{escape_line(clipped(chapter_name(chapter, say), 150))}**",
        say.count("overview.sections", len(chapter.standing)),
        say.count("overview.open", _open(listed)),
    )
    return joined([head, *(_line(section, say) for section in listed)])


def listed(chapter: Chapter) -> bool:
    """Tell whether there is anything in a chapter to list."""
    return any(_listed(section) for section in chapter.sections)


def chapter_key(chapter: Chapter) -> Key:
    """Return the key of a chapter's forum channel."""
    return f"chapter:{chapter.chapter_id}"


def contents_key(chapter: Chapter) -> Key:
    """Return the key of the pinned post with a chapter's contents."""
    return f"contents:{chapter.chapter_id}"


def section_key(section: Section) -> Key:
    """Return the key of a section's post."""
    return f"section:{section.post_id}"


def _lines(programme: Programme, say: Texts) -> Iterator[str]:
    chapters = [
        (chapter, [section for section in chapter.sections if _listed(section)]) for chapter in programme.chapters
    ]
    yield f"## {say('overview.contents')}"
    yield sentence(
        say.count("overview.chapters", len(programme.standing)),
        say.count("overview.sections", sum(len(chapter.standing) for chapter in programme.standing)),
        say.count("overview.open", sum(_open(sections) for _, sections in chapters)),
    )
    if programme.fixed:
        yield say("overview.fixed", when=f"<t:{int(datetime.fromisoformat(programme.fixed).timestamp())}:D>")
    for chapter, sections in chapters:
        if sections or chapter.gone is None:
            name = _linked(chapter_name(chapter, say), chapter_key(chapter))
            yield f"**{name}**{_count(_open(sections), say)}"
        for section in sections:
            yield _line(section, say)


def _line(section: Section, say: Texts) -> str:
    return f"- {_linked(section_name(section, say), section_key(section))}{_count(_open([section]), say)}"


def joined(lines: Iterable[str]) -> list[str]:
    """Return lines as the texts of as few messages as leave each some slack."""
    texts: list[str] = []
    for line in lines:
        joined = f"{texts[-1]}\n{line}" if texts else line
        size = size_of(joined)
        if texts and (size.characters > FILL.characters or size.octets > FILL.octets):
            texts.append(line)
        else:
            texts[-1:] = [joined]
    return texts


def _listed(section: Section) -> bool:
    """Tell whether a section is in the contents: what is none any more only for what was proposed about it."""
    return section.standing or any(amendment.public for amendment in section.amendments)


def _linked(name: str, key: Key) -> str:
    return f"[{escape_line(clipped(name, 150))}]({{link:{key}}})"


def _open(sections: Sequence[Section]) -> int:
    return sum(ahead(section.amendments) for section in sections)


def _count(number: int, say: Texts) -> str:
    return f" · {say.count('overview.open', number)}" if number else ""
