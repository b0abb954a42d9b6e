"""Posts as bytes and back, within one run of the program: what a spool holds. Nothing lasting is written this way."""

import marshal
from typing import Any, cast

from bot.domain.reading import PostReading, ReplyReading
from bot.domain.text import Block, BlockKind, Style
from bot.forum.making import make_block, make_run

_STYLES = {int(style): style for style in map(Style, range(32))}
_KINDS = {kind.value: kind for kind in BlockKind}


def pack(post: PostReading | None, replies: tuple[ReplyReading, ...]) -> bytes:
    """Return the posts of one page as bytes. Plain tuples are several times quicker than pickled values."""
    return marshal.dumps((post and _post(post), [(_post(reply.post), reply.reply_to) for reply in replies]))


def unpack(data: bytes) -> tuple[PostReading | None, tuple[ReplyReading, ...]]:
    """Return the posts that `pack` packed."""
    post, replies = cast("tuple[Any, list[Any]]", marshal.loads(data))  # noqa: S302 - written by this very process
    return post and _unpacked(post), tuple([ReplyReading(_unpacked(reply), reply_to) for reply, reply_to in replies])


def _post(post: PostReading) -> tuple[Any, ...]:
    blocks = [
        (
            block.kind.value,
            [(run.text, int(run.style), run.href, run.image) for run in block.runs],
            block.depth,
            block.marker,
        )
        for block in post.blocks
    ]
    return post.post_id, blocks, post.author, post.role, post.posted, post.printed, post.url


def _unpacked(packed: tuple[Any, ...]) -> PostReading:
    post_id, blocks, *rest = packed
    return PostReading(post_id, tuple([_block(*block) for block in blocks]), *rest)


def _block(kind: str, runs: list[tuple[str, int, str | None, bool]], depth: int, marker: str | None) -> Block:
    read = tuple([make_run(text, _STYLES[style], href, image) for text, style, href, image in runs])
    return make_block(_KINDS[kind], read, depth, marker)
