"""Steps of secretary, committee and chair: once each, by who may, with what must come along."""

import asyncio

import pytest

from bot.domain.amendments import Kind, Status
from bot.domain.consequences import Remedy
from bot.domain.deadlines import Deadline
from bot.domain.deeds import Deed
from bot.domain.history import State, rebuilt
from bot.domain.ids import Snowflake
from bot.domain.people import Actor
from bot.domain.phases import Phase, Rules
from bot.domain.tally import Tally
from bot.errors import Refused
from bot.services.deciding import Deciding, Ruling
from bot.services.ports import Unit
from bot.services.wording import refusal as sentence
from db.database import Database
from tests.services.acts import (
    CHAIR,
    COMMITTEE,
    FIRST,
    HERMAN,
    SECRETARY,
    TEXTS,
    ZUHAL,
    acting,
    enter,
    history,
    loaded,
    made,
    news,
    press,
    refusal,
)
from tests.services.readings import Hours

ADOPT = Ruling(Deed.ADOPT)


async def test_the_secretary_admits_and_the_reference_is_issued(database: Database) -> None:
    amendment = await made(database, Status.SUBMITTED)
    admitted = await Deciding(acting(database)).admit(SECRETARY, amendment.amendment_id, press())
    assert (admitted.status, admitted.reference) == (Status.OPEN, "1.1-A1")
    assert await news(database, ZUHAL) == ["admitted"]


async def test_giving_back_asks_for_a_reason_and_gives_time(database: Database) -> None:
    amendment = await made(database, Status.SUBMITTED)
    deciding = Deciding(acting(database))
    assert await refusal(deciding.give_back(SECRETARY, amendment.amendment_id, "  ", press())) == "refused.no_reason"
    given = await deciding.give_back(SECRETARY, amendment.amendment_id, "Bij welk punt?", press())
    assert (given.status, given.repair_until) == (Status.DRAFT, "2026-11-25T20:15:00+00:00")
    assert (await history(database, amendment))[-1] == ("draft", "Sietske", None, "Bij welk punt?")


async def test_what_is_turned_away_was_never_public(database: Database) -> None:
    amendment = await made(database, Status.SUBMITTED)
    away = await Deciding(acting(database)).turn_away(SECRETARY, amendment.amendment_id, "Geen voorstel.", press())
    assert (away.status, away.reference) == (Status.NOT_ADMITTED, None)


async def test_two_chairs_at_once_and_the_last_one_is_told(database: Database) -> None:
    amendment = await made(database)
    await enter(database, Phase.ASSEMBLY)
    deciding = Deciding(acting(database))
    both = await asyncio.gather(
        deciding.decide(CHAIR, amendment.amendment_id, ADOPT, press()),
        deciding.decide(CHAIR, amendment.amendment_id, Ruling(Deed.REJECT), press()),
        return_exceptions=True,
    )
    assert isinstance(both[1], Refused)
    assert sentence(both[1], TEXTS["nl"]) == "1.1-A1 is nu: aangenomen. Dan gaat dit niet (meer): verwerpen."
    assert (await loaded(database, amendment.amendment_id)).status is Status.ADOPTED


async def test_a_double_click_decides_once(database: Database) -> None:
    amendment = await made(database)
    await enter(database, Phase.ASSEMBLY)
    deciding, twice = Deciding(acting(database)), press()
    first = await deciding.decide(CHAIR, amendment.amendment_id, ADOPT, twice)
    assert await deciding.decide(CHAIR, amendment.amendment_id, ADOPT, twice) == first
    assert [line[0] for line in await history(database, amendment)] == ["submitted", "open", "adopted"]


async def test_votes_against_the_outcome_warn_and_change_nothing(database: Database) -> None:
    amendment = await made(database)
    await enter(database, Phase.ASSEMBLY)
    ruling = Ruling(Deed.ADOPT, tally=Tally(3, 40, 2))
    decided = await Deciding(acting(database)).decide(CHAIR, amendment.amendment_id, ruling, press())
    assert (decided.amendment.status, decided.contradicted) == (Status.ADOPTED, True)
    kept = await database.read(lambda unit: unit.decisions.standing(amendment.amendment_id))
    assert kept
    assert (kept.tally, kept.before) == (Tally(3, 40, 2), Status.OPEN)


async def test_as_modified_needs_the_text_that_was_decided(database: Database) -> None:
    amendment = await made(database)
    await enter(database, Phase.ASSEMBLY)
    deciding = Deciding(acting(database))

    async def ruled(text: str) -> str:
        ruling = Ruling(Deed.ADOPT_AS_MODIFIED, text)
        return await refusal(deciding.decide(CHAIR, amendment.amendment_id, ruling, press()))

    assert await ruled(" ") == "refused.no_final_text"
    assert await ruled("Nieuw.") == "refused.not_modified"
    await deciding.decide(CHAIR, amendment.amendment_id, Ruling(Deed.ADOPT_AS_MODIFIED, "Beter."), press())
    assert (await loaded(database, amendment.amendment_id)).final_text == "Beter."


