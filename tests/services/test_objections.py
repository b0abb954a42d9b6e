"""Proposals against the rules: too late on the forum, or about what may not be amended."""

from dataclasses import replace

import pytest

from bot.domain.amendments import Amendment, Kind, Objection, Status
from bot.domain.deadlines import Deadline
from bot.domain.ids import BlockId, Snowflake
from bot.domain.phases import Phase
from bot.domain.reading import ReplyReading
from bot.errors import Refused
from bot.services.adopting import Adopting
from bot.services.amendability import Amendability
from bot.services.amending import Amending
from bot.services.ideas import Idea
from bot.services.ports import Unit
from db.database import Database
from tests.services.acts import ADMIN, AT, CHAIR, FIRST, SECRETARY, ZUHAL, acting, press, refusal
from tests.services.readings import PROPOSAL, bullets, importing, reading, reply, stored, topic

SUNDAY = "2026-10-25T23:00:00+00:00"
"""When "tot en met zondag 25 oktober" is over, on the night on which a minute comes twice."""
NOW = "2026-11-01T12:00:00+00:00"


def posted(minute: str | None, post_id: int = 11, *words: str) -> ReplyReading:
    made = reply(post_id, *(words or PROPOSAL))
    return replace(made, post=replace(made.post, posted=minute))


async def until(database: Database, moment: str | None, phase: Phase | None = None) -> None:
    def work(unit: Unit) -> None:
        unit.phases.set_deadline(FIRST, Deadline.PROPOSE, moment)
        if phase is not None:
            unit.phases.enter(FIRST, Phase.AMENDING, ADMIN, AT)
            unit.phases.enter(FIRST, phase, ADMIN, SUNDAY)

    await database.transact(work)


async def only(database: Database) -> Amendment:
    (amendment,) = [each for _, section in (await stored(database)).sections() for each in section.amendments]
    return amendment


@pytest.mark.parametrize(
    ("minute", "late"),
    [
        ("2026-10-25T23:59", False),
        ("2026-10-26T00:00", True),
        ("2026-10-25T02:30", False),  # the hour that comes twice
        (None, True),  # nobody knows: then when it was read
    ],
)
async def test_the_minute_of_the_reply_counts_and_not_when_it_was_read(
    database: Database, minute: str | None, late: bool
) -> None:
    service = importing(database, clock=lambda: NOW)
    await service.take_in(reading(topic(10, "A")))
    await until(database, SUNDAY)
    await service.take_in(reading(topic(10, "A", posted(minute))))
    amendment = await only(database)
    assert amendment.status is (Status.SUBMITTED if late else Status.OPEN)
    assert amendment.objection is (Objection.LATE if late else None)
    assert (amendment.reference is None) is late


async def test_the_end_of_the_phase_is_a_deadline_too(database: Database) -> None:
    service = importing(database, clock=lambda: NOW)
    await service.take_in(reading(topic(10, "A")))
    await until(database, None, Phase.COMMITTEE)
    early, late = posted("2026-10-25T23:59", 11), posted("2026-10-26T00:00", 12)
    await service.take_in(reading(topic(10, "A", early, late)))
    (section,) = [section for _, section in (await stored(database)).sections()]
    assert [(each.source_post_id, each.status) for each in section.amendments] == [
        (11, Status.OPEN),
        (12, Status.SUBMITTED),
    ]


async def test_an_old_reply_that_becomes_a_proposal_after_the_deadline_is_late(database: Database) -> None:
    service = importing(database, clock=lambda: NOW)
    await service.take_in(reading(topic(10, "A", posted("2026-10-01T12:00", 11, "Mooi stuk."))))
    await until(database, SUNDAY)
    await service.take_in(reading(topic(10, "A", posted("2026-10-01T12:00"))))
    assert (await only(database)).objection is Objection.LATE


