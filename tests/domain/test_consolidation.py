"""The text with all that was carried: applied where it is certain, listed where it is not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.adopted import adopted
from bot.domain.amendments import Amendment, Kind, Status
from bot.domain.consolidation import CARRIED, Consolidated, Obstacle, consolidated
from bot.domain.ids import AmendmentId
from bot.domain.phases import Calendar, Phase
from bot.domain.text import BlockKind
from tests.domain.amending import BLOCKS, LINES, amendment
from tests.mirror.values import programme, section

DONE = Status.ADOPTED


def texts(result: Consolidated) -> list[str]:
    return [piece.block.text for piece in result.pieces]


def left(result: Consolidated) -> list[Obstacle]:
    return [obstacle for _, obstacle in result.left]


def test_what_was_carried_is_in_the_text_and_nothing_else() -> None:
    adopted = amendment(1, Kind.REPLACE, DONE, block=1, text="Veel meer groen.")
    taken = amendment(2, status=Status.TAKEN_OVER, block=1, text="Na het groen.\nNog een.")
    gone = amendment(3, Kind.DELETE, DONE, block=3)
    end = amendment(4, status=DONE, text="Aan het eind.")
    rejected = amendment(5, Kind.DELETE, Status.REJECTED, block=2)
    result = consolidated(BLOCKS, [end, gone, taken, adopted, rejected], {})
    assert texts(result) == ["Veel meer groen.", "Na het groen.", "Nog een.", LINES[1], "Aan het eind."]
    assert result.gone == {BLOCKS[2].block_id: gone.amendment_id}
    assert [piece.by for piece in result.pieces][:2] == [(adopted.amendment_id,), (taken.amendment_id,)]
    assert left(result) == []


def test_as_modified_means_the_text_that_was_decided() -> None:
    changed = amendment(1, Kind.REPLACE, Status.ADOPTED_AS_MODIFIED, block=1, text="Zoals voorgesteld.")
    assert texts(consolidated(BLOCKS, [changed], {AmendmentId(1): "Zoals besloten."}))[0] == "Zoals besloten."
    assert left(consolidated(BLOCKS, [changed], {})) == [Obstacle.NO_TEXT]


def test_a_part_of_a_block_is_changed_where_it_stands_once() -> None:
    part = amendment(1, Kind.REPLACE, DONE, block=2, old="En vaak.", text="En elk kwartier.")
    assert texts(consolidated(BLOCKS, [part], {}))[1] == "De bus rijdt ook laat. En elk kwartier."
    dropped = amendment(1, Kind.DELETE, DONE, block=2, old="En vaak.")
    assert texts(consolidated(BLOCKS, [dropped], {}))[1] == "De bus rijdt ook laat."
    strange = amendment(1, Kind.REPLACE, DONE, block=2, old="de laatste zin")
    assert left(consolidated(BLOCKS, [strange], {})) == [Obstacle.WORDS]


@pytest.mark.parametrize(
    ("carried", "why"),
    [
        (amendment(1, Kind.GENERAL, DONE), Obstacle.GENERAL),
        (amendment(1, Kind.DELETE, DONE, block=1, stale=True), Obstacle.STALE),
        (amendment(1, Kind.REPLACE, DONE), Obstacle.STALE),
    ],
)
def test_what_is_not_clean_is_listed_and_changes_nothing(carried: Amendment, why: Obstacle) -> None:
    result = consolidated(BLOCKS, [carried], {})
    assert (texts(result), left(result)) == (list(LINES), [why])


def test_two_changes_of_one_block_are_both_for_a_person() -> None:
    both = [amendment(number, Kind.REPLACE, DONE, block=1, text=f"Versie {number}.") for number in (1, 2)]
    result = consolidated(BLOCKS, both, {})
    assert (texts(result), left(result)) == (list(LINES), [Obstacle.COLLIDES] * 2)


def test_new_text_at_a_block_that_goes_has_lost_its_place() -> None:
    pair = [amendment(1, status=DONE, block=1), amendment(2, Kind.DELETE, DONE, block=1)]
    result = consolidated(BLOCKS, pair, {})
    assert (texts(result), left(result)) == (list(LINES[1:]), [Obstacle.COLLIDES])


@given(
    st.lists(st.tuples(st.sampled_from(Kind), st.sampled_from(Status), st.sampled_from([None, 1, 2, 3])), max_size=8)
)
def test_every_carried_amendment_is_in_the_text_or_listed(made: list[tuple[Kind, Status, int | None]]) -> None:
    amendments = [
        amendment(number, kind, status, block=block, text=f"Nieuw {number}.")
        for number, (kind, status, block) in enumerate(made, 1)
    ]
    finals = {each.amendment_id: f"Besloten {each.amendment_id}." for each in amendments}
    result = consolidated(BLOCKS, amendments, finals)
    applied = {by for piece in result.pieces for by in piece.by} | set(result.gone.values())
    listed = {each.amendment_id for each, _ in result.left}
    carried = {each.amendment_id for each in amendments if each.status in CARRIED}
    assert applied | listed == carried
    assert not applied & listed


def test_an_adopted_block_keeps_its_identity_and_new_ones_have_their_own() -> None:
    """So what stands in Discord stays where it is; before the end nothing is changed."""
    changed = amendment(1, Kind.REPLACE, DONE, block=1, text="Veel meer groen.\nEn bomen.")
    added = amendment(2, status=DONE, text="Aan het eind.\nEn nog iets.")
    gone = amendment(3, Kind.DELETE, DONE, block=3)
    general = amendment(4, Kind.GENERAL, DONE)
    before = programme(section(blocks=BLOCKS, amendments=(changed, added, gone, general)))
    assert adopted(before) is before
    for _ in range(2):
        (after,) = adopted(replace(before, calendar=Calendar(Phase.ADOPTED))).chapters[0].sections
        ids = [stored.block_id for stored in after.blocks]
        assert [each for each in ids if each > 0] == [BLOCKS[0].block_id, BLOCKS[1].block_id]
        assert len(set(ids)) == len(ids) == 5
        assert [stored.number for stored in after.blocks if stored.block.kind is BlockKind.BULLET] == [1, 2, 3, 4, 5]
        assert after.adopted == (general,)
