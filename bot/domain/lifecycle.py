"""The transition table of amendments: from which status to which, by whom, and what must come with it.

It is data, so that what is offered, allowed and explained comes from one place. In which phase a step can be taken is
the other table, in `phases`.
"""

from dataclasses import dataclass
from typing import Final

from bot.domain.amendments import Status
from bot.domain.people import Role


@dataclass(frozen=True, slots=True)
class Transition:
    """One step. `proposer` means whoever proposed it, `clock` the program itself at a set moment.

    A step from None is the arrival of something new. `final_text` says that the text as it was decided comes with it,
    `other` the amendment that takes this one in, and `consent` the word of everybody who proposed either.
    """

    start: Status | None
    end: Status
    roles: frozenset[Role] = frozenset()
    proposer: bool = False
    clock: bool = False
    reason: bool = False
    final_text: bool = False
    other: bool = False
    consent: bool = False


_SECRETARY: Final = frozenset({Role.SECRETARY})
_COMMITTEE: Final = frozenset({Role.COMMITTEE})
_CHAIR: Final = frozenset({Role.CHAIR})
_OUTCOMES: Final = (Status.ADOPTED, Status.ADOPTED_AS_MODIFIED, Status.REJECTED)
_UNDECIDED: Final = (Status.OPEN, Status.HELD_OVER)

TRANSITIONS: Final = (
    Transition(None, Status.DRAFT, frozenset({Role.MEMBER})),
    # What reaches the party outside this program (a reply on the forum, a letter) was never a draft here.
    Transition(None, Status.SUBMITTED, _SECRETARY, clock=True),
    Transition(Status.DRAFT, Status.SUBMITTED, proposer=True),
    Transition(Status.SUBMITTED, Status.OPEN, _SECRETARY, clock=True),
    Transition(Status.SUBMITTED, Status.DRAFT, _SECRETARY, reason=True),
    Transition(Status.SUBMITTED, Status.NOT_ADMITTED, _SECRETARY, reason=True),
    Transition(Status.OPEN, Status.TAKEN_OVER, _COMMITTEE),
    Transition(Status.TAKEN_OVER, Status.OPEN, frozenset({Role.MEMBER})),  # any member can still ask for a vote
    Transition(Status.OPEN, Status.MERGED, _COMMITTEE, other=True, consent=True),
    *(
        Transition(start, end, _CHAIR, final_text=end is Status.ADOPTED_AS_MODIFIED)
        for start in _UNDECIDED
        for end in _OUTCOMES
    ),
    Transition(Status.OPEN, Status.HELD_OVER, _CHAIR),
    Transition(Status.OPEN, Status.LAPSED, _CHAIR, clock=True),
    Transition(Status.HELD_OVER, Status.LAPSED, _CHAIR),
    Transition(Status.DRAFT, Status.WITHDRAWN, _CHAIR, proposer=True),
    Transition(Status.SUBMITTED, Status.WITHDRAWN, _CHAIR, proposer=True),
    Transition(Status.OPEN, Status.WITHDRAWN, _CHAIR, proposer=True),
    Transition(Status.HELD_OVER, Status.WITHDRAWN, _CHAIR, proposer=True),
)


def transition(start: Status | None, end: Status) -> Transition:
    """Return the step between two statuses.

    What the table lacks is a correction: any step of what exists, by the secretary, with a reason.
    Raises `LookupError` for something new that would arrive elsewhere than at the beginning.
    """
    for step in TRANSITIONS:
        if (step.start, step.end) == (start, end):
            return step
    if start is None:
        raise LookupError(end)
    return Transition(start, end, _SECRETARY, reason=True, final_text=end is Status.ADOPTED_AS_MODIFIED)


def steps_from(start: Status | None) -> tuple[Transition, ...]:
    """Return the steps that lead on from a status, corrections apart, in the order of the table."""
    return tuple(step for step in TRANSITIONS if step.start is start)


def corrects(step: Transition) -> bool:
    """Tell whether a step is a correction, which the history marks as such."""
    return step not in TRANSITIONS


def arrival(start: Status | None, *, screening: bool) -> tuple[Transition, ...]:
    """Return the steps that a proposal takes at once when it is handed in: as far as screening lets it."""
    handed_in = transition(start, Status.SUBMITTED)
    return (handed_in,) if screening else (handed_in, transition(Status.SUBMITTED, Status.OPEN))
