"""What people do with amendments, each deed with the status it leads to and who may do it.

Data only. That a deed which changes the status can be done follows from the table in `lifecycle`; the others have
their rights here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.amendments import Status
from bot.domain.people import Role


class Deed(StrEnum):
    """Something a person can do with an amendment."""

    DRAFT = "draft"
    SUBMIT = "submit"
    CHANGE = "change"
    WITHDRAW = "withdraw"
    SUPPORT = "support"
    UNSUPPORT = "take support back"
    INVITE = "invite"
    FOLLOW = "follow"
    ADMIT = "admit"
    RETURN = "return"
    TURN_AWAY = "turn away"
    ADVISE = "advise"
    PUBLISH = "publish"
    ANSWER = "answer"
    TAKE_OVER = "take over"
    MERGE = "merge"
    ASK_VOTE = "ask for a vote"
    DISCUSS = "discuss"
    ADOPT = "adopt"
    ADOPT_AS_MODIFIED = "adopt as modified"
    REJECT = "reject"
    HOLD_OVER = "hold over"
    LAPSE = "lapse"
    CORRECT = "correct"


@dataclass(frozen=True, slots=True)
class Right:
    """Who may do a deed that leaves the status as it is, and to amendments of which statuses.

    `anyone` asks for no role: what somebody did as a member they can undo when they are one no more.
    """

    statuses: frozenset[Status]
    roles: frozenset[Role] = frozenset()
    proposer: bool = False
    anyone: bool = False


ENDS: Final[Mapping[Deed, Status]] = {
    Deed.DRAFT: Status.DRAFT,
    Deed.SUBMIT: Status.SUBMITTED,
    Deed.ADMIT: Status.OPEN,
    Deed.RETURN: Status.DRAFT,
    Deed.TURN_AWAY: Status.NOT_ADMITTED,
    Deed.TAKE_OVER: Status.TAKEN_OVER,
    Deed.MERGE: Status.MERGED,
    Deed.ADOPT: Status.ADOPTED,
    Deed.ADOPT_AS_MODIFIED: Status.ADOPTED_AS_MODIFIED,
    Deed.REJECT: Status.REJECTED,
    Deed.HOLD_OVER: Status.HELD_OVER,
    Deed.LAPSE: Status.LAPSED,
    Deed.WITHDRAW: Status.WITHDRAWN,
    Deed.ASK_VOTE: Status.OPEN,
}
"""Where a deed that is a step of the transition table leads."""
STARTS: Final[Mapping[Deed, Status]] = {
    Deed.ADMIT: Status.SUBMITTED,
    Deed.ASK_VOTE: Status.TAKEN_OVER,
    Deed.RETURN: Status.SUBMITTED,
}
"""Where a deed begins whose end is another deed's end too."""

DECISIONS: Final = (Deed.ADOPT, Deed.ADOPT_AS_MODIFIED, Deed.REJECT, Deed.HOLD_OVER, Deed.LAPSE, Deed.WITHDRAW)
"""What the meeting can make of an amendment, in the order of the buttons."""

UNDECIDED: Final = frozenset({Status.OPEN, Status.HELD_OVER})
"""Where the decision of the meeting is still ahead."""
_ADVISERS: Final = frozenset({Role.COMMITTEE, Role.SECRETARY})
_MEMBERS: Final = frozenset({Role.MEMBER})

RIGHTS: Final[Mapping[Deed, Right]] = {
    Deed.CHANGE: Right(frozenset({Status.DRAFT, Status.SUBMITTED, Status.OPEN}), proposer=True),
    Deed.INVITE: Right(frozenset({Status.DRAFT, Status.SUBMITTED, Status.OPEN}), proposer=True),
    Deed.SUPPORT: Right(UNDECIDED, _MEMBERS),
    Deed.UNSUPPORT: Right(UNDECIDED, anyone=True),
    Deed.FOLLOW: Right(frozenset(Status) - {Status.DRAFT, Status.SUBMITTED}, anyone=True),
    Deed.ADVISE: Right(UNDECIDED, _ADVISERS),
    Deed.PUBLISH: Right(UNDECIDED, _ADVISERS),
    Deed.ANSWER: Right(UNDECIDED, proposer=True),
    Deed.DISCUSS: Right(UNDECIDED, _MEMBERS),
    Deed.CORRECT: Right(frozenset(Status) - {Status.DRAFT}, frozenset({Role.SECRETARY})),
}
"""The deeds that are no step of the transition table."""
