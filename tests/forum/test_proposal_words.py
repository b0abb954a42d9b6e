"""No word of a member is lost, added or changed: each stands in a text, the explanation, the place or a heading."""

import re
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text import Block, text_of
from bot.forum.clauses import is_known
from bot.forum.markup import parse_blocks
from bot.forum.proposal import read_proposal
from tests.forum.corpus import Labelled, discussion, proposals


def words_of(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+(?:[.'’-][^\W_]+)*", text))


def assert_every_word_is_kept(blocks: Sequence[Block]) -> None:
    """Where a piece of a block is only described ("de laatste zin"), the place stands for the old text too."""
    reading = read_proposal(blocks)
    if reading is None:
        return
    made, place = reading.proposal, reading.place or ""
    old = made.old_text or ""
    said = words_of(text_of(blocks))
    kept = words_of("\n".join((made.text, made.explanation, place, "" if old and old in place else old)))
    assert not kept - said
    dropped = {word for word in said - kept if not is_known(word.casefold())}
    assert not dropped


@pytest.mark.parametrize("labelled", proposals(), ids=lambda each: repr(each.reply.strip()[:60]))
def test_every_word_of_a_labelled_reply_is_kept(labelled: Labelled) -> None:
    assert_every_word_is_kept(labelled.blocks)


PIECES = [
    *("EEN EXTRA BULLET INVOEGEN:", "Wijzigen:", "SCHRAPPEN", "TOELICHTING:", "Vervangen door:", "Amendement:"),
    *("Nieuwe bullet", "na alinea 2", "NA ALINEA 2:", "bullet 3", "de laatste zin van bullet 3", "Oud", "Nieuw:", "in"),
    *("Tekst: zus", "“zo”", "Dat werkt. Toelichting: heus", "Groet,", "Teun", "Indiener: Roos", "Bullet 3 schrappen."),
    *(
        "Vervang",
        "‘zus’",
        "door",
        "‘zo’",
        "wordt",
        "Verplaatsen: bullet 3 naar voren",
        "Beste Roos,",
        "ik vind",
        "want",
    ),
    *("de bullet over wiet", "(bullet 4)", "→", "1.", ">", "—"),
]
pieces = st.sampled_from(PIECES) | st.text(st.sampled_from("xyz AÉ:.?\n“”'🌳"), max_size=15)
lines = st.lists(pieces, min_size=1, max_size=4).map(" ".join)


@given(st.lists(st.tuples(st.sampled_from(["p", "li", "blockquote", "strong"]), lines), max_size=6))
def test_every_word_of_any_reply_is_kept(reply: list[tuple[str, str]]) -> None:
    html = "".join(f"<{tag}>{text.replace(chr(10), '<br>')}</{tag}>" for tag, text in reply)
    assert_every_word_is_kept(parse_blocks(html))


LINES = sorted({line for each in (*proposals(), *discussion()) for line in each.reply.strip().split("\n") if line})


@given(st.lists(st.sampled_from(LINES), max_size=6))
def test_every_word_of_labelled_replies_thrown_together_is_kept(reply: list[str]) -> None:
    assert_every_word_is_kept(Labelled("\n\n".join(reply)).blocks)
