"""The breadcrumb of a text copy: "Home Forums Sterke gemeente Veiligheid" → chapter and section.

A copy has lost the signs between the steps, so where the chapter's title ends is found in this order:

1. signs that are there after all (›, », tabs, wide gaps);
2. a chapter's title that is known already;
3. the section's title said elsewhere: as a line of its own around the posts ("Veiligheid", "Reageer op: Veiligheid"),
   or as the file's name ("veiligheid.txt");
4. the shape of titles: one begins with a capital, does not begin after a comma or after a word that needs another
   ("en", "van", "de", "in"). One place left is certain;
5. of several such places the longest title that the section's own text uses, else the last one. That is a guess, and
   said to be one.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

_SIGNS = re.compile(r"\s*[›»→>|]\s*|\t+|\s{2,}|\s+/\s+")
_HOME = re.compile(r"(?:home|startpagina|voorpagina)\b", re.IGNORECASE)
_ROOT = re.compile(r"(?:forums|forum|fora|discussies|discussie)\b", re.IGNORECASE)
_BINDING_WORDS = (
    "en of & + - – van voor in op met bij de het een aan naar over tot uit door om te als dan zonder tegen onder"
    " and or of for in on with at the a an to from by about as without against under"
)
_BINDS = frozenset(_BINDING_WORDS.split())
_SAID_BEFORE = re.compile(r"^(?:reageer op|reactie op|antwoord op|reply to|onderwerp|topic)\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Trail:
    """The chapter's title with those above it, and the section's. `certain` is false where titles were guessed at."""

    chapters: tuple[str, ...]
    section: str
    certain: bool = True


def is_breadcrumb(line: str) -> bool:
    """Tell whether a line can be the breadcrumb of a topic page."""
    found = _HOME.match(line)
    return found is not None and len(line) > found.end() and len(_steps(line)[1]) > 0


def read_breadcrumb(
    line: str, name: str | None, chapters: Collection[str], outside: Collection[str], body: str
) -> Trail:
    """Return the titles in a breadcrumb.

    `name` is the copy's file name, `chapters` are titles known already, `outside` the lines around the posts and `body`
    the section's own text.
    """
    root, steps = _steps(line)
    if len(steps) > 1:
        return Trail(tuple(steps[:-1]), steps[-1])
    words = steps[0].split()
    if len(words) == 1:
        return Trail((root or "Forums",), words[0])
    at, certain = _boundary(words, name, chapters, outside, body)
    return Trail((" ".join(words[:at]),), " ".join(words[at:]), certain)


def slug_of(text: str) -> str:
    """Return a title as WordPress spells it in addresses, closely enough to compare with."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def _steps(line: str) -> tuple[str | None, list[str]]:
    """Return the root's title, if it is printed, and the steps below it (one, where no signs part them)."""
    rest = _HOME.sub("", line.strip(), count=1)
    parts = [part for part in _SIGNS.split(rest) if part.strip()]
    if len(parts) > 2:
        return parts[0].strip(), [part.strip() for part in parts[1:]]
    joined = " ".join(" ".join(parts).split())
    found = _ROOT.match(joined)
    below = joined[found.end() :].strip() if found else joined
    return (found[0] if found else None), [below] if below else []


def _boundary(
    words: list[str], name: str | None, chapters: Collection[str], outside: Collection[str], body: str
) -> tuple[int, bool]:
    told = (
        _after_known_chapter(words, chapters)
        or _said_elsewhere(words, {_SAID_BEFORE.sub("", line) for line in outside})
        or _named_by_file(words, name)
    )
    if told:
        return told, True
    places = [at for at in range(1, len(words)) if _may_begin(words, at)]
    if len(places) == 1:
        return places[0], True
    text = body.casefold()
    used = [at for at in places if " ".join(words[at:]).casefold() in text]
    return (used or places[-1:] or [len(words) - 1])[0], False


def _after_known_chapter(words: list[str], chapters: Collection[str]) -> int | None:
    known = {" ".join(chapter.split()) for chapter in chapters}
    return next((at for at in range(len(words) - 1, 0, -1) if " ".join(words[:at]) in known), None)


def _said_elsewhere(words: list[str], lines: Collection[str]) -> int | None:
    said = {" ".join(line.split()) for line in lines}
    return next((at for at in range(1, len(words)) if " ".join(words[at:]) in said), None)


def _named_by_file(words: list[str], name: str | None) -> int | None:
    if not name:
        return None
    slug = slug_of(re.sub(r"\.[a-z0-9]{1,5}$", "", name.casefold()))
    bare = re.sub(r"-\d+$", "", slug)
    return next((at for at in range(1, len(words)) if slug_of(" ".join(words[at:])) in {slug, bare}), None)


def _may_begin(words: list[str], at: int) -> bool:
    before, word = words[at - 1], words[at].lstrip("“”\"'‘(")
    if not word or not (word[0].isupper() or word[0].isdigit()):
        return False
    return not before.endswith((",", ":", ";", "(")) and before.casefold() not in _BINDS
