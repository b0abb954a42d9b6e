"""Clearing the mirror away on an admin's word: plan first, then what nobody answered goes. The database keeps all.

Afterwards nothing is made anew by itself until somebody confirms a sync again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.domain.ids import ProgrammeId
from bot.domain.people import Actor, Role
from bot.errors import ProgrammabrugError
from bot.mirror.clearing import Clearing, Step
from bot.mirror.resources import Key, Known
from bot.services.ports import Clock, Store, Unit
from bot.services.standing import clear, close
from bot.services.syncing import Syncing


@dataclass(frozen=True, slots=True)
class Cleared:
    """What came of a clearing: what went, what stayed, and what Discord would not have."""

    removed: tuple[Step, ...]
    kept: tuple[Step, ...]
    failures: tuple[ProgrammabrugError, ...]


class ClearingPort(Protocol):
    """A guild from which the mirror can be taken. `bot.mirror.apply` fulfils it."""

    async def look(self, known: Mapping[Key, Known]) -> Clearing:
        """Return what would go and what would stay. Raises `DiscordRefused`."""
        ...

    async def carry_out(self, programme_id: ProgrammeId, known: Mapping[Key, Known], todo: Clearing) -> Cleared:
        """Let go what is to go, writing down each as it went."""
        ...


class ClearingAway:
    """Takes the mirror out of a guild. `guild_of` is the guild of a programme."""

    def __init__(
        self, store: Store, syncing: Syncing, guild_of: Callable[[ProgrammeId], ClearingPort], clock: Clock
    ) -> None:
        self._store = store
        self._syncing = syncing
        self._guild_of = guild_of
        self._clock = clock

    async def plan(self, actor: Actor, programme_id: ProgrammeId) -> Clearing:
        """Return what would go and what would stay. Raises `Refused` and `DiscordRefused`."""
        actor.demand(Role.ADMIN)
        async with self._syncing.alone(programme_id):
            return await self._guild_of(programme_id).look(await self._known(programme_id))

    async def carry_out(self, actor: Actor, programme_id: ProgrammeId, digest: str) -> Cleared | Clearing:
        """Clear away what was shown under this digest; where that is not what it would be now, return the latter."""
        actor.demand(Role.ADMIN)
        guild = self._guild_of(programme_id)
        async with self._syncing.alone(programme_id):
            known = await self._known(programme_id)
            todo = await guild.look(known)
            if todo.digest != digest:
                return todo
            await self._store.transact(lambda unit: clear(unit, programme_id, self._clock()))
            cleared = await guild.carry_out(programme_id, known, todo)
            if not cleared.kept:
                await self._store.transact(lambda unit: close(unit, programme_id))
            return cleared

    async def _known(self, programme_id: ProgrammeId) -> Mapping[Key, Known]:
        def work(unit: Unit) -> Mapping[Key, Known]:
            return unit.mirror.known(programme_id)

        return await self._store.read(work)
