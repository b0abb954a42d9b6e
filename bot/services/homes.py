"""Which programme is a guild's, and whether an amendment or a section is of the guild that somebody acts in."""

from dataclasses import dataclass

from bot.domain.amendments import Amendment
from bot.domain.ids import AmendmentId, ProgrammeId, SectionId, Snowflake
from bot.domain.people import Actor
from bot.errors import NotFound
from bot.services.finding import amendment_with
from bot.services.ports import Unit


@dataclass(frozen=True, slots=True)
class Home:
    """A guild as the home of its programme. One that `adopts` takes the programme that has no guild yet."""

    guild_id: Snowflake
    adopts: bool = False

    def programme(self, unit: Unit) -> ProgrammeId | None:
        """Return the guild's programme, or the one that it would take; None where it has neither."""
        if (own := unit.programmes.of_guild(self.guild_id)) is not None or not self.adopts:
            return own
        return next((each for each in unit.programmes.ids() if unit.programmes.head(each).guild_id is None), None)

    def settle(self, unit: Unit) -> ProgrammeId | None:
        """Return the guild's programme, giving it the one that it takes."""
        found = self.programme(unit)
        if found is not None and unit.programmes.head(found).guild_id is None:
            unit.programmes.bind(found, self.guild_id)
        return found


def at_home(unit: Unit, actor: Actor, programme_id: ProgrammeId | None) -> bool:
    """Tell whether a programme is that of the guild somebody acts in. Who acts in none is at home everywhere."""
    return actor.guild_id is None or unit.programmes.of_guild(actor.guild_id) == programme_id


def amendment_for(unit: Unit, actor: Actor, amendment_id: AmendmentId) -> Amendment:
    """Return an amendment of the guild somebody acts in. Raises `NotFound`, for another guild's as for none."""
    amendment = amendment_with(unit, amendment_id)
    if not at_home(unit, actor, amendment.programme_id):
        raise NotFound("refused.amendment_gone")
    return amendment


def demand_section(unit: Unit, actor: Actor, section_id: SectionId) -> None:
    """Raise `NotFound` unless a section is of the guild somebody acts in."""
    if not at_home(unit, actor, unit.programmes.of_section(section_id)):
        raise NotFound("refused.section_gone")
