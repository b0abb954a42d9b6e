"""Before handing in, a member sees what touches the same text and what says nearly the same."""

from bot.domain.amendments import Kind, Status
from bot.services.comparing import Comparing
from db.database import Database
from tests.services.acts import HERMAN, made


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
