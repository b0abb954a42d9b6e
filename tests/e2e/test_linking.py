"""`/amendement koppelen` as the secretary lives it, on a programme with talk, proposals and edits in it."""

from pathlib import Path
from typing import Any

import pytest

from bot.bridge import Bridge
from bot.domain.amendments import Amendment, Status
from bot.domain.ids import ProgrammeId, Snowflake
from bot.domain.programme import Section
from bot.forum.sources import read_source
from bot.services.importing import Importing
from bot.services.ports import Unit
from bot.serving import connected
from bot.wiring import now
from tests.e2e.conftest import SAMPLE, TEXTS, Town, settings_for
from tests.e2e.test_kinds import choose, part, press
from tests.sandbox.answer import Answer
from tests.sandbox.member import Enter, Member
from tests.sandbox.parts import component, text_of, walk

SECTION = "4.2 Veilig"
QUESTION = "Vraag over de schoolstraten"
"""How reply #225 begins, which is discussion."""
WORDS = "Ouders houden een plek om hun kind af te zetten."
OLD = "Fietspaden en stoepen zijn in de winter als eerste sneeuwvrij, nog voor de grote wegen."
NEW = "Fietspaden zijn in de winter als eerste sneeuwvrij."


async def koppelen(member: Member, typed: str) -> Answer:
    return await member.slash("amendement koppelen", {"wat": typed})


async def settled(answer: Answer, words: str) -> Answer:
    """Wait until the panel, or what came after it, says something."""
    return await answer.until(lambda given: any(words in text_of(message) for message in given.messages))


def labels(answer: Answer) -> list[str]:
    return [str(found["label"]) for found in walk(answer.message["components"]) if found["type"] == 2]


async def amendments(town: Town) -> dict[str, Amendment]:
    """Return the amendments of 4.2 by reference."""

    def work(unit: Unit) -> Section:
        (line,) = [each for each in unit.programmes.outline(ProgrammeId(1)) if each.code == "4.2"]
        section = unit.programmes.section(line.section_id)
        assert section
        return section

    section = await town.store.read(work)
    return {each.reference or "": each for each in section.amendments}


async def read_as(secretary: Member, panel: Answer, kind: str, fields: dict[str, str]) -> Answer:
    """Walk from a reply's panel through both steps, and return the panel, in which the outcome comes to stand."""
    answer = await secretary.press(panel.message, "Als amendement lezen")
    answer = await choose(secretary, answer, "link-kind", kind)
    if part(answer, "link-write")["disabled"]:
        answer = await choose(secretary, answer, "link-block", part(answer, "link-block")["options"][3]["value"])
    answer = await press(secretary, answer, "link-write")
    assert answer.modal is not None
    await secretary.submit(answer.modal, fields)
    return panel


async def edited(town: Town, folder: Path, old: str = OLD, new: str = NEW) -> None:
    """Take in the sample with one piece of one page changed, as after an edit on the forum."""
    text = (SAMPLE / "topic-164.html").read_text("utf-8")
    assert text.count(old) == 1
    (folder / "topic-164.html").write_text(text.replace(old, new), "utf-8")
    await Importing(town.store, now, language="nl", screening=False).take_in(read_source(folder / "topic-164.html"))
    await town.bridge.follow()
    await town.bridge.syncing.idle()


async def test_the_secretary_makes_an_amendment_of_talk(town: Town, members: Enter) -> None:
    """It gets a reference and a card under its reply, and says whose words they are and who read them."""
    secretary = await members("secretaris")
    answer = await koppelen(secretary, "#225")
    assert QUESTION in answer.text
    assert "Fenna Meerkoet" in answer.text
    assert answer.message["flags"] & 64
    done = await read_as(secretary, answer, "insert", {"text": WORDS, "explanation": "", "title": ""})
    await settled(done, "**4.2-A2** is nu een amendement")
    await town.bridge.syncing.idle()
    card = text_of(town.message(town.post(SECTION), "### 4.2-A2"))
    assert WORDS in card
    assert "Fenna Meerkoet (via het forum)" in card
    whole = await secretary.press(done.message, "Lees verder")
    assert "Sietske Sluiswijk namens Fenna Meerkoet" in whole.text


