"""Proposing as a member does it for the first time: asked for a name, shown what is near, and nothing lost."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.amendments import Origin, Status
from bot.domain.ids import Snowflake
from bot.domain.people import Actor, Role
from bot.domain.phases import Phase
from bot.sandbox import Loopback
from db.database import Database
from tests.e2e.conftest import Town, running, settings_for
from tests.e2e.proposals import SECTION, WHY, WORDS, amendments, drafted, filed, form_of, labels, said, stored, values
from tests.e2e.test_deeds import enter
from tests.e2e.test_kinds import choose, part, press
from tests.sandbox.member import Enter
from tests.sandbox.parts import text_of

NAME = "W. Waterkant-de Wit"


async def test_the_name_for_the_book_is_asked_once_and_stands_on_the_card(town: Town, members: Enter) -> None:
    lid = await members("lid")
    modal = await form_of(lid, await lid.slash("amendement indienen", channel=town.post(SECTION)))
    assert values(modal)["name"] == "Wilgje Waterkant"
    draft = await lid.submit(modal, {"text": WORDS, "explanation": WHY, "name": NAME})
    done = await press(lid, draft, "file")
    await done.until(lambda given: bool(given.messages) and "discord.com/channels" in given.text)
    await town.bridge.syncing.idle()
    assert NAME in text_of(town.message(town.post(SECTION), WORDS))
    again = await form_of(lid, await lid.slash("amendement indienen", channel=town.post(SECTION)))
    assert "name" not in values(again)


async def test_who_writes_when_nothing_can_be_filed_reads_so_and_keeps_the_draft(town: Town, members: Enter) -> None:
    """Before they press *Indienen*, and again where they open the draft; once it can be, it is asked for."""
    lid = await members("lid")
    await enter(town, Phase.COMMITTEE)
    first = await lid.slash("amendement indienen", channel=town.post(SECTION))
    for step in (
        first,
        await choose(lid, first, "kind", "general"),
        await lid.press(first.message, "Andere paragraaf"),
    ):
        assert "Dit kan niet meer: een amendement indienen." in step.text
    draft = await drafted(lid, town)
    assert "Dit kan niet meer: een amendement indienen." in draft.text
    assert "Je concept blijft bewaard" in draft.text
    assert "Klopt het?" not in draft.text
    await enter(town, Phase.AMENDING)
    listed = await lid.slash("amendement concepten")
    assert "Klopt het?" in (await choose(lid, listed, "drafts", part(listed, "drafts")["options"][0]["value"])).text


async def test_nobody_is_let_write_what_cannot_even_be_kept(town: Town, members: Enter) -> None:
    """Once the programme is adopted: on every way in, and in a first step left open."""
    lid = await members("lid")
    before = await lid.slash("amendement indienen", channel=town.post(SECTION))
    assert "Let op" not in before.text
    await enter(town, Phase.ADOPTED)
    overview = next(channel["id"] for channel in town.view()["channels"] if channel["name"] == "overzicht")
    for late in (
        await lid.slash("amendement indienen", channel=town.post(SECTION)),
        await lid.press(town.message(overview, "Zo werkt het"), "Amendement indienen"),
        await choose(lid, before, "kind", "general"),
    ):
        assert "een concept schrijven" in late.text
        assert "Wat wil je doen?" not in late.text


async def test_what_says_nearly_the_same_can_be_supported_instead_and_the_draft_stays(
    town: Town, members: Enter
) -> None:
    lid, lid2 = await members("lid"), await members("lid2")
    await filed(lid, town)
    draft = await drafted(lid2, town, text="Bij elke school een zone komt zonder auto’s!")
    assert "bijna hetzelfde" in said(draft)
    assert "Liever 4.2-A2 steunen" in labels(draft)
    supported = await lid2.press(draft.message, "Liever 4.2-A2 steunen")
    assert "Je steunt 4.2-A2" in supported.text
    assert (await stored(town, WORDS)).support == 1
    assert (await stored(town, "een zone komt")).status is Status.DRAFT
    await lid2.press(supported.message, "Ja, weggooien")
    assert (await stored(town, "een zone komt")).status is Status.WITHDRAWN
    assert "geen concepten" in (await lid2.slash("amendement concepten")).text


async def test_a_draft_is_kept_listed_opened_and_filed(town: Town, members: Enter) -> None:
    lid, lid2 = await members("lid"), await members("lid2")
    kept = await lid.press((await drafted(lid, town)).message, "Bewaren als concept")
    assert "/amendement concepten" in kept.text
    assert "Je hebt 1 concept." in (await lid.slash("mijn")).text
    listed = await lid.slash("amendement concepten")
    option = part(listed, "drafts")["options"][0]
    assert "4.2" in option["label"]
    opened = await choose(lid, listed, "drafts", option["value"])
    assert WORDS in said(opened)
    assert "geen concepten" in (await lid2.slash("amendement concepten")).text
    done = await lid.press(opened.message, "Indienen")
    await done.until(lambda given: bool(given.messages) and "4.2-A2" in given.text)


async def test_throwing_a_draft_away_is_asked_over_what_goes(town: Town, members: Enter) -> None:
    """A long one stands in messages before: there only the buttons ask."""
    lid = await members("lid")
    for text in (WORDS, "Nog een bank. " * 280):
        draft = await drafted(lid, town, text=text)
        await draft.until(lambda given: bool(labels(given)))
        before = draft.message["content"]
        asked = await lid.press(draft.message, "Weggooien")
        assert labels(asked) == ["Ja, weggooien", "Bewaren als concept"]
        assert "Druk op *Indienen*" not in asked.message["content"]
        if text == WORDS:
            assert "Je concept weggooien?" in asked.message["content"]
            assert WORDS in asked.message["content"]
        else:
            assert asked.message["content"] == before
        await lid.press(asked.message, "Ja, weggooien")
    assert "geen concepten" in (await lid.slash("amendement concepten")).text


async def test_a_restart_between_form_and_submit_loses_nothing(
    loopback: Loopback, store: Database, tmp_path: Path, members: Enter
) -> None:
    """The form that was open is received by the next process, and what it holds is a draft."""
    settings = settings_for(loopback, tmp_path / "town.db")
    lid = await members("lid")
    async with running(loopback, store, settings) as before:
        modal = await form_of(lid, await lid.slash("amendement indienen", channel=before.post(SECTION)))
    async with running(loopback, store, settings) as after:
        draft = await lid.submit(modal, {"text": WORDS, "explanation": WHY})
        assert WORDS in said(draft)
        assert (await stored(after, WORDS)).status is Status.DRAFT


async def test_what_the_phase_refuses_is_given_back_and_stays_a_draft(town: Town, members: Enter) -> None:
    lid = await members("lid")
    draft = await drafted(lid, town)
    admin = Actor(Snowflake(1), "Beheer", frozenset({Role.ADMIN}))
    at = "2026-11-01T10:00:00+00:00"
    await town.store.transact(lambda unit: unit.phases.enter(unit.programmes.ids()[0], Phase.COMMITTEE, admin, at))
    refused = await press(lid, draft, "file")
    await refused.until(lambda given: any(WORDS in message["content"] for message in given.messages))
    assert (await stored(town, WORDS)).status is Status.DRAFT


async def test_ones_own_message_becomes_the_beginning_of_a_proposal(town: Town, members: Enter) -> None:
    """Its words stand in the form, also after another section was chosen."""
    lid = await members("lid")
    message = await lid.send(town.post(SECTION), WORDS)
    answer = await lid.menu("Amendement van maken", message)
    assert "4.2" in answer.text
    assert values(await form_of(lid, answer))["text"] == WORDS
    answer = await lid.press(answer.message, "Andere paragraaf")
    answer = await choose(lid, answer, "section", part(answer, "section")["options"][0]["value"])
    answer = await choose(lid, answer, "kind", "delete")
    answer = await choose(lid, answer, "block", part(answer, "block")["options"][0]["value"])
    modal = (await press(lid, answer, "write")).modal
    assert modal is not None
    assert values(modal)["explanation"] == WORDS


async def test_the_secretary_makes_an_amendment_of_anothers_message_for_them(town: Town, members: Enter) -> None:
    """It is that member's from then on, and members can't do so with each other's messages."""
    lid, secretary = await members("lid"), await members("secretaris")
    message = await lid.send(town.post(SECTION), WORDS)
    assert "secretaris" in (await (await members("lid2")).menu("Amendement van maken", message)).text
    answer = await secretary.menu("Amendement van maken", message)
    answer = await choose(secretary, answer, "behalf-kind", "insert")
    modal = (await press(secretary, answer, "behalf-write")).modal
    assert modal is not None
    assert values(modal)["text"] == WORDS
    assert values(modal)["name"] == "Wilgje Waterkant"
    done = await secretary.submit(modal, {})
    assert "4.2-A2" in done.text
    amendment = await stored(town, WORDS)
    assert (amendment.proposer_id, amendment.proposer) == (int(lid.id), "Wilgje Waterkant")


