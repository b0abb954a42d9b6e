"""When two texts are the same version: what is printed, and how, is equal, whatever page it came from."""

import json
from collections.abc import Iterable, Sequence
from itertools import groupby

from bot.domain.text import Block, Run, digest_of


def digest_of_blocks(blocks: Iterable[Block]) -> str:
    """Return a digest of a text's kinds, depths, markers and runs.

    How a sentence is cut into runs of one style is the page's business and makes no other text.
    """
    printed = [(block.kind, block.depth, block.marker, _joined(block.runs)) for block in blocks]
    return digest_of(json.dumps(printed, ensure_ascii=False, separators=(",", ":")))


def _joined(runs: Sequence[Run]) -> list[tuple[str, int, str | None, bool]]:
    return [
        ("".join(run.text for run in group), int(style), href, image)
        for (style, href, image), group in groupby(runs, key=lambda run: (run.style, run.href, run.image))
    ]
