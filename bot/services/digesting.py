"""Telling all members once a period, in the overview, what happened. Where nothing did, nothing is said.

A period ends when the schedule says so. That is stored in the transaction in which its message is written down to be
said, so it is said once, whatever happens. What the bot slept through is one period.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.ids import ProgrammeId
from bot.domain.schedule import last_due
from bot.mirror.channels import OVERVIEW
from bot.mirror.render.digest import digest_text
from bot.services.acting import Acting
from bot.services.ports import Unit


@dataclass(frozen=True, slots=True)
class Digesting:
    """Tells by a schedule (`bot.domain.schedule`). Nobody is told of what happened before a programme was `opened`."""

    acting: Acting
    schedule: str
    opened: Callable[[Unit, ProgrammeId], bool]

    async def tell(self, programme_id: ProgrammeId) -> bool:
        """Write down what is to be said of a period that ended, and tell whether there is anything.

        The first period begins when this is asked for the first time.
        """
        at, zone = self.acting.clock(), self.acting.rules.zone

        def work(unit: Unit) -> bool:
            since = unit.digests.last(programme_id)
            if since is None:
                unit.digests.add(programme_id, at)
                return False
            until = last_due(self.schedule, zone, since, at)
            if until is None:
                return False
            unit.digests.add(programme_id, until)
            happened = unit.digests.happened(programme_id, since, until)
            if happened.nothing or not self.opened(unit, programme_id):
                return False
            say = self.acting.texts(unit, programme_id)
            text = digest_text(happened, since, unit.phases.calendar(programme_id), zone, say)
            unit.announcements.add(programme_id, OVERVIEW, text, at)
            return True

        return await self.acting.store.transact(work)
