"""Proposers change, withdraw and share what is theirs, as long as the phase and the deadline let them."""

from collections.abc import Sequence

from bot.domain.amendments import Amendment, Kind, Status
from bot.domain.deadlines import Deadline
from bot.domain.phases import Phase
from bot.services.changing import Changing
from bot.services.ideas import Idea
from bot.services.member_rows import CoProposer
from bot.services.merging import Merging
from db.database import Database
from tests.services.acts import (
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
    news,
    press,
    refusal,
)
from tests.services.readings import Hours


def idea(amendment: Amendment, text: str = "Anders.") -> Idea:
    return Idea(amendment.section_id, Kind.INSERT, None, text, "Beter zo.", "Titel")


async def test_a_new_version_keeps_support_and_tells_supporters_privately(database: Database) -> None:
    amendment, changing = await made(database), Changing(acting(database))
    await database.transact(lambda unit: unit.amendments.add_support(amendment.amendment_id, HERMAN.member_id, "x"))
    changed = await changing.change(ZUHAL, amendment.amendment_id, idea(amendment), 1, press())
    assert (changed.version, changed.text, changed.support) == (2, "Anders.", 1)
    assert (await news(database, HERMAN), await news(database, ZUHAL)) == (["version"], [])
    versions = await database.read(lambda unit: unit.amendments.versions(amendment.amendment_id))
    assert [each.text for each in versions] == ["Nieuw.", "Anders."]
    assert (await history(database, amendment))[-1] == ("open", "Zuhal", None, "nieuwe tekst (versie 2)")


async def test_nobody_writes_over_what_they_did_not_see(database: Database) -> None:
    amendment, changing = await made(database), Changing(acting(database))
    await changing.change(SECRETARY, amendment.amendment_id, idea(amendment), 1, press())
    late = changing.change(ZUHAL, amendment.amendment_id, idea(amendment, "Nog anders."), 1, press())
    assert await refusal(late) == "refused.changed_meanwhile"
    same = changing.change(ZUHAL, amendment.amendment_id, idea(amendment), 2, press())
    assert await refusal(same) == "refused.nothing_changed"


async def test_the_deadline_passes_while_a_form_is_open(database: Database) -> None:
    amendment, hours = await made(database), Hours()
    await database.transact(lambda unit: unit.phases.set_deadline(FIRST, Deadline.PROPOSE, hours()))
    changing = Changing(acting(database, clock=hours))
    late = changing.change(ZUHAL, amendment.amendment_id, idea(amendment), 1, press())
    assert await refusal(late) == "refused.deadline"


async def test_withdrawing_by_the_proposer_or_on_their_word(database: Database) -> None:
    changing = Changing(acting(database))
    mine, theirs, other = await made(database), await made(database), await made(database)
    await changing.withdraw(ZUHAL, mine.amendment_id, press())
    assert await news(database, ZUHAL) == [], "nobody is told what they did themselves"
    await changing.withdraw(CHAIR, theirs.amendment_id, press(), reason="In de zaal gezegd.")
    assert await refusal(changing.withdraw(HERMAN, other.amendment_id, press())) == "refused.proposer_only"
    assert (await history(database, mine))[-1] == ("withdrawn", "Zuhal", None, None)
    assert (await history(database, theirs))[-1] == ("withdrawn", "Noor", "Zuhal", "In de zaal gezegd.")
    assert await refusal(changing.withdraw(ZUHAL, mine.amendment_id, press())) == "refused.status"


async def asked_for(database: Database, amendment: Amendment) -> Sequence[CoProposer]:
    return await database.read(lambda unit: unit.co_proposers.of(amendment.amendment_id))


