"""The rows of periods that members were told of, and what happened in one."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final

from bot.domain.amendments import Amendment, Status
from bot.domain.happened import Happened
from bot.domain.ids import ProgrammeId
from db.loading import AMENDMENTS, amendment_of

_PERIOD: Final = " WHERE a.programme_id = :id AND a.reference IS NOT NULL AND a.id IN (SELECT "
_IN_ORDER: Final = ") ORDER BY a.section_id, a.sequence"
_NEW: Final = (
    AMENDMENTS
    + _PERIOD
    + "e.amendment_id FROM events AS e WHERE e.from_status = 'submitted' AND e.to_status = 'open'"
    + " AND e.at > :since AND e.at <= :until"
    + _IN_ORDER
)
_ADVISED: Final = (
    AMENDMENTS
    + _PERIOD
    + "p.amendment_id FROM published_advice AS p WHERE p.published_at > :since AND p.published_at <= :until"
    + _IN_ORDER
)
# What was undone since is not told: an amendment must stand where it came to in the period.
_SETTLED: Final = (
    AMENDMENTS
    + _PERIOD
    + "e.amendment_id FROM events AS e WHERE e.to_status = a.status AND e.from_status IS NOT e.to_status"
    + " AND e.to_status <> 'open' AND e.at > :since AND e.at <= :until"
    + _IN_ORDER
)


class SqliteDigests:
    """`DigestRows` in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def last(self, programme_id: ProgrammeId) -> str | None:
        """Return the end of the last period, or None before the first."""
        row = self._connection.execute(
            "SELECT max(until) AS until FROM digests WHERE programme_id = ?", (programme_id,)
        ).fetchone()
        return row["until"]

    def add(self, programme_id: ProgrammeId, until: str) -> None:
        """Store that a period ended."""
        self._connection.execute("INSERT INTO digests (programme_id, until) VALUES (?, ?)", (programme_id, until))

    def happened(self, programme_id: ProgrammeId, since: str, until: str) -> Happened:
        """Return what happened after one moment and not after another, as far as it still holds."""
        period = {"id": programme_id, "since": since, "until": until}
        settled = self._found(_SETTLED, period)
        by_status = ((status, [each for each in settled if each.status is status]) for status in Status)
        return Happened(
            new=self._found(_NEW, period),
            advised=self._found(_ADVISED, period),
            settled=tuple((status, members) for status, members in by_status if members),
        )

    def _found(self, query: str, period: Mapping[str, object]) -> Sequence[Amendment]:
        return [amendment_of(row) for row in self._connection.execute(query, period)]
