"""What concerns one person: their own, what waits for them, their news; and what is kept about them."""

import json
from datetime import date
from pathlib import Path

from bot.domain.amendments import Advice, Kind, Origin, Status
from bot.domain.deadlines import Deadline
from bot.domain.history import rebuilt
from bot.domain.ids import Snowflake
from bot.domain.phases import Phase, Rules
from bot.services.advising import Advising
from bot.services.behalf import OnBehalf, Word
from bot.services.changing import Changing
from bot.services.deciding import Deciding
from bot.services.ideas import Idea
from bot.services.meeting_rows import Search
from bot.services.mine import Own
from bot.services.phasing import Phasing, Wish
from bot.services.privacy import Privacy
from bot.services.searching import Searching
from db.database import Database
from tests.db.stock import AT
from tests.services.acts import (
    ADMIN,
    CHAIR,
    COMMITTEE,
    FIRST,
    HERMAN,
    SECRETARY,
    ZUHAL,
    acting,
    enter,
    history,
    loaded,
    made,
    press,
    refusal,
)
from tests.services.readings import Hours

WORD = Word(" Oma  Bakker ", Origin.PAPER, date(2026, 10, 1))


async def test_mine_shows_what_waits_for_me_and_nobody_elses(database: Database) -> None:
    waiting, mending = await made(database), await made(database, Status.SUBMITTED)
    draft = await made(database, Status.DRAFT)
    theirs = await made(database, proposer=HERMAN, name="Herman")
    work = acting(database)
    await Deciding(work).give_back(SECRETARY, mending.amendment_id, "Welk punt?", press())
    await Changing(work).invite(HERMAN, theirs.amendment_id, ZUHAL.member_id, "Zuhal", press())
    await enter(database, Phase.COMMITTEE)
    await Advising(work).write(COMMITTEE, waiting.amendment_id, Advice.ADOPT, "Goed.", press())
    await Advising(work).publish(COMMITTEE, FIRST)
    mine = await Own(work).mine(ZUHAL, FIRST)
    assert [each.amendment_id for each in mine.drafts] == [draft.amendment_id]
    assert [each.amendment_id for each in mine.repairs] == [mending.amendment_id]
    assert [each.amendment_id for each in mine.to_answer] == [waiting.amendment_id]
    assert [each.amendment_id for each in mine.invitations] == [theirs.amendment_id]
    assert {notice.news.value for notice in mine.notices} == {"returned", "invited", "advised"}
    others = await Own(work).mine(CHAIR, FIRST)
    assert not any((others.proposals, others.drafts, others.notices, others.invitations))


async def test_a_draft_that_was_thrown_away_is_not_among_what_somebody_proposed(database: Database) -> None:
    """What they handed in and withdrew before it had a reference is."""
    handed_in, draft = await made(database, Status.SUBMITTED), await made(database, Status.DRAFT)
    changing = Changing(acting(database))
    for each in (handed_in, draft):
        await changing.withdraw(ZUHAL, each.amendment_id, press())
    mine = await Own(acting(database)).mine(ZUHAL, FIRST)
    assert [each.amendment_id for each in mine.proposals] == [handed_in.amendment_id]


async def test_duties_are_shown_by_part(database: Database) -> None:
    await made(database, Status.SUBMITTED)
    amendment = await made(database)
    own = Own(acting(database))
    assert len((await own.duties(SECRETARY, FIRST)).to_screen) == 1
    assert [each.amendment_id for each in (await own.duties(COMMITTEE, FIRST)).to_advise] == [amendment.amendment_id]
    assert len((await own.duties(CHAIR, FIRST)).to_decide) == 1
    nothing = await own.duties(HERMAN, FIRST)
    assert not any((nothing.to_screen, nothing.to_advise, nothing.to_decide))


async def test_news_is_told_once_and_written_only_to_who_wants_it(database: Database) -> None:
    amendment, own = await made(database), Own(acting(database))
    assert (await own.follow(HERMAN, amendment.amendment_id))[1]
    assert not (await own.follow(HERMAN, amendment.amendment_id))[1]
    await Changing(acting(database)).withdraw(ZUHAL, amendment.amendment_id, press())
    (notice,) = await own.notices(HERMAN)
    assert HERMAN.member_id not in {member for member, _ in await own.to_write(FIRST)}
    await own.messages(HERMAN, FIRST, wanted=True)
    assert list(await own.to_write(FIRST)) == [(HERMAN.member_id, notice)]
    await own.told(CHAIR, [notice.notice_id])
    assert len(await own.notices(HERMAN)) == 1
    await own.told(HERMAN, [notice.notice_id])
    assert await own.notices(HERMAN) == []
    assert await own.unfollow(HERMAN, amendment.amendment_id)


