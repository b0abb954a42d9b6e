"""A text copy of a topic page → a reading of the programme.

A copy is what a browser puts on the clipboard: the site's title, the breadcrumb, and per post "• #588", author, role
and text, each list one level deeper. It has no dates and no ids beyond the posts' own.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.ids import PostId
from bot.domain.reading import ForumReading, PostReading, ProgrammeReading, ReplyReading, TopicReading, Trouble
from bot.errors import SourceError
from bot.forum.breadcrumb import Trail, is_breadcrumb, read_breadcrumb
from bot.forum.copy_text import Line, parse_lines, read_blocks
from bot.forum.dates import parse_date
from bot.forum.roles import is_role

_POST = re.compile(r"(?P<sign>[•*·◦▪●○■‣\-–])?\s*(?P<date>\S.{5,60}?)?\s*#(?P<id>[1-9]\d{0,18})")
_FOOTER = re.compile(
    r"(?:weergave van|viewing) \d+ .{0,60}"
    r"|(?:[•*]\s*)?(?:je moet (?:ingelogd zijn|zijn ingelogd) om|you must be logged in to) .{0,80}"
    r"|(?:het onderwerp|the topic) .{1,300} (?:is gesloten voor|is closed to) .{0,40}",
    re.IGNORECASE,
)
_LIST_HEADER = re.compile(r"(?:[•*]\s*)?(?:auteur|author|berichten|posts)(?:\s+(?:berichten|posts))?", re.IGNORECASE)

_SKIP_LINK = re.compile(r"skip to .{1,30}|(?:ga|spring|meteen|direct|door|naar).{0,20} (?:de )?inhoud", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Head:
    """The line that opens a post, with the number of that line and the sign it is listed with."""

    index: int
    post_id: PostId
    indent: int
    sign: str
    printed: str | None


def parse_copy(
    text: str, name: str | None = None, chapters: Collection[str] = (), source: str | None = None
) -> ProgrammeReading:
    """Return what a text copy of a topic page holds.

    `name` (a file's name) and `chapters` (titles known already) help where the breadcrumb alone does not tell where the
    chapter's title ends and the section's begins. Raises SourceError where the text is no such copy.
    """
    lines = parse_lines(text)
    heads = _find_heads(lines)
    if not heads:
        raise SourceError("source.not_a_copy", place=source or name or "")
    before = lines[: heads[0].index]
    crumb_at = next((index for index, line in reversed(list(enumerate(before))) if is_breadcrumb(line.text)), None)
    if crumb_at is None:
        raise SourceError("source.no_breadcrumb", place=source or name or "")
    title = next((line.text for line in before[:crumb_at] if line.text and not _SKIP_LINK.fullmatch(line.text)), None)
    ends = [head.index for head in heads[1:]] + [_find_footer(lines, heads[-1])]
    posts = [_read_post(lines, head, end) for head, end in zip(heads, ends, strict=True)]
    outside = {line.text for line in (*before[:crumb_at], *before[crumb_at + 1 :], *lines[ends[-1] :])}
    body = " ".join(line.text for line in lines[heads[0].index : ends[0]])
    trail = read_breadcrumb(before[crumb_at].text, name, chapters, outside, body)
    return _reading(title, trail, posts, source, source or name or "")


def looks_like_copy(text: str) -> bool:
    """Tell whether a text is likely a copy of a topic page, so that another file is passed over without a word."""
    lines = parse_lines(text)
    heads = _find_heads(lines)
    return bool(heads) and any(is_breadcrumb(line.text) for line in lines[: heads[0].index])


def _reading(
    title: str | None, trail: Trail, posts: list[PostReading], source: str | None, place: str
) -> ProgrammeReading:
    forums = tuple(
        ForumReading(None, chapter, parent_title=trail.chapters[index - 1] if index else None)
        for index, chapter in enumerate(trail.chapters)
    )
    seen = {posts[0].post_id}
    replies: list[ReplyReading] = []
    for post in posts[1:]:
        if post.post_id not in seen:
            seen.add(post.post_id)
            replies.append(ReplyReading(post))
    replies.sort(key=lambda reply: reply.post.post_id)
    topic = TopicReading(posts[0], trail.section, None, trail.chapters[-1], replies=tuple(replies))
    troubles = () if trail.certain else (Trouble("copy_title_unsure", place),)
    return ProgrammeReading(title, forums, (topic,), source=source, troubles=troubles)


def _find_heads(lines: list[Line]) -> list[_Head]:
    heads: list[_Head] = []
    for index, line in enumerate(lines):
        head = _head_at(lines, index, line)
        if head and (not heads or (head.indent <= heads[0].indent and head.sign == heads[0].sign)):
            heads.append(head)
    return heads


def _head_at(lines: list[Line], index: int, line: Line) -> _Head | None:
    found = _POST.fullmatch(line.text)
    if found is None or (found["date"] and parse_date(found["date"]) is None and not _is_relative(found["date"])):
        return None
    if not any(following.text for following in lines[index + 1 : index + 3]):
        return None
    return _Head(index, PostId(int(found["id"])), line.indent, found["sign"] or "", found["date"])


def _is_relative(printed: str) -> bool:
    return bool(re.search(r"\b(?:geleden|ago)\b", printed, re.IGNORECASE))


def _find_footer(lines: list[Line], last: _Head) -> int:
    """Return where the page's own closing lines begin. Where text is set deeper than those, a deeper line is text."""
    content = [line.indent for line in lines[last.index + 1 : last.index + 3] if line.text]
    limit = content[0] if content and content[0] > 0 else 1
    for index in range(last.index + 1, len(lines)):
        line = lines[index]
        if line.indent < limit and (_FOOTER.fullmatch(line.text) or _is_closing_header(lines, index)):
            return index
    return len(lines)


def _is_closing_header(lines: list[Line], index: int) -> bool:
    """Tell whether the list's header is repeated here below the last post."""
    rest = [line.text for line in lines[index:] if line.text]
    if not rest or not _LIST_HEADER.fullmatch(rest[0]):
        return False
    after = next((text for text in rest if not _LIST_HEADER.fullmatch(text)), "")
    return bool(_FOOTER.fullmatch(after))


def _read_post(lines: list[Line], head: _Head, end: int) -> PostReading:
    body = lines[head.index + 1 : end]
    while body and not body[0].text:
        body = body[1:]
    author = body[0].text if body else None
    role = None
    rest = body[1:]
    if rest and rest[0].text and (is_role(rest[0].text) or (len(rest) > 1 and not rest[1].text)):
        role = rest[0].text
        rest = rest[1:]
    blocks = read_blocks(rest, head.sign)
    return PostReading(head.post_id, blocks, author, role, parse_date(head.printed), head.printed)
