"""What an amendment became is said in its post, once; what does not hold any more is taken back in public too."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.config import RuleSettings
from bot.domain.amendments import Status
from bot.domain.deeds import Deed
from bot.domain.phases import Phase
from bot.sandbox import Loopback
from bot.services.deciding import Deciding, Ruling
from bot.services.meeting import MeetingLead
from db.database import Database
from tests.e2e.conftest import Town, running, settings_for
from tests.e2e.proposals import said as told
from tests.e2e.test_deeds import FIRST, SECTION, colliding, do, enter, read
from tests.e2e.test_member import propose
from tests.sandbox.member import Enter
from tests.sandbox.parts import text_of
from tests.services.acts import CHAIR, SECRETARY, acting, loaded, made, press


@pytest.fixture
async def lenient(loopback: Loopback, store: Database, tmp_path: Path) -> AsyncIterator[Town]:
    """The town of a party whose committee may take amendments over."""
    rules = RuleSettings(take_over=True)
    async with running(loopback, store, settings_for(loopback, tmp_path / "town.db", rules=rules)) as started:
        yield started


def lines(town: Town, reference: str) -> list[dict[str, Any]]:
    """Return what was said about an amendment in its post, the cards and lists apart."""
    messages = town.view()["messages"][town.post(SECTION)]
    return [each for each in messages if f"[{reference}](" in text_of(each) and len(text_of(each)) < 300]


async def test_what_was_said_and_undone_is_taken_back_once(town: Town, members: Enter) -> None:
    """The proposer alone is mentioned; members who read of the decision read that it holds no more."""
    lid, voorzitter = await members("lid"), await members("voorzitter")
    await propose(lid, town)
    await enter(town, Phase.ASSEMBLY)
    await do(voorzitter, town, "4.2-A2", Deed.REJECT)
    last = await voorzitter.slash("vergadering herstellen")
    asked = await voorzitter.press(last.message, "Terugdraaien…")
    assert asked.modal is not None
    await voorzitter.submit(asked.modal, {"reason": "Verkeerd geteld."})
    await town.bridge.syncing.idle()
    said = lines(town, "4.2-A2")
    assert ["**verworpen**" in text_of(each) for each in said] == [True, False]
    assert "teruggedraaid" in text_of(said[1])
    assert "weer **in behandeling**" in text_of(said[1])
    assert [user["id"] for user in said[1]["mentions"]] == [lid.id]


async def test_a_correction_is_said_as_one(town: Town, members: Enter) -> None:
    secretaris, voorzitter = await members("secretaris"), await members("voorzitter")
    await enter(town, Phase.ASSEMBLY)
    await do(voorzitter, town, "4.2-A1", Deed.REJECT)
    await do(secretaris, town, "4.2-A1", Deed.CORRECT, {"status": ["adopted"], "reason": "Verkeerde knop."})
    said = [text_of(each) for each in lines(town, "4.2-A1")]
    assert len(said) == 2
    assert "Correctie: [4.2-A1]" in said[1]
    assert "nu **aangenomen**" in said[1]
    assert "Sam" not in said[1], "nobody is named but who proposed"


async def test_a_correction_to_adopted_asks_what_must_follow_too(town: Town, members: Enter) -> None:
    """The secretary is led to another place for the one that collides."""
    secretaris = await members("secretaris")
    first, second = await colliding(town)
    await enter(town, Phase.ASSEMBLY)
    asked = await secretaris.slash("amendement corrigeren", {"verwijzing": str(first.reference)})
    assert asked.modal is not None
    done = await secretaris.submit(asked.modal, {"status": ["adopted"], "reason": "Vergeten."})
    await done.until(lambda given: "Wat moet daarmee?" in told(given))
    panel = next(each for each in done.messages if "Wat moet daarmee?" in text_of(each))
    move = await secretaris.press(panel, f"{second.reference} op een andere plek")
    assert f"Waar hoort {second.reference} bij?" in move.text


async def test_taken_over_voted_on_and_merged_are_each_said(lenient: Town, members: Enter) -> None:
    """Merging is asked, consented to by each who proposed, and written down by the secretary for who is not here."""
    town = lenient
    lid, lid2, commissie = await members("lid"), await members("lid2"), await members("commissie")
    secretaris = await members("secretaris")
    await propose(lid, town)
    await enter(town, Phase.COMMITTEE)
    await do(commissie, town, "4.2-A2", Deed.TAKE_OVER)
    await do(lid2, town, "4.2-A2", Deed.ASK_VOTE)
    asked = await do(commissie, town, "4.2-A2", Deed.MERGE, {"other": "4.2-a1"})
    assert "Teun Rietgors" in asked.text
    theirs = await read(secretaris, town, "4.2-A2")
    await secretaris.press(theirs.message, "Teun Rietgors is akkoord met samenvoegen")
    mine = await read(lid, town, "4.2-A2")
    await lid.press(mine.message, "Akkoord met samenvoegen")
    await town.bridge.syncing.idle()
    said = [text_of(each) for each in lines(town, "4.2-A2")]
    assert ["overgenomen" in said[0], "vroeg om een stemming" in said[1], "met 4.2-A1" in said[2]] == [True] * 3
    assert "Teun Terpstede" not in str(said)
    assert all([user["id"] for user in each["mentions"]] == [lid.id] for each in lines(town, "4.2-A2"))


async def waiting(database: Database) -> list[str]:
    return [each.text for each in await database.read(lambda unit: unit.announcements.waiting(FIRST))]


async def test_what_nobody_read_yet_needs_no_taking_back(store: Database) -> None:
    """A decision undone in time is not spoken of; the one that was read before it is, though another came between."""
    amendment = await made(store)
    await store.transact(lambda unit: unit.phases.enter(FIRST, Phase.ASSEMBLY, CHAIR, "2026-11-01T10:00:00+00:00"))
    deciding, lead = Deciding(acting(store)), MeetingLead(acting(store))

    async def decided(deed: Deed) -> int:
        await deciding.decide(CHAIR, amendment.amendment_id, Ruling(deed), press())
        return (await lead.last(FIRST))[0].decision_id

    await lead.undo(CHAIR, FIRST, await decided(Deed.ADOPT), "Nee.")
    assert await waiting(store) == []
    read = await decided(Deed.ADOPT)
    said = await store.read(lambda unit: unit.announcements.waiting(FIRST))
    await store.transact(lambda unit: unit.announcements.begin([each.announcement_id for each in said]))
    await lead.undo(CHAIR, FIRST, read, "Nee.")
    await lead.undo(CHAIR, FIRST, await decided(Deed.REJECT), "Nee.")
    first, second = await waiting(store)
    assert ("**aangenomen**" in first, "weer **in behandeling**" in second) == (True, True)


async def test_a_correction_to_an_outcome_gives_a_reference(store: Database) -> None:
    """What was not admitted by mistake and decided all the same is to be found, and has its card."""
    amendment = await made(store, Status.NOT_ADMITTED)
    deciding = Deciding(acting(store))
    await deciding.correct(SECRETARY, amendment.amendment_id, Status.REJECTED, "Vergissing.", press())
    assert (await loaded(store, amendment.amendment_id)).reference is not None
