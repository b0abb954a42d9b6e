"""Runs of text on their way to a block: white space put right, equal neighbours joined. It knows no HTML."""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.text import Run, Style

_EDGE = " \n\xa0"
_BEFORE_NOTHING = "\n"


def tidy_runs(pieces: Iterable[Run]) -> tuple[Run, ...]:
    r"""Return pieces as runs: spaces folded over the pieces' edges, none beside a line break, none at either end.

    ``\n`` and ``\t`` are kept where they separate something; words are never touched.
    """
    runs: list[Run] = []
    last = _BEFORE_NOTHING
    for piece in pieces:
        if piece.image:
            runs.append(piece)
            last = ""
            continue
        text = piece.text if runs else piece.text.lstrip(_EDGE)
        if last in {" ", "\n", "\t"}:
            text = text.lstrip(" ")
        if not text:
            continue
        if text[0] in "\n\t":
            _trim_end(runs, " ")
        last = text[-1]
        _append(runs, text, piece)
    _trim_end(runs, _EDGE)
    return tuple(runs)


def trim_code(pieces: Iterable[Run]) -> tuple[Run, ...]:
    """Return preformatted pieces joined, with their spaces as they are and only the closing white space gone."""
    runs: list[Run] = []
    for piece in pieces:
        if piece.image:
            runs.append(piece)
        else:
            _append(runs, piece.text, piece)
    _trim_end(runs, " \t\n")
    return tuple(runs)


def _append(runs: list[Run], text: str, piece: Run) -> None:
    blank = text.isspace()
    style = Style.PLAIN if blank else piece.style
    href = None if blank else piece.href
    if runs and not runs[-1].image and runs[-1].style == style and runs[-1].href == href:
        runs[-1] = Run(runs[-1].text + text, style, href)
    else:
        runs.append(Run(text, style, href))


def _trim_end(runs: list[Run], characters: str) -> None:
    while runs and not runs[-1].image:
        text = runs[-1].text.rstrip(characters)
        if text:
            if text != runs[-1].text:
                runs[-1] = replace(runs[-1], text=text)
            return
        runs.pop()
