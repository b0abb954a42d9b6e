"""Two admins at once: one clears away while the other brings in step or opens. Each hears what became of their word."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.ids import ProgrammeId, Snowflake
from bot.sandbox import Loopback
from db.database import Database
from tests.e2e.careful import EDIT, careful_town, edit
from tests.e2e.conftest import Town
from tests.sandbox.answer import Answer, Json
from tests.sandbox.member import Enter, Member
from tests.sandbox.parts import text_of


@pytest.fixture
async def made(loopback: Loopback, store: Database, members: Enter, tmp_path: Path) -> AsyncIterator[Town]:
    """The town with all made, seen by beheer alone; nothing follows by itself."""
    async with careful_town(loopback, store, tmp_path, "never") as town:
        await update(await members("beheerder"))
        yield town


async def update(beheerder: Member) -> None:
    plan = await beheerder.slash("programma bijwerken")
    await hears(await beheerder.press(plan.message, "Uitvoeren"), "Klaar")


async def hears(answer: Answer, *words: str) -> None:
    """Wait until all these words were said, wherever."""
    await answer.until(lambda given: all(any(each in text_of(said) for said in given.messages) for each in words))


async def one_after_the_other(town: Town, *presses: tuple[Member, Json, str]) -> list[Answer]:
    """Let buttons be pressed while the bot is at work; it carries out what was asked in that order."""
    async with town.bridge.syncing.alone(await programme(town)):
        return [await who.press(message, label) for who, message, label in presses]


async def programme(town: Town) -> ProgrammeId:
    return await town.store.read(lambda unit: unit.programmes.ids()[0])


def names(town: Town) -> set[str]:
    return {channel["name"] for channel in town.view()["channels"]}


async def seen_by(member: Member) -> set[str]:
    channels: list[Json] = await member.request("GET", f"/guilds/{member.guild_id}/channels")
    return {channel["name"] for channel in channels} - {"algemeen"}


def buttons(message: Json) -> list[str]:
    return [part["label"] for row in message["components"] for part in row["components"]]


async def test_one_clears_before_another_updates_whose_plan_is_shown_anew(
    made: Town, members: Enter, tmp_path: Path
) -> None:
    """Nothing is made again on a word that was given for what stood before."""
    beheerder, oprichter = await members("beheerder"), await members("oprichter")
    await edit(made, tmp_path, *EDIT)
    away, plan = await beheerder.slash("programma opruimen"), await oprichter.slash("programma bijwerken")
    cleared, updated = await one_after_the_other(
        made, (beheerder, away.message, "Opruimen"), (oprichter, plan.message, "Uitvoeren")
    )
    await hears(cleared, "Opgeruimd: 19 posts")
    await hears(updated, "intussen iets veranderd", "berichten maken")
    assert buttons(updated.messages[0]) == []
    assert names(made) == {"algemeen"}


async def test_one_clears_after_another_updated(made: Town, members: Enter, tmp_path: Path) -> None:
    """Both are done: the same posts stand as when the clearing was asked for."""
    beheerder, oprichter = await members("beheerder"), await members("oprichter")
    await edit(made, tmp_path, *EDIT)
    away, plan = await beheerder.slash("programma opruimen"), await oprichter.slash("programma bijwerken")
    updated, cleared = await one_after_the_other(
        made, (oprichter, plan.message, "Uitvoeren"), (beheerder, away.message, "Opruimen")
    )
    await hears(updated, "Klaar")
    await hears(cleared, "Opgeruimd: 19 posts")
    assert names(made) == {"algemeen"}


async def test_a_clearing_that_fits_no_more_after_a_sync_is_shown_anew_and_works_then(
    made: Town, members: Enter
) -> None:
    """The first answer says so and has no button; the new plan has."""
    beheerder, oprichter = await members("beheerder"), await members("oprichter")
    await made.bridge.client.http.delete_channel(Snowflake(int(made.post("4.2"))))
    away, plan = await beheerder.slash("programma opruimen"), await oprichter.slash("programma bijwerken")
    updated, cleared = await one_after_the_other(
        made, (oprichter, plan.message, "Uitvoeren"), (beheerder, away.message, "Opruimen")
    )
    await hears(updated, "Klaar")
    await hears(cleared, "intussen iets veranderd", "Opruimen haalt weg:** 19 posts")
    old, new = cleared.messages
    assert (text_of(old), buttons(old), buttons(new)) == (
        "Er is intussen iets veranderd, dus dit plan klopt niet meer. Hieronder staat het nieuwe.",
        [],
        ["Opruimen", "Annuleren"],
    )
    assert len(made.view()["threads"]) == 19
    await hears(await beheerder.press(new, "Opruimen"), "Opgeruimd: 19 posts")
    assert names(made) == {"algemeen"}


async def test_two_who_clear_away_at_once_do_it_once(made: Town, members: Enter) -> None:
    """The second one hears that nothing is left to clear away."""
    beheerder, oprichter = await members("beheerder"), await members("oprichter")
    first, second = await beheerder.slash("programma opruimen"), await oprichter.slash("programma opruimen")
    cleared, again = await one_after_the_other(
        made, (beheerder, first.message, "Opruimen"), (oprichter, second.message, "Opruimen")
    )
    await hears(cleared, "Opgeruimd: 19 posts")
    await hears(again, "intussen iets veranderd", "niets om op te ruimen")


async def test_one_clears_before_another_opens(made: Town, members: Enter) -> None:
    """There is nothing to open then, and what is made later is seen by beheer alone, as if nobody had opened."""
    beheerder, oprichter, lid = await members("beheerder"), await members("oprichter"), await members("lid")
    away, asked = await beheerder.slash("programma opruimen"), await oprichter.slash("programma openstellen")
    cleared, opened = await one_after_the_other(
        made, (beheerder, away.message, "Opruimen"), (oprichter, asked.message, "Openstellen")
    )
    await hears(cleared, "Opgeruimd: 19 posts")
    await hears(opened, "Het programma is opgeruimd, dus er is niets om open te stellen")
    await update(beheerder)
    assert await seen_by(lid) == set()


async def test_one_clears_after_another_opened(made: Town, members: Enter) -> None:
    """Both are done; what is made later is seen by beheer alone."""
    beheerder, oprichter, lid = await members("beheerder"), await members("oprichter"), await members("lid")
    away, asked = await beheerder.slash("programma opruimen"), await oprichter.slash("programma openstellen")
    opened, cleared = await one_after_the_other(
        made, (oprichter, asked.message, "Openstellen"), (beheerder, away.message, "Opruimen")
    )
    await hears(opened, "Klaar: iedereen ziet het programma nu")
    await hears(cleared, "Opgeruimd: 19 posts")
    await update(beheerder)
    assert await seen_by(lid) == set()


async def test_an_old_button_opens_no_other_programme_than_it_was_drawn_for(made: Town, members: Enter) -> None:
    """After a clearing it opens nothing; once all is made anew the question is asked anew, and that works."""
    beheerder, lid = await members("beheerder"), await members("lid")
    older, old = [await beheerder.slash("programma openstellen") for _ in range(2)]
    away = await beheerder.slash("programma opruimen")
    await hears(await beheerder.press(away.message, "Opruimen"), "Opgeruimd")
    await hears(await beheerder.press(older.message, "Openstellen"), "Het programma is opgeruimd")
    await update(beheerder)
    assert "Alleen beheer ziet" in (await beheerder.slash("programma status")).text
    pressed = await beheerder.press(old.message, "Openstellen")
    await hears(pressed, "programma dat intussen is opgeruimd", "Nu ziet alleen beheer het programma")
    assert buttons(pressed.messages[0]) == []
    assert await seen_by(lid) == set()
    await hears(await beheerder.press(pressed.message, "Openstellen"), "iedereen ziet het programma nu")
    assert len(await seen_by(lid)) > 5


async def test_words_written_between_plan_and_clearing_are_kept_with_their_post(made: Town, members: Enter) -> None:
    """The plan is shown anew with what stays; carried out, the post stands archived with the member's words."""
    beheerder, oprichter = await members("beheerder"), await members("oprichter")
    post = made.post("4.2")
    away = await beheerder.slash("programma opruimen")
    await oprichter.send(post, "Wacht even!")
    again = await beheerder.press(away.message, "Opruimen")
    await hears(again, "intussen iets veranderd", "4.2 Veilig op de fiets")
    assert buttons(again.messages[0]) == []
    await hears(await beheerder.press(again.message, "Opruimen"), "Opgeruimd: 18 posts")
    assert [each["id"] for each in made.view()["threads"]] == [post]
    assert "Wacht even!" in made.texts(post)