async def test_erasing_takes_support_and_drafts_and_leaves_what_is_public(database: Database, tmp_path: Path) -> None:
    public, theirs = await made(database), await made(database, proposer=HERMAN, name="Herman")
    draft = await made(database, Status.DRAFT, text="Een geheime gedachte.")
    await database.transact(lambda unit: unit.amendments.add_support(theirs.amendment_id, ZUHAL.member_id, AT))
    privacy = Privacy(acting(database))
    kept = json.loads(await privacy.inspect(ZUHAL.member_id))
    assert (len(kept["proposals"]), len(kept["support"])) == (2, 1)
    assert await privacy.erase(ZUHAL) > 0
    assert not any(value for key, value in json.loads(await privacy.inspect(ZUHAL.member_id)).items() if key[0] != "m")
    after = await loaded(database, public.amendment_id)
    assert (after.proposer, after.proposer_id, after.text) == (None, None, "Nieuw.")
    assert (await loaded(database, theirs.amendment_id)).support == 0
    assert {line[1] for line in await history(database, public)} == {None}
    events = await database.read(lambda unit: unit.amendments.history(draft.amendment_id))
    assert rebuilt(events).status is (await loaded(database, draft.amendment_id)).status is Status.WITHDRAWN
    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"geheime gedachte" not in files
    assert b"Zuhal" not in files


async def test_a_name_on_paper_can_be_erased_too(database: Database) -> None:
    amendment = await made(database, proposer=None, name="Opa")
    privacy = Privacy(acting(database))
    kept = await privacy.inspect_name(" opa")
    assert [each["reference"] for each in kept["proposals"]] == ["1.1-A1"]
    assert len(kept["history"]) == 2
    assert (await privacy.erase_name("opa"), await privacy.erase_name("opa")) == (1, 0)
    assert (await loaded(database, amendment.amendment_id)).proposer is None
    assert {line[1] for line in await history(database, amendment)} == {None}


async def test_support_of_what_was_decided_long_ago_is_a_number_only(database: Database) -> None:
    done, still = await made(database, Status.REJECTED), await made(database)
    for each in (done, still):
        await database.transact(
            lambda unit, each=each: unit.amendments.add_support(each.amendment_id, HERMAN.member_id, AT)
        )
    hours = Hours()
    privacy = Privacy(acting(database, clock=hours))
    assert await privacy.reduce_support(30) == 0
    hours.pass_by(days=31)
    assert await privacy.reduce_support(30) == 1
    assert not await database.read(lambda unit: unit.amendments.supports(done.amendment_id, HERMAN.member_id))
    assert await database.read(lambda unit: unit.amendments.supports(still.amendment_id, HERMAN.member_id))
    assert (await loaded(database, done.amendment_id)).support == 1


async def test_the_secretary_proposes_for_somebody_and_the_history_says_so(database: Database) -> None:
    await made(database)
    section = (await database.read(lambda unit: unit.programmes.outline(FIRST)))[0].section_id
    idea = Idea(section, Kind.INSERT, None, "Meer bankjes.", "", "")
    behalf, twice = OnBehalf(acting(database)), press()
    assert await refusal(behalf.propose(HERMAN, idea, WORD, press())) == "refused.role"
    amendment = await behalf.propose(SECRETARY, idea, WORD, twice)
    assert (await behalf.propose(SECRETARY, idea, WORD, twice)).amendment_id == amendment.amendment_id
    assert (amendment.proposer, amendment.proposer_id, amendment.origin) == ("Oma Bakker", None, Origin.PAPER)
    told = "ingediend namens de indiener, met toestemming van 2026-10-01"
    assert (await history(database, amendment))[-1] == ("open", "Sietske", "Oma Bakker", told)
    await behalf.add_co_proposer(
        SECRETARY, amendment.amendment_id, Word("Opa", Origin.PAPER, date(2026, 10, 2)), press()
    )
    named = await database.read(lambda unit: unit.co_proposers.of(amendment.amendment_id))
    assert [(each.name, each.recorded_by) for each in named] == [("Opa", "Sietske")]
    await enter(database, Phase.COMMITTEE)
    assert await refusal(behalf.propose(SECRETARY, idea, WORD, press())) == "refused.over"


