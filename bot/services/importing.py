"""Taking a reading of the forum into the database, in one transaction.

A reading only adds and updates. What it lacks keeps what was known, and taking the same thing in again changes
nothing and reports nothing.
"""

from bot.domain.ids import PostId, ProgrammeId
from bot.domain.programme import Programme
from bot.domain.reading import ProgrammeReading
from bot.domain.versions import digest_of_blocks
from bot.errors import Refused, SourceError
from bot.services.chapters import folded, take_chapters
from bot.services.ports import Clock, Store, Unit
from bot.services.proposals import Proposals
from bot.services.readings import fold
from bot.services.reports import Changes, ImportAction, ImportChange, ImportKind, ImportReport, counts_of
from bot.services.sections import Intake

__all__ = ["ImportAction", "ImportChange", "ImportKind", "ImportReport", "Importing"]


class Importing:
    """Takes readings in. `language` is that of a new programme; `screening` lets a person look at amendments first."""

    def __init__(self, store: Store, clock: Clock, *, language: str, screening: bool) -> None:
        self._store = store
        self._clock = clock
        self._language = language
        self._screening = screening

    async def take_in(self, reading: ProgrammeReading, programme_id: ProgrammeId | None = None) -> ImportReport:
        """Store what was read and report what changed.

        Without a programme's id it is the one that the reading belongs to, or a new one in an empty database. Raises
        `SourceError` for a reading with nothing in it, `Refused` for one that is plainly of another programme.
        """
        if not reading.topics and not reading.forums:
            raise SourceError("error.nothing_read", source=reading.source or "")
        once = fold(reading)
        return await self._store.transact(lambda unit: self._take_in(unit, once, programme_id))

    def _take_in(self, unit: Unit, reading: ProgrammeReading, programme_id: ProgrammeId | None) -> ImportReport:
        changes = Changes()
        before = self._programme(unit, reading, programme_id)
        self._update_programme(unit, before, reading, changes)
        chapters = take_chapters(unit, before.programme_id, before.chapters, reading, changes)
        at = self._clock()
        fresh = Intake(unit, before, at, changes).take(reading.topics, chapters)
        Proposals(unit, before.programme_id, at, changes, screening=self._screening).take(fresh)
        after = unit.programmes.load(before.programme_id)
        return ImportReport(after.title, counts_of(after), tuple(changes.noted), reading.troubles)

    def _programme(self, unit: Unit, reading: ProgrammeReading, programme_id: ProgrammeId | None) -> Programme:
        """Return the programme that the reading belongs to, as it stands."""
        there_are = unit.programmes.ids() if programme_id is None else [programme_id]
        if not there_are:
            return unit.programmes.load(unit.programmes.create(reading.title or "", reading.source, self._language))
        programmes = [unit.programmes.load(each) for each in there_are]
        for programme in programmes:
            if _belongs(reading, programme):
                return programme
        raise Refused("error.other_programme", known=programmes[0].title, read=reading.title)

    def _update_programme(self, unit: Unit, before: Programme, reading: ProgrammeReading, changes: Changes) -> None:
        """Follow the site's title. Where the programme comes from is told by the first reading and by whole ones."""
        title = reading.title or before.title
        source = (reading.source if reading.whole else None) or before.source or reading.source
        if (title, source) == (before.title, before.source):
            return
        unit.programmes.update(before.programme_id, title, source)
        if before.title and title != before.title:
            changes.note(ImportAction.RETITLED, ImportKind.PROGRAMME, before.programme_id, title)


def _belongs(reading: ProgrammeReading, programme: Programme) -> bool:
    """Tell whether a reading can be of this programme: the same site's title, a title unknown, or a post in common."""
    if not reading.title or not programme.title or folded(reading.title) == folded(programme.title):
        return True
    return bool(_marks_read(reading) & _marks_stored(programme))


def _marks_read(reading: ProgrammeReading) -> set[tuple[PostId, str]]:
    """Return what tells the posts of one forum from those of another that happen to have the same ids."""
    marks: set[tuple[PostId, str]] = set()
    for topic in reading.topics:
        marks.add((topic.post.post_id, folded(topic.title)))
        marks.update((reply.post.post_id, digest_of_blocks(reply.post.blocks)) for reply in topic.replies)
    return marks


def _marks_stored(programme: Programme) -> set[tuple[PostId, str]]:
    marks: set[tuple[PostId, str]] = set()
    for _, section in programme.sections():
        marks.add((section.post_id, folded(section.title)))
        marks.update((reply.post_id, digest_of_blocks(reply.blocks)) for reply in section.contributions)
    return marks
