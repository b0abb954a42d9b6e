"""What one import did: what stands in the database now, what changed, and what could not be read."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from bot.domain.programme import Programme
from bot.domain.reading import Trouble
from bot.mirror.resources import Json


class ImportAction(StrEnum):
    """What happened to a part of the programme."""

    NEW = "new"
    EDITED = "edited"
    MOVED = "moved"
    RETITLED = "retitled"
    CLOSED = "closed"
    REOPENED = "reopened"
    SPLIT = "split"
    MERGED = "merged"
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

    *Flagged*: a reply was edited after its amendment was admitted, and a person must look. *Stale*: the text that an
    amendment is aimed at changed beyond recognition.
    """

    action: ImportAction
    kind: ImportKind
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The programme's title, how many of each stand in the database now, and what this import changed."""

    title: str
    counts: Mapping[str, int]
    changes: tuple[ImportChange, ...]
    troubles: tuple[Trouble, ...]

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
        }


@dataclass(slots=True)
class Changes:
    """Collects changes while an import is under way."""

    noted: list[ImportChange] = field(default_factory=list[ImportChange])

    def note(self, action: ImportAction, kind: ImportKind, key: object, title: str) -> None:
        """Add a change."""
        self.noted.append(ImportChange(action, kind, str(key), title))

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


def counts_of(programme: Programme) -> dict[str, int]:
    """Return how many there are of each."""
    sections = [section for _, section in programme.sections()]
    return {
        "chapters": len(programme.chapters),
        "sections": len(sections),
        "contributions": sum(len(section.contributions) for section in sections),
        "amendments": sum(len(section.amendments) for section in sections),
    }
