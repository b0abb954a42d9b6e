"""What the settings mean for the services: which programme they are about, how it is mirrored and what is checked.

And the clock that all of them go by.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.config import Settings
from bot.connecting import logged_in
from bot.domain.ids import ProgrammeId, Snowflake
from bot.domain.people import Role
from bot.domain.programme import Programme
from bot.errors import NotFound, Refused
from bot.locales import Texts
from bot.mirror.apply.walking import DiscordGuild
from bot.mirror.checking import Expected
from bot.mirror.preview import Preview
from bot.mirror.resources import MirrorSettings
from bot.services.checking import Checking, GuildSight
from bot.services.ports import Unit
from bot.services.stand import SyncSettings
from bot.services.syncing import Syncing
from bot.source import look_at_forum
from db.database import Database


def now() -> str:
    """Tell the time."""
    return datetime.now(UTC).isoformat(timespec="seconds")


async def programme_of(store: Database, settings: Settings) -> ProgrammeId:
    """Return the programme the settings are about, changing nothing."""
    guild_id = settings.discord.guild_id
    programme = await programme_for(store, Snowflake(guild_id) if guild_id else None)
    if programme is None:
        raise NotFound("cli.no_programme")
    return programme.programme_id


async def programme_for(store: Database, guild_id: Snowflake | None) -> Programme | None:
    """Return the guild's programme, or the only one there is when no guild has it yet."""

    def work(unit: Unit) -> Programme | None:
        bound = unit.programmes.of_guild(guild_id) if guild_id else None
        ids = [bound] if bound else unit.programmes.ids()
        return unit.programmes.load(ids[0]) if ids else None

    programme = await store.read(work)
    if programme and guild_id and programme.guild_id not in {None, guild_id}:
        raise Refused("cli.other_guild", title=programme.title, guild=programme.guild_id)
    return programme


def sync_settings(settings: Settings) -> SyncSettings:
    """Return what the mirror has to know of the settings."""
    log_channel = settings.discord.log_channel_id
    mirror = MirrorSettings(
        admin_role_ids=tuple(sorted(settings.roles.of(Role.ADMIN))),
        log_channel_id=Snowflake(log_channel) if log_channel else None,
        members_post=settings.mirror.members_post,
        minimum_support=settings.rules.minimum_support,
    )
    return SyncSettings(mirror, settings.mirror.auto, settings.mirror.count_interval)


def checking_of(settings: Settings, store: Database | None, sight: GuildSight | None) -> Checking:
    """Return what looks whether all is well, with what the settings expect."""
    roles = {part: settings.roles.of(part) for part in Role}
    log_channel = settings.discord.log_channel_id
    expected = Expected(roles, Snowflake(log_channel) if log_channel else None)
    look = (lambda: look_at_forum(settings)) if settings.forum.url is not None else None
    return Checking(store, sight, expected, look, now)


async def look_ahead(settings: Settings, store: Database, texts: Mapping[str, Texts]) -> Preview:
    """Return what a sync would change: by a look at the guild where there is a token for it, else by what is known."""
    programme_id = await programme_of(store, settings)
    token = settings.token()
    if token is None or settings.discord.guild_id is None:
        return await Syncing(store, None, sync_settings(settings), texts, now).preview(programme_id)
    async with logged_in(settings, token) as client:
        bot_id = Snowflake(client.user.id if client.user else 0)
        guild = DiscordGuild(client.http, Snowflake(settings.discord.guild_id), bot_id, store, now)
        return await Syncing(store, guild, sync_settings(settings), texts, now).preview(programme_id)