async def test_a_linked_author_of_the_forum_is_a_member_from_then_on(database: Database) -> None:
    await made(database, proposer=None, name="Herman Linzel")
    behalf = OnBehalf(acting(database))
    assert await refusal(behalf.link_author(HERMAN, FIRST, "Herman Linzel", HERMAN.member_id)) == "refused.role"
    await behalf.link_author(SECRETARY, FIRST, " herman  linzel", HERMAN.member_id)
    authors = await database.read(lambda unit: unit.members.authors(FIRST))
    assert authors == {"herman linzel": HERMAN.member_id}


async def test_a_phase_is_shown_beforehand_and_nobody_changes_it_unseen(database: Database) -> None:
    await made(database)
    fixed: list[Snowflake] = []
    phasing = Phasing(acting(database, Rules()), lambda unit, programme, actor, at: fixed.append(actor.member_id))
    change = await phasing.preview(FIRST, Phase.COMMITTEE)
    assert (change.before, change.undecided) == (Phase.AMENDING, 1)
    assert "submit" in change.closes
    assert "advise" in change.opens
    assert await refusal(phasing.settle(CHAIR, FIRST, Wish(Phase.COMMITTEE, Phase.AMENDING))) == "refused.role"
    await phasing.settle(ADMIN, FIRST, Wish(Phase.DISCUSSION, Phase.AMENDING), "Te vroeg.")
    late = phasing.settle(ADMIN, FIRST, Wish(Phase.COMMITTEE, Phase.AMENDING))
    assert await refusal(late) == "refused.phase_meanwhile"
    for _ in range(2):
        await phasing.settle(ADMIN, FIRST, Wish(Phase.AMENDING, Phase.DISCUSSION))
    assert fixed == [ADMIN.member_id]
    assert await refusal(phasing.settle(ADMIN, FIRST, Wish(Phase.ADOPTED, Phase.AMENDING))) == "refused.adopted_by_vote"
    until = Wish(None, Phase.AMENDING, {Deadline.PROPOSE: date(2026, 10, 4)}, {Phase.ASSEMBLY: date(2026, 11, 14)})
    calendar = await phasing.settle(ADMIN, FIRST, until)
    assert calendar.deadlines == {Deadline.PROPOSE: "2026-10-04T22:00:00+00:00"}
    assert calendar.begins[Phase.ASSEMBLY] == "2026-11-13T23:00:00+00:00"
    past = Wish(None, Phase.AMENDING, begins={Phase.DISCUSSION: date(2026, 11, 14)})
    assert await refusal(phasing.settle(ADMIN, FIRST, past)) == "refused.phase_not_ahead"
    nothing = Wish(None, Phase.AMENDING, {Deadline.PROPOSE: None}, {Phase.ASSEMBLY: None})
    calendar = await phasing.settle(ADMIN, FIRST, nothing)
    assert (calendar.deadlines, Phase.ASSEMBLY in calendar.begins) == ({}, False)


async def test_a_phase_that_was_left_for_an_earlier_one_does_not_begin_in_the_past(database: Database) -> None:
    """Who goes back has not said when it will begin again."""
    await made(database)
    phasing = Phasing(acting(database, Rules()))
    for phase, seen in ((Phase.COMMITTEE, Phase.AMENDING), (Phase.AMENDING, Phase.COMMITTEE)):
        calendar = await phasing.settle(ADMIN, FIRST, Wish(phase, seen))
    assert Phase.COMMITTEE not in calendar.begins


async def test_a_search_is_read_a_page_at_a_time(database: Database) -> None:
    for _ in range(5):
        await made(database, text="Meer fietspaden.")
    searching = Searching(database)
    first, then = await searching.page(HERMAN, FIRST, Search("fietsp"), size=3)
    rest, end = await searching.page(HERMAN, FIRST, Search("fietsp"), before=then, size=3)
    assert [each.reference for each in (*first, *rest)] == [f"1.1-A{number}" for number in (5, 4, 3, 2, 1)]
    assert end is None
