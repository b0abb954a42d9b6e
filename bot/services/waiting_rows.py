"""Whether the text is fixed, and the edits of the forum that wait meanwhile: as stored, and the port for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.ids import ProgrammeId, SectionId, Snowflake
from bot.domain.text import Block


@dataclass(frozen=True, slots=True)
class Fixation:
    """Since when the text is fixed (UTC ISO), and by whom (None: their name was erased)."""

    fixed_at: str
    fixed_by: str | None


@dataclass(frozen=True, slots=True)
class WaitingText:
    """The newest text that the forum has of a section and the programme has not. `left_at`: a person let it be."""

    section_id: SectionId
    digest: str
    blocks: tuple[Block, ...]
    noticed_at: str
    left_at: str | None = None


class WaitingRows(Protocol):
    """Whether the text is fixed, and the edits that wait."""

    def fixed(self, programme_id: ProgrammeId) -> Fixation | None:
        """Return since when the programme's text is fixed, or None while it follows the forum."""
        ...

    def fix(self, programme_id: ProgrammeId, by: str, by_id: Snowflake, at: str) -> None:
        """Store that the text is fixed. It must not be fixed already."""
        ...

    def release(self, programme_id: ProgrammeId, by: str, by_id: Snowflake, reason: str, at: str) -> None:
        """Store that the text follows the forum again, and why."""
        ...

    def find(self, section_id: SectionId) -> WaitingText | None:
        """Return the text that waits for a section, one that a person let be included, or None."""
        ...

    def all(self, programme_id: ProgrammeId) -> Sequence[WaitingText]:
        """Return what waits for the sections that stand today, in the order in which it was noticed."""
        ...

    def put(self, section_id: SectionId, digest: str, blocks: Sequence[Block], at: str) -> None:
        """Store the text that waits for a section, in the place of any that did."""
        ...

    def leave(self, section_id: SectionId, at: str) -> None:
        """Store that a person let the waiting text be."""
        ...

    def drop(self, section_id: SectionId) -> None:
        """Forget the text that waited: it was taken in, or the forum has it no more."""
        ...
