"""Who may do what, when; a refusal says whom to ask or when it was or will be allowed."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.amendments import Status
from bot.domain.deadlines import Deadline
from bot.domain.deeds import ENDS, RIGHTS, Deed
from bot.domain.people import Actor, Role
from bot.domain.phases import PHASES, Calendar, Phase, Rules
from bot.domain.rights import Moment, Situation, asked_with, deeds_for, denial
from tests.domain.amending import CHAIR, COMMITTEE, GUEST, HERMAN, PEOPLE, SECRETARY, ZUHAL, amendment

NOW = "2026-10-01T12:00:00+00:00"
LATER = "2026-10-04T22:00:00+00:00"
ALL = Rules(take_over=True)
PROPOSERS = {ZUHAL, SECRETARY}
MAY: dict[Deed, set[Actor]] = {
    Deed.SUBMIT: {ZUHAL},
    Deed.CHANGE: PROPOSERS,
    Deed.WITHDRAW: {*PROPOSERS, CHAIR},
    Deed.SUPPORT: {ZUHAL, HERMAN},
    Deed.UNSUPPORT: set(PEOPLE),
    Deed.INVITE: PROPOSERS,
    Deed.FOLLOW: set(PEOPLE),
    Deed.ADMIT: {SECRETARY},
    Deed.RETURN: {SECRETARY},
    Deed.TURN_AWAY: {SECRETARY},
    Deed.ADVISE: {COMMITTEE, SECRETARY},
    Deed.PUBLISH: {COMMITTEE, SECRETARY},
    Deed.ANSWER: PROPOSERS,
    Deed.TAKE_OVER: {COMMITTEE},
    Deed.MERGE: {COMMITTEE},
    Deed.ASK_VOTE: {ZUHAL, HERMAN},
    Deed.DISCUSS: {ZUHAL, HERMAN},
    Deed.ADOPT: {CHAIR},
    Deed.ADOPT_AS_MODIFIED: {CHAIR},
    Deed.REJECT: {CHAIR},
    Deed.HOLD_OVER: {CHAIR},
    Deed.LAPSE: {CHAIR},
    Deed.CORRECT: {SECRETARY},
}
START = {
    Deed.SUBMIT: Status.DRAFT,
    Deed.ADMIT: Status.SUBMITTED,
    Deed.RETURN: Status.SUBMITTED,
    Deed.TURN_AWAY: Status.SUBMITTED,
    Deed.ASK_VOTE: Status.TAKEN_OVER,
}


def situation(phase: Phase = Phase.AMENDING, **deadlines: str) -> Situation:
    dates = {Deadline(name): at for name, at in deadlines.items()}
    return Situation(NOW, Calendar(phase, dates), ALL)


def first_phase(deed: Deed) -> Phase:
    return next(phase for phase in Phase if deed in PHASES[phase])


@pytest.mark.parametrize("deed", list(MAY))
def test_each_deed_by_each_person_in_each_phase(deed: Deed) -> None:
    about = amendment(status=START.get(deed, Status.OPEN))
    for person, phase in product(PEOPLE, Phase):
        refused = denial(deed, person, about, situation(phase))
        timely = deed in PHASES[phase] or (about.status is Status.DRAFT and deed is not Deed.SUBMIT)
        assert (refused is None) is (person in MAY[deed] and timely), (person.name, phase, refused)


def test_every_deed_stands_in_one_table_and_in_a_phase() -> None:
    assert set(ENDS) | set(RIGHTS) == set(Deed)
    assert not set(ENDS) & set(RIGHTS)
    assert set(Deed) == {deed for deeds in PHASES.values() for deed in deeds}


def test_a_member_may_draft_and_hand_in_something_new() -> None:
    assert denial(Deed.DRAFT, ZUHAL, None, situation()) is None
    refused = denial(Deed.DRAFT, GUEST, None, situation())
    assert refused
    assert dict(refused.values) == {"role": Role.MEMBER}


def test_a_draft_is_private_to_its_proposer() -> None:
    draft = amendment(status=Status.DRAFT)
    for person in PEOPLE[1:]:
        refused = denial(Deed.CHANGE, person, draft, situation())
        assert refused
        assert refused.key == "refused.not_yours"


def test_the_secretary_acts_for_who_is_not_on_discord() -> None:
    paper = replace(amendment(status=Status.DRAFT), proposer_id=None)
    assert denial(Deed.CHANGE, SECRETARY, paper, situation()) is None
    assert denial(Deed.CHANGE, HERMAN, paper, situation()) is not None


def test_a_draft_can_be_written_anew_before_amending_opens() -> None:
    draft = amendment(status=Status.DRAFT)
    assert denial(Deed.CHANGE, ZUHAL, draft, situation(Phase.DISCUSSION)) is None
    refused = denial(Deed.SUBMIT, ZUHAL, draft, situation(Phase.DISCUSSION))
    assert refused
    assert refused.key == "refused.not_yet"


def test_a_refusal_says_when_it_will_be_or_was_allowed() -> None:
    begins = {Phase.AMENDING: LATER, Phase.COMMITTEE: LATER}
    early = denial(Deed.SUPPORT, ZUHAL, amendment(), Situation(NOW, Calendar(Phase.DISCUSSION, {}, begins), ALL))
    assert early
    told = {"deed": Deed.SUPPORT, "phase": Phase.AMENDING, "when": Moment(LATER, ALL.zone)}
    assert (early.key, dict(early.values)) == ("refused.not_yet", told)
    late = denial(Deed.CHANGE, ZUHAL, amendment(), Situation(NOW, Calendar(Phase.ASSEMBLY, {}, begins), ALL))
    assert late
    assert (late.key, dict(late.values)) == ("refused.over", {**told, "deed": Deed.CHANGE})


def test_the_moment_of_pressing_counts_against_the_deadline() -> None:
    draft = amendment(status=Status.DRAFT)
    last = "2026-10-04T21:59:59+00:00"
    assert denial(Deed.SUBMIT, ZUHAL, draft, replace(situation(propose=LATER), now=last)) is None
    refused = denial(Deed.SUBMIT, ZUHAL, draft, replace(situation(propose=LATER), now=LATER))
    assert refused
    assert refused.key == "refused.deadline"
    assert dict(refused.values)["until"] == Moment(LATER, ALL.zone, last=True)


def test_what_was_given_back_has_its_time_past_the_deadline_and_in_a_later_phase() -> None:
    draft = replace(amendment(status=Status.DRAFT), repair_until=LATER)
    mending = situation(Phase.COMMITTEE, propose=NOW)
    assert denial(Deed.SUBMIT, ZUHAL, draft, mending) is None
    assert denial(Deed.SUBMIT, ZUHAL, draft, replace(mending, now=LATER)) is not None
    again = replace(draft, status=Status.SUBMITTED)
    assert denial(Deed.ADMIT, SECRETARY, again, mending) is None


def test_support_can_be_taken_back_until_the_decision_and_no_longer() -> None:
    assert denial(Deed.UNSUPPORT, GUEST, amendment(), situation(Phase.ASSEMBLY, support=NOW)) is None
    refused = denial(Deed.UNSUPPORT, ZUHAL, amendment(status=Status.ADOPTED), situation(Phase.ASSEMBLY))
    assert refused
    assert refused.key == "refused.status"


def test_taking_over_is_off_unless_the_party_wants_it() -> None:
    without = replace(situation(Phase.COMMITTEE), rules=Rules())
    refused = denial(Deed.TAKE_OVER, COMMITTEE, amendment(), without)
    assert refused
    assert refused.key == "refused.no_take_over"


@given(st.sampled_from(PEOPLE), st.sampled_from(Status), st.sampled_from(Phase), st.sampled_from(sorted(set(Deed))))
def test_a_refusal_and_an_offer_never_contradict(person: Actor, status: Status, phase: Phase, deed: Deed) -> None:
    about, when = amendment(status=status), situation(phase)
    offered = deed in deeds_for(person, about, when)
    if deed is not Deed.DRAFT:
        assert offered is (denial(deed, person, about, when) is None)


def test_the_table_says_what_must_come_with_a_deed() -> None:
    assert list(asked_with(Deed.RETURN, amendment(status=Status.SUBMITTED))) == ["reason"]
    assert list(asked_with(Deed.ADOPT_AS_MODIFIED, amendment())) == ["final_text"]
    assert list(asked_with(Deed.MERGE, amendment())) == ["other", "consent"]
    assert list(asked_with(Deed.CORRECT, amendment())) == ["reason"]
    assert list(asked_with(Deed.SUPPORT, amendment())) == []
