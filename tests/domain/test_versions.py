"""The same text in another page's clothes is the same version."""

from bot.domain.text import Block, BlockKind, Run, Style
from bot.domain.versions import digest_of_blocks


def paragraph(*runs: Run) -> list[Block]:
    return [Block(BlockKind.PARAGRAPH, runs)]


def test_how_a_sentence_is_cut_into_runs_is_no_difference() -> None:
    one = paragraph(Run("Meer groen"), Run("!", Style.BOLD))
    other = paragraph(Run("Meer "), Run("groen"), Run("!", Style.BOLD))
    assert digest_of_blocks(one) == digest_of_blocks(other)


def test_what_is_printed_otherwise_is_a_difference() -> None:
    texts = [
        paragraph(Run("Groen")),
        paragraph(Run("Groen", Style.BOLD)),
        paragraph(Run("Groen", href="https://example.org/")),
        [Block(BlockKind.BULLET, (Run("Groen"),))],
        [Block(BlockKind.BULLET, (Run("Groen"),), 1)],
        [Block(BlockKind.BULLET, (Run("Groen"),), 0, "1.")],
        paragraph(Run("Groen")) * 2,
    ]
    assert len({digest_of_blocks(text) for text in texts}) == len(texts)