async def test_a_co_proposer_is_named_once_they_consent(database: Database) -> None:
    amendment, changing = await made(database), Changing(acting(database))
    await changing.invite(ZUHAL, amendment.amendment_id, HERMAN.member_id, "Herman", press())
    assert (await loaded(database, amendment.amendment_id)).co_proposers == ()
    (asked,) = await asked_for(database, amendment)
    assert await news(database, HERMAN) == ["invited"]
    stranger = changing.answer_invitation(CHAIR, asked.co_proposer_id, consent=True)
    assert await refusal(stranger) == "refused.not_invited"
    assert (await changing.answer_invitation(HERMAN, asked.co_proposer_id, consent=True))[1]
    assert not (await changing.answer_invitation(HERMAN, asked.co_proposer_id, consent=True))[1]
    assert (await loaded(database, amendment.amendment_id)).co_proposers == ("Herman",)
    assert (await history(database, amendment))[-1] == ("open", "Herman", None, "er is een mede-indiener")
    again = changing.invite(ZUHAL, amendment.amendment_id, HERMAN.member_id, "Herman", press())
    assert await refusal(again) == "refused.invited_already"


async def test_who_declined_is_left_in_peace_and_stepping_back_is_always_possible(database: Database) -> None:
    amendment, changing = await made(database), Changing(acting(database))
    await changing.invite(ZUHAL, amendment.amendment_id, HERMAN.member_id, "Herman", press())
    (asked,) = await asked_for(database, amendment)
    await enter(database, Phase.COMMITTEE)
    consent = changing.answer_invitation(HERMAN, asked.co_proposer_id, consent=True)
    assert await refusal(consent) == "refused.over"
    assert (await changing.answer_invitation(HERMAN, asked.co_proposer_id, consent=False))[1]
    await enter(database, Phase.AMENDING)
    again = changing.invite(ZUHAL, amendment.amendment_id, HERMAN.member_id, "Herman", press())
    assert await refusal(again) == "refused.declined_before"


async def test_merging_waits_for_everybodys_word(database: Database) -> None:
    mine = await made(database)
    theirs = await made(database, proposer=None, name="Opa")
    await enter(database, Phase.COMMITTEE)
    merging = Merging(acting(database))
    asked = await merging.ask(COMMITTEE, mine.amendment_id, theirs.amendment_id, press())
    assert [each.name for each in asked.waiting] == ["Zuhal", "Opa"]
    assert await refusal(merging.consent(HERMAN, mine.amendment_id)) == "refused.not_asked_to_merge"
    half = await merging.consent(ZUHAL, mine.amendment_id)
    assert (half.done, len(half.waiting)) == (False, 1)
    done = await merging.record_consent(SECRETARY, mine.amendment_id, half.waiting[0].consent_id)
    assert (done.done, done.amendment.merged_into) == (True, theirs.amendment_id)
    assert (await history(database, mine))[-1] == ("merged", "Bram", None, "samengevoegd met 1.1-A2")
    assert (await merging.consent(ZUHAL, mine.amendment_id)).done


async def test_one_no_and_both_stay_as_they_are(database: Database) -> None:
    mine, theirs = await made(database), await made(database, proposer=HERMAN, name="Herman")
    await enter(database, Phase.COMMITTEE)
    merging = Merging(acting(database))
    itself = merging.ask(COMMITTEE, mine.amendment_id, mine.amendment_id, press())
    assert await refusal(itself) == "refused.merge_itself"
    await merging.ask(COMMITTEE, mine.amendment_id, theirs.amendment_id, press())
    await merging.refuse(HERMAN, mine.amendment_id)
    assert await refusal(merging.consent(ZUHAL, mine.amendment_id)) == "refused.no_merge"
    assert (await loaded(database, mine.amendment_id)).status is Status.OPEN


async def test_a_merging_is_not_done_into_what_was_decided_meanwhile(database: Database) -> None:
    mine, theirs = await made(database), await made(database, proposer=HERMAN, name="Herman")
    await enter(database, Phase.COMMITTEE)
    merging = Merging(acting(database))
    await merging.ask(COMMITTEE, mine.amendment_id, theirs.amendment_id, press())
    await merging.consent(ZUHAL, mine.amendment_id)
    await Changing(acting(database)).withdraw(HERMAN, theirs.amendment_id, press())
    assert await refusal(merging.consent(HERMAN, mine.amendment_id)) == "refused.status"
