"""`/programma instellen`: how a guild is set up, for its admin to see and to change; the roles by selects below it."""

from collections.abc import Awaitable, Callable
from typing import Final

import discord
from discord import ui

from bot.domain.ids import Snowflake
from bot.domain.people import Role
from bot.errors import NotFound, SourceError
from bot.locales import Texts
from bot.mirror.markdown import escape_line
from bot.services.guild_rows import AUTOS, GuildSettings
from bot.services.guilds import AUTO, LANGUAGE, SOURCE, Choice, Guilds, part_setting
from cogs.context import Context, Interaction
from cogs.edge import tell
from cogs.faces import Part, face
from cogs.routing import Routes, all_chosen, custom_id

LANGUAGE_CHOICES: Final = (("Nederlands", "nl"), ("Engels", "en"))
AUTO_CHOICES: Final = (
    ("Vanzelf, na de eerste keer bijwerken", "after-first"),
    ("Altijd vanzelf", "always"),
    ("Nooit vanzelf", "never"),
)
_MOST_ROLES: Final = 25


class SettingUp:
    """Shows an admin how their guild is set up, and changes it on their word."""

    def __init__(self, context: Context, guilds: Guilds, look_at_forum: Callable[[str], Awaitable[None]]) -> None:
        self._context = context
        self._guilds = guilds
        self._look_at_forum = look_at_forum

    def register(self, routes: Routes) -> None:
        """Answer the selects of roles."""
        routes.add("guild-role", self._role_chosen)

    async def answer(self, interaction: Interaction, source: str, language: str, auto: str) -> None:
        """Change what was named, and show how the guild is set up now. A forum is looked at first."""
        actor = self._context.actor(interaction)
        actor.demand(Role.ADMIN)
        guild_id = _guild_id(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        say = self._context.say(interaction)
        chosen = Choice(source.strip() or None, language or None, AUTOS.get(auto))
        if chosen.names():
            try:
                self._guilds.demand_free(guild_id, chosen)
                if chosen.source is not None:
                    await self._look_at_forum(chosen.source)
            except SourceError as error:
                reason = say("guild.source_unread", reason=say(error.key, **error.values))
                await tell(interaction, reason, typed=source, say=say)
                return
            await self._guilds.choose(actor, guild_id, chosen)
        content, view = self._panel(guild_id, say, changed=bool(chosen.names()))
        await interaction.followup.send(content, view=view, ephemeral=True, suppress_embeds=True)

    async def _role_chosen(self, interaction: Interaction, arguments: list[str]) -> None:
        actor, guild_id, say = self._context.actor(interaction), _guild_id(interaction), self._context.say(interaction)
        role = Role(arguments[0])
        chosen = frozenset(Snowflake(int(each)) for each in all_chosen(interaction))
        await interaction.response.defer()
        await self._guilds.choose(actor, guild_id, Choice(roles={role: chosen}))
        content, view = self._panel(guild_id, say, changed=True)
        await interaction.edit_original_response(content=content, view=view)

    def _panel(self, guild_id: Snowflake, say: Texts, *, changed: bool) -> tuple[str, ui.View]:
        guild, held = self._guilds.of(guild_id), self._guilds.held(guild_id)
        lines = [f"### {say('guild.title')}", *_lines(guild, held, say)]
        if changed:
            lines.insert(0, say("guild.changed"))
        if guild.source is None:
            lines.append(say("guild.no_source"))
        if held:
            lines.append(say("guild.held_note"))
        return "\n".join(lines), face(*(_select(role, guild, held, say) for role in Role))


def _lines(guild: GuildSettings, held: frozenset[str], say: Texts) -> list[str]:
    values = {
        SOURCE: f"<{guild.source}>" if guild.source else say("guild.none"),
        LANGUAGE: say(f"guild.language.{guild.language}"),
        AUTO: say(f"guild.auto.{guild.auto}"),
    }
    lines = [f"- {say(f'guild.name.{name}')}: {value}{_mark(name, held)}" for name, value in values.items()]
    for role in Role:
        holders = ", ".join(f"<@&{each}>" for each in sorted(guild.holders(role))) or say("guild.administrators")
        lines.append(f"- {escape_line(say(f'role.{role.value}'))}: {holders}{_mark(part_setting(role), held)}")
    return lines


def _mark(name: str, held: frozenset[str]) -> str:
    return " *" if name in held else ""


def _select(role: Role, guild: GuildSettings, held: frozenset[str], say: Texts) -> Part:
    """Return the select of the Discord roles that hold a part, with those chosen now."""
    chosen = [
        discord.SelectDefaultValue(id=each, type=discord.SelectDefaultValueType.role) for each in guild.holders(role)
    ]
    select: ui.RoleSelect[ui.View] = ui.RoleSelect(
        custom_id=custom_id("guild-role", role.value),
        placeholder=say("guild.pick", part=say(f"role.{role.value}")),
        min_values=0,
        max_values=_MOST_ROLES,
        default_values=chosen[:_MOST_ROLES],
        disabled=part_setting(role) in held,
    )
    return select


def _guild_id(interaction: Interaction) -> Snowflake:
    if interaction.guild_id is None:
        raise NotFound("refused.only_in_guild")
    return Snowflake(interaction.guild_id)
