"""The amendments' rows: what is proposed in its versions, its reference and status, who supports it, its history."""

import sqlite3
from collections.abc import Sequence
from typing import Final, cast

from bot.domain.amendments import Amendment, Anchor, Event, Kind, Objection, Origin, Proposal, Status
from bot.domain.ids import AmendmentId, BlockId, PostId, ProgrammeId, SectionId, Snowflake
from bot.domain.text import BlockKind
from bot.services.ports import AmendmentFilter
from db.listing import ORDER, list_amendments
from db.loading import AMENDMENTS, amendment_of

_FIRST: Final = 1
"""The number of the version with which an amendment begins."""


class SqliteAmendments:
    """`AmendmentRows` in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(
        self,
        section_id: SectionId,
        proposal: Proposal,
        *,
        status: Status,
        origin: Origin,
        proposer: str | None,
        proposer_id: Snowflake | None,
        anchor: Anchor | None,
        source_post_id: PostId | None,
        at: str,
    ) -> Amendment:
        """Store an amendment with its first version, and return it; its receipt number is the next of its programme."""
        programme_id, receipt = self._connection.execute(
            "UPDATE programmes SET receipts = receipts + 1 WHERE id = (SELECT programme_id FROM sections WHERE id = ?)"
            " RETURNING id, receipts",
            (section_id,),
        ).fetchone()
        added = self._connection.execute(
            "INSERT INTO amendments (programme_id, section_id, receipt, status, origin, proposer, proposer_id,"
            " source_post_id, created_at, version, anchor_block_id, anchor_kind, anchor_number, anchor_hash,"
            " anchor_stale) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                programme_id,
                section_id,
                receipt,
                status,
                origin,
                proposer,
                proposer_id,
                source_post_id,
                at,
                _FIRST,
                *_anchor_fields(anchor),
            ),
        )
        amendment_id = AmendmentId(cast("int", added.lastrowid))  # RETURNING takes a third longer
        self._store_version(amendment_id, _FIRST, proposal, at)
        return Amendment(
            amendment_id=amendment_id,
            programme_id=programme_id,
            section_id=section_id,
            receipt=receipt,
            reference=None,
            kind=proposal.kind,
            form=proposal.form,
            status=status,
            origin=origin,
            proposer=proposer,
            proposer_id=proposer_id,
            title=proposal.title or "",
            text=proposal.text,
            old_text=proposal.old_text,
            explanation=proposal.explanation,
            anchor=anchor,
            version=_FIRST,
            support=0,
            source_post_id=source_post_id,
            created=at,
        )

    def add_version(self, amendment_id: AmendmentId, proposal: Proposal, anchor: Anchor | None, at: str) -> int:
        """Store a new version of what is proposed and where, and return its number."""
        row = self._connection.execute(
            "UPDATE amendments SET version = version + 1 WHERE id = ? RETURNING version", (amendment_id,)
        ).fetchone()
        self._store_version(amendment_id, row["version"], proposal, at)
        self.set_anchor(amendment_id, anchor)
        return row["version"]

    def programme_of(self, amendment_id: AmendmentId) -> ProgrammeId:
        """Return the programme that an amendment is about. Raises `LookupError`."""
        row = self._connection.execute("SELECT programme_id FROM amendments WHERE id = ?", (amendment_id,)).fetchone()
        if row is None:
            raise LookupError(amendment_id)
        return row["programme_id"]

    def versions(self, amendment_id: AmendmentId) -> Sequence[Proposal]:
        """Return what was proposed in each version, the first one first."""
        rows = self._connection.execute(
            "SELECT * FROM amendment_versions WHERE amendment_id = ? ORDER BY number", (amendment_id,)
        )
        return [_proposal_of(row) for row in rows]

    def waiting(self, programme_id: ProgrammeId, statuses: frozenset[Status], limit: int) -> Sequence[Amendment]:
        """Return the amendments with one of these statuses, in the order in which they came in."""
        places = ", ".join("?" * len(statuses))
        rows = self._connection.execute(
            f"{AMENDMENTS} WHERE a.programme_id = ? AND a.status IN ({places}) ORDER BY a.id LIMIT ?",
            (programme_id, *sorted(statuses), limit),
        )
        return [amendment_of(row) for row in rows]

    def set_proposer(self, amendment_id: AmendmentId, name: str | None, member_id: Snowflake | None) -> None:
        """Store who proposes."""
        self._connection.execute(
            "UPDATE amendments SET proposer = ?, proposer_id = ? WHERE id = ?", (name, member_id, amendment_id)
        )

    def set_objection(self, amendment_id: AmendmentId, objection: Objection) -> None:
        """Store why an amendment waits for a person though nobody screens."""
        self._connection.execute("UPDATE amendments SET objection = ? WHERE id = ?", (objection, amendment_id))

    def set_repair(self, amendment_id: AmendmentId, until: str) -> None:
        """Store until when an amendment can be handed in again, whatever the deadline."""
        self._connection.execute("UPDATE amendments SET repair_until = ? WHERE id = ?", (until, amendment_id))

    def set_merged(self, amendment_id: AmendmentId, into_id: AmendmentId | None) -> None:
        """Store which amendment took this one in."""
        self._connection.execute("UPDATE amendments SET merged_into = ? WHERE id = ?", (into_id, amendment_id))

    def issue_reference(self, amendment_id: AmendmentId) -> str:
        """Give the amendment the next reference of its section ("4.3-A2"); one that has one keeps it."""
        row = self._connection.execute(
            "SELECT reference, section_id FROM amendments WHERE id = ?", (amendment_id,)
        ).fetchone()
        if row["reference"] is not None:
            return row["reference"]
        section = self._connection.execute(
            "UPDATE sections SET sequences = sequences + 1 WHERE id = ? RETURNING code, sequences", (row["section_id"],)
        ).fetchone()
        reference = f"{section['code']}-A{section['sequences']}"
        self._connection.execute(
            "UPDATE amendments SET sequence = ?, reference = ? WHERE id = ?",
            (section["sequences"], reference, amendment_id),
        )
        return reference

    def set_status(self, amendment_id: AmendmentId, status: Status) -> None:
        """Store where the amendment stands."""
        self._connection.execute("UPDATE amendments SET status = ? WHERE id = ?", (status, amendment_id))

    def set_anchor(self, amendment_id: AmendmentId, anchor: Anchor | None) -> None:
        """Store what the amendment is aimed at now."""
        self._connection.execute(
            "UPDATE amendments SET anchor_block_id = ?, anchor_kind = ?, anchor_number = ?, anchor_hash = ?,"
            " anchor_stale = ? WHERE id = ?",
            (*_anchor_fields(anchor), amendment_id),
        )

    def record(
        self,
        amendment_id: AmendmentId,
        *,
        at: str,
        actor: str | None,
        actor_id: Snowflake | None,
        on_behalf: str | None,
        from_status: Status | None,
        to_status: Status,
        reason: str | None,
    ) -> None:
        """Add a line to the history, with the version the amendment has. Lines are never changed or removed."""
        self._connection.execute(
            "INSERT INTO events (amendment_id, at, actor, actor_id, on_behalf, from_status, to_status, reason, version)"
            " SELECT id, ?, ?, ?, ?, ?, ?, ?, version FROM amendments WHERE id = ?",
            (at, actor, actor_id, on_behalf, from_status, to_status, reason, amendment_id),
        )

    def load(self, amendment_id: AmendmentId) -> Amendment | None:
        """Return an amendment in its current version, or None."""
        row = self._connection.execute(AMENDMENTS + " WHERE a.id = ?", (amendment_id,)).fetchone()
        return amendment_of(row) if row else None

    def by_receipt(self, programme_id: ProgrammeId, receipt: int) -> Amendment | None:
        """Return the amendment with this receipt number, or None."""
        row = self._connection.execute(
            AMENDMENTS + " WHERE a.programme_id = ? AND a.receipt = ?", (programme_id, receipt)
        ).fetchone()
        return amendment_of(row) if row else None

    def by_reference(self, programme_id: ProgrammeId, reference: str) -> Amendment | None:
        """Return the amendment with this reference, however it was typed, or None."""
        row = self._connection.execute(
            AMENDMENTS + " WHERE a.programme_id = ? AND a.reference = ?", (programme_id, reference.strip().upper())
        ).fetchone()
        return amendment_of(row) if row else None

    def sources(self, programme_id: ProgrammeId) -> set[PostId]:
        """Return the replies out of which an amendment was read."""
        rows = self._connection.execute(
            "SELECT source_post_id FROM amendments WHERE programme_id = ? AND source_post_id IS NOT NULL",
            (programme_id,),
        )
        return {row["source_post_id"] for row in rows}

    def by_source(self, programme_id: ProgrammeId, post_id: PostId) -> Amendment | None:
        """Return the amendment that was read out of a reply, or None; one that was turned back comes last."""
        row = self._connection.execute(
            AMENDMENTS + " WHERE a.programme_id = ? AND a.source_post_id = ?"
            " ORDER BY a.status = 'not admitted', a.id LIMIT 1",
            (programme_id, post_id),
        ).fetchone()
        return amendment_of(row) if row else None

    def list(
        self, programme_id: ProgrammeId, which: AmendmentFilter, *, after: AmendmentId | None, limit: int
    ) -> Sequence[Amendment]:
        """Return amendments in the order of their sections and references, keyset paged after one of them."""
        return list_amendments(self._connection, programme_id, which, after, limit)

    def at_block(self, section_id: SectionId, block_id: BlockId, limit: int) -> Sequence[Amendment]:
        """Return a section's amendments that members may see and that are aimed at a block, by their references."""
        rows = self._connection.execute(
            f"{AMENDMENTS} WHERE a.section_id = ? AND a.anchor_block_id = ? AND a.reference IS NOT NULL"
            f" ORDER BY {ORDER}, a.id LIMIT ?",
            (section_id, block_id, limit),
        )
        return [amendment_of(row) for row in rows]

    def history(self, amendment_id: AmendmentId) -> Sequence[Event]:
        """Return the lines of an amendment's history, the oldest first."""
        rows = self._connection.execute("SELECT * FROM events WHERE amendment_id = ? ORDER BY id", (amendment_id,))
        return [_event_of(row) for row in rows]

    def supports(self, amendment_id: AmendmentId, member_id: Snowflake) -> bool:
        """Tell whether a member supports an amendment."""
        row = self._connection.execute(
            "SELECT 1 FROM supports WHERE amendment_id = ? AND member_id = ?", (amendment_id, member_id)
        ).fetchone()
        return row is not None

    def add_support(self, amendment_id: AmendmentId, member_id: Snowflake, at: str) -> bool:
        """Count one member's support; False when it was counted already."""
        added = self._connection.execute(
            "INSERT INTO supports (amendment_id, member_id, given_at) VALUES (?, ?, ?)"
            " ON CONFLICT (amendment_id, member_id) DO NOTHING",
            (amendment_id, member_id, at),
        )
        return added.rowcount > 0

    def remove_support(self, amendment_id: AmendmentId, member_id: Snowflake) -> bool:
        """Take one member's support back; False when there was none."""
        removed = self._connection.execute(
            "DELETE FROM supports WHERE amendment_id = ? AND member_id = ?", (amendment_id, member_id)
        )
        return removed.rowcount > 0

    def _store_version(self, amendment_id: AmendmentId, number: int, proposal: Proposal, at: str) -> None:
        self._connection.execute(
            "INSERT INTO amendment_versions"
            " (amendment_id, number, kind, form, title, text, old_text, explanation, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                amendment_id,
                number,
                proposal.kind,
                proposal.form,
                proposal.title or "",
                proposal.text,
                proposal.old_text,
                proposal.explanation,
                at,
            ),
        )


def _anchor_fields(anchor: Anchor | None) -> tuple[object, ...]:
    if anchor is None:
        return (None,) * 5
    return anchor.block_id, anchor.kind, anchor.number, anchor.text_hash, anchor.stale


def _proposal_of(row: sqlite3.Row) -> Proposal:
    return Proposal(
        kind=Kind(row["kind"]),
        text=row["text"],
        explanation=row["explanation"],
        form=BlockKind(row["form"]),
        old_text=row["old_text"],
        title=row["title"],
    )


def _event_of(row: sqlite3.Row) -> Event:
    return Event(
        at=row["at"],
        actor=row["actor"],
        on_behalf=row["on_behalf"],
        from_status=None if row["from_status"] is None else Status(row["from_status"]),
        to_status=Status(row["to_status"]),
        reason=row["reason"],
        version=row["version"],
    )
