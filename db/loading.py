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

# The columns stand in the order in which `amendment_of` takes them, `_section_of` those of `SECTIONS`.
AMENDMENTS: Final = (
    "SELECT a.id, a.programme_id, a.section_id, a.receipt, a.reference, v.kind, v.form, a.status, a.origin,"
    " a.proposer, a.proposer_id, v.title, v.text, v.old_text, v.explanation,"
    " a.anchor_block_id, a.anchor_kind, a.anchor_number, a.anchor_hash, a.anchor_stale, a.version,"
    " (SELECT count(*) FROM supports AS u WHERE u.amendment_id = a.id) + a.reduced_support, a.source_post_id,"
    " a.advice, a.advice_explanation, (SELECT p.answer FROM published_advice AS p WHERE p.amendment_id = a.id),"
    " a.created_at, a.repair_until, a.merged_into,"
    " (SELECT m.reference FROM amendments AS m WHERE m.id = a.merged_into),"
    " (SELECT d.final_text FROM decisions AS d WHERE d.amendment_id = a.id AND d.undone_at IS NULL"
    " ORDER BY d.id DESC LIMIT 1),"
    " (SELECT json_group_array(name) FROM (SELECT c.name FROM co_proposers AS c"
    " WHERE c.amendment_id = a.id AND c.state = 'consented' ORDER BY c.id)), a.objection"
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
    "SELECT s.id, s.programme_id, s.chapter_id, s.post_id, s.title, s.code, s.author, s.role, s.posted, s.printed,"
    " s.sticky, s.closed, s.url, s.version, s.gone_at, s.amendable, (SELECT r.section_id FROM contributions AS r"
    " WHERE r.programme_id = s.programme_id AND r.post_id = s.post_id) FROM sections AS s"
)
_BLOCKS: Final = (
    "SELECT b.section_id, b.block_id, b.number, b.kind, b.runs, b.depth, b.marker,"
    " b.block_id IN (SELECT c.block_id FROM closed_blocks AS c)"
    " FROM sections AS s JOIN version_blocks AS b ON b.section_id = s.id AND b.version = s.version"
)
_OF_SECTION: Final = " WHERE s.id = ? ORDER BY b.position"
SECTION_ORDER: Final = "ORDER BY ifnull(s.rank, 9223372036854775807), s.post_id"
_TEXTS: Final = 256
"""Sections whose text is kept as it was put together: many propose something about the same few."""
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
        connection.execute(_BLOCKS + _OF_SECTION, (section_id,)),
        connection.execute(CONTRIBUTIONS + " WHERE c.section_id = ? ORDER BY c.post_id", (section_id,)),
        connection.execute(AMENDMENTS + " WHERE a.section_id = ?" + _IN_ORDER, (section_id,)),
    )
    return found[0] if found else None


def load_text(connection: sqlite3.Connection, section_id: SectionId) -> Section | None:
    """Return one section with its text and nothing of what was said and proposed about it, or None."""
    row = connection.execute(SECTIONS + " WHERE s.id = ?", (section_id,)).fetchone()
    blocks = connection.execute(_BLOCKS + _OF_SECTION, (section_id,))
    return _text(tuple(row), tuple(tuple(each) for each in blocks)) if row else None


@lru_cache(_TEXTS)
def _text(row: tuple[Any, ...], blocks: tuple[tuple[Any, ...], ...]) -> Section:
    return _section_of(row, [_block_of(*each[1:]) for each in blocks])


def load_amendments(connection: sqlite3.Connection, ids: Sequence[int]) -> list[Amendment]:
    """Return the amendments with these ids, the newest first."""
    places = ", ".join("?" * len(ids))
    rows = connection.execute(f"{AMENDMENTS} WHERE a.id IN ({places}) ORDER BY a.id DESC", ids)
    return [amendment_of(row) for row in rows]


def load_blocks(connection: sqlite3.Connection, section_id: SectionId) -> list[StoredBlock]:
    """Return a section's text in its current version."""
    return [_block_of(*row[1:]) for row in connection.execute(_BLOCKS + _OF_SECTION, (section_id,))]


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
        amendment = amendment_of(row)
        amendments[amendment.section_id].append(amendment)
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


def amendment_of(row: Iterable[Any]) -> Amendment:
    """Return an amendment out of the columns of `AMENDMENTS`."""
    amendment_id, programme_id, section_id, receipt, reference, kind, form, status, origin, *further = row
    proposer, proposer_id, title, text, old_text, explanation, *further = further
    block_id, block_kind, number, text_hash, stale, version, support, source_post_id, *further = further
    advice, why, answer, created, repair_until, merged_into, into, final_text, names, objection = further
    return Amendment(
        amendment_id=amendment_id,
        programme_id=programme_id,
        section_id=section_id,
        receipt=receipt,
        reference=reference,
        kind=Kind(kind),
        form=BlockKind(form),
        status=Status(status),
        origin=Origin(origin),
        proposer=proposer,
        proposer_id=proposer_id,
        title=title,
        text=text,
        old_text=old_text,
        explanation=explanation,
        anchor=_anchor_of(block_id, block_kind, number, text_hash, stale),
        version=version,
        support=support,
        source_post_id=source_post_id,
        advice=_advice_of(advice, why, answer),
        created=created,
        repair_until=repair_until,
        merged_into=merged_into,
        into=into,
        final_text=final_text if status == Status.ADOPTED_AS_MODIFIED else None,
        co_proposers=decode_names(names),
        objection=None if objection is None else Objection(objection),
    )


def _advice_of(advice: str | None, explanation: str, answer: str | None) -> PublishedAdvice | None:
    if advice is None:
        return None
    return PublishedAdvice(Advice(advice), explanation, None if answer is None else answer == "agree")


def _anchor_of(block_id: BlockId | None, kind: str, number: int, text_hash: str, stale: int) -> Anchor | None:
    return None if block_id is None else Anchor(block_id, BlockKind(kind), number, text_hash, stale=bool(stale))


@lru_cache(KEPT)
def _block_of(
    block_id: BlockId, number: int, kind: str, runs: str, depth: int, marker: str | None, closed: int
) -> StoredBlock:
    return StoredBlock(block_id, number, Block(BlockKind(kind), decode_runs(runs), depth, marker), amendable=not closed)


def _section_of(
    row: Iterable[Any],
    blocks: Iterable[StoredBlock],
    contributions: Iterable[Contribution] = (),
    amendments: Iterable[Amendment] = (),
) -> Section:
    section_id, programme_id, chapter_id, post_id, title, code, author, role, posted, printed, *further = row
    sticky, closed, url, version, gone, amendable, merged_into = further
    return Section(
        section_id=section_id,
        programme_id=programme_id,
        chapter_id=chapter_id,
        post_id=post_id,
        title=title,
        code=code,
        author=author,
        role=role,
        posted=posted,
        printed=printed,
        sticky=None if sticky is None else Sticky(sticky),
        closed=_truth(closed),
        url=url,
        version=version,
        blocks=tuple(blocks),
        contributions=tuple(contributions),
        amendments=tuple(amendments),
        gone=gone,
        merged_into=merged_into,
        amendable=bool(amendable),
    )


def _truth(stored: int | None) -> bool | None:
    return None if stored is None else bool(stored)
