"""The rows of what members chose and follow, of what they are to learn, and of who they are on the forum."""

import json
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from bot.domain.ids import AmendmentId, ProgrammeId, Snowflake
from bot.domain.people import Actor
from bot.services.member_rows import News, Notice, Preferences
from db.loading import AMENDMENTS, amendment_of

_NOTICES: Final = AMENDMENTS.replace("SELECT ", "SELECT n.id, n.member_id, n.news, n.at, ", 1) + (
    " JOIN notices AS n ON n.amendment_id = a.id"
)
_MENTIONABLE: Final = (
    " WHERE a.programme_id = ? AND n.member_id = a.proposer_id AND a.reference IS NOT NULL"
    " AND n.news IN (SELECT value FROM json_each(?))"
    " AND NOT EXISTS (SELECT 1 FROM members AS m WHERE m.programme_id = a.programme_id AND m.member_id = n.member_id"
    " AND m.messages = 1)"
)
_CONCERNED: Final = (
    "SELECT member_id FROM supports WHERE amendment_id = :id UNION SELECT member_id FROM follows"
    " WHERE amendment_id = :id UNION SELECT proposer_id FROM amendments WHERE id = :id AND proposer_id IS NOT NULL"
    " UNION SELECT member_id FROM co_proposers WHERE amendment_id = :id AND state = 'consented'"
    " AND member_id IS NOT NULL"
)


