"""Amendments that touch each other are seen from both sides."""

from dataclasses import replace
from itertools import product

import pytest

from bot.domain.amendments import Amendment, Anchor, Kind, Origin, Status
from bot.domain.collisions import collide, colliding_with, related, related_to
from bot.domain.ids import AmendmentId, BlockId, ProgrammeId, SectionId
from bot.domain.text import BlockKind

ANCHOR = Anchor(BlockId(6), BlockKind.BULLET, 6, "")
ONE = Amendment(
    amendment_id=AmendmentId(1),
    programme_id=ProgrammeId(1),
    section_id=SectionId(1),
    receipt=1,
    reference="4.3-A1",
    kind=Kind.REPLACE,
    form=BlockKind.BULLET,
    status=Status.OPEN,
    origin=Origin.DISCORD,
    proposer=None,
    proposer_id=None,
    title="",
    text="",
    old_text=None,
    explanation="",
    anchor=ANCHOR,
    version=1,
    support=0,
)
OTHER = replace(ONE, amendment_id=AmendmentId(2), reference="4.3-A2")


@pytest.mark.parametrize(
    ("one", "other", "collides"),
    [
        (Kind.REPLACE, Kind.REPLACE, True),
        (Kind.REPLACE, Kind.DELETE, True),
        (Kind.DELETE, Kind.DELETE, True),
        (Kind.INSERT, Kind.DELETE, True),
        (Kind.INSERT, Kind.INSERT, False),
        (Kind.INSERT, Kind.REPLACE, False),
    ],
)
def test_who_collides(one: Kind, other: Kind, collides: bool) -> None:
    first, second = replace(ONE, kind=one), replace(OTHER, kind=other)
    assert collide(first, second) is collides
    assert related(first, second) is not collides


@pytest.mark.parametrize(
    "other",
    [
        replace(OTHER, anchor=None),
        replace(OTHER, anchor=replace(ANCHOR, block_id=BlockId(7))),
        replace(OTHER, section_id=SectionId(2)),
        replace(OTHER, status=Status.REJECTED),
        replace(OTHER, status=Status.SUBMITTED),
        ONE,
    ],
)
def test_who_does_not_meet(other: Amendment) -> None:
    assert not collide(ONE, other)
    assert not related(ONE, other)


def test_both_sides_see_the_same() -> None:
    kinds = [replace(ONE, amendment_id=AmendmentId(number), kind=kind) for number, kind in enumerate(Kind)]
    kinds += [replace(each, amendment_id=AmendmentId(each.amendment_id + 10), status=Status.ADOPTED) for each in kinds]
    for one, other in product(kinds, kinds):
        assert collide(one, other) == collide(other, one)
        assert related(one, other) == related(other, one)
        assert (other in colliding_with(one, kinds)) == collide(one, other)
        assert (other in related_to(one, kinds)) == related(one, other)
