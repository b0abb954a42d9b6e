"""What an amendment proposes, as markdown that reads without colour: new words bold, dropped words struck through."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.domain.amendments import Amendment, Kind
from bot.domain.diff import word_diff
from bot.domain.text import Run, Style
from bot.mirror.markdown import markdown_of

_STYLES: Final = {"insert": Style.BOLD, "delete": Style.STRIKE}


def change_runs(amendment: Amendment) -> list[Run]:
    """Return the change that an amendment makes to the text, word by word."""
    match amendment.kind:
        case Kind.INSERT:
            return [Run(amendment.text, Style.BOLD)]
        case Kind.DELETE:
            return [Run(amendment.old_text or amendment.text, Style.STRIKE)]
        case Kind.GENERAL:
            return plain_runs(amendment.text)
        case Kind.REPLACE:
            changes = word_diff(amendment.old_text or "", amendment.text)
            return [Run(change.text, _STYLES.get(change.op, Style.PLAIN)) for change in changes]


def plain_runs(text: str) -> list[Run]:
    """Return plain text as runs."""
    return [Run(text)] if text else []


def written(runs: Sequence[Run] | Iterable[Run]) -> str:
    """Return runs of plain words as markdown."""
    return markdown_of(runs, "").strip()
