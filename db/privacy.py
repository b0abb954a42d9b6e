"""All that is kept about a person, and taking it away. What is public of a proposal stays, without the name."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final

from bot.domain.ids import Snowflake

_OF: Final = "SELECT (SELECT p.title FROM programmes AS p WHERE p.id = a.programme_id) AS programme, "
"""What every row begins with: a member of two guilds sees which of them it is of."""
_ABOUT: Final = {
    "proposals": (
        _OF + "a.reference, a.receipt, a.status, a.origin, a.proposer, a.created_at, v.number AS version, v.kind,"
        " v.title, v.text, v.old_text, v.explanation FROM amendments AS a"
        " JOIN amendment_versions AS v ON v.amendment_id = a.id WHERE a.proposer_id = :id ORDER BY a.id, v.number"
    ),
    "support": (
        _OF + "a.reference, s.given_at FROM supports AS s JOIN amendments AS a ON a.id = s.amendment_id"
        " WHERE s.member_id = :id ORDER BY a.id"
    ),
    "history": (
        _OF + "a.reference, a.receipt, e.at, e.actor, e.on_behalf, e.from_status, e.to_status, e.reason FROM events"
        " AS e JOIN amendments AS a ON a.id = e.amendment_id WHERE e.actor_id = :id ORDER BY e.id"
    ),
    "co_proposals": (
        _OF + "a.reference, a.receipt, c.name, c.state, c.at, c.recorded_by FROM co_proposers AS c"
        " JOIN amendments AS a ON a.id = c.amendment_id WHERE c.member_id = :id ORDER BY c.id"
    ),
    "merging": (
        _OF + "a.reference, m.name, m.consented_at FROM merge_consents AS m JOIN amendments AS a"
        " ON a.id = m.amendment_id WHERE m.member_id = :id ORDER BY m.id"
    ),
    "follows": (
        _OF + "a.reference, f.at FROM follows AS f JOIN amendments AS a ON a.id = f.amendment_id"
        " WHERE f.member_id = :id ORDER BY a.id"
    ),
    "notices": (
        _OF + "a.reference, n.news, n.at FROM notices AS n JOIN amendments AS a ON a.id = n.amendment_id"
        " WHERE n.member_id = :id ORDER BY n.id"
    ),
    "discussion": (
        _OF + "a.reference, d.at FROM discuss_requests AS d JOIN amendments AS a ON a.id = d.amendment_id"
        " WHERE d.member_id = :id ORDER BY a.id"
    ),
    "preferences": _OF
    + "a.book_name, a.messages, a.at FROM members AS a WHERE a.member_id = :id ORDER BY a.programme_id",
    "forum": _OF + "a.author, a.at FROM forum_authors AS a WHERE a.member_id = :id ORDER BY a.programme_id, a.author",
    "advice": (
        _OF + "a.reference, d.advice, d.explanation, d.at FROM advice_drafts AS d JOIN amendments AS a"
        " ON a.id = d.amendment_id WHERE d.author_id = :id ORDER BY a.id"
    ),
    "announcements": _OF + "a.text, a.at FROM announcements AS a WHERE a.mention = :id ORDER BY a.id",
    "phases": _OF + "a.phase, a.at, a.actor, a.reason FROM phase_changes AS a WHERE a.actor_id = :id ORDER BY a.id",
    "fixed": _OF + "a.fixed_at, a.fixed_by FROM fixations AS a WHERE a.fixed_by_id = :id ORDER BY a.id",
    "released": (
        _OF + "a.released_at, a.released_by, a.reason FROM fixations AS a WHERE a.released_by_id = :id ORDER BY a.id"
    ),
}
_ABOUT_NAME: Final = {
    "proposals": (
        _OF + "a.reference, a.receipt, a.status, a.origin, a.proposer, a.created_at, v.number AS version, v.kind,"
        " v.title, v.text, v.old_text, v.explanation FROM amendments AS a"
        " JOIN amendment_versions AS v ON v.amendment_id = a.id"
        " WHERE a.proposer = :name COLLATE NOCASE AND a.proposer_id IS NULL ORDER BY a.id, v.number"
    ),
    "co_proposals": (
        _OF + "a.reference, a.receipt, c.name, c.state, c.at, c.recorded_by FROM co_proposers AS c"
        " JOIN amendments AS a ON a.id = c.amendment_id"
        " WHERE c.name = :name COLLATE NOCASE AND c.member_id IS NULL ORDER BY c.id"
    ),
    "merging": (
        _OF + "a.reference, a.receipt, m.name, m.consented_at, m.recorded_by FROM merge_consents AS m"
        " JOIN amendments AS a ON a.id = m.amendment_id"
        " WHERE m.name = :name COLLATE NOCASE AND m.member_id IS NULL ORDER BY m.id"
    ),
    "history": (
        _OF + "a.reference, a.receipt, e.at, e.actor, e.on_behalf, e.from_status, e.to_status, e.reason FROM events"
        " AS e JOIN amendments AS a ON a.id = e.amendment_id WHERE e.on_behalf = :name COLLATE NOCASE"
        " OR (e.actor = :name COLLATE NOCASE AND e.actor_id IS NULL) ORDER BY e.id"
    ),
}
# What nobody ever saw is nobody's but its writer's: its words go too. The row stays, for its receipt number was given.
# Who wrote down somebody's consent stands there by name alone: the names are those under which they acted.
_ERASE: Final = (
    (
        "UPDATE co_proposers SET recorded_by = NULL WHERE recorded_by = :name"
        " OR recorded_by IN (SELECT actor FROM events WHERE actor_id = :id)"
    ),
    (
        "UPDATE merge_consents SET recorded_by = NULL WHERE recorded_by = :name"
        " OR recorded_by IN (SELECT actor FROM events WHERE actor_id = :id)"
    ),
    (
        "UPDATE amendment_versions SET title = '', text = '', old_text = NULL, explanation = '' WHERE amendment_id IN"
        " (SELECT id FROM amendments WHERE proposer_id = :id AND reference IS NULL"
        " AND status IN ('draft', 'withdrawn'))"
    ),
    "DELETE FROM supports WHERE member_id = :id",
    "DELETE FROM follows WHERE member_id = :id",
    "DELETE FROM notices WHERE member_id = :id",
    "DELETE FROM discuss_requests WHERE member_id = :id",
    "UPDATE announcements SET mention = NULL WHERE mention = :id",
    "DELETE FROM members WHERE member_id = :id",
    "DELETE FROM co_proposers WHERE member_id = :id",
    "UPDATE merge_consents SET member_id = NULL, name = NULL WHERE member_id = :id",
    "UPDATE merges SET actor = NULL, actor_id = NULL WHERE actor_id = :id",
    "UPDATE advice_drafts SET author = NULL, author_id = NULL WHERE author_id = :id",
    "UPDATE phase_changes SET actor = NULL, actor_id = NULL WHERE actor_id = :id",
    "UPDATE fixations SET fixed_by = NULL, fixed_by_id = NULL WHERE fixed_by_id = :id",
    "UPDATE fixations SET released_by = NULL, released_by_id = NULL WHERE released_by_id = :id",
    "UPDATE forum_authors SET actor = NULL, actor_id = NULL WHERE actor_id = :id",
    (
        "UPDATE events SET on_behalf = NULL WHERE on_behalf IS NOT NULL"
        " AND amendment_id IN (SELECT id FROM amendments WHERE proposer_id = :id)"
    ),
    "UPDATE events SET actor = NULL, actor_id = NULL WHERE actor_id = :id",
    (
        "UPDATE events SET actor = NULL WHERE actor_id IS NULL AND actor IS NOT NULL"
        " AND amendment_id IN (SELECT id FROM amendments WHERE proposer_id = :id)"
    ),
    "DELETE FROM forum_authors WHERE member_id = :id",
    "UPDATE amendments SET proposer = NULL, proposer_id = NULL WHERE proposer_id = :id",
)
_ERASE_NAME: Final = (
    "UPDATE events SET actor = NULL WHERE actor = :name COLLATE NOCASE AND actor_id IS NULL",
    "UPDATE events SET on_behalf = NULL WHERE on_behalf = :name COLLATE NOCASE",
    "UPDATE merge_consents SET name = NULL WHERE name = :name COLLATE NOCASE AND member_id IS NULL",
    "DELETE FROM co_proposers WHERE name = :name COLLATE NOCASE AND member_id IS NULL",
    "UPDATE amendments SET proposer = NULL WHERE proposer = :name COLLATE NOCASE AND proposer_id IS NULL",
)


class SqlitePrivacy:
    """`PrivacyRows` in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def everything(self, member_id: Snowflake) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Return every row about a member, by what it is."""
        found: dict[str, Sequence[Mapping[str, object]]] = {}
        for what, query in _ABOUT.items():
            found[what] = [dict(row) for row in self._connection.execute(query, {"id": member_id})]
        return found

    def everything_named(self, name: str) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Return every row about somebody who is not on Discord, by what it is."""
        rows = {what: self._connection.execute(query, {"name": name}) for what, query in _ABOUT_NAME.items()}
        return {what: [dict(row) for row in found] for what, found in rows.items()}

    def erase(self, member_id: Snowflake, name: str) -> int:
        """Erase a member: support goes, proposals stay without a name. Return how many rows were touched."""
        who = {"id": member_id, "name": name}
        touched = sum(self._connection.execute(each, who).rowcount for each in _ERASE)
        self._forget_words()
        return touched

    def erase_named(self, name: str) -> int:
        """Erase the name of somebody who is not on Discord. Return of how many amendments it was a proposer's."""
        kept = self.everything_named(name)
        proposed = {str(each["receipt"]) for what in ("proposals", "co_proposals") for each in kept[what]}
        for statement in _ERASE_NAME:
            self._connection.execute(statement, {"name": name})
        self._forget_words()
        return len(proposed)

    def reduce_support(self, decided_before: str) -> int:
        """Reduce the support of what was decided before a moment to numbers. Return of how many amendments."""
        due = self._connection.execute(
            "SELECT a.id, (SELECT count(*) FROM supports AS s WHERE s.amendment_id = a.id) AS n FROM amendments AS a"
            " WHERE a.status NOT IN ('draft', 'submitted', 'open', 'held over')"
            " AND (SELECT max(at) FROM events AS e WHERE e.amendment_id = a.id) <= :before"
            " AND EXISTS (SELECT 1 FROM supports AS s WHERE s.amendment_id = a.id)",
            {"before": decided_before},
        ).fetchall()
        for row in due:
            self._connection.execute(
                "UPDATE amendments SET reduced_support = reduced_support + ? WHERE id = ?", (row["n"], row["id"])
            )
            self._connection.execute("DELETE FROM supports WHERE amendment_id = ?", (row["id"],))
        return len(due)

    def _forget_words(self) -> None:
        """Write the index of words anew: what was taken out of it is only marked as gone until then."""
        self._connection.execute("INSERT INTO amendment_words (amendment_words) VALUES ('optimize')")
