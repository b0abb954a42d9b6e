"""The order in which the assembly treats amendments: the hamerlijst apart, and of the rest the farthest-reaching first.

What reaches farthest takes most of the text away, so that adopting it settles what is said about less of it. Amendments
that collide stand beside each other.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.amendments import Advice, Amendment, Kind, Status
from bot.domain.collisions import collide
from bot.domain.ids import AmendmentId
from bot.domain.likeness import likeness

_RANK: Final = {Kind.GENERAL: 0, Kind.DELETE: 1, Kind.REPLACE: 2, Kind.INSERT: 3}
_NUMBER: Final = re.compile(r"(\d+)$")

AS_ADVISED: Final = {
    Advice.ADOPT: Status.ADOPTED,
    Advice.EDITORIAL: Status.ADOPTED,
    Advice.ADOPT_AS_MODIFIED: Status.ADOPTED_AS_MODIFIED,
    Advice.ADVISE_AGAINST: Status.REJECTED,
}
"""What deciding as advised means. Where the committee leaves it to the assembly there is nothing to follow."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is to be treated: decided in one blow, and the rest in order."""

    hammer: tuple[Amendment, ...]
    rest: tuple[Amendment, ...]


def agenda(
    sections: Iterable[Sequence[Amendment]], asked: Collection[AmendmentId], texts: Collection[AmendmentId]
) -> Agenda:
    """Return the order for the amendments of each section, sections in the programme's order.

    `asked` are those that somebody wants to discuss, `texts` those whose advice says how they are to be modified. What
    collides with another that is to be adopted is for people to decide, whatever the advice.
    """
    hammer: list[Amendment] = []
    rest: list[Amendment] = []
    for amendments in sections:
        ahead = [each for each in amendments if each.status in {Status.OPEN, Status.HELD_OVER}]
        by_hammer = [each for each in ahead if _for_hammer(each, asked, texts) and not _contested(each, amendments)]
        hammer += by_hammer
        rest += in_order([each for each in ahead if each not in by_hammer])
    return Agenda(tuple(hammer), tuple(rest))


def in_order(amendments: Sequence[Amendment]) -> list[Amendment]:
    """Return the amendments of one section, the farthest-reaching first, those that collide beside each other."""
    left = sorted(amendments, key=_reach)
    ordered: list[Amendment] = []
    while left:
        group = [left.pop(0)]
        for member in group:  # grows while it is walked
            beside = [each for each in left if collide(member, each)]
            group += beside
            left = [each for each in left if each not in beside]
        ordered += sorted(group, key=_reach)
    return ordered


def _for_hammer(amendment: Amendment, asked: Collection[AmendmentId], texts: Collection[AmendmentId]) -> bool:
    advice = amendment.advice.advice if amendment.advice else None
    if advice not in AS_ADVISED or amendment.amendment_id in asked or amendment.status is not Status.OPEN:
        return False
    return advice is not Advice.ADOPT_AS_MODIFIED or amendment.amendment_id in texts


def _contested(amendment: Amendment, others: Iterable[Amendment]) -> bool:
    return _to_be_adopted(amendment) and any(_to_be_adopted(other) and collide(amendment, other) for other in others)


def _to_be_adopted(amendment: Amendment) -> bool:
    if amendment.status in {Status.ADOPTED, Status.ADOPTED_AS_MODIFIED}:
        return True
    return amendment.advice is not None and amendment.advice.advice not in {
        Advice.ADVISE_AGAINST,
        Advice.LEAVE_TO_ASSEMBLY,
    }


def _reach(amendment: Amendment) -> tuple[int, float, int, int]:
    """Return what sorts the farthest-reaching first: by kind, by how much goes, then in the order they came."""
    old = amendment.old_text or ""
    gone = len(old) * (1 - likeness(old, amendment.text)) if amendment.kind is Kind.REPLACE else len(old)
    number = _NUMBER.search(amendment.reference or "")
    return _RANK[amendment.kind], -gone, int(number[1]) if number else 0, amendment.amendment_id
