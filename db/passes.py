"""How each pass over the forum went, and what the forum's lists showed when each topic was last read."""

import json
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Final

from bot.domain.ids import PostId, ProgrammeId
from bot.domain.reading import Listing, PassKind, Trouble
from bot.services.source_rows import Pass

_KEPT: Final = 100


class SqlitePasses:
    """`PassRows` in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, programme_id: ProgrammeId, taken: Pass) -> None:
        """Store a pass. The last hundred are kept, and the last complete full one."""
        self._connection.execute(
            "INSERT INTO passes (programme_id, kind, started_at, ended_at, whole, pages, posts, changes, troubles,"
            " waiting) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                programme_id,
                taken.kind,
                taken.started_at,
                taken.ended_at,
                taken.whole,
                taken.pages,
                taken.posts,
                json.dumps(dict(taken.changes)),
                json.dumps([asdict(trouble) for trouble in taken.troubles], ensure_ascii=False),
                taken.waiting,
            ),
        )
        self._connection.execute(
            "DELETE FROM passes WHERE programme_id = :id"
            " AND id <= (SELECT max(id) FROM passes WHERE programme_id = :id) - :kept"
            " AND id < (SELECT max(id) FROM passes WHERE programme_id = :id AND kind = 'full' AND whole)",
            {"id": programme_id, "kept": _KEPT},
        )

    def last(
        self, programme_id: ProgrammeId, kind: PassKind | None = None, *, whole: bool | None = None
    ) -> Pass | None:
        """Return the newest pass, of one kind or of either, complete or not (None: either), or None."""
        row = self._connection.execute(
            "SELECT * FROM passes WHERE programme_id = :id AND (:kind IS NULL OR kind = :kind)"
            " AND (:whole IS NULL OR whole = :whole) ORDER BY id DESC LIMIT 1",
            {"id": programme_id, "kind": kind, "whole": whole},
        ).fetchone()
        return _pass_of(row) if row else None


class SqliteListings:
    """`ListingRows` in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def all(self, programme_id: ProgrammeId) -> Mapping[PostId, Listing]:
        """Return what is known of every topic."""
        rows = self._connection.execute("SELECT * FROM listings WHERE programme_id = ?", (programme_id,))
        return {row["post_id"]: Listing(row["mark"], bool(row["protected"])) for row in rows}

    def save(self, programme_id: ProgrammeId, listed: Mapping[PostId, Listing]) -> None:
        """Store what was shown."""
        self._connection.executemany(
            "INSERT INTO listings (programme_id, post_id, mark, protected) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (programme_id, post_id) DO UPDATE SET mark = excluded.mark, protected = excluded.protected",
            [(programme_id, post_id, each.mark, each.protected) for post_id, each in listed.items()],
        )

    def drop(self, programme_id: ProgrammeId, post_ids: Collection[PostId]) -> None:
        """Forget what was shown of these, so that they are read anew when they are listed again."""
        self._connection.executemany(
            "DELETE FROM listings WHERE programme_id = ? AND post_id = ?",
            [(programme_id, post_id) for post_id in post_ids],
        )


def _pass_of(row: sqlite3.Row) -> Pass:
    return Pass(
        kind=PassKind(row["kind"]),
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        whole=bool(row["whole"]),
        pages=row["pages"],
        posts=row["posts"],
        changes=json.loads(row["changes"]),
        troubles=tuple(Trouble(**item) for item in json.loads(row["troubles"])),
        waiting=row["waiting"],
    )
