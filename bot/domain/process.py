"""The process as rules to be told to people: for each deed who may do it, from which status, in which phase.

Read out of the tables in `lifecycle`, `deeds` and `phases`, so that help and manual say what is judged by.
"""

from dataclasses import dataclass

from bot.domain.amendments import Status
from bot.domain.deeds import ENDS, RIGHTS, Deed
from bot.domain.lifecycle import TRANSITIONS
from bot.domain.people import Role
from bot.domain.phases import PHASES, Phase
from bot.domain.rights import does


@dataclass(frozen=True, slots=True)
class Rule:
    """One deed. `end` is the status it leads to, None where that stays; `reason` says that one must be given."""

    deed: Deed
    roles: frozenset[Role]
    proposer: bool
    anyone: bool
    starts: frozenset[Status]
    end: Status | None
    reason: bool
    phases: tuple[Phase, ...]


def process() -> tuple[Rule, ...]:
    """Return a rule for each deed, in the order in which deeds are listed."""
    return tuple(_rule(deed) for deed in Deed)


def _rule(deed: Deed) -> Rule:
    phases = tuple(phase for phase in Phase if deed in PHASES[phase])
    if deed in RIGHTS:
        right = RIGHTS[deed]
        correcting = deed is Deed.CORRECT
        return Rule(deed, right.roles, right.proposer, right.anyone, right.statuses, None, correcting, phases)
    steps = [step for step in TRANSITIONS if does(deed, step) and (step.start is None) == (deed is Deed.DRAFT)]
    return Rule(
        deed,
        frozenset(role for step in steps for role in step.roles),
        any(step.proposer for step in steps),
        anyone=False,
        starts=frozenset(step.start for step in steps if step.start is not None),
        end=ENDS[deed],
        reason=any(step.reason for step in steps),
        phases=phases,
    )