async def test_adopting_one_asks_about_those_that_collide(database: Database) -> None:
    gone = await made(database, kind=Kind.DELETE, block=3)
    other = await made(database, kind=Kind.INSERT, block=3)
    await enter(database, Phase.ASSEMBLY)
    decided = await Deciding(acting(database)).decide(CHAIR, gone.amendment_id, ADOPT, press())
    assert [(each.amendment.amendment_id, each.remedies) for each in decided.consequences] == [
        (other.amendment_id, (Remedy.LAPSE, Remedy.RE_ANCHOR))
    ]


@pytest.mark.parametrize("actor", [ZUHAL, HERMAN, SECRETARY, COMMITTEE])
async def test_only_the_chair_decides(database: Database, actor: Actor) -> None:
    amendment = await made(database)
    await enter(database, Phase.ASSEMBLY)
    assert await refusal(Deciding(acting(database)).decide(actor, amendment.amendment_id, ADOPT, press())) == (
        "refused.role"
    )


async def test_the_chair_waits_for_the_assembly(database: Database) -> None:
    amendment = await made(database)
    act = Deciding(acting(database)).decide(CHAIR, amendment.amendment_id, ADOPT, press())
    with pytest.raises(Refused) as caught:
        await act
    told = sentence(caught.value, TEXTS["nl"])
    assert told.startswith(
        "Dit kan nog niet: aannemen. Het kan in de fase *ledenvergadering*; die begint op een moment"
    )


async def test_a_correction_says_so_and_undoes_the_decision(database: Database) -> None:
    amendment = await made(database)
    await enter(database, Phase.ASSEMBLY)
    deciding = Deciding(acting(database))
    await deciding.decide(CHAIR, amendment.amendment_id, ADOPT, press())
    assert (
        await refusal(deciding.correct(SECRETARY, amendment.amendment_id, Status.OPEN, "", press()))
        == "refused.no_reason"
    )
    await deciding.correct(SECRETARY, amendment.amendment_id, Status.REJECTED, "Verkeerd geteld.", press())
    assert (await history(database, amendment))[-1] == ("rejected", "Sietske", None, "correctie: Verkeerd geteld.")
    kept = await database.read(lambda unit: unit.decisions.standing(amendment.amendment_id))
    assert kept
    assert kept.outcome is Status.REJECTED
    events = await database.read(lambda unit: unit.amendments.history(amendment.amendment_id))
    assert rebuilt(events) == State(Status.REJECTED, 1, corrected=True)


async def test_who_stays_below_the_minimum_lapses_by_the_clock(database: Database) -> None:
    few, enough = await made(database), await made(database)
    hours = Hours()

    def work(unit: Unit) -> None:
        unit.amendments.add_support(enough.amendment_id, Snowflake(40), hours())
        unit.phases.set_deadline(FIRST, Deadline.SUPPORT, hours())

    await database.transact(work)
    deciding = Deciding(acting(database, Rules(minimum_support=1), hours))
    assert [each.amendment_id for each in await deciding.lapse_by_clock(FIRST)] == [few.amendment_id]
    assert await deciding.lapse_by_clock(FIRST) == ()
    assert (await history(database, few))[-1] == ("lapsed", None, None, "te weinig steun: 0 van 1")


async def test_taken_over_until_a_member_asks_for_a_vote(database: Database) -> None:
    amendment = await made(database)
    await enter(database, Phase.COMMITTEE)
    deciding = Deciding(acting(database, Rules(take_over=True)))
    await deciding.take_over(COMMITTEE, amendment.amendment_id, press())
    again = await deciding.ask_vote(HERMAN, amendment.amendment_id, press())
    assert again.status is Status.OPEN
    assert await database.read(lambda unit: unit.meetings.asked(FIRST)) == {amendment.amendment_id}
    off = Deciding(acting(database)).take_over(COMMITTEE, amendment.amendment_id, press())
    assert await refusal(off) == "refused.no_take_over"


async def test_a_correction_past_open_issues_the_reference(database: Database) -> None:
    """What was decided must be found; what never came so far gets none."""
    late, gone = await made(database, Status.SUBMITTED), await made(database, Status.SUBMITTED)
    await enter(database, Phase.ASSEMBLY)
    deciding = Deciding(acting(database))
    done = await deciding.correct(SECRETARY, late.amendment_id, Status.ADOPTED, "In de zaal besloten.", press())
    assert done.reference == "1.1-A1"
    done = await deciding.correct(SECRETARY, gone.amendment_id, Status.WITHDRAWN, "Op verzoek.", press())
    assert done.reference is None
