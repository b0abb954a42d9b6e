"""Before handing in, a member sees what touches the same text and what says nearly the same."""

from bot.domain.amendments import Kind, Status
from bot.domain.consequences import Remedy
from bot.domain.deeds import Deed
from bot.domain.phases import Phase
from bot.services.comparing import Comparing
from bot.services.deciding import Deciding, Ruling
from bot.services.dossiers import Dossiers
from db.database import Database
from tests.services.acts import CHAIR, HERMAN, ZUHAL, acting, enter, made, press


async def test_a_draft_is_compared_with_what_members_may_see(database: Database) -> None:
    draft = await made(database, Status.DRAFT, block=3, text="Er komen tien wijkagenten bij in de stad.")
    gone = await made(database, kind=Kind.DELETE, block=3)
    beside = await made(database, block=3, text="Iets anders.")
    alike = await made(database, section=2, text="In de stad komen er tien wijkagenten bij!")
    await made(database, Status.DRAFT, block=3, text="Er komen tien wijkagenten bij.", proposer=HERMAN)
    seen = await Comparing(database).beside(draft.amendment_id)
    assert [each.amendment_id for each in seen.colliding] == [gone.amendment_id]
    assert [each.amendment_id for each in seen.related] == [beside.amendment_id]
    assert [each.amendment_id for each in seen.alike] == [alike.amendment_id]


async def test_lees_verder_loads_of_a_section_what_stands_at_the_same_block_only(database: Database) -> None:
    """However much was proposed about a section; deciding asks about just those too."""
    one = await made(database, kind=Kind.REPLACE, block=3)
    beside = await made(database, kind=Kind.DELETE, block=3)
    for block in (None, 1, 2):
        await made(database, block=block)
    await made(database, Status.SUBMITTED, block=3)
    dossier = await Dossiers(acting(database)).read(ZUHAL, one.amendment_id)
    assert [each.amendment_id for each in dossier.whole.others] == [one.amendment_id, beside.amendment_id]
    assert dossier.section.amendments == ()
    await enter(database, Phase.ASSEMBLY)
    decided = await Deciding(acting(database)).decide(CHAIR, one.amendment_id, Ruling(Deed.ADOPT), press())
    (asked,) = decided.consequences
    assert (asked.amendment.amendment_id, Remedy.LAPSE in asked.remedies) == (beside.amendment_id, True)
