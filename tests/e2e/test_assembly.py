"""The assembly as the chair leads it, the hall sees it and members meet it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.amendments import Advice, Status
from bot.domain.deadlines import Deadline
from bot.domain.deeds import Deed
from bot.domain.phases import Phase
from bot.mirror.plan import CARDS, Scope
from bot.sandbox import Loopback
from bot.services.advising import Advising
from bot.services.deciding import Deciding, Ruling
from bot.services.ports import Unit
from db.database import Database
from tests.e2e.conftest import Town, running, settings_for
from tests.e2e.test_deeds import FIRST, enter, of_deed, read, stored
from tests.sandbox.answer import Answer
from tests.sandbox.member import Enter, Member
from tests.sandbox.parts import component, text_of, walk
from tests.services.acts import CHAIR, COMMITTEE, acting, press

ADVISED = {
    "1.2-A1": Advice.ADOPT,
    "2.2-A1": Advice.ADVISE_AGAINST,
    "3.2-A1": Advice.ADOPT,
    "4.2-A1": Advice.ADOPT_AS_MODIFIED,
}
MODIFIED = "In de winter zijn fietspaden het eerst sneeuwvrij."
COMMANDS = ("volgorde", "volgende", "herstellen", "vaststellen")


async def advised(town: Town) -> None:
    """Let the committee have advised, and the meeting begin."""
    await enter(town, Phase.COMMITTEE)
    advising = Advising(acting(town.store))
    for reference, advice in ADVISED.items():
        found = await stored(town, reference)
        text = MODIFIED if advice is Advice.ADOPT_AS_MODIFIED else ""
        await advising.write(COMMITTEE, found.amendment_id, advice, "Daarom.", press(), text=text)
    await advising.publish(COMMITTEE, FIRST)
    await enter(town, Phase.ASSEMBLY)
    await town.bridge.follow()
    await town.bridge.syncing.idle()


async def discuss_until(town: Town, hours: float | None) -> None:
    at = (datetime.now(UTC) + timedelta(hours=hours)).isoformat(timespec="seconds") if hours is not None else None
    await town.store.transact(lambda unit: unit.phases.set_deadline(FIRST, Deadline.DISCUSS, at))


def hall(town: Town) -> list[dict[str, Any]]:
    """Return what stands in the hall's channel, oldest first."""
    channel = next(each["id"] for each in town.view()["channels"] if each["name"] == "vergadering")
    return town.view()["messages"].get(channel, [])


def beamed(town: Town) -> dict[str, Any]:
    """Return what was shown last."""
    return hall(town)[-1]


async def say(member: Member, town: Town, command: str, **options: str) -> str:
    answer = await member.slash(f"vergadering {command}", options)
    await town.bridge.syncing.idle()
    return answer.text


async def push(member: Member, town: Town, message: dict[str, Any], button: str, **values: str) -> Answer:
    """Press a button, hand in its form where it has one, and let the hall follow."""
    answer = await member.press(message, button)
    if answer.modal is not None:
        answer = await member.submit(answer.modal, values)
    await town.bridge.syncing.idle()
    return answer


async def statuses(town: Town, *references: str) -> list[str]:
    return [(await stored(town, reference)).status.value for reference in references]


async def decide(town: Town, reference: str, deed: Deed, text: str = "") -> None:
    """Let the chair have decided."""
    found = await stored(town, reference)
    await Deciding(acting(town.store)).decide(CHAIR, found.amendment_id, Ruling(deed, text), press())


async def test_the_hamerlijst_falls_in_one_press_once_nobody_can_ask_to_discuss(town: Town, members: Enter) -> None:
    """Who asked in time is left out; members press in vain; a second chair and a repeated press find nothing left."""
    await advised(town)
    lid, voorzitter = await members("lid"), await members("voorzitter")
    for command in COMMANDS:
        for name in ("lid", "secretaris", "commissie", "beheerder"):
            assert "vergaderleiding" in await say(await members(name), town, command)
    assert "nog geen volgorde" in await say(voorzitter, town, "volgende")
    await discuss_until(town, 1)
    assert "4 op de hamerlijst, daarna 4" in await say(voorzitter, town, "volgorde")
    order = beamed(town)
    said = text_of(order)
    for words in ("Hamerlijst", "1.2-A1", "overnemen", "ontraden", "Daarna, in deze volgorde", "2.1-A2", "5.2-A1"):
        assert words in said
    assert said.index("2.1-A2") < said.index("2.1-A1"), "what takes most away comes first"
    channel = next(each for each in town.view()["channels"] if each["name"] == "vergadering")
    with pytest.raises(Exception, match="50013"):
        await lid.send(channel["id"], "Hallo")
    early = await push(voorzitter, town, order, "Alles besluiten zoals geadviseerd")
    assert "tot en met" in early.text
    whole = await read(lid, town, "3.2-A1")
    await lid.press(whole.message, of_deed(whole, Deed.DISCUSS))
    await discuss_until(town, -1)
    late = await lid.press(whole.message, of_deed(whole, Deed.DISCUSS))
    assert "termijn is voorbij" in late.text
    assert "vergaderleiding" in (await push(lid, town, order, "Alles besluiten zoals geadviseerd")).text
    town.loopback.faults.interactions_twice = 1
    done = await push(voorzitter, town, order, "Alles besluiten zoals geadviseerd")
    assert "3 amendementen zijn besloten" in done.text
    assert "3.2-A1" in done.text
    assert await statuses(town, *ADVISED) == ["adopted", "rejected", "open", "adopted as modified"]
    assert (await stored(town, "4.2-A1")).final_text == MODIFIED
    assert "**verworpen**" in text_of(beamed(town))
    assert "0 op de hamerlijst, daarna 5" in await say(voorzitter, town, "volgorde")
    assert "Er staat niets op de hamerlijst" in text_of(beamed(town))
    last = await voorzitter.slash("vergadering herstellen")
    assert all(reference in last.text for reference in ("1.2-A1", "2.2-A1", "4.2-A1"))
    undone = await push(voorzitter, town, last.message, "Terugdraaien…", reason="Verkeerde lijst.")
    assert "Teruggedraaid" in undone.text
    assert await statuses(town, *ADVISED) == ["open"] * 4
    again = await push(voorzitter, town, last.message, "Terugdraaien…", reason="Nog eens.")
    assert "niet meer het laatste" in again.text
    assert "Nog eens." in again.text


