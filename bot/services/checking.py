"""Whether all is well: the guild and the bot's permissions in it, its commands, the database, the forum's address."""

from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import contextmanager
from typing import Final, Protocol, TypeAlias

from bot.domain.ids import ProgrammeId, Snowflake
from bot.errors import ProgrammabrugError
from bot.mirror.checking import Expected, Finding, findings
from bot.mirror.granting import GuildView
from bot.mirror.resources import Key, Known
from bot.services.ports import Clock, Store, Unit

LookAtForum: TypeAlias = Callable[[], Awaitable[None]]
"""Asks the forum's address for one page, as its robots.txt allows. Raises `SourceError`."""
_FACT: Final = "check.last"


class GuildSight(Protocol):
    """What can be seen of a guild and of the bot. `bot.mirror.observe` fulfils it."""

    async def view(self) -> GuildView:
        """Return the guild as the bot may see it. Raises `DiscordRefused`."""
        ...

    async def commands(self) -> int:
        """Return how many commands of the bot Discord knows. Raises `DiscordRefused`."""
        ...


class Checking:
    """Looks at everything the bot needs. It changes nothing but the moment of the last check, to see that it can.

    `store` and `sight` are None where there is no database, or no guild, to look at: why was said already.
    """

    def __init__(
        self,
        store: Store | None,
        sight: GuildSight | None,
        expected: Expected,
        look_at_forum: LookAtForum | None,
        clock: Clock,
    ) -> None:
        self._store = store
        self._sight = sight
        self._expected = expected
        self._look_at_forum = look_at_forum
        self._clock = clock

    async def findings(self, guild_id: Snowflake) -> tuple[Finding, ...]:
        """Return all that is to be mended; nothing where all is well."""
        found: list[Finding] = []
        known: Mapping[Key, Known] = {}
        if self._store is not None:
            with _noting(found):
                known = await self._store.transact(lambda unit: self._marked(unit, guild_id))
        if self._sight is not None:
            with _noting(found):
                found += findings(await self._sight.view(), known, self._expected)
                if not await self._sight.commands():
                    found.append(Finding("check.no_commands"))
        if self._look_at_forum is not None:
            with _noting(found):
                await self._look_at_forum()
        return tuple(found)

    def _marked(self, unit: Unit, guild_id: Snowflake) -> Mapping[Key, Known]:
        """Write, which shows that it is possible, and return what stands in the guild."""
        unit.facts.put(_FACT, self._clock())
        programme_id: ProgrammeId | None = unit.programmes.of_guild(guild_id)
        return unit.mirror.known(programme_id) if programme_id is not None else {}


@contextmanager
def _noting(found: list[Finding]) -> Generator[None]:
    """Note what goes wrong as one more thing to mend."""
    try:
        yield
    except ProgrammabrugError as error:
        found.append(Finding(error.key, error.values))
