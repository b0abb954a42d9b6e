"""A thorough look at a guild: which messages people deleted while the bot did not listen. It only writes that down.

What is found is for a plan to mend, as what is heard of is. Once a night it is done by itself (`nightly`).
"""

from datetime import datetime

import structlog

from bot.domain.ids import ProgrammeId
from bot.services.guild import GuildPort
from bot.services.ports import Clock, Store, Unit

log = structlog.stdlib.get_logger(__name__)


async def look_thoroughly(store: Store, guild: GuildPort, clock: Clock, programme_id: ProgrammeId) -> int:
    """Read all messages of a mirror, and return how many were found deleted. Raises `DiscordRefused`."""
    at = clock()
    known = await store.read(lambda unit: unit.mirror.known(programme_id))
    gone = await guild.deleted(known)

    def work(unit: Unit) -> int:
        rows = [row for row in unit.mirror.known(programme_id).values() if row.discord_id in gone]
        for row in rows:
            unit.mirror.remove(programme_id, row.key)
        unit.facts.put(_fact(programme_id), at)
        return len(rows)

    found = await store.transact(work)
    log.info("thorough.done", programme=programme_id, deleted=found)
    return found


def last_look(unit: Unit, programme_id: ProgrammeId) -> datetime | None:
    """Return when a guild was last looked at thoroughly."""
    last = unit.facts.get(_fact(programme_id))
    return datetime.fromisoformat(last) if last else None


def _fact(programme_id: ProgrammeId) -> str:
    return f"mirror.thorough:{programme_id}"
