"""A section that is not on the forum any more: nothing new about it, and what was proposed stays to be found."""

import pytest

from bot.domain.ids import ContributionId, ProgrammeId, SectionId
from bot.domain.reading import PostReading
from bot.domain.text import paragraph
from bot.services.ports import Unit
from tests.e2e.conftest import Town
from tests.e2e.test_kinds import choose, press
from tests.e2e.test_member import WHY, WORDS, file_of, write
from tests.sandbox.answer import Answer
from tests.sandbox.member import Enter
from tests.sandbox.parts import text_of

SECTION = "4.2 Veilig"
FIRST = ProgrammeId(1)
AT = "2026-11-23T20:15:00+00:00"


def section_ids(unit: Unit) -> dict[str, SectionId]:
    return {line.code: line.section_id for line in unit.programmes.outline(FIRST)}


async def leave(town: Town) -> None:
    """Let 4.2 be gone from the forum."""
    await town.store.transact(lambda unit: unit.absences.set_gone(sections=[section_ids(unit)["4.2"]], at=AT))


async def merge(town: Town) -> None:
    """Let the topic of 4.2 become a reply in 4.1."""

    def work(unit: Unit) -> ContributionId:
        (line,) = [each for each in unit.programmes.outline(FIRST) if each.code == "4.2"]
        post = PostReading(line.post_id, (paragraph("Nu een reactie."),))
        return unit.programmes.save_contribution(section_ids(unit)["4.1"], post, None)

    await town.store.transact(work)


LEAVING = {"gone": (leave, "staat niet meer op het forum"), "merged": (merge, "samengevoegd met 4.1")}


def texts(answer: Answer) -> str:
    return "\n".join(text_of(message) for message in answer.messages)


@pytest.mark.parametrize("how", sorted(LEAVING))
async def test_nothing_can_be_proposed_about_it_by_any_way_in(town: Town, members: Enter, how: str) -> None:
    """In its post, from a message drawn before, and by its code; each says why."""
    lid = await members("lid")
    button = town.message(town.post(SECTION), "Amendement indienen")
    act, words = LEAVING[how]
    await act(town)
    for answer in (
        await lid.slash("amendement indienen", channel=town.post(SECTION)),
        await lid.press(button, "Amendement indienen"),
        await lid.slash("amendement indienen", {"paragraaf": "4.2"}),
    ):
        assert words in answer.text
    choices = await lid.complete("amendement indienen", {"paragraaf": "4.2"}, focused="paragraaf")
    assert choices == []


@pytest.mark.parametrize("how", sorted(LEAVING))
async def test_what_was_typed_meanwhile_comes_back(town: Town, members: Enter, how: str) -> None:
    lid = await members("lid")
    act, words = LEAVING[how]
    answer = await lid.slash("amendement indienen", channel=town.post(SECTION))
    answer = await choose(lid, answer, "kind", "insert")
    form = await press(lid, answer, "write")
    await act(town)
    assert form.modal is not None
    refused = await lid.submit(form.modal, {"text": WORDS, "explanation": WHY})
    assert words in refused.text
    assert WORDS in refused.text
    assert WHY in refused.text


async def test_a_draft_is_kept_and_not_filed(town: Town, members: Enter) -> None:
    lid = await members("lid")
    draft = await write(lid, town)
    await leave(town)
    refused = await lid.press(draft.message, file_of(draft))
    await refused.until(lambda given: "staat niet meer op het forum" in texts(given))
    again = await lid.press(draft.message, "Aanpassen")
    assert again.modal is not None
    assert WORDS in str(again.modal)


async def test_what_was_proposed_is_found_by_code_alone(town: Town, members: Enter) -> None:
    """Summaries and lists name the section by its code; its title and text are nowhere."""
    lid = await members("lid")
    await leave(town)
    for answer in (
        await lid.slash("samenvatting tonen", {"paragraaf": "4.2"}),
        await lid.slash("samenvatting tonen", channel=town.post(SECTION)),
        await lid.slash("samenvatting tonen", {"hoofdstuk": "4"}),
        await lid.slash("samenvatting tonen", {"alles": True}),
    ):
        await answer.until(lambda given: "4.2-A1" in texts(given))
        assert "4.2 niet meer op het forum" in texts(answer)
        assert "Veilig op de fiets" not in texts(answer)
    assert "4.2-A1" in (await lid.slash("amendement lijst", {"paragraaf": "4.2"})).text
    shown = texts(await lid.slash("amendement tonen", {"verwijzing": "4.2-A1"}))
    assert "Veilig op de fiets" not in shown
    assert "30 kilometer" not in shown


async def test_a_merged_section_is_named_so(town: Town, members: Enter) -> None:
    lid = await members("lid")
    await merge(town)
    answer = await lid.slash("samenvatting tonen", {"paragraaf": "4.2"})
    assert "4.2 samengevoegd" in answer.text


async def test_a_left_section_without_proposals_has_nothing_to_sum_up(town: Town, members: Enter) -> None:
    lid = await members("lid")

    def work(unit: Unit) -> str:
        touched = {code: unit.programmes.section(number) for code, number in section_ids(unit).items()}
        code = next(code for code, section in touched.items() if section and not section.amendments)
        unit.absences.set_gone(sections=[section_ids(unit)[code]], at=AT)
        return code

    code = await town.store.transact(work)
    answer = await lid.slash("samenvatting tonen", {"paragraaf": code})
    assert f"{code} niet meer op het forum" in answer.text
    assert "Amendement indienen" not in answer.text


async def test_status_counts_what_stands(town: Town, members: Enter) -> None:
    """And the open proposals, those about what is gone among them: they still wait for their outcome."""
    lid = await members("lid")
    before = (await lid.slash("programma status")).text
    assert "14 paragrafen" in before
    await leave(town)
    after = (await lid.slash("programma status")).text
    assert "13 paragrafen" in after
    assert before.splitlines()[1].split(" · ")[2] == after.splitlines()[1].split(" · ")[2]
