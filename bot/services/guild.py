"""The guild as the use cases need it: something to look at and to change by a plan. `bot.mirror.apply` fulfils it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.domain.ids import ProgrammeId, Snowflake
from bot.errors import ProgrammabrugError
from bot.mirror.clearing import Clearing, Step
from bot.mirror.observed import Observed
from bot.mirror.plan import Plan
from bot.mirror.resources import Json, Key, Known

Progress = Callable[[int, int, str], None]
"""Tells how far the work is: changes made, changes in all, and the title of the one just made."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a plan. It is `stale` when something it builds on was gone: plan anew.

    `touched` are the keys of what was changed, and `failures` say what Discord would not have. `later` is when what it
    takes no sooner can be done (seconds on the loop).
    """

    touched: frozenset[Key] = frozenset()
    failures: tuple[ProgrammabrugError, ...] = ()
    stale: bool = False
    later: float | None = None


@dataclass(frozen=True, slots=True)
class Cleared:
    """What came of a clearing: what went, what stayed, and what Discord would not have."""

    removed: tuple[Step, ...]
    kept: tuple[Step, ...]
    failures: tuple[ProgrammabrugError, ...]


class ClearingPort(Protocol):
    """A guild from which the mirror can be taken."""

    async def look(self, known: Mapping[Key, Known]) -> Clearing:
        """Return what would go and what would stay. Raises `DiscordRefused`."""
        ...

    async def carry_out(self, programme_id: ProgrammeId, known: Mapping[Key, Known], todo: Clearing) -> Cleared:
        """Let go what is to go, writing down each as it went."""
        ...


class GuildPort(Protocol):
    """One guild on Discord."""

    @property
    def guild_id(self) -> Snowflake:
        """The guild's id."""
        ...

    @property
    def clearing(self) -> ClearingPort:
        """What takes the mirror out of it again."""
        ...

    async def observe(self, known: Mapping[Key, Known], *, closely: bool = False) -> Observed:
        """Look at the guild's channels and posts, and `closely` at what is pinned too. Raises `DiscordRefused`."""
        ...

    async def deleted(self, known: Mapping[Key, Known]) -> frozenset[Snowflake]:
        """Read all messages of the mirror, and return which stand no more. Raises `DiscordRefused`."""
        ...

    async def apply(
        self, programme_id: ProgrammeId, plan: Plan, observed: Observed, progress: Progress | None = None
    ) -> Outcome:
        """Make the changes of a plan, writing down each as it is made."""
        ...

    async def tell(
        self, programme_id: ProgrammeId, key: Key, channel_id: Snowflake, content: Mapping[str, Json]
    ) -> None:
        """Say something once under a key, and anew in the same message from then on. Raises `DiscordRefused`."""
        ...
