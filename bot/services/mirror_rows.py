"""What is stored of a guild's mirror: what was meant to be made, what Discord called it, and what was shown last."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from bot.domain.ids import BlockId, ProgrammeId, Snowflake
from bot.mirror.resources import Key, Known, ResourceKind


class MirrorRows(Protocol):
    """What stands in a guild as far as the bot knows."""

    def known(self, programme_id: ProgrammeId) -> Mapping[Key, Known]:
        """Return all that stands in the programme's guild, and the intents without an id, by key."""
        ...

    def find(self, programme_id: ProgrammeId, key: Key) -> Known | None:
        """Return what is known of one thing, or None."""
        ...

    def standing_as(self, programme_id: ProgrammeId, discord_id: Snowflake) -> Sequence[Known]:
        """Return what stands as a message, channel or post of Discord's. A post's first message has its id."""
        ...

    def intend(
        self, programme_id: ProgrammeId, key: Key, kind: ResourceKind, parent: Key | None, intended_at: Snowflake
    ) -> None:
        """Write down that this is about to be created. An intent that stands keeps its moment."""
        ...

    def applied(
        self,
        programme_id: ProgrammeId,
        key: Key,
        *,
        discord_id: Snowflake,
        digest: str,
        pinned: bool,
        layout: Sequence[BlockId],
        words: Sequence[str] = (),
    ) -> None:
        """Write down what stands now. Raises `LookupError` where nothing was intended under this key."""
        ...

    def remove(self, programme_id: ProgrammeId, key: Key) -> None:
        """Write down that people deleted a message, or the first one of a post."""
        ...

    def words(self, programme_id: ProgrammeId, keys: Collection[Key]) -> Mapping[Key, Sequence[str]]:
        """Return the plain words that stand in these, as far as known: one for each block of their layout."""
        ...

    def forget(self, programme_id: ProgrammeId, key: Key) -> None:
        """Drop what is known of this, and how the channels in it are. Do so before it is made anew."""
        ...