async def test_nothing_is_proposed_about_what_may_not_be_amended(database: Database) -> None:
    """Neither from Discord, whenever the draft was made, nor by itself from the forum; new text may come beside it."""
    service, amending, marks = importing(database), Amending(database, lambda: AT), Amendability(database)
    text = bullets("Eén.", "Twee.")
    await service.take_in(reading(topic(10, "A", blocks=text)))
    (section,) = [section for _, section in (await stored(database)).sections()]
    first, second = (stored.block_id for stored in section.blocks)
    early = await amending.draft(ZUHAL, Idea(section.section_id, Kind.DELETE, second, "", "Weg.", ""), press())
    for nobody in (ZUHAL, CHAIR):
        assert await refusal(marks.mark(nobody, section.section_id, "punt 2", amendable=False)) == "refused.role"
    assert await refusal(marks.mark(ADMIN, section.section_id, "punt 9", amendable=False)) == "refused.no_block"
    marked = await marks.mark(SECRETARY, section.section_id, "punt 2", amendable=False)
    assert [each.block_id for each in marked.blocks] == [second]

    async def propose(kind: Kind, block_id: BlockId | None) -> str:
        """Return why that is refused, or nothing."""
        idea = Idea(section.section_id, kind, block_id, "Nieuw.", "Om.", "")
        try:
            await amending.draft(ZUHAL, idea, press())
        except Refused as error:
            return error.key
        return ""

    assert await propose(Kind.REPLACE, second) == "refused.block_not_amendable"
    assert await refusal(amending.file(ZUHAL, early.amendment.amendment_id, press())) == "refused.block_not_amendable"
    assert [await propose(Kind.REPLACE, first), await propose(Kind.INSERT, second)] == ["", ""]
    await marks.mark(ADMIN, section.section_id, "", amendable=False)
    assert await propose(Kind.INSERT, None) == "refused.section_not_amendable"
    await service.take_in(reading(topic(10, "A", reply(11, *PROPOSAL), blocks=text)))
    amendment = next(
        each for each in (await stored(database)).chapters[0].sections[0].amendments if each.source_post_id
    )
    assert (amendment.status, amendment.objection) == (Status.SUBMITTED, Objection.NOT_AMENDABLE)
    await marks.mark(ADMIN, section.section_id, "", amendable=True)
    await marks.mark(ADMIN, section.section_id, "bullet 2", amendable=True)
    assert (await amending.file(ZUHAL, early.amendment.amendment_id, press())).amendment.reference


async def test_a_block_stays_closed_through_edits_of_the_text(database: Database) -> None:
    service, marks = importing(database), Amendability(database)
    await service.take_in(reading(topic(10, "A", blocks=bullets("Wij zijn voor de stad.", "Twee."))))
    (section,) = [section for _, section in (await stored(database)).sections()]
    await marks.mark(SECRETARY, section.section_id, "punt 1", amendable=False)
    await service.take_in(reading(topic(10, "A", blocks=bullets("Nul.", "Wij zijn voor de stad.", "Twee."))))
    (section,) = [section for _, section in (await stored(database)).sections()]
    assert [stored.amendable for stored in section.blocks] == [True, False, True]


async def test_what_is_of_another_guild_is_not_there(database: Database) -> None:
    """Neither its concept, nor closing its sections, whoever carries a button over."""
    await importing(database).take_in(reading(topic(10, "A")))
    (section,) = [section for _, section in (await stored(database)).sections()]
    await database.transact(lambda unit: unit.programmes.bind(FIRST, Snowflake(70)))
    for guild, there in ((70, True), (71, False)):
        secretary = replace(SECRETARY, guild_id=Snowflake(guild))
        seen = Adopting(acting(database)).concept(secretary, section.section_id)
        marked = Amendability(database).mark(secretary, section.section_id, "", amendable=False)
        for act in (seen, marked):
            if there:
                await act
            else:
                assert await refusal(act) == "refused.section_gone"
