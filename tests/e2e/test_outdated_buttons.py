"""What this version has no button for is answered in a sentence; what was typed comes back when something breaks."""

import pytest

from bot.services.amending import Amending
from tests.e2e.conftest import Town
from tests.e2e.neighbours import carried_over
from tests.e2e.proposals import SECTION, drafted, said
from tests.e2e.test_kinds import press
from tests.sandbox.member import Enter
from tests.sandbox.parts import component


@pytest.mark.parametrize("action", ["vroeger:1", "hall:support:1"])
async def test_a_button_of_another_version_is_answered(town: Town, members: Enter, action: str) -> None:
    lid = await members("lid")
    card = town.message(town.post(SECTION), "### 4.2-A1")
    old = component(card, "Lees verder")["custom_id"]
    answer = await lid.press(carried_over(town.loopback, card, old, action), action)
    assert not answer.failed
    assert "oudere versie" in said(answer)


async def test_what_was_typed_comes_back_when_something_breaks(
    town: Town, members: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise ValueError

    lid = await members("lid")
    form = await press(lid, await drafted(lid, town), "rewrite")
    assert form.modal is not None
    monkeypatch.setattr(Amending, "redraft", broken)
    answer = await lid.submit(form.modal, {"text": "Een heel nieuwe zin.", "explanation": "Daarom."})
    assert "ging iets mis" in said(answer)
    assert "Een heel nieuwe zin." in said(answer)
