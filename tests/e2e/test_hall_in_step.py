"""What follows the assembly by itself: tags, and what two hear who press at the same moment."""

import asyncio

from bot.domain.amendments import Status
from bot.domain.deeds import Deed
from bot.domain.phases import Phase
from tests.e2e.conftest import Town
from tests.e2e.test_assembly import advised, beamed, hall, push, say, statuses
from tests.e2e.test_deeds import FIRST, do, enter
from tests.sandbox.member import Enter
from tests.sandbox.parts import text_of

SECTION = "Veilig op de fiets en te voet"


def tags(town: Town, title: str) -> list[str]:
    """Return the tags of a section's post, by name."""
    view = town.view()
    names = {tag["id"]: tag["name"] for channel in view["channels"] for tag in channel.get("available_tags") or ()}
    thread = next(each for each in view["threads"] if title in each["name"])
    return [names[tag] for tag in thread["applied_tags"]]


async def test_the_tag_of_a_post_follows_the_decision(town: Town, members: Enter) -> None:
    """And its undoing, without a pass over everything."""
    voorzitter = await members("voorzitter")
    assert tags(town, SECTION) == ["Open"]
    await enter(town, Phase.ASSEMBLY)
    await town.bridge.follow()
    await town.bridge.syncing.idle()
    assert tags(town, SECTION) == ["Op de ALV"]
    await do(voorzitter, town, "4.2-A1", Deed.REJECT, {})
    assert tags(town, SECTION) == ["Behandeld"]
    last = await voorzitter.slash("vergadering herstellen")
    await push(voorzitter, town, last.message, "Terugdraaien…", reason="Te vroeg.")
    assert tags(town, SECTION) == ["Op de ALV"]
    assert len(await town.bridge.syncing.plan(FIRST)) == 0, "a pass over everything has nothing left to do"


async def test_two_who_press_at_the_same_moment_get_one_outcome(town: Town, members: Enter) -> None:
    """The last one is told what stands; asked by both for the next one, it is shown once."""
    await advised(town)
    one, two = await members("voorzitter"), await members("voorzitter")
    await say(one, town, "volgorde")
    await asyncio.gather(say(one, town, "volgende"), say(two, town, "volgende"))
    assert [text_of(each).startswith("# 1.1-A1") for each in hall(town)] == [False, True]
    shown = beamed(town)
    answers = await asyncio.gather(one.press(shown, "Verworpen"), two.press(shown, "Aangenomen"))
    (outcome,) = await statuses(town, "1.1-A1")
    assert outcome in {Status.ADOPTED, Status.REJECTED}
    word = "aangenomen" if outcome == Status.ADOPTED else "verworpen"
    said = sorted("Dan gaat dit niet (meer)" in answer.text for answer in answers)
    assert said == [False, True]
    assert all(f"is nu: {word}" in answer.text for answer in answers)
    events = await town.store.read(lambda unit: unit.decisions.last(FIRST))
    assert len(events) == 1
