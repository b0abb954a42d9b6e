"""One transaction's view of everything stored: the aggregates over the same connection."""

import sqlite3

from db.absences import SqliteAbsences
from db.advice import SqliteAdvice
from db.amendments import SqliteAmendments
from db.announcements import SqliteAnnouncements
from db.co_proposers import SqliteCoProposers
from db.decisions import SqliteDecisions
from db.digests import SqliteDigests
from db.flags import SqliteFlags
from db.guilds import SqliteGuilds
from db.interactions import SqliteFacts, SqliteInteractions
from db.meetings import SqliteMeetings
from db.members import SqliteMembers
from db.mirror import SqliteMirror
from db.passes import SqliteListings, SqlitePasses
from db.phases import SqlitePhases
from db.privacy import SqlitePrivacy
from db.programmes import SqliteProgrammes
from db.received import SqliteReceived
from db.runs import SqliteRuns
from db.searching import SqliteSearch
from db.suggesting import SqliteSuggest
from db.waiting import SqliteWaiting


class SqliteUnit:
    """A `Unit`. It is good for the transaction in which it was made, on the connection's own thread."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.news = False
        """Whether anybody is to learn something by this transaction."""

    @property
    def programmes(self) -> SqliteProgrammes:
        """Programmes, chapters, sections with their versions, and contributions."""
        return SqliteProgrammes(self._connection)

    @property
    def guilds(self) -> SqliteGuilds:
        """What each guild chose for itself."""
        return SqliteGuilds(self._connection)

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

    @property
    def phases(self) -> SqlitePhases:
        """Phases and deadlines of programmes."""
        return SqlitePhases(self._connection)

    @property
    def advice(self) -> SqliteAdvice:
        """Advice in draft, and what belongs to the published one."""
        return SqliteAdvice(self._connection)

    @property
    def decisions(self) -> SqliteDecisions:
        """Decisions, and mergings that wait for consent."""
        return SqliteDecisions(self._connection)

    @property
    def co_proposers(self) -> SqliteCoProposers:
        """Co-proposers of amendments."""
        return SqliteCoProposers(self._connection)

    @property
    def members(self) -> SqliteMembers:
        """What members chose and follow, and what they are to learn."""
        return SqliteMembers(self._connection, self._hear)

    @property
    def meetings(self) -> SqliteMeetings:
        """Meetings, and what members want to discuss in them."""
        return SqliteMeetings(self._connection)

    @property
    def announcements(self) -> SqliteAnnouncements:
        """What is to be said once in the guild."""
        return SqliteAnnouncements(self._connection)

    @property
    def digests(self) -> SqliteDigests:
        """Until when members were told of what happened."""
        return SqliteDigests(self._connection)

    @property
    def search(self) -> SqliteSearch:
        """Finding amendments by words."""
        return SqliteSearch(self._connection)

    @property
    def received(self) -> SqliteReceived:
        """What was handed in and has no reference yet."""
        return SqliteReceived(self._connection)

    @property
    def suggest(self) -> SqliteSuggest:
        """Suggestions while somebody types."""
        return SqliteSuggest(self._connection)

    @property
    def privacy(self) -> SqlitePrivacy:
        """All that is kept about a person, and taking it away."""
        return SqlitePrivacy(self._connection)

    def _hear(self) -> None:
        self.news = True
