"""What is kept about members, as the use cases ask for it: names, co-proposers, follows, notices, forum authors."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.domain.amendments import Amendment
from bot.domain.ids import AmendmentId, ProgrammeId, Snowflake
from bot.domain.people import Actor


class Invitation(StrEnum):
    """How a co-proposer answered."""

    INVITED = "invited"
    CONSENTED = "consented"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class CoProposer:
    """A mede-indiener. Members see only those who consented."""

    co_proposer_id: int
    amendment_id: AmendmentId
    member_id: Snowflake | None
    name: str | None
    state: Invitation
    at: str
    recorded_by: str | None = None


class News(StrEnum):
    """What a member is to learn about an amendment."""

    VERSION = "version"
    RETURNED = "returned"
    TURNED_AWAY = "turned away"
    ADMITTED = "admitted"
    ADVISED = "advised"
    DECIDED = "decided"
    CORRECTED = "corrected"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    TAKEN_OVER = "taken over"
    MERGED = "merged"
    INVITED = "invited"
    ASKED_TO_MERGE = "asked to merge"


@dataclass(frozen=True, slots=True)
class Notice:
    """One piece of news that a member was not told yet."""

    notice_id: int
    amendment: Amendment
    news: News
    at: str


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a member chose in one guild: the name for the amendment book, and whether the bot may write to them."""

    book_name: str | None = None
    messages: bool = False


class CoProposerRows(Protocol):
    """Co-proposers of amendments."""

    def of(self, amendment_id: AmendmentId) -> Sequence[CoProposer]:
        """Return everybody who was asked, in the order of asking."""
        ...

    def load(self, co_proposer_id: int) -> CoProposer | None:
        """Return one, or None."""
        ...

    def waiting_for(self, member_id: Snowflake) -> Sequence[CoProposer]:
        """Return the invitations that a member did not answer."""
        ...

    def invite(
        self,
        amendment_id: AmendmentId,
        member_id: Snowflake | None,
        name: str,
        at: str,
        *,
        state: Invitation = Invitation.INVITED,
        recorded_by: str | None = None,
    ) -> int:
        """Store somebody who is asked, or whose consent was written down for them."""
        ...

    def answer(self, co_proposer_id: int, state: Invitation, at: str) -> None:
        """Store how somebody answered."""
        ...

    def remove(self, co_proposer_id: int) -> None:
        """Take an invitation or a consent back."""
        ...


class MemberRows(Protocol):
    """What members chose and follow, what they are to learn, and who they are on the forum."""

    def preferences(self, programme_id: ProgrammeId, member_id: Snowflake) -> Preferences:
        """Return what a member chose where this programme is at home."""
        ...

    def set_book_name(self, programme_id: ProgrammeId, member_id: Snowflake, name: str, at: str) -> None:
        """Store the name that a member wants in the amendment book of a programme."""
        ...

    def set_messages(self, programme_id: ProgrammeId, member_id: Snowflake, *, messages: bool, at: str) -> None:
        """Store whether the bot may write to a member about a programme."""
        ...

    def link_author(self, programme_id: ProgrammeId, author: str, member_id: Snowflake, actor: Actor, at: str) -> int:
        """Store which member an author of the forum is; their amendments become the member's. Return how many."""
        ...

    def authors(self, programme_id: ProgrammeId) -> Mapping[str, Snowflake]:
        """Return which members the authors of the forum are, as far as linked."""
        ...

    def follow(self, amendment_id: AmendmentId, member_id: Snowflake, at: str) -> bool:
        """Let a member follow an amendment; False when they did."""
        ...

    def unfollow(self, amendment_id: AmendmentId, member_id: Snowflake) -> bool:
        """Let a member follow an amendment no longer; False when they did not."""
        ...

    def follows(self, amendment_id: AmendmentId, member_id: Snowflake) -> bool:
        """Tell whether a member follows an amendment."""
        ...

    def tell(self, member_id: Snowflake, amendment_id: AmendmentId, news: News, at: str) -> None:
        """Keep a piece of news for a member. The same news twice is told once, the last time it came."""
        ...

    def tell_followers(
        self, amendment_id: AmendmentId, news: News, at: str, *, apart_from: Snowflake | None = None
    ) -> None:
        """Keep a piece of news for all who support or follow an amendment, and for who proposed it."""
        ...

    def with_news(self) -> frozenset[Snowflake]:
        """Return everybody who was not told something yet."""
        ...

    def notices(self, member_id: Snowflake, limit: int) -> Sequence[Notice]:
        """Return what a member was not told yet, the oldest first."""
        ...

    def told(self, notice_ids: Sequence[int]) -> None:
        """Drop the news that was told."""
        ...

    def to_write(self, programme_id: ProgrammeId, limit: int) -> Sequence[tuple[Snowflake, Notice]]:
        """Return the news for members who let the bot write to them, the oldest first."""
        ...

    def to_mention(self, programme_id: ProgrammeId, public: Collection[News]) -> Sequence[Notice]:
        """Return the news of these kinds for proposers about their own public amendment, by section.

        Not for members who let the bot write to them: they are told so.
        """
        ...
