"""The guilds that are served: what each chose, who holds which part in it, and an admin's choices.

All of it is kept in memory too, for roles are asked after at every press. Nothing but this process changes it.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.domain.ids import Snowflake
from bot.domain.people import Actor, Role
from bot.errors import Refused
from bot.services.guild_rows import Auto, GuildSettings
from bot.services.ports import Clock, Store, Unit

SOURCE: Final = "forum.url"
LANGUAGE: Final = "language"
AUTO: Final = "mirror.auto"


def part_setting(role: Role) -> str:
    """Return the name of the setting that says who holds a part."""
    return f"roles.{role.value}"


@dataclass(frozen=True, slots=True)
class Choice:
    """What an admin chooses anew for a guild; None leaves a setting as it is."""

    source: str | None = None
    language: str | None = None
    auto: Auto | None = None
    roles: Mapping[Role, frozenset[Snowflake]] | None = None

    def names(self) -> frozenset[str]:
        """Return the settings that it is about, by the names they have in the config."""
        chosen = {SOURCE: self.source, LANGUAGE: self.language, AUTO: self.auto}
        named = {name for name, value in chosen.items() if value is not None}
        return frozenset(named | {part_setting(role) for role in self.roles or {}})

    def applied(self, guild: GuildSettings) -> GuildSettings:
        """Return a guild's settings with the choice made."""
        return replace(
            guild,
            source=self.source or guild.source,
            language=self.language or guild.language,
            auto=self.auto or guild.auto,
            roles={**guild.roles, **(self.roles or {})},
        )


Changed = Callable[[GuildSettings], Awaitable[None]]
"""Hears of a guild whose settings changed, or that was set up."""


class Guilds:
    """Knows every guild. `held` names the settings of the config's guild that the config is the master of."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        config_guild: Snowflake,
        held: frozenset[str],
        default_language: str,
        changed: Changed,
    ) -> None:
        self._store = store
        self._clock = clock
        self._config_guild = config_guild
        self._held = held
        self._language = default_language
        self._changed = changed
        self._guilds: dict[Snowflake, GuildSettings] = {}

    async def load(self) -> Sequence[GuildSettings]:
        """Read the guilds that were set up, and return them."""
        found = await self._store.read(lambda unit: unit.guilds.all())
        self._guilds = {guild.guild_id: guild for guild in found}
        return found

    def known(self, guild_id: Snowflake) -> bool:
        """Tell whether a guild was set up."""
        return guild_id in self._guilds

    def of(self, guild_id: Snowflake) -> GuildSettings:
        """Return a guild's settings: for one that was not set up, those it begins with."""
        return self._guilds.get(guild_id) or GuildSettings(guild_id, language=self._language)

    def holders(self, guild_id: Snowflake | None, role: Role) -> frozenset[Snowflake]:
        """Return the Discord roles of a guild that hold a part; outside of guilds nobody's do."""
        return self.of(guild_id).holders(role) if guild_id is not None else frozenset()

    def held(self, guild_id: Snowflake) -> frozenset[str]:
        """Return the settings of a guild that are the config's to change."""
        return self._held if guild_id == self._config_guild else frozenset()

    def demand_free(self, guild_id: Snowflake, choice: Choice) -> None:
        """Raise `Refused` where a choice is about what the config is the master of."""
        if held := choice.names() & self.held(guild_id):
            raise Refused("guild.held", setting=", ".join(sorted(held)))

    async def choose(self, actor: Actor, guild_id: Snowflake, choice: Choice) -> GuildSettings:
        """Change a guild's settings, and have the guild go by them. Raises `Refused`, changing nothing."""
        actor.demand(Role.ADMIN)
        self.demand_free(guild_id, choice)
        at = self._clock()

        def work(unit: Unit) -> GuildSettings:
            guild = choice.applied(unit.guilds.load(guild_id) or self.of(guild_id))
            unit.guilds.save(guild, at)
            programme_id = unit.programmes.of_guild(guild_id)
            if programme_id is not None:
                unit.programmes.set_language(programme_id, guild.language)
            return guild

        guild = await self._store.transact(work)
        self._guilds[guild_id] = guild
        await self._changed(guild)
        return guild
