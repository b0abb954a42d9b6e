"""The text fixed as a concept: edits on the forum wait for the secretary, who sees what each touches."""

from pathlib import Path
from typing import Any

from bot.domain.ids import ProgrammeId
from tests.e2e.careful import EDIT, edit
from tests.e2e.conftest import Town
from tests.sandbox.answer import Answer
from tests.sandbox.member import Enter
from tests.sandbox.parts import text_of

AGAIN = (EDIT[0], "nergens meer een fietspad")


async def fixed(members: Enter) -> Answer:
    beheerder = await members("beheerder")
    asked = await beheerder.slash("programma tekst-vastleggen")
    done = await beheerder.press(asked.message, "Vastleggen")
    return await done.until(lambda given: any("ligt nu vast" in text_of(each) for each in given.messages))


def words(town: Town) -> str:
    return " ".join(town.texts(town.post("4.2")))


def options(message: dict[str, Any]) -> list[str]:
    return [
        option["label"]
        for row in message["components"]
        for part in row["components"]
        for option in part.get("options", [])
    ]


async def chosen(town: Town, members: Enter) -> Answer:
    """Ask what waits and choose the section of the edit."""
    secretaris = await members("secretaris")
    listed = await secretaris.slash("programma wijzigingen")
    (label,) = options(listed.message)
    answer = await secretaris.choose(listed.message, "wait-show", [label])
    return await answer.until(lambda given: "Overnemen" in str(given.messages[-1:]))


async def test_only_beheer_fixes_and_only_the_secretary_sees_what_waits(town: Town, members: Enter) -> None:
    lid, secretaris, beheerder = await members("lid"), await members("secretaris"), await members("beheerder")
    for member in (lid, secretaris):
        assert "beheer" in (await member.slash("programma tekst-vastleggen")).text
        assert "beheer" in (await member.slash("programma tekst-vrijgeven", {"reden": "zomaar"})).text
    for member in (lid, beheerder):
        assert "secretaris" in (await member.slash("programma wijzigingen")).text
    assert "ligt niet vast" in (await beheerder.slash("programma tekst-vrijgeven", {"reden": "zomaar"})).text
    assert "er wacht niets" in (await secretaris.slash("programma wijzigingen")).text
    assert "ligt nu vast als concepttekst" in text_of((await fixed(members)).messages[-1])
    assert "al vast" in (await beheerder.slash("programma tekst-vastleggen")).text
    assert "Concepttekst van" in (await lid.slash("programma status")).text
    overview = next(channel["id"] for channel in town.view()["channels"] if channel["name"] == "overzicht")
    await town.bridge.syncing.idle()
    assert any("Concepttekst van" in text for text in town.texts(overview))


async def test_fixing_is_asked_once_with_what_it_means(town: Town, members: Enter) -> None:
    """The command alone fixes nothing; the button does, and only in the hands of beheer."""
    beheerder = await members("beheerder")
    asked = await beheerder.slash("programma tekst-vastleggen")
    assert "Nieuwe paragrafen en reacties komen gewoon mee" in asked.text
    assert "tekst-vrijgeven" in asked.text
    assert "Concepttekst" not in (await beheerder.slash("programma status")).text
    assert "niets veranderd" in (await beheerder.press(asked.message, "Annuleren")).text
    again = await beheerder.slash("programma tekst-vastleggen")
    town.loopback.world.guilds[beheerder.guild_id].members[beheerder.id]["roles"] = []
    refused = await beheerder.press(again.message, "Vastleggen")
    await refused.until(lambda given: any("Dit kan alleen" in text_of(each) for each in given.messages))
    assert await town.store.read(lambda unit: unit.waiting.fixed(ProgrammeId(1))) is None


