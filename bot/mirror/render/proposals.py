"""What an amendment proposes, as markdown that reads without colour: new words bold, dropped words struck through."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.domain.amendments import Amendment, Kind
from bot.domain.diff import word_diff
from bot.domain.text import Run, Style
from bot.mirror.markdown import markdown_of

_STYLES: Final = {"insert": Style.BOLD, "delete": Style.STRIKE}


def change_runs(amendment: Amendment) -> list[Run]:
    """Return the change that an amendment makes to the text, word by word, as it was decided where that differs."""
    if amendment.final_text is not None:
        return decided_runs(amendment, amendment.final_text)
    match amendment.kind:
        case Kind.INSERT:
            return [Run(amendment.text, Style.BOLD)]
        case Kind.DELETE:
            return [Run(amendment.old_text or amendment.text, Style.STRIKE)]
        case Kind.GENERAL:
            return plain_runs(amendment.text)
        case Kind.REPLACE:
            return diff_runs(amendment.old_text or "", amendment.text)


def decided_runs(amendment: Amendment, text: str) -> list[Run]:
    """Return the change to the programme's text where the amendment reads otherwise than it was proposed."""
    match amendment.kind:
        case Kind.INSERT:
            return [Run(text, Style.BOLD)]
        case Kind.GENERAL:
            return plain_runs(text)
        case Kind.DELETE | Kind.REPLACE:
            return diff_runs(amendment.old_text or "", text)


def change_label(amendment: Amendment) -> str:
    """Return the key of what stands above the change: what kind it is, and how to read it."""
    return f"change.{amendment.kind.value}" if amendment.final_text is None else "change.decided"


def diff_runs(old: str, new: str) -> list[Run]:
    """Return what changed between two texts: new words bold, dropped words struck through."""
    return [Run(change.text, _STYLES.get(change.op, Style.PLAIN)) for change in word_diff(old, new)]


def plain_runs(text: str) -> list[Run]:
    """Return plain text as runs."""
    return [Run(text)] if text else []


def written(runs: Sequence[Run] | Iterable[Run]) -> str:
    """Return runs of plain words as markdown."""
    return markdown_of(runs, "").strip()
