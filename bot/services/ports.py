"""What the use cases need of the world outside, as protocols that `db` and `bot.mirror` fulfil.

A unit is one transaction: its methods run on the database's own thread, one after the other, without awaiting.
So a whole command is one hop to that thread and either happens or does not.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar

from bot.services.announcement_rows import AnnouncementRows
from bot.services.decision_rows import AdviceRows, DecisionRows
from bot.services.digest_rows import DigestRows
from bot.services.guild_rows import GuildRows
from bot.services.meeting_rows import MeetingRows, PrivacyRows, SearchRows
from bot.services.member_rows import CoProposerRows, MemberRows
from bot.services.mirror_rows import MirrorRows
from bot.services.phase_rows import PhaseRows
from bot.services.received_rows import ReceivedRows
from bot.services.rows import (
    AmendmentFilter,
    AmendmentRows,
    FactRows,
    InteractionRows,
    ProgrammeRows,
    SectionLine,
)
from bot.services.run_rows import RunRows
from bot.services.source_rows import AbsenceRows, FlagRows, ListingRows, PassRows
from bot.services.suggest_rows import SuggestRows
from bot.services.waiting_rows import WaitingRows

__all__ = [
    "AbsenceRows",
    "AdviceRows",
    "AmendmentFilter",
    "AmendmentRows",
    "AnnouncementRows",
    "Clock",
    "CoProposerRows",
    "DecisionRows",
    "DigestRows",
    "FactRows",
    "FlagRows",
    "GuildRows",
    "InteractionRows",
    "ListingRows",
    "MeetingRows",
    "MemberRows",
    "MirrorRows",
    "PassRows",
    "PhaseRows",
    "PrivacyRows",
    "ProgrammeRows",
    "RunRows",
    "SearchRows",
    "SectionLine",
    "Store",
    "SuggestRows",
    "Unit",
    "WaitingRows",
]

T = TypeVar("T")


class Unit(Protocol):
    """One transaction's view of everything stored."""

    @property
    def programmes(self) -> ProgrammeRows:
        """Programmes, chapters, sections with their versions, and contributions."""
        ...

    @property
    def guilds(self) -> GuildRows:
        """What each guild chose for itself."""
        ...

    @property
    def amendments(self) -> AmendmentRows:
        """Amendments with their versions, support and history."""
        ...

    @property
    def mirror(self) -> MirrorRows:
        """What stands in a guild as far as the bot knows."""
        ...

    @property
    def interactions(self) -> InteractionRows:
        """Which interactions were handled."""
        ...

    @property
    def facts(self) -> FactRows:
        """Single remembered facts."""
        ...

    @property
    def absences(self) -> AbsenceRows:
        """What is missing on the forum, and what is gone."""
        ...

    @property
    def listings(self) -> ListingRows:
        """What the forum's lists showed last."""
        ...

    @property
    def passes(self) -> PassRows:
        """How each pass over the forum went."""
        ...

    @property
    def flags(self) -> FlagRows:
        """What a person must look at."""
        ...

    @property
    def runs(self) -> RunRows:
        """Runs of the mirror."""
        ...

    @property
    def waiting(self) -> WaitingRows:
        """Whether the text is fixed, and the edits that wait."""
        ...

    @property
    def phases(self) -> PhaseRows:
        """Phases and deadlines of programmes."""
        ...

    @property
    def advice(self) -> AdviceRows:
        """Advice in draft, and what belongs to the published one."""
        ...

    @property
    def decisions(self) -> DecisionRows:
        """Decisions, and mergings that wait for consent."""
        ...

    @property
    def co_proposers(self) -> CoProposerRows:
        """Co-proposers of amendments."""
        ...

    @property
    def members(self) -> MemberRows:
        """What members chose and follow, and what they are to learn."""
        ...

    @property
    def meetings(self) -> MeetingRows:
        """Meetings, and what members want to discuss in them."""
        ...

    @property
    def announcements(self) -> AnnouncementRows:
        """What is to be said once in the guild."""
        ...

    @property
    def digests(self) -> DigestRows:
        """Until when members were told of what happened."""
        ...

    @property
    def search(self) -> SearchRows:
        """Finding amendments by words."""
        ...

    @property
    def received(self) -> ReceivedRows:
        """What was handed in and has no reference yet."""
        ...

    @property
    def suggest(self) -> SuggestRows:
        """Suggestions while somebody types."""
        ...

    @property
    def privacy(self) -> PrivacyRows:
        """All that is kept about a person, and taking it away."""
        ...


class Store(Protocol):
    """The database."""

    async def transact(
        self, work: Callable[[Unit], T], meanwhile: Callable[[T], object] | None = None, *, alone: bool = False
    ) -> T:
        """Run the work in one write transaction; anything raised rolls it back.

        `meanwhile` is called with what the work returned while that is committed, to prepare what will be said of it.
        What may take long is run `alone`: who came before is answered before it begins.
        """
        ...

    async def read(self, work: Callable[[Unit], T]) -> T:
        """Run the work on one consistent state, writing nothing."""
        ...

    @property
    def news(self) -> int:
        """A number that grows when there is something new that members are to learn."""
        ...

    async def purge(self) -> None:
        """See to it that what was erased is in none of the database's files any more."""
        ...


class Clock(Protocol):
    """Tells the time as an aware UTC moment in ISO format to the second: "2026-11-23T20:15:00+00:00"."""

    def __call__(self) -> str:
        """Return this moment."""
        ...
