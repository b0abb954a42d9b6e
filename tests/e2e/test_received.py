"""What was received and is not screened yet: found by who screens it and by who proposed it, and by nobody else."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.config import RuleSettings
from bot.domain.amendments import Status
from bot.domain.deeds import Deed
from bot.domain.phases import Phase
from bot.sandbox import Loopback
from db.database import Database
from tests.e2e.conftest import Town, running, settings_for
from tests.e2e.proposals import SECTION, WHY, WORDS, drafted, labels, said, stored
from tests.e2e.test_deeds import enter, of_deed
from tests.e2e.test_kinds import choose, press
from tests.sandbox.member import Enter, Member


@pytest.fixture
async def careful(loopback: Loopback, store: Database, tmp_path: Path) -> AsyncIterator[Town]:
    """The town of a party whose secretary screens what is proposed."""
    rules = RuleSettings(screening=True)
    async with running(loopback, store, settings_for(loopback, tmp_path / "town.db", rules=rules)) as started:
        yield started


async def received(lid: Member, town: Town) -> str:
    """Let a member propose, and return how the receipt number is typed."""
    done = await press(lid, await drafted(lid, town), "file")
    await done.until(lambda given: "ontvangstnummer" in said(given))
    return f"ontvangstnummer {(await stored(town, WORDS)).receipt}"


async def seen_by(member: Member, typed: str) -> tuple[bool, bool, bool]:
    """Tell whether somebody finds it: suggested, by its words, and by its receipt number."""
    suggested = await member.complete("amendement tonen", {"verwijzing": "zone ont"}, focused="verwijzing")
    found = await member.slash("amendement zoeken", {"woorden": "schóól zone", "status": "submitted"})
    shown = await member.slash("amendement tonen", {"verwijzing": typed.replace("ontvangstnummer", "nr.")})
    return typed in str(suggested), WORDS[:20] in str(found.message), WORDS in said(shown)


async def test_it_is_found_by_who_screens_it_and_by_its_proposer_alone(careful: Town, members: Enter) -> None:
    lid, lid2, secretaris, commissie = [await members(each) for each in ("lid", "lid2", "secretaris", "commissie")]
    typed = await received(lid, careful)
    assert await seen_by(lid, typed) == (True, True, True)
    assert await seen_by(secretaris, typed) == (True, True, True)
    for nobody in (lid2, commissie):
        assert await seen_by(nobody, typed) == (False, False, False)
    shown = await secretaris.slash("amendement tonen", {"verwijzing": typed})
    await secretaris.press(shown.message, of_deed(shown, Deed.ADMIT))
    assert (await stored(careful, WORDS)).reference == "4.2-A2"
    assert "4.2-A2" in said(await lid2.slash("amendement zoeken", {"woorden": "school zone"}))


@pytest.mark.parametrize(("who", "phase"), [("secretaris", Phase.AMENDING), ("voorzitter", Phase.ASSEMBLY)])
async def test_it_is_withdrawn_on_the_proposers_word(careful: Town, members: Enter, who: str, phase: Phase) -> None:
    """By the secretary, and by the chair in the assembly; the history tells for whom."""
    lid, acting = await members("lid"), await members(who)
    typed = await received(lid, careful)
    await enter(careful, phase)
    asked = await acting.slash("amendement intrekken", {"verwijzing": typed})
    assert asked.modal is not None
    await acting.submit(asked.modal, {"reason": "Gebeld."})
    assert (await stored(careful, WORDS)).status is Status.WITHDRAWN
    assert "namens Wilgje Waterkant" in said(await lid.slash("amendement tonen", {"verwijzing": typed}))


async def test_what_was_given_back_and_changed_is_still_to_be_filed(careful: Town, members: Enter) -> None:
    """The proposer is told so, with the button; the secretary gets none to what is their draft again."""
    lid, secretaris = await members("lid"), await members("secretaris")
    typed = await received(lid, careful)
    shown = await secretaris.slash("amendement tonen", {"verwijzing": typed})
    asked = await secretaris.press(shown.message, of_deed(shown, Deed.RETURN))
    assert asked.modal is not None
    assert asked.modal["title"] == "Teruggeven om te herstellen", "nothing of it is cut off"
    given_back = await secretaris.submit(asked.modal, {"reason": "Welke school?"})
    assert "teruggegeven" in given_back.text
    assert labels(given_back) == []
    mine = await lid.slash("amendement tonen", {"verwijzing": typed})
    form = (await lid.press(mine.message, of_deed(mine, Deed.CHANGE))).modal
    assert form is not None
    changed = await lid.submit(form, {"text": "Bij de Lindeschool komt een zone zonder auto’s."})
    assert "nog niet ingediend" in changed.text
    assert "steun" not in changed.text
    assert labels(changed) == ["Indienen", "Lees verder"]
    filed = await lid.press(changed.message, "Indienen")
    await filed.until(lambda given: "Ontvangen met" in said(given))


async def test_what_was_turned_away_can_be_corrected(careful: Town, members: Enter) -> None:
    """A reason is demanded for either, and its proposer reads both."""
    lid, secretaris = await members("lid"), await members("secretaris")
    typed = await received(lid, careful)
    shown = await secretaris.slash("amendement tonen", {"verwijzing": typed})
    for reason, told in ((" ", "Schrijf erbij waarom"), ("Dubbel.", "niet in behandeling genomen")):
        turned = await secretaris.press(shown.message, of_deed(shown, Deed.TURN_AWAY))
        assert turned.modal is not None
        assert told in (await secretaris.submit(turned.modal, {"reason": reason})).text
    again = await secretaris.slash("amendement corrigeren", {"verwijzing": typed})
    assert again.modal is not None
    await secretaris.submit(again.modal, {"status": ["open"], "reason": "Toch niet dubbel."})
    mine = said(await lid.slash("amendement tonen", {"verwijzing": "4.2-A2"}))
    assert "Dubbel." in mine
    assert "Toch niet dubbel." in mine


async def test_what_was_given_back_of_somebody_not_on_discord_is_handed_in_again_for_them(
    careful: Town, members: Enter
) -> None:
    """The secretary finds it by its receipt number, changes its words and files it; the history says for whom."""
    secretaris = await members("secretaris")
    words = {"naam": "Oma Bakker", "herkomst": "paper"}
    first = await secretaris.slash("amendement namens", words, channel=careful.post(SECTION))
    modal = (await press(secretaris, await choose(secretaris, first, "behalf-kind", "insert"), "behalf-write")).modal
    assert modal is not None
    await secretaris.submit(modal, {"text": WORDS, "explanation": WHY})
    typed = f"ontvangstnummer {(await stored(careful, WORDS)).receipt}"

    async def do(deed: Deed, **values: str) -> None:
        shown = await secretaris.slash("amendement tonen", {"verwijzing": typed})
        asked = await secretaris.press(shown.message, of_deed(shown, deed))
        assert asked.modal is not None
        await secretaris.submit(asked.modal, values)

    await do(Deed.RETURN, reason="Waarom hier?")
    await do(Deed.CHANGE, explanation="Omdat hier een school staat.")
    assert typed in str(await secretaris.complete("amendement tonen", {"verwijzing": "zone"}, focused="verwijzing"))
    shown = await secretaris.slash("amendement tonen", {"verwijzing": typed})
    filed = await press(secretaris, shown, "file")
    await filed.until(lambda given: "Ontvangen met" in said(given))
    again = await stored(careful, WORDS)
    assert (again.status, again.explanation) == (Status.SUBMITTED, "Omdat hier een school staat.")
    history = said(await secretaris.slash("amendement tonen", {"verwijzing": typed}))
    assert history.count("namens Oma Bakker") >= 2
