"""Reads what a path holds: a text copy, a saved page, or a directory of them. The only file I/O on the forum's side."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bot.domain.reading import ProgrammeReading, Trouble
from bot.errors import SourceError
from bot.forum.assembly import Assembly, assemble
from bot.forum.copy import looks_like_copy, parse_copy
from bot.forum.encoding import decode_text
from bot.forum.pages import ForumPage, IndexPage, OtherPage, Page, parse_page
from bot.forum.progress import Progress, Step, untold

_PAGES = frozenset((".html", ".htm", ".xhtml"))
_COPIES = frozenset((".txt", ".text"))
_LARGEST = 5 * 2**20
_SILENT = frozenset(("page_not_forum",))


def read_source(path: Path, progress: Progress = untold) -> ProgrammeReading:
    """Return what a text copy, a saved page or a directory of them holds; never a `whole` reading.

    Raises SourceError where there is nothing to read.
    """
    if path.is_dir():
        return _read_directory(path, progress)
    if not path.is_file():
        raise SourceError("source.not_found", place=str(path))
    text = _load(path)
    if text is None:
        raise SourceError("source.too_large", place=str(path))
    if not _is_markup(path, text):
        return parse_copy(text, path.name, source=str(path))
    page = parse_page(text)
    if isinstance(page, OtherPage):
        raise SourceError(f"source.{page.reason}", place=str(path))
    return replace(assemble([page]), source=str(path), pages=1)


def _read_directory(path: Path, progress: Progress) -> ProgrammeReading:
    assembly = Assembly()
    copies: list[Path] = []
    chapters: set[str] = set()
    troubles: list[Trouble] = []
    files = list(_files(path))
    pages = 0
    for done, file in enumerate(files, 1):
        text = _load(file)
        if text is None:
            troubles.append(Trouble("page_too_large", str(file)))
        elif _is_markup(file, text):
            page = parse_page(text)
            assembly.add(page)
            pages += not isinstance(page, OtherPage)
            chapters.update(_chapters(page))
            if isinstance(page, OtherPage) and page.reason not in _SILENT:
                troubles.append(Trouble(page.reason, str(file)))
        elif looks_like_copy(text):
            copies.append(file)
        progress(Step(done, len(files), assembly.posts, file.name))
    if not pages and not copies:
        raise SourceError("source.nothing_here", place=str(path))
    readings = [parse_copy(_load(file) or "", file.name, frozenset(chapters), str(file)) for file in copies]
    troubles.extend(trouble for reading in readings for trouble in reading.troubles)
    return replace(assembly.finish(readings), source=str(path), troubles=tuple(troubles), pages=pages)


def _files(path: Path) -> Iterator[Path]:
    for file in sorted(path.rglob("*")):
        if file.suffix.lower() in _PAGES | _COPIES and file.is_file():
            yield file


def _load(path: Path) -> str | None:
    """Return a file's text, or None where it is larger than any page can be."""
    try:
        return decode_text(path.read_bytes()) if path.stat().st_size <= _LARGEST else None
    except OSError as error:
        raise SourceError("source.unreadable", place=str(path), reason=error.strerror or str(error)) from error


def _is_markup(path: Path, text: str) -> bool:
    if path.suffix.lower() in _PAGES:
        return True
    return path.suffix.lower() not in _COPIES and text.lstrip()[:1] == "<"


def _chapters(page: Page) -> Iterator[str]:
    """Yield the titles of chapters that a page names, by which the breadcrumb of a text copy can be read."""
    yield from (crumb.title for crumb in page.head.forums)
    if isinstance(page, IndexPage | ForumPage):
        yield from (entry.title for entry in page.forums)
    if isinstance(page, ForumPage):
        yield page.title
