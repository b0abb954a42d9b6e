"""What every cog needs at its edge: the person's language, the person's roles, and the programme of the guild."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import discord

from bot.domain.ids import ProgrammeId, Snowflake
from bot.domain.people import Actor, Role
from bot.errors import NotFound
from bot.locales import Texts, language_of
from bot.services.audience import Audience
from bot.services.browsing import Browsing

Interaction = discord.Interaction[discord.Client]
_ACTOR: Final = "actor"


@dataclass(frozen=True, slots=True)
class Context:
    """Shared by the cogs; holds no state of its own."""

    texts: Mapping[str, Texts]
    role_ids: Callable[[Snowflake | None, Role], frozenset[Snowflake]]
    browsing: Browsing
    audience: Audience

    def say(self, interaction: Interaction) -> Texts:
        """Return the sentences in the language of the person's own Discord."""
        return self.texts[language_of(interaction.locale.value)]

    def actor(self, interaction: Interaction) -> Actor:
        """Return who acts, with the roles they held as they did. Discord's Administrator counts as admin only."""
        known = interaction.extras.get(_ACTOR)
        if not isinstance(known, Actor):  # it is asked at the door, by the command, and by what comes after it
            known = interaction.extras[_ACTOR] = self._actor(interaction)
        return known

    def _actor(self, interaction: Interaction) -> Actor:
        user = interaction.user
        guild_id = Snowflake(interaction.guild_id) if interaction.guild_id is not None else None
        roles = self._roles(user, guild_id) if isinstance(user, discord.Member) else frozenset[Role]()
        return Actor(Snowflake(user.id), user.display_name, roles, guild_id)

    def _roles(self, user: discord.Member, guild_id: Snowflake | None) -> frozenset[Role]:
        holders = {role: self.role_ids(guild_id, role) for role in Role}
        roles = {role for role, ids in holders.items() if any(_holds(user, each) for each in ids)}
        if user.resolved_permissions is not None and user.resolved_permissions.administrator:
            roles |= {role for role, ids in holders.items() if role is Role.ADMIN or not ids}
        return frozenset(roles)

    async def programme(self, interaction: Interaction) -> ProgrammeId:
        """Return the programme that belongs to the guild this happened in."""
        if interaction.guild_id is None:
            raise NotFound("refused.only_in_guild")
        return await self.browsing.programme_of(Snowflake(interaction.guild_id))


def _holds(user: discord.Member, role_id: Snowflake) -> bool:
    """Tell whether somebody has a Discord role; the one with the guild's own id is everybody's."""
    return role_id == user.guild.id or user.get_role(role_id) is not None
