"""Where the forum's side is wired: the reader as the settings want it, the service that takes in, and the following."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

from bot.config import Settings
from bot.domain.reading import LastSeen, ProgrammeReading
from bot.errors import Refused
from bot.forum.choosing import Choice
from bot.forum.crawl import crawl
from bot.forum.fetch import Manners, user_agent
from bot.forum.looking import look_at
from bot.forum.progress import Progress, untold
from bot.forum.sources import read_source
from bot.services.absences import Doubt
from bot.services.following import Following
from bot.services.importing import Importing
from bot.services.ports import Clock
from bot.services.timetable import Timetable
from db.database import Database
from db.lock import sole_reader


class Forum:
    """A forum at an address: fulfils `ForumPort`."""

    def __init__(self, settings: Settings, url: str, progress: Progress = untold) -> None:
        self.url = url
        self._manners = Manners(user_agent(settings.forum.contact or None), delay=settings.forum.delay)
        self._choice = Choice(settings.forum.include, settings.forum.exclude)
        self._progress = progress

    async def read(self, seen: LastSeen | None) -> ProgrammeReading:
        """Read it all, or with what was seen before only what changed. Raises `SourceError`."""
        return await crawl(self.url, self._manners, self._progress, choice=self._choice, known=seen)


async def look_at_forum(settings: Settings) -> None:
    """Ask the configured forum's address for one page. Raises `SourceError`."""
    manners = Manners(user_agent(settings.forum.contact or None), delay=settings.forum.delay, attempts=2)
    await look_at(settings.forum.url or "", manners)


def is_address(source: str) -> bool:
    """Tell whether a source is a forum's address and no path."""
    return urlsplit(source).scheme in {"http", "https"}


async def read(settings: Settings, source: str | None, progress: Progress, seen: LastSeen | None) -> ProgrammeReading:
    """Read a file, a folder or an address. Raises `Refused` where there is none, and `SourceError`."""
    if not source:
        raise Refused("cli.no_source")
    if is_address(source):
        return await Forum(settings, source, progress).read(seen)
    return await asyncio.to_thread(read_source, Path(source), progress)


def importing_of(settings: Settings, store: Database, clock: Clock) -> Importing:
    """Return the service that takes readings in, as the settings want it."""
    doubt = Doubt(settings.forum.suspect_for, settings.forum.max_removal, settings.forum.erase_after)
    return Importing(store, clock, language=settings.language, screening=settings.rules.screening, doubt=doubt)


def following_of(
    settings: Settings, store: Database, clock: Clock, changed: Callable[[], Awaitable[None]]
) -> Following | None:
    """Return what follows the configured forum, or None where none is configured."""
    if settings.forum.url is None:
        return None
    forum = settings.forum
    return Following(
        store,
        importing_of(settings, store, clock),
        Forum(settings, settings.forum.url),
        clock,
        Timetable(forum.quick_every, forum.full_every, forum.suspect_for),
        alone=lambda: sole_reader(settings.database.path),
        changed=changed,
    )