async def test_one_after_another_is_shown_large_and_decided(
    loopback: Loopback, store: Database, members: Enter, tmp_path: Path
) -> None:
    """By whom may, once, along a restart; two who press at once get one outcome and a clear answer."""
    settings = settings_for(loopback, tmp_path / "town.db")
    async with running(loopback, store, settings) as town:
        await advised(town)
        lid, voorzitter = await members("lid"), await members("voorzitter")
        await say(voorzitter, town, "volgorde")
        town.loopback.faults.interactions_twice = 9
        assert "Nu in beeld: **1.1-A1**" in await say(voorzitter, town, "volgende")
        assert "4 amendementen op de hamerlijst" in await say(voorzitter, town, "volgende")
        assert len(hall(town)) == 2, "asked twice, it is shown once"
        shown = beamed(town)
        for words in ("# 1.1-A1", "Zo staat het er nu", "Het voorstel", "~~", "geen preadvies", "steun", "Ingetrokken"):
            assert words in text_of(shown)
        assert "vergaderleiding" in (await push(lid, town, shown, "Verworpen")).text
        assert "vergaderleiding" in (await lid.press(shown, "Gewijzigd aangenomen")).text
        assert await statuses(town, "1.1-A1") == ["open"]
    async with running(loopback, store, settings) as town:
        one, two = await voorzitter.press(shown, "Verworpen"), await voorzitter.press(shown, "Aangenomen")
        await town.bridge.syncing.idle()
        assert "1.1-A1** is nu: verworpen" in one.text
        assert "1.1-A1 is nu: verworpen. Dan gaat dit niet" in two.text
        rejected = beamed(town)
        assert rejected["id"] == shown["id"], "the message that was shown is edited"
        assert "# Verworpen" in text_of(rejected)
        assert "Aangenomen" not in labels(rejected)
        events = await store.read(lambda unit: unit.amendments.history(unit_id(unit, "1.1-A1")))
        assert [event.to_status for event in events].count(Status.REJECTED) == 1
        await push(voorzitter, town, rejected, "Volgende")
        assert "# 2.1-A2" in text_of(beamed(town))
        assert "2.1-A1" in text_of(beamed(town)), "what it collides with"
        assert "Volgende" not in labels(hall(town)[1])
        held = await push(voorzitter, town, beamed(town), "Aangehouden")
        assert "aangehouden" in held.text
        await push(voorzitter, town, beamed(town), "Volgende")
        changed = beamed(town)
        assert "# 2.1-A1" in text_of(changed)
        form = (await voorzitter.press(changed, "Gewijzigd aangenomen")).modal
        assert form is not None
        assert component(form, "final_text")["value"].startswith("Wie een huurachterstand heeft")
        await voorzitter.submit(form, {"final_text": "Na twee maanden komt er iemand langs.", "tally": "40 - 12"})
        await town.bridge.syncing.idle()
        assert "# Gewijzigd aangenomen" in text_of(beamed(town))
        assert "40 voor, 12 tegen" in text_of(beamed(town))
        undo = await voorzitter.press(beamed(town), "Terugdraaien")
        assert "2.1-A1 (gewijzigd aangenomen)" in undo.text
        await push(voorzitter, town, undo.message, "Terugdraaien…", reason="Nieuwe stemming.")
        assert await statuses(town, "2.1-A1") == ["open"]
        assert "Gewijzigd aangenomen" in labels(beamed(town)), "it can be decided again where it stands"
        counted = (await voorzitter.press(beamed(town), "Stemmen tellen")).modal
        assert counted is not None
        contradicted = await voorzitter.submit(counted, {"deed": "adopt", "tally": "3 - 40"})
        await contradicted.until(lambda given: any("Wat moet daarmee" in text_of(each) for each in given.messages))
        assert any("stemmen die je opgaf zeggen iets anders" in text_of(each) for each in contradicted.messages)
        await town.bridge.syncing.idle()
        assert "Over 2.1-A1 is al besloten" in await say(voorzitter, town, "volgende", verwijzing="2.1-A1")
        assert "5.2-A1" in await say(voorzitter, town, "volgende", verwijzing="5.2-A1")
        await push(voorzitter, town, beamed(town), "Vervallen", reason="Niet meer nodig.")
        assert "# Vervallen" in text_of(beamed(town))
        await push(voorzitter, town, beamed(town), "Volgende")
        assert "# 2.1-A2" in text_of(beamed(town)), "what was held over comes at the end"
        assert "Aangehouden" not in labels(beamed(town))
        earlier = next(each for each in hall(town) if "# 2.1-A2" in text_of(each))
        assert "later nog eens behandeld" in text_of(earlier)
        assert len(await town.bridge.syncing.plan(FIRST, Scope(CARDS))) == 0


