"""An author of the forum who was linked to a member is that member, also in what they write later."""

from bot.domain.ids import Snowflake
from bot.services.behalf import OnBehalf
from db.database import Database
from tests.services.acts import FIRST, HERMAN, SECRETARY, acting
from tests.services.linked import take_in
from tests.services.readings import PROPOSAL, reply


async def test_what_they_wrote_before_and_write_later_is_theirs(database: Database) -> None:
    first = reply(11, *PROPOSAL, author="Herman Linzel")
    await take_in(database, first)
    linked = await OnBehalf(acting(database)).link_author(SECRETARY, FIRST, "herman  linzel", HERMAN.member_id)
    assert linked == 1
    later, other = reply(12, *PROPOSAL, author="Herman Linzel"), reply(13, *PROPOSAL, author="Ada Vonk")
    section = await take_in(database, first, later, other)
    owners = {each.source_post_id: each.proposer_id for each in section.amendments}
    assert owners == {11: HERMAN.member_id, 12: Snowflake(6), 13: None}
