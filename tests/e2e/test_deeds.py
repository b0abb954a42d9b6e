"""What can be done with one amendment, as members, committee, secretary and chair do it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.config import RuleSettings
from bot.domain.amendments import Amendment, Kind, Status
from bot.domain.deadlines import Deadline, closing
from bot.domain.deeds import Deed
from bot.domain.ids import ProgrammeId, Snowflake
from bot.domain.people import Actor
from bot.domain.phases import Phase
from bot.sandbox import Loopback
from bot.services.deciding import Deciding, Ruling
from cogs.act_forms import deed_button
from cogs.faces import Part, face
from db.database import Database
from tests.e2e.conftest import Town, running, settings_for
from tests.e2e.test_member import labels_of, propose
from tests.sandbox.answer import Answer
from tests.sandbox.member import Enter, Member
from tests.sandbox.parts import component, text_of, walk
from tests.services.acts import ADMIN, AT, CHAIR, acting, made

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


async def buttons_for(town: Town, deed: Deed, amendments: list[Amendment]) -> dict[str, Any]:
    """Have the bot say the buttons of a deed where everybody stands."""
    buttons = [deed_button(deed, each.amendment_id, str(each.amendment_id)) for each in amendments]
    return await said_with(town, buttons)


async def said_with(town: Town, buttons: Sequence[Part]) -> dict[str, Any]:
    """Have the bot say something with buttons where everybody stands."""
    view = face(*buttons)
    channel_id = int(next(iter(next(iter(town.loopback.world.guilds.values())).channels)))
    channel = town.bridge.client.get_channel(channel_id)
    assert isinstance(channel, discord.TextChannel)
    sent = await channel.send("Knoppen", view=view)
    return next(each for each in town.view()["messages"][str(channel_id)] if each["id"] == str(sent.id))


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


async def test_two_decide_at_once_and_the_second_is_told_what_stands(town: Town, members: Enter) -> None:
    """Both had the form open; what came first holds, and one line is said."""
    voorzitter = await members("voorzitter")
    await enter(town, Phase.ASSEMBLY)
    card = town.message(town.post(SECTION), "### 4.2-A1")
    first = await voorzitter.menu("Besluit", card)
    second = await voorzitter.menu("Besluit", card)
    assert first.modal is not None
    assert second.modal is not None
    one = await voorzitter.submit(first.modal, {"deed": "reject", "reason": ""})
    two = await voorzitter.submit(second.modal, {"deed": "adopt", "reason": "Toch maar wel."})
    await town.bridge.syncing.idle()
    assert "**4.2-A1** is nu: verworpen" in one.text
    assert "4.2-A1 is nu: verworpen. Dan gaat dit niet (meer)" in two.text
    assert "Toch maar wel." in two.text
    assert sum("**verworpen**" in text for text in town.texts(town.post(SECTION))) == 1


async def test_a_decision_that_comes_twice_is_taken_once(town: Town, members: Enter) -> None:
    voorzitter = await members("voorzitter")
    await enter(town, Phase.ASSEMBLY)
    town.loopback.faults.interactions_twice = True
    await do(voorzitter, town, "4.2-A1", Deed.HOLD_OVER, {"tally": ""})
    found = await stored(town, "4.2-A1")
    events = await town.store.read(lambda unit: unit.amendments.history(found.amendment_id))
    assert [event.to_status for event in events].count(Status.HELD_OVER) == 1
    assert sum("**aangehouden**" in text for text in town.texts(town.post(SECTION))) == 1


async def test_adopted_as_modified_shows_the_text_as_decided(town: Town, members: Enter) -> None:
    """The form comes with the proposed text; leaving it as it is, or changing it for another outcome, is refused."""
    voorzitter = await members("voorzitter")
    await enter(town, Phase.ASSEMBLY)
    text = (await stored(town, "4.2-A1")).text

    async def hand_in(**values: str) -> Answer:
        answer = await voorzitter.slash("amendement besluiten", {"verwijzing": "4.2-A1"})
        assert answer.modal is not None
        assert component(answer.modal, "final_text")["value"] == text
        return await voorzitter.submit(answer.modal, values)

    refused = await hand_in(deed="adopt", final_text="Heel anders.")
    assert "koos niet *gewijzigd aannemen*" in refused.text
    assert "Heel anders." in refused.text
    assert "gelijk aan het voorstel" in (await hand_in(deed="adopt as modified")).text
    done = await hand_in(deed="adopt as modified", final_text="Stoepen zijn als eerste sneeuwvrij.", tally="3 tegen 9")
    assert "zeggen iets anders" in done.text
    await town.bridge.syncing.idle()
    card = text_of(town.message(town.post(SECTION), "### 4.2-A1"))
    assert "**Gewijzigd aangenomen**" in card
    assert "**Stoepen zijn als eerste sneeuwvrij.**" in card


async def test_votes_that_are_no_numbers_are_refused_with_all_that_was_typed(town: Town, members: Enter) -> None:
    voorzitter = await members("voorzitter")
    await enter(town, Phase.ASSEMBLY)
    answer = await do(voorzitter, town, "4.2-A1", Deed.REJECT, {"tally": "bijna iedereen", "reason": "Te duur."})
    assert "twee of drie getallen" in answer.text
    assert "bijna iedereen" in answer.text
    assert "Te duur." in answer.text


async def test_adopting_one_asks_what_must_follow_for_the_other(town: Town, members: Enter) -> None:
    """The one that collides can lapse by one press; a secretary is led to another place for it."""
    voorzitter = await members("voorzitter")
    first, second = await colliding(town)
    await enter(town, Phase.ASSEMBLY)
    answer = await voorzitter.slash("amendement besluiten", {"verwijzing": str(first.reference)})
    assert answer.modal is not None
    answer = await voorzitter.submit(answer.modal, {"deed": "adopt"})
    answer = await answer.until(lambda given: "Wat moet daarmee?" in given.text)
    assert str(second.reference) in answer.text
    lapse = await voorzitter.press(answer.message, f"{second.reference} laten vervallen")
    assert lapse.modal is not None
    lapsed = await voorzitter.submit(lapse.modal, {})
    assert f"**{second.reference}** is nu: vervallen" in lapsed.text


async def colliding(town: Town) -> tuple[Amendment, Amendment]:
    """Store two amendments of one section that replace the same block."""
    return (
        await made(town.store, Status.OPEN, kind=Kind.REPLACE, block=1, text="Zus."),
        await made(town.store, Status.OPEN, kind=Kind.REPLACE, block=1, text="Zo."),
    )


async def test_card_and_summary_tell_of_collisions_on_both_sides(town: Town) -> None:
    first, second = await colliding(town)
    await town.bridge.follow()
    await town.bridge.syncing.idle()
    texts = [text for channel in town.view()["messages"] for text in town.texts(channel)]
    for one, other in ((first, second), (second, first)):
        card = next(text for text in texts if f"### {one.reference} " in text)
        assert f"Raakt hetzelfde stuk tekst als {other.reference}" in card
    summary = next(text for text in texts if f"**{first.reference}**" in text or f"[{first.reference}]" in text)
    assert str(second.reference) in summary


async def test_a_new_version_shows_what_changed_and_keeps_support(town: Town, members: Enter) -> None:
    """The form holds the old words; whoever had an older version before them is told so and gets their words back."""
    lid, lid2 = await members("lid"), await members("lid2")
    await propose(lid, town)
    post = town.post(SECTION)
    await lid2.press(town.message(post, "### 4.2-A2"), "Ik steun dit")
    stale = await lid.slash("amendement wijzigen", {"verwijzing": "4.2-A2"})
    answer = await do(
        lid, town, "4.2-A2", Deed.CHANGE, {"text": "Bij elke school komt een veilige zone zonder auto’s."}
    )
    assert "versie 2" in answer.text
    assert stale.modal is not None
    assert component(stale.modal, "text")["value"] == "Bij elke school komt een zone zonder auto’s."
    late = await lid.submit(stale.modal, {"text": "Nog iets anders."})
    assert "intussen veranderd" in late.text
    assert "Nog iets anders." in late.text
    assert "1 lid steunt dit" in text_of(town.message(post, "### 4.2-A2"))
    whole = await read(lid2, town, "4.2-A2")
    text = "\n".join(text_of(message) for message in whole.messages)
    assert "Versie 2 veranderde dit" in text
    assert "**veilige** zone" in text.replace("**veilige **", "**veilige** ")
    assert "Steun intrekken" in labels_of(whole)
    assert "Ik steun dit" not in labels_of(whole)


async def test_a_co_proposer_is_named_once_they_said_yes(town: Town, members: Enter) -> None:
    lid, lid2, gast = await members("lid"), await members("lid2"), await members("gast")
    await propose(lid, town)
    answer = await do(lid, town, "4.2-A2", Deed.INVITE, {"member": [lid2.id]})
    assert "Teun Terpstede is gevraagd" in answer.text
    post = town.post(SECTION)
    assert "Teun Terpstede" not in text_of(town.message(post, "### 4.2-A2"))
    assert "mee in" not in str(labels_of(await read(gast, town, "4.2-A2")))
    mine = [text_of(each) for each in (await read(lid, town, "4.2-A2")).messages]
    assert "mee indienen: Teun Terpstede" in "\n".join(mine)
    asked = await read(lid2, town, "4.2-A2")
    joined = await lid2.press(asked.message, "Ja, ik dien dit mee in")
    assert "Je bent nu mede-indiener" in joined.text
    await town.bridge.syncing.idle()
    assert "Wilgje Waterkant, samen met Teun Terpstede" in text_of(town.message(post, "### 4.2-A2"))
    back = await read(lid2, town, "4.2-A2")
    await lid2.press(back.message, "Ik wil geen mede-indiener meer zijn")
    await town.bridge.syncing.idle()
    assert "Teun Terpstede" not in text_of(town.message(post, "### 4.2-A2"))


async def test_the_secretary_writes_down_a_co_proposer_who_is_not_on_discord(town: Town, members: Enter) -> None:
    secretaris = await members("secretaris")
    answer = await do(secretaris, town, "4.2-A1", Deed.INVITE, {"member": [], "name": "Hanne Hoogwater"})
    assert "Hanne Hoogwater staat nu als mede-indiener" in answer.text
    assert "samen met Hanne Hoogwater" in text_of(town.message(town.post(SECTION), "### 4.2-A1"))


async def test_screening_gives_a_reference_or_gives_back_with_a_reason(town: Town, members: Enter) -> None:
    """What was received is the secretary's to see; its reason is asked for and can't be empty."""
    secretaris, lid = await members("secretaris"), await members("lid")
    proposer = Actor(Snowflake(int(lid.id)), "Wilgje", frozenset())
    received = [await made(town.store, Status.SUBMITTED, proposer=proposer, name="Wilgje") for _ in range(2)]
    message = await buttons_for(town, Deed.ADMIT, received[:1])
    admitted = await secretaris.press(message, str(received[0].amendment_id))
    assert "is nu: in behandeling" in admitted.text
    again = await secretaris.press(message, str(received[0].amendment_id))
    assert "Dan gaat dit niet (meer): in behandeling nemen" in again.text
    message = await buttons_for(town, Deed.RETURN, received[1:])
    for reason, told in (("  ", "Schrijf erbij waarom"), ("Welk punt bedoel je?", "teruggegeven")):
        answer = await secretaris.press(message, str(received[1].amendment_id))
        assert answer.modal is not None
        assert told in (await secretaris.submit(answer.modal, {"reason": reason})).text


async def test_advice_is_seen_by_the_committee_until_it_is_published(town: Town, members: Enter) -> None:
    """Then the card tells it, one line stands in #overzicht, and the proposer answers."""
    lid, commissie, secretaris = await members("lid"), await members("commissie"), await members("secretaris")
    await propose(lid, town)
    await enter(town, Phase.COMMITTEE)
    words = {"advice": "advise against", "explanation": "Dat kan niet bij elke school."}
    answer = await do(commissie, town, "4.2-A2", Deed.ADVISE, words)
    assert "bewaard als concept" in answer.text
    assert "Dat kan niet" in text_of((await read(secretaris, town, "4.2-A2")).message)
    assert "Dat kan niet" not in str([text_of(each) for each in (await read(lid, town, "4.2-A2")).messages])
    assert "programmacommissie" in (await lid.slash("amendement advies-publiceren")).text
    preview = await commissie.slash("amendement advies-publiceren", {"hoofdstuk": "4"})
    assert "**4.2-A2**" in preview.text
    published = await commissie.press(preview.message, "Publiceren")
    assert "1 preadvies is gepubliceerd" in published.text
    twice = await commissie.press(preview.message, "Publiceren")
    assert "geen preadviezen" in twice.text
    await town.bridge.syncing.idle()
    post = town.post(SECTION)
    assert "**Preadvies:** ontraden · Dat kan niet bij elke school." in text_of(town.message(post, "### 4.2-A2"))
    overview = next(channel["id"] for channel in town.view()["channels"] if channel["name"] == "overzicht")
    assert sum("Er is 1 preadvies gepubliceerd, bij hoofdstuk 4" in text for text in town.texts(overview)) == 1
    whole = await read(lid, town, "4.2-A2")
    await lid.press(whole.message, "Niet akkoord met het preadvies")
    await town.bridge.syncing.idle()
    assert "De indiener is niet akkoord" in text_of(town.message(post, "### 4.2-A2"))


