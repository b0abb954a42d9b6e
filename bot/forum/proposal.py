"""A reply's blocks → the proposal it makes, or None where it is discussion. Nothing is invented and no word is lost.

What stands in a quotation is somebody else's, so a heading there opens nothing. A reply with two proposals, or one
that cannot be read for certain, is left as it is for a person.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.domain.amendments import Kind, Proposal, ProposalReading
from bot.domain.places import is_place, parse_place
from bot.domain.text import Block, BlockKind, Run, Style
from bot.forum.phrases import ATTRIBUTIONS, Role
from bot.forum.proposal_headings import Heading, read_heading, split_midway

_ATTRIBUTION = re.compile(ATTRIBUTIONS, re.IGNORECASE)
_PLACE_FIRST = re.compile(r"(?P<place>[^:]{1,80}):\s+(?P<rest>\S.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the reply: its text, how far its beginning is bold, and what block it stands in."""

    text: str
    bold_start: str
    kind: BlockKind


@dataclass(slots=True)
class _Part:
    """What stands under one heading; the first part of a reply has none."""

    heading: Heading | None
    lines: list[_Line] = field(default_factory=list[_Line])

    @property
    def text(self) -> str:
        """The part's lines."""
        return "\n".join(line.text for line in self.lines)


def read_proposal(blocks: Sequence[Block]) -> ProposalReading | None:
    """Return the proposal that a reply makes, or None where it makes none that can be read for certain."""
    parts = _parts_of(_lines_of(blocks))
    action = _only_action(parts)
    if action is None or action.kind is None or _is_attributed(parts):
        return None
    return _reading(action, action.kind, parts)


def _lines_of(blocks: Iterable[Block]) -> Iterator[_Line]:
    for block in blocks:
        for runs in _split_runs(block.runs):
            text = "".join(run.text for run in runs).strip()
            if text:
                yield _Line(text, _bold_start(runs), block.kind)


def _split_runs(runs: Iterable[Run]) -> Iterator[list[Run]]:
    line: list[Run] = []
    for run in runs:
        if run.image:
            continue
        first, *following = run.text.split("\n")
        line.append(Run(first, run.style))
        for text in following:
            yield line
            line = [Run(text, run.style)]
    yield line


def _bold_start(runs: Iterable[Run]) -> str:
    text = ""
    for run in runs:
        if run.text.strip() and not run.style & (Style.BOLD | Style.UNDERLINE):
            break
        text += run.text
    return text.strip()


def _parts_of(lines: Iterable[_Line]) -> list[_Part]:
    parts = [_Part(None)]
    for line in lines:
        if line.kind is BlockKind.QUOTE:
            parts[-1].lines.append(line)
        else:
            _take_line(line, parts)
    return parts


def _take_line(line: _Line, parts: list[_Part]) -> None:
    """Add a line to the last part, or open the parts whose headings it holds."""
    text, bold = line.text, line.bold_start
    while text:
        if (heading := read_heading(text, bold)) and _fits(heading, parts):
            parts.append(_Part(heading))
            text, bold = heading.rest, ""
            continue
        opened = any(part.heading and part.heading.role is not Role.EXPLANATION for part in parts)
        midway = split_midway(text, opened)
        if midway is None or not _fits(midway[1], parts):
            parts[-1].lines.append(_Line(text, bold, line.kind))
            return
        if midway[0]:
            parts[-1].lines.append(_Line(midway[0], bold, line.kind))
        parts.append(_Part(midway[1]))
        text, bold = midway[1].rest, ""


def _fits(heading: Heading, parts: list[_Part]) -> bool:
    """Tell whether a heading can open a part here: some words ("in", "tekst") only mean something after another."""
    before = [part.heading for part in parts if part.heading is not None]
    if heading.role is Role.ACTION and any(known.role is Role.EXPLANATION for known in before):
        return not heading.weak
    if heading.role is Role.NEW and heading.kind is None:
        return any(known.role in {Role.ACTION, Role.OLD} for known in before)
    if heading.role is Role.PLACE:
        return any(known.role is Role.ACTION for known in before)
    return True


