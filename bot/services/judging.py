"""Asking the domain, within a transaction, whether somebody may do what they ask for."""

from typing import Final

from bot.domain.amendments import Amendment, Status
from bot.domain.deeds import Deed
from bot.domain.ids import ProgrammeId
from bot.domain.lifecycle import steps_from
from bot.domain.people import Actor, Role
from bot.domain.phases import Rules
from bot.domain.rights import Situation, denial
from bot.errors import NotFound
from bot.services.homes import at_home
from bot.services.ports import Unit

_HANDED_IN: Final = frozenset({Status.SUBMITTED, Status.NOT_ADMITTED})
"""What reached the party and has no reference."""


def situation_of(unit: Unit, programme_id: ProgrammeId, rules: Rules, at: str) -> Situation:
    """Return what a judgement depends on beside the person and the amendment. `at` is when the person pressed."""
    return Situation(at, unit.phases.calendar(programme_id), rules)


def demand(unit: Unit, deed: Deed, actor: Actor, amendment: Amendment, rules: Rules, at: str) -> None:
    """Raise `Refused` unless somebody may do this with an amendment, `NotFound` where they may not even see it."""
    if not (visible(actor, amendment) and at_home(unit, actor, amendment.programme_id)):
        raise NotFound("refused.amendment_gone")
    demand_seen(unit, deed, actor, amendment, rules, at)


def demand_seen(unit: Unit, deed: Deed, actor: Actor, amendment: Amendment, rules: Rules, at: str) -> None:
    """Raise `Refused` unless somebody may do this with an amendment of which it is known that they may see it."""
    if refused := denial(deed, actor, amendment, situation_of(unit, amendment.programme_id, rules, at)):
        raise refused.raised()


def demand_new(unit: Unit, deed: Deed, actor: Actor, programme_id: ProgrammeId, rules: Rules, at: str) -> Situation:
    """Raise `Refused` unless somebody may do this with something new; return what that depended on."""
    if not at_home(unit, actor, programme_id):
        raise NotFound("refused.section_gone")
    situation = situation_of(unit, programme_id, rules, at)
    if refused := denial(deed, actor, None, situation):
        raise refused.raised()
    return situation


def visible(actor: Actor, amendment: Amendment) -> bool:
    """Tell whether somebody may see an amendment; before it has a reference few do.

    What was received is seen by its proposer and by who has a step to take with it; a draft, and a draft that was
    thrown away, by its writer alone. One that the secretary wrote for somebody not on Discord is the secretary's.
    """
    if amendment.public or amendment.proposer_id == actor.member_id:
        return True
    if Role.SECRETARY in actor.roles and (amendment.status in _HANDED_IN or amendment.proposer_id is None):
        return True
    return amendment.status in _HANDED_IN and any(step.roles & actor.roles for step in steps_from(amendment.status))


def screens(actor: Actor) -> bool:
    """Tell whether it is somebody's part to look at all that was received."""
    return Role.SECRETARY in actor.roles
