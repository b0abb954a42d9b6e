"""The rows of what each guild chose for itself."""

import sqlite3
from collections.abc import Sequence

from bot.domain.ids import Snowflake
from bot.domain.people import Role
from bot.services.guild_rows import GuildSettings


class SqliteGuilds:
    """`GuildRows` in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def all(self) -> Sequence[GuildSettings]:
        """Return every guild's settings."""
        rows = self._connection.execute("SELECT * FROM guilds ORDER BY guild_id").fetchall()
        return [self._guild(row) for row in rows]

    def load(self, guild_id: Snowflake) -> GuildSettings | None:
        """Return a guild's settings, or None for one that was not set up."""
        row = self._connection.execute("SELECT * FROM guilds WHERE guild_id = ?", (guild_id,)).fetchone()
        return self._guild(row) if row else None

    def save(self, guild: GuildSettings, at: str) -> None:
        """Store a guild's settings."""
        self._connection.execute(
            "INSERT INTO guilds (guild_id, source, language, auto, members_post, log_channel_id, changed_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (guild_id) DO UPDATE SET source = excluded.source,"
            " language = excluded.language, auto = excluded.auto, members_post = excluded.members_post,"
            " log_channel_id = excluded.log_channel_id, changed_at = excluded.changed_at",
            (
                guild.guild_id,
                guild.source,
                guild.language,
                guild.auto,
                guild.members_post,
                guild.log_channel_id,
                at,
            ),
        )
        self._connection.execute("DELETE FROM guild_roles WHERE guild_id = ?", (guild.guild_id,))
        self._connection.executemany(
            "INSERT INTO guild_roles (guild_id, part, role_id) VALUES (?, ?, ?)",
            [(guild.guild_id, part, role_id) for part, role_ids in guild.roles.items() for role_id in role_ids],
        )

    def _guild(self, row: sqlite3.Row) -> GuildSettings:
        roles: dict[Role, frozenset[Snowflake]] = {}
        for held in self._connection.execute(
            "SELECT part, role_id FROM guild_roles WHERE guild_id = ?", (row["guild_id"],)
        ):
            part = Role(held["part"])
            roles[part] = roles.get(part, frozenset()) | {held["role_id"]}
        return GuildSettings(
            guild_id=row["guild_id"],
            source=row["source"],
            language=row["language"],
            auto=row["auto"],
            members_post=bool(row["members_post"]),
            log_channel_id=row["log_channel_id"],
            roles=roles,
        )
