"""A heading of an amendment at the start of a line, or between two sentences of one: recognised by the tables alone."""

import re
from dataclasses import dataclass

from bot.domain.amendments import Kind
from bot.domain.places import OBJECTS, PLACE
from bot.domain.text import BlockKind
from bot.forum.phrases import (
    ACTIONS,
    EXPLANATIONS,
    FILLERS,
    FRESH,
    NEW_TEXTS,
    OLD_TEXTS,
    PLACES,
    WEAK_ACTIONS,
    Role,
)

_LONGEST = 12
_WORD = re.compile(r"[^\s:;,.!?()\[\]/]+(?:/m\b)?")
_CLOSED = re.compile(r"(?P<words>[^:?!]{1,100}?)\s*:\s*(?P<rest>.*)", re.DOTALL)
_WHOLE = re.compile(r"(?P<words>[^:?!]{1,100}?)\s*[:.;]?\s*[-–—]?")
_MARKS = "*_ \t\xa0"
_QUOTED = ("“", '"', "„", "«", ">", "‘", "'")
_MIDWAY = re.compile(r"(?P<before>^|[\s.!?”\"'’»)])\s*(?P<words>\b[^\W\d_]+(?:\s+[^\W\d_]+){0,2})\s*:\s*", re.UNICODE)
_DOUBLE_ACTIONS = {
    phrase: kind for phrase, kind in {**ACTIONS, **WEAK_ACTIONS}.items() if " " in phrase or "-" in phrase
}


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says; `rest` is the text on its own line."""

    role: Role
    rest: str = ""
    kind: Kind | None = None
    weak: bool = False
    place: str | None = None
    form: BlockKind | None = None


def read_heading(line: str, bold_start: str = "") -> Heading | None:
    """Return the heading with which a line begins. `bold_start` is the line's beginning as far as it is bold."""
    text = line.strip(_MARKS)
    if not text or text.startswith(_QUOTED):
        return None
    if (found := _CLOSED.fullmatch(text)) and (heading := _heading_of(found["words"].strip(_MARKS))):
        return _with_rest(heading, found["rest"].lstrip(_MARKS))
    if (found := _WHOLE.fullmatch(text)) and (heading := _heading_of(found["words"].strip(_MARKS))):
        return heading if _can_stand_bare(heading, found["words"]) else None
    bold = bold_start.strip(_MARKS + ":.-–—")
    if bold and text.startswith(bold) and (heading := _heading_of(bold)):
        return _with_rest(heading, text[len(bold) :].lstrip(_MARKS + ":-–—"))
    return _in_capitals(text)


def _can_stand_bare(heading: Heading, words: str) -> bool:
    """Tell whether a line of these words alone, without a colon, is a heading: "in" or "oud" may be just text."""
    short = heading.role in {Role.NEW, Role.OLD, Role.PLACE} and len(words.split()) == 1
    return not short or words.isupper()


def split_midway(line: str, opened: bool) -> tuple[str, Heading] | None:
    """Return the text before, and the heading of a later part (new text, explanation) that stands inside a line.

    It must close with a colon and be in capitals, be "vervangen door", or follow the end of a sentence.
    """
    if not opened:
        return None
    for found in _MIDWAY.finditer(line):
        for start in range(len(found["words"].split())):
            words = " ".join(found["words"].split()[start:])
            heading = _heading_of(words)
            at = found.start("words") + found["words"].rfind(words.split()[0])
            if heading and heading.role is not Role.ACTION and _stands_out(line[:at], words):
                return line[:at].rstrip(), _with_rest(heading, line[found.end() :])
    return None


def _stands_out(before: str, words: str) -> bool:
    if not before.strip():
        return False
    ends_sentence = before.rstrip()[-1] in ".!?”\"'’»)"
    return words.isupper() or "door" in words.casefold().split()[1:] or ends_sentence


def _with_rest(heading: Heading, rest: str) -> Heading:
    return Heading(heading.role, rest.strip(), heading.kind, heading.weak, heading.place, heading.form)


def _in_capitals(text: str) -> Heading | None:
    """Return a heading in capitals before text that is not: "SCHRAPPEN De laatste zin"."""
    words = text.split()
    count = 0
    while count < min(len(words), _LONGEST) and (words[count].isupper() or words[count].isdigit()):
        count += 1
    for length in range(count, 0, -1):
        rest = " ".join(words[length:])
        heading = _heading_of(" ".join(words[:length]).rstrip("-–— "))
        if heading and heading.role is not Role.PLACE and _begins_text(rest):
            return _with_rest(heading, text.split(maxsplit=length)[length])
    return None


def _begins_text(rest: str) -> bool:
    return bool(rest) and not rest.isupper() and (rest[0].isupper() or rest[0] in "“\"„‘'«")


def _heading_of(text: str) -> Heading | None:
    """Return what some words say when every one of them stands in the tables."""
    place = PLACE.search(text)
    bare = f"{text[: place.start()]} {text[place.end() :]}" if place else text
    words = [word.casefold() for word in _WORD.findall(bare)]
    if len(words) + (len(place[0].split()) if place else 0) > _LONGEST:
        return None
    said = " ".join(words)
    for role, phrases in ((Role.NEW, NEW_TEXTS), (Role.OLD, OLD_TEXTS), (Role.PLACE, PLACES)):
        if said in phrases:
            replaces = role is Role.NEW and (place is not None or any(word in ACTIONS for word in words))
            kind = Kind.REPLACE if replaces else None
            return Heading(role, kind=kind, place=place[0] if place else None)
    return _spoken(words, place[0] if place else None)


def _spoken(words: list[str], place: str | None) -> Heading | None:
    kinds: set[Kind] = set()
    weak: set[Kind] = set()
    left = _take_double(words, kinds)
    explains = False
    for word in left:
        if word in ACTIONS:
            kinds.add(ACTIONS[word])
        elif word in WEAK_ACTIONS:
            weak.add(WEAK_ACTIONS[word])
        elif word in EXPLANATIONS:
            explains = True
        elif word not in FILLERS and word not in OBJECTS and not word.isdigit():
            return None
    if explains:
        return Heading(Role.EXPLANATION, place=place)
    return _action(kinds, weak, left, place)


def _take_double(words: list[str], kinds: set[Kind]) -> list[str]:
    """Return the words without the actions that take more than one word."""
    said = f" {' '.join(words)} "
    for phrase, kind in _DOUBLE_ACTIONS.items():
        if f" {phrase} " in said:
            kinds.add(kind)
            said = said.replace(f" {phrase} ", "  ")
    return said.split()


def _action(kinds: set[Kind], weak: set[Kind], words: list[str], place: str | None) -> Heading | None:
    form = next((OBJECTS[word] for word in words if word in OBJECTS), None)
    plain = kinds - {Kind.GENERAL}
    softer = weak - {Kind.GENERAL}
    if not kinds and not weak and form and any(word in FRESH for word in words):
        plain = {Kind.INSERT}
    if len(plain) > 1 or (not plain and len(softer) > 1):
        return None
    if plain:
        return Heading(Role.ACTION, kind=next(iter(plain)), place=place, form=form)
    if softer:
        return Heading(Role.ACTION, kind=next(iter(softer)), weak=not kinds, place=place, form=form)
    if kinds or weak:
        return Heading(Role.ACTION, kind=Kind.GENERAL, weak=not kinds, place=place, form=form)
    return None
