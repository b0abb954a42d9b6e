"""Whatever people do, in whatever order, allowed or refused: what was promised of amendments holds."""

import asyncio
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.amendments import Amendment, Kind, Status
from bot.domain.collisions import collide
from bot.domain.deeds import DECISIONS, Deed
from bot.domain.history import rebuilt
from bot.domain.people import Actor
from bot.domain.phases import Phase, Rules
from bot.errors import UserError
from bot.services.acting import Acting
from bot.services.amending import Amending
from bot.services.changing import Changing
from bot.services.deciding import Deciding, Ruling
from bot.services.ideas import Idea
from bot.services.ports import Unit
from db.database import Database
from tests.services.acts import (
    CHAIR,
    COMMITTEE,
    FIRST,
    HERMAN,
    SECRETARY,
    ZUHAL,
    acting,
    enter,
    made,
    press,
)
from tests.services.readings import Hours

Step = tuple[str, Actor, int, Deed, Status, Phase]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["file", "support", "unsupport", "change", "screen", "decide", "correct", "phase"]),
        st.sampled_from([ZUHAL, HERMAN, SECRETARY, COMMITTEE, CHAIR]),
        st.integers(0, 3),
        st.sampled_from(DECISIONS),
        st.sampled_from(Status),
        st.sampled_from(Phase),
    ),
    max_size=25,
)


@settings(max_examples=15, deadline=None)
@given(STEPS)
def test_any_sequence_of_acts_keeps_what_was_promised(steps: Sequence[Step]) -> None:
    asyncio.run(_live(steps))


async def _live(steps: Sequence[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with await Database.open(Path(folder) / "programma.db") as database:
            first = await made(database, Status.DRAFT)
            amendments = [first, await made(database, Status.SUBMITTED, proposer=HERMAN, name="Herman")]
            amendments += [await made(database, kind=kind, block=3) for kind in (Kind.INSERT, Kind.DELETE)]
            references: dict[int, str] = {}
            for step in steps:
                with suppress(UserError):
                    await _do(database, amendments, step)
                await database.read(lambda unit: _hold(unit, amendments, references))


async def _do(database: Database, amendments: Sequence[Amendment], step: Step) -> None:
    what, actor, which, deed, status, phase = step
    amendment_id = amendments[which].amendment_id
    work: Acting = acting(database, Rules(screening=True))
    service = Amending(database, Hours(), rules=Rules(screening=True))
    match what:
        case "file":
            await service.file(actor, amendment_id, press())
        case "support":
            await service.support(actor, amendment_id, press())
        case "unsupport":
            await service.unsupport(actor, amendment_id, press())
        case "change":
            idea = Idea(amendments[which].section_id, Kind.INSERT, None, "Anders.", "Beter.", "")
            await Changing(work).change(actor, amendment_id, idea, 1, press())
        case "screen":
            await Deciding(work).admit(actor, amendment_id, press())
        case "decide":
            await Deciding(work).decide(actor, amendment_id, Ruling(deed, "Besloten."), press())
        case "correct":
            await Deciding(work).correct(actor, amendment_id, status, "Fout.", press(), final_text="Besloten.")
        case _:
            await enter(database, phase)


def _hold(unit: Unit, amendments: Sequence[Amendment], references: dict[int, str]) -> None:
    now = [unit.amendments.load(each.amendment_id) for each in amendments]
    there = [each for each in now if each is not None]
    assert len(there) == len(amendments)
    for each in there:
        state = rebuilt(unit.amendments.history(each.amendment_id))
        assert state.status is each.status
        assert state.version == each.version or each.status is Status.DRAFT
        supporters = [who for who in (ZUHAL, HERMAN) if unit.amendments.supports(each.amendment_id, who.member_id)]
        assert each.support == len(supporters)
        if each.reference is not None:
            assert references.setdefault(each.amendment_id, each.reference) == each.reference
        assert each.reference is not None or each.amendment_id not in references
        found = unit.amendments.by_reference(FIRST, each.reference) if each.reference else each
        assert found is not None
        assert found.amendment_id == each.amendment_id
        assert all(collide(each, other) is collide(other, each) for other in there)
    assert len(set(references.values())) == len(references)
