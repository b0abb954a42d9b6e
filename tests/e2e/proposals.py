"""How tests propose: through the first step, the form, and the draft."""

from typing import Any

from bot.domain.amendments import Amendment
from tests.e2e.conftest import Town
from tests.e2e.test_kinds import choose, press
from tests.sandbox.answer import Answer
from tests.sandbox.member import Member
from tests.sandbox.parts import text_of, walk

SECTION = "4.2 Veilig"
WORDS = "Bij elke school komt een zone zonder auto’s."
WHY = "Zo kunnen kinderen veilig lopen."


async def form_of(member: Member, answer: Answer, kind: str = "insert") -> dict[str, Any]:
    """Go on from the first step to the form."""
    answer = await choose(member, answer, "kind", kind)
    modal = (await press(member, answer, "write")).modal
    assert modal is not None
    return modal


async def drafted(member: Member, town: Town, **typed: str) -> Answer:
    """Write new text at the end of a section, and return the draft."""
    answer = await member.slash("amendement indienen", channel=town.post(SECTION))
    modal = await form_of(member, answer)
    return await member.submit(modal, {"text": WORDS, "explanation": WHY, **typed})


async def filed(member: Member, town: Town, **typed: str) -> Answer:
    """Propose and file, with its card in place."""
    draft = await drafted(member, town, **typed)
    done = await press(member, draft, "file")
    await done.until(lambda given: bool(given.messages) and "discord.com/channels" in given.text)
    await town.bridge.syncing.idle()
    return done


def labels(answer: Answer) -> list[str]:
    """Return what stands on the buttons of the last message."""
    return [str(found["label"]) for found in walk(answer.message["components"]) if found["type"] == 2]


def values(modal: dict[str, Any]) -> dict[str, str]:
    """Return what the fields of a form hold."""
    return {
        str(found["custom_id"]): str(found.get("value", ""))
        for found in walk(modal["components"])
        if "custom_id" in found
    }


def said(answer: Answer) -> str:
    """Return all that an answer says, in however many messages."""
    return "\n".join(text_of(message) for message in answer.messages)


async def amendments(town: Town) -> list[Amendment]:
    """Return every amendment there is, drafts too."""

    def work(unit: Any) -> list[Amendment]:
        programme = unit.programmes.load(unit.programmes.ids()[0])
        return [each for _, section in programme.sections() for each in section.amendments]

    return await town.store.read(work)


async def stored(town: Town, words: str) -> Amendment:
    """Return the amendment that says this."""
    return next(each for each in await amendments(town) if words in each.text)
