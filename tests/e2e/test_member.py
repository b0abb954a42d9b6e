"""The main job as a member lives it: read, propose, support, and see it all come back."""

from typing import Any

import pytest

from tests.e2e.conftest import Town
from tests.sandbox.answer import Answer
from tests.sandbox.member import Enter, Member, Refused
from tests.sandbox.parts import component, text_of, walk

SECTION = "Veilig op de fiets en te voet"
WORDS = "Bij elke school komt een zone zonder auto’s."
WHY = "Zo kunnen kinderen veilig lopen."


async def write(member: Member, town: Town, words: str = WORDS, why: str = WHY) -> Answer:
    """Walk both steps of proposing new text at the end of a section, up to the draft."""
    answer = await member.slash("amendement indienen", channel=town.post(SECTION))
    answer = await member.choose(answer.message, kind_of(answer), ["insert"])
    answer = await member.press(answer.message, next_of(answer))
    assert answer.modal is not None
    return await member.submit(answer.modal, {"text": words, "explanation": why})


def kind_of(answer: Answer) -> str:
    return next(str(part["custom_id"]) for part in walk(answer.message["components"]) if part["type"] == 3)


def next_of(answer: Answer) -> str:
    parts = walk(answer.message["components"])
    return next(str(part["custom_id"]) for part in parts if str(part.get("custom_id", "")).startswith("write:"))


def labels_of(answer: Answer) -> list[str]:
    return [
        str(part["label"]) for message in answer.messages for part in walk(message["components"]) if "label" in part
    ]


async def propose(member: Member, town: Town) -> Answer:
    """Propose and file; the last answer names the reference."""
    draft = await write(member, town)
    answer = await member.press(draft.message, file_of(draft))
    await answer.until(lambda given: bool(given.messages) and "4.2-A2" in given.text)
    await town.bridge.syncing.idle()
    return answer


def file_of(draft: Answer) -> str:
    parts = walk(draft.message["components"])
    return next(str(part["custom_id"]) for part in parts if str(part.get("custom_id", "")).startswith("file:"))


@pytest.mark.parametrize(("locale", "submitted"), [("nl", "Ingediend als"), ("en-GB", "Submitted as")])
async def test_propose_card_support_summary(town: Town, members: Enter, locale: str, submitted: str) -> None:
    """A proposal gets a reference and a card; support counts on it; the summary tells of both."""
    lid = await members("lid", locale=locale)
    answer = await propose(lid, town)
    assert submitted in answer.text
    post = town.post(SECTION)
    card = town.message(post, WORDS)
    assert str(card["id"]) in answer.text
    assert "4.2-A2" in text_of(card)
    assert WHY in text_of(card)
    assert "Wilgje Waterkant" in text_of(card)

    lid2 = await members("lid2", locale=locale)
    supported = await lid2.press(card, "Ik steun dit")
    assert "4.2-A2" in supported.text
    await town.bridge.syncing.idle()
    assert "1 lid steunt dit" in text_of(town.message(post, WORDS))

    summary = next(text_of(message) for message in town.view()["messages"][post] if message["pinned"])
    assert "2 open voorstellen" in summary
    assert "steun van 1 lid" in summary
    assert "4.2-A2" in summary
    assert str(card["id"]) in summary
    assert "Teun Terpstede" not in "\n".join(town.texts(post))


async def test_the_draft_is_seen_by_nobody_else(town: Town, members: Enter) -> None:
    """What is not filed yet stands in no channel, and other members' clients hear nothing of it."""
    lid, lid2 = await members("lid"), await members("lid2")
    draft = await write(lid, town)
    assert WORDS in draft.text
    assert WORDS not in str(town.view()["messages"])
    assert WORDS not in str(lid2.events)
    with pytest.raises((Refused, LookupError)):
        await lid2.press(draft.message, file_of(draft))


