"""Votes, support, the order of treatment, what follows a decision, and what history says."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.amendments import Advice, Amendment, Event, Kind, PublishedAdvice, Status
from bot.domain.collisions import collide
from bot.domain.consequences import Remedy, consequences
from bot.domain.deadlines import Deadline
from bot.domain.history import State, rebuilt
from bot.domain.ids import AmendmentId
from bot.domain.phases import Calendar, Phase, Rules
from bot.domain.resembling import resembling
from bot.domain.support import lapsing
from bot.domain.tally import Tally, contradicts
from bot.domain.treatment import agenda, in_order
from tests.domain.amending import amendment

NOW = "2026-10-05T12:00:00+00:00"
KINDS = st.sampled_from(Kind)
AMENDMENTS = st.lists(st.tuples(KINDS, st.sampled_from([1, 2, 3])), max_size=8).map(
    lambda made: [amendment(number, kind, block=block) for number, (kind, block) in enumerate(made, 1)]
)


def advised(about: Amendment, advice: Advice) -> Amendment:
    return replace(about, advice=PublishedAdvice(advice, "Daarom."))


@pytest.mark.parametrize(
    ("votes", "outcome", "warned"),
    [
        (Tally(10, 3), Status.ADOPTED, False),
        (Tally(3, 10, 2), Status.ADOPTED, True),
        (Tally(10, 3), Status.REJECTED, True),
        (Tally(5, 5), Status.REJECTED, False),
        (Tally(5, 5), Status.ADOPTED_AS_MODIFIED, True),
        (Tally(5, 5), Status.HELD_OVER, False),
        (None, Status.ADOPTED, False),
    ],
)
def test_numbers_that_contradict_the_outcome_are_told(votes: Tally | None, outcome: Status, warned: bool) -> None:
    assert contradicts(votes, outcome, tie_rejects=True) is warned


def test_a_tie_contradicts_nothing_where_the_party_says_so() -> None:
    assert not contradicts(Tally(5, 5), Status.ADOPTED, tie_rejects=False)


def test_who_stays_below_the_minimum_lapses_at_the_deadline_and_not_before() -> None:
    few, many = amendment(1, support=2), amendment(2, support=5)
    rules, dates = Rules(minimum_support=5), {Deadline.SUPPORT: NOW}
    assert lapsing([few, many], Calendar(Phase.AMENDING, dates), rules, NOW) == (few,)
    assert lapsing([few], Calendar(Phase.AMENDING, dates), rules, "2026-10-05T11:59:59+00:00") == ()
    assert lapsing([few], Calendar(), rules, NOW) == ()
    assert lapsing([few], Calendar(Phase.AMENDING, dates), Rules(), NOW) == ()


def test_the_farthest_reaching_comes_first() -> None:
    little = amendment(1, Kind.REPLACE, block=2, text="De bus rijdt ook laat. En heel vaak.")
    much = amendment(2, Kind.REPLACE, block=3, text="Iets heel anders dus.")
    gone = amendment(3, Kind.DELETE, block=1)
    new, whole = amendment(4), amendment(5, Kind.GENERAL)
    assert in_order([new, little, much, gone, whole]) == [whole, gone, much, little, new]


@given(AMENDMENTS)
def test_those_that_collide_stand_beside_each_other_and_nobody_is_lost(amendments: list[Amendment]) -> None:
    ordered = in_order(amendments)
    assert sorted(each.amendment_id for each in ordered) == [each.amendment_id for each in amendments]
    for block in (1, 2, 3):
        takes = [each for each in ordered if each.anchor and each.anchor.block_id == block and each.kind in _TAKES]
        if len(takes) > 1:
            between = ordered[ordered.index(takes[0]) : ordered.index(takes[-1]) + 1]
            assert all(each.anchor and each.anchor.block_id == block for each in between)
            assert collide(takes[0], takes[-1])


_TAKES = {Kind.REPLACE, Kind.DELETE}


def test_the_hamerlijst_holds_what_nobody_wants_to_discuss() -> None:
    yes, no = advised(amendment(1), Advice.ADOPT), advised(amendment(2), Advice.ADVISE_AGAINST)
    left = advised(amendment(3), Advice.LEAVE_TO_ASSEMBLY)
    changed, unsaid = advised(amendment(4), Advice.ADOPT_AS_MODIFIED), advised(amendment(5), Advice.ADOPT_AS_MODIFIED)
    asked, none = advised(amendment(6), Advice.ADOPT), amendment(7)
    made = agenda([[yes, no, left, changed, unsaid, asked, none]], {asked.amendment_id}, {changed.amendment_id})
    assert made.hammer == (yes, no, changed)
    assert set(made.rest) == {left, unsaid, asked, none}


def test_two_that_collide_are_not_both_hammered_into_the_text() -> None:
    one, other = (advised(amendment(number, Kind.DELETE, block=1), Advice.ADOPT) for number in (1, 2))
    assert agenda([[one, other]], (), ()).hammer == ()
    against = advised(other, Advice.ADVISE_AGAINST)
    assert agenda([[one, against]], (), ()).hammer == (one, against)


def test_adopting_one_offers_what_can_follow_for_the_others() -> None:
    deleted = amendment(1, Kind.DELETE, Status.ADOPTED, block=1)
    insert, replaced, decided = (
        amendment(2, block=1),
        amendment(3, Kind.REPLACE, block=1),
        amendment(4, Kind.REPLACE, Status.REJECTED, block=1),
    )
    followed = consequences(deleted, [insert, replaced, decided, amendment(5, block=2)])
    assert [(each.amendment, each.remedies) for each in followed] == [
        (insert, (Remedy.LAPSE, Remedy.RE_ANCHOR)),
        (replaced, (Remedy.LAPSE,)),
    ]
    assert consequences(replace(deleted, status=Status.REJECTED), [insert]) == ()


def test_what_says_nearly_the_same_is_found() -> None:
    one = AmendmentId(1), "Er komen tien extra wijkagenten in onze stad."
    other = AmendmentId(2), "De bus rijdt voortaan gratis voor kinderen."
    assert resembling("In onze stad komen er tien extra wijkagenten!", [other, one]) == (one[0],)
    assert resembling("Bus.", [other]) == ()


def event(start: Status | None, end: Status, version: int = 1) -> Event:
    return Event(NOW, None, None, start, end, None, version)


def test_the_history_alone_tells_where_an_amendment_stands() -> None:
    events = [event(None, Status.SUBMITTED), event(Status.SUBMITTED, Status.OPEN), event(Status.OPEN, Status.OPEN, 2)]
    assert rebuilt(events) == State(Status.OPEN, 2)
    undone = [*events, event(Status.OPEN, Status.REJECTED, 2), event(Status.REJECTED, Status.OPEN, 2)]
    assert rebuilt(undone) == State(Status.OPEN, 2, corrected=True)


def test_a_history_with_a_gap_is_not_believed() -> None:
    with pytest.raises(LookupError):
        rebuilt([event(None, Status.SUBMITTED), event(Status.OPEN, Status.ADOPTED)])
    with pytest.raises(LookupError):
        rebuilt([])
