"""What happens to a form that stood open while the world went on."""

from datetime import date, time
from pathlib import Path

import pytest

from bot.domain.deadlines import Deadline, closing
from bot.sandbox import Loopback
from db.database import Database
from tests.e2e.conftest import Town, running, settings_for
from tests.e2e.proposals import SECTION, WHY, amendments, form_of, said
from tests.e2e.test_deeds import FIRST
from tests.e2e.test_kinds import choose, part
from tests.e2e.test_member import propose
from tests.sandbox.member import Enter

CLOSED = {"paragraaf": "4.2"}


async def test_a_section_closed_while_a_form_was_open_refuses_and_gives_the_words_back(
    town: Town, members: Enter
) -> None:
    """New text, a new version and a block: nothing is kept that may not be."""
    lid, secretaris = await members("lid"), await members("secretaris")
    await propose(lid, town)
    post = town.post(SECTION)
    first = await form_of(lid, await lid.slash("amendement indienen", channel=post))
    again = (await lid.slash("amendement wijzigen", {"verwijzing": "4.2-A2"})).modal
    assert again is not None
    await secretaris.slash("programma niet-amendeerbaar", CLOSED)
    before = len(await amendments(town))
    for form in (first, again):
        refused = await lid.submit(form, {"text": "Iets nieuws.", "explanation": WHY})
        assert "niet amendeerbaar" in said(refused)
        assert "Iets nieuws." in said(refused)
    assert len(await amendments(town)) == before
    assert all("Iets nieuws" not in each.text for each in await amendments(town))


async def test_what_is_closed_is_offered_nowhere(town: Town, members: Enter) -> None:
    """Neither the section nor the block: not in a list, not while typing, not as a button."""
    lid, secretaris = await members("lid"), await members("secretaris")
    chosen = await lid.slash("amendement indienen")
    codes = {option["label"].split(" ")[0] for option in part(chosen, "section")["options"]}
    assert "4.2" in codes
    await secretaris.slash("programma niet-amendeerbaar", CLOSED)
    await secretaris.slash("programma niet-amendeerbaar", {"paragraaf": "1.2", "stuk": "punt 1"})
    chosen = await lid.slash("amendement indienen")
    options = part(chosen, "section")["options"]
    assert "4.2" not in {option["label"].split(" ")[0] for option in options}
    typed = await lid.complete("amendement indienen", {"paragraaf": "4.2"}, focused="paragraaf")
    assert "4.2" not in {each["value"] for each in typed}
    assert "4.2" in {
        each["value"] for each in await lid.complete("amendement lijst", {"paragraaf": "4.2"}, focused="paragraaf")
    }
    one = next(option["value"] for option in options if option["label"].startswith("1.2"))
    answer = await choose(lid, await choose(lid, chosen, "section", one), "kind", "replace")
    labels = [option["label"] for option in part(answer, "block")["options"]]
    assert any(label.startswith("Punt 2 ·") for label in labels)
    assert not any(label.startswith("Punt 1 ·") for label in labels)


@pytest.mark.parametrize("locale", ["nl", "en-GB"])
async def test_a_minute_that_comes_twice_is_over_the_second_time(
    loopback: Loopback,
    store: Database,
    tmp_path: Path,
    members: Enter,
    monkeypatch: pytest.MonkeyPatch,
    locale: str,
) -> None:
    """On 25 October the clocks show 2.30 at half past midnight UTC, and an hour later again."""
    clock = ["2026-10-24T12:00:00+00:00"]
    monkeypatch.setattr("bot.proceedings.now", lambda: clock[0])
    lid = await members("lid", locale=locale)
    async with running(loopback, store, settings_for(loopback, tmp_path / "town.db")) as town:
        until = closing(date(2026, 10, 25), "Europe/Amsterdam", time(2, 30))
        await store.transact(lambda unit: unit.phases.set_deadline(FIRST, Deadline.PROPOSE, until))
        await propose(lid, town)
        for moment, words in (
            ("2026-10-25T00:30:30+00:00", "Bij de eerste keer half drie."),
            ("2026-10-25T01:30:30+00:00", "Bij de tweede keer half drie."),
            ("2026-10-25T01:31:00+00:00", "Een minuut te laat."),
        ):
            form = (await lid.slash("amendement wijzigen", {"verwijzing": "4.2-A2"})).modal
            assert form is not None
            clock[0] = moment
            answer = await lid.submit(form, {"text": words})
            late = words == "Een minuut te laat."
            assert ("4.2-A2" in answer.text and not late) or (late and words in answer.text)
        assert ("zondag 25 oktober, 02.30 uur" if locale == "nl" else "Sunday 25 October, 02:30") in answer.text
        assert "Een minuut te laat." not in {each.text for each in await amendments(town)}
