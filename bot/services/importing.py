"""Taking a reading of the forum into the database, in one transaction.

A reading adds and updates; what it lacks keeps what was known. Only a complete crawl can find something missing, and
what comes of that is `absences`' to say. Taking the same thing in again changes nothing and reports nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.domain.ids import ProgrammeId
from bot.domain.programme import Programme
from bot.domain.reading import PassKind, ProgrammeReading
from bot.errors import Refused, SourceError
from bot.services.absences import Absences, Doubt
from bot.services.belonging import belongs
from bot.services.chapters import take_chapters
from bot.services.homes import Home
from bot.services.ports import Clock, Store, Unit
from bot.services.proposals import Proposals
from bot.services.readings import survey
from bot.services.reports import Changes, ImportAction, ImportChange, ImportKind, ImportReport
from bot.services.sections import Intake
from bot.services.source_rows import Pass

_TOLD: Final = 20
"""Troubles that are kept of one pass."""

__all__ = ["ImportAction", "ImportChange", "ImportKind", "ImportReport", "Importing"]


class Importing:
    """Takes readings in. `language` is that of a new programme; `screening` lets a person look at amendments first.

    With a `home` what is read is of that guild's programme, and a new one is that guild's.
    `zone` is the time zone of the forum's clock.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        language: str,
        screening: bool,
        doubt: Doubt | None = None,
        home: Home | None = None,
        zone: str = "Europe/Amsterdam",
    ) -> None:
        self._store = store
        self._clock = clock
        self._language = language
        self._screening = screening
        self._doubt = doubt or Doubt()
        self._home = home
        self._zone = zone

    async def take_in(
        self,
        reading: ProgrammeReading,
        programme_id: ProgrammeId | None = None,
        *,
        started_at: str | None = None,
        confirmed: bool = False,
    ) -> ImportReport:
        """Store what was read and report what changed.

        Without a programme's id it is that of the home, else the one that the reading belongs to, or a new one in an
        empty database.
        `confirmed` is a person's word that much may go. Raises `SourceError` for a reading with nothing in it,
        `Refused` for one that is plainly of another programme.
        """
        if not reading.topics and not reading.forums:
            raise SourceError("error.nothing_read", source=reading.source or "")

        def work(unit: Unit) -> ImportReport:
            return self.take_in_now(unit, reading, programme_id, started_at=started_at, confirmed=confirmed)

        report = await self._store.transact(work, alone=True)
        await self.erase()
        return report

    def take_in_now(
        self,
        unit: Unit,
        reading: ProgrammeReading,
        programme_id: ProgrammeId | None = None,
        *,
        started_at: str | None = None,
        confirmed: bool = False,
    ) -> ImportReport:
        """Do the same within a transaction that stands already, erasing nothing."""
        at = self._clock()
        changes = Changes()
        read = survey(reading)
        before = self._programme(unit, reading, programme_id)
        programme_id = before.programme_id
        self._update_programme(unit, before, reading, changes)
        chapters = take_chapters(unit, programme_id, reading, read.heads, changes)
        posts = unit.absences.posts(programme_id)
        proposals = Proposals(unit, programme_id, at, changes, screening=self._screening, zone=self._zone)
        crawled = reading.kind is not None
        Intake(unit, programme_id, posts, proposals, at, changes, blank_counts=crawled).take(read, chapters)
        absences = Absences(unit, programme_id, posts, proposals, self._doubt, at, changes)
        waiting = absences.judge(reading, read, confirmed=confirmed)
        unit.listings.save(programme_id, reading.listed)
        report = ImportReport(
            unit.programmes.head(programme_id).title,
            unit.programmes.counts(programme_id),
            tuple(changes.noted),
            reading.troubles,
            reading.kind,
            reading.whole,
            reading.pages,
            len(read.posts),
            waiting,
        )
        if reading.kind is not None:
            _keep(unit, programme_id, reading, reading.kind, report, changes, (started_at or at, at))
        return report

    async def confirm(self, programme_id: ProgrammeId) -> ImportReport:
        """Let go, on a person's word, what the last full reading would have taken away. It can still come back."""

        def work(unit: Unit) -> ImportReport:
            at, changes = self._clock(), Changes()
            posts = unit.absences.posts(programme_id)
            proposals = Proposals(unit, programme_id, at, changes, screening=self._screening, zone=self._zone)
            absences = Absences(unit, programme_id, posts, proposals, self._doubt, at, changes)
            if waiting := absences.waiting():
                absences.let_go(waiting)
            title, counts = unit.programmes.head(programme_id).title, unit.programmes.counts(programme_id)
            return ImportReport(title, counts, tuple(changes.noted), ())

        return await self._store.transact(work)

    async def erase(self) -> int:
        """Take the words of what is gone for long enough out of the database's files, and return of how many posts."""
        at = self._clock()
        before = datetime.fromisoformat(at) - timedelta(seconds=self._doubt.erase_after)
        erased = await self._store.transact(lambda unit: unit.absences.erase(before.isoformat(timespec="seconds"), at))
        if erased:
            await self._store.purge()
        return erased

    def _programme(self, unit: Unit, reading: ProgrammeReading, programme_id: ProgrammeId | None) -> Programme:
        """Return the programme that the reading belongs to, without its chapters."""
        there_are = self._known(unit) if programme_id is None else [programme_id]
        if not there_are:
            return self._found(unit, reading)
        programmes = [unit.programmes.head(each) for each in there_are]
        for programme in programmes:
            if belongs(unit, reading, programme):
                return programme
        raise Refused("error.other_programme", known=programmes[0].title, read=reading.title)

    def _known(self, unit: Unit) -> Sequence[ProgrammeId]:
        """Return the programmes that a reading can be of."""
        if self._home is None:
            return unit.programmes.ids()
        settled = self._home.settle(unit)
        return [] if settled is None else [settled]

    def _found(self, unit: Unit, reading: ProgrammeReading) -> Programme:
        """Begin a new programme."""
        programme_id = unit.programmes.create(reading.title or "", reading.source, self._language)
        if self._home is not None:
            unit.programmes.bind(programme_id, self._home.guild_id)
        return unit.programmes.head(programme_id)

    def _update_programme(self, unit: Unit, before: Programme, reading: ProgrammeReading, changes: Changes) -> None:
        """Follow the site's title. Where the programme comes from is told by the first reading and by whole ones."""
        title = reading.title or before.title
        source = (reading.source if reading.whole else None) or before.source or reading.source
        if reading.whole and reading.root:
            unit.facts.put(root_fact(before.programme_id), reading.root)
        if (title, source) == (before.title, before.source):
            return
        unit.programmes.update(before.programme_id, title, source)
        if before.title and title != before.title:
            changes.note(ImportAction.RETITLED, ImportKind.PROGRAMME, before.programme_id, title)


def root_fact(programme_id: ProgrammeId) -> str:
    """Return the name of the fact that tells the address of the forum's index."""
    return f"forum.root:{programme_id}"


def _keep(
    unit: Unit,
    programme_id: ProgrammeId,
    reading: ProgrammeReading,
    kind: PassKind,
    report: ImportReport,
    changes: Changes,
    moments: tuple[str, str],
) -> None:
    """Write down how the pass went."""
    taken = Pass(
        kind,
        *moments,
        reading.whole,
        reading.pages,
        report.posts,
        changes.totals(),
        reading.troubles[:_TOLD],
        report.waiting,
    )
    unit.passes.add(programme_id, taken)
