"""What became of a text, block by block."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.diff import Change
from bot.domain.revisions import What, excerpt, revisions

OLD = ["Veiligheid is van groot belang.", "Er komen dertig wijkagenten.", "De brug blijft open.", "Meer licht."]


def whats(new: list[str]) -> list[What]:
    return [revision.what for revision in revisions(OLD, new)]


def test_an_equal_text_has_no_revisions() -> None:
    assert revisions(OLD, OLD) == ()


def test_an_edited_block_is_told_word_by_word() -> None:
    (edited,) = revisions(OLD, [OLD[0], "Er komen veertig wijkagenten.", *OLD[2:]])
    assert edited.what is What.EDITED
    assert [(change.op, change.text) for change in edited.changes if change.op != "equal"] == [
        ("delete", "dertig"),
        ("insert", "veertig"),
    ]


def test_new_dropped_and_moved_blocks_are_told_as_such_and_in_their_place() -> None:
    assert whats([*OLD, "Een heel ander voornemen over zwemmen."]) == [What.NEW]
    assert whats([OLD[0], *OLD[2:]]) == [What.DROPPED]
    assert whats([OLD[3], *OLD[:3]]) == [What.MOVED]
    assert whats([]) == [What.DROPPED] * 4
    assert [each.changes[0].text for each in revisions(OLD, [OLD[0], "Zwemmen wordt gratis voor iedereen.", OLD[3]])][
        :1
    ] == ["Zwemmen wordt gratis voor iedereen."]


@given(st.lists(st.sampled_from("abcdef")), st.lists(st.sampled_from("abcdef")))
def test_what_is_told_accounts_for_every_block(old: list[str], new: list[str]) -> None:
    """Old blocks are kept, edited, moved or dropped; new ones kept, edited, moved or new."""
    told = [revision.what for revision in revisions(old, new)]
    kept = len(old) - told.count(What.DROPPED)
    assert kept == len(new) - told.count(What.NEW)


def test_an_excerpt_keeps_the_words_beside_a_change() -> None:
    long = "woord " * 60
    short = excerpt((Change("equal", long), Change("insert", "nieuw"), Change("equal", " " + long)))
    assert short[0].text.startswith("… ")
    assert short[0].text.endswith("woord ")
    assert short[2].text.endswith(" …")
    assert max(len(change.text) for change in short) < 80