async def test_advice_written_by_two_is_not_overwritten_unseen(town: Town, members: Enter) -> None:
    commissie, secretaris = await members("commissie"), await members("secretaris")
    await enter(town, Phase.COMMITTEE)
    first = await commissie.slash("amendement adviseren", {"verwijzing": "4.2-A1"})
    second = await secretaris.slash("amendement adviseren", {"verwijzing": "4.2-A1"})
    assert first.modal is not None
    assert second.modal is not None
    await commissie.submit(first.modal, {"advice": "adopt", "explanation": "Goed plan."})
    refused = await secretaris.submit(second.modal, {"advice": "adopt", "explanation": "Ander verhaal."})
    assert "Intussen schreef Cas Kadewold een preadvies" in refused.text
    assert "Ander verhaal." in refused.text


async def test_a_form_that_was_open_during_a_restart_is_still_received(
    loopback: Loopback, store: Database, tmp_path: Path, members: Enter
) -> None:
    """So is a card's button from before it; the line that a kill left unsaid is said, once."""
    settings = settings_for(loopback, tmp_path / "town.db")
    voorzitter = await members("voorzitter")
    async with running(loopback, store, settings) as town:
        await enter(town, Phase.ASSEMBLY)
        card = town.message(town.post(SECTION), "### 4.2-A1")
        answer = await voorzitter.menu("Besluit", card)
    assert answer.modal is not None
    found = await store.read(lambda unit: unit.amendments.by_reference(FIRST, "1.1-A1"))
    assert found
    ruling = Ruling(Deed.REJECT)
    await Deciding(acting(store)).decide(CHAIR, found.amendment_id, ruling, Snowflake(1))
    async with running(loopback, store, settings) as town:
        done = await voorzitter.submit(answer.modal, {"deed": "adopt"})
        assert "**4.2-A1** is nu: aangenomen" in done.text
        assert "4.2-A1" in (await voorzitter.press(card, "Lees verder")).text
        await town.bridge.syncing.idle()
        texts = [text for channel in town.view()["messages"] for text in town.texts(channel)]
        assert sum(text.startswith("[1.1-A1]") and "**verworpen**" in text for text in texts) == 1


