"""What was handed in and has no reference, found by words, by who may see it."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.amendments import Amendment
from bot.domain.ids import AmendmentId, ProgrammeId, Snowflake
from bot.services.meeting_rows import Search


class ReceivedRows(Protocol):
    """Amendments before they have a reference. None of them is in the index of words, which is for everybody."""

    def find(
        self,
        programme_id: ProgrammeId,
        search: Search,
        *,
        proposer_id: Snowflake | None,
        before: AmendmentId | None,
        limit: int,
    ) -> Sequence[Amendment]:
        """Return what was handed in and fits, the newest first: somebody's own, or (None) everybody's."""
        ...
