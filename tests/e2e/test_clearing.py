"""Clearing away: plan first; what nobody answered goes, what people wrote in stays; nothing comes back by itself."""

from typing import Any

from tests.e2e.conftest import Town
from tests.sandbox.granting import dismiss
from tests.sandbox.member import Enter, Member


async def cleared(beheerder: Member) -> Any:
    plan = await beheerder.slash("programma opruimen")
    assert plan.message["attachments"][0]["filename"] == "opruimen.md"
    done = await beheerder.press(plan.message, "Opruimen")
    return await done.until(lambda given: bool(given.messages) and "Opgeruimd" in given.text)


async def made_anew(beheerder: Member) -> None:
    plan = await beheerder.slash("programma bijwerken")
    done = await beheerder.press(plan.message, "Uitvoeren")
    await done.until(lambda given: bool(given.messages) and "Klaar" in given.text)


async def test_all_goes_where_nobody_answered_and_comes_back_only_on_a_persons_word(town: Town, members: Enter) -> None:
    """Also with `mirror.auto = "always"`, and when the database changes meanwhile."""
    beheerder = await members("beheerder")
    before = town.view()
    told = await cleared(beheerder)
    assert "19 posts" in told.text
    assert [channel["name"] for channel in town.view()["channels"]] == ["algemeen"]
    assert town.view()["threads"] == []
    await town.bridge.follow()
    await town.bridge.syncing.idle()
    assert [channel["name"] for channel in town.view()["channels"]] == ["algemeen"]
    assert "opgeruimd" in (await beheerder.slash("programma status")).text
    assert "niets om op te ruimen" in (await beheerder.slash("programma opruimen")).text
    await made_anew(beheerder)
    after = town.view()
    assert len(after["threads"]) == len(before["threads"])
    assert [channel["name"] for channel in after["channels"]] == [channel["name"] for channel in before["channels"]]
    assert "opgeruimd" not in (await beheerder.slash("programma status")).text


async def test_what_people_wrote_in_stays_archived_and_is_taken_up_again(town: Town, members: Enter) -> None:
    """One post with a member's words keeps itself, its channel and the category; it is the same post afterwards."""
    beheerder, lid = await members("beheerder"), await members("lid")
    post = town.post("4.2")
    await lid.send(post, "Goed plan!")
    told = await cleared(beheerder)
    assert "4.2 Veilig op de fiets" in told.text
    left = town.view()
    assert [(each["id"], each["thread_metadata"]["archived"]) for each in left["threads"]] == [(post, True)]
    assert not left["threads"][0]["thread_metadata"]["locked"]
    assert sorted(channel["type"] for channel in left["channels"]) == [0, 4, 15]
    await town.bridge.follow()
    await town.bridge.syncing.idle()
    assert town.view()["threads"] == left["threads"]
    await made_anew(beheerder)
    threads = {each["id"]: each for each in town.view()["threads"]}
    assert len(threads) == 19
    assert not threads[post]["thread_metadata"]["archived"]
    assert "Goed plan!" in town.texts(post)


async def test_words_that_come_after_the_plan_are_not_removed(town: Town, members: Enter) -> None:
    """The plan no longer fits, so it is shown anew."""
    beheerder, lid = await members("beheerder"), await members("lid")
    plan = await beheerder.slash("programma opruimen")
    await lid.send(town.post("4.2"), "Wacht even!")
    again = await beheerder.press(plan.message, "Opruimen")
    await again.until(lambda given: any("intussen iets veranderd" in each["content"] for each in given.messages))
    assert len(town.view()["threads"]) == 19


async def test_only_beheer_clears(town: Town, members: Enter) -> None:
    """The plan is refused to others, and the button to one who is beheer no more."""
    beheerder, lid = await members("beheerder"), await members("lid")
    assert "beheer" in (await lid.slash("programma opruimen")).text
    plan = await beheerder.slash("programma opruimen")
    dismiss(town.loopback, "beheerder")
    assert "Vraag" in (await beheerder.press(plan.message, "Opruimen")).text
    assert len(town.view()["threads"]) == 19


async def test_clearing_can_be_cancelled(town: Town, members: Enter) -> None:
    """Nothing changes."""
    beheerder = await members("beheerder")
    plan = await beheerder.slash("programma opruimen")
    assert "niets veranderd" in (await beheerder.press(plan.message, "Annuleren")).text
    assert len(town.view()["threads"]) == 19
