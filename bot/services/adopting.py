"""The end of the meeting seen beforehand: how all was decided, and what a person must still work into the text.

And the concept, which stays to be read beside the adopted text.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.adopted import consolidation_of, unapplied
from bot.domain.amendments import Amendment, Status
from bot.domain.consolidation import Obstacle
from bot.domain.ids import ProgrammeId, SectionId
from bot.domain.people import Actor
from bot.domain.phases import Phase
from bot.domain.programme import Section
from bot.domain.text import Block
from bot.services.acting import Acting
from bot.services.finding import section_with, standing_section
from bot.services.homes import demand_section
from bot.services.meeting import demand_decided, demand_lead
from bot.services.ports import Unit


@dataclass(frozen=True, slots=True)
class Closing:
    """What the meeting adopts: how many amendments there are of each outcome, and what can't be applied cleanly."""

    outcomes: Mapping[Status, int]
    left: Sequence[tuple[Amendment, Obstacle]]


@dataclass(frozen=True, slots=True)
class Concept:
    """A section as it was before the vote. `adopted` is its text since, None where nothing was adopted yet.

    `left` are the amendments that were carried and that a person must still work in.
    """

    section: Section
    adopted: tuple[Block, ...] | None
    left: tuple[Amendment, ...] = ()


class Adopting:
    """Reads only. Adopting itself is the meeting's."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def closing(self, actor: Actor, programme_id: ProgrammeId) -> Closing:
        """Return what adopting the whole would mean. Raises `Refused`, listing it, where anything is undecided."""

        def work(unit: Unit) -> Closing:
            demand_lead(self._acting, unit, actor, programme_id)
            demand_decided(unit, programme_id)
            programme = unit.programmes.load(programme_id)
            amendments = (each for _, section in programme.sections() for each in section.amendments)
            outcomes = Counter(each.status for each in amendments if each.public)
            return Closing(outcomes, tuple(unapplied(programme)))

        return await self._acting.store.read(work)

    async def concept(self, actor: Actor, section_id: SectionId) -> Concept:
        """Return a section's concept, with what was made of it. Raises `NotFound` or `Refused`."""

        def work(unit: Unit) -> Concept:
            demand_section(unit, actor, section_id)
            section = standing_section(unit, section_id)
            if unit.phases.calendar(section.programme_id).phase is not Phase.ADOPTED:
                return Concept(section, None)
            made = consolidation_of(section_with(unit, section_id))
            blocks = tuple(piece.block for piece in made.pieces)
            return Concept(section, blocks, tuple(amendment for amendment, _ in made.left))

        return await self._acting.store.read(work)
