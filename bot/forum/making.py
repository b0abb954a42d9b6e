"""Runs and blocks, made without the guard that a frozen dataclass sets over each of its fields while it is made.

A page makes them by the thousand, and that guard would take longer than all the reading. It holds as ever afterwards.
"""

from collections.abc import Callable
from typing import cast

from bot.domain.text import Block, BlockKind, Run, Style


def _setter(cls: type, field: str) -> Callable[[object, object], None]:
    return cast("Callable[[object, object], None]", cls.__dict__[field].__set__)


_new = object.__new__
_set_text, _set_style, _set_href, _set_image = (_setter(Run, name) for name in ("text", "style", "href", "image"))
_set_kind, _set_runs, _set_depth, _set_marker = (_setter(Block, name) for name in ("kind", "runs", "depth", "marker"))


def make_run(text: str, style: Style, href: str | None, image: bool = False) -> Run:
    """Return a run."""
    run = _new(Run)
    _set_text(run, text)
    _set_style(run, style)
    _set_href(run, href)
    _set_image(run, image)
    return run


def make_block(kind: BlockKind, runs: tuple[Run, ...], depth: int, marker: str | None) -> Block:
    """Return a block."""
    block = _new(Block)
    _set_kind(block, kind)
    _set_runs(block, runs)
    _set_depth(block, depth)
    _set_marker(block, marker)
    return block
