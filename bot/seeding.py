"""What the config says of its guild, laid over what is stored: it is the master of what it names, and of no more."""

from dataclasses import replace

from bot.config import Settings
from bot.domain.ids import Snowflake
from bot.domain.people import Role
from bot.errors import Refused
from bot.services.guild_rows import GuildSettings
from bot.services.guilds import AUTO, LANGUAGE, SOURCE, part_setting
from bot.services.homes import Home
from bot.services.ports import Unit


def held(settings: Settings) -> frozenset[str]:
    """Return which settings of a guild the config names, by the names they have there."""
    named = {LANGUAGE} & settings.model_fields_set
    if "url" in settings.forum.model_fields_set:
        named |= {SOURCE}
    if "auto" in settings.mirror.model_fields_set:
        named |= {AUTO}
    return frozenset(named | {part_setting(role) for role in Role if role.value in settings.roles.model_fields_set})


def seeded(settings: Settings, stored: GuildSettings) -> GuildSettings:
    """Return the settings of the config's guild: what the config names over what is stored.

    What cannot be chosen in Discord (the log channel, and whether members begin posts) is always the config's.
    """
    named, log_channel = held(settings), settings.discord.log_channel_id
    roles = {role: settings.roles.of(role) for role in Role if part_setting(role) in named}
    guild = replace(
        stored,
        roles={**stored.roles, **roles},
        members_post=settings.mirror.members_post,
        log_channel_id=Snowflake(log_channel) if log_channel else None,
    )
    if SOURCE in named:
        guild = replace(guild, source=settings.forum.url)
    if LANGUAGE in named:
        guild = replace(guild, language=settings.language)
    if AUTO in named:
        guild = replace(guild, auto=settings.mirror.auto)
    return guild


def guild_settings(unit: Unit, settings: Settings, guild_id: Snowflake | None) -> GuildSettings:
    """Return what holds for a guild from the bot's next start on. None is the config's, still unnamed."""
    stored = unit.guilds.load(guild_id) if guild_id is not None else None
    begins = GuildSettings(guild_id or Snowflake(0), language=settings.language)
    if guild_id in {None, settings.discord.guild_id}:
        return seeded(settings, stored or begins)
    return stored or begins


def seed(unit: Unit, settings: Settings, guild_id: Snowflake, at: str) -> None:
    """Store what the config says of its guild, and give it the programme that has none.

    Raises `Refused` for a guild never seen before beside another's programme: a wrong id, or a wrong database.
    """
    stored = unit.guilds.load(guild_id)
    programme_id = Home(guild_id, adopts=True).settle(unit)
    others = unit.programmes.ids()
    if stored is None and programme_id is None and others:
        other = unit.programmes.head(others[0])
        raise Refused("cli.other_guild", title=other.title, guild=other.guild_id)
    guild = guild_settings(unit, settings, guild_id)
    if stored is None and programme_id is not None and LANGUAGE not in held(settings):
        guild = replace(guild, language=unit.programmes.head(programme_id).language)
    if guild != stored:
        unit.guilds.save(guild, at)
    if programme_id is not None:
        unit.programmes.set_language(programme_id, guild.language)