async def test_the_form_holds_the_authors_words(town: Town, members: Enter) -> None:
    """What nobody could read as a proposal comes whole; what was read comes in its parts, with kind and place."""
    secretary = await members("secretaris")
    answer = await secretary.press((await koppelen(secretary, "225")).message, "Als amendement lezen")
    answer = await choose(secretary, answer, "link-kind", "general")
    answer = await press(secretary, answer, "link-write")
    assert answer.modal is not None
    modal = {"components": answer.modal["components"]}
    assert str(component(modal, "text")["value"]).startswith(QUESTION)
    assert not component(modal, "explanation").get("value")

    amendment = (await amendments(town))["4.2-A1"]
    await town.store.transact(lambda unit: unit.amendments.set_status(amendment.amendment_id, Status.NOT_ADMITTED))
    answer = await koppelen(secretary, "#224")
    assert "4.2-A1" in answer.text
    answer = await secretary.press(answer.message, "Als amendement lezen")
    kinds = {option["value"]: option["default"] for option in part(answer, "link-kind")["options"]}
    assert [kind for kind, default in kinds.items() if default] == ["insert"]
    answer = await press(secretary, answer, "link-write")
    assert answer.modal is not None
    modal = {"components": answer.modal["components"]}
    assert component(modal, "text")["value"] == OLD
    assert str(component(modal, "explanation")["value"]).startswith("Vorige winter")


async def test_an_amendment_becomes_a_mere_reply_and_an_amendment_again(town: Town, members: Enter) -> None:
    """The card stays and says so; read again it has the same reference, and the history tells both."""
    secretary = await members("secretaris")
    back = await koppelen(secretary, "4.2-A1")
    answer = await secretary.press(back.message, "Terug naar reactie")
    assert answer.modal is not None
    await secretary.submit(answer.modal, {"reason": "Dit was alleen een vraag."})
    await settled(back, "De reactie is weer een gewone reactie")
    await town.bridge.syncing.idle()
    card = town.message(town.post(SECTION), "4.2-A1")
    assert "Niet in behandeling genomen" in text_of(card)
    assert "Ik steun dit" not in text_of(card)
    assert "Terug naar reactie" not in labels(back)

    done = await read_as(secretary, await koppelen(secretary, "#224"), "insert", {})
    await settled(done, "**4.2-A1** is nu een amendement")
    await town.bridge.syncing.idle()
    assert "In behandeling" in text_of(town.message(town.post(SECTION), "### 4.2-A1"))
    whole = await secretary.slash("amendement tonen", {"verwijzing": "4.2-A1"})
    assert "correctie: Dit was alleen een vraag." in whole.text
    assert "correctie: opnieuw gelezen" in whole.text


async def test_an_amendment_is_aimed_at_another_block(town: Town, members: Enter) -> None:
    """The card names the new place at once."""
    secretary = await members("secretaris")
    answer = await secretary.press((await koppelen(secretary, "4.2-a1")).message, "Ander punt kiezen")
    assert part(answer, "move-go")["disabled"]
    options = part(answer, "move-block")["options"]
    assert options[0]["label"] == "Onderaan de paragraaf"
    bullet = next(option for option in options if option["label"].startswith("Na punt 3"))
    answer = await choose(secretary, answer, "move-block", bullet["value"])
    done = await press(secretary, answer, "move-go")
    await settled(done, "vastgelegd")
    await town.bridge.syncing.idle()
    assert "na punt 3" in text_of(town.message(town.post(SECTION), "### 4.2-A1"))


