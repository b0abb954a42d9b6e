-- The programme, its text in versions, what was said and proposed about it, and what stands of it in a guild.
-- Moments are UTC ISO texts; `posted` is the forum's local time. Words in CHECK lists are those of the domain's enumerations.

CREATE TABLE programmes (
    id INTEGER PRIMARY KEY,
    guild_id INTEGER UNIQUE,
    title TEXT NOT NULL,
    source TEXT,
    language TEXT NOT NULL,
    receipts INTEGER NOT NULL DEFAULT 0 -- the highest receipt number given out
) STRICT;

CREATE TABLE chapters (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes (id),
    key TEXT NOT NULL,
    forum_id INTEGER,
    parent_id INTEGER,
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    closed INTEGER CHECK (closed IN (0, 1)),
    description TEXT,
    url TEXT,
    UNIQUE (programme_id, id),
    UNIQUE (programme_id, key),
    UNIQUE (programme_id, code),
    UNIQUE (programme_id, forum_id),
    FOREIGN KEY (programme_id, parent_id) REFERENCES chapters (programme_id, id)
) STRICT;
CREATE INDEX chapters_in_order ON chapters (programme_id, position, id);

CREATE TABLE sections (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes (id),
    chapter_id INTEGER NOT NULL,
    post_id INTEGER NOT NULL,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    author TEXT,
    role TEXT,
    posted TEXT,
    printed TEXT,
    sticky TEXT CHECK (sticky IN ('no', 'forum', 'super')),
    closed INTEGER CHECK (closed IN (0, 1)),
    url TEXT,
    version INTEGER NOT NULL DEFAULT 0, -- the current version; 0 before the first
    sequences INTEGER NOT NULL DEFAULT 0, -- the highest number of an amendment given out
    UNIQUE (programme_id, id),
    UNIQUE (programme_id, post_id),
    UNIQUE (programme_id, code),
    FOREIGN KEY (programme_id, chapter_id) REFERENCES chapters (programme_id, id)
) STRICT;
CREATE INDEX sections_in_order ON sections (chapter_id, post_id);

