"""Who may hear of a programme that is not open yet: beheer, and whoever stands in a channel of it and so sees it.

Everybody else is told that it is not open, and nothing of it is listed, suggested, found, proposed or written to them.
Asked at the two doors that all commands, suggestions, presses and forms come through, so that none escapes it.
"""

from collections.abc import Callable, Collection
from time import monotonic
from typing import Final

from bot.domain.ids import ProgrammeId, Snowflake
from bot.domain.people import Actor, Role
from bot.errors import Refused
from bot.services.guild_rows import Auto
from bot.services.ports import Store, Unit
from bot.services.standing import read_standing

_MOMENT: Final = 2.0


class Audience:
    """Knows for whom a programme is. `auto` tells how the mirror of a guild follows: "always" opens at once.

    That a guild's programme is open is remembered for a moment, for it is asked with every press. `seconds` tells how
    much time passed, from any moment on.
    """

    def __init__(
        self, store: Store, auto: Callable[[Snowflake], Auto], seconds: Callable[[], float] = monotonic
    ) -> None:
        self._store = store
        self._auto = auto
        self._seconds = seconds
        self._open_until: dict[Snowflake, float] = {}

    async def demand(self, actor: Actor, channel_ids: Collection[Snowflake]) -> None:
        """Raise `Refused` for somebody who may not hear of their guild's programme. They stand in these channels."""
        guild_id = actor.guild_id
        if guild_id is None or Role.ADMIN in actor.roles or self._seconds() < self._open_until.get(guild_id, 0.0):
            return

        def hears(unit: Unit) -> bool:
            programme_id = unit.programmes.of_guild(guild_id)
            if programme_id is None:
                return True  # what to do where there is no programme is said by what needs one
            if self.opened(unit, programme_id):
                self._open_until[guild_id] = self._seconds() + _MOMENT
                return True
            return any(unit.mirror.standing_as(programme_id, channel_id) for channel_id in channel_ids)

        if not await self._store.read(hears):
            raise Refused("refused.not_open_yet")

    async def is_open(self, programme_id: ProgrammeId) -> bool:
        """Tell whether all members may hear of a programme."""
        return await self._store.read(lambda unit: self.opened(unit, programme_id))

    def opened(self, unit: Unit, programme_id: ProgrammeId) -> bool:
        """Tell whether all members may hear of a programme, within a transaction."""
        guild_id = unit.programmes.head(programme_id).guild_id
        auto = self._auto(guild_id) if guild_id is not None else "never"
        return read_standing(unit, programme_id, auto).opened
