"""Whatever is stored comes back as it was."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text import Block, BlockKind, Run, Style
from db.encoding import decode_blocks, decode_runs, encode_blocks, encode_runs

runs = st.builds(Run, st.text(), st.integers(0, 31).map(Style), st.none() | st.text(), st.booleans())
blocks = st.builds(
    Block,
    st.sampled_from(BlockKind),
    st.lists(runs, max_size=4).map(tuple),
    st.integers(0, 9),
    st.none() | st.text(),
)


@given(st.lists(blocks, max_size=4).map(tuple))
def test_blocks_come_back(given_blocks: tuple[Block, ...]) -> None:
    assert decode_blocks(encode_blocks(given_blocks)) == given_blocks


@given(st.lists(runs, max_size=4).map(tuple))
def test_runs_come_back(given_runs: tuple[Run, ...]) -> None:
    assert decode_runs(encode_runs(given_runs)) == given_runs


def test_plain_text_stays_readable() -> None:
    assert encode_runs((Run("één woord"),)) == '[{"text":"één woord"}]'
