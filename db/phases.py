"""The rows of phases and deadlines."""

import sqlite3
from functools import lru_cache
from typing import Any, Final

from bot.domain.deadlines import Deadline
from bot.domain.ids import ProgrammeId
from bot.domain.people import Actor
from bot.domain.phases import Calendar, Phase

_CALENDAR: Final = (
    "SELECT 'phase', phase, NULL FROM"
    " (SELECT phase FROM phase_changes WHERE programme_id = :id ORDER BY id DESC LIMIT 1)"
    " UNION ALL SELECT 'begins', phase, begins_at FROM phases WHERE programme_id = :id"
    " UNION ALL SELECT 'deadline', name, at FROM deadlines WHERE programme_id = :id"
)

_KEPT: Final = 64
"""Calendars that are kept as they were put together: each act asks for one, and they seldom change."""


class SqlitePhases:
    """`PhaseRows` in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def calendar(self, programme_id: ProgrammeId) -> Calendar:
        """Return where a programme stands."""
        return _calendar(tuple(tuple(row) for row in self._connection.execute(_CALENDAR, {"id": programme_id})))

    def entered(self, programme_id: ProgrammeId) -> bool:
        """Tell whether anybody ever put the programme in a phase."""
        row = self._connection.execute("SELECT 1 FROM phase_changes WHERE programme_id = ? LIMIT 1", (programme_id,))
        return row.fetchone() is not None

    def enter(self, programme_id: ProgrammeId, phase: Phase, actor: Actor, at: str, reason: str | None = None) -> None:
        """Store that a programme is in a phase from now on."""
        self._connection.execute(
            "INSERT INTO phase_changes (programme_id, phase, at, actor, actor_id, reason) VALUES (?, ?, ?, ?, ?, ?)",
            (programme_id, phase, at, actor.name, actor.member_id, reason),
        )
        self.plan(programme_id, phase, at)

    def plan(self, programme_id: ProgrammeId, phase: Phase, at: str | None) -> None:
        """Store when a phase is planned to begin; None takes the plan back."""
        if at is None:
            self._connection.execute("DELETE FROM phases WHERE programme_id = ? AND phase = ?", (programme_id, phase))
            return
        self._connection.execute(
            "INSERT INTO phases (programme_id, phase, begins_at) VALUES (?, ?, ?)"
            " ON CONFLICT (programme_id, phase) DO UPDATE SET begins_at = excluded.begins_at",
            (programme_id, phase, at),
        )

    def set_deadline(self, programme_id: ProgrammeId, deadline: Deadline, at: str | None) -> None:
        """Store the UTC moment at which a deadline is over; None takes it away."""
        if at is None:
            self._connection.execute(
                "DELETE FROM deadlines WHERE programme_id = ? AND name = ?", (programme_id, deadline)
            )
            return
        self._connection.execute(
            "INSERT INTO deadlines (programme_id, name, at) VALUES (?, ?, ?)"
            " ON CONFLICT (programme_id, name) DO UPDATE SET at = excluded.at",
            (programme_id, deadline, at),
        )


@lru_cache(_KEPT)
def _calendar(rows: tuple[tuple[Any, ...], ...]) -> Calendar:
    return Calendar(
        phase=next((Phase(name) for what, name, _ in rows if what == "phase"), Phase.AMENDING),
        deadlines={Deadline(name): at for what, name, at in rows if what == "deadline"},
        begins={Phase(name): at for what, name, at in rows if what == "begins"},
    )
