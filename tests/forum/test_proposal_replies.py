"""The labelled replies are read as labelled: kind, texts word for word, and the block where that is certain."""

import pytest

from bot.domain.amendments import Kind
from bot.domain.anchors import locate
from bot.forum.proposal import read_proposal
from tests.forum.corpus import Labelled, discussion, proposals, section

SECTION = section()


@pytest.mark.parametrize("labelled", proposals(), ids=lambda each: f"{each.kind}: {each.reply.strip()[:40]!r}")
def test_a_proposal_is_read_as_it_was_meant(labelled: Labelled) -> None:
    reading = read_proposal(labelled.blocks)
    assert reading is not None
    made = reading.proposal
    assert made.kind is labelled.kind
    assert (made.text, made.old_text, made.explanation) == (labelled.text, labelled.old, labelled.explanation)
    assert reading.place == labelled.place
    assert labelled.form in {None, made.form}
    anchor = locate(reading.place, made.old_text, made.kind, made.form, SECTION)
    assert (anchor and f"{anchor.kind} {anchor.number}") == labelled.block


@pytest.mark.parametrize("labelled", discussion(), ids=lambda each: repr(each.reply.strip()[:60]))
def test_discussion_stays_a_contribution(labelled: Labelled) -> None:
    assert read_proposal(labelled.blocks) is None


def test_there_is_enough_of_each() -> None:
    """A labelled file that is not found, or read, would make the tests above pass by being empty."""
    counts = {kind: sum(each.kind is kind for each in proposals()) for kind in Kind}
    assert counts[Kind.INSERT] >= 100
    assert counts[Kind.REPLACE] >= 100
    assert counts[Kind.DELETE] >= 70
    assert counts[Kind.GENERAL] >= 19
    assert len(discussion()) >= 300