async def test_a_draft_can_be_rewritten_before_it_is_filed(town: Town, members: Enter) -> None:
    """The words are in the form again, and the new ones are what is filed."""
    lid = await members("lid")
    draft = await write(lid, town)
    again = await lid.press(draft.message, "Aanpassen")
    assert again.modal is not None
    assert component({"components": again.modal["components"]}, "text")["value"] == WORDS
    newer = await lid.submit(again.modal, {"text": "Iets heel anders."})
    await newer.until(lambda given: bool(given.messages) and "Iets heel anders." in given.text)
    filed = await lid.press(newer.message, file_of(newer))
    await filed.until(lambda given: bool(given.messages) and "4.2-A2" in given.text)
    await town.bridge.syncing.idle()
    card = text_of(town.message(town.post(SECTION), "### 4.2-A2"))
    assert "Iets heel anders" in card
    assert WORDS not in card


async def test_supporting_twice_counts_once_and_offers_to_take_it_back(town: Town, members: Enter) -> None:
    """A double click never undoes support; taking it back is a button of its own."""
    lid = await members("lid")
    post = town.post(SECTION)
    card = town.message(post, "Ik steun dit")
    first = await lid.press(card, "Ik steun dit")
    second = await lid.press(card, "Ik steun dit")
    assert "1 ondersteuner" in first.text
    assert "al" in second.text
    assert "Steun intrekken" in labels_of(second)
    gone = await lid.press(second.message, "Steun intrekken")
    assert "ingetrokken" in gone.text
    await town.bridge.syncing.idle()
    assert "0 leden steunen dit" in text_of(town.message(post, "Ik steun dit"))


async def test_an_interaction_that_comes_twice_changes_nothing_twice(town: Town, members: Enter) -> None:
    """A repeated delivery makes one draft, one amendment, one support."""
    town.loopback.faults.interactions_twice = True
    lid = await members("lid")
    await propose(lid, town)
    post = town.post(SECTION)
    assert sum(WORDS in text and "Ik steun dit" in text for text in town.texts(post)) == 1
    await lid.press(town.message(post, WORDS), "Ik steun dit")
    await town.bridge.syncing.idle()
    amendments = await town.store.read(
        lambda unit: [
            one
            for _, section in unit.programmes.load(unit.programmes.ids()[0]).sections()
            for one in section.amendments
            if one.text == WORDS
        ]
    )
    assert [one.support for one in amendments] == [1]


async def test_a_guest_is_refused_with_why_and_whom_to_ask(town: Town, members: Enter) -> None:
    """Without the role nothing is proposed or supported, and the answer names the roles."""
    gast = await members("gast")
    calls = town.calls()
    roles = {role["name"]: role["id"] for role in town.view()["guild"]["roles"]}
    for answer in (
        await gast.slash("amendement indienen", channel=town.post(SECTION)),
        await gast.press(town.message(town.post(SECTION), "Ik steun dit"), "Ik steun dit"),
        await gast.slash("programma bijwerken"),
    ):
        assert f"<@&{roles['beheer']}>" in answer.text
    assert f"<@&{roles['lid']}>" in (await gast.slash("amendement indienen")).text
    assert town.calls() - calls < 10
    assert "0 leden steunen dit" in text_of(town.message(town.post(SECTION), "Ik steun dit"))


async def test_a_plain_member_may_not_sync(town: Town, members: Enter) -> None:
    """Only beheer brings the guild in step."""
    assert "beheer" in (await (await members("lid")).slash("programma bijwerken")).text


async def test_read_on_gives_the_whole_amendment_with_its_history(town: Town, members: Enter) -> None:
    """*Lees verder* answers privately with text, explanation, history and what one may do now."""
    lid = await members("lid")
    card = town.message(town.post(SECTION), "Ik steun dit")
    answer = await lid.press(card, "Lees verder")
    assert "4.2-A1" in answer.text
    assert "Teun Rietgors" in answer.text
    assert "Ik steun dit" in labels_of(answer)
    assert all(message["flags"] & 64 for message in answer.messages)


