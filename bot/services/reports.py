"""What one import did: what stands in the database now, what changed, and what could not be read."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from bot.domain.reading import PassKind, Trouble
from bot.mirror.resources import Json


class ImportAction(StrEnum):
    """What happened to a part of the programme."""

    NEW = "new"
    EDITED = "edited"
    WAITS = "waits"
    MOVED = "moved"
    RETITLED = "retitled"
    CLOSED = "closed"
    REOPENED = "reopened"
    SPLIT = "split"
    MERGED = "merged"
    SUSPECTED = "suspected"
    GONE = "gone"
    BACK = "back"
    FLAGGED = "flagged"
    STALE = "stale"


class ImportKind(StrEnum):
    """What part of the programme it happened to."""

    PROGRAMME = "programme"
    CHAPTER = "chapter"
    SECTION = "section"
    CONTRIBUTION = "contribution"
    AMENDMENT = "amendment"


@dataclass(frozen=True, slots=True)
class ImportChange:
    """One thing that changed. `key` is a chapter's key, a post's id, or an amendment's reference (or receipt).

    *Waits*: the forum has another text of it, and the text is fixed. *Suspected*: it is missing on the forum, and
    nothing is done about that yet. *Flagged*: something happened to a reply after its amendment was admitted, and a
    person must look. *Stale*: the text that an amendment is aimed at changed.
    """

    action: ImportAction
    kind: ImportKind
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The programme's title, how many of each stand in the database now, and what this import changed.

    `kind` and `whole` tell how the forum was read and whether all of it was (None and false for copies). `waiting` is
    how many posts would be gone if a person says so.
    """

    title: str
    counts: Mapping[str, int]
    changes: tuple[ImportChange, ...]
    troubles: tuple[Trouble, ...]
    kind: PassKind | None = None
    whole: bool = False
    pages: int = 0
    posts: int = 0
    waiting: int = 0

    def to_json(self) -> Json:
        """Return the report for a program to read."""
        return {
            "programme": {"title": self.title or None},
            "counts": dict(self.counts),
            "changes": [
                {"action": change.action.value, "kind": change.kind.value, "key": change.key, "title": change.title}
                for change in self.changes
            ],
            "troubles": [asdict(trouble) for trouble in self.troubles],
            "pass": None if self.kind is None else self.kind.value,
            "whole": self.whole,
            "pages": self.pages,
            "posts": self.posts,
            "waiting": self.waiting,
        }


@dataclass(slots=True)
class Changes:
    """Collects changes while an import is under way."""

    noted: list[ImportChange] = field(default_factory=list[ImportChange])

    def note(self, action: ImportAction, kind: ImportKind, key: object, title: str) -> None:
        """Add a change."""
        self.noted.append(ImportChange(action, kind, str(key), title))

    def totals(self) -> dict[str, int]:
        """Return how many there are of each action."""
        return dict(Counter(change.action.value for change in self.noted))

    def note_differences(
        self,
        kind: ImportKind,
        key: object,
        titles: tuple[str, str],
        closed: tuple[bool | None, bool | None],
        *,
        moved: bool,
    ) -> None:
        """Add what differs between before and after in title, place and closing. What becomes known is no change."""
        if titles[0] != titles[1]:
            self.note(ImportAction.RETITLED, kind, key, titles[1])
        if moved:
            self.note(ImportAction.MOVED, kind, key, titles[1])
        if None not in closed and closed[0] != closed[1]:
            self.note(ImportAction.CLOSED if closed[1] else ImportAction.REOPENED, kind, key, titles[1])
