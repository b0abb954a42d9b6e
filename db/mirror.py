"""The mirror's rows: what was meant to be made in a guild, what Discord called it, and what was shown last."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from bot.domain.ids import BlockId, ProgrammeId, Snowflake
from bot.mirror.resources import Key, Known, ResourceKind
from db.encoding import decode_layout, decode_words, encode_layout, encode_words

_KNOWN: Final = "SELECT key, kind, parent, discord_id, digest, intended_at, pinned, layout, removed FROM resources"


class SqliteMirror:
    """`MirrorRows` in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def known(self, programme_id: ProgrammeId) -> Mapping[Key, Known]:
        """Return all that stands in the programme's guild, and the intents without an id, by key."""
        rows = self._connection.execute(_KNOWN + " WHERE programme_id = ? ORDER BY key", (programme_id,))
        return {row["key"]: _known(row) for row in rows}

    def find(self, programme_id: ProgrammeId, key: Key) -> Known | None:
        """Return what is known of one thing, or None."""
        row = self._connection.execute(_KNOWN + " WHERE programme_id = ? AND key = ?", (programme_id, key)).fetchone()
        return _known(row) if row else None

    def standing_as(self, programme_id: ProgrammeId, discord_id: Snowflake) -> Sequence[Known]:
        """Return what stands as a message, channel or post of Discord's. A post's first message has its id."""
        rows = self._connection.execute(
            _KNOWN + " WHERE programme_id = ? AND discord_id = ? ORDER BY key", (programme_id, discord_id)
        )
        return [_known(row) for row in rows]

    def intend(
        self, programme_id: ProgrammeId, key: Key, kind: ResourceKind, parent: Key | None, intended_at: Snowflake
    ) -> None:
        """Write down that this is about to be created. An intent that stands keeps its moment."""
        self._connection.execute(
            "INSERT INTO resources (programme_id, key, kind, parent, intended_at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (programme_id, key) DO UPDATE SET kind = excluded.kind, parent = excluded.parent",
            (programme_id, key, kind, parent, intended_at),
        )

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
        changed = self._connection.execute(
            "UPDATE resources SET discord_id = ?, digest = ?, pinned = ?, layout = ?, words = ?"
            " WHERE programme_id = ? AND key = ?",
            (discord_id, digest, pinned, encode_layout(layout), encode_words(words), programme_id, key),
        )
        if not changed.rowcount:
            raise LookupError(key)

    def remove(self, programme_id: ProgrammeId, key: Key) -> None:
        """Write down that people deleted a message, or the first one of a post."""
        self._connection.execute(
            "UPDATE resources SET removed = 1 WHERE programme_id = ? AND key = ?", (programme_id, key)
        )

    def words(self, programme_id: ProgrammeId, keys: Collection[Key]) -> Mapping[Key, Sequence[str]]:
        """Return the plain words that stand in these, as far as known: one for each block of their layout."""
        found: dict[Key, Sequence[str]] = {}
        for key in keys:
            row = self._connection.execute(
                "SELECT words FROM resources WHERE programme_id = ? AND key = ? AND words IS NOT NULL",
                (programme_id, key),
            ).fetchone()
            if row:
                found[key] = decode_words(row["words"])
        return found

    def forget(self, programme_id: ProgrammeId, key: Key) -> None:
        """Drop what is known of this, because it no longer stands in the guild.

        Of the channels in it, Discord took them out of it, it is no longer known what they are like.
        """
        self._connection.execute(
            "UPDATE resources SET digest = NULL WHERE programme_id = ? AND parent = ? AND kind IN ('text', 'forum')",
            (programme_id, key),
        )
        self._connection.execute("DELETE FROM resources WHERE programme_id = ? AND key = ?", (programme_id, key))


def _known(row: sqlite3.Row) -> Known:
    return Known(
        key=row["key"],
        kind=ResourceKind(row["kind"]),
        parent=row["parent"],
        discord_id=row["discord_id"],
        digest=row["digest"],
        intended_at=row["intended_at"],
        pinned=bool(row["pinned"]),
        layout=decode_layout(row["layout"]),
        removed=bool(row["removed"]),
    )