CREATE TABLE versions (
    section_id INTEGER NOT NULL REFERENCES sections (id),
    number INTEGER NOT NULL CHECK (number > 0),
    digest TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    PRIMARY KEY (section_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE blocks (
    id INTEGER PRIMARY KEY,
    section_id INTEGER NOT NULL REFERENCES sections (id),
    UNIQUE (section_id, id)
) STRICT;

CREATE TABLE version_blocks (
    section_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    position INTEGER NOT NULL,
    block_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('paragraph', 'bullet', 'heading', 'quote', 'row', 'code')),
    number INTEGER NOT NULL CHECK (number > 0),
    depth INTEGER NOT NULL CHECK (depth >= 0),
    marker TEXT,
    text TEXT NOT NULL,
    runs TEXT NOT NULL CHECK (json_valid(runs)),
    text_hash TEXT NOT NULL,
    PRIMARY KEY (section_id, version, position),
    UNIQUE (section_id, version, block_id),
    FOREIGN KEY (section_id, version) REFERENCES versions (section_id, number),
    FOREIGN KEY (section_id, block_id) REFERENCES blocks (section_id, id)
) STRICT;

CREATE TABLE contributions (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL,
    section_id INTEGER NOT NULL,
    post_id INTEGER NOT NULL,
    reply_to INTEGER,
    author TEXT,
    role TEXT,
    posted TEXT,
    printed TEXT,
    url TEXT,
    content TEXT NOT NULL CHECK (json_valid(content)),
    UNIQUE (programme_id, post_id),
    FOREIGN KEY (programme_id, section_id) REFERENCES sections (programme_id, id)
) STRICT;
CREATE INDEX contributions_in_order ON contributions (section_id, post_id);

CREATE TABLE amendments (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL,
    section_id INTEGER NOT NULL,
    receipt INTEGER NOT NULL CHECK (receipt > 0),
    sequence INTEGER CHECK (sequence > 0),
    reference TEXT,
    status TEXT NOT NULL CHECK (status IN (
        'draft', 'submitted', 'not admitted', 'open', 'taken over', 'merged', 'held over', 'adopted',
        'adopted as modified', 'rejected', 'lapsed', 'withdrawn'
    )),
    origin TEXT NOT NULL CHECK (origin IN ('discord', 'forum', 'mail', 'paper', 'assembly')),
    proposer TEXT,
    proposer_id INTEGER,
    source_post_id INTEGER,
    version INTEGER NOT NULL DEFAULT 0, -- the current version; 0 before the first
    anchor_block_id INTEGER,
    anchor_kind TEXT CHECK (anchor_kind IN ('paragraph', 'bullet', 'heading', 'quote', 'row', 'code')),
    anchor_number INTEGER,
    anchor_hash TEXT,
    anchor_stale INTEGER CHECK (anchor_stale IN (0, 1)),
    advice TEXT CHECK (advice IN (
        'adopt', 'adopt as modified', 'advise against', 'leave to the assembly', 'editorial'
    )),
    advice_explanation TEXT,
    created_at TEXT NOT NULL,
    CHECK ((sequence IS NULL) = (reference IS NULL)),
    CHECK ((advice IS NULL) = (advice_explanation IS NULL)),
    CHECK (
        (anchor_block_id IS NULL) = (anchor_kind IS NULL) AND (anchor_block_id IS NULL) = (anchor_number IS NULL)
        AND (anchor_block_id IS NULL) = (anchor_hash IS NULL) AND (anchor_block_id IS NULL) = (anchor_stale IS NULL)
    ),
    UNIQUE (programme_id, receipt),
    UNIQUE (programme_id, reference),
    UNIQUE (section_id, sequence),
    FOREIGN KEY (programme_id, section_id) REFERENCES sections (programme_id, id),
    FOREIGN KEY (section_id, anchor_block_id) REFERENCES blocks (section_id, id)
) STRICT;
-- Those that wait for a reference stand last: nothing is larger than the largest integer.
CREATE INDEX amendments_in_order ON amendments (section_id, ifnull(sequence, 9223372036854775807), id);
CREATE INDEX amendments_by_source ON amendments (programme_id, source_post_id) WHERE source_post_id IS NOT NULL;
CREATE INDEX amendments_by_proposer ON amendments (programme_id, proposer_id) WHERE proposer_id IS NOT NULL;

CREATE TABLE amendment_versions (
    amendment_id INTEGER NOT NULL REFERENCES amendments (id),
    number INTEGER NOT NULL CHECK (number > 0),
    kind TEXT NOT NULL CHECK (kind IN ('insert', 'replace', 'delete', 'general')),
    form TEXT NOT NULL CHECK (form IN ('paragraph', 'bullet', 'heading', 'quote', 'row', 'code')),
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    old_text TEXT,
    explanation TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (amendment_id, number)
) STRICT;

CREATE TABLE supports (
    amendment_id INTEGER NOT NULL REFERENCES amendments (id),
    member_id INTEGER NOT NULL,
    given_at TEXT NOT NULL,
    PRIMARY KEY (amendment_id, member_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    amendment_id INTEGER NOT NULL REFERENCES amendments (id),
    at TEXT NOT NULL,
    actor TEXT,
    actor_id INTEGER,
    on_behalf TEXT,
    from_status TEXT,
    to_status TEXT NOT NULL,
    reason TEXT,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX events_of_amendment ON events (amendment_id, id);

-- A person's name may be blanked when they ask for it; nothing else of the history ever changes.
CREATE TRIGGER events_stay BEFORE UPDATE ON events
WHEN NEW.id IS NOT OLD.id OR NEW.amendment_id IS NOT OLD.amendment_id OR NEW.at IS NOT OLD.at
    OR NEW.from_status IS NOT OLD.from_status OR NEW.to_status IS NOT OLD.to_status
    OR NEW.reason IS NOT OLD.reason OR NEW.version IS NOT OLD.version
    OR (NEW.actor IS NOT NULL AND NEW.actor IS NOT OLD.actor)
    OR (NEW.actor_id IS NOT NULL AND NEW.actor_id IS NOT OLD.actor_id)
    OR (NEW.on_behalf IS NOT NULL AND NEW.on_behalf IS NOT OLD.on_behalf)
BEGIN
    SELECT raise(ABORT, 'the history of an amendment is never changed');
END;
CREATE TRIGGER events_remain BEFORE DELETE ON events
BEGIN
    SELECT raise(ABORT, 'the history of an amendment is never removed');
END;

CREATE TABLE resources (
    programme_id INTEGER NOT NULL REFERENCES programmes (id),
    key TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('category', 'text', 'forum', 'post', 'message')),
    parent TEXT,
    discord_id INTEGER, -- NULL while the call that creates it may or may not have arrived
    digest TEXT,
    intended_at INTEGER NOT NULL,
    pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
    layout TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(layout)),
    PRIMARY KEY (programme_id, key)
) STRICT, WITHOUT ROWID;

-- An interaction's id and a fact's name are Discord's and the program's own, the same for every programme.
CREATE TABLE interactions (
    id INTEGER PRIMARY KEY,
    outcome TEXT NOT NULL,
    handled_at TEXT NOT NULL
) STRICT;

CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
