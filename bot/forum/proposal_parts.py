"""A reply's lines divided over the headings of an amendment: each line stands under one, or before them all."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.domain.text import BlockKind
from bot.forum.heading_lines import read_heading, split_midway
from bot.forum.phrases import Role
from bot.forum.proposal_headings import Heading
from bot.forum.reply_lines import Line
from bot.forum.swaps import read_swap
from bot.forum.talk import CLOSINGS, GREETING

_CLOSING = re.compile(CLOSINGS, re.IGNORECASE)
_GREETING = re.compile(GREETING, re.IGNORECASE)
_NAME = re.compile(r"[-–—]?\s*[A-Z][\w'’-]*\.?(?:\s+(?:van|de|der|den|el|ten|ter|[A-Z][\w'’-]*\.?)){0,4}")
_LONGEST_CLOSING: Final = 9  # words in a line of a closing
_MOST_CLOSING: Final = 5  # lines in a closing
_ENDS = (".", "!", "?", "”", '"', "’", "'", ")", ",")


@dataclass(slots=True)
class Part:
    """What stands under one heading; the first part of a reply has none."""

    heading: Heading | None
    lines: list[Line] = field(default_factory=list[Line])

    @property
    def role(self) -> Role | None:
        """What stands under the heading."""
        return self.heading.role if self.heading else None


def parts_of(lines: Iterable[Line]) -> tuple[list[Part], list[Line]]:
    """Return the parts of a reply, the first being what stands before any heading, and the lines that close it."""
    parts = [Part(None)]
    for line in lines:
        if line.quoted:
            parts[-1].lines.append(line)
        else:
            _take(line, parts)
    return parts, _take_closing(parts[-1])


def _take(line: Line, parts: list[Part]) -> None:
    """Add a line to the last part, or open the parts whose headings it holds."""
    text = line.masked.text
    greeting = _GREETING.match(text) if len(parts) == 1 else None
    if greeting and read_heading(line, text[greeting.end() :]):
        parts[0].lines.append(line.cut(greeting[0].strip()))
        text = text[greeting.end() :]
    while text:
        replacing = any(part.heading and part.heading.replaces for part in parts)
        opened = any(part.heading and part.heading.role is not Role.EXPLANATION for part in parts)
        heading = read_heading(line, text, opened=opened, replacing=replacing) or read_swap(line, text)
        heading = _fitting(heading, parts) if heading else None
        if heading is not None:
            parts.append(Part(heading, [line.cut(text)] if heading.spoken or heading.role is Role.ASIDE else []))
            if parts[-1].lines:
                return
            text = heading.rest
            continue
        midway = split_midway(line, text) if opened else None
        fitting = _fitting(midway[1], parts) if midway else None
        if midway is None or fitting is None:
            parts[-1].lines.append(line.cut(text))
            return
        if midway[0]:
            parts[-1].lines.append(line.cut(midway[0]))
        parts.append(Part(fitting))
        text = fitting.rest


def _fitting(heading: Heading, parts: Sequence[Part]) -> Heading | None:
    """Return a heading as it is to be taken here, or None: some words only mean something after another."""
    before = [part.heading for part in parts if part.heading is not None]
    roles = {known.role for known in before}
    acts = Role.ACTION in roles
    if heading.slight and heading.kind is None and acts and not any(known.replaces for known in before):
        return None
    match heading.role:
        case Role.ACTION if Role.OLD in roles and heading.weak and not acts and Role.NEW not in roles:
            return replace(heading, role=Role.NEW, kind=None)  # "Huidige tekst: … Voorstel: …"
        case Role.ACTION if heading.weak and Role.EXPLANATION in roles:
            return None
        case Role.NEW if heading.kind is None and not roles & {Role.ACTION, Role.OLD}:
            return None
        case Role.PLACE if heading.spoken:
            return heading if acts else None
        case Role.PLACE:
            return heading if not parts[-1].lines or parts[-1].heading is None else None
        case _:
            return heading


def _take_closing(part: Part) -> list[Line]:
    """Take the greeting and the name with which a reply closes off its last part."""
    lines = part.lines
    first = 0 if part.role is Role.ACTION and part.heading and part.heading.complete else 1
    for index in range(max(first, len(lines) - _MOST_CLOSING), len(lines)):
        tail = lines[index:]
        if all(_is_short(line) for line in tail) and (_is_closing(tail[0]) or _is_name(tail, lines[:index])):
            del lines[index:]
            return tail
    return []


def _is_short(line: Line) -> bool:
    return line.kind is BlockKind.PARAGRAPH and len(line.text.split()) <= _LONGEST_CLOSING


def _is_closing(line: Line) -> bool:
    return _CLOSING.fullmatch(line.text) is not None


def _is_name(tail: Sequence[Line], before: Sequence[Line]) -> bool:
    """Tell whether what is left is a name alone, after a sentence that ended."""
    if len(tail) > 1 or not before or not before[-1].text.endswith(_ENDS):
        return False
    return _NAME.fullmatch(tail[0].text) is not None
