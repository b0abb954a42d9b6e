"""What is suggested while somebody types, as the use cases ask for it: few and short rows, found by an index."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from bot.domain.ids import AmendmentId, PostId, ProgrammeId


class Named(NamedTuple):
    """An amendment that members may see, as it is suggested."""

    reference: str
    title: str


class FreeReply(NamedTuple):
    """A reply of which no amendment is made."""

    post_id: PostId
    author: str | None
    code: str
    text: str


class SuggestRows(Protocol):
    """Suggestions. What is typed is looked for as the beginnings of words, or as a part of a reference."""

    def amendments(self, programme_id: ProgrammeId, typed: str, limit: int) -> Sequence[Named]:
        """Return the amendments that fit what is typed, the newest first."""
        ...

    def undecided(self, programme_id: ProgrammeId, limit: int) -> Sequence[tuple[AmendmentId, str]]:
        """Return what amendments say that are not decided yet, by status and age: their text, or what is to go."""
        ...

    def replies(self, programme_id: ProgrammeId, words: Sequence[str], limit: int) -> Sequence[FreeReply]:
        """Return the replies that hold all these words somewhere, the newest first."""
        ...

    def proposers(self, programme_id: ProgrammeId) -> Sequence[str]:
        """Return everybody who proposed something that members may see, by name."""
        ...

    def authors(self, programme_id: ProgrammeId) -> Sequence[str]:
        """Return everybody who wrote a reply that stands on the forum, by name."""
        ...
