"""The rows of advice: in draft, and what belongs to the published one."""

import sqlite3
from collections.abc import Mapping, Sequence

from bot.domain.amendments import Advice
from bot.domain.ids import AmendmentId, ChapterId, ProgrammeId
from bot.domain.people import Actor
from bot.services.decision_rows import AdviceDetails, AdviceDraft, Answer


class SqliteAdvice:
    """`AdviceRows` in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def draft(self, amendment_id: AmendmentId) -> AdviceDraft | None:
        """Return the advice in draft, or None."""
        row = self._connection.execute("SELECT * FROM advice_drafts WHERE amendment_id = ?", (amendment_id,)).fetchone()
        return _draft_of(row) if row else None

    def save_draft(
        self, amendment_id: AmendmentId, advice: Advice, explanation: str, text: str | None, actor: Actor, at: str
    ) -> None:
        """Store an advice in draft in the place of the one there was."""
        self._connection.execute(
            "INSERT OR REPLACE INTO advice_drafts (amendment_id, advice, explanation, text, at, author, author_id)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (amendment_id, advice, explanation, text, at, actor.name, actor.member_id),
        )

    def drafts(self, programme_id: ProgrammeId, chapter_id: ChapterId | None = None) -> Sequence[AdviceDraft]:
        """Return the advice in draft of a chapter or of the whole programme, in the order of the amendments."""
        rows = self._connection.execute(
            "SELECT d.* FROM advice_drafts AS d JOIN amendments AS a ON a.id = d.amendment_id"
            " JOIN sections AS s ON s.id = a.section_id WHERE a.programme_id = :programme"
            " AND (:chapter IS NULL OR s.chapter_id = :chapter) ORDER BY s.id, a.sequence",
            {"programme": programme_id, "chapter": chapter_id},
        )
        return [_draft_of(row) for row in rows]

    def publish(self, draft: AdviceDraft, at: str) -> None:
        """Let the members see an advice: it takes the place of the published one, whose answer goes with it."""
        self._connection.execute(
            "UPDATE amendments SET advice = ?, advice_explanation = ? WHERE id = ?",
            (draft.advice, draft.explanation, draft.amendment_id),
        )
        self._connection.execute(
            "INSERT OR REPLACE INTO published_advice (amendment_id, text, version, published_at)"
            " SELECT id, ?, version, ? FROM amendments WHERE id = ?",
            (draft.text, at, draft.amendment_id),
        )
        self._connection.execute("DELETE FROM advice_drafts WHERE amendment_id = ?", (draft.amendment_id,))

    def details(self, amendment_id: AmendmentId) -> AdviceDetails | None:
        """Return what belongs to the published advice, or None."""
        row = self._connection.execute(
            "SELECT * FROM published_advice WHERE amendment_id = ?", (amendment_id,)
        ).fetchone()
        if row is None:
            return None
        answer = None if row["answer"] is None else Answer(row["answer"])
        return AdviceDetails(row["text"], row["version"], row["published_at"], answer)

    def with_text(self, programme_id: ProgrammeId) -> Mapping[AmendmentId, str]:
        """Return how amendments would read as modified by their published advice, where it says so."""
        rows = self._connection.execute(
            "SELECT p.amendment_id, p.text FROM published_advice AS p JOIN amendments AS a ON a.id = p.amendment_id"
            " WHERE a.programme_id = ? AND p.text IS NOT NULL",
            (programme_id,),
        )
        return {row["amendment_id"]: row["text"] for row in rows}

    def answer(self, amendment_id: AmendmentId, answer: Answer, at: str) -> None:
        """Store what the proposer says of the published advice."""
        self._connection.execute(
            "UPDATE published_advice SET answer = ?, answered_at = ? WHERE amendment_id = ?", (answer, at, amendment_id)
        )


def _draft_of(row: sqlite3.Row) -> AdviceDraft:
    return AdviceDraft(
        amendment_id=row["amendment_id"],
        advice=Advice(row["advice"]),
        explanation=row["explanation"],
        text=row["text"],
        at=row["at"],
        author=row["author"],
    )
