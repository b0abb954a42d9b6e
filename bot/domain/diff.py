"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

Op = Literal["equal", "delete", "insert"]
_TOKENS = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text that stayed, went or came."""

    op: Op
    text: str


def word_diff(old: str, new: str) -> tuple[Change, ...]:
    """Return the changes from one text to another.

    What is equal or deleted joins to the old text, what is equal or inserted to the new one, exactly. A space alone
    between two changes is counted with them, so that a rewritten phrase reads as one.
    """
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    changes: list[Change] = []
    gone = come = ""
    for tag, gone_text, come_text in _steps(before, after):
        if tag == "equal" and (not gone_text.isspace() or not (gone or come)):
            changes.extend(_flush(gone, come))
            changes.append(Change("equal", gone_text))
            gone = come = ""
        else:
            gone, come = gone + gone_text, come + come_text
    changes.extend(_flush(gone, come))
    return _joined(changes)


def _steps(before: list[str], after: list[str]) -> Iterator[tuple[str, str, str]]:
    for step in Indel.opcodes(before, after):
        gone = "".join(before[step.src_start : step.src_end])
        come = "".join(after[step.dest_start : step.dest_end])
        yield step.tag, gone, come


def _flush(gone: str, come: str) -> Iterator[Change]:
    """Give what went and came, with a space that both end in given back as equal."""
    tail = ""
    while gone and come and gone[-1] == come[-1] and gone[-1].isspace():
        tail = gone[-1] + tail
        gone, come = gone[:-1], come[:-1]
    if gone:
        yield Change("delete", gone)
    if come:
        yield Change("insert", come)
    if tail:
        yield Change("equal", tail)


def _joined(changes: list[Change]) -> tuple[Change, ...]:
    joined: list[Change] = []
    for change in changes:
        if joined and joined[-1].op == change.op:
            joined[-1] = Change(change.op, joined[-1].text + change.text)
        else:
            joined.append(change)
    return tuple(joined)
