"""Runs of formatted text as Discord markdown, so that nothing pings, nothing is lost and nothing turns into format.

Discord reads markdown with a parser of its own, and the rules here follow what it does: a backslash shields any
punctuation, ``_`` wants a word boundary where ``*`` does not, a link whose text holds a URL stays raw, and a bare URL
swallows whatever follows it up to the next space. A style that cannot be written in its place is left out; text never
is.
This module must not know about blocks or messages.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, NamedTuple, TypeAlias

from bot.domain.text import Run, Style
from bot.mirror.links import inert

_SIGNS: Final = "\\*_~|`<[]"
"""What has a meaning inside a line; the backslash first, for the others get one."""
_PING: Final = re.compile("@(?=everyone|here)", re.IGNORECASE)
_TURNING: Final = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
_LINE_START: Final = re.compile(r"\s*(?:(?=[-+#>])|\d+(?=[.)](?:\s|$)))")
_URL: Final = re.compile(r"(?<![0-9A-Za-z])https?://[^\s<>\[\]\\\"]+")
_URL_TAIL: Final = re.compile(r"[.,:;'!?…’”»*_~|`]+$")
_ENDS_PLAINLY: Final = re.compile(r"[.,:;\"']*(\s|$)")
_LIKE_URL: Final = re.compile(r"://|(^|\s)www\.|^[\w-]+(\.[\w-]+)*\.[a-z]{2,}(/\S*)?$", re.IGNORECASE)
_UNSAFE_IN_TARGET: Final = re.compile(r"[\s<>()*~|`\\]")
_CLASHES: Final = re.compile(r"[*_~|`]")
_PLAIN: Final = int(Style.PLAIN)
_CODE: Final = int(Style.CODE)
_SLANTED: Final = int(Style.ITALIC | Style.UNDERLINE)
_WRAPPERS: Final = (
    (int(Style.UNDERLINE), "__"),
    (int(Style.BOLD), "**"),
    (int(Style.STRIKE), "~~"),
    (int(Style.ITALIC), ""),
)
"""The markers from the outermost to the innermost. That of italic is chosen when its neighbours are known."""


_ALONE: Final = {_PLAIN: "", **{style: marker for style, marker in _WRAPPERS if marker}}
"""The markers of what is set in one way."""


class _Atom(NamedTuple):
    """A stretch that is markdown already, with the styles still to be put around it.

    The styles are a bare number: an enum's operators take a hundred times as long as those of one.
    """

    markdown: str
    style: int
    blank: bool = False


@dataclass(frozen=True, slots=True)
class _Italic:
    """The place of an italic marker, chosen when its neighbours are known."""

    opens: bool


_Part: TypeAlias = "str | _Italic"


def escape(text: str) -> str:
    """Return text in which no character can format or ping, for use inside a line."""
    for sign in _SIGNS:
        if sign in text:
            text = text.replace(sign, "\\" + sign)
    return _PING.sub(r"\\@", text) if "@" in text else text


def escape_line(text: str) -> str:
    """Return one line of plain text escaped, also against what has a meaning only at the start of a line.

    Signs that turn the direction of all that follows on the line are left out, and so are control characters.
    """
    return _shield_start(escape(" ".join(_TURNING.sub("", text).split())))


def link(text: str, url: str) -> str:
    """Return a masked link with plain text as its label."""
    return f"[{escape(text)}](<{url}>)"


def markdown_of(runs: Iterable[Run], image: str) -> str:
    """Return the runs as markdown, with line breaks. `image` is the word shown for an image without a description."""
    return "\n".join(_shield_start(_line(line, image)) for line in _lines(runs))


def _lines(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """Yield the runs of each line: formatting never crosses a line, for lists and quotes would break it."""
    line: list[Run] = []
    for run in runs:
        if run.image or "\n" not in run.text:
            line.append(run)
            continue
        first, *rest = run.text.split("\n")
        line.append(replace(run, text=first))
        for text in rest:
            yield line
            line = [replace(run, text=text)]
    yield line


def _shield_start(line: str) -> str:
    found = _LINE_START.match(line)
    return f"{line[: found.end()]}\\{line[found.end() :]}" if found else line


def _line(runs: Iterable[Run], image: str) -> str:
    merged = _merged(runs)
    if len(merged) == 1 and (words := _words(merged[0])) is not None:
        return words
    atoms: list[_Atom] = []
    styles = _PLAIN
    for at, run in enumerate(merged):
        before = merged[at - 1].text[-1:] if at else ""
        after = "".join(later.text for later in merged[at + 1 :]) if _holds_url(run.text) else ""
        atoms += _atoms(run, (before, after), image)
        styles |= int(run.style)
    return _joined(_styled(atoms, [(style, marker) for style, marker in _WRAPPERS if style & styles]))


def _words(run: Run) -> str | None:
    """Return the line of a run that is nothing but words set in one way, as most are; None for any other."""
    marker = _ALONE.get(int(run.style))
    if marker is None or run.href is not None or run.image or _holds_url(run.text):
        return None
    before, core, behind = _trimmed_apart(run.text) if marker else ("", run.text, "")
    words = _spaced(escape(core))
    return f"{_spaced(before)}{marker}{words}{marker}{_spaced(behind)}" if core else _spaced(before)


def _merged(runs: Iterable[Run]) -> list[Run]:
    """Join neighbours that are set alike, so that no marker closes and opens in one place."""
    merged: list[Run] = []
    for run in runs:
        last = merged[-1] if merged else None
        if last and (last.href, last.image, run.image) == (run.href, False, False) and _alike(last.style, run.style):
            merged[-1] = Run(last.text + run.text, last.style & run.style, run.href)
        elif run.text or run.image:
            merged.append(run)
    return merged


def _alike(before: Style, after: Style) -> bool:
    """Tell whether two styles can be one: backticks that touch would be read as a longer fence."""
    return before == after or bool(int(before) & int(after) & _CODE)


def _holds_url(text: str) -> bool:
    """Tell whether there may be a URL in text. Few have one, and what comes after them matters to no others."""
    return "://" in text


def _atoms(run: Run, around: tuple[str, str], image: str) -> Iterable[_Atom]:
    """Return a run as markdown, white space at its edges apart.

    `around` holds the character before the run and the text after it.
    """
    style = int(run.style)
    if run.image:
        return [_Atom(_masked(_described(run.text, image), run.href, style), style)]
    if run.href is None and not style & _CODE:
        return _text_atoms(run.text, around, style)
    return _set_atoms(run, around, style)


def _set_atoms(run: Run, around: tuple[str, str], style: int) -> Iterator[_Atom]:
    """Yield a link or code; what can be neither is plain text."""
    before, core, behind = _trimmed_apart(run.text)
    outer = style & ~_CODE
    if before:
        yield _Atom(_spaced(before), outer, blank=True)
    if not core:
        return
    if run.href is not None and run.href.strip() != core:
        yield _Atom(_masked(core, run.href, style), outer)
    elif style & _CODE and (code := _code(core)):
        yield _Atom(code, _PLAIN if _CLASHES.search(core) else outer)
    else:
        yield from _text_atoms(core, (before or around[0], behind + around[1]), outer)
    if behind:
        yield _Atom(_spaced(behind), outer, blank=True)


def _trimmed_apart(text: str) -> tuple[str, str, str]:
    core = text.strip()
    start = text.index(core) if core else len(text)
    return text[:start], core, text[start + len(core) :]


def _described(text: str, image: str) -> str:
    words = text.replace("\n", " ").strip()
    return f"{image}: {words}" if words else image


def _code(text: str) -> str | None:
    """Return inline code, or None for text whose own backticks no fence can hold."""
    if "``" in text:
        return None
    text = inert(text)
    if "`" not in text:
        return f"`{text}`"
    return f"`` {text} ``" if text[0] == "`" or text[-1] == "`" else f"``{text}``"


def _masked(text: str, href: str | None, style: int) -> str:
    """Return a link; its address is written out where Discord would not accept the text as a mask."""
    plain = "".join(atom.markdown for atom in _text_atoms(text, ("", " "), _PLAIN))
    target = (href or "").strip()
    if target.lower().startswith("mailto:"):
        return plain if target[7:] == text else f"{plain} ({escape(target[7:])})"
    if not re.match(r"https?://\S", target, re.IGNORECASE):
        return plain
    target = _encoded(target, style)
    if _LIKE_URL.search(text):
        return f"{plain} (<{target}>)"
    label = _code(text) if style & _CODE else None
    return f"[{label or _spaced(escape(text))}](<{target}>)"


def _encoded(url: str, style: int) -> str:
    encoded = _UNSAFE_IN_TARGET.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url)
    return encoded.replace("_", "%5F") if style & _SLANTED else encoded


def _text_atoms(text: str, around: tuple[str, str], style: int) -> Iterator[_Atom]:
    """Yield plain text with its bare URLs left clickable, in angle brackets where text touches them."""
    at = 0
    for found in _URL.finditer(text) if _holds_url(text) else ():
        url = _trimmed(found[0])
        if len(url) < len("https://x"):
            continue
        yield from _word_atoms(text[at : found.start()], style)
        at = found.start() + len(url)
        touched = found.start() == 0 and around[0].isalnum()
        bare = not touched and _ENDS_PLAINLY.match(text[at:] + around[1])
        yield _Atom(url if bare else f"<{url}>", _PLAIN if _CLASHES.search(url) else style)
    yield from _word_atoms(text[at:], style)


def _word_atoms(text: str, style: int) -> Iterator[_Atom]:
    """Yield words; white space at their edges apart where a marker may come."""
    before, core, behind = _trimmed_apart(text) if style else ("", text, "")
    if before:
        yield _Atom(_spaced(before), style, blank=True)
    if core:
        yield _Atom(_spaced(escape(core)), style)
    if behind:
        yield _Atom(_spaced(behind), style, blank=True)


def _trimmed(url: str) -> str:
    """Return a URL without the punctuation of the sentence around it; a bracket stays where its partner is inside."""
    while True:
        shorter = _URL_TAIL.sub("", url)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == url:
            return url
        url = shorter


def _spaced(text: str) -> str:
    """Return text with a table row's cell boundaries as bars."""
    return text.replace("\t", " | ")