@pytest.mark.parametrize(("day", "over"), [(date(2026, 10, 25), "23:00"), (date(2027, 3, 28), "22:00")])
async def test_a_deadline_that_passes_while_a_form_is_open(
    loopback: Loopback,
    store: Database,
    tmp_path: Path,
    members: Enter,
    monkeypatch: pytest.MonkeyPatch,
    day: date,
    over: str,
) -> None:
    """The moment of handing in counts, by clocks that change that very day; the typed text comes back."""
    clock = [f"{day}T12:00:00+00:00"]
    monkeypatch.setattr("bot.proceedings.now", lambda: clock[0])
    lid = await members("lid")
    async with running(loopback, store, settings_for(loopback, tmp_path / "town.db")) as town:
        await propose(lid, town)
        until = closing(day, "Europe/Amsterdam")
        assert until == f"{day}T{over}:00+00:00"
        await store.transact(lambda unit: unit.phases.set_deadline(FIRST, Deadline.PROPOSE, until))
        form = await lid.slash("amendement wijzigen", {"verwijzing": "4.2-A2"})
        assert form.modal is not None
        clock[0] = (datetime.fromisoformat(until) - timedelta(seconds=1)).isoformat()
        assert "versie 2" in (await lid.submit(form.modal, {"text": "Net op tijd."})).text
        form = await lid.slash("amendement wijzigen", {"verwijzing": "4.2-A2"})
        clock[0] = until
        assert form.modal is not None
        late = await lid.submit(form.modal, {"text": "Net te laat."})
        assert "23.59 uur" in late.text
        assert str(day.day) in late.text
        assert "Net te laat." in late.text


