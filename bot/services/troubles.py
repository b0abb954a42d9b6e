"""Telling in the log channel what stands in the way: a sentence a trouble, said once and again only after it was over.

A run that is told of says it in its own message. Where the log channel cannot be written in, all goes on without.
"""

from collections.abc import Sequence
from typing import Final

import structlog

from bot.domain.ids import ProgrammeId, Snowflake
from bot.domain.text import digest_of
from bot.errors import DiscordRefused, ProgrammabrugError
from bot.locales import Texts
from bot.mirror.channels import LOG
from bot.mirror.components import message, text
from bot.services.guild import GuildPort
from bot.services.ports import Store, Unit

log = structlog.stdlib.get_logger(__name__)

_PREFIX: Final = "trouble:"


class Troubles:
    """Says and forgets troubles of one guild. `log_channel_id` is somebody else's log channel, if there is one."""

    def __init__(self, store: Store, guild: GuildPort, log_channel_id: Snowflake | None) -> None:
        self._store = store
        self._guild = guild
        self._log_channel_id = log_channel_id

    async def tell(self, programme_id: ProgrammeId, failures: Sequence[ProgrammabrugError], say: Texts) -> None:
        """Say what is not said yet."""

        def work(unit: Unit) -> Snowflake | None:
            run = unit.runs.under_way(programme_id)
            if run is not None and run.told:
                return None
            own = unit.mirror.find(programme_id, LOG)
            return self._log_channel_id or (own.discord_id if own else None)

        channel_id = await self._store.read(work)
        if channel_id is None:
            return
        for failure in failures:
            key = f"{_PREFIX}{digest_of(str(failure))}"
            words = say("run.trouble", reason=say(failure.key, **failure.values))
            try:
                await self._guild.tell(programme_id, key, channel_id, message(key, [text(words)]))
            except DiscordRefused as error:
                log.warning("trouble.untold", programme=programme_id, reason=error.key)
                return

    async def over(self, programme_id: ProgrammeId) -> None:
        """Take in that nothing stands in the way any more: what comes back is said again."""

        def work(unit: Unit) -> None:
            for key in unit.mirror.known(programme_id):
                if key.startswith(_PREFIX):
                    unit.mirror.forget(programme_id, key)

        await self._store.transact(work)
