"""Members draft at any time, and hand in and support while phase and deadline let them."""

import pytest

from bot.domain.amendments import Kind, Status
from bot.domain.deadlines import Deadline
from bot.domain.phases import Phase, Rules
from bot.errors import Refused
from bot.locales import load_all
from bot.services.amending import Amending
from bot.services.changing import Changing
from bot.services.deciding import Deciding
from bot.services.ideas import Idea
from bot.services.ports import AmendmentFilter
from bot.services.wording import refusal as refusal_in_words
from db.database import Database
from tests.db.stock import make_programme, section_ids
from tests.services.acts import (
    CHAIR,
    FIRST,
    HERMAN,
    SECRETARY,
    ZUHAL,
    acting,
    enter,
    loaded,
    made,
    press,
    refusal,
)
from tests.services.readings import Hours


def amending(database: Database, clock: Hours | None = None, rules: Rules | None = None) -> Amending:
    return Amending(database, clock or Hours(), rules=rules)


async def idea(database: Database) -> Idea:
    sections = await database.read(lambda unit: section_ids(unit, FIRST))
    return Idea(sections[0], Kind.INSERT, None, "Meer bankjes.", "Om te zitten.", "")


async def test_what_is_typed_too_early_is_kept_as_a_draft_and_handed_in_later(database: Database) -> None:
    await enter(database, Phase.DISCUSSION)
    service = amending(database)
    view = await service.draft(ZUHAL, await idea(database), press())
    draft = view.amendment.amendment_id
    assert view.held
    assert view.held.key == "refused.not_yet"
    assert await refusal(service.file(ZUHAL, draft, press())) == "refused.not_yet"
    assert [each.amendment_id for each in await service.drafts(ZUHAL, FIRST, 25)] == [draft]
    assert await service.drafts(HERMAN, FIRST, 25) == []
    await enter(database, Phase.AMENDING)
    assert (await service.own_draft(ZUHAL, draft)).held is None
    assert (await service.file(ZUHAL, draft, press())).amendment.reference == "1.1-A1"


async def test_what_was_given_back_can_be_handed_in_past_the_deadline(database: Database) -> None:
    hours = Hours()
    amendment = await made(database, Status.SUBMITTED)
    deciding = Deciding(acting(database, Rules(screening=True), hours))
    await deciding.give_back(SECRETARY, amendment.amendment_id, "Welk punt?", press())
    await database.transact(lambda unit: unit.phases.set_deadline(FIRST, Deadline.PROPOSE, hours()))
    service = amending(database, hours, Rules(screening=True))
    hours.pass_by(hours=47)
    await service.file(ZUHAL, amendment.amendment_id, press())
    await deciding.give_back(SECRETARY, amendment.amendment_id, "Nog eens.", press())
    hours.pass_by(hours=48)
    assert await refusal(service.file(ZUHAL, amendment.amendment_id, press())) == "refused.deadline"


async def test_support_is_given_in_time_and_taken_back_until_the_decision(database: Database) -> None:
    amendment, service = await made(database), amending(database)
    await service.support(HERMAN, amendment.amendment_id, press())
    await enter(database, Phase.ASSEMBLY)
    assert await refusal(service.support(ZUHAL, amendment.amendment_id, press())) == "refused.over"
    assert (await service.unsupport(HERMAN, amendment.amendment_id, press()))[1]
    assert (await loaded(database, amendment.amendment_id)).support == 0
    assert await refusal(service.support(CHAIR, amendment.amendment_id, press())) == "refused.role"


async def test_what_was_given_back_is_not_handed_in_by_the_press_that_handed_it_in_before(database: Database) -> None:
    await database.transact(make_programme)
    service = amending(database, rules=Rules(screening=True))
    draft = (await service.draft(ZUHAL, await idea(database), press())).amendment.amendment_id
    handed_in = press()
    assert (await service.file(ZUHAL, draft, handed_in)).amendment.status is Status.SUBMITTED
    await Deciding(acting(database, Rules(screening=True))).give_back(SECRETARY, draft, "Welk punt?", press())
    assert (await service.file(ZUHAL, draft, handed_in)).amendment.status is Status.DRAFT
    assert (await service.file(ZUHAL, draft, press())).amendment.status is Status.SUBMITTED


async def test_a_press_that_comes_twice_counts_once_whatever_came_between(database: Database) -> None:
    amendment, service = await made(database), amending(database)
    given, taken = press(), press()
    assert (await service.support(HERMAN, amendment.amendment_id, given))[1]
    assert (await service.unsupport(HERMAN, amendment.amendment_id, taken))[1]
    after, answered = await service.support(HERMAN, amendment.amendment_id, given)
    assert (after.support, answered) == (0, True)
    await service.support(HERMAN, amendment.amendment_id, press())
    after, answered = await service.unsupport(HERMAN, amendment.amendment_id, taken)
    assert (after.support, answered) == (1, True)


async def test_the_name_for_the_amendment_book_is_asked_once_and_used(database: Database) -> None:
    await database.transact(make_programme)
    service = amending(database)
    assert await service.name(ZUHAL, FIRST) is None
    first = await service.draft(ZUHAL, await idea(database), press())
    assert await service.set_name(ZUHAL, FIRST, "  Zuhal van  Dijk ") == "Zuhal van Dijk"
    second = await service.draft(ZUHAL, await idea(database), press())
    for view in (first, second):
        assert (await loaded(database, view.amendment.amendment_id)).proposer == "Zuhal van Dijk"
    for nobody in (" ", "\u200b\u2060 ", "***"):
        assert await refusal(service.set_name(ZUHAL, FIRST, nobody)) == "refused.no_name"
    assert await service.set_name(ZUHAL, FIRST, "\u202eZuhal\u200b\tDijk\u2066") == "Zuhal Dijk"


async def test_a_list_holds_nothing_that_was_never_handed_in_whatever_status_is_asked_for(database: Database) -> None:
    """A draft that was thrown away is withdrawn, as is what stood in the list before: only that is anybody's to see."""
    service, changing = amending(database), Changing(acting(database))
    stood = await made(database)
    thrown_away = await service.draft(ZUHAL, await idea(database), press())
    for amendment_id in (stood.amendment_id, thrown_away.amendment.amendment_id):
        await changing.withdraw(ZUHAL, amendment_id, press())
    await service.draft(ZUHAL, await idea(database), press())
    await made(database, Status.SUBMITTED)
    for status in Status:
        which = AmendmentFilter(statuses=frozenset({status}))
        rows, _ = await service.page(FIRST, which, after=None, size=25)
        expected = [stood.amendment_id] if status is Status.WITHDRAWN else []
        assert [each.amendment_id for each in rows] == expected, status


async def test_what_an_old_button_says_of_a_draft_and_of_support_is_true(database: Database) -> None:
    """A draft that was thrown away was not filed, and what was withdrawn was not decided."""
    amendment, service = await made(database), amending(database)
    changing = Changing(acting(database))
    thrown = (await service.draft(ZUHAL, await idea(database), press())).amendment.amendment_id
    await changing.withdraw(ZUHAL, thrown, press())
    assert await refusal(service.own_draft(ZUHAL, thrown)) == "refused.discarded"
    await changing.withdraw(ZUHAL, amendment.amendment_id, press())
    with pytest.raises(Refused) as refused:
        await service.support(HERMAN, amendment.amendment_id, press())
    assert refusal_in_words(refused.value, load_all()["nl"]).startswith("1.1-A1 is nu: ingetrokken.")
