"""The programme's rows: chapters, sections with the versions of their text, and contributions.

What a reading lacks (None) never overwrites what is known: every update here is a `coalesce`.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.domain.ids import BlockId, ChapterId, ContributionId, PostId, ProgrammeId, SectionId, Snowflake
from bot.domain.programme import Chapter, Contribution, Programme, Section
from bot.domain.reading import ForumReading, PostReading, TopicReading
from bot.domain.text import Block, StoredBlock, numbers_of
from bot.services.ports import SectionLine
from db.encoding import encode_blocks, encode_runs
from db.loading import CONTRIBUTIONS, chapter_of, contribution_of, load_blocks, load_section, load_sections, load_text
from db.meetings import SqliteMeetings
from db.phases import SqlitePhases

_OUTLINE: Final = (
    "SELECT s.id, s.post_id, s.code, s.title, c.code, c.title, s.amendable FROM chapters AS c"
    " JOIN standing_sections AS s ON s.chapter_id = c.id WHERE c.programme_id = ? ORDER BY c.position, c.id,"
    " ifnull(s.rank, 9223372036854775807), s.post_id"
)
_HEAD: Final = (
    "SELECT p.*, (SELECT f.fixed_at FROM fixations AS f WHERE f.programme_id = p.id AND f.released_at IS NULL)"
    " AS fixed_at FROM programmes AS p WHERE p.id = ?"
)
_COUNTS: Final = (
    "SELECT (SELECT count(*) FROM chapters WHERE programme_id = :id AND gone_at IS NULL) AS chapters,"
    " (SELECT count(*) FROM standing_sections WHERE programme_id = :id) AS sections,"
    " (SELECT count(*) FROM contributions WHERE programme_id = :id AND gone_at IS NULL) AS contributions,"
    " (SELECT count(*) FROM amendments WHERE programme_id = :id) AS amendments"
)


class SqliteProgrammes:
    """`ProgrammeRows` in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def ids(self) -> Sequence[ProgrammeId]:
        """Return the programmes there are, the oldest first."""
        return [row["id"] for row in self._connection.execute("SELECT id FROM programmes ORDER BY id")]

    def of_guild(self, guild_id: Snowflake) -> ProgrammeId | None:
        """Return the programme that belongs to a guild, or None."""
        row = self._connection.execute("SELECT id FROM programmes WHERE guild_id = ?", (guild_id,)).fetchone()
        return row["id"] if row else None

    def of_section(self, section_id: SectionId) -> ProgrammeId | None:
        """Return the programme that a section is of, or None."""
        row = self._connection.execute("SELECT programme_id FROM sections WHERE id = ?", (section_id,)).fetchone()
        return row["programme_id"] if row else None

    def create(self, title: str, source: str | None, language: str) -> ProgrammeId:
        """Store a programme without chapters."""
        row = self._connection.execute(
            "INSERT INTO programmes (title, source, language) VALUES (?, ?, ?) RETURNING id", (title, source, language)
        ).fetchone()
        return row["id"]

    def update(self, programme_id: ProgrammeId, title: str, source: str | None) -> None:
        """Store the programme's title and where it was read."""
        self._connection.execute(
            "UPDATE programmes SET title = ?, source = coalesce(?, source) WHERE id = ?", (title, source, programme_id)
        )

    def set_language(self, programme_id: ProgrammeId, language: str) -> None:
        """Store the language in which the programme is shown."""
        self._connection.execute("UPDATE programmes SET language = ? WHERE id = ?", (language, programme_id))

    def bind(self, programme_id: ProgrammeId, guild_id: Snowflake) -> None:
        """Give the programme to a guild, which has no other."""
        self._connection.execute("UPDATE programmes SET guild_id = ? WHERE id = ?", (guild_id, programme_id))

    def load(self, programme_id: ProgrammeId) -> Programme:
        """Return the whole programme in a constant number of queries. Raises `LookupError` where there is none."""
        head = self.head(programme_id)
        sections: Mapping[ChapterId, list[Section]] = defaultdict(list)
        for section in load_sections(self._connection, programme_id):
            sections[section.chapter_id].append(section)
        chapters = tuple(chapter_of(each, sections[each["id"]]) for each in self._chapter_rows(programme_id))
        calendar = SqlitePhases(self._connection).calendar(programme_id)
        hall = SqliteMeetings(self._connection).hall(programme_id)
        return replace(head, chapters=chapters, calendar=calendar, hall=hall)

    def head(self, programme_id: ProgrammeId) -> Programme:
        """Return the programme without its chapters. Raises `LookupError` where there is none."""
        row = self._connection.execute(_HEAD, (programme_id,)).fetchone()
        if row is None:
            raise LookupError(programme_id)
        return Programme(
            programme_id=row["id"],
            title=row["title"],
            source=row["source"],
            guild_id=row["guild_id"],
            language=row["language"],
            fixed=row["fixed_at"],
        )

    def section(self, section_id: SectionId) -> Section | None:
        """Return a section with its text, contributions and amendments, or None."""
        return load_section(self._connection, section_id)

    def text_of(self, section_id: SectionId) -> Section | None:
        """Return a section with its text and nothing of what was said and proposed about it, or None."""
        return load_text(self._connection, section_id)

    def blocks(self, section_id: SectionId) -> Sequence[StoredBlock]:
        """Return a section's text in its current version."""
        return load_blocks(self._connection, section_id)

    def outline(self, programme_id: ProgrammeId) -> Sequence[SectionLine]:
        """Return every section that stands today in the programme's order, a line each, without reading any text."""
        rows = self._connection.execute(_OUTLINE, (programme_id,))
        return [SectionLine(*row[:6], amendable=bool(row[6])) for row in rows]

    def counts(self, programme_id: ProgrammeId) -> Mapping[str, int]:
        """Return how many chapters, sections, contributions and amendments stand today."""
        return dict(self._connection.execute(_COUNTS, {"id": programme_id}).fetchone())

    def chapters(self, programme_id: ProgrammeId) -> Sequence[Chapter]:
        """Return the chapters in order, without their sections."""
        return [chapter_of(row) for row in self._chapter_rows(programme_id)]

    def add_chapter(
        self, programme_id: ProgrammeId, key: str, forum: ForumReading, parent_id: ChapterId | None, code: str
    ) -> ChapterId:
        """Store a chapter after all others."""
        row = self._connection.execute(
            "INSERT INTO chapters"
            " (programme_id, key, forum_id, parent_id, position, code, title, closed, description, url)"
            " VALUES (?, ?, ?, ?, (SELECT ifnull(max(position), 0) + 1 FROM chapters WHERE programme_id = ?),"
            " ?, ?, ?, ?, ?) RETURNING id",
            (
                programme_id,
                key,
                forum.forum_id,
                parent_id,
                programme_id,
                code,
                forum.title,
                forum.closed,
                forum.description,
                forum.url,
            ),
        ).fetchone()
        return row["id"]

    def update_chapter(self, chapter_id: ChapterId, forum: ForumReading, parent_id: ChapterId | None) -> None:
        """Store what was read; what the reading lacks keeps what was known. `parent_id` is stored as it is."""
        self._connection.execute(
            "UPDATE chapters SET forum_id = coalesce(?, forum_id), parent_id = ?, title = ?,"
            " closed = coalesce(?, closed), description = coalesce(?, description), url = coalesce(?, url)"
            " WHERE id = ?",
            (forum.forum_id, parent_id, forum.title, forum.closed, forum.description, forum.url, chapter_id),
        )

    def order_chapters(self, programme_id: ProgrammeId, in_order: Sequence[ChapterId]) -> None:
        """Put the chapters in this order."""
        self._connection.executemany(
            "UPDATE chapters SET position = ? WHERE programme_id = ? AND id = ?",
            [(position, programme_id, chapter_id) for position, chapter_id in enumerate(in_order, 1)],
        )

    def add_section(self, chapter_id: ChapterId, topic: TopicReading, code: str) -> SectionId:
        """Store a section, still without a text."""
        post = topic.post
        row = self._connection.execute(
            "INSERT INTO sections (programme_id, chapter_id, post_id, code, title, author, role, posted, printed,"
            " sticky, closed, url) SELECT programme_id, id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM chapters WHERE id = ?"
            " RETURNING id",
            (
                post.post_id,
                code,
                topic.title,
                post.author,
                post.role,
                post.posted,
                post.printed,
                topic.sticky,
                topic.closed,
                post.url,
                chapter_id,
            ),
        ).fetchone()
        return row["id"]

    def update_section(self, section_id: SectionId, chapter_id: ChapterId, topic: TopicReading) -> None:
        """Store what was read about a section, its text apart; what the reading lacks keeps what was known."""
        post = topic.post
        self._connection.execute(
            "UPDATE sections SET rank = CASE chapter_id WHEN ? THEN rank END, chapter_id = ?, title = ?,"
            " author = coalesce(?, author), role = coalesce(?, role),"
            " posted = coalesce(?, posted), printed = coalesce(?, printed), sticky = coalesce(?, sticky),"
            " closed = coalesce(?, closed), url = coalesce(?, url) WHERE id = ?",
            (
                chapter_id,
                chapter_id,
                topic.title,
                post.author,
                post.role,
                post.posted,
                post.printed,
                topic.sticky,
                topic.closed,
                post.url,
                section_id,
            ),
        )

    def order_sections(self, chapter_id: ChapterId, in_order: Sequence[SectionId]) -> None:
        """Put these sections of a chapter first, in this order; all others stand by their post ids."""
        self._connection.execute("UPDATE sections SET rank = NULL WHERE chapter_id = ?", (chapter_id,))
        self._connection.executemany(
            "UPDATE sections SET rank = ? WHERE chapter_id = ? AND id = ?",
            [(rank, chapter_id, section_id) for rank, section_id in enumerate(in_order, 1)],
        )

    def add_version(
        self, section_id: SectionId, digest: str, blocks: Sequence[tuple[BlockId | None, Block]], at: str
    ) -> int:
        """Store a new version of a section's text and return its number. A block id of None makes a new block."""
        row = self._connection.execute(
            "UPDATE sections SET version = version + 1 WHERE id = ? RETURNING version", (section_id,)
        ).fetchone()
        version: int = row["version"]
        self._connection.execute(
            "INSERT INTO versions (section_id, number, digest, taken_at) VALUES (?, ?, ?, ?)",
            (section_id, version, digest, at),
        )
        numbers = numbers_of(block for _, block in blocks)
        self._connection.executemany(
            "INSERT INTO version_blocks (section_id, version, position, block_id, kind, number, depth, marker, text,"
            " runs, text_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    section_id,
                    version,
                    position,
                    block_id or self._add_block(section_id),
                    block.kind,
                    number,
                    block.depth,
                    block.marker,
                    block.text,
                    encode_runs(block.runs),
                    block.text_hash,
                )
                for position, ((block_id, block), number) in enumerate(zip(blocks, numbers, strict=True), 1)
            ],
        )
        return version

    def version_digest(self, section_id: SectionId) -> str | None:
        """Return the digest of the current version of a section's text: empty once erased, None before the first."""
        row = self._connection.execute(
            "SELECT v.digest FROM sections AS s JOIN versions AS v ON v.section_id = s.id AND v.number = s.version"
            " WHERE s.id = ?",
            (section_id,),
        ).fetchone()
        return row["digest"] if row else None

    def contribution(self, programme_id: ProgrammeId, post_id: PostId) -> Contribution | None:
        """Return a reply, whichever section it stands in, or None."""
        row = self._connection.execute(
            CONTRIBUTIONS + " WHERE c.programme_id = ? AND c.post_id = ?", (programme_id, post_id)
        ).fetchone()
        return contribution_of(row) if row else None

    def save_contribution(self, section_id: SectionId, post: PostReading, reply_to: PostId | None) -> ContributionId:
        """Store a reply in a section, from which section it may ever come. Its post id names it.

        What the reading lacks keeps what was known; `reply_to` is stored as it is, for None means: the topic itself.
        """
        row = self._connection.execute(
            "INSERT INTO contributions (programme_id, section_id, post_id, reply_to, author, role, posted, printed,"
            " url, content) SELECT programme_id, id, ?, ?, ?, ?, ?, ?, ?, ? FROM sections WHERE id = ?"
            " ON CONFLICT (programme_id, post_id) DO UPDATE SET section_id = excluded.section_id,"
            " reply_to = excluded.reply_to, author = coalesce(excluded.author, author),"
            " role = coalesce(excluded.role, role), posted = coalesce(excluded.posted, posted),"
            " printed = coalesce(excluded.printed, printed), url = coalesce(excluded.url, url),"
            " content = excluded.content RETURNING id",
            (
                post.post_id,
                reply_to,
                post.author,
                post.role,
                post.posted,
                post.printed,
                post.url,
                encode_blocks(post.blocks),
                section_id,
            ),
        ).fetchone()
        return row["id"]

    def amendable(self, section_id: SectionId) -> bool:
        """Tell whether anything may be proposed about a section."""
        row = self._connection.execute("SELECT amendable FROM sections WHERE id = ?", (section_id,)).fetchone()
        return bool(row["amendable"])

    def set_amendable(self, section_id: SectionId, block_id: BlockId | None, *, amendable: bool) -> None:
        """Store whether anything may be proposed about a section, or about one of its blocks."""
        if block_id is None:
            self._connection.execute("UPDATE sections SET amendable = ? WHERE id = ?", (amendable, section_id))
        elif amendable:
            self._connection.execute("DELETE FROM closed_blocks WHERE block_id = ?", (block_id,))
        else:
            self._connection.execute("INSERT INTO closed_blocks VALUES (?) ON CONFLICT DO NOTHING", (block_id,))

    def remove_contribution(self, contribution_id: ContributionId) -> None:
        """Drop a reply that became a section of its own."""
        self._connection.execute("DELETE FROM contributions WHERE id = ?", (contribution_id,))

    def _chapter_rows(self, programme_id: ProgrammeId) -> sqlite3.Cursor:
        return self._connection.execute(
            "SELECT * FROM chapters WHERE programme_id = ? ORDER BY position, id", (programme_id,)
        )

    def _add_block(self, section_id: SectionId) -> BlockId:
        row = self._connection.execute(
            "INSERT INTO blocks (section_id) VALUES (?) RETURNING id", (section_id,)
        ).fetchone()
        return row["id"]