async def test_the_whole_is_adopted_and_the_posts_show_the_adopted_text(town: Town, members: Enter) -> None:
    """Refused and listed while anything is undecided; what cannot be applied is listed; the concept stays readable."""
    await advised(town)
    lid, voorzitter = await members("lid"), await members("voorzitter")
    await say(voorzitter, town, "volgorde")
    refused = await say(voorzitter, town, "vaststellen")
    assert "1.1-A1" in refused
    assert "5.2-A1" in refused
    for reference in ("1.2-A1", "3.2-A1", "5.2-A1", "2.1-A1"):
        await decide(town, reference, Deed.ADOPT)
    for reference in ("1.1-A1", "2.1-A2", "2.2-A1"):
        await decide(town, reference, Deed.REJECT)
    await decide(town, "4.2-A1", Deed.ADOPT_AS_MODIFIED, MODIFIED)
    assert "grote windmolen" in town.texts(town.post("1.2"))[0]
    shown = await voorzitter.slash("vergadering vaststellen")
    assert "- aangenomen: 4" in shown.text
    assert "**5.2-A1**: een algemeen voorstel" in shown.text
    assert "vergaderleiding" in (await lid.slash("vergadering vaststellen")).text
    assert "heel veel" in (await push(voorzitter, town, shown.message, "Vaststellen…", tally="heel veel")).text
    town.loopback.faults.interactions_twice = 9
    adopted = await push(voorzitter, town, shown.message, "Vaststellen…", tally="88 - 2")
    assert "Het programma is vastgesteld" in adopted.text
    starter = town.texts(town.post("1.2"))[0]
    assert "windmolen op het dak" not in starter
    assert "Vastgestelde tekst" in starter
    assert MODIFIED in " ".join(town.texts(town.post("4.2"))[:2])
    assert "nog met de hand te verwerken: 5.2-A1" in town.texts(town.post("5.2"))[0]
    overview = next(each["id"] for each in town.view()["channels"] if each["name"] == "overzicht")
    assert sum("is **vastgesteld**" in text for text in town.texts(overview)) == 1
    read_back = await lid.press(town.message(town.post("1.2"), "De concepttekst lezen"), "De concepttekst lezen")
    whole = "\n".join(text_of(each) for each in read_back.messages)
    assert "grote windmolen" in whole
    assert "Wat de vergadering veranderde" in whole
    assert "~~" in whole
    assert "Concepttekst" in (await lid.slash("programma concept", {"paragraaf": "4.2"})).text
    by_hand = (await lid.slash("programma concept", {"paragraaf": "5.2"})).text
    assert "nog met de hand te verwerken: 5.2-A1" in by_hand
    assert "veranderde hier niets" not in by_hand
    assert "die is voorbij" in await say(voorzitter, town, "volgorde")
    town.loopback.faults.interactions_twice = 0
    assert len(await town.bridge.syncing.plan(FIRST)) == 0, "a second pass has nothing to do"
    secretaris = await members("secretaris")
    correction = await secretaris.slash("amendement corrigeren", {"verwijzing": "1.2-A1"})
    assert correction.modal is not None
    await secretaris.submit(correction.modal, {"status": ["rejected"], "reason": "Verkeerd genoteerd."})
    await town.bridge.follow()
    await town.bridge.syncing.idle()
    assert "grote windmolen" in " ".join(town.texts(town.post("1.2"))[:2]), "a correction is in the text at once"


def labels(message: dict[str, Any]) -> list[str]:
    return [str(part["label"]) for part in walk(message["components"]) if "label" in part]


def unit_id(unit: Unit, reference: str) -> Any:
    found = unit.amendments.by_reference(FIRST, reference)
    assert found
    return found.amendment_id