async def test_an_edited_reply_is_shown_beside_its_amendment_and_taken_over(
    town: Town, members: Enter, tmp_path: Path
) -> None:
    """Flagged first in the list; the panel shows the difference word by word; nothing changed until the press."""
    await edited(town, tmp_path)
    assert OLD in text_of(town.message(town.post(SECTION), "### 4.2-A1"))
    secretary = await members("secretaris")
    choices = await secretary.complete("amendement koppelen", {"wat": ""}, focused="wat")
    assert choices[0]["name"].startswith("Na te kijken: 4.2-A1")
    answer = await koppelen(secretary, choices[0]["value"])
    assert "de reactie op het forum is bewerkt" in answer.text
    assert "Fietspaden ~~en stoepen~~" in answer.text
    taken = await secretary.press(answer.message, "Nieuwe tekst overnemen")
    await settled(taken, "heeft nu de tekst van de reactie")
    await town.bridge.syncing.idle()
    assert NEW in text_of(town.message(town.post(SECTION), "### 4.2-A1"))
    assert "Nieuwe tekst overnemen" not in labels(taken)
    choices = await secretary.complete("amendement koppelen", {"wat": ""}, focused="wat")
    assert not choices[0]["name"].startswith("Na te kijken")


async def test_seen_settles_a_flag(town: Town, members: Enter, tmp_path: Path) -> None:
    """The amendment stays as it is; a panel that was drawn before says that it was done already."""
    await edited(town, tmp_path)
    secretary = await members("secretaris")
    stale = await koppelen(secretary, "4.2-A1")
    answer = await koppelen(secretary, "4.2-A1")
    seen = await secretary.press(answer.message, "Gezien")
    await settled(seen, "is nagekeken")
    assert (await amendments(town))["4.2-A1"].text == OLD
    again = await secretary.press(stale.message, "Gezien")
    await settled(again, "al nagekeken")


@pytest.mark.parametrize("who", ["lid", "commissie", "voorzitter", "beheerder", "gast"])
async def test_only_the_secretary_links(town: Town, members: Enter, who: str) -> None:
    """Others are told whom to ask, and nothing is suggested to them."""
    other = await members(who)
    secretary_role = next(role["id"] for role in town.view()["guild"]["roles"] if role["name"] == "secretaris")
    assert f"<@&{secretary_role}>" in (await koppelen(other, "#225")).text
    assert await other.complete("amendement koppelen", {"wat": ""}, focused="wat") == []


@pytest.mark.parametrize("button", ["Ander punt kiezen", "Terug naar reactie", "Gezien", "Nieuwe tekst overnemen"])
async def test_the_role_is_looked_at_again_at_each_press(
    town: Town, members: Enter, tmp_path: Path, button: str
) -> None:
    """A panel drawn before the role was taken away does nothing any more."""
    await edited(town, tmp_path)
    before = await amendments(town)
    secretary = await members("secretaris")
    answer = await koppelen(secretary, "4.2-A1")
    take_role(town, secretary)
    refused = await secretary.press(answer.message, button)
    await settled(refused, "alleen met de rol *secretaris van de programmacommissie*")
    assert await amendments(town) == before


def take_role(town: Town, member: Member) -> None:
    guild = next(iter(town.loopback.world.guilds.values()))
    guild.members[member.id]["roles"] = []


async def test_what_was_typed_comes_back_when_the_role_is_gone(town: Town, members: Enter) -> None:
    """In the form of a reply, and in that of a reason."""
    secretary = await members("secretaris")
    answer = await secretary.press((await koppelen(secretary, "#225")).message, "Als amendement lezen")
    answer = await choose(secretary, answer, "link-kind", "insert")
    reading = await press(secretary, answer, "link-write")
    turning = await secretary.press((await koppelen(secretary, "4.2-A1")).message, "Terug naar reactie")
    take_role(town, secretary)
    assert reading.modal is not None
    assert turning.modal is not None
    refused = await secretary.submit(reading.modal, {"text": WORDS})
    await settled(refused, WORDS)
    refused = await secretary.submit(turning.modal, {"reason": "Omdat het een vraag is."})
    await settled(refused, "Omdat het een vraag is.")
    assert sorted(await amendments(town)) == ["4.2-A1"]


