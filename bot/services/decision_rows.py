"""Advice, decisions and what belongs to them, as the use cases ask for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.domain.amendments import Advice, Status
from bot.domain.ids import AmendmentId, ChapterId, ProgrammeId, Snowflake
from bot.domain.people import Actor
from bot.domain.tally import Tally


class Answer(StrEnum):
    """What the proposer says of an advice."""

    AGREE = "agree"
    DISAGREE = "disagree"


@dataclass(frozen=True, slots=True)
class AdviceDraft:
    """An advice that only committee and secretary see. `text` is how the amendment would read as modified."""

    amendment_id: AmendmentId
    advice: Advice
    explanation: str
    text: str | None
    at: str
    author: str | None


@dataclass(frozen=True, slots=True)
class AdviceDetails:
    """What belongs to a published advice. `version` is that of the amendment which was advised on."""

    text: str | None
    version: int
    published_at: str
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """An outcome with its votes, if they were counted. `before` is the status that an undo gives back."""

    decision_id: int
    amendment_id: AmendmentId
    before: Status
    outcome: Status
    final_text: str | None
    tally: Tally | None
    batch: int | None
    at: str
    undone_at: str | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """Somebody whose word a merging needs, and when they gave it. `recorded_by` wrote it down for them."""

    consent_id: int
    member_id: Snowflake | None
    name: str | None
    consented_at: str | None
    recorded_by: str | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """A merging that the committee asked for: what goes into what, and everybody whose word it needs."""

    amendment_id: AmendmentId
    into_id: AmendmentId
    actor: str | None
    actor_id: Snowflake | None
    consents: tuple[Consent, ...]

    @property
    def complete(self) -> bool:
        """Whether everybody gave their word."""
        return all(consent.consented_at is not None for consent in self.consents)


class AdviceRows(Protocol):
    """Advice in draft, and what belongs to the published one."""

    def draft(self, amendment_id: AmendmentId) -> AdviceDraft | None:
        """Return the advice in draft, or None."""
        ...

    def save_draft(
        self, amendment_id: AmendmentId, advice: Advice, explanation: str, text: str | None, actor: Actor, at: str
    ) -> None:
        """Store an advice in draft in the place of the one there was."""
        ...

    def drafts(self, programme_id: ProgrammeId, chapter_id: ChapterId | None = None) -> Sequence[AdviceDraft]:
        """Return the advice in draft of a chapter or of the whole programme, in the order of the amendments."""
        ...

    def publish(self, draft: AdviceDraft, at: str) -> None:
        """Let the members see an advice: it takes the place of the published one, whose answer goes with it."""
        ...

    def details(self, amendment_id: AmendmentId) -> AdviceDetails | None:
        """Return what belongs to the published advice, or None."""
        ...

    def with_text(self, programme_id: ProgrammeId) -> Mapping[AmendmentId, str]:
        """Return how amendments would read as modified by their published advice, where it says so."""
        ...

    def answer(self, amendment_id: AmendmentId, answer: Answer, at: str) -> None:
        """Store what the proposer says of the published advice."""
        ...


class DecisionRows(Protocol):
    """Decisions, and mergings that wait for consent."""

    def add(
        self,
        amendment_id: AmendmentId,
        *,
        before: Status,
        outcome: Status,
        final_text: str | None,
        tally: Tally | None,
        batch: int | None,
        at: str,
    ) -> int:
        """Store a decision and return its id."""
        ...

    def standing(self, amendment_id: AmendmentId) -> Decision | None:
        """Return the last decision about an amendment that was not undone, or None."""
        ...

    def last(self, programme_id: ProgrammeId) -> Sequence[Decision]:
        """Return the last decision that was not undone, with all that were taken in the same blow."""
        ...

    def undo(self, decision_id: int, at: str) -> None:
        """Mark a decision as undone."""
        ...

    def ask_merge(
        self,
        amendment_id: AmendmentId,
        into_id: AmendmentId,
        needed: Sequence[tuple[Snowflake | None, str | None]],
        actor: Actor,
        at: str,
    ) -> None:
        """Store a merging that waits for the consent of these people (by id where known, and name)."""
        ...

    def merge(self, amendment_id: AmendmentId) -> Merge | None:
        """Return the merging that was asked for an amendment, or None."""
        ...

    def merges_waiting(self, member_id: Snowflake) -> Sequence[Merge]:
        """Return the mergings that wait for a member's consent."""
        ...

    def consent(self, consent_id: int, at: str, recorded_by: str | None) -> None:
        """Store that somebody consents to a merging."""
        ...

    def drop_merge(self, amendment_id: AmendmentId) -> None:
        """Take back that a merging was asked for."""
        ...
