"""What was handed in and is not open: its proposer and the secretary know it by its receipt number, and nobody else."""

from pathlib import Path

from bot.config import RuleSettings
from bot.domain.deeds import Deed
from bot.sandbox import Loopback
from db.database import Database
from tests.e2e.conftest import Town, running, settings_for
from tests.e2e.proposals import WORDS, drafted, said, stored
from tests.e2e.test_deeds import of_deed
from tests.e2e.test_kinds import press
from tests.sandbox.member import Enter


async def test_a_receipt_number_finds_it_and_what_was_turned_away_can_be_put_right(
    loopback: Loopback, store: Database, tmp_path: Path, members: Enter
) -> None:
    settings = settings_for(loopback, tmp_path / "town.db", rules=RuleSettings(screening=True))
    lid, lid2, secretaris = await members("lid"), await members("lid2"), await members("secretaris")
    async with running(loopback, store, settings) as town:
        done = await press(lid, await drafted(lid, town), "file")
        await done.until(lambda given: bool(given.messages) and "ontvangstnummer" in given.text)
        number = str((await stored(town, WORDS)).receipt)
        for typed in (number, f"nr. {number}", f"Ontvangstnummer {number}"):
            assert WORDS in said(await lid.slash("amendement tonen", {"verwijzing": typed}))
        assert "Er is geen amendement" in said(await lid2.slash("amendement tonen", {"verwijzing": number}))
        whole = await secretaris.slash("amendement tonen", {"verwijzing": number})
        form = (await secretaris.press(whole.message, of_deed(whole, Deed.TURN_AWAY))).modal
        assert form is not None
        await secretaris.submit(form, {"reason": "Gaat hier niet over."})
        form = (await secretaris.slash("amendement corrigeren", {"verwijzing": number})).modal
        assert form is not None
        put_right = await secretaris.submit(form, {"status": ["open"], "reason": "Bij nader inzien wel."})
        assert "**4.2-A2** is nu: in behandeling" in put_right.text


async def test_the_old_panel_of_a_draft_that_was_thrown_away_does_not_say_it_was_received(
    town: Town, members: Enter
) -> None:
    lid = await members("lid")
    draft = await drafted(lid, town)
    whole = await lid.slash("amendement tonen", {"verwijzing": str((await stored(town, WORDS)).receipt)})
    await lid.submit((await lid.press(whole.message, of_deed(whole, Deed.WITHDRAW))).modal or {}, {})
    late = await press(lid, draft, "file")
    await late.until(lambda given: any("is nu: ingetrokken" in each["content"] for each in given.messages))
