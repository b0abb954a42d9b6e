"""A reply's blocks → the proposal it makes, or None where it is discussion. Nothing is invented and no word is lost.

What stands in a quotation is somebody else's, so a heading there opens nothing. A reply with two proposals, or one
that cannot be read for certain, is left as it is for a person.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.domain.amendments import Kind, Proposal, ProposalReading
from bot.domain.text import Block, BlockKind
from bot.forum.doubts import Draft, is_doubtful
from bot.forum.heading_lines import read_content
from bot.forum.hints import may_propose
from bot.forum.phrases import Role
from bot.forum.proposal_headings import Heading
from bot.forum.proposal_parts import Part, parts_of
from bot.forum.proposal_text import Sorted, sort_parts, written
from bot.forum.reply_lines import Line, lines_of

_LONGEST_TITLE: Final = 12  # words


def read_proposal(blocks: Sequence[Block]) -> ProposalReading | None:
    """Return the proposal that a reply makes, or None where it makes none that can be read for certain."""
    if not may_propose("\n".join("".join(run.text for run in block.runs) for block in blocks)):
        return None
    parts, closing = parts_of(lines_of(blocks))
    action = _only_action(parts)
    if action is None or action.kind is None:
        return None
    kind = _kind_of(action.kind, parts)
    found = sort_parts(kind, parts)
    text, old = written(found.new), written(found.old)
    firm = (
        not action.weak
        or any(heading.kind and not heading.weak for heading in _news(parts))
        or _is_precise(kind, found)
    )
    if not (firm or found.explained) or not _is_enough(kind, text, old, found):
        return None
    if is_doubtful(Draft(kind, text, old, found.lead, found.why, firm, found.explained)):
        return None
    explanation = "\n".join(line.text for line in [*found.lead, *found.why, *closing])
    proposal = Proposal(kind, text, explanation, _form(action, kind, found), old or None)
    return ProposalReading(proposal, "\n".join(found.places) or None)


def _only_action(parts: Sequence[Part]) -> Heading | None:
    """Return the one thing that the headings say is to be done, or None where that is nothing or more than one."""
    action: Heading | None = None
    said: list[Line] = []  # what stands under the last action, apart from where
    for part in parts:
        heading = part.heading
        if heading is None:
            continue
        if heading.role is Role.ACTION:
            if action is not None and not _leads_to(action, said, heading):
                return None
            action = heading if action is None else _joined(action, heading)
            said = []
        if heading.role is not Role.ASIDE:
            said += [line for line in part.lines if not _only_places(line)]
    news = _news(parts)
    if len(news) > 1 or (news and action and (action.new or (action.complete and news[0].places))):
        return None
    if action is None and news and (news[0].kind or any(part.role is Role.OLD for part in parts)):
        return Heading(Role.ACTION, Kind.REPLACE, weak=news[0].weak)
    return action


def _news(parts: Sequence[Part]) -> list[Heading]:
    return [part.heading for part in parts if part.heading and part.heading.role is Role.NEW]


def _leads_to(first: Heading, said: Sequence[Line], second: Heading) -> bool:
    """Tell whether two headings are one: "WIJZIGING: bullet 3 schrappen", or an amendment's title and what it does."""
    if first.complete:
        return False
    if said:
        is_title = len(said) == 1 and len(said[0].text.split()) <= _LONGEST_TITLE
        return is_title and first.kind is Kind.GENERAL is not second.kind
    return first.kind in {Kind.GENERAL, Kind.REPLACE} or first.kind is second.kind


def _joined(first: Heading, second: Heading) -> Heading:
    kind = first.kind if second.kind is Kind.GENERAL and not second.spoken else second.kind
    return replace(second, kind=kind, weak=first.weak and second.weak, form=second.form or first.form)


def _only_places(line: Line) -> bool:
    content = read_content(line)
    return content is not None and not content.rest and not content.old


def _kind_of(kind: Kind, parts: Sequence[Part]) -> Kind:
    """Return the kind of what is proposed: where there is an old and a new text, the one replaces the other."""
    news = _news(parts)
    olds = any(part.role is Role.OLD for part in parts)
    if news and (olds or kind is Kind.DELETE or (kind is Kind.GENERAL and news[0].kind)):
        return Kind.REPLACE
    return kind


def _is_precise(kind: Kind, found: Sorted) -> bool:
    """Tell whether a word of discussion is a heading after all, by what it says: where exactly, or which words."""
    if kind is Kind.INSERT:
        return any(place.before or place.after for place in found.named)
    return kind is Kind.REPLACE and bool(found.new and found.old)


def _is_enough(kind: Kind, text: str, old: str, found: Sorted) -> bool:
    """Tell whether there is something to vote on."""
    if kind is Kind.DELETE:
        return found.pinned or bool(old and (found.explained or not found.named))
    return bool(text.strip())


def _form(action: Heading, kind: Kind, found: Sorted) -> BlockKind:
    """Return what the proposal is about: as the heading says, as it is set, or as the place says."""
    if action.form is BlockKind.BULLET or action.form is BlockKind.PARAGRAPH:
        return action.form
    lines = found.fresh if kind is Kind.REPLACE and found.fresh else [*found.body, *found.fresh]
    if lines and all(line.kind is BlockKind.BULLET for line in lines):
        return BlockKind.BULLET
    kinds = {place.kind for place in found.named if place.kind}
    return BlockKind.BULLET if kinds == {BlockKind.BULLET} else BlockKind.PARAGRAPH
