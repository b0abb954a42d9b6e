"""Word by word, what changed; nothing of either text is lost."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.diff import Change, word_diff

texts = st.text(st.sampled_from("ab é,. \n"), max_size=40)


@given(texts, texts)
def test_the_changes_hold_both_texts_exactly(old: str, new: str) -> None:
    changes = word_diff(old, new)
    assert "".join(change.text for change in changes if change.op != "insert") == old
    assert "".join(change.text for change in changes if change.op != "delete") == new
    assert all(change.text for change in changes)
    assert all(one.op != other.op for one, other in pairwise(changes))


def test_a_rewritten_phrase_is_one_change() -> None:
    assert word_diff("Wij willen meer groene daken.", "Wij willen overal zonnige daken.") == (
        Change("equal", "Wij willen "),
        Change("delete", "meer groene"),
        Change("insert", "overal zonnige"),
        Change("equal", " daken."),
    )