async def test_the_second_of_two_forms_is_refused_with_what_was_typed(town: Town, members: Enter) -> None:
    """One reply is one amendment, also where two are at it; a repeated delivery is not even noticed."""
    town.loopback.faults.interactions_twice = True
    secretary = await members("secretaris")
    panel = await koppelen(secretary, "#225")
    forms: list[dict[str, Any]] = []
    for _ in range(2):
        first = await secretary.press((await koppelen(secretary, "#225")).message, "Als amendement lezen")
        first = await choose(secretary, first, "link-kind", "insert")
        form = await press(secretary, first, "link-write")
        assert form.modal is not None
        forms.append(form.modal)
    await secretary.submit(forms[0], {"text": WORDS})
    again = await secretary.submit(forms[1], {"text": WORDS})
    await settled(again, "is al amendement 4.2-A2")
    await settled(again, WORDS)
    late = await secretary.press(panel.message, "Als amendement lezen")
    await settled(late, "is al amendement 4.2-A2")
    assert sorted(await amendments(town)) == ["4.2-A1", "4.2-A2"]


async def test_everything_chosen_travels_along_a_restart(town: Town, members: Enter, tmp_path: Path) -> None:
    """Panel, choice and form drawn by one bot are answered by the next."""
    secretary = await members("secretaris")
    panel = await koppelen(secretary, "4.2-A1")
    talk = await koppelen(secretary, "#225")
    answer = await secretary.press(talk.message, "Als amendement lezen")
    picked = await choose(secretary, answer, "link-kind", "insert")
    await town.bridge.close()
    settings = settings_for(town.loopback, tmp_path / "town.db")
    bridge = Bridge(
        settings, town.store, TEXTS, Snowflake(settings.discord.guild_id or 0), ready_timeout=0.05, at_most=1000
    )
    async with connected(bridge, settings, settings.token() or ""):
        await bridge.started.wait()
        form = await press(secretary, picked, "link-write")
        assert form.modal is not None
        await secretary.submit(form.modal, {"text": WORDS})
        await settled(talk, "**4.2-A2** is nu een amendement")
        back = await secretary.press(panel.message, "Terug naar reactie")
        assert back.modal is not None
        await secretary.submit(back.modal, {"reason": "Nee."})
        await settled(panel, "De reactie is weer een gewone reactie")
        await bridge.syncing.idle()
        assert await bridge.failure() is None


async def test_a_long_reply_is_read_to_its_end(town: Town, members: Enter, tmp_path: Path) -> None:
    """The panel shows the beginning, a press the rest; the form loses nothing of what does not fit in it."""
    lines = "".join(f"<p>Regel {number}: {'woord ' * 30}.</p>" for number in range(40))
    await edited(town, tmp_path, f"<p>{QUESTION}", f"{lines}<p>{QUESTION}")
    secretary = await members("secretaris")
    panel = await koppelen(secretary, "#225")
    assert len(panel.message["content"]) <= 2000
    assert QUESTION not in panel.text
    whole = await secretary.press(panel.message, "Hele reactie")
    await settled(whole, QUESTION)
    assert "Regel 0:" in text_of(whole.messages[0])
    answer = await secretary.press(panel.message, "Als amendement lezen")
    answer = await choose(secretary, answer, "link-kind", "insert")
    form = await press(secretary, answer, "link-write")
    assert form.modal is not None
    await secretary.submit(form.modal, {})
    await settled(panel, "is nu een amendement")
    made = (await amendments(town))["4.2-A2"]
    assert QUESTION in made.text
    assert made.text.startswith("Regel 0:")


async def test_nothing_in_a_reply_formats_or_pings(town: Town, members: Enter, tmp_path: Path) -> None:
    await edited(town, tmp_path, QUESTION, "@everyone &lt;@1&gt; **vet** [x](http://x.example)")
    secretary = await members("secretaris")
    message: dict[str, Any] = (await koppelen(secretary, "#225")).message
    assert not message["mention_everyone"]
    assert message["mentions"] == []
    assert "\\*\\*vet\\*\\*" in message["content"]


async def test_english_for_who_reads_english(town: Town, members: Enter) -> None:
    secretary = await members("secretaris", locale="en-GB")
    answer = await secretary.slash("amendment link", {"what": "#225"})
    assert "Reply #225 in 4.2" in answer.text
    assert "Read as an amendment" in labels(answer)
