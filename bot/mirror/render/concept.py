"""A section's concept to read, and what the assembly made of it block by block, as lines for one person. Pure."""

from collections.abc import Iterator, Sequence

from bot.domain.amendments import Amendment
from bot.domain.programme import Section
from bot.domain.revisions import revisions
from bot.domain.text import Block
from bot.locales import Texts
from bot.mirror.blocks import Writer
from bot.mirror.markdown import escape_line
from bot.mirror.pieces import Piece, pieces_of
from bot.mirror.render.revisions import revision_lines
from bot.mirror.render.wording import clipped, references, section_name
from bot.mirror.room import Room

_NAMED = 10


def concept_lines(
    section: Section, adopted: Sequence[Block] | None, left: Sequence[Amendment], say: Texts, limit: int
) -> Iterator[str]:
    """Yield the concept, and once there is an adopted text, what changed. No line is longer than so many characters.

    `left` are what was carried too, and is not in the adopted text yet.
    """
    writer, room = Writer(say("image")), Room(limit, limit * 4)
    yield f"### {say('concept.title', section=escape_line(clipped(section_name(section, say), 150)))}"
    for stored in section.blocks:

        def fits(block: Block) -> bool:
            return room.holds(writer.block(block))

        for piece in pieces_of(stored.block_id, stored.block, fits, fits):
            yield writer.text([Piece(piece.block_id, piece.block, piece.continues)])
    if adopted is None:
        return
    changed = revisions([stored.block.text for stored in section.blocks], [block.text for block in adopted])
    if changed or not left:
        yield f"**{say('concept.changed' if changed else 'concept.same')}**"
    yield from revision_lines(changed, say)
    if left:
        yield f"**{say('concept.left', references=references(left[:_NAMED], say) + (', …' if left[_NAMED:] else ''))}**"
