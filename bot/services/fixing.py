"""The text fixed as the concept of a day, and the edits of the forum that wait for the secretary meanwhile.

Who may act is checked here, at the moment of acting. Every act is one transaction, keyed by its interaction.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.domain.effects import Touched, touched
from bot.domain.ids import ProgrammeId, SectionId, Snowflake
from bot.domain.people import Actor, Role
from bot.domain.programme import Section
from bot.domain.revisions import Revision, revisions
from bot.domain.text import StoredBlock
from bot.errors import NotFound, Refused
from bot.services.finding import section_with
from bot.services.homes import demand_section
from bot.services.ports import Clock, Store, Unit
from bot.services.reports import Changes
from bot.services.revising import Revising
from bot.services.waiting_rows import Fixation, WaitingText

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WaitingView:
    """An edit that waits: what becomes of the text, and which amendments it touches."""

    section: Section
    waiting: WaitingText
    revisions: tuple[Revision, ...]
    touched: tuple[Touched, ...]

    @property
    def digest(self) -> str:
        """What stands for the edit, so that nothing is taken in that was not shown."""
        return self.waiting.digest


@dataclass(frozen=True, slots=True)
class FixedState:
    """Whether the text is fixed, and how many edits wait."""

    fixation: Fixation | None
    waiting: int


class Fixing:
    """Fixes a programme's text and lets it go; shows what waits and takes it in."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def state(self, programme_id: ProgrammeId) -> FixedState:
        """Return whether the text is fixed, for everybody to know."""
        return await self._store.read(
            lambda unit: FixedState(unit.waiting.fixed(programme_id), len(unit.waiting.all(programme_id)))
        )

    async def fix(self, actor: Actor, programme_id: ProgrammeId, interaction_id: Snowflake) -> Fixation:
        """Fix the text as it stands. Raises `Refused` where it is fixed already."""

        def work(unit: Unit, at: str) -> None:
            if unit.waiting.fixed(programme_id) is not None:
                raise Refused("fixed.already")
            unit.waiting.fix(programme_id, actor.name, actor.member_id, at)

        await self._act(actor, Role.ADMIN, interaction_id, work)
        fixation = (await self.state(programme_id)).fixation
        if fixation is None:  # let go between the two transactions
            raise Refused("fixed.not")
        return fixation

    async def release(self, actor: Actor, programme_id: ProgrammeId, reason: str, interaction_id: Snowflake) -> int:
        """Let the text follow the forum again, with all that waited. Return how many sections changed by that."""

        def work(unit: Unit, at: str) -> int:
            if unit.waiting.fixed(programme_id) is None:
                raise Refused("fixed.not")
            if not reason.strip():
                raise Refused("fixed.no_reason")
            unit.waiting.release(programme_id, actor.name, actor.member_id, reason.strip(), at)
            return _take_all(unit, programme_id, at)

        return await self._act(actor, Role.ADMIN, interaction_id, work) or 0

    async def waiting(self, actor: Actor, programme_id: ProgrammeId) -> Sequence[WaitingView]:
        """Return the edits that wait, the longest waiting first."""

        def work(unit: Unit) -> Sequence[WaitingView]:
            actor.demand(Role.SECRETARY)
            return [_view(unit, waiting) for waiting in unit.waiting.all(programme_id)]

        return await self._store.read(work)

    async def view(self, actor: Actor, section_id: SectionId) -> WaitingView:
        """Return the edit that waits for a section. Raises `NotFound` where none does any more."""

        def work(unit: Unit) -> WaitingView:
            actor.demand(Role.SECRETARY)
            demand_section(unit, actor, section_id)
            return _view(unit, _waiting(unit, section_id))

        return await self._store.read(work)

    async def take(
        self, actor: Actor, programme_id: ProgrammeId, section_id: SectionId, digest: str, interaction_id: Snowflake
    ) -> None:
        """Make the edit that was shown the section's text. Raises `Refused` where the forum has another by now."""

        def work(unit: Unit, at: str) -> None:
            demand_section(unit, actor, section_id)
            waiting = _shown(unit, section_id, digest)
            section = section_with(unit, section_id)
            Revising(unit, programme_id, at, Changes()).take_in(section, waiting.blocks)

        await self._act(actor, Role.SECRETARY, interaction_id, work)

    async def leave(self, actor: Actor, section_id: SectionId, digest: str, interaction_id: Snowflake) -> None:
        """Let the fixed text stand against the edit that was shown. A later edit is shown again."""

        def work(unit: Unit, at: str) -> None:
            demand_section(unit, actor, section_id)
            _shown(unit, section_id, digest)
            unit.waiting.leave(section_id, at)

        await self._act(actor, Role.SECRETARY, interaction_id, work)

    async def _act(
        self, actor: Actor, role: Role, interaction_id: Snowflake, act: Callable[[Unit, str], T]
    ) -> T | None:
        """Carry out an act once for each interaction; None where it was carried out before."""

        def work(unit: Unit) -> T | None:
            actor.demand(role)
            if unit.interactions.outcome(interaction_id) is not None:
                return None
            at = self._clock()
            result = act(unit, at)
            unit.interactions.remember(interaction_id, "{}", at)
            return result

        return await self._store.transact(work)


def fix_text(unit: Unit, programme_id: ProgrammeId, actor: Actor, at: str) -> None:
    """Fix the text as it stands, unless it is fixed already: what happens when amending opens."""
    if unit.waiting.fixed(programme_id) is None:
        unit.waiting.fix(programme_id, actor.name, actor.member_id, at)


def _take_all(unit: Unit, programme_id: ProgrammeId, at: str) -> int:
    """Take in what the forum has of every section, what a person let be included: the text follows the forum again."""
    revising, number = Revising(unit, programme_id, at, Changes()), 0
    for place in unit.absences.posts(programme_id).sections.values():
        waiting = unit.waiting.find(place.section_id)
        if waiting is not None:
            revising.take_in(section_with(unit, place.section_id), waiting.blocks)
            number += 1
    return number


def _waiting(unit: Unit, section_id: SectionId) -> WaitingText:
    waiting = unit.waiting.find(section_id)
    if waiting is None or waiting.left_at is not None or not section_with(unit, section_id).standing:
        raise NotFound("waiting.none_here")
    return waiting


def _shown(unit: Unit, section_id: SectionId, digest: str) -> WaitingText:
    waiting = _waiting(unit, section_id)
    if waiting.digest != digest:
        raise Refused("waiting.other")
    return waiting


def _view(unit: Unit, waiting: WaitingText) -> WaitingView:
    section = section_with(unit, waiting.section_id)
    old, new = _words(section.blocks), [block.text for block in waiting.blocks]
    return WaitingView(section, waiting, revisions(old, new), touched(section, waiting.blocks))


def _words(blocks: Sequence[StoredBlock]) -> list[str]:
    return [stored.block.text for stored in blocks]
