"""What is remembered in single rows: the interactions that were handled, and facts by name."""

import sqlite3
from typing import Final

from bot.domain.ids import Snowflake

# Discord delivers again within seconds. What was answered may say what somebody supports, so it is not kept longer
# than a day. A snowflake holds its milliseconds above its lowest 22 bits.
_MILLISECONDS: Final = 22
_KEPT: Final = 24 * 60 * 60 * 1000 << _MILLISECONDS
_SELDOM: Final = 16


class SqliteInteractions:
    """`InteractionRows` in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def outcome(self, interaction_id: Snowflake) -> str | None:
        """Return what came of an interaction, or None for one that was not handled yet."""
        row = self._connection.execute("SELECT outcome FROM interactions WHERE id = ?", (interaction_id,)).fetchone()
        return row["outcome"] if row else None

    def remember(self, interaction_id: Snowflake, outcome: str, at: str) -> bool:
        """Write down what came of an interaction; False where something was, which stays.

        Those a day older are dropped now and then: at one in so many, by its millisecond.
        """
        added = self._connection.execute(
            "INSERT INTO interactions (id, outcome, handled_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (interaction_id, outcome, at),
        )
        if not (interaction_id >> _MILLISECONDS) % _SELDOM:
            self._connection.execute("DELETE FROM interactions WHERE id < ?", (interaction_id - _KEPT,))
        return added.rowcount > 0


class SqliteFacts:
    """`FactRows` in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> str | None:
        """Return a remembered fact, or None."""
        row = self._connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return row["value"] if row else None

    def put(self, name: str, value: str) -> None:
        """Remember a fact in the place of what was remembered under its name."""
        self._connection.execute(
            "INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, value),
        )

    def forget(self, name: str) -> None:
        """Remember a fact no more."""
        self._connection.execute("DELETE FROM facts WHERE name = ?", (name,))
