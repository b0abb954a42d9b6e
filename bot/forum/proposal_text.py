"""What stands under the headings of an amendment, sorted: where, the old text, the new text, and why."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from bot.domain.amendments import Kind
from bot.domain.places import By, Place, find_places
from bot.domain.quotations import bare
from bot.domain.text import BlockKind
from bot.forum.heading_lines import read_content
from bot.forum.phrases import Role
from bot.forum.proposal_headings import Heading
from bot.forum.proposal_parts import Part
from bot.forum.reply_lines import Line
from bot.forum.talk import FIRST_PERSON, WHY

_EXPLAINS = re.compile(rf"(?:{WHY}).*|.*(?:{FIRST_PERSON}).*", re.IGNORECASE)


@dataclass(slots=True)
class Sorted:
    """The words of a reply by what they are for.

    `body` is what stands under the action itself, `gone` under a heading of the old text, `fresh` of the new one.
    """

    places: list[str] = field(default_factory=list[str])
    named: list[Place] = field(default_factory=list[Place])
    old: list[str] = field(default_factory=list[str])
    new: list[str] = field(default_factory=list[str])
    body: list[Line] = field(default_factory=list[Line])
    gone: list[Line] = field(default_factory=list[Line])
    fresh: list[Line] = field(default_factory=list[Line])
    lead: list[Line] = field(default_factory=list[Line])
    why: list[Line] = field(default_factory=list[Line])
    explained: bool = False

    def name(self, heading: Heading) -> None:
        """Take in what a heading names and quotes. The words of a spoken one are the proposal itself."""
        if heading.spoken:
            return
        self.places += heading.places
        self.named += heading.named
        self.old += [heading.old] if heading.old else []
        self.new += [heading.new] if heading.new else []

    @property
    def pinned(self) -> bool:
        """Whether a block is named."""
        return any(place.by is not By.NOTHING for place in self.named)


def sort_parts(kind: Kind, parts: Sequence[Part]) -> Sorted:
    """Return the words of a reply that proposes one thing, sorted."""
    found = Sorted(explained=any(part.role is Role.EXPLANATION for part in parts))
    _take_lead(parts, found)
    for index, part in enumerate(parts):
        _take_part(part, found, follows=any(later.role is Role.ACTION for later in parts[index + 1 :]))
    quoted = _take_content(kind, found)
    if kind in {Kind.REPLACE, Kind.DELETE}:
        found.old += [line.text for line in found.gone]
    else:
        found.lead += found.gone
    if kind is Kind.DELETE:
        _sort_deletion(quoted, found)
    else:
        _sort_change(kind, quoted, found)
    _describe_pieces(kind, found)
    return found


def _take_lead(parts: Sequence[Part], found: Sorted) -> None:
    """Take what stands before the first heading; a place or a quotation right before it belongs to it."""
    found.lead += parts[0].lines
    heading = parts[1].heading if len(parts) > 1 else None
    if heading is None or not found.lead:
        return
    content = read_content(found.lead[-1])
    if content and content.places and not content.rest and not content.old:
        found.name(content)
        found.lead.pop()
        return
    opens = heading.role is Role.NEW and heading.kind is not None
    bare_deletion = heading.kind is Kind.DELETE and not heading.complete and not parts[1].lines
    if opens or bare_deletion:
        quoted = list(takewhile(lambda line: line.quoted, reversed(found.lead)))
        found.old += [line.text.lstrip("> ") for line in reversed(quoted)]
        del found.lead[len(found.lead) - len(quoted) :]


def _take_part(part: Part, found: Sorted, *, follows: bool) -> None:
    """Take what stands under a heading. `follows` says that the heading of what is done is still to come."""
    heading = part.heading
    if heading is None:
        return
    found.name(heading)
    match heading.role:
        case Role.EXPLANATION | Role.ASIDE:
            found.why += part.lines
        case _ if heading.complete and heading.ended:
            found.why += part.lines
        case Role.PLACE if heading.spoken:
            found.places += [line.text for line in part.lines]
            found.named += [each.place for line in part.lines for each in find_places(line.masked)]
        case Role.OLD:
            found.gone += part.lines
        case Role.NEW:
            found.fresh += part.lines
        case Role.ACTION | Role.PLACE if follows and not all(read_content(line) for line in part.lines):
            found.lead += part.lines  # a title, or what one thinks of a place
        case _:
            found.body += part.lines


def _take_content(kind: Kind, found: Sorted) -> list[str]:
    """Take the places off the beginning of what stands under the action, and return what is quoted there."""
    quoted: list[str] = []
    while found.body and kind is not Kind.GENERAL:
        content = read_content(found.body[0])
        if content is None or (quoted and content.old and content.places):
            break
        if kind is Kind.INSERT and content.ended and not any(place.side for place in content.named):
            break  # the new text begins so: nothing is added "bullet 3", but in or after it
        line = found.body.pop(0)
        found.places += content.places
        found.named += content.named
        quoted += [content.old] if content.old else []
        if content.rest:
            rest = line.cut(content.rest)
            explains = content.ended and (quoted or (kind is Kind.DELETE and not found.explained))
            (found.why if explains else found.body).insert(0, rest)
            break
    return quoted


def _sort_deletion(quoted: list[str], found: Sorted) -> None:
    """Sort what is to go. Beside a block that is named, text that isn't quoted says why, unless a heading says that."""
    known = bool(quoted or found.old)
    found.old += quoted
    if known or (found.pinned and not found.explained and not _is_set_apart(found.body)):
        found.why[:0] = found.body
    else:
        found.old += [line.text for line in found.body]


def _is_set_apart(lines: Sequence[Line]) -> bool:
    return bool(lines) and all(line.kind in {BlockKind.QUOTE, BlockKind.BULLET} for line in lines)


def _sort_change(kind: Kind, quoted: list[str], found: Sorted) -> None:
    if kind is Kind.REPLACE and (found.new or found.fresh):
        found.old += quoted
        if found.new or found.old:
            found.why[:0] = found.body
        else:
            found.old += [line.text for line in found.body]
        found.new += _text_of(found.fresh, found)
        return
    found.new += quoted
    if found.new:
        found.why[:0] = found.body
        found.new += _text_of(found.fresh, found)
    else:
        found.new += _text_of([*found.body, *found.fresh], found)


def _text_of(lines: Sequence[Line], found: Sorted) -> list[str]:
    """Return the new text in some lines; from a later line on that tells why, or speaks of the writer, it has ended."""
    end = next((at for at in range(1, len(lines)) if _EXPLAINS.fullmatch(lines[at].masked.text)), len(lines))
    found.why[:0] = lines[end:]
    return [line.text for line in lines[:end]]


def _describe_pieces(kind: Kind, found: Sorted) -> None:
    """Let what names a piece of a block, or no block at all, stand for the old text that the member left out."""
    if kind in {Kind.DELETE, Kind.REPLACE} and not found.old:
        pieces = any(place.part for place in found.named) or (found.named and not found.pinned)
        found.old += found.places if pieces else []


def written(texts: Sequence[str]) -> str:
    """Return texts as one, each on a line, without the quotation marks around all of it."""
    lines = [bare(text) for text in texts]
    kept = lines if all(line != text for line, text in zip(lines, texts, strict=True)) else texts
    return "\n".join(text for text in kept if text)
