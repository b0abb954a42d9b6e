"""Whether a person may do something with an amendment now; and where not, why, and what could be done about it.

One function knows it, so that what a button offers, what a service refuses and what help explains cannot differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from bot.domain.amendments import Amendment, Status
from bot.domain.deadlines import is_past
from bot.domain.deeds import ENDS, RIGHTS, STARTS, Deed, Right
from bot.domain.lifecycle import TRANSITIONS, Transition, steps_from
from bot.domain.people import Actor, Role
from bot.domain.phases import PHASES, TIMED, Calendar, Phase, Rules
from bot.errors import Refused

_ON_BEHALF: Final = Role.SECRETARY
_PRIVATE: Final = frozenset({Status.DRAFT})
_DRAFTING: Final = frozenset({Deed.CHANGE, Deed.WITHDRAW, Deed.INVITE})
"""What is done to a draft as freely as drafting it."""
_SCREENING: Final = frozenset({Deed.ADMIT, Deed.RETURN, Deed.TURN_AWAY})


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment to be told to a person in the programme's time zone; `last` says that it is one until which."""

    at: str
    zone: str
    last: bool = False


@dataclass(frozen=True, slots=True)
class Denial:
    """Why not: the key of a sentence and what goes into it."""

    key: str
    values: tuple[tuple[str, object], ...] = ()

    def raised(self) -> Refused:
        """Return the error that says so."""
        return Refused(self.key, **dict(self.values))


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a judgement depends on beside the person and the amendment. `now` is when the person pressed."""

    now: str
    calendar: Calendar
    rules: Rules


def denial(deed: Deed, actor: Actor, amendment: Amendment | None, situation: Situation) -> Denial | None:
    """Return why a person may not do this now, or None where they may. `amendment` is None for something new."""
    return (
        _by_role(deed, actor, amendment)
        or _by_status(deed, amendment)
        or _by_rule(deed, situation)
        or _by_time(deed, amendment, situation)
    )


def deeds_for(actor: Actor, amendment: Amendment, situation: Situation) -> tuple[Deed, ...]:
    """Return all that a person may do with an amendment now, in the order in which deeds are listed."""
    return tuple(deed for deed in Deed if deed is not Deed.DRAFT and denial(deed, actor, amendment, situation) is None)


def is_proposer(actor: Actor, amendment: Amendment) -> bool:
    """Tell whether somebody is the one who proposed it."""
    return amendment.proposer_id is not None and amendment.proposer_id == actor.member_id


def acts_for(actor: Actor, amendment: Amendment) -> str | None:
    """Return for whom somebody acts who does a proposer's deed: None where that is themselves."""
    return None if is_proposer(actor, amendment) else amendment.proposer


def does(deed: Deed, step: Transition) -> bool:
    """Tell whether a deed takes this step of the transition table."""
    return ENDS.get(deed) is step.end and STARTS.get(deed, step.start) is step.start


def _by_role(deed: Deed, actor: Actor, amendment: Amendment | None) -> Denial | None:
    if amendment is not None and amendment.status in _PRIVATE and amendment.proposer_id not in {None, actor.member_id}:
        return Denial("refused.not_yours")
    right = _right(deed, amendment.status if amendment is not None else None)
    if right.anyone or right.roles & actor.roles:
        return None
    if right.proposer and amendment is not None:
        if is_proposer(actor, amendment) or _ON_BEHALF in actor.roles:
            return None
        return Denial("refused.proposer_only", (("proposer", amendment.proposer or ""),))
    if right.proposer and Role.MEMBER in actor.roles:
        return None
    return Denial("refused.role", (("role", _asked(right)),))


@cache
def _right(deed: Deed, start: Status | None) -> Right:
    """Return who may do a deed, from the table for this status, or else from every step that the deed can be."""
    if deed in RIGHTS:
        return RIGHTS[deed]
    leading = [step for step in TRANSITIONS if does(deed, step) and (step.start is None) == (deed is Deed.DRAFT)]
    here = [step for step in leading if step.start is start] or leading
    roles = frozenset(role for step in here for role in step.roles)
    return Right(frozenset(), roles, proposer=any(step.proposer for step in here))


