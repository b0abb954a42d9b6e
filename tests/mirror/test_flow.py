"""Text flows through messages whole and in order, within limits, and stays where it stands."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.ids import BlockId
from bot.domain.text import Block, BlockKind, Run, Style, paragraph, text_of
from bot.mirror.flow import Part, Rooms, flow
from bot.mirror.room import MESSAGE, Room
from tests.mirror.discord_text import plain_of, squeezed

IMAGE = "afbeelding"
ROOMS = Rooms(Room(3600, 9000), MESSAGE)
Blocks = list[tuple[BlockId, Block]]


def numbered(*blocks: Block) -> Blocks:
    return [(BlockId(number), block) for number, block in enumerate(blocks, start=1)]


def bullet(text: str, depth: int = 0, marker: str | None = None) -> Block:
    return Block(BlockKind.BULLET, (Run(text),), depth, marker)


def laid(blocks: Blocks, previous: list[tuple[BlockId, ...]] | None = None) -> tuple[Part, ...]:
    return flow(blocks, previous or [], ROOMS, IMAGE)


def written(*blocks: Block) -> str:
    (part,) = laid(numbered(*blocks))
    return part.text


@pytest.mark.parametrize(
    ("blocks", "markdown"),
    [
        ((paragraph("Een."), paragraph("Twee.")), "Een.\n\nTwee."),
        ((Block(BlockKind.HEADING, (Run("Hoe #1?"),)), bullet("a"), bullet("b")), "### Hoe \\#1?\n- a\n- b"),
        ((bullet("a"), bullet("b", 1), bullet("c", 2), bullet("d")), "- a\n  - b\n    - c\n- d"),
        ((bullet("a", 0, "1."), bullet("b", 0, "2."), bullet("c", 0, "5.")), "1. a\n2. b\n- 5\\. c"),
        ((bullet("a", 0, "3."), bullet("x", 1), bullet("b", 0, "4.")), "3. a\n  - x\n4. b"),
        ((bullet("a", 0, "iv."),), "- iv\\. a"),
        ((bullet("a\nb", 1),), "- …\n  - a\n    b"),
        (
            (Block(BlockKind.QUOTE, (Run("a\n- b"),)), Block(BlockKind.QUOTE, (Run("c"),))),
            "> a\n> \\- b\n> \n> c",
        ),
        ((Block(BlockKind.ROW, (Run("a\tb"),)), Block(BlockKind.ROW, (Run("1\t2"),))), "a | b\n1 | 2"),
        ((Block(BlockKind.CODE, (Run("x = 1\n*y*", Style.CODE),)),), "```\nx = 1\n*y*\n```"),
        ((Block(BlockKind.CODE, (Run("a\n```\nb"),)),), "```\na\n```\n\\`\\`\\`\n```\nb\n```"),
        ((paragraph("   "), paragraph("Een.")), "Een."),
    ],
)
def test_blocks_are_written_as_discord_reads_them(blocks: tuple[Block, ...], markdown: str) -> None:
    assert written(*blocks) == markdown


def test_an_empty_text_is_one_empty_part() -> None:
    assert laid([]) == (Part("", ()),)


def test_a_heading_goes_along_with_what_follows_it() -> None:
    blocks = numbered(paragraph("x " * 1490), Block(BlockKind.HEADING, (Run("Kop"),)), bullet("y " * 100))
    assert [part.layout for part in laid(blocks)] == [(1,), (2, 3)]


def test_nested_items_stay_with_their_own() -> None:
    blocks = numbered(bullet("x " * 1000), bullet("y " * 300), bullet("z " * 300, 1))
    assert [part.layout for part in laid(blocks)] == [(1,), (2, 3)]


def test_numbers_and_depth_go_on_in_the_next_message() -> None:
    blocks = numbered(*(bullet("w " * 700, 0, f"{number}.") for number in range(1, 5)))
    first, second = laid(blocks)
    assert first.text.startswith("1. ")
    assert second.text.startswith("3. ")
    nested = laid(numbered(bullet("a"), *(bullet("w " * 900, 2) for _ in range(5))))
    assert nested[-1].text.startswith("- …\n  - …\n    - w")


def test_a_bullet_longer_than_a_message_is_cut_after_a_sentence_and_keeps_its_style() -> None:
    sentence = "Dit is een zin van een zekere lengte, met nadruk. "
    block = Block(BlockKind.BULLET, (Run(sentence * 120, Style.BOLD),))
    parts = laid(numbered(block))
    assert len(parts) == 3
    assert parts[0].text.startswith("- **Dit is")
    assert all(part.text.endswith("nadruk.**") for part in parts)
    assert all(part.layout == (1,) for part in parts)


def test_one_edit_edits_one_part() -> None:
    blocks = numbered(*(bullet(f"Punt {number}. " + "woord " * 80) for number in range(40)))
    before = laid(blocks)
    blocks[20] = (blocks[20][0], bullet("Korter."))
    after = laid(blocks, [part.layout for part in before])
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


def test_a_part_that_is_full_gives_its_last_block_to_the_next() -> None:
    blocks = numbered(*(bullet("woord " * 80) for _ in range(12)))
    before = laid(blocks)
    blocks[0] = (blocks[0][0], bullet("woord " * 320))
    after = laid(blocks, [part.layout for part in before])
    assert len(after) == len(before)
    assert after[0].layout == before[0].layout[:-1] or len(after[0].layout) < len(before[0].layout)


def test_a_block_that_moved_does_not_drag_the_others_along() -> None:
    blocks = numbered(*(bullet("woord " * 80) for _ in range(18)))
    before = laid(blocks)
    moved = [blocks[-1], *blocks[:-1]]
    after = laid(moved, [part.layout for part in before])
    assert set(before[1].layout) <= set(after[1].layout) | set(after[0].layout)
    assert sum(one.layout != other.layout for one, other in zip(before, after, strict=True)) == 2


WORD = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12)
TEXT = st.lists(st.one_of(WORD, st.sampled_from(["**", "https://x.nl/a_b", "1.", "-", "\n"])), max_size=20).map(
    " ".join
)


def repeated(text: str, times: int) -> str:
    return f"{text} " * times


LONG = st.builds(repeated, TEXT, st.integers(1, 30))
RUN = st.builds(Run, LONG, st.sampled_from([Style.PLAIN, Style.BOLD, Style.ITALIC, Style.STRIKE | Style.BOLD]))
KIND = st.sampled_from([kind for kind in BlockKind if kind is not BlockKind.CODE])
BLOCK = st.builds(Block, KIND, st.lists(RUN, max_size=3).map(tuple), st.integers(0, 3))
BLOCKS = st.lists(BLOCK, max_size=8)


def shown(parts: tuple[Part, ...]) -> str:
    texts = [part.text for part in parts]
    return squeezed("".join(plain_of(text) for text in texts)).replace("…", "")


def within_limits(parts: tuple[Part, ...]) -> bool:
    return all(ROOMS.of(number).holds(part.text) for number, part in enumerate(parts))


@settings(max_examples=40, deadline=None)
@given(BLOCKS)
def test_any_text_comes_out_whole_in_order_and_within_the_limits(blocks: list[Block]) -> None:
    parts = laid(numbered(*blocks))
    assert within_limits(parts)
    plain = squeezed("".join(run.text for block in blocks for run in block.runs)).replace("…", "")
    assert shown(parts) == plain
    assert squeezed(text_of(blocks)).replace("…", "")[:50] == "" or shown(parts)


@settings(max_examples=25, deadline=None)
@given(BLOCKS, st.data())
def test_after_any_edit_the_text_is_whole_and_what_fits_stays(blocks: list[Block], data: st.DataObject) -> None:
    before = numbered(*blocks)
    layouts = [part.layout for part in laid(before)]
    at = data.draw(st.integers(0, len(before)))
    new = data.draw(BLOCK)
    after = [*before[:at], (BlockId(99), new), *before[at + data.draw(st.integers(0, 1)) :]]
    parts = laid(after, layouts)
    assert within_limits(parts)
    plain = squeezed("".join(run.text for _, block in after for run in block.runs)).replace("…", "")
    assert shown(parts) == plain
    assert laid(after, [part.layout for part in parts]) == parts
