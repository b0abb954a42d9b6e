"""Taking the words of what is gone out of the database. Ids, codes and references stay: they were issued for good."""

import sqlite3
from collections.abc import Sequence
from typing import Final

# A topic that became a reply has its words twice: as the section that it was, and as the contribution that it is.
_SECTIONS: Final = (
    "SELECT s.id FROM sections AS s LEFT JOIN contributions AS c"
    " ON c.programme_id = s.programme_id AND c.post_id = s.post_id"
    " WHERE s.erased_at IS NULL AND (s.gone_at <= :before OR c.gone_at <= :before)"
)
_CONTRIBUTIONS: Final = "SELECT id FROM contributions WHERE erased_at IS NULL AND gone_at <= :before"
_CHAPTERS: Final = "SELECT id FROM chapters WHERE erased_at IS NULL AND gone_at <= :before"
# An amendment that never got a reference is known to nobody but through the post that made it, reply or topic by now.
_AMENDMENTS: Final = (
    "SELECT a.id FROM amendments AS a"
    " LEFT JOIN sections AS s ON s.programme_id = a.programme_id AND s.post_id = a.source_post_id"
    " LEFT JOIN contributions AS c ON c.programme_id = a.programme_id AND c.post_id = a.source_post_id"
    " WHERE a.reference IS NULL"
    " AND ((s.erased_at IS NULL AND s.gone_at <= :before) OR (c.erased_at IS NULL AND c.gone_at <= :before))"
)

# A step that was taken without a Discord account is the author's own, or was taken for the author.
_OF_AMENDMENT: Final = (
    ("UPDATE amendment_versions SET title = '', text = '', old_text = NULL, explanation = '' WHERE amendment_id = :id"),
    "UPDATE events SET actor = NULL WHERE amendment_id = :id AND actor_id IS NULL",
    "UPDATE events SET on_behalf = NULL WHERE amendment_id = :id",
    "UPDATE amendments SET proposer = NULL WHERE id = :id",
)
_OF_SECTION: Final = (
    "UPDATE version_blocks SET text = '', runs = '[]', text_hash = '' WHERE section_id = :id",
    "UPDATE versions SET digest = '' WHERE section_id = :id",
    "DELETE FROM waiting_texts WHERE section_id = :id",
    (
        "UPDATE resources SET words = NULL WHERE EXISTS (SELECT 1 FROM sections AS s WHERE s.id = :id"
        " AND s.programme_id = resources.programme_id AND ('/' || resources.key LIKE '%/section:' || s.post_id"
        " OR '/' || resources.key LIKE '%/section:' || s.post_id || '/part:%'))"
    ),
    (
        "UPDATE amendment_versions SET old_text = NULL"
        " WHERE amendment_id IN (SELECT id FROM amendments WHERE section_id = :id AND reference IS NULL)"
    ),
    (
        "UPDATE sections SET title = '', author = NULL, role = NULL, posted = NULL, printed = NULL, url = NULL,"
        " erased_at = :at WHERE id = :id"
    ),
)
_OF_CONTRIBUTION: Final = (
    (
        "UPDATE resources SET words = NULL WHERE EXISTS (SELECT 1 FROM contributions AS c WHERE c.id = :id"
        " AND c.programme_id = resources.programme_id AND ('/' || resources.key LIKE '%/reply:' || c.post_id"
        " OR resources.key LIKE '%reply:' || c.post_id || '/part:%'))"
    ),
    (
        "UPDATE contributions SET content = '[]', author = NULL, role = NULL, posted = NULL, printed = NULL,"
        " url = NULL, erased_at = :at WHERE id = :id"
    ),
)
_OF_CHAPTER: Final = ("UPDATE chapters SET title = '', description = NULL, url = NULL, erased_at = :at WHERE id = :id",)


def erase(connection: sqlite3.Connection, before: str, at: str) -> int:
    """Erase what was gone before a moment, and return of how many chapters, sections and contributions."""
    erased = 0
    # Amendments first, then sections: which of them are due is told by rows that are not erased yet.
    amendments = [row["id"] for row in connection.execute(_AMENDMENTS, {"before": before})]
    _change(connection, _OF_AMENDMENT, amendments, at)
    for due, statements in (
        (_SECTIONS, _OF_SECTION),
        (_CONTRIBUTIONS, _OF_CONTRIBUTION),
        (_CHAPTERS, _OF_CHAPTER),
    ):
        ids = [row["id"] for row in connection.execute(due, {"before": before})]
        _change(connection, statements, ids, at)
        erased += len(ids)
    if erased:  # what could not be read was said with addresses, which are made of titles
        connection.execute("UPDATE passes SET troubles = '[]' WHERE ended_at <= ?", (before,))
    return erased


def _change(connection: sqlite3.Connection, statements: Sequence[str], ids: Sequence[int], at: str) -> None:
    for statement in statements:
        connection.executemany(statement, [{"id": each, "at": at} for each in ids])
