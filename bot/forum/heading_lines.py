"""Where in a line a heading ends: at a colon, a dash, the end of a sentence, of what is emphasised, or of the line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum
from itertools import islice
from typing import Final

from bot.domain.amendments import Kind
from bot.domain.quotations import MARKS, QUOTE
from bot.forum.clauses import may_begin, read_clause
from bot.forum.phrases import (
    ASIDES,
    EXPLANATIONS,
    FILLERS,
    NEW_TEXTS,
    OLD_TEXTS,
    REARRANGEMENTS,
    REASONS,
    Role,
)
from bot.forum.proposal_headings import Heading, content_of, heading_of
from bot.forum.reply_lines import Line
from bot.forum.talk import HESITATIONS

_SIGNS: Final = "*_ \t\xa0"
_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z])[.)]\s+|[•·▪*–—-]\s+")
_COLON = re.compile(r"\s*:+\s*")
_DASH = re.compile(r"\s+[-–—]+\s+(?=\S)")
_SENTENCE_END = re.compile(rf"(?<!\bnr)(?<!\bno)(?<!\bi\.p\.v)[.;]\s+(?=\S)|(?<={QUOTE})\s+(?=[A-Z])")
_REASON = re.compile(rf",?\s+(?=(?:{'|'.join(REASONS)})\b)", re.IGNORECASE)
_BRACKET = re.compile(r"\s+(?=\()")
_ASKS = re.compile(r"[?!:]")
_LAST_WORDS: Final = frozenset(
    phrase.rsplit(maxsplit=1)[-1] for phrase in (*NEW_TEXTS, *OLD_TEXTS, *EXPLANATIONS, *ASIDES) if phrase[-1].isalpha()
)
_LABEL = re.compile(rf"\b(?i:{'|'.join(sorted(_LAST_WORDS))})(?P<mark>\s*:\s*|\?\s+|\s+[-–—]\s+|\s+(?=[A-Z0-9]))")
_WORDS_BEFORE = re.compile(r"(?:[^\W\d_]+\s+){0,2}\Z")
_COLONS: Final = 3  # within one heading: "Bullet: 3: nieuwe tekst:"
_MOVED = re.compile(rf".{{0,60}}?\b(?:{'|'.join(sorted(REARRANGEMENTS))})\b", re.IGNORECASE)
_FARTHEST: Final = 250  # characters within which a heading ends
_LONGEST: Final = 14  # words in capitals
_LONGEST_RUN: Final = 8  # words before one with a capital
_CLOSERS: Final = _SIGNS + ":.-–—"


class _End(Enum):
    """How the words of a heading end."""

    COLON = 1
    LINE = 2
    DASH = 3
    SENTENCE = 4
    EMPHASIS = 5
    VERB = 6
    CAPITAL = 7


_OF_CONTENT: Final = frozenset((_End.COLON, _End.LINE, _End.SENTENCE))


def read_heading(line: Line, text: str, *, opened: bool = False, replacing: bool = False) -> Heading | None:
    """Return the heading with which a part of a line begins.

    `opened` says that an amendment was begun, `replacing` that it may be one to replace text.
    """
    bare = text.strip(_SIGNS)
    bare = _NUMBER.sub("", bare, count=1).strip(_SIGNS) if _NUMBER.match(bare) else bare
    if not bare or bare[0] in MARKS or not may_begin(bare[:_FARTHEST]):
        return None
    for words, rest, end in _endings(bare, line.emphasised):
        clause = read_clause(line.masked, words.strip(_SIGNS))
        heading = heading_of(clause, replacing=replacing) if clause else None
        if heading and _can_end(heading, words, rest, end, opened=opened):
            weak = heading.weak or end is _End.CAPITAL
            return replace(heading, rest=rest.strip(_SIGNS), ended=end is _End.SENTENCE, weak=weak)
    return None


def read_content(line: Line) -> Heading | None:
    """Return the places and the quotation with which a line begins that says what an amendment is about."""
    for words, rest, end in _endings(line.masked.text.strip(_SIGNS), ()):
        clause = read_clause(line.masked, words) if end in _OF_CONTENT else None
        content = content_of(clause) if clause else None
        if content:
            return replace(content, rest=rest.strip(_SIGNS), ended=end is _End.SENTENCE)
    return None


def split_midway(line: Line, text: str) -> tuple[str, Heading] | None:
    """Return the text before, and the heading of, a later part (new text, explanation) that stands inside a line.

    It must be in capitals, "vervangen door", or follow the end of a sentence, and close with a mark or be emphasised.
    """
    for start, words, rest in _inner(line, text):
        clause = read_clause(line.masked, words)
        heading = heading_of(clause) if clause else None
        if heading and heading.role is not Role.ACTION and heading.role is not Role.PLACE:
            return text[:start].rstrip(), replace(heading, rest=rest.strip(_SIGNS))
    return None


def _inner(line: Line, text: str) -> Iterator[tuple[int, str, str]]:
    """Yield where words stand out inside a line, those words, and the rest after them."""
    for stretch in line.emphasised:
        at, words = text.find(stretch), stretch.strip(_CLOSERS)
        rest = text[at + len(stretch) :]
        closed = stretch.endswith(":") or rest.lstrip().startswith(":")
        if at > 0 and words and (_ends_sentence(text[:at]) or (closed and _stands_out(text[:at], words, ":"))):
            yield at, words, rest.lstrip(_CLOSERS)
    for found in _LABEL.finditer(text):
        before = _WORDS_BEFORE.search(text, max(0, found.start() - _FARTHEST), found.start())
        first = before.start() if before else found.start()
        for word in re.finditer(r"\S+", text[first : found.start("mark")]):
            start = first + word.start()
            words = text[start : found.start("mark")]
            loose = word[0].casefold() in FILLERS and words.casefold() not in NEW_TEXTS | OLD_TEXTS
            if (not loose or _ends_sentence(text[:start])) and _stands_out(text[:start], words, found["mark"]):
                yield start, words, text[found.end() :]


def _endings(text: str, emphasised: Sequence[str]) -> Iterator[tuple[str, str, _End]]:
    """Yield the words with which a text begins and the rest, for each way in which a heading can end."""
    start = text[:_FARTHEST]
    for found in islice(_COLON.finditer(start), _COLONS):
        yield text[: found.start()], text[found.end() :], _End.COLON
    if len(text) < _FARTHEST:
        yield text.rstrip(_CLOSERS + ";"), "", _End.LINE
    if found := _DASH.search(start):
        yield text[: found.start()], text[found.end() :], _End.DASH
    for pattern in (_SENTENCE_END, _REASON, _BRACKET):
        for found in islice(pattern.finditer(start), _COLONS):
            yield text[: found.start()], text[found.end() :], _End.SENTENCE
    for stretch in emphasised:
        if bold := _beginning(stretch, text):
            yield bold, text[len(bold) :].lstrip(_CLOSERS), _End.EMPHASIS
    yield from _capitals(text)
    if (found := _MOVED.match(start)) and not _ASKS.search(text, found.end()):
        yield text[: found.end()], text[found.end() :], _End.VERB
    yield from _before_capital(text)


def _beginning(stretch: str, text: str) -> str:
    """Return the words with which a text begins as far as they end an emphasised stretch."""
    at = stretch.find(text.split(maxsplit=1)[0])
    part = stretch[at:].rstrip(_CLOSERS) if at >= 0 else ""
    return part if text.startswith(part) else ""


def _before_capital(text: str) -> Iterator[tuple[str, str, _End]]:
    """Yield words before one with a capital, the most first: "Bullet toevoegen De haven krijgt camera's"."""
    words = text.split()
    for length in range(min(len(words) - 1, _LONGEST_RUN), 0, -1):
        if words[length][0].isupper() and words[length - 1][-1].isalnum():
            yield " ".join(words[:length]), " ".join(words[length:]), _End.CAPITAL


def _capitals(text: str) -> Iterator[tuple[str, str, _End]]:
    """Yield words in capitals before text that is not: "SCHRAPPEN De laatste zin"."""
    words = text.split()
    count = 0
    while count < min(len(words), _LONGEST) and (words[count].isupper() or words[count].isdigit()):
        count += 1
    for length in range(count, 0, -1):
        rest = " ".join(words[length:])
        if rest and not rest.isupper() and (rest[0].isupper() or rest[0].isdigit() or re.match(QUOTE, rest)):
            yield " ".join(words[:length]).rstrip("-–— "), text.split(maxsplit=length)[length], _End.EMPHASIS


def _can_end(heading: Heading, words: str, rest: str, end: _End, *, opened: bool) -> bool:
    """Tell whether a heading can end so: what is a heading with a colon may be just text without one."""
    if end is _End.VERB:
        return heading.spoken and heading.pinned and not HESITATIONS & set(rest.casefold().split())
    if end is _End.CAPITAL:
        plain = heading.role is Role.ACTION and heading.kind is not Kind.GENERAL and not heading.weak
        return plain or (opened and heading.role is Role.EXPLANATION) or heading.kind is Kind.REPLACE
    if heading.complete:
        return True
    if end is _End.COLON:
        return not re.search(r"[.!?]\s", words) and (not rest or heading.role is not Role.PLACE or heading.spoken)
    if heading.role is Role.PLACE:
        return end is _End.LINE and not heading.spoken
    if heading.stated or end is _End.SENTENCE:
        return False
    return end is not _End.DASH or not heading.slight


def _stands_out(before: str, words: str, mark: str) -> bool:
    """Tell whether words inside a line can't be the writer's running text."""
    if not before.strip():
        return False
    ends_sentence = _ends_sentence(before)
    begins = ends_sentence and words[0].isupper()
    match mark.strip():
        case ":":
            return words.isupper() or "door" in words.casefold().split()[1:] or ends_sentence
        case "?":
            return begins and " " not in words
        case "":
            return begins and " " not in words and words.casefold() in EXPLANATIONS
        case _:
            return begins or words.isupper()


def _ends_sentence(before: str) -> bool:
    last = before.rstrip()[-1:]
    return last in {".", "!", "?", ")"} or re.match(QUOTE, last) is not None
