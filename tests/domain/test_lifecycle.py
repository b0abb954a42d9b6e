"""The transition table says what AMENDMENTS.md says."""

import pytest

from bot.domain.amendments import Status
from bot.domain.lifecycle import TRANSITIONS, Transition, arrival, transition
from bot.domain.people import Role

ENDED = {
    Status.NOT_ADMITTED,
    Status.MERGED,
    Status.ADOPTED,
    Status.ADOPTED_AS_MODIFIED,
    Status.REJECTED,
    Status.LAPSED,
    Status.WITHDRAWN,
}


def test_no_step_stands_twice() -> None:
    steps = [(step.start, step.end) for step in TRANSITIONS]
    assert len(set(steps)) == len(steps)


def test_every_step_has_somebody_to_take_it() -> None:
    assert all(step.roles or step.proposer or step.clock for step in TRANSITIONS)


def test_every_status_can_be_reached_from_nothing() -> None:
    reached: set[Status | None] = {None}
    while more := {step.end for step in TRANSITIONS if step.start in reached} - reached:
        reached |= more
    assert reached == {None, *Status}


@pytest.mark.parametrize("status", sorted(ENDED))
def test_what_ended_changes_by_correction_only(status: Status) -> None:
    assert not [step for step in TRANSITIONS if step.start is status]
    correction = transition(status, Status.OPEN)
    assert correction == Transition(status, Status.OPEN, frozenset({Role.SECRETARY}), reason=True)


@pytest.mark.parametrize("end", [Status.DRAFT, Status.NOT_ADMITTED])
def test_the_secretary_gives_a_reason_for_turning_a_proposal_away(end: Status) -> None:
    assert transition(Status.SUBMITTED, end) == Transition(
        Status.SUBMITTED, end, frozenset({Role.SECRETARY}), reason=True
    )


def test_any_member_can_ask_for_a_vote_on_what_was_taken_over() -> None:
    assert transition(Status.TAKEN_OVER, Status.OPEN).roles == {Role.MEMBER}


@pytest.mark.parametrize("start", [Status.DRAFT, Status.SUBMITTED, Status.OPEN, Status.HELD_OVER])
def test_a_proposer_can_withdraw_until_the_decision(start: Status) -> None:
    assert transition(start, Status.WITHDRAWN).proposer


def test_nothing_arrives_decided() -> None:
    with pytest.raises(LookupError):
        transition(None, Status.ADOPTED)


@pytest.mark.parametrize("start", [None, Status.DRAFT])
def test_screening_stops_a_proposal_at_submitted(start: Status | None) -> None:
    assert [step.end for step in arrival(start, screening=True)] == [Status.SUBMITTED]
    assert [step.end for step in arrival(start, screening=False)] == [Status.SUBMITTED, Status.OPEN]
