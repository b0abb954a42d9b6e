"""What happens while a sync runs, or while the bot is away from the gateway: all ends in the right state, said once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.client import BridgeClient
from bot.sandbox import Loopback
from bot.sandbox.acts import channels
from bot.sandbox.world import Actor, World
from db.database import Database
from tests.e2e.careful import EDIT, careful_town, edit
from tests.e2e.conftest import Town
from tests.e2e.test_member import SECTION, WORDS, file_of, write
from tests.mirror.passes import facts
from tests.sandbox.answer import Answer
from tests.sandbox.member import Enter, Member
from tests.sandbox.parts import text_of


@pytest.fixture(autouse=True)
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Log in anew without the five seconds that Discord asks between two logins."""

    async def at_once(_client: BridgeClient, _shard: int | None, *, initial: bool = False) -> None:
        del initial

    monkeypatch.setattr(BridgeClient, "before_identify_hook", at_once)


@pytest.fixture
async def careful(loopback: Loopback, store: Database, tmp_path: Path) -> AsyncIterator[Town]:
    async with careful_town(loopback, store, tmp_path, "never") as town:
        yield town


def heard(answer: Answer, *words: str) -> bool:
    """Tell whether an answer says any of these."""
    return any(word in text_of(message) for message in answer.messages for word in words)


async def confirm(admin: Member) -> Answer:
    """Ask for the plan and carry it out; the answer comes before the work is done."""
    admin.timeout = 20
    plan = await admin.slash("programma bijwerken")
    return await admin.press(plan.message, "Uitvoeren")


async def under_way(town: Town) -> None:
    """Wait until a sync has made some posts and has more to make."""
    await town.loopback.wait_for(lambda world: len(_threads(world)) >= 3, 20)
    assert len(_threads(town.loopback.world)) < 19


def _threads(world: World) -> list[str]:
    return list(next(iter(world.guilds.values())).threads)


async def in_step(town: Town) -> None:
    """See that nothing is left to do, and that everything stands once."""
    await town.bridge.syncing.idle()
    programme_id = await town.store.read(lambda unit: unit.programmes.ids()[0])
    plan = await town.bridge.syncing.plan(programme_id)
    assert [change.resource.key for change in plan.changes] == []
    view = town.view()
    posts = [(thread["parent_id"], thread["name"]) for thread in view["threads"]]
    assert len(posts) == len(set(posts)) == 19
    told = [text_of(message) for inside in view["messages"].values() for message in inside]
    cards = [text for text in told if "Ik steun dit" in text]
    assert len(cards) == len(set(cards))
    assert not any(message["type"] == 6 for inside in view["messages"].values() for message in inside)


DROPS: dict[str, Callable[[Town], None]] = {
    "dropped": lambda town: town.loopback.faults.drop_gateway(bot(town)),
    "told to reconnect": lambda town: town.loopback.faults.ask_reconnect(bot(town)),
    "session invalid": lambda town: town.loopback.faults.invalidate_sessions(bot(town)),
}


def bot(town: Town) -> str:
    return town.loopback.world.application.id


@pytest.mark.parametrize("away", DROPS)
async def test_the_gateway_drops_during_a_sync(careful: Town, members: Enter, away: str) -> None:
    """The admin hears the end all the same, and no notice of a pin is left that only the gateway would have told of."""
    answer = await confirm(await members("beheerder"))
    await under_way(careful)
    DROPS[away](careful)
    await answer.until(lambda given: heard(given, "Klaar"))
    await in_step(careful)


async def test_what_a_session_that_ended_did_not_hear_is_made_anew_at_the_next(town: Town) -> None:
    """A post and a channel are deleted while nobody listens: only the guild itself tells of it."""
    before = _places(town)
    view = town.view()
    chapter = next(each["id"] for each in view["channels"] if each["type"] == 15)
    post = next(each["id"] for each in view["threads"] if each["parent_id"] != chapter)
    DROPS["session invalid"](town)
    await town.loopback.wait_for(lambda _: not town.loopback.connected(bot(town)))
    moderator = Actor(bot(town), bot=True)
    channels.delete(town.loopback.world, moderator, post)
    channels.delete(town.loopback.world, moderator, chapter)
    await town.loopback.wait_for(lambda _: _places(town) == before, 20)
    await in_step(town)


def _places(town: Town) -> list[object]:
    found = facts(town.view())
    return [found["channels"], found["posts"]]


async def test_a_member_proposes_and_supports_while_a_sync_runs(town: Town, members: Enter) -> None:
    """A chapter that was deleted is made anew meanwhile; the card comes once, with its count."""
    lid, lid2 = await members("lid"), await members("lid2")
    post = town.post(SECTION)
    home = next(each["parent_id"] for each in town.view()["threads"] if each["id"] == post)
    chapter = next(each["id"] for each in town.view()["channels"] if each["type"] == 15 and each["id"] != home)
    channels.delete(town.loopback.world, Actor(bot(town), bot=True), chapter)
    draft = await write(lid, town)
    filed = await lid.press(draft.message, file_of(draft))
    await filed.until(lambda given: heard(given, "4.2-A2"))
    shown = await lid2.slash("amendement tonen", {"verwijzing": "4.2-A2"})
    supported = await lid2.press(shown.message, "Ik steun dit")
    assert heard(supported, "Je steunt 4.2-A2")
    await in_step(town)
    (card,) = [text for text in town.texts(post) if WORDS in text]
    assert "1 lid steunt" in card


async def test_the_forum_changes_while_a_sync_runs(careful: Town, members: Enter, tmp_path: Path) -> None:
    """What is carried out is what was confirmed; the change waits for a word, and then stands."""
    beheerder = await members("beheerder")
    answer = await confirm(beheerder)
    await under_way(careful)
    assert await edit(careful, tmp_path, *EDIT) == ["edited"]
    await answer.until(lambda given: heard(given, "Klaar"))
    assert EDIT[0] in str(careful.view()["messages"])
    later = await confirm(beheerder)
    await later.until(lambda given: heard(given, "Klaar"))
    assert EDIT[0] not in str(careful.view()["messages"])
    assert EDIT[1] in str(careful.view()["messages"])
    await in_step(careful)


async def test_two_admins_confirm_different_plans_at_once(careful: Town, members: Enter, tmp_path: Path) -> None:
    """The plan that still fits is carried out; who has the old one hears why not, and nothing is done twice."""
    beheerder, oprichter = await members("beheerder"), await members("oprichter")
    beheerder.timeout = oprichter.timeout = 20
    old = await beheerder.slash("programma bijwerken")
    await edit(careful, tmp_path, *EDIT)
    new = await oprichter.slash("programma bijwerken")
    first, second = await asyncio.gather(
        oprichter.press(new.message, "Uitvoeren"), beheerder.press(old.message, "Uitvoeren")
    )
    await first.until(lambda given: heard(given, "Klaar"))
    await second.until(lambda given: heard(given, "al aan het bijwerken", "intussen veranderd"))
    assert not heard(second, "Klaar")
    assert EDIT[1] in str(careful.view()["messages"])
    await in_step(careful)
