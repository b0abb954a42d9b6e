"""The phases and deadlines as *beheer* sets them: what it means is shown first, and it is said once in #overzicht."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.deadlines import Deadline
from bot.domain.phases import Phase
from bot.services.phasing import Phasing, Wish
from tests.e2e.conftest import Town
from tests.e2e.test_deeds import FIRST, SECTION
from tests.e2e.test_member import write
from tests.sandbox.answer import Answer
from tests.sandbox.member import Enter, Member
from tests.sandbox.parts import text_of
from tests.services.acts import ADMIN, acting


async def ask(member: Member, **options: str) -> Answer:
    return await member.slash("programma fase", options)


async def settle(town: Town, member: Member, **options: str) -> Answer:
    """Ask what it means, and make it so."""
    answer = await member.press((await ask(member, **options)).message, "Zo instellen")
    await answer.until(lambda given: any("Ingesteld" in text_of(each) for each in given.messages))
    await town.bridge.syncing.idle()
    return answer


def overview(town: Town) -> list[str]:
    return town.texts(next(each["id"] for each in town.view()["channels"] if each["name"] == "overzicht"))


def announced(town: Town) -> list[str]:
    return [text for text in overview(town) if text.startswith(("De fase is nu", "De termijnen"))]


def in_days(number: int) -> str:
    return (datetime.now(UTC) + timedelta(days=number)).date().isoformat()


async def calendar(town: Town) -> Any:
    return await town.store.read(lambda unit: unit.phases.calendar(FIRST))


async def test_a_phase_is_shown_first_and_said_once(town: Town, members: Enter) -> None:
    """Only *beheer* may; what closes and opens is shown, and opening amending fixes the text.

    Delivered twice, and asked for again, it changes nothing and says nothing.
    """
    for name in ("lid", "secretaris", "commissie", "voorzitter"):
        assert "beheer" in (await ask(await members(name), fase="committee")).text
    beheerder, before = await members("beheerder"), overview(town)
    assert "Fase: amendementen indienen" in (await ask(beheerder)).text
    said = (await ask(beheerder, fase="committee", steunen=in_days(9))).text
    assert "Kan dan niet meer: een amendement indienen" in said
    assert "Kan vanaf dan: preadvies schrijven" in said
    assert "nog niet besloten" in said
    assert "Steunen: tot en met" in said
    assert "23.59 uur" in said
    for typed, why in (("ooit", "geen dag"), ("1-1-2020", "al voorbij"), ("31 juni", "geen dag")):
        assert why in (await ask(beheerder, indienen=typed)).text
    shown = await ask(beheerder, fase="amending", indienen=in_days(3))
    assert "vastgelegd als concepttekst" in shown.text
    assert overview(town) == before
    town.loopback.faults.interactions_twice = 9
    await beheerder.press(shown.message, "Zo instellen")
    await settle(town, beheerder, fase="amending", indienen=in_days(3))
    assert (await town.store.read(lambda unit: unit.waiting.fixed(FIRST))) is not None
    (line,) = announced(town)
    assert "De fase is nu: **amendementen indienen**" in line
    assert "Indienen en wijzigen: tot en met" in line
    contents = next(text for text in overview(town) if "Inhoud" in text)
    assert "**Fase: amendementen indienen**" in contents
    assert "Indienen en wijzigen: tot en met" in contents
    assert "Concepttekst van" in contents


async def test_deadlines_alone_leave_phase_and_text_as_they_are(town: Town, members: Enter) -> None:
    """And where two are at it, the second must look again."""
    beheerder = await members("beheerder")
    await settle(town, beheerder, indienen=in_days(2))
    assert await town.store.read(lambda unit: unit.waiting.fixed(FIRST)) is None
    assert [text.split(".")[0] for text in announced(town)] == ["De termijnen zijn veranderd"]
    await settle(town, beheerder, indienen="geen")
    assert (await calendar(town)).deadlines == {}
    assert "Indienen en wijzigen" not in "\n".join(text for text in overview(town) if "Inhoud" in text)
    one, two = await ask(beheerder, fase="committee"), await ask(beheerder, fase="discussion")
    await beheerder.press(one.message, "Zo instellen")
    refused = await beheerder.press(two.message, "Zo instellen")
    await refused.until(lambda given: any("intussen veranderd" in text_of(each) for each in given.messages))
    assert (await calendar(town)).phase is Phase.COMMITTEE


async def test_a_day_of_another_year_is_told_before_it_is_set(town: Town, members: Enter) -> None:
    """Who types a day that was over yesterday reads that it is taken for one of next year."""
    beheerder = await members("beheerder")
    year = datetime.now(UTC).year
    assert f"Let op: dat is in {year + 1}." in (await ask(beheerder, indienen=f"4-10-{year + 1}")).text
    assert "Let op" not in (await ask(beheerder, indienen=f"31-12-{year}")).text
    begins = await ask(beheerder, fase="assembly", vanaf=f"4-10-{year + 1}")
    assert f"Let op: dat is in {year + 1}." in begins.text


async def test_a_deadline_that_passes_while_a_draft_waits_closes_filing(town: Town, members: Enter) -> None:
    """The refusal says until when it was; the draft is kept."""
    lid = await members("lid")
    draft = await write(lid, town)
    await Phasing(acting(town.store)).settle(
        ADMIN, FIRST, Wish(None, Phase.AMENDING, {Deadline.PROPOSE: datetime(2020, 10, 4, tzinfo=UTC).date()})
    )
    answer = await lid.press(draft.message, "Indienen")
    await answer.until(lambda given: any("zondag 4 oktober, 23.59 uur" in text_of(each) for each in given.messages))
    assert "4.2-A2" not in "\n".join(town.texts(town.post(SECTION)))


async def test_who_comes_too_early_is_told_when_a_phase_begins(town: Town, members: Enter) -> None:
    """Once somebody said on which day; saying so enters nothing, and it can be taken back."""
    beheerder, voorzitter = await members("beheerder"), await members("voorzitter")
    assert "nog bekend wordt gemaakt" in (await voorzitter.slash("vergadering volgorde")).text
    assert "Kies ook de fase" in (await ask(beheerder, vanaf=in_days(9))).text
    assert "komt niet meer" in (await ask(beheerder, fase="discussion", vanaf=in_days(9))).text
    said = (await ask(beheerder, fase="assembly", vanaf=in_days(9))).text
    assert "De fase ledenvergadering begint op" in said
    assert "Kan dan niet meer" not in said
    await settle(town, beheerder, fase="assembly", vanaf=in_days(9))
    assert (await calendar(town)).phase is Phase.AMENDING
    assert "De fase ledenvergadering begint op" in "\n".join(overview(town))
    early = (await voorzitter.slash("vergadering volgorde")).text
    assert "die begint op" in early
    assert "00.00 uur" in early
    await settle(town, beheerder, fase="assembly", vanaf="geen")
    assert (await calendar(town)).begins == {}
