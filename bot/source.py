"""Where the forum's side is wired: the reader as the settings want it, the service that takes in, and the following."""

import asyncio
from collections.abc import Awaitable, Callable, Generator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
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
from bot.services.guild_rows import GuildSettings
from bot.services.homes import Home
from bot.services.importing import Importing
from bot.services.ports import Clock
from bot.services.timetable import Timetable
from db.database import Database
from db.lock import sole_reader


class Forum:
    """A forum at an address: fulfils `ForumPort`. `given` says that a guild gave the address, and not the operator."""

    def __init__(self, settings: Settings, url: str, progress: Progress = untold, *, given: bool = False) -> None:
        self.url = url
        self._manners = _manners(settings, url, given=given)
        # Another forum's chapters have other names.
        chosen = not given or url == settings.forum.url
        self._choice = Choice(settings.forum.include, settings.forum.exclude) if chosen else Choice()
        self._progress = progress

    async def read(self, seen: LastSeen | None) -> ProgrammeReading:
        """Read it all, or with what was seen before only what changed. Raises `SourceError`."""
        return await crawl(self.url, self._manners, self._progress, choice=self._choice, known=seen)


def _manners(settings: Settings, url: str, *, given: bool) -> Manners:
    """Return how to behave towards a forum.

    Who hosts the bot need not trust every guild's admin, who could have the operator's own network read out. So what a
    guild gave must be public, unless it is at the host that the operator configured.
    """
    elsewhere = urlsplit(url).netloc != urlsplit(settings.forum.url or "").netloc
    return Manners(user_agent(settings.forum.contact or None), delay=settings.forum.delay, public=given and elsewhere)


async def look_at_forum(settings: Settings, url: str) -> None:
    """Ask the address of a guild's forum for one page. Raises `SourceError`."""
    await look_at(url, replace(_manners(settings, url, given=True), attempts=2))


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


def importing_of(
    settings: Settings, store: Database, clock: Clock, home: Home | None = None, language: str | None = None
) -> Importing:
    """Return the service that takes readings in, as the settings want it. `language` is that of a new programme."""
    doubt = Doubt(settings.forum.suspect_for, settings.forum.max_removal, settings.forum.erase_after)
    return Importing(
        store,
        clock,
        language=language or settings.language,
        screening=settings.rules.screening,
        doubt=doubt,
        home=home,
        zone=settings.rules.zone,
    )


class Readers:
    """The right to read forums. This process has it while any of its guilds reads; those of one host take turns."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._reading = 0
        self._held = ExitStack()
        self._hosts: dict[str, asyncio.Lock] = {}

    @contextmanager
    def alone(self) -> Generator[None]:
        """Hold the right that other programs respect. Raises `StorageError` while one of them reads."""
        if not self._reading:
            self._held.enter_context(sole_reader(self._database))
        self._reading += 1
        try:
            yield
        finally:
            self._reading -= 1
            if not self._reading:
                self._held.close()

    def turn(self, url: str) -> asyncio.Lock:
        """Return the turn to ask a forum's host, so that it is asked no more often than by one reader."""
        return self._hosts.setdefault(urlsplit(url).netloc.lower(), asyncio.Lock())


class _InTurn:
    """A forum that is read when its host is free: fulfils `ForumPort`."""

    def __init__(self, forum: Forum, turn: asyncio.Lock) -> None:
        self.url = forum.url
        self._forum = forum
        self._turn = turn

    async def read(self, seen: LastSeen | None) -> ProgrammeReading:
        async with self._turn:
            return await self._forum.read(seen)


def following_of(
    settings: Settings,
    store: Database,
    clock: Clock,
    guild: GuildSettings,
    home: Home,
    readers: Readers,
    changed: Callable[[], Awaitable[None]],
) -> Following | None:
    """Return what follows a guild's forum, or None where it has none."""
    if guild.source is None:
        return None
    forum = settings.forum
    return Following(
        store,
        importing_of(settings, store, clock, home, guild.language),
        _InTurn(Forum(settings, guild.source, given=True), readers.turn(guild.source)),
        clock,
        Timetable(forum.quick_every, forum.full_every, forum.suspect_for),
        home=home,
        alone=readers.alone,
        changed=changed,
    )
