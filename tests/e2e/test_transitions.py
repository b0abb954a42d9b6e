"""Every step of the transition table by everybody of the town: who may take it does, who may not is told why.

What is expected is read from the tables of the domain. The buttons stand in a message that all can press, for a button
may have been drawn for somebody who may no longer use it.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from bot.config import RuleSettings
from bot.domain.amendments import Advice, Amendment, Status
from bot.domain.deeds import ENDS, RIGHTS, Deed
from bot.domain.ids import Snowflake
from bot.domain.lifecycle import TRANSITIONS, Transition, steps_from, transition
from bot.domain.people import Actor, Role
from bot.domain.phases import PHASES, Phase
from bot.domain.rights import does
from bot.mirror.custom_ids import READ
from bot.sandbox import Loopback
from bot.services.ports import Unit
from cogs.act_forms import read_button
from db.database import Database
from tests.e2e.conftest import PARTS, TEXTS, Town, running, settings_for
from tests.e2e.test_deeds import FIRST, buttons_for, enter, said_with
from tests.sandbox.answer import Answer
from tests.sandbox.member import Enter, Member
from tests.sandbox.parts import component, text_of, walk
from tests.services.acts import AT, made

TOWN = {
    "lid": {Role.MEMBER},
    "lid2": {Role.MEMBER},
    "secretaris": {Role.MEMBER, Role.SECRETARY},
    "commissie": {Role.MEMBER, Role.COMMITTEE},
    "voorzitter": {Role.MEMBER, Role.CHAIR},
    "beheerder": {Role.MEMBER, Role.ADMIN},
    "gast": set[Role](),
}
PROPOSER = "lid"
FORMS = {"reason": "Daarom.", "final_text": "Gewijzigd.", "other": "", "tally": ""}


def taken_by_people() -> Iterator[tuple[Deed, Transition]]:
    for step in TRANSITIONS:
        if step.start is None or not (step.roles or step.proposer):
            continue
        (deed,) = (deed for deed in ENDS if deed is not Deed.DRAFT and does(deed, step))
        if deed is not Deed.SUBMIT:  # that is the end of proposing, in a conversation of its own
            yield deed, step


STEPS = list(taken_by_people())
ALL_STEPS = [*STEPS, (Deed.SUBMIT, transition(Status.DRAFT, Status.SUBMITTED))]
ADVISED = (Status.OPEN, Status.HELD_OVER)


@pytest.fixture
async def hall(loopback: Loopback, store: Database, tmp_path: Path) -> AsyncIterator[Town]:
    """The town in which the committee may take over without a vote."""
    settings = settings_for(loopback, tmp_path / "town.db", rules=RuleSettings(take_over=True))
    async with running(loopback, store, settings) as started:
        yield started


async def everybody(members: Enter) -> dict[str, Member]:
    return {name: await members(name) for name in TOWN}


def may(name: str, step: Transition) -> bool:
    """Tell by the table whether somebody may take a step on what `lid` proposed."""
    roles = TOWN[name]
    if step.start is None or (step.start is Status.DRAFT and name != PROPOSER):
        return False
    own = step.proposer and (name == PROPOSER or Role.SECRETARY in roles)
    return bool(step.roles & roles) or own


async def press(member: Member, message: dict[str, Any], amendment: Amendment, other: str) -> Answer:
    answer = await member.press(message, str(amendment.amendment_id))
    if answer.modal is not None:
        asked = {part["component"]["custom_id"] for part in answer.modal["components"]}
        values = {name: value for name, value in {**FORMS, "other": other}.items() if name in asked}
        answer = await member.submit(answer.modal, values)
    return answer


async def status(town: Town, amendment: Amendment) -> Status:
    found = await town.store.read(lambda unit: unit.amendments.load(amendment.amendment_id))
    assert found
    return found.status


@pytest.mark.parametrize("start", list(dict.fromkeys(step.start for _, step in STEPS)))
async def test_each_step_by_everybody(hall: Town, members: Enter, start: Status) -> None:
    people = await everybody(members)
    lid = Actor(Snowflake(int(people[PROPOSER].id)), "Wilgje", frozenset())
    into = await made(hall.store, Status.OPEN, proposer=lid, name="Wilgje")
    for deed, step in (each for each in STEPS if each[1].start is start):
        await enter(hall, next(phase for phase in Phase if deed in PHASES[phase]))
        amendments = [await made(hall.store, start, proposer=lid, name="Wilgje") for _ in TOWN]
        message = await buttons_for(hall, deed, amendments)
        for (name, member), amendment in zip(people.items(), amendments, strict=True):
            answer = await press(member, message, amendment, str(into.reference))
            if may(name, step) and step.consent:
                whole = await people[PROPOSER].slash("amendement tonen", {"verwijzing": str(amendment.reference)})
                assert await status(hall, amendment) is start
                answer = await people[PROPOSER].press(whole.message, "Akkoord met samenvoegen")
            told = text_of(answer.message)
            assert await status(hall, amendment) is (step.end if may(name, step) else start), (deed, name, told)
            refused = any(words in told for words in ("Dit kan alleen", "van iemand anders", "bestaat niet"))
            assert refused is not may(name, step), (deed, name, told)


async def test_each_step_in_each_phase_by_who_may_take_it(hall: Town, members: Enter) -> None:
    """Where the phase does not allow it, the answer says when it was or will be, and nothing changes."""
    people = await everybody(members)
    lid = Actor(Snowflake(int(people[PROPOSER].id)), "Wilgje", frozenset())
    for phase, (deed, step) in product(Phase, STEPS):
        await enter(hall, phase)
        if step.consent or step.start is Status.DRAFT or step.start is None:
            continue
        name = next(name for name in TOWN if may(name, step))
        amendment = await made(hall.store, step.start, proposer=lid, name="Wilgje")
        message = await buttons_for(hall, deed, [amendment])
        answer = await press(people[name], message, amendment, "")
        allowed = deed in PHASES[phase]
        assert await status(hall, amendment) is (step.end if allowed else step.start), (deed, text_of(answer.message))
        if not allowed:
            assert "Dit kan n" in answer.text, (deed, answer.text)


def sees(name: str, start: Status) -> bool:
    """Tell whether somebody may see what `lid` proposed: not all may before it is open."""
    theirs = Role.SECRETARY in TOWN[name] or any(step.roles & TOWN[name] for step in steps_from(start))
    return start.public or name == PROPOSER or (start is not Status.DRAFT and theirs)


def expected_deeds(name: str, start: Status, phase: Phase) -> set[Deed]:
    """Return by the tables what somebody should be offered who did nothing with it yet."""
    if not sees(name, start):
        return set()
    found = {deed for deed, step in ALL_STEPS if step in steps_from(start) and may(name, step)}
    for deed, right in RIGHTS.items():
        own = right.proposer and (name == PROPOSER or Role.SECRETARY in TOWN[name])
        if start in right.statuses and (right.anyone or right.roles & TOWN[name] or own):
            found.add(deed)
    drafting = start is Status.DRAFT and Deed.DRAFT in PHASES[phase]
    freely = {Deed.CHANGE, Deed.WITHDRAW, Deed.INVITE} if drafting else set[Deed]()
    allowed = {deed for deed in found if deed in PHASES[phase]} | found & freely
    lacking = {Deed.UNSUPPORT, Deed.PUBLISH} | ({Deed.ANSWER} if start not in ADVISED else set[Deed]())
    return allowed - lacking


async def one_of_each(town: Town, people: dict[str, Member]) -> dict[Status, Amendment]:
    """Return an amendment of `lid` with each status, advised where that can be."""
    lid = Actor(Snowflake(int(people[PROPOSER].id)), "Wilgje", frozenset())
    amendments = {start: await made(town.store, start, proposer=lid, name="Wilgje") for start in Status}

    def advise(unit: Unit) -> None:
        for start in ADVISED:
            unit.advice.save_draft(amendments[start].amendment_id, Advice.ADOPT, "Goed.", None, lid, AT)
        for draft in unit.advice.drafts(FIRST):
            unit.advice.publish(draft, AT)

    await town.store.transact(advise)
    return amendments


async def test_lees_verder_offers_exactly_what_one_may_do_now(hall: Town, members: Enter) -> None:
    """For every status, in every phase, to everybody; who may not see it is offered nothing."""
    people = await everybody(members)
    amendments = await one_of_each(hall, people)
    message = await said_with(hall, [read_button(each.amendment_id, TEXTS["nl"]) for each in amendments.values()])

    async def look(name: str, phase: Phase) -> None:
        for start, amendment in amendments.items():
            answer = await people[name].press(message, f"{READ}:{amendment.amendment_id}")
            assert offered(answer) == expected_deeds(name, start, phase), (phase, start, name)

    for phase in Phase:
        await enter(hall, phase)
        await asyncio.gather(*(look(name, phase) for name in TOWN))


async def test_each_deed_is_refused_in_every_status_that_it_does_not_fit(hall: Town, members: Enter) -> None:
    """By its button, to who may do it elsewhere; the answer says where the amendment stands, and it stays there."""
    people = await everybody(members)
    amendments = await one_of_each(hall, people)
    before = {start: await events(hall, each) for start, each in amendments.items()}
    for deed in Deed:
        fits = {start for name, start in product(TOWN, Status) if deed in fitting(name, start)}
        wrong = [amendments[start] for start in Status if start not in fits]
        if not fits or not wrong or deed is Deed.SUBMIT:  # handing in again what was is no mistake
            continue
        name = next(name for name in TOWN if any(deed in fitting(name, start) for start in Status))
        await enter(hall, next(phase for phase in Phase if deed in PHASES[phase]))
        message = await buttons_for(hall, deed, wrong)
        for amendment in wrong:
            answer = await people[name].press(message, str(amendment.amendment_id))
            told = ("is nu: ", "bestaat niet", "van iemand anders", "al ingediend", "weggegooid")
            assert answer.modal is None, (deed, amendment.status)
            assert any(words in answer.text for words in told), (deed, amendment.status, answer.text)
    assert {start: await events(hall, each) for start, each in amendments.items()} == before


async def test_deeds_that_change_no_status_are_refused_to_who_may_not_and_when_they_may_not(
    hall: Town, members: Enter
) -> None:
    """The answer names whom to ask, or when it was or will be."""
    people = await everybody(members)
    amendments = await one_of_each(hall, people)
    for deed in RIGHTS.keys() - {Deed.CORRECT, Deed.PUBLISH, Deed.UNSUPPORT}:
        message = await buttons_for(hall, deed, [amendments[Status.OPEN]])
        may_do = [name for name in TOWN if deed in fitting(name, Status.OPEN)]
        for phase in Phase:
            allowed = deed in PHASES[phase]
            await enter(hall, phase)
            for name in may_do[:1] if not allowed else TOWN.keys() - set(may_do):
                answer = await people[name].press(message, str(amendments[Status.OPEN].amendment_id))
                assert answer.modal is None
                assert ("Dit kan alleen" if allowed else "Dit kan n") in answer.text, (deed, phase, name, answer.text)


def fitting(name: str, start: Status) -> set[Deed]:
    """Return what somebody may do to something of this status in one phase or another."""
    return {deed for phase in Phase for deed in expected_deeds(name, start, phase)}


async def events(town: Town, amendment: Amendment) -> int:
    return len(await town.store.read(lambda unit: unit.amendments.history(amendment.amendment_id)))


def offered(answer: Answer) -> set[Deed]:
    """Return the deeds whose buttons stand under an answer."""
    ids = [str(part.get("custom_id", "")) for message in answer.messages for part in walk(message["components"])]
    plain = {"support": Deed.SUPPORT, "unsupport": Deed.UNSUPPORT, "file": Deed.SUBMIT}
    return {Deed(each.split(":")[1]) if each.startswith("do:") else plain[each.split(":")[0]] for each in ids if each}


async def test_a_correction_goes_anywhere_by_the_secretary_alone(hall: Town, members: Enter) -> None:
    """It needs a reason, and the history that everybody reads marks it as a correction."""
    people = await everybody(members)
    await enter(hall, Phase.ADOPTED)
    lid = Actor(Snowflake(int(people[PROPOSER].id)), "Wilgje", frozenset())
    for name in TOWN:
        amendment = await made(hall.store, Status.REJECTED, proposer=lid, name="Wilgje")
        answer = await people[name].slash("amendement corrigeren", {"verwijzing": str(amendment.reference)})
        if name != "secretaris":
            assert "Dit kan alleen" in answer.text
            continue
        assert answer.modal is not None
        ends = [
            each["value"]
            for each in component(answer.modal | {"components": answer.modal["components"]}, "status")["options"]
        ]
        assert {*ends} == {each.value for each in Status} - {"draft", "merged", "rejected"}
        for end in ends:
            again = await people[name].slash("amendement corrigeren", {"verwijzing": str(amendment.reference)})
            assert again.modal is not None
            values = {"status": [end], "reason": "Verkeerd geteld.", "final_text": f"Gewijzigd {end}."}
            answer = await people[name].submit(again.modal, values)
            assert (await status(hall, amendment)).value == end, answer.text
        whole = await people["gast"].slash("amendement tonen", {"verwijzing": str(amendment.reference)})
        assert "correctie: Verkeerd geteld." in "\n".join(text_of(message) for message in whole.messages)


def test_the_town_holds_everybody_of_the_process() -> None:
    assert set(PARTS) == {role.value for role in Role}
    assert {role for roles in TOWN.values() for role in roles} == set(Role)
