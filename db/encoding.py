"""Blocks of formatted text as JSON and back. What is plain is left out, so most runs are only their text."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from bot.domain.ids import BlockId
from bot.domain.text import Block, BlockKind, Run, Style

KEPT: Final = 4096
"""Texts that are kept as they were decoded: every pass over a guild reads the same ones again."""
_FEW: Final = 64
_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # json.dumps would make one each time


def encode_runs(runs: Iterable[Run]) -> str:
    """Return a block's runs as JSON."""
    return _dump([_run_to_json(run) for run in runs])


def decode_runs(stored: str) -> tuple[Run, ...]:
    """Return the runs that `encode_runs` stored."""
    return tuple(_run_from_json(item) for item in json.loads(stored))


def encode_blocks(blocks: Iterable[Block]) -> str:
    """Return a whole post as JSON."""
    return _dump([_block_to_json(block) for block in blocks])


@lru_cache(KEPT)
def decode_blocks(stored: str) -> tuple[Block, ...]:
    """Return the blocks that `encode_blocks` stored."""
    return tuple(_block_from_json(item) for item in json.loads(stored))


def encode_layout(layout: Sequence[BlockId]) -> str:
    """Return the ids of blocks as JSON."""
    return _dump(list(layout))


def decode_layout(stored: str) -> tuple[BlockId, ...]:
    """Return the ids that `encode_layout` stored."""
    return tuple(json.loads(stored))


def encode_words(words: Sequence[str]) -> str | None:
    """Return the words of blocks as JSON, or None for no words at all."""
    return _dump(list(words)) if words else None


def decode_words(stored: str) -> tuple[str, ...]:
    """Return the words that `encode_words` stored."""
    return tuple(json.loads(stored))


@lru_cache(_FEW)
def decode_names(stored: str) -> tuple[str | None, ...]:
    """Return the names that SQLite put together; of most amendments there are none."""
    return tuple(json.loads(stored))


def _run_to_json(run: Run) -> dict[str, object]:
    item: dict[str, object] = {"text": run.text}
    if run.style:
        item["style"] = int(run.style)
    if run.href is not None:
        item["href"] = run.href
    if run.image:
        item["image"] = True
    return item


def _run_from_json(item: Mapping[str, Any]) -> Run:
    return Run(item["text"], Style(item.get("style", 0)), item.get("href"), item.get("image", False))


def _block_to_json(block: Block) -> dict[str, object]:
    item: dict[str, object] = {"kind": block.kind.value, "runs": [_run_to_json(run) for run in block.runs]}
    if block.depth:
        item["depth"] = block.depth
    if block.marker is not None:
        item["marker"] = block.marker
    return item


def _block_from_json(item: Mapping[str, Any]) -> Block:
    runs = tuple(_run_from_json(run) for run in item["runs"])
    return Block(BlockKind(item["kind"]), runs, item.get("depth", 0), item.get("marker"))
