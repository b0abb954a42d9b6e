"""What the settings mean for the services: which programme they are about, how it is mirrored and what is checked.

And the clock that all of them go by.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.config import Settings
from bot.connecting import logged_in
from bot.domain.ids import ProgrammeId, Snowflake
from bot.domain.people import Role
from bot.locales import Texts
from bot.mirror.apply.walking import DiscordGuild
from bot.mirror.checking import Expected
from bot.mirror.preview import Preview
from bot.mirror.resources import MirrorSettings
from bot.seeding import guild_settings
from bot.services.checking import Checking, GuildSight
from bot.services.guild_rows import GuildSettings
from bot.services.guild_syncing import GuildSyncing
from bot.services.stand import SyncSettings
from bot.source import look_at_forum
from db.database import Database


def now() -> str:
    """Tell the time."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def sync_settings(settings: Settings, guild: GuildSettings) -> SyncSettings:
    """Return what the mirror of a guild has to know."""
    mirror = MirrorSettings(
        admin_role_ids=tuple(sorted(guild.holders(Role.ADMIN))),
        log_channel_id=guild.log_channel_id,
        members_post=guild.members_post,
        minimum_support=settings.rules.minimum_support,
        zone=settings.rules.zone,
    )
    return SyncSettings(mirror, guild.auto, settings.mirror.count_interval)


def checking_of(settings: Settings, store: Database | None, sight: GuildSight | None, guild: GuildSettings) -> Checking:
    """Return what looks whether all is well, with what a guild's settings expect."""
    expected = Expected({part: guild.holders(part) for part in Role}, guild.log_channel_id)
    source = guild.source
    look = (lambda: look_at_forum(settings, source)) if source is not None else None
    return Checking(store, sight, expected, look, now)


async def look_ahead(
    settings: Settings, store: Database, texts: Mapping[str, Texts], programme_id: ProgrammeId
) -> Preview:
    """Return what a sync would change: by a look at the guild where there is a token for it, else by what is known."""
    programme = await store.read(lambda unit: unit.programmes.head(programme_id))
    configured = settings.discord.guild_id
    guild_id = programme.guild_id or (Snowflake(configured) if configured else None)
    own = sync_settings(settings, await store.read(lambda unit: guild_settings(unit, settings, guild_id)))
    token = settings.token()
    if token is None or guild_id is None:
        return await GuildSyncing(store, None, own, texts, now).preview(programme_id)
    async with logged_in(settings, token) as client:
        bot_id = Snowflake(client.user.id if client.user else 0)
        guild = DiscordGuild(client.http, guild_id, bot_id, store, now)
        return await GuildSyncing(store, guild, own, texts, now).preview(programme_id)
