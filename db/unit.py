"""One transaction's view of everything stored: the aggregates over the same connection."""

import sqlite3

from db.absences import SqliteAbsences
from db.amendments import SqliteAmendments
from db.flags import SqliteFlags
from db.interactions import SqliteFacts, SqliteInteractions
from db.mirror import SqliteMirror
from db.passes import SqliteListings, SqlitePasses
from db.programmes import SqliteProgrammes
from db.runs import SqliteRuns
from db.waiting import SqliteWaiting


class SqliteUnit:
    """A `Unit`. It is good for the transaction in which it was made, on the connection's own thread."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @property
    def programmes(self) -> SqliteProgrammes:
        """Programmes, chapters, sections with their versions, and contributions."""
        return SqliteProgrammes(self._connection)

    @property
    def amendments(self) -> SqliteAmendments:
        """Amendments with their versions, support and history."""
        return SqliteAmendments(self._connection)

    @property
    def mirror(self) -> SqliteMirror:
        """What stands in a guild as far as the bot knows."""
        return SqliteMirror(self._connection)

    @property
    def interactions(self) -> SqliteInteractions:
        """Which interactions were handled."""
        return SqliteInteractions(self._connection)

    @property
    def facts(self) -> SqliteFacts:
        """Single remembered facts."""
        return SqliteFacts(self._connection)

    @property
    def absences(self) -> SqliteAbsences:
        """What is missing on the forum, and what is gone."""
        return SqliteAbsences(self._connection)

    @property
    def listings(self) -> SqliteListings:
        """What the forum's lists showed last."""
        return SqliteListings(self._connection)

    @property
    def passes(self) -> SqlitePasses:
        """How each pass over the forum went."""
        return SqlitePasses(self._connection)

    @property
    def flags(self) -> SqliteFlags:
        """What a person must look at."""
        return SqliteFlags(self._connection)

    @property
    def runs(self) -> SqliteRuns:
        """Runs of the mirror."""
        return SqliteRuns(self._connection)

    @property
    def waiting(self) -> SqliteWaiting:
        """Whether the text is fixed, and the edits that wait."""
        return SqliteWaiting(self._connection)
