"""Programmes and sections put together out of their rows, in as many queries for a whole programme as for one section.

Reads only. What a section or an amendment is made of stands here once, for every module that loads one.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from bot.domain.amendments import Advice, Amendment, Anchor, Kind, Objection, Origin, PublishedAdvice, Status
from bot.domain.ids import BlockId, ProgrammeId, SectionId
from bot.domain.programme import Chapter, Contribution, Section
from bot.domain.reading import Sticky
from bot.domain.text import Block, BlockKind, StoredBlock
from db.encoding import KEPT, decode_blocks, decode_names, decode_runs

AMENDMENTS: Final = (
    "SELECT a.*, v.kind, v.form, v.title, v.text, v.old_text, v.explanation,"
    " (SELECT count(*) FROM supports AS u WHERE u.amendment_id = a.id) AS support,"
    " (SELECT p.answer FROM published_advice AS p WHERE p.amendment_id = a.id) AS advice_answer,"
    " (SELECT m.reference FROM amendments AS m WHERE m.id = a.merged_into) AS merged_reference,"
    " (SELECT json_group_array(name) FROM (SELECT c.name FROM co_proposers AS c"
    " WHERE c.amendment_id = a.id AND c.state = 'consented' ORDER BY c.id)) AS co_proposers,"
    " (SELECT d.final_text FROM decisions AS d WHERE d.amendment_id = a.id AND d.undone_at IS NULL"
    " ORDER BY d.id DESC LIMIT 1) AS final_text"
    " FROM amendments AS a JOIN amendment_versions AS v ON v.amendment_id = a.id AND v.number = a.version"
)
CONTRIBUTIONS: Final = (
    "SELECT c.*, (SELECT a.reference FROM amendments AS a"
    " WHERE a.programme_id = c.programme_id AND a.source_post_id = c.post_id AND a.status <> 'not admitted'"
    " ORDER BY a.id LIMIT 1) AS amendment"
    " FROM contributions AS c"
)
# A topic that became a reply is a contribution of the section it was merged into.
SECTIONS: Final = (
    "SELECT s.*, (SELECT r.section_id FROM contributions AS r"
    " WHERE r.programme_id = s.programme_id AND r.post_id = s.post_id) AS merged_into FROM sections AS s"
)
_BLOCKS: Final = (
    "SELECT b.section_id, b.block_id, b.number, b.kind, b.runs, b.depth, b.marker,"
    " b.block_id IN (SELECT c.block_id FROM closed_blocks AS c)"
    " FROM sections AS s JOIN version_blocks AS b ON b.section_id = s.id AND b.version = s.version"
)
SECTION_ORDER: Final = "ORDER BY ifnull(s.rank, 9223372036854775807), s.post_id"
_IN_ORDER: Final = " ORDER BY a.section_id, ifnull(a.sequence, 9223372036854775807), a.id"


def load_sections(connection: sqlite3.Connection, programme_id: ProgrammeId) -> list[Section]:
    """Return all sections of a programme, those of a chapter in its order."""
    return _assemble(
        connection.execute(SECTIONS + " WHERE s.programme_id = ? " + SECTION_ORDER, (programme_id,)),
        connection.execute(_BLOCKS + " WHERE s.programme_id = ? ORDER BY b.section_id, b.position", (programme_id,)),
        connection.execute(CONTRIBUTIONS + " WHERE c.programme_id = ? ORDER BY c.post_id", (programme_id,)),
        connection.execute(AMENDMENTS + " WHERE a.programme_id = ?" + _IN_ORDER, (programme_id,)),
    )


def load_section(connection: sqlite3.Connection, section_id: SectionId) -> Section | None:
    """Return one section, or None."""
    found = _assemble(
        connection.execute(SECTIONS + " WHERE s.id = ?", (section_id,)),
        connection.execute(_BLOCKS + " WHERE s.id = ? ORDER BY b.position", (section_id,)),
        connection.execute(CONTRIBUTIONS + " WHERE c.section_id = ? ORDER BY c.post_id", (section_id,)),
        connection.execute(AMENDMENTS + " WHERE a.section_id = ?" + _IN_ORDER, (section_id,)),
    )
    return found[0] if found else None


def load_text(connection: sqlite3.Connection, section_id: SectionId) -> Section | None:
    """Return one section with its text and nothing of what was said and proposed about it, or None."""
    row = connection.execute(SECTIONS + " WHERE s.id = ?", (section_id,)).fetchone()
    return _section_of(row, load_blocks(connection, section_id)) if row else None


def load_amendments(connection: sqlite3.Connection, ids: Sequence[int]) -> list[Amendment]:
    """Return the amendments with these ids, the newest first."""
    places = ", ".join("?" * len(ids))
    rows = connection.execute(f"{AMENDMENTS} WHERE a.id IN ({places}) ORDER BY a.id DESC", ids)
    return [amendment_of(row) for row in rows]


def load_blocks(connection: sqlite3.Connection, section_id: SectionId) -> list[StoredBlock]:
    """Return a section's text in its current version."""
    rows = connection.execute(_BLOCKS + " WHERE s.id = ? ORDER BY b.position", (section_id,))
    return [_block_of(*row[1:]) for row in rows]


