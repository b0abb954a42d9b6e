"""What is missing on the forum: suspected, then gone. What is gone keeps its row."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.domain.ids import ChapterId, ContributionId, PostId, ProgrammeId, SectionId
from bot.services.source_rows import Absence, Posts, ReplyPlace, SectionPlace, Suspect
from db.erasing import erase


class SqliteAbsences:
    """`AbsenceRows` in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def posts(self, programme_id: ProgrammeId) -> Posts:
        """Return every post there ever was, by id."""
        replies = {
            row["post_id"]: ReplyPlace(row["id"], row["section_id"], row["gone_at"] is not None)
            for row in self._connection.execute(
                "SELECT id, post_id, section_id, gone_at FROM contributions WHERE programme_id = ?", (programme_id,)
            )
        }
        sections = {
            row["post_id"]: SectionPlace(
                row["id"], row["chapter_id"], row["code"], row["gone_at"] is not None, row["post_id"] in replies
            )
            for row in self._connection.execute(
                "SELECT id, post_id, chapter_id, code, gone_at FROM sections WHERE programme_id = ? ORDER BY post_id",
                (programme_id,),
            )
        }
        return Posts(sections, replies)

    def all(self, programme_id: ProgrammeId) -> Mapping[PostId, Absence]:
        """Return what is suspected missing: forums, topics and replies."""
        rows = self._connection.execute("SELECT * FROM absences WHERE programme_id = ?", (programme_id,))
        return {row["post_id"]: Absence(row["noticed_at"], row["full_at"]) for row in rows}

    def suspects(self, programme_id: ProgrammeId) -> Sequence[Suspect]:
        """Return what is suspected missing with its title, the longest missing first; a reply by its section's."""
        rows = self._connection.execute(
            "SELECT a.post_id, coalesce(s.title, h.title, f.title, '') AS title, a.noticed_at FROM absences AS a"
            " LEFT JOIN sections AS s ON s.programme_id = a.programme_id AND s.post_id = a.post_id"
            " LEFT JOIN contributions AS c ON c.programme_id = a.programme_id AND c.post_id = a.post_id"
            " LEFT JOIN sections AS h ON h.id = c.section_id"
            " LEFT JOIN chapters AS f ON f.programme_id = a.programme_id AND f.forum_id = a.post_id"
            " WHERE a.programme_id = ? ORDER BY a.noticed_at, a.post_id",
            (programme_id,),
        )
        return [Suspect(row["post_id"], row["title"], row["noticed_at"]) for row in rows]

    def suspect(self, programme_id: ProgrammeId, post_id: PostId, absence: Absence) -> None:
        """Store since when something is suspected missing."""
        self._connection.execute(
            "INSERT INTO absences (programme_id, post_id, noticed_at, full_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (programme_id, post_id) DO UPDATE SET full_at = excluded.full_at",
            (programme_id, post_id, absence.noticed_at, absence.full_at),
        )

    def clear(self, programme_id: ProgrammeId, post_ids: Collection[PostId]) -> None:
        """Suspect these no more: they were seen, or they are gone now."""
        self._connection.executemany(
            "DELETE FROM absences WHERE programme_id = ? AND post_id = ?",
            [(programme_id, post_id) for post_id in post_ids],
        )

    def set_gone(
        self,
        *,
        chapters: Collection[ChapterId] = (),
        sections: Collection[SectionId] = (),
        contributions: Collection[ContributionId] = (),
        at: str,
    ) -> None:
        """Store that these are gone since this moment."""
        self._set("chapters", chapters, at)
        self._set("sections", sections, at)
        self._set("contributions", contributions, at)

    def set_back(
        self,
        *,
        chapters: Collection[ChapterId] = (),
        sections: Collection[SectionId] = (),
        contributions: Collection[ContributionId] = (),
    ) -> None:
        """Store that these are on the forum again."""
        self._set("chapters", chapters, None)
        self._set("sections", sections, None)
        self._set("contributions", contributions, None)

    def _set(self, table: str, ids: Iterable[int], at: str | None) -> None:
        self._connection.executemany(
            f"UPDATE {table} SET gone_at = ?, erased_at = NULL WHERE id = ?",  # noqa: S608
            [(at, each) for each in ids],
        )

    def erase(self, before: str, at: str) -> int:
        """Take the words of what was gone before a moment out of the database, and return of how many.

        Codes, references and amendments that have one stay.
        """
        return erase(self._connection, before, at)