def _only_action(parts: list[_Part]) -> Heading | None:
    headings = [part.heading for part in parts if part.heading is not None]
    actions = [heading for heading in headings if heading.role is Role.ACTION]
    plain = [heading for heading in actions if heading.kind is not Kind.GENERAL]
    news = [heading for heading in headings if heading.role is Role.NEW]
    if len(plain) > 1 or len(actions) - len(plain) > 1 or len(news) > 1:
        return None
    if not actions and news and (news[0].kind or any(heading.role is Role.OLD for heading in headings)):
        return Heading(Role.ACTION, kind=Kind.REPLACE, place=news[0].place)
    if not actions:
        return None
    explained = any(heading.role is Role.EXPLANATION for heading in headings)
    if all(heading.weak for heading in actions) and not explained:
        return None
    return (plain or actions)[0]


def _is_attributed(parts: list[_Part]) -> bool:
    """Tell whether the line before the first heading says that somebody else wrote what follows."""
    return bool(parts[0].lines) and _ATTRIBUTION.search(parts[0].lines[-1].text) is not None


def _reading(action: Heading, kind: Kind, parts: list[_Part]) -> ProposalReading | None:
    under = {role: [part for part in parts if part.heading and part.heading.role is role] for role in Role}
    places = [part.heading.place for part in parts if part.heading and part.heading.place]
    body = [line for part in under[Role.ACTION] for line in part.lines]
    places += _take_places(body)
    places += [part.text for part in under[Role.PLACE] if part.text]
    first = "\n".join(line.text for line in body)
    new_lines = [line for part in under[Role.NEW] for line in part.lines]
    new = "\n".join(line.text for line in new_lines)
    old = "\n".join(part.text for part in under[Role.OLD] if part.text)
    kind, text, old = _divide(kind, first, new, old)
    explanation = "\n".join(part.text for part in [parts[0], *under[Role.EXPLANATION]] if part.text)
    place = "\n".join(places) or None
    explained = bool(under[Role.EXPLANATION])
    if not _is_enough(kind, text, old, place, explained=explained):
        return None
    form = _form(action, place, [*body, *new_lines] if kind is not Kind.REPLACE else new_lines or body)
    return ProposalReading(Proposal(kind, text, explanation, form, old or None), place)


def _take_places(body: list[_Line]) -> list[str]:
    """Take the words that name a place off the beginning of what is proposed."""
    if not body:
        return []
    first = body[0]
    if is_place(first.text):
        del body[0]
        return [first.text]
    found = _PLACE_FIRST.fullmatch(first.text)
    if found and is_place(found["place"]):
        body[0] = _Line(found["rest"], "", first.kind)
        return [found["place"]]
    return []


def _divide(kind: Kind, first: str, new: str, old: str) -> tuple[Kind, str, str]:
    """Return the kind with the new and the old text."""
    if kind is Kind.DELETE and new:
        kind = Kind.REPLACE
    if kind is Kind.GENERAL and old and new:
        kind = Kind.REPLACE
    if kind is Kind.DELETE:
        return kind, "", _joined(first, old)
    if kind is Kind.REPLACE and new:
        return kind, new, _joined(first, old)
    return kind, _joined(first, new), old


def _joined(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


def _is_enough(kind: Kind, text: str, old: str, place: str | None, *, explained: bool) -> bool:
    """Tell whether there is something to vote on. A lone question under a heading is asked, not proposed."""
    said = old if kind is Kind.DELETE else text
    if not explained and said.rstrip().endswith("?") and "\n" not in said:
        return False
    return bool(said.strip()) or (kind is Kind.DELETE and place is not None)


def _form(action: Heading, place: str | None, lines: list[_Line]) -> BlockKind:
    """Return what the proposal is about: as the heading says, as it is set, or as the place says."""
    if action.form is BlockKind.BULLET or action.form is BlockKind.PARAGRAPH:
        return action.form
    if lines and all(line.kind is BlockKind.BULLET for line in lines):
        return BlockKind.BULLET
    at = parse_place(place) if place else None
    return BlockKind.BULLET if at and at.kind is BlockKind.BULLET else BlockKind.PARAGRAPH
