"""The assembly: the hamerlijst in one blow, the rest in order, undoing the last decision, and the end."""

from bot.domain.amendments import Advice, Amendment, Kind, Status
from bot.domain.deeds import Deed
from bot.domain.history import rebuilt
from bot.domain.phases import Phase
from bot.domain.tally import Tally
from bot.services.advising import Advising
from bot.services.deciding import Deciding, Ruling
from bot.services.decision_rows import AdviceDraft
from bot.services.meeting import MeetingLead
from bot.services.mine import Own
from bot.services.ports import Unit
from bot.services.projecting import Projecting
from db.database import Database
from tests.db.stock import AT
from tests.services.acts import (
    CHAIR,
    COMMITTEE,
    FIRST,
    HERMAN,
    ZUHAL,
    acting,
    enter,
    history,
    loaded,
    made,
    press,
    refusal,
)


async def advised(database: Database, *advice: Advice) -> list[Amendment]:
    """Return amendments with these advices published, the assembly begun."""
    await enter(database, Phase.COMMITTEE)
    amendments = [await made(database) for _ in advice]
    advising = Advising(acting(database))
    for amendment, each in zip(amendments, advice, strict=True):
        text = "Beter." if each is Advice.ADOPT_AS_MODIFIED else ""
        await advising.write(COMMITTEE, amendment.amendment_id, each, "Daarom.", press(), text=text)
    await advising.publish(COMMITTEE, FIRST)
    await enter(database, Phase.ASSEMBLY)
    return amendments


async def test_one_press_decides_all_as_advised_and_one_undoes_it(database: Database) -> None:
    yes, no, changed = await advised(database, Advice.ADOPT, Advice.ADVISE_AGAINST, Advice.ADOPT_AS_MODIFIED)
    lead = MeetingLead(acting(database))
    assert len((await lead.order(CHAIR, FIRST)).hammer) == 3
    decided, left = await lead.hammer(CHAIR, FIRST)
    assert [each.status for each in decided] == [Status.ADOPTED, Status.REJECTED, Status.ADOPTED_AS_MODIFIED]
    assert left == []
    assert (await loaded(database, changed.amendment_id)).final_text == "Beter."
    assert await refusal(lead.hammer(CHAIR, FIRST)) == "refused.no_hammer"
    last = await lead.last(FIRST)
    assert len(last) == 3
    assert await refusal(lead.undo(CHAIR, FIRST, last[0].decision_id, "")) == "refused.no_reason"
    undone = await lead.undo(CHAIR, FIRST, last[0].decision_id, "Niet geteld.")
    assert {each.status for each in undone} == {Status.OPEN}
    assert (await history(database, no))[-1] == ("open", "Noor", None, "besluit teruggedraaid: Niet geteld.")
    assert await refusal(lead.undo(CHAIR, FIRST, last[0].decision_id, "Nog eens.")) == "refused.not_the_last"
    events = await database.read(lambda unit: unit.amendments.history(yes.amendment_id))
    assert rebuilt(events).status is Status.OPEN


async def test_what_somebody_wants_to_discuss_leaves_the_hamerlijst(database: Database) -> None:
    yes, other = await advised(database, Advice.ADOPT, Advice.ADOPT)
    lead = MeetingLead(acting(database))
    await lead.order(CHAIR, FIRST)
    assert (await Own(acting(database)).discuss(HERMAN, other.amendment_id))[1]
    decided, left = await lead.hammer(CHAIR, FIRST)
    assert [each.amendment_id for each in decided] == [yes.amendment_id]
    assert [each.amendment_id for each in left] == [other.amendment_id]
    assert [each.amendment_id for each in (await lead.order(CHAIR, FIRST)).rest] == [other.amendment_id]


async def test_an_advice_that_modifies_nothing_does_not_hold_up_the_hamerlijst(database: Database) -> None:
    """Published before such an advice was refused, it is treated with the rest."""
    plain, empty = await advised(database, Advice.ADOPT, Advice.ADOPT_AS_MODIFIED)

    def unmodify(unit: Unit) -> None:
        advice = Advice.ADOPT_AS_MODIFIED
        unit.advice.publish(AdviceDraft(empty.amendment_id, advice, "Daarom.", f"{empty.text} ", AT, None), AT)

    await database.transact(unmodify)
    lead = MeetingLead(acting(database))
    order = await lead.order(CHAIR, FIRST)
    assert [each.amendment_id for each in order.rest] == [empty.amendment_id]
    decided, left = await lead.hammer(CHAIR, FIRST)
    assert [each.amendment_id for each in decided] == [plain.amendment_id]
    assert left == []


async def test_what_is_shown_from_the_hamerlijst_counts_with_the_rest(database: Database) -> None:
    """The chair reads how much is left to be treated, what is in sight counted in."""
    one, _, _ = await advised(database, Advice.ADOPT, Advice.ADOPT, Advice.LEAVE_TO_ASSEMBLY)
    await MeetingLead(acting(database)).order(CHAIR, FIRST)
    shown = await Projecting(acting(database)).next(CHAIR, FIRST, one.reference or "")
    assert (shown.hammer, shown.rest) == (1, 2)


async def test_the_rest_comes_in_order_and_what_is_held_over_last(database: Database) -> None:
    insert, gone = await made(database), await made(database, kind=Kind.DELETE, block=3)
    await enter(database, Phase.ASSEMBLY)
    lead = MeetingLead(acting(database))
    assert await refusal(lead.standing(FIRST)) == "refused.no_order"
    standing = await lead.order(CHAIR, FIRST)
    assert standing.next
    assert standing.next.amendment_id == gone.amendment_id
    await Deciding(acting(database)).decide(CHAIR, gone.amendment_id, Ruling(Deed.HOLD_OVER), press())
    assert [each.amendment_id for each in (await lead.standing(FIRST)).rest] == [
        insert.amendment_id,
        gone.amendment_id,
    ]


async def test_the_whole_is_adopted_once_everything_is_decided(database: Database) -> None:
    amendment = await made(database)
    await enter(database, Phase.ASSEMBLY)
    lead = MeetingLead(acting(database))
    await lead.order(CHAIR, FIRST)
    assert await refusal(lead.adopt(CHAIR, FIRST)) == "refused.undecided"
    await Deciding(acting(database)).decide(CHAIR, amendment.amendment_id, Ruling(Deed.REJECT), press())
    assert await refusal(lead.adopt(ZUHAL, FIRST)) == "refused.role"
    await lead.adopt(CHAIR, FIRST, Tally(80, 2))
    assert (await database.read(lambda unit: unit.phases.calendar(FIRST))).phase is Phase.ADOPTED
    assert await refusal(lead.order(CHAIR, FIRST)) == "refused.over"
    assert (await loaded(database, amendment.amendment_id)).status is Status.REJECTED
