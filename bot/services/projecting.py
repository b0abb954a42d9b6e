"""What the hall is shown: the next amendment in the order of treatment, or one that the chair asks for.

What was shown is stored, and the mirror shows it. Asked by two at once, one is shown.
"""

from dataclasses import dataclass

from bot.domain.amendments import Amendment
from bot.domain.deeds import UNDECIDED
from bot.domain.hall import Showing
from bot.domain.ids import ProgrammeId
from bot.domain.people import Actor
from bot.errors import NotFound, Refused
from bot.services.acting import Acting
from bot.services.finding import amendment_with, reference_in
from bot.services.meeting import demand_lead, standing_of
from bot.services.ports import Unit


@dataclass(frozen=True, slots=True)
class Shown:
    """What the hall is shown now. `hammer` is how much of the hamerlijst is left, `rest` how much beside it."""

    amendment: Amendment
    showing: Showing
    hammer: int
    rest: int


class Projecting:
    """The acts of the chair on what is shown. Deciding is in `deciding`."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def next(self, actor: Actor, programme_id: ProgrammeId, reference: str = "") -> Shown:
        """Show the next amendment, or the one that a reference means. What is shown and undecided stays the next.

        Raises `NotFound` where there is none left, `Refused` for one that is decided.
        """
        at = self._acting.clock()

        def work(unit: Unit) -> Shown:
            demand_lead(self._acting, unit, actor, programme_id)
            standing = standing_of(unit, programme_id)
            wanted = _named(unit, programme_id, reference) if reference.strip() else None
            current = _current(unit, programme_id)
            if current is None or (wanted is not None and wanted.amendment_id != current.amendment_id):
                chosen = wanted or standing.next
                if chosen is None:
                    raise NotFound("hall.hammer_left" if standing.hammer else "hall.all_done")
                meeting = unit.meetings.under_way(programme_id)
                if meeting is None:
                    raise LookupError(programme_id)
                unit.meetings.show(meeting.meeting_id, chosen.amendment_id, at)
                current = _current(unit, programme_id)
            if current is None:
                raise LookupError(programme_id)
            amendment = amendment_with(unit, current.amendment_id)
            rest = {each.amendment_id for each in standing.rest} | {amendment.amendment_id}
            hammer = [each for each in standing.hammer if each.amendment_id not in rest]
            return Shown(amendment, current, len(hammer), len(rest))

        return await self._acting.store.transact(work)


def _current(unit: Unit, programme_id: ProgrammeId) -> Showing | None:
    """Return what is shown and still to be decided, or None."""
    hall = unit.meetings.hall(programme_id)
    last = hall.last if hall is not None else None
    if last is None or last.outcome is not None:
        return None
    return last if amendment_with(unit, last.amendment_id).status in UNDECIDED else None


def _named(unit: Unit, programme_id: ProgrammeId, reference: str) -> Amendment:
    found = unit.amendments.by_reference(programme_id, reference_in(reference))
    if found is None:
        raise NotFound("refused.no_amendment", reference=reference[:40])
    if found.status not in UNDECIDED:
        raise Refused("hall.decided", reference=found.reference, status=found.status)
    return found
