"""What may not be amended, as the secretary says so and members meet it."""

from bot.domain.ids import ProgrammeId
from tests.e2e.conftest import Town
from tests.e2e.test_member import SECTION, write
from tests.sandbox.member import Enter
from tests.sandbox.parts import text_of


async def test_a_closed_section_says_so_and_refuses_with_a_sentence(town: Town, members: Enter) -> None:
    """The button goes, proposing and filing are refused, and it can be opened again; so can a single block."""
    lid, secretaris = await members("lid"), await members("secretaris")
    assert "secretaris" in (await lid.slash("programma niet-amendeerbaar", {"paragraaf": "4.2"})).text
    post = town.post(SECTION)
    starter = town.message(post, "Amendement indienen")
    draft = await write(lid, town)
    for _ in range(2):
        said = await secretaris.slash("programma niet-amendeerbaar", {"paragraaf": "4.2"})
        assert "Niet amendeerbaar vanaf nu: 4.2" in said.text
    await town.bridge.syncing.idle()
    first = next(each for each in town.view()["messages"][post] if each["id"] == starter["id"])
    assert "Niet amendeerbaar" in text_of(first)
    assert "Amendement indienen" not in text_of(first)
    assert "niet amendeerbaar" in (await lid.slash("amendement indienen", channel=post)).text
    filed = await lid.press(draft.message, "Indienen")
    await filed.until(lambda given: any("niet amendeerbaar" in text_of(each) for each in given.messages))
    opened = await secretaris.slash("programma niet-amendeerbaar", {"paragraaf": "4.2", "opheffen": True})
    assert "Weer amendeerbaar" in opened.text
    closed = await secretaris.slash("programma niet-amendeerbaar", {"paragraaf": "4.2", "stuk": "punt 1"})
    assert "punt 1" in closed.text
    blocks = await town.store.read(lambda unit: unit.programmes.load(ProgrammeId(1)))
    found = [block for _, section in blocks.sections() if section.code == "4.2" for block in section.blocks]
    assert sum(not block.amendable for block in found) == 1
