"""Pieces of text on their way to a block: white space put right, equal neighbours joined to runs. It knows no HTML."""

from bot.domain.text import Run, Style
from bot.forum.making import make_run

Piece = tuple[str, Style, str | None, bool]
"""What will be a run: its text, style and address, and whether it is an image."""

EDGE = " \n\xa0"
_BEFORE_NOTHING = "\n"
_PLAIN = (Style.PLAIN, None, False)


def tidy_runs(pieces: list[Piece]) -> tuple[Run, ...]:
    r"""Return pieces as runs: spaces folded over the pieces' edges, none beside a line break, none at either end.

    ``\n`` and ``\t`` are kept where they separate something; words are never touched. White space alone is nothing.
    """
    if len(pieces) == 1 and not pieces[0][3]:
        text, style, href, _ = pieces[0]
        text = text.strip(EDGE)
        return (make_run(text, style, href),) if text and not text.isspace() else ()
    tidied: list[Piece] = []
    last = _BEFORE_NOTHING
    for piece in pieces:
        text, style, href, image = piece
        if image:
            tidied.append(piece)
            last = ""
            continue
        if not tidied:
            text = text.lstrip(EDGE)
        elif last in (" ", "\n", "\t"):
            text = text.lstrip(" ")
        if not text:
            continue
        if text[0] in "\n\t":
            _trim_end(tidied, " ")
        last = text[-1]
        tidied.append((text, style, href, False))
    _trim_end(tidied, EDGE)
    return _joined(tidied)


def trim_code(pieces: list[Piece]) -> tuple[Run, ...]:
    """Return preformatted pieces as runs, with their spaces as they are and only the closing white space gone."""
    kept = list(pieces)
    _trim_end(kept, " \t\n")
    return _joined(kept)


def _trim_end(pieces: list[Piece], characters: str) -> None:
    while pieces and not pieces[-1][3]:
        text, style, href, _ = pieces.pop()
        if text := text.rstrip(characters):
            pieces.append((text, style, href, False))
            return


def _joined(pieces: list[Piece]) -> tuple[Run, ...]:
    """Return pieces as runs; white space bears no style and joins what it stands beside."""
    runs: list[Run] = []
    texts: list[str] = []
    last = _PLAIN
    says_something = False
    for text, style, href, image in pieces:
        blank = text.isspace() and not image
        says_something = says_something or not blank
        setting = _PLAIN if blank else (style, href, image)
        if texts and (image or setting != last):
            runs.append(make_run("".join(texts), *last))
            texts.clear()
        texts.append(text)
        last = setting
    if texts:
        runs.append(make_run("".join(texts), *last))
    return tuple(runs) if says_something else ()
