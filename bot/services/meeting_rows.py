"""Meetings, searching and what is kept about a person, as the use cases ask for it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.amendments import Amendment, Kind, Status
from bot.domain.hall import Hall
from bot.domain.ids import AmendmentId, ChapterId, ProgrammeId, SectionId, Snowflake
from bot.domain.tally import Tally


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting with its order of treatment: first what is decided in one blow, then the rest."""

    meeting_id: int
    opened_at: str
    ended_at: str | None
    hammer: tuple[AmendmentId, ...]
    rest: tuple[AmendmentId, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for among the amendments that members may see. Nothing typed finds all that fits the rest."""

    words: str = ""
    statuses: frozenset[Status] = frozenset()
    chapter_id: ChapterId | None = None
    section_id: SectionId | None = None
    kind: Kind | None = None


class MeetingRows(Protocol):
    """Meetings, and what members want to discuss in them."""

    def under_way(self, programme_id: ProgrammeId) -> Meeting | None:
        """Return the meeting that was not ended, or None."""
        ...

    def set_order(
        self, programme_id: ProgrammeId, hammer: Sequence[AmendmentId], rest: Sequence[AmendmentId], at: str
    ) -> int:
        """Store the order of treatment of the meeting under way, opening one where there is none. Return its id."""
        ...

    def end(self, meeting_id: int, tally: Tally | None, at: str) -> None:
        """Store that a meeting ended, with the votes on the whole."""
        ...

    def show(self, meeting_id: int, amendment_id: AmendmentId, at: str) -> None:
        """Store that the hall is shown an amendment from now on."""
        ...

    def hall(self, programme_id: ProgrammeId) -> Hall | None:
        """Return what the hall of the last meeting is and was shown, or None before the first."""
        ...

    def ask_to_discuss(self, amendment_id: AmendmentId, member_id: Snowflake, at: str) -> bool:
        """Store that a member wants to discuss an amendment; False when they did already."""
        ...

    def asked(self, programme_id: ProgrammeId) -> Collection[AmendmentId]:
        """Return the amendments that somebody wants to discuss."""
        ...


class SearchRows(Protocol):
    """Finding amendments by words."""

    def find(
        self, programme_id: ProgrammeId, search: Search, *, before: AmendmentId | None, limit: int
    ) -> Sequence[Amendment]:
        """Return what fits, the newest first, keyset paged: only those older than `before`."""
        ...


class PrivacyRows(Protocol):
    """All that is kept about a person, and taking it away."""

    def everything(self, member_id: Snowflake) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Return every row about a member, by what it is."""
        ...

    def everything_named(self, name: str) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Return every row about somebody who is not on Discord, by what it is."""
        ...

    def erase(self, member_id: Snowflake, name: str) -> int:
        """Erase a member: support goes, proposals stay without a name. Return how many rows were touched."""
        ...

    def erase_named(self, name: str) -> int:
        """Erase the name of somebody who is not on Discord. Return of how many amendments it was a proposer's."""
        ...

    def reduce_support(self, decided_before: str) -> int:
        """Reduce the support of what was decided before a moment to numbers. Return of how many amendments."""
        ...