async def test_on_the_mirrors_messages_the_menu_knows_what_they_are(town: Town, members: Enter) -> None:
    """The text begins a proposal, a reply is the secretary's to link, and a card is an amendment already."""
    lid, secretary = await members("lid"), await members("secretaris")
    post = town.post(SECTION)
    assert "4.2" in (await lid.menu("Amendement van maken", town.message(post, "Amendement indienen"))).text
    reply = town.message(post, "Vraag over de schoolstraten")
    assert "secretaris" in (await lid.menu("Amendement van maken", reply)).text
    assert "Als amendement lezen" in labels(await secretary.menu("Amendement van maken", reply))
    assert "al een amendement" in (await lid.menu("Amendement van maken", town.message(post, "Ik steun dit"))).text


async def test_the_secretary_proposes_for_somebody_who_is_not_on_discord(town: Town, members: Enter) -> None:
    secretary = await members("secretaris")
    options = {"naam": "Opa Bakker", "herkomst": "paper", "toestemming": "4-10-2025"}
    answer = await secretary.slash("amendement namens", options, channel=town.post(SECTION))
    answer = await choose(secretary, answer, "behalf-kind", "insert")
    modal = (await press(secretary, answer, "behalf-write")).modal
    assert modal is not None
    assert values(modal)["day"] == "2025-10-04"
    refused = await secretary.submit(modal, {"text": WORDS, "day": "morgen"})
    assert WORDS in refused.text
    modal = (await press(secretary, answer, "behalf-write")).modal
    assert modal is not None
    done = await secretary.submit(modal, {"text": WORDS, "name": "Opa Bakker"})
    assert "namens Opa Bakker" in done.text
    amendment = await stored(town, WORDS)
    assert (amendment.origin, amendment.proposer, amendment.proposer_id) == (Origin.PAPER, "Opa Bakker", None)
    assert "secretaris" in (await (await members("lid")).slash("amendement namens", options)).text


