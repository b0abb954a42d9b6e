"""Blocks keep their identity through edits of a text."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identity import match_blocks
from bot.domain.ids import BlockId
from bot.domain.text import Block, BlockKind, Run, StoredBlock, numbers_of


def bullet(text: str) -> Block:
    return Block(BlockKind.BULLET, (Run(text),))


def stored(*blocks: Block) -> list[StoredBlock]:
    numbers = numbers_of(blocks)
    return [StoredBlock(BlockId(100 + at), numbers[at], block) for at, block in enumerate(blocks)]


LINES = ("Wij planten elk jaar duizend bomen", "De gemeente bouwt sociale huurwoningen", "Fietsers krijgen ruim baan")
blocks = st.lists(
    st.builds(
        Block,
        st.sampled_from([BlockKind.BULLET, BlockKind.PARAGRAPH]),
        st.lists(st.sampled_from(["aap", "noot", "mies", "wim", "zus", "jet"]), max_size=4).map(
            lambda words: (Run(" ".join(words)),)
        ),
    ),
    max_size=12,
)


@given(blocks, blocks)
def test_every_id_is_used_once_and_only_for_what_it_can_be(old: list[Block], new: list[Block]) -> None:
    before = stored(*old)
    matched = match_blocks(before, new)
    assert len(matched) == len(new)
    used = [block_id for block_id in matched if block_id is not None]
    assert len(used) == len(set(used))
    known = {item.block_id: item.block for item in before}
    for block, block_id in zip(new, matched, strict=True):
        if block_id is not None:
            assert known[block_id].kind is block.kind or known[block_id].text == block.text


@given(blocks)
def test_an_unchanged_text_keeps_every_id(old: list[Block]) -> None:
    before = stored(*old)
    assert match_blocks(before, old) == [item.block_id for item in before]


def test_an_edited_bullet_keeps_its_id_and_a_new_one_gets_none() -> None:
    before = stored(*map(bullet, LINES))
    after = [
        bullet("Iets heel anders komt erbij"),
        bullet(LINES[0]),
        bullet("De gemeente bouwt sociale en vrije huurwoningen"),
    ]
    assert match_blocks(before, [*after, bullet(LINES[2])]) == [None, 100, 101, 102]


def test_a_moved_block_keeps_its_id() -> None:
    before = stored(*map(bullet, LINES))
    assert match_blocks(before, [bullet(LINES[2]), bullet(LINES[0]), bullet(LINES[1])]) == [102, 100, 101]


def test_a_replaced_block_is_another() -> None:
    before = stored(*map(bullet, LINES))
    assert match_blocks(before, [bullet(LINES[0]), bullet("Zwemles hoort gratis"), bullet(LINES[2])]) == [
        100,
        None,
        102,
    ]


def test_a_paragraph_that_became_a_heading_keeps_its_id() -> None:
    before = stored(Block(BlockKind.PARAGRAPH, (Run("Wat willen wij?"),)), bullet(LINES[0]))
    assert match_blocks(before, [Block(BlockKind.HEADING, (Run("Wat willen wij?"),)), bullet(LINES[0])]) == [100, 101]


def test_two_thousand_edited_blocks_keep_their_ids() -> None:
    words = [f"woord{number}" for number in range(2020)]
    old = [bullet(" ".join(words[at : at + 20])) for at in range(2000)]
    new = [bullet(f"{block.text} erbij") for block in old]
    assert match_blocks(stored(*old), new) == [100 + at for at in range(2000)]
