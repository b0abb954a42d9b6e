"""One section with replies to link, the secretary who links them, and looks at what came of it."""

from collections.abc import Awaitable

import pytest

from bot.domain.amendments import Amendment, Kind, Origin, Status
from bot.domain.ids import BlockId, PostId, ProgrammeId, SectionId, Snowflake
from bot.domain.people import Actor, Role
from bot.domain.programme import Section
from bot.domain.reading import ReplyReading
from bot.errors import NotFound, Refused
from bot.locales import load_all
from bot.services.admission import admit
from bot.services.ideas import Idea, proposal_of
from bot.services.linkable import Linkables, LinkedView
from bot.services.linking import Linking
from bot.services.ports import Unit
from bot.services.source_rows import FlagReason
from db.database import Database
from tests.services.readings import AT, bullets, importing, reading, stored, topic

SECRETARY = Actor(Snowflake(7), "Sietske Sluiswijk", frozenset({Role.MEMBER, Role.SECRETARY}))
OTHERS = Actor(Snowflake(8), "Bram Brinkmeer", frozenset(Role) - {Role.SECRETARY})
TALK = "Ik mis hier iets over fietsen."
LINES = ("Wij willen meer groen in de wijk.", "Er komen wijkagenten bij in onze stad.", "De bus rijdt ook laat.")
CHANGE = ("WIJZIGEN bullet 2:", "Er komen 44 wijkagenten.", "TOELICHTING:", "Nodig.")
FIRST = ProgrammeId(1)
REPLY = PostId(11)
TEXTS = load_all()


def linking(database: Database, *, screening: bool = False) -> Linking:
    return Linking(database, lambda: AT, TEXTS, screening=screening)


def idea(section: Section, kind: Kind = Kind.INSERT, block: BlockId | None = None, text: str = "Meer fietsen.") -> Idea:
    return Idea(section.section_id, kind, block, text, "", "")


async def take_in(database: Database, *replies: ReplyReading, lines: tuple[str, ...] = LINES) -> Section:
    """Read one section, with bullets and these replies, and return it as it is stored."""
    await importing(database).take_in(reading(topic(10, "Veilig", *replies, blocks=bullets(*lines))))
    return await section_of(database)


async def section_of(database: Database) -> Section:
    return next(section for _, section in (await stored(database)).sections())


async def view_of(database: Database, amendment: Amendment) -> LinkedView:
    return await Linkables(database).amendment(SECRETARY, FIRST, amendment.amendment_id)


async def flags_of(database: Database) -> list[FlagReason]:
    return [flag.reason for flag in await database.read(lambda unit: unit.flags.open(FIRST))]


async def history(database: Database, amendment: Amendment) -> list[tuple[str, str | None, str | None, str | None]]:
    events = await database.read(lambda unit: unit.amendments.history(amendment.amendment_id))
    return [(event.to_status.value, event.actor, event.on_behalf, event.reason) for event in events]


async def refusal(act: Awaitable[object]) -> str:
    """Return the sentence's key with which an act is refused."""
    with pytest.raises((Refused, NotFound)) as caught:
        await act
    return caught.value.key


async def leave(database: Database, section_id: SectionId) -> None:
    """Let a section be gone from the forum."""
    await database.transact(lambda unit: unit.absences.set_gone(sections=[section_id], at=AT))


async def set_status(database: Database, amendment: Amendment, status: Status) -> None:
    await database.transact(lambda unit: unit.amendments.set_status(amendment.amendment_id, status))


async def from_a_member(database: Database, section: Section, kind: Kind = Kind.INSERT) -> Amendment:
    """Store an amendment that came from no reply."""

    def work(unit: Unit) -> Amendment:
        proposal, anchor = proposal_of(idea(section, kind), section, explained=False)
        return admit(
            unit,
            section.section_id,
            proposal,
            origin=Origin.DISCORD,
            proposer="Zuhal",
            proposer_id=Snowflake(5),
            actor="Zuhal",
            anchor=anchor,
            source_post_id=None,
            at=AT,
            screening=False,
        )

    return await database.transact(work)
