"""Pieces of text on their way to a block: white space put right, equal neighbours joined to runs. It knows no HTML."""

from itertools import groupby
from operator import itemgetter

from bot.domain.text import Run, Style
from bot.forum.making import make_run

Setting = tuple[Style, str | None, bool]
"""How a piece is set: its style and its address, and whether it is an image."""
Piece = tuple[str, Setting]

PLAIN: Setting = (Style.PLAIN, None, False)
EDGE = " \n\xa0"
_GAPS = (" ", "\n", "\t")


def tidy_runs(pieces: list[Piece]) -> tuple[Run, ...]:
    r"""Return pieces as runs: spaces folded over the pieces' edges, none beside a line break, none at either end.

    ``\n`` and ``\t`` are kept where they separate something; words are never touched. White space has no style of its
    own, and where there is nothing else it is nothing.
    """
    runs: list[Run] = []
    held, held_setting, last = "", PLAIN, "\n"
    for text, setting in pieces:
        if setting[2]:
            _add(runs, held, held_setting)
            runs.append(make_run(text, *setting))
            held, last = "", ""
            continue
        if last in _GAPS:
            text = text.lstrip(" " if runs or held else EDGE)  # noqa: PLW2901 - the same text, as it may stand here
        if not text:
            continue
        now = PLAIN if text.isspace() else setting
        if text[0] in "\n\t":
            held = held.rstrip(" ")
        if now != held_setting:
            _add(runs, held, held_setting)
            held, held_setting = "", now
        held += text
        last = text[-1]
    _add(runs, held, held_setting)
    return _without_end(runs, EDGE)


def trim_code(pieces: list[Piece]) -> tuple[Run, ...]:
    """Return preformatted pieces as runs, with their spaces as they are and only the closing white space gone."""
    groups = groupby(pieces, key=itemgetter(1))
    return _without_end([make_run("".join(text for text, _ in group), *setting) for setting, group in groups], " \t\n")


def _add(runs: list[Run], text: str, setting: Setting) -> None:
    if text:
        runs.append(make_run(text, *setting))


def _without_end(runs: list[Run], characters: str) -> tuple[Run, ...]:
    """Return runs without these characters at their end; nothing, where nothing but white space is left."""
    while runs and not runs[-1].image and runs[-1].text[-1] in characters:
        last = runs.pop()
        _add(runs, last.text.rstrip(characters), (last.style, last.href, False))
    for run in runs:  # any() would cost more than all the rest for the one run there mostly is
        if run.image or not run.text.isspace():
            return tuple(runs)
    return ()
