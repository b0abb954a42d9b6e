"""What can be done with one amendment, as members, committee, secretary and chair do it."""

from typing import Any

from bot.domain.amendments import Amendment
from bot.domain.deeds import Deed
from bot.domain.ids import ProgrammeId
from bot.domain.phases import Phase
from tests.e2e.conftest import Town
from tests.e2e.test_member import propose
from tests.sandbox.answer import Answer
from tests.sandbox.member import Enter, Member
from tests.sandbox.parts import text_of, walk
from tests.services.acts import ADMIN, AT

SECTION = "Veilig op de fiets en te voet"
FIRST = ProgrammeId(1)
VOTES = {"tally": "31 - 12 - 2", "reason": "Na een lang gesprek."}


async def enter(town: Town, phase: Phase) -> None:
    """Let the programme be in a phase."""
    await town.store.transact(lambda unit: unit.phases.enter(FIRST, phase, ADMIN, AT))


async def stored(town: Town, reference: str) -> Amendment:
    found = await town.store.read(lambda unit: unit.amendments.by_reference(FIRST, reference))
    assert found
    return found


async def read(member: Member, town: Town, reference: str) -> Answer:
    """Press *Lees verder* on a card."""
    messages = [message for each in town.view()["messages"].values() for message in each]
    card = next(message for message in messages if f"### {reference} " in text_of(message))
    return await member.press(card, "Lees verder")


def of_deed(answer: Answer, deed: Deed) -> str:
    """Return the custom id of a deed's button."""
    parts = [str(part.get("custom_id", "")) for message in answer.messages for part in walk(message["components"])]
    return next(each for each in parts if each.startswith(f"do:{deed.value}:"))


async def do(member: Member, town: Town, reference: str, deed: Deed, values: dict[str, Any] | None = None) -> Answer:
    """Do a deed from *Lees verder*, filling in its form where it has one."""
    answer = await read(member, town, reference)
    answer = await member.press(answer.message, of_deed(answer, deed))
    if answer.modal is not None:
        answer = await member.submit(answer.modal, values or {})
    await town.bridge.syncing.idle()
    return answer


async def test_decided_the_card_follows_and_one_line_mentions_the_proposer_alone(town: Town, members: Enter) -> None:
    lid, voorzitter = await members("lid"), await members("voorzitter")
    await propose(lid, town)
    await enter(town, Phase.ASSEMBLY)
    answer = await do(voorzitter, town, "4.2-A2", Deed.ADOPT, VOTES)
    assert "**4.2-A2** is nu: aangenomen" in answer.text
    post = town.post(SECTION)
    card = text_of(town.message(post, "### 4.2-A2"))
    assert "**Aangenomen**" in card
    assert "Ik steun dit" not in card
    lines = [message for message in town.view()["messages"][post] if f"<@{lid.id}>" in text_of(message)]
    assert len(lines) == 1
    assert "**aangenomen**" in text_of(lines[0])
    assert [user["id"] for user in lines[0]["mentions"]] == [lid.id]
    whole = await read(lid, town, "4.2-A2")
    text = "\n".join(text_of(message) for message in whole.messages)
    assert "Stemmen: 31 voor, 12 tegen, 2 onthouding(en)." in text
    assert "Na een lang gesprek." in text