def _asked(right: Right) -> Role:
    """Return the role to name in a refusal: the one whose very task it is."""
    tasks = (Role.CHAIR, Role.COMMITTEE, Role.SECRETARY, Role.MEMBER)
    return next((role for role in tasks if role in right.roles), Role.MEMBER)


def _by_status(deed: Deed, amendment: Amendment | None) -> Denial | None:
    if amendment is None:
        return None
    if _fits(deed, amendment.status):
        return None
    return Denial("refused.status", (("reference", label(amendment)), ("status", amendment.status), ("deed", deed)))


@cache
def _fits(deed: Deed, status: Status) -> bool:
    """Tell whether a deed is one for an amendment of this status."""
    if deed in RIGHTS:
        return status in RIGHTS[deed].statuses
    return any(does(deed, step) for step in steps_from(status))


def _by_rule(deed: Deed, situation: Situation) -> Denial | None:
    if deed is Deed.TAKE_OVER and not situation.rules.take_over:
        return Denial("refused.no_take_over")
    return None


def _by_time(deed: Deed, amendment: Amendment | None, situation: Situation) -> Denial | None:
    calendar, zone = situation.calendar, situation.rules.zone
    if amendment is not None and _in_repair(deed, amendment, situation.now):
        return None
    if amendment is not None and amendment.status is Status.DRAFT and deed in _DRAFTING:
        deed = Deed.DRAFT
    if not calendar.allows(deed):
        return _by_phase(deed, calendar, zone)
    if calendar.too_late(deed, situation.now):
        until = Moment(calendar.deadlines[TIMED[deed]], zone, last=True)
        return Denial("refused.deadline", (("deed", deed), ("until", until)))
    return None


def _in_repair(deed: Deed, amendment: Amendment, now: str) -> bool:
    """Tell whether this is about mending what the secretary gave back, for which there is time past every deadline.

    What was handed in again within that time can be screened whenever the secretary gets to it.
    """
    if amendment.repair_until is None:
        return False
    if amendment.status is Status.SUBMITTED:
        return deed in _SCREENING
    if amendment.status is not Status.DRAFT or deed is not Deed.SUBMIT:
        return False
    return not is_past(amendment.repair_until, now)


def _by_phase(deed: Deed, calendar: Calendar, zone: str) -> Denial:
    """Say when a deed was or will be allowed."""
    here = list(Phase).index(calendar.phase)
    allowing = [(place, phase) for place, phase in enumerate(Phase) if deed in PHASES[phase]]
    for place, phase in allowing:
        if place > here:
            return Denial("refused.not_yet", _told(deed, phase, calendar.begins.get(phase), zone))
    ended = next(((phase, calendar.ended(phase)) for place, phase in reversed(allowing) if place < here), None)
    if ended is None:
        raise LookupError(deed)
    return Denial("refused.over", _told(deed, ended[0], ended[1], zone))


def _told(deed: Deed, phase: Phase, at: str | None, zone: str) -> tuple[tuple[str, object], ...]:
    return ("deed", deed), ("phase", phase), ("when", Moment(at, zone) if at is not None else "")


def label(amendment: Amendment) -> str:
    """Return how an amendment is called in a sentence: its reference, or its receipt number."""
    return amendment.reference or f"nr. {amendment.receipt}"


def asked_with(deed: Deed, amendment: Amendment) -> Iterator[str]:
    """Yield what must come with a deed, by the names of the transition table: reason, final_text, other, consent."""
    if deed is Deed.CORRECT:
        yield "reason"
        return
    for step in steps_from(amendment.status):
        if does(deed, step):
            yield from (name for name in ("reason", "final_text", "other", "consent") if getattr(step, name))
