"""Who has a part in the process can have themselves erased like anybody: nothing they did for others names them."""

import json
from datetime import date
from pathlib import Path

from bot.domain.amendments import Origin
from bot.domain.people import Actor
from bot.domain.phases import Phase
from bot.services.behalf import OnBehalf, Word
from bot.services.fixing import Fixing
from bot.services.merging import Merging
from bot.services.privacy import Privacy
from db.database import Database
from tests.services.acts import ADMIN, COMMITTEE, FIRST, SECRETARY, acting, enter, made, press
from tests.services.readings import Hours

WORD = Word("Hanne Hoogwater", Origin.PAPER, date(2026, 11, 1))


async def deeds_of_staff(database: Database) -> None:
    """Fix the text, let go of it, write down who proposes along, and that they let it be merged."""
    work = acting(database)
    one, other = await made(database, proposer=None, name="Opa"), await made(database)
    await OnBehalf(work).add_co_proposer(SECRETARY, one.amendment_id, WORD, press())
    await enter(database, Phase.COMMITTEE)
    merging = Merging(work)
    state = await merging.ask(COMMITTEE, one.amendment_id, other.amendment_id, press())
    await merging.record_consent(SECRETARY, one.amendment_id, state.waiting[0].consent_id)
    fixing = Fixing(database, Hours())
    await fixing.fix(ADMIN, FIRST, press())
    await fixing.release(ADMIN, FIRST, "Toch niet.", press())


def named(tmp_path: Path, actor: Actor) -> bool:
    return any(actor.name.encode() in path.read_bytes() for path in tmp_path.iterdir())


async def test_whoever_had_a_part_is_in_no_file_of_the_database_after_erasing(
    database: Database, tmp_path: Path
) -> None:
    await deeds_of_staff(database)
    privacy = Privacy(acting(database))
    for actor in (SECRETARY, COMMITTEE, ADMIN):
        assert named(tmp_path, actor)
        assert await privacy.erase(actor) > 0
        assert not named(tmp_path, actor), actor


async def test_an_admin_sees_that_they_fixed_the_text_and_let_go_of_it(database: Database) -> None:
    await deeds_of_staff(database)
    privacy = Privacy(acting(database))
    kept = json.loads(await privacy.inspect(ADMIN.member_id))
    assert [each["fixed_by"] for each in kept["fixed"]] == [ADMIN.name]
    assert [each["reason"] for each in kept["released"]] == ["Toch niet."]
    await privacy.erase(ADMIN)
    kept = json.loads(await privacy.inspect(ADMIN.member_id))
    assert not kept["fixed"]
    assert not kept["released"]
