"""Looking things up for people: the programme of a guild, its sections by words, what stands in one."""

from collections.abc import Iterator, Sequence

from bot.domain.amendments import Kind
from bot.domain.ids import ChapterId, PostId, ProgrammeId, SectionId, Snowflake
from bot.domain.programme import Chapter, Programme, Section
from bot.errors import NotFound
from bot.mirror.keys import source_of
from bot.mirror.render.wording import clipped
from bot.services.finding import standing, text_with
from bot.services.ideas import demand_amendable
from bot.services.ports import SectionLine, Store, Unit


class Browsing:
    """Reads only."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._programmes: dict[Snowflake, ProgrammeId] = {}

    async def programme_of(self, guild_id: Snowflake) -> ProgrammeId:
        """Return a guild's programme; it keeps the one it has. Raises `NotFound` with what the admin must do."""
        if guild_id not in self._programmes:
            programme_id = await self._store.read(lambda unit: unit.programmes.of_guild(guild_id))
            if programme_id is None:
                raise NotFound("refused.no_programme")
            self._programmes[guild_id] = programme_id
        return self._programmes[guild_id]

    async def programme(self, programme_id: ProgrammeId) -> Programme:
        """Return the whole programme."""
        return await self._store.read(lambda unit: unit.programmes.load(programme_id))

    async def section(self, programme_id: ProgrammeId, section_id: SectionId) -> Section:
        """Return one section about which something can be proposed. Raises `NotFound` or `Refused` for any other."""

        def work(unit: Unit) -> Section:
            section = text_with(unit, section_id)
            if section.programme_id != programme_id:
                raise NotFound("refused.section_gone")
            return standing(unit, section)

        section = await self._store.read(work)
        demand_amendable(section, Kind.GENERAL, None)
        return section

    async def outline(self, programme_id: ProgrammeId) -> Sequence[SectionLine]:
        """Return every section that stands today in the programme's order, in a line each."""
        return await self._store.read(lambda unit: unit.programmes.outline(programme_id))

    async def section_named(self, programme_id: ProgrammeId, words: str) -> SectionId:
        """Return the section a person means: by code ("4.3"), or by the words of its title where one fits best.

        A code finds what is not on the forum any more, for what was proposed about it stays. Raises `NotFound`.
        """

        def work(unit: Unit) -> SectionId:
            for place in unit.absences.posts(programme_id).sections.values():
                if place.code == words.strip():
                    return place.section_id
            found = match_sections(unit.programmes.outline(programme_id), words)
            if not found:
                raise NotFound("refused.no_section", words=clipped(words, 60))
            return found[0].section_id

        return await self._store.read(work)

    async def chapter_named(self, programme_id: ProgrammeId, words: str) -> ChapterId:
        """Return the chapter a person means: by code, or by words of its title. Raises `NotFound`."""
        chapters = await self._store.read(lambda unit: unit.programmes.chapters(programme_id))
        typed = words.casefold().strip()
        for fits in (_is_code, _is_title, _has_words):
            for chapter in chapters:
                if fits(chapter, typed):
                    return chapter.chapter_id
        raise NotFound("refused.no_chapter", words=clipped(words, 60))

    async def section_of_thread(self, programme_id: ProgrammeId, thread_id: Snowflake) -> SectionId | None:
        """Return the section whose post somebody stands in, if it is one, be it gone from the forum."""

        def work(unit: Unit) -> SectionId | None:
            for about, number in _sources(unit, programme_id, thread_id):
                if about == "section":
                    place = unit.absences.posts(programme_id).sections.get(PostId(number))
                    return place.section_id if place is not None else None
            return None

        return await self._store.read(work)

    async def shown_in(self, programme_id: ProgrammeId, message_id: Snowflake) -> tuple[str, int] | None:
        """Return what a message of the mirror shows: section or reply by its post id, amendment by its own, or None."""
        return await self._store.read(lambda unit: next(_sources(unit, programme_id, message_id), None))


def _is_code(chapter: Chapter, typed: str) -> bool:
    return typed == chapter.code


def _is_title(chapter: Chapter, typed: str) -> bool:
    return typed in {chapter.title.casefold(), f"{chapter.code} {chapter.title}".casefold()}


def _has_words(chapter: Chapter, typed: str) -> bool:
    return chapter.gone is None and typed in chapter.title.casefold()


def _sources(unit: Unit, programme_id: ProgrammeId, discord_id: Snowflake) -> Iterator[tuple[str, int]]:
    for known in unit.mirror.standing_as(programme_id, discord_id):
        found = source_of(known.key)
        if found is not None:
            yield found


def match_sections(lines: Sequence[SectionLine], words: str) -> list[SectionLine]:
    """Return the sections that fit what was typed, the best first: a code, the start of a title, all the words."""
    typed = words.casefold().strip()
    if not typed:
        return list(lines)
    ranked = [(rank, index, line) for index, line in enumerate(lines) if (rank := _rank(line, typed)) is not None]
    return [line for _, _, line in sorted(ranked, key=lambda item: item[:2])]


def _rank(line: SectionLine, typed: str) -> int | None:
    title = line.title.casefold()
    label = f"{line.code} {title}"
    if typed in {line.code, title, label}:
        return 0
    if label.startswith(typed) or title.startswith(typed):
        return 1
    if typed in title:
        return 2
    if all(word in f"{label} {line.chapter_title.casefold()}" for word in typed.split()):
        return 3
    return None
