"""Asking the domain, within a transaction, whether somebody may do what they ask for."""

from bot.domain.amendments import Amendment, Status
from bot.domain.deeds import Deed
from bot.domain.ids import ProgrammeId
from bot.domain.people import Actor, Role
from bot.domain.phases import Rules
from bot.domain.rights import Situation, denial
from bot.errors import NotFound
from bot.services.homes import at_home
from bot.services.ports import Unit


def situation_of(unit: Unit, programme_id: ProgrammeId, rules: Rules, at: str) -> Situation:
    """Return what a judgement depends on beside the person and the amendment. `at` is when the person pressed."""
    return Situation(at, unit.phases.calendar(programme_id), rules)


def demand(unit: Unit, deed: Deed, actor: Actor, amendment: Amendment, rules: Rules, at: str) -> None:
    """Raise `Refused` unless somebody may do this with an amendment, `NotFound` where they may not even see it."""
    programme_id = unit.amendments.programme_of(amendment.amendment_id)
    if not (visible(actor, amendment) and at_home(unit, actor, programme_id)):
        raise NotFound("refused.amendment_gone")
    if refused := denial(deed, actor, amendment, situation_of(unit, programme_id, rules, at)):
        raise refused.raised()


def demand_new(unit: Unit, deed: Deed, actor: Actor, programme_id: ProgrammeId, rules: Rules, at: str) -> None:
    """Raise `Refused` unless somebody may do this with an amendment that is not there yet."""
    if not at_home(unit, actor, programme_id):
        raise NotFound("refused.section_gone")
    if refused := denial(deed, actor, None, situation_of(unit, programme_id, rules, at)):
        raise refused.raised()


def visible(actor: Actor, amendment: Amendment) -> bool:
    """Tell whether somebody may see an amendment: before it has a reference only its proposer and the secretary do.

    A draft is its writer's alone; one that the secretary writes for somebody who is not on Discord is the secretary's.
    What was not admitted can still be put right by a correction.
    """
    if amendment.public or amendment.proposer_id == actor.member_id:
        return True
    came_in = amendment.status.ahead or amendment.status is Status.NOT_ADMITTED
    return Role.SECRETARY in actor.roles and (came_in or amendment.proposer_id is None)
