"""The text an amendment is about changed on the forum: nobody moves it unseen, and who may is offered to."""

from dataclasses import replace

from tests.e2e.conftest import Town
from tests.e2e.proposals import SECTION, WHY, labels, said, stored
from tests.e2e.test_kinds import choose, part, press
from tests.sandbox.member import Enter

OURS = "Fietspaden worden het hele jaar schoon gehouden."


async def test_new_words_for_what_lost_its_place_leave_that_to_the_secretary(town: Town, members: Enter) -> None:
    """The proposer changes words only; the secretary is offered another place where the amendment is read."""
    lid, secretaris = await members("lid"), await members("secretaris")
    first = await choose(lid, await lid.slash("amendement indienen", channel=town.post(SECTION)), "kind", "replace")
    first = await choose(lid, first, "block", part(first, "block")["options"][0]["value"])
    modal = (await press(lid, first, "write")).modal
    assert modal is not None
    await press(lid, await lid.submit(modal, {"text": OURS, "explanation": WHY}), "file")
    await town.bridge.syncing.idle()
    before = await stored(town, OURS)
    assert before.anchor is not None
    adrift = replace(before.anchor, stale=True, text_hash="0" * 64)
    await town.store.transact(lambda unit: unit.amendments.set_anchor(before.amendment_id, adrift))
    change = await lid.slash("amendement wijzigen", {"verwijzing": "4.2-A2"})
    assert change.modal is not None
    assert "versie 2" in (await lid.submit(change.modal, {"text": f"{OURS} Ook in de winter."})).text
    after = await stored(town, "Ook in de winter.")
    assert (after.anchor, after.old_text) == (adrift, before.old_text)
    mine = await lid.slash("amendement tonen", {"verwijzing": "4.2-A2"})
    assert "De secretaris kijkt waar dit voorstel nu bij hoort" in said(mine)
    assert "Ander punt kiezen" not in labels(mine)
    read = await secretaris.slash("amendement tonen", {"verwijzing": "4.2-A2"})
    assert "4.2-A2" in (await secretaris.press(read.message, "Ander punt kiezen")).text
