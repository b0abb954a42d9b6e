"""Advice is the committee's until it is published; then members see it and the proposer can answer."""

import pytest

from bot.domain.amendments import Advice, PublishedAdvice, Status
from bot.domain.people import Actor
from bot.domain.phases import Phase
from bot.services.advising import Advising
from bot.services.decision_rows import Answer
from bot.services.dossiers import Dossiers
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

ADOPT = (Advice.ADOPT, "Goed plan.")


async def test_a_draft_is_seen_by_committee_and_secretary_alone(database: Database) -> None:
    amendment, advising = await made(database), Advising(acting(database))
    await enter(database, Phase.COMMITTEE)
    await advising.write(COMMITTEE, amendment.amendment_id, *ADOPT, press())
    dossiers = Dossiers(acting(database))
    draft = (await dossiers.read(SECRETARY, amendment.amendment_id)).draft
    assert draft
    assert (draft.advice, draft.explanation) == ADOPT
    assert (await dossiers.read(ZUHAL, amendment.amendment_id)).draft is None
    assert (await loaded(database, amendment.amendment_id)).advice is None


async def test_nobody_writes_over_anothers_advice_unseen(database: Database) -> None:
    amendment, advising = await made(database), Advising(acting(database))
    await enter(database, Phase.COMMITTEE)
    await advising.write(COMMITTEE, amendment.amendment_id, *ADOPT, press())
    against = (Advice.ADVISE_AGAINST, "Te duur.")
    act = advising.write(SECRETARY, amendment.amendment_id, *against, press())
    assert await refusal(act) == "refused.advised_meanwhile"
    draft = (await Dossiers(acting(database)).read(SECRETARY, amendment.amendment_id)).draft
    assert draft
    await advising.write(SECRETARY, amendment.amendment_id, *against, press(), seen=draft.at)


async def test_advice_needs_its_explanation_and_a_modified_text(database: Database) -> None:
    amendment, advising = await made(database), Advising(acting(database))
    await enter(database, Phase.COMMITTEE)
    bare = advising.write(COMMITTEE, amendment.amendment_id, Advice.ADOPT, " ", press())
    assert await refusal(bare) == "refused.no_advice_explanation"
    textless = advising.write(COMMITTEE, amendment.amendment_id, Advice.ADOPT_AS_MODIFIED, "Korter.", press())
    assert await refusal(textless) == "refused.no_final_text"
    same = (Advice.ADOPT_AS_MODIFIED, "Korter.")
    unchanged = advising.write(COMMITTEE, amendment.amendment_id, *same, press(), text=f"{amendment.text} ")
    assert await refusal(unchanged) == "refused.advice_not_modified"


async def test_publishing_shows_all_drafts_of_a_chapter_and_tells_the_proposer(database: Database) -> None:
    here, there = await made(database), await made(database, section=2)
    await enter(database, Phase.COMMITTEE)
    advising = Advising(acting(database))
    modified = (Advice.ADOPT_AS_MODIFIED, "Korter.")
    await advising.write(COMMITTEE, here.amendment_id, *modified, press(), text="Kort.")
    await advising.write(COMMITTEE, there.amendment_id, *ADOPT, press())
    chapter = (await database.read(lambda unit: unit.programmes.chapters(FIRST)))[0].chapter_id
    (published,) = await advising.publish(COMMITTEE, FIRST, chapter)
    assert published.advice == PublishedAdvice(*modified)
    assert await database.read(lambda unit: unit.advice.with_text(FIRST)) == {here.amendment_id: "Kort."}
    assert await news(database, ZUHAL) == ["advised"]
    assert len(await advising.publish(COMMITTEE, FIRST)) == 1
    assert await refusal(advising.publish(COMMITTEE, FIRST)) == "refused.no_advice_drafts"


@pytest.mark.parametrize("actor", [ZUHAL, CHAIR])
async def test_others_do_not_publish(database: Database, actor: Actor) -> None:
    await made(database)
    assert await refusal(Advising(acting(database)).publish(actor, FIRST)) == "refused.role"


async def test_publishing_waits_for_its_phase(database: Database) -> None:
    amendment, advising = await made(database), Advising(acting(database))
    await enter(database, Phase.COMMITTEE)
    await advising.write(COMMITTEE, amendment.amendment_id, *ADOPT, press())
    await enter(database, Phase.ASSEMBLY)
    assert await refusal(advising.publish(COMMITTEE, FIRST)) == "refused.over"


async def test_the_proposer_answers_and_the_history_tells_who_did_it_for_them(database: Database) -> None:
    amendment = await made(database, proposer=None, name="Opa")
    await enter(database, Phase.COMMITTEE)
    advising = Advising(acting(database))
    early = advising.answer(SECRETARY, amendment.amendment_id, Answer.AGREE, press())
    assert await refusal(early) == "refused.no_advice"
    await advising.write(COMMITTEE, amendment.amendment_id, *ADOPT, press())
    await advising.publish(COMMITTEE, FIRST)
    stranger = advising.answer(HERMAN, amendment.amendment_id, Answer.AGREE, press())
    assert await refusal(stranger) == "refused.proposer_only"
    await advising.answer(SECRETARY, amendment.amendment_id, Answer.DISAGREE, press())
    advice = (await loaded(database, amendment.amendment_id)).advice
    assert advice
    assert advice.agrees is False
    assert (await history(database, amendment))[-1] == (
        Status.OPEN.value,
        "Sietske",
        "Opa",
        "de indiener is niet akkoord met het preadvies",
    )
