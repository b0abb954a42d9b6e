"""Clearing the mirror away on an admin's word: plan first, then what nobody answered goes. The database keeps all.

The word is an order that stands in the database until all that was to go is gone: where the work was cut off, or
Discord would not have a part of it, the next pass over everything goes on with it. Afterwards nothing is made anew by
itself until somebody confirms a sync again.
"""

from bot.domain.ids import ProgrammeId
from bot.domain.people import Actor, Role
from bot.mirror.clearing import Clearing
from bot.services.guild import Cleared
from bot.services.ports import Clock, Store
from bot.services.standing import begin_clearing
from bot.services.sweeping import known_in, sweep
from bot.services.syncing import Syncing


class ClearingAway:
    """Takes the mirror out of a guild, as an admin says."""

    def __init__(self, store: Store, syncing: Syncing, clock: Clock) -> None:
        self._store = store
        self._syncing = syncing
        self._clock = clock

    async def plan(self, actor: Actor, programme_id: ProgrammeId) -> Clearing:
        """Return what would go and what would stay. Raises `Refused` and `DiscordRefused`."""
        actor.demand(Role.ADMIN)
        async with self._syncing.alone(programme_id) as guild:
            return await guild.clearing.look(await known_in(self._store, programme_id))

    async def carry_out(self, actor: Actor, programme_id: ProgrammeId, digest: str) -> Cleared | Clearing:
        """Clear away what was shown under this digest; where that is not what it would be now, return the latter.

        Raises `Refused`, and `DiscordRefused` where the guild could not be looked at; nothing was changed then.
        """
        actor.demand(Role.ADMIN)
        async with self._syncing.alone(programme_id) as guild:
            known = await known_in(self._store, programme_id)
            todo = await guild.clearing.look(known)
            if todo.digest != digest:
                return todo
            await self._store.transact(lambda unit: begin_clearing(unit, programme_id, self._clock()))
            cleared = await sweep(self._store, guild.clearing, programme_id, known, todo)
            if cleared.failures:
                await self._syncing.tell_troubles(programme_id, cleared.failures)
        if cleared.failures:
            self._syncing.enqueue(programme_id)
        return cleared