async def test_the_secretary_too_is_told_before_writing_that_it_is_too_late(town: Town, members: Enter) -> None:
    """On the command, and in a first step left open."""
    secretary = await members("secretaris")
    options = {"naam": "Opa Bakker", "herkomst": "paper", "toestemming": "4-10-2025"}
    before = await secretary.slash("amendement namens", options, channel=town.post(SECTION))
    await enter(town, Phase.COMMITTEE)
    late = await secretary.slash("amendement namens", options, channel=town.post(SECTION))
    for answer in (late, await choose(secretary, before, "behalf-kind", "general")):
        assert "Dit kan niet meer: een amendement indienen." in answer.text
        assert "Wat wil je doen?" not in answer.text


async def test_a_day_of_consent_without_a_year_is_the_last_that_was(town: Town, members: Enter) -> None:
    """A day that is yet to come this year was in another year then."""
    secretary = await members("secretaris")
    soon = datetime.now(UTC).date() + timedelta(days=3)
    options = {"naam": "Opa", "herkomst": "mail", "toestemming": f"{soon.day}-{soon.month}"}
    answer = await secretary.slash("amendement namens", options, channel=town.post(SECTION))
    answer = await choose(secretary, answer, "behalf-kind", "insert")
    modal = (await press(secretary, answer, "behalf-write")).modal
    assert modal is not None
    assert date.fromisoformat(values(modal)["day"]) < soon
    done = await secretary.submit(modal, {"text": WORDS, "day": "donderdag 28 september 2023"})
    assert "namens Opa" in done.text


@pytest.mark.parametrize("typed", ["31-2-2026", "1-1-2999"])
async def test_consent_has_a_day_that_was(town: Town, members: Enter, typed: str) -> None:
    secretary = await members("secretaris")
    options = {"naam": "Opa", "herkomst": "mail", "toestemming": typed}
    assert "dag" in (await secretary.slash("amendement namens", options, channel=town.post(SECTION))).text
    assert len(await amendments(town)) == len([each for each in await amendments(town) if each.proposer != "Opa"])