async def test_a_clearing_that_outlives_its_interaction_is_done_all_the_same(made: Town, members: Enter) -> None:
    """Nobody can be told then; nothing is said to have gone wrong, and the status tells what was done."""
    beheerder = await members("beheerder")
    away = await beheerder.slash("programma opruimen")
    made.loopback.faults.fail(401, method="PATCH", path="/messages/@original")
    pressed = await beheerder.press(away.message, "Opruimen")
    async with made.bridge.syncing.alone(await programme(made)):
        assert names(made) == {"algemeen"}
    assert "Het programma is hier opgeruimd" in (await beheerder.slash("programma status")).text
    assert [text_of(each) for each in pressed.messages] == ["Bezig met opruimen…"]


async def test_a_clearing_that_could_not_begin_says_why_and_leaves_no_work_behind(made: Town, members: Enter) -> None:
    """The message that was pressed says that nothing was cleared away."""
    beheerder = await members("beheerder")
    away = await beheerder.slash("programma opruimen")
    made.loopback.faults.fail(400, method="GET", path="/threads/active")
    pressed = await beheerder.press(away.message, "Opruimen")
    await hears(pressed, "Er is niets opgeruimd: ")
    assert len(made.view()["threads"]) == 19
    assert "opgeruimd" not in (await beheerder.slash("programma status")).text


async def test_what_could_not_be_cleared_away_is_tried_again_by_itself(made: Town, members: Enter) -> None:
    """Until then the status says that it is not done."""
    beheerder = await members("beheerder")
    away = await beheerder.slash("programma opruimen")
    made.loopback.faults.fail(400, 2, method="DELETE", path=rf"/channels/{made.post('4.2')}")
    pressed = await beheerder.press(away.message, "Opruimen")
    await hears(pressed, "Niet alles is gelukt", "vanzelf opnieuw geprobeerd")
    assert "nog niet klaar" in (await beheerder.slash("programma status")).text
    await made.bridge.syncing.idle()
    assert names(made) == {"algemeen"}
    assert "Het programma is hier opgeruimd" in (await beheerder.slash("programma status")).text
