"""A reply's blocks as the lines in which it was written, each with what sets it apart. It reads no meaning in them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.quotations import Masked, mask
from bot.domain.text import Block, BlockKind, Run, Style

_EMPHASIS = Style.BOLD | Style.UNDERLINE | Style.ITALIC
_WHITE_SPACE = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a reply: its text with quotations masked, which stretches of it are emphasised, what block it is in."""

    masked: Masked
    emphasised: tuple[str, ...] = ()
    kind: BlockKind = BlockKind.PARAGRAPH

    @property
    def text(self) -> str:
        """The line as it was written."""
        return self.masked.plain(self.masked.text)

    @property
    def quoted(self) -> bool:
        """Whether the line stands in a quotation of its own, and so may be somebody else's."""
        return self.kind is BlockKind.QUOTE

    def cut(self, text: str) -> "Line":
        """Return a line of a part of the masked text."""
        return Line(Masked(text, self.masked.quotes), self.emphasised, self.kind)


def lines_of(blocks: Iterable[Block]) -> Iterator[Line]:
    """Yield the lines of a reply that say something. A line that begins with ">" is a quotation too."""
    for block in blocks:
        for runs in _split(block.runs):
            text = _WHITE_SPACE.sub(" ", "".join(run.text for run in runs)).strip()
            if text:
                kind = BlockKind.QUOTE if text.startswith(">") else block.kind
                yield Line(mask(text), _emphasised(runs), kind)


def _split(runs: Iterable[Run]) -> Iterator[list[Run]]:
    line: list[Run] = []
    for run in runs:
        if run.image:
            continue
        first, *following = run.text.split("\n")
        line.append(Run(first, run.style))
        for text in following:
            yield line
            line = [Run(text, run.style)]
    yield line


def _emphasised(runs: Iterable[Run]) -> tuple[str, ...]:
    """Return the stretches that are emphasised, of which white space alone is no end."""
    stretches = [""]
    for run in runs:
        if run.style & _EMPHASIS or (stretches[-1] and not run.text.strip()):
            stretches[-1] += run.text
        elif stretches[-1]:
            stretches.append("")
    return tuple(_WHITE_SPACE.sub(" ", text).strip() for text in stretches if text.strip())
