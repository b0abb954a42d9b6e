"""Lists of amendments in the order of the programme, a page at a time, by where the last one left off."""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final

from bot.domain.amendments import Amendment
from bot.domain.ids import AmendmentId, ProgrammeId
from bot.services.ports import AmendmentFilter
from db.loading import AMENDMENTS, amendment_of

ORDER: Final = "ifnull(a.sequence, 9223372036854775807)"
# A list is paged by where it left off. Chapter, section and sequence are columns of three tables, which no index spans,
# so the rest is taken in three steps that each start in the midst of an index.
_WALK: Final = (
    " JOIN sections AS s ON s.id = a.section_id JOIN chapters AS c ON c.id = s.chapter_id"
    " WHERE c.programme_id = :programme"
)
_STEPS: Final = (
    " AND a.section_id = :section AND " + ORDER + " >= :sequence AND (" + ORDER + ", a.id) > (:sequence, :id)",
    " AND s.chapter_id = :chapter AND s.post_id > :post",
    " AND (c.position, c.id) > (:position, :chapter)",
)
_IN_ORDER: Final = " ORDER BY c.position, c.id, s.post_id, s.id, " + ORDER + ", a.id LIMIT :limit"


def list_amendments(
    connection: sqlite3.Connection,
    programme_id: ProgrammeId,
    which: AmendmentFilter,
    after: AmendmentId | None,
    limit: int,
) -> Sequence[Amendment]:
    """Return amendments in the order of their sections and references, those after one of them."""
    condition, values = _condition(which)
    values |= {"programme": programme_id, "limit": limit}
    if after is None:
        steps: tuple[str, ...] = ("",)
    else:
        steps = _STEPS
        values |= _place(connection, after)
    queries = [AMENDMENTS + _WALK + step + condition + _IN_ORDER for step in steps]
    return list(islice(_walk(connection, queries, values), limit))


def _walk(connection: sqlite3.Connection, queries: Sequence[str], values: dict[str, Any]) -> Iterator[Amendment]:
    for query in queries:
        for row in connection.execute(query, values):
            yield amendment_of(row)


def _place(connection: sqlite3.Connection, amendment_id: AmendmentId) -> dict[str, Any]:
    row = connection.execute(
        "SELECT c.position, c.id AS chapter, s.post_id AS post, s.id AS section, a.id,"
        " ifnull(a.sequence, 9223372036854775807) AS sequence FROM amendments AS a"
        " JOIN sections AS s ON s.id = a.section_id JOIN chapters AS c ON c.id = s.chapter_id WHERE a.id = ?",
        (amendment_id,),
    ).fetchone()
    return dict(row)


def _condition(which: AmendmentFilter) -> tuple[str, dict[str, Any]]:
    """Return what the filter asks, as SQL after a WHERE and its values."""
    values: dict[str, Any] = {f"status{place}": status for place, status in enumerate(sorted(which.statuses))}
    sql = " AND a.status IN (" + ", ".join(f":{name}" for name in values) + ")" if values else ""
    if which.public or not values:
        sql += f" AND {ORDER} < 9223372036854775807"  # those with a reference, which stand first in the index
    if which.section_id is not None:
        sql += " AND a.section_id = :only_section"
        values["only_section"] = which.section_id
    if which.proposer is not None:
        sql += " AND a.proposer = :proposer COLLATE NOCASE"
        values["proposer"] = which.proposer
    if which.proposer_id is not None:
        sql += " AND a.proposer_id = :proposer_id"
        values["proposer_id"] = which.proposer_id
    if which.kind is not None:
        sql += " AND v.kind = :kind"
        values["kind"] = which.kind
    return sql, values
