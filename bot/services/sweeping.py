"""A clearing that was ordered, carried out: begun on a person's word, gone on with by whoever finds the order standing.

The order ends when all that was to go is gone, so a process that was killed in between leaves nothing behind for good.
"""

from collections.abc import Mapping

from bot.domain.ids import ProgrammeId
from bot.mirror.clearing import Clearing
from bot.mirror.resources import Key, Known
from bot.services.guild import Cleared, ClearingPort
from bot.services.ports import Store, Unit
from bot.services.standing import close, end_clearing


async def go_on(store: Store, port: ClearingPort, programme_id: ProgrammeId) -> Cleared:
    """Go on with a clearing that was cut off: what nobody answered by now goes. Raises `DiscordRefused`."""
    known = await known_in(store, programme_id)
    return await sweep(store, port, programme_id, known, await port.look(known))


async def sweep(
    store: Store, port: ClearingPort, programme_id: ProgrammeId, known: Mapping[Key, Known], todo: Clearing
) -> Cleared:
    """Carry out a clearing that was ordered. The order ends where nothing stood in the way."""
    cleared = await port.carry_out(programme_id, known, todo)

    def work(unit: Unit) -> None:
        end_clearing(unit, programme_id)
        if not cleared.kept:
            close(unit, programme_id)

    if not cleared.failures:
        await store.transact(work)
    return cleared


async def known_in(store: Store, programme_id: ProgrammeId) -> Mapping[Key, Known]:
    """Return what is known to stand of a programme."""

    def work(unit: Unit) -> Mapping[Key, Known]:
        return unit.mirror.known(programme_id)

    return await store.read(work)