def _styled(atoms: Sequence[_Atom], wrappers: Sequence[tuple[int, str]]) -> list[_Part]:
    """Return the atoms with their styles around them, one style a level, white space at the edges kept outside."""
    if not wrappers:
        return [atom.markdown for atom in atoms]
    (style, marker), *within = wrappers
    tokens: list[_Part] = []
    for has_style, group in groupby(atoms, key=lambda atom: bool(atom.style & style)):
        members = list(group)
        before, core, behind = _edges(members) if has_style else ([], members, [])
        inner = _styled(core, within)
        tokens += [atom.markdown for atom in before]
        tokens += _wrapped(inner, marker) if has_style and core else inner
        tokens += [atom.markdown for atom in behind]
    return tokens


def _wrapped(inner: Sequence[_Part], marker: str) -> list[_Part]:
    return [marker, *inner, marker] if marker else [_Italic(opens=True), *inner, _Italic(opens=False)]


def _edges(atoms: list[_Atom]) -> tuple[list[_Atom], list[_Atom], list[_Atom]]:
    inked = [at for at, atom in enumerate(atoms) if not atom.blank]
    if not inked:
        return atoms, [], []
    return atoms[: inked[0]], atoms[inked[0] : inked[-1] + 1], atoms[inked[-1] + 1 :]


def _joined(tokens: Sequence[_Part]) -> str:
    """Return the line, with each italic marker as its neighbours allow: ``_``, ``*``, or none."""
    texts = [token if isinstance(token, str) else "" for token in tokens]
    for at, token in enumerate(tokens):
        if isinstance(token, _Italic) and token.opens:
            end = next(later for later in range(at, len(tokens)) if tokens[later] == _Italic(opens=False))
            marker = _italic_marker("".join(texts[:at])[-1:], "".join(texts[end + 1 :])[:1])
            texts[at] = texts[end] = marker
    return "".join(texts)


def _italic_marker(before: str, after: str) -> str:
    if not (before.isalnum() or after.isalnum() or "_" in before + after or before == "~"):
        return "_"
    return "" if "*" in before + after else "*"