async def test_an_edit_waits_and_is_taken_over_by_the_secretary(town: Town, members: Enter, tmp_path: Path) -> None:
    """The fixed text stands until then; the word diff and what it touches are shown; the text of Discord follows."""
    await fixed(members)
    before = words(town)
    assert await edit(town, tmp_path, *EDIT) == ["waits"]
    assert await edit(town, tmp_path, *EDIT) == [], "read again it is no news"
    assert words(town) == before
    assert "1 wijziging op het forum wacht" in (await (await members("secretaris")).slash("programma status")).text
    assert "`/programma" not in (await (await members("lid")).slash("programma status")).text
    shown = await chosen(town, members)
    assert "~~beide kanten~~**één kant**" in text_of(shown.messages[-1])
    assert "Raakt geen amendementen" in text_of(shown.messages[-1])
    secretaris = await members("secretaris")
    taken = await secretaris.press(shown.messages[-1], "Overnemen")
    await taken.until(lambda given: any("Overgenomen" in text_of(each) for each in given.messages))
    await town.bridge.syncing.idle()
    assert EDIT[1] in words(town)
    assert EDIT[0] not in words(town)
    assert "Er wacht niets" in (await secretaris.slash("programma wijzigingen")).text


async def test_the_secretary_sees_which_amendments_an_edit_touches(town: Town, members: Enter, tmp_path: Path) -> None:
    """By reference and title, with what becomes of the place of each."""
    await fixed(members)
    old, new = (f"<li>Wie een huurachterstand heeft, krijgt na {time}" for time in ("drie maanden", "één maand"))
    assert await edit(town, tmp_path, old, new, "topic-127.html") == ["waits"]
    said = text_of((await chosen(town, members)).messages[-1])
    assert "Raakt 2 amendementen" in said
    for reference in ("2.1-A1", "2.1-A2"):
        assert f"**{reference}** " in said
    assert said.count("de woorden van punt 3 veranderen eronder") == 2


async def test_an_edit_that_is_let_be_comes_back_only_when_the_forum_changes_again(
    town: Town, members: Enter, tmp_path: Path
) -> None:
    await fixed(members)
    await edit(town, tmp_path, *EDIT)
    secretaris = await members("secretaris")
    left = await secretaris.press((await chosen(town, members)).messages[-1], "Laten staan")
    await left.until(lambda given: any("blijft staan" in text_of(each) for each in given.messages))
    assert await edit(town, tmp_path, *EDIT) == []
    assert "Er wacht niets" in (await secretaris.slash("programma wijzigingen")).text
    assert await edit(town, tmp_path, *AGAIN) == ["waits"]
    assert "1 wijziging" in (await secretaris.slash("programma wijzigingen")).text
    assert EDIT[0] in words(town)


async def test_what_was_shown_is_what_is_taken_over(town: Town, members: Enter, tmp_path: Path) -> None:
    """When the forum has yet another text by then, nothing changes and that one is shown."""
    await fixed(members)
    await edit(town, tmp_path, *EDIT)
    shown = await chosen(town, members)
    await edit(town, tmp_path, *AGAIN)
    pressed = await (await members("secretaris")).press(shown.messages[-1], "Overnemen")
    await pressed.until(lambda given: any("intussen" in text_of(each) for each in given.messages))
    assert "nergens" in text_of(pressed.messages[-1])
    assert EDIT[0] in words(town)


async def test_letting_the_text_go_takes_in_what_waited(town: Town, members: Enter, tmp_path: Path) -> None:
    """It is undone with a reason that is kept, and the forum's text is the text again."""
    await fixed(members)
    await edit(town, tmp_path, *EDIT)
    beheerder = await members("beheerder")
    told = await beheerder.slash("programma tekst-vrijgeven", {"reden": "De commissie begint opnieuw."})
    assert "1 paragraaf" in told.text
    await town.bridge.syncing.idle()
    assert EDIT[1] in words(town)
    programme_id = ProgrammeId(1)
    assert await town.store.read(lambda unit: unit.waiting.fixed(programme_id)) is None
    assert "Concepttekst" not in (await beheerder.slash("programma status")).text
