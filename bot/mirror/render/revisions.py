"""What became of a text as lines of markdown that read without colour: additions bold, deletions struck through."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.domain.diff import Change
from bot.domain.revisions import Revision, What, excerpt
from bot.domain.text import Run, Style
from bot.locales import Texts
from bot.mirror.markdown import markdown_of
from bot.mirror.render.wording import clipped

_STYLES: Final = {"insert": Style.BOLD, "delete": Style.STRIKE}
_BEGINNING: Final = 80


def revision_lines(found: Sequence[Revision], say: Texts, *, whole: bool = True) -> Iterator[str]:
    """Yield a line for each block that is not as it was. Unless `whole`, a line holds only what is near a change."""
    for revision in found:
        changes = revision.changes if whole else excerpt(revision.changes)
        if revision.what is What.MOVED:
            changes = (Change("equal", clipped(changes[0].text, _BEGINNING)),)
        yield f"{say(f'revision.{revision.what.value}')} {_marked(changes)}"


def _marked(changes: Sequence[Change]) -> str:
    return markdown_of([Run(change.text, _STYLES.get(change.op, Style.PLAIN)) for change in changes], "").strip()
