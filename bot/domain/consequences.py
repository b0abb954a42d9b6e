"""What deciding one amendment means for those that collide with it. It is offered to a person, never done unasked."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.amendments import Amendment, Kind, Status
from bot.domain.collisions import colliding_with
from bot.domain.deeds import UNDECIDED


class Remedy(StrEnum):
    """What can follow for another amendment."""

    LAPSE = "lapse"
    RE_ANCHOR = "re-anchor"


@dataclass(frozen=True, slots=True)
class Consequence:
    """Another amendment that can't be carried out as it stands any more, and what can be done about it."""

    amendment: Amendment
    remedies: tuple[Remedy, ...]


def consequences(decided: Amendment, others: Iterable[Amendment]) -> tuple[Consequence, ...]:
    """Return what must be asked about others once an amendment was adopted, in the order given.

    New text can be put elsewhere, and a change aimed at the text that came in its place; of a block that is gone
    nothing is left to change.
    """
    if decided.status not in {Status.ADOPTED, Status.ADOPTED_AS_MODIFIED}:
        return ()
    undecided = [other for other in others if other.status in UNDECIDED]
    return tuple(Consequence(other, _remedies(decided, other)) for other in colliding_with(decided, undecided))


def _remedies(decided: Amendment, other: Amendment) -> tuple[Remedy, ...]:
    if decided.kind is Kind.DELETE and other.kind is not Kind.INSERT:
        return (Remedy.LAPSE,)
    return Remedy.LAPSE, Remedy.RE_ANCHOR
