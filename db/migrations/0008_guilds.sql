-- What each guild chose for itself. A programme is its guild's by `programmes.guild_id`; a guild may stand here before
-- it has one. `changed_at` is a UTC ISO text.

CREATE TABLE guilds (
    guild_id INTEGER PRIMARY KEY,
    source TEXT,
    language TEXT NOT NULL CHECK (language IN ('nl', 'en')),
    auto TEXT NOT NULL CHECK (auto IN ('after-first', 'always', 'never')),
    members_post INTEGER NOT NULL CHECK (members_post IN (0, 1)),
    log_channel_id INTEGER,
    changed_at TEXT NOT NULL
) STRICT;
CREATE TABLE guild_roles (
    guild_id INTEGER NOT NULL REFERENCES guilds (guild_id),
    part TEXT NOT NULL CHECK (part IN ('member', 'secretary', 'committee', 'chair', 'admin')),
    role_id INTEGER NOT NULL,
    PRIMARY KEY (guild_id, part, role_id)
) STRICT, WITHOUT ROWID;