async def test_the_minimum_of_supporters_stands_on_the_card(
    loopback: Loopback, store: Database, tmp_path: Path, members: Enter
) -> None:
    settings = settings_for(loopback, tmp_path / "town.db", rules=RuleSettings(minimum_support=5))
    lid = await members("lid")
    async with running(loopback, store, settings) as town:
        post = town.post(SECTION)
        await lid.press(town.message(post, "### 4.2-A1"), "Ik steun dit")
        await town.bridge.syncing.idle()
        assert "steun 1 van 5" in text_of(town.message(post, "### 4.2-A1"))


async def test_the_menu_of_what_is_no_card_says_so(town: Town, members: Enter) -> None:
    voorzitter, lid = await members("voorzitter"), await members("lid")
    await enter(town, Phase.ASSEMBLY)
    post = town.post(SECTION)
    message = await lid.send(post, "Ik vind dit een goed plan.")
    assert "niet het bericht van een amendement" in (await voorzitter.menu("Besluit", message)).text
    assert "Dit kan alleen" in (await lid.menu("Besluit", town.message(post, "### 4.2-A1"))).text


async def test_withdrawing_by_its_proposer_is_no_decision_and_pings_nobody(town: Town, members: Enter) -> None:
    lid = await members("lid")
    await propose(lid, town)
    answer = await do(lid, town, "4.2-A2", Deed.WITHDRAW, {"reason": "Ik steun 4.2-A1."})
    assert "is nu: ingetrokken" in answer.text
    assert [text_of(message) for message in answer.messages if "Nieuws" in text_of(message)] == []
    assert all(not message["mentions"] for message in town.view()["messages"][town.post(SECTION)])
    assert "Ingetrokken" in text_of(town.message(town.post(SECTION), "### 4.2-A2"))


@pytest.mark.parametrize(
    ("locale", "labels"), [("nl", {"Intrekken", "Wijzigen", "Volgen"}), ("en-US", {"Withdraw", "Change", "Follow"})]
)
async def test_buttons_say_what_they_do_in_ones_own_language(
    town: Town, members: Enter, locale: str, labels: set[str]
) -> None:
    lid = await members("lid", locale=locale)
    await propose(lid, town)
    whole = await lid.slash("amendement tonen", {"verwijzing": "4.2-A2"})
    assert labels <= set(labels_of(whole))
    modal = (await lid.press(whole.message, of_deed(whole, Deed.WITHDRAW))).modal
    assert modal is not None
    assert modal["title"].split(" · ")[1] in labels