class SqliteMembers:
    """`MemberRows` in one transaction."""

    def __init__(self, connection: sqlite3.Connection, heard: Callable[[], None]) -> None:
        self._connection = connection
        self._heard = heard

    def preferences(self, programme_id: ProgrammeId, member_id: Snowflake) -> Preferences:
        """Return what a member chose where this programme is at home."""
        row = self._connection.execute(
            "SELECT * FROM members WHERE programme_id = ? AND member_id = ?", (programme_id, member_id)
        ).fetchone()
        return Preferences(row["book_name"], bool(row["messages"])) if row else Preferences()

    def set_book_name(self, programme_id: ProgrammeId, member_id: Snowflake, name: str, at: str) -> None:
        """Store the name that a member wants in the amendment book."""
        self._connection.execute(
            "INSERT INTO members (programme_id, member_id, book_name, at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (programme_id, member_id) DO UPDATE SET book_name = excluded.book_name, at = excluded.at",
            (programme_id, member_id, name, at),
        )

    def set_messages(self, programme_id: ProgrammeId, member_id: Snowflake, *, messages: bool, at: str) -> None:
        """Store whether the bot may write to a member."""
        self._connection.execute(
            "INSERT INTO members (programme_id, member_id, messages, at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (programme_id, member_id) DO UPDATE SET messages = excluded.messages, at = excluded.at",
            (programme_id, member_id, messages, at),
        )

    def link_author(self, programme_id: ProgrammeId, author: str, member_id: Snowflake, actor: Actor, at: str) -> int:
        """Store which member an author of the forum is; their amendments become the member's. Return how many."""
        self._connection.execute(
            "INSERT OR REPLACE INTO forum_authors (programme_id, author, member_id, at, actor, actor_id)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (programme_id, author, member_id, at, actor.name, actor.member_id),
        )
        linked = self._connection.execute(
            "UPDATE amendments SET proposer_id = ? WHERE programme_id = ? AND origin = 'forum'"
            " AND proposer = ? COLLATE NOCASE AND proposer_id IS NOT ?",
            (member_id, programme_id, author, member_id),
        )
        return linked.rowcount

    def authors(self, programme_id: ProgrammeId) -> Mapping[str, Snowflake]:
        """Return which members the authors of the forum are, as far as linked."""
        rows = self._connection.execute(
            "SELECT author, member_id FROM forum_authors WHERE programme_id = ?", (programme_id,)
        )
        return {row["author"]: row["member_id"] for row in rows}

    def follow(self, amendment_id: AmendmentId, member_id: Snowflake, at: str) -> bool:
        """Let a member follow an amendment; False when they did."""
        added = self._connection.execute(
            "INSERT INTO follows (amendment_id, member_id, at) VALUES (?, ?, ?)"
            " ON CONFLICT (amendment_id, member_id) DO NOTHING",
            (amendment_id, member_id, at),
        )
        return added.rowcount > 0

    def unfollow(self, amendment_id: AmendmentId, member_id: Snowflake) -> bool:
        """Let a member follow an amendment no longer; False when they did not."""
        removed = self._connection.execute(
            "DELETE FROM follows WHERE amendment_id = ? AND member_id = ?", (amendment_id, member_id)
        )
        return removed.rowcount > 0

    def follows(self, amendment_id: AmendmentId, member_id: Snowflake) -> bool:
        """Tell whether a member follows an amendment."""
        row = self._connection.execute(
            "SELECT 1 FROM follows WHERE amendment_id = ? AND member_id = ?", (amendment_id, member_id)
        ).fetchone()
        return row is not None

    def tell(self, member_id: Snowflake, amendment_id: AmendmentId, news: News, at: str) -> None:
        """Keep a piece of news for a member. The same news twice is told once, the last time it came."""
        self._connection.execute(
            "INSERT INTO notices (member_id, amendment_id, news, at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (member_id, amendment_id, news) DO UPDATE SET at = excluded.at",
            (member_id, amendment_id, news, at),
        )
        self._heard()

    def tell_followers(
        self, amendment_id: AmendmentId, news: News, at: str, *, apart_from: Snowflake | None = None
    ) -> None:
        """Keep a piece of news for all who support or follow an amendment, and for who proposed it."""
        rows = self._connection.execute(_CONCERNED, {"id": amendment_id}).fetchall()
        for row in rows:
            if row["member_id"] != apart_from:
                self.tell(row["member_id"], amendment_id, news, at)

    def with_news(self) -> frozenset[Snowflake]:
        """Return everybody who was not told something yet."""
        rows = self._connection.execute("SELECT DISTINCT member_id FROM notices").fetchall()
        return frozenset(Snowflake(row["member_id"]) for row in rows)

    def notices(self, member_id: Snowflake, limit: int) -> Sequence[Notice]:
        """Return what a member was not told yet, the oldest first."""
        rows = self._connection.execute(
            _NOTICES + " WHERE n.member_id = ? ORDER BY n.at, n.id LIMIT ?", (member_id, limit)
        )
        return [_notice_of(row) for row in rows]

    def told(self, notice_ids: Sequence[int]) -> None:
        """Drop the news that was told."""
        self._connection.executemany("DELETE FROM notices WHERE id = ?", [(each,) for each in notice_ids])

    def to_write(self, programme_id: ProgrammeId, limit: int) -> Sequence[tuple[Snowflake, Notice]]:
        """Return the news for members who let the bot write to them, the oldest first."""
        rows = self._connection.execute(
            _NOTICES + " JOIN members AS m ON m.programme_id = a.programme_id AND m.member_id = n.member_id"
            " AND m.messages = 1 WHERE a.programme_id = ? ORDER BY n.at, n.id LIMIT ?",
            (programme_id, limit),
        )
        return [(row["member_id"], _notice_of(row)) for row in rows]

    def to_mention(self, programme_id: ProgrammeId, public: Collection[News]) -> Sequence[Notice]:
        """Return the news of these kinds for proposers about their own public amendment, by section.

        Not for members who let the bot write to them: they are told so.
        """
        rows = self._connection.execute(
            _NOTICES + _MENTIONABLE + " ORDER BY a.section_id, n.id", (programme_id, json.dumps(sorted(public)))
        )
        return [_notice_of(row) for row in rows]


def _notice_of(row: sqlite3.Row) -> Notice:
    notice_id, _, news, noted = row[:4]
    return Notice(notice_id, amendment_of(row[4:]), News(news), noted)
