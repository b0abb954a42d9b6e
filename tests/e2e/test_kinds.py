"""Proposing each kind, on sections short and long, by every way in."""

from typing import Any

import pytest

from tests.e2e.conftest import Town
from tests.sandbox.answer import Answer
from tests.sandbox.member import Enter, Member
from tests.sandbox.parts import text_of, walk

SECTION = "4.2 Veilig"
LONG = "1.1 Genoeg"


def part(answer: Answer, action: str) -> dict[str, Any]:
    """Return the component whose custom id begins with an action."""
    parts = walk(answer.message["components"])
    return next(found for found in parts if str(found.get("custom_id", "")).split(":")[0] == action)


async def choose(member: Member, answer: Answer, action: str, value: str) -> Answer:
    return await member.choose(answer.message, str(part(answer, action)["custom_id"]), [value])


async def press(member: Member, answer: Answer, action: str) -> Answer:
    return await member.press(answer.message, str(part(answer, action)["custom_id"]))


async def filed(member: Member, town: Town, answer: Answer, fields: dict[str, str]) -> str:
    """Go on from the first step: write, file, and return the text of the card that comes of it."""
    answer = await press(member, answer, "write")
    assert answer.modal is not None
    draft = await member.submit(answer.modal, fields)
    done = await press(member, draft, "file")
    await done.until(lambda given: bool(given.messages) and "discord.com/channels" in given.text)
    await town.bridge.syncing.idle()
    card = done.text.rsplit("/", 1)[1].split()[0]
    texts = {message["id"]: text_of(message) for messages in town.view()["messages"].values() for message in messages}
    return texts[card]


@pytest.mark.parametrize("way", ["section button", "overview button", "command", "command with words"])
async def test_every_way_in_leads_to_the_first_step(town: Town, members: Enter, way: str) -> None:
    """The section's button and its post know the section; elsewhere one is asked."""
    lid = await members("lid")
    if way == "section button":
        answer = await lid.press(town.message(town.post(SECTION), "Amendement indienen"), "Amendement indienen")
    elif way == "overview button":
        overview = next(channel["id"] for channel in town.view()["channels"] if channel["name"] == "overzicht")
        answer = await lid.press(town.message(overview, "Zo werkt het"), "Amendement indienen")
        section = next(option for option in part(answer, "section")["options"] if option["label"].startswith("4.2"))
        answer = await choose(lid, answer, "section", section["value"])
    elif way == "command":
        answer = await lid.slash("amendement indienen", channel=town.post(SECTION))
    else:
        answer = await lid.slash("amendement indienen", {"paragraaf": "veilig fiets"})
    assert "4.2" in answer.text
    assert [option["value"] for option in part(answer, "kind")["options"]] == ["insert", "replace", "delete", "general"]
    assert part(answer, "write")["disabled"]


async def test_replace_starts_from_the_old_text_and_shows_the_difference(town: Town, members: Enter) -> None:
    """The form holds the old words; the card shows what goes and what comes."""
    lid = await members("lid")
    answer = await lid.slash("amendement indienen", channel=town.post(SECTION))
    answer = await choose(lid, answer, "kind", "replace")
    options = part(answer, "block")["options"]
    bullet = next(option for option in options if option["label"].startswith("Punt 2"))
    answer = await choose(lid, answer, "block", bullet["value"])
    modal = (await press(lid, answer, "write")).modal
    assert modal is not None
    old = next(field["value"] for field in walk(modal["components"]) if field.get("custom_id") == "text")
    assert old == "De Havenweg krijgt aan beide kanten een vrij fietspad."
    new = old.replace("aan beide kanten", "aan één kant")
    card = await filed(lid, town, answer, {"text": new, "explanation": "Er is te weinig ruimte."})
    assert "~~beide" in card
    assert "**één" in card
    assert "punt 2" in card


async def test_replace_with_the_same_text_is_refused_and_given_back(town: Town, members: Enter) -> None:
    """Nothing changes, and the explanation is not lost."""
    lid = await members("lid")
    answer = await lid.slash("amendement indienen", channel=town.post(SECTION))
    answer = await choose(lid, answer, "kind", "replace")
    answer = await choose(lid, answer, "block", part(answer, "block")["options"][0]["value"])
    answer = await press(lid, answer, "write")
    assert answer.modal is not None
    refused = await lid.submit(answer.modal, {"explanation": "Mijn lange uitleg."})
    assert "gelijk aan de oude" in refused.text
    assert "Mijn lange uitleg." in refused.text


async def test_delete_asks_only_why(town: Town, members: Enter) -> None:
    """The card shows the whole old text struck; the same bullet is told of as touched."""
    lid, lid2 = await members("lid"), await members("lid2")
    for member, related in ((lid, False), (lid2, True)):
        answer = await member.slash("amendement indienen", channel=town.post(SECTION))
        answer = await choose(member, answer, "kind", "delete")
        options = part(answer, "block")["options"]
        bullet = next(option for option in options if option["label"].startswith("Punt 3"))
        answer = await choose(member, answer, "block", bullet["value"])
        answer = await press(member, answer, "write")
        assert answer.modal is not None
        names = [field["custom_id"] for field in walk(answer.modal["components"]) if "custom_id" in field]
        assert names == ["explanation", "title", "name"]
        draft = await member.submit(answer.modal, {"explanation": "Dat werkt niet."})
        assert ("raakt hetzelfde stuk tekst" in draft.text) is related
        done = await press(member, draft, "file")
        await done.until(lambda given: bool(given.messages) and "discord.com/channels" in given.text)
    await town.bridge.syncing.idle()
    card = text_of(town.message(town.post(SECTION), "### 4.2-A2"))
    assert "~~Rond alle scholen" in card
    assert "4.2-A3" in card


async def test_general_needs_no_block(town: Town, members: Enter) -> None:
    """A proposal on the section as a whole."""
    lid = await members("lid")
    answer = await lid.slash("amendement indienen", channel=town.post(SECTION))
    answer = await choose(lid, answer, "kind", "general")
    assert not part(answer, "write")["disabled"]
    card = await filed(lid, town, answer, {"text": "Schrijf korter.", "explanation": "Leest fijner.", "title": "Kort"})
    assert "Kort" in card
    assert "Schrijf korter." in card


async def test_a_long_section_has_pages_of_blocks(town: Town, members: Enter) -> None:
    """More than 25 blocks are turned by page; new text can come after any of them."""
    lid = await members("lid")
    answer = await lid.slash("amendement indienen", channel=town.post(LONG))
    answer = await choose(lid, answer, "kind", "insert")
    first = [option["value"] for option in part(answer, "block")["options"]]
    assert len(first) == 25
    answer = await lid.press(answer.message, "Volgende ›")
    second = part(answer, "block")["options"]
    assert not {option["value"] for option in second} & set(first)
    answer = await choose(lid, answer, "block", second[-1]["value"])
    card = await filed(lid, town, answer, {"text": "Nieuw punt.", "explanation": "Daarom."})
    assert "na " in card


async def test_another_kind_forgets_the_block(town: Town, members: Enter) -> None:
    """Going back and choosing another kind starts that choice anew."""
    lid = await members("lid")
    answer = await lid.slash("amendement indienen", channel=town.post(SECTION))
    answer = await choose(lid, answer, "kind", "delete")
    answer = await choose(lid, answer, "block", part(answer, "block")["options"][0]["value"])
    assert not part(answer, "write")["disabled"]
    answer = await choose(lid, answer, "kind", "replace")
    assert part(answer, "write")["disabled"]