def _assemble(
    sections: Iterable[sqlite3.Row],
    block_rows: Iterable[sqlite3.Row],
    contribution_rows: Iterable[sqlite3.Row],
    amendment_rows: Iterable[sqlite3.Row],
) -> list[Section]:
    blocks: Mapping[SectionId, list[StoredBlock]] = defaultdict(list)
    for row in block_rows:
        blocks[row["section_id"]].append(_block_of(*row[1:]))
    contributions: Mapping[SectionId, list[Contribution]] = defaultdict(list)
    for row in contribution_rows:
        contributions[row["section_id"]].append(contribution_of(row))
    amendments: Mapping[SectionId, list[Amendment]] = defaultdict(list)
    for row in amendment_rows:
        amendments[row["section_id"]].append(amendment_of(row))
    return [_section_of(row, blocks[row["id"]], contributions[row["id"]], amendments[row["id"]]) for row in sections]


def chapter_of(row: sqlite3.Row, sections: Iterable[Section] = ()) -> Chapter:
    """Return a chapter out of its row."""
    return Chapter(
        chapter_id=row["id"],
        key=row["key"],
        forum_id=row["forum_id"],
        title=row["title"],
        code=row["code"],
        parent_id=row["parent_id"],
        closed=_truth(row["closed"]),
        description=row["description"],
        url=row["url"],
        sections=tuple(sections),
        gone=row["gone_at"],
    )


def contribution_of(row: sqlite3.Row) -> Contribution:
    """Return a contribution out of a row of `CONTRIBUTIONS`."""
    return Contribution(
        contribution_id=row["id"],
        post_id=row["post_id"],
        reply_to=row["reply_to"],
        author=row["author"],
        role=row["role"],
        posted=row["posted"],
        printed=row["printed"],
        url=row["url"],
        blocks=decode_blocks(row["content"]),
        amendment=row["amendment"],
        gone=row["gone_at"],
    )


def amendment_of(stored: sqlite3.Row) -> Amendment:
    """Return an amendment out of a row of `AMENDMENTS`."""
    row = _by_name(stored)
    return Amendment(
        amendment_id=row["id"],
        programme_id=row["programme_id"],
        section_id=row["section_id"],
        receipt=row["receipt"],
        reference=row["reference"],
        kind=Kind(row["kind"]),
        form=BlockKind(row["form"]),
        status=Status(row["status"]),
        origin=Origin(row["origin"]),
        proposer=row["proposer"],
        proposer_id=row["proposer_id"],
        title=row["title"],
        text=row["text"],
        old_text=row["old_text"],
        explanation=row["explanation"],
        anchor=_anchor_of(row),
        version=row["version"],
        support=row["support"] + row["reduced_support"],
        source_post_id=row["source_post_id"],
        advice=_advice_of(row),
        created=row["created_at"],
        repair_until=row["repair_until"],
        merged_into=row["merged_into"],
        into=row["merged_reference"],
        final_text=row["final_text"] if row["status"] == Status.ADOPTED_AS_MODIFIED else None,
        co_proposers=decode_names(row["co_proposers"]),
        objection=None if row["objection"] is None else Objection(row["objection"]),
    )


def _advice_of(row: Mapping[str, Any]) -> PublishedAdvice | None:
    if row["advice"] is None:
        return None
    agrees = None if row["advice_answer"] is None else row["advice_answer"] == "agree"
    return PublishedAdvice(Advice(row["advice"]), row["advice_explanation"], agrees)


def _anchor_of(row: Mapping[str, Any]) -> Anchor | None:
    if row["anchor_block_id"] is None:
        return None
    return Anchor(
        block_id=row["anchor_block_id"],
        kind=BlockKind(row["anchor_kind"]),
        number=row["anchor_number"],
        text_hash=row["anchor_hash"],
        stale=bool(row["anchor_stale"]),
    )


@lru_cache(KEPT)
def _block_of(
    block_id: BlockId, number: int, kind: str, runs: str, depth: int, marker: str | None, closed: int
) -> StoredBlock:
    return StoredBlock(block_id, number, Block(BlockKind(kind), decode_runs(runs), depth, marker), amendable=not closed)


def _section_of(
    stored: sqlite3.Row,
    blocks: Iterable[StoredBlock],
    contributions: Iterable[Contribution] = (),
    amendments: Iterable[Amendment] = (),
) -> Section:
    row = _by_name(stored)
    return Section(
        section_id=row["id"],
        chapter_id=row["chapter_id"],
        post_id=row["post_id"],
        title=row["title"],
        code=row["code"],
        author=row["author"],
        role=row["role"],
        posted=row["posted"],
        printed=row["printed"],
        sticky=None if row["sticky"] is None else Sticky(row["sticky"]),
        closed=_truth(row["closed"]),
        url=row["url"],
        version=row["version"],
        blocks=tuple(blocks),
        contributions=tuple(contributions),
        amendments=tuple(amendments),
        gone=row["gone_at"],
        merged_into=row["merged_into"],
        amendable=bool(row["amendable"]),
    )


def _by_name(row: sqlite3.Row) -> Mapping[str, Any]:
    """Return a row's values by name. A `Row` goes through its names anew for each that is asked."""
    return dict(zip(row.keys(), row, strict=True))


def _truth(stored: int | None) -> bool | None:
    return None if stored is None else bool(stored)