async def test_show_list_and_complete(town: Town, members: Enter) -> None:
    """Amendments are found by reference, by words while typing, and in lists by section, status and proposer."""
    lid = await members("lid")
    choices = await lid.complete("amendement tonen", {"verwijzing": "huur"}, focused="verwijzing")
    assert {choice["value"] for choice in choices} >= {"2.1-A1", "2.1-A2"}
    for typed in ("2.1-A2", " 2.1 a2", "2.1–A2"):
        assert "2.1-A2" in (await lid.slash("amendement tonen", {"verwijzing": typed})).text
    assert "9.9-A9" in (await lid.slash("amendement tonen", {"verwijzing": "9.9-A9"})).text
    everything = (await lid.slash("amendement lijst")).text
    assert "1.1-A1" in everything
    by_section = (await lid.slash("amendement lijst", {"paragraaf": "2.1"})).text
    assert "2.1-A1" in by_section
    assert "1.1-A1" not in by_section
    by_proposer = (await lid.slash("amendement lijst", {"indiener": "Teun Rietgors"})).text
    assert "4.2-A1" in by_proposer
    assert "2.1-A1" not in by_proposer
    assert "geen amendementen" in (await lid.slash("amendement lijst", {"status": "rejected"})).text


async def test_summaries_for_one_person(town: Town, members: Enter) -> None:
    """A section, a chapter or everything; where one stands when nothing is chosen."""
    lid = await members("lid")
    here = (await lid.slash("samenvatting tonen", channel=town.post(SECTION))).text
    assert "4.2-A1" in here
    chapter = (await lid.slash("samenvatting tonen", {"hoofdstuk": "2"})).text
    assert "2.1-A1" in chapter
    assert "4.2-A1" not in chapter
    everything = (await lid.slash("samenvatting tonen", {"alles": True})).text
    assert "1.1-A1" in everything


async def test_what_was_typed_comes_back_when_it_is_refused(town: Town, members: Enter) -> None:
    """The modal is refused when the role was taken away meanwhile; the words are in the answer."""
    lid = await members("lid")
    answer = await lid.slash("amendement indienen", channel=town.post(SECTION))
    answer = await lid.choose(answer.message, kind_of(answer), ["insert"])
    answer = await lid.press(answer.message, next_of(answer))
    assert answer.modal is not None
    answer = await lid.submit(answer.modal, {"text": WORDS, "explanation": "   "})
    assert WORDS in answer.text


async def test_words_that_ping_or_format_are_shown_as_typed(town: Town, members: Enter) -> None:
    """Nothing a member types can ping anybody from the bot's mouth, or break the card."""
    lid = await members("lid")
    words = "@everyone <@1> **vet** ```code"
    draft = await write(lid, town, words=words, why="@here")
    answer = await lid.press(draft.message, file_of(draft))
    await answer.until(lambda given: bool(given.messages) and "4.2-A2" in given.text)
    await town.bridge.syncing.idle()
    card = town.message(town.post(SECTION), "4.2-A2")
    assert not card["mention_everyone"]
    assert card["mentions"] == []


async def test_english_names_and_answers(town: Town, members: Enter) -> None:
    """Every command, option and choice has its name in both English locales, and answers come in English."""
    lid = await members("lid", locale="en-US")
    assert "There is no amendment" in (await lid.slash("amendement tonen", {"verwijzing": "9.9-A9"})).text
    nodes = [node for command in town.view()["commands"] for node in with_options(command)]
    assert nodes
    for node in nodes:
        assert {"en-US", "en-GB"} <= set(node["name_localizations"]), node["name"]
        if node["description"]:  # the menu of a message has none
            assert {"en-US", "en-GB"} <= set(node["description_localizations"]), node["name"]


def with_options(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [node, *(found for option in node.get("options", []) for found in with_options(option))]
