"""Whatever people do, in whatever order, allowed or refused, once or delivered twice: what was promised holds."""

import asyncio
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from itertools import combinations, count
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.amendments import Advice, Amendment, Event, Kind, Status
from bot.domain.collisions import collide, related
from bot.domain.deeds import ENDS, RIGHTS
from bot.domain.history import rebuilt
from bot.domain.ids import AmendmentId, Snowflake
from bot.domain.phases import Phase
from bot.errors import UserError
from bot.services.advising import Advising
from bot.services.merging import Merging
from bot.services.ports import Unit
from db.database import Database
from tests.services.acts import COMMITTEE, FIRST, HERMAN, acting, enter, made, press
from tests.services.any_acts import PEOPLE, Doing, Drawn

ACTS = sorted(name.removeprefix("do_") for name in dir(Doing) if name.startswith("do_"))
NUMBER = st.integers(0, 30)
WHO = st.integers(0, 2 * len(PEOPLE))


def lists_of(acts: set[str]) -> st.SearchStrategy[list[Drawn]]:
    drawn = st.builds(Drawn, st.sampled_from(sorted(acts)), WHO, NUMBER, NUMBER, NUMBER, st.booleans())
    return st.lists(drawn, min_size=25, max_size=50)


STEPS = st.sets(st.sampled_from(ACTS), min_size=2, max_size=8).flatmap(lists_of)
"""Out of a few acts each time: all of them at once get nowhere."""
Line = tuple[str, Status | None, Status, str | None, int]


@settings(max_examples=10, deadline=None)
@given(STEPS, st.booleans(), st.sampled_from(list(Phase)[1:4]))
def test_any_sequence_of_acts_keeps_what_was_promised(steps: Sequence[Drawn], screening: bool, phase: Phase) -> None:
    asyncio.run(_live(steps, phase, screening=screening))


async def _live(steps: Sequence[Drawn], phase: Phase, *, screening: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with await Database.open(Path(folder) / "programma.db") as database:
            first = await made(database, Status.DRAFT)
            await made(database, Status.SUBMITTED, proposer=HERMAN, name="Herman")
            await _advised([await made(database, kind=kind, block=3) for kind in Kind], database)
            await enter(database, phase)
            blocks = await database.read(lambda unit: unit.programmes.blocks(first.section_id))
            doing = Doing(database, first.section_id, [each.block_id for each in blocks], screening=screening)
            promises, presses = Promises(), count(1000)
            for step in steps:
                amendments = await database.read(_all)
                with suppress(UserError):
                    await doing.do(step, amendments, Snowflake(next(presses)))
                await database.read(promises.hold)


async def _advised(amendments: Sequence[Amendment], database: Database) -> None:
    """Let the committee have advised, in public and not yet, and asked for a merging."""
    at_work = acting(database)
    await enter(database, Phase.COMMITTEE)
    first, second, third, _ = (each.amendment_id for each in amendments)
    advising = Advising(at_work)
    await advising.write(COMMITTEE, first, Advice.ADOPT, "Goed.", press())
    await advising.publish(COMMITTEE, FIRST)
    await advising.write(COMMITTEE, second, Advice.ADVISE_AGAINST, "Te duur.", press())
    await Merging(at_work).ask(COMMITTEE, third, first, press())


def _all(unit: Unit) -> list[Amendment]:
    found: list[Amendment] = []
    while (amendment := unit.amendments.load(AmendmentId(len(found) + 1))) is not None:
        found.append(amendment)
    return found


class Promises:
    """What was seen so far of each amendment, and must stay so."""

    def __init__(self) -> None:
        self._references: dict[AmendmentId, str] = {}
        self._lines: defaultdict[AmendmentId, list[Line]] = defaultdict(list)

    def hold(self, unit: Unit) -> None:
        """Look at all there is."""
        amendments = _all(unit)
        for each in amendments:
            self._history(each, unit.amendments.history(each.amendment_id))
            self._reference(unit, each)
            supporters = [who for who in PEOPLE if unit.amendments.supports(each.amendment_id, who.member_id)]
            assert each.support == len(supporters)
        assert len(set(self._references.values())) == len(self._references)
        for one, other in combinations(amendments, 2):
            assert collide(one, other) is collide(other, one)
            assert related(one, other) is related(other, one)
            assert not (collide(one, other) and related(one, other))

    def _history(self, amendment: Amendment, events: Sequence[Event]) -> None:
        """Lines are only added, and they tell where the amendment stands."""
        lines = [(each.at, each.from_status, each.to_status, each.reason, each.version) for each in events]
        before = self._lines[amendment.amendment_id]
        assert lines[: len(before)] == before
        self._lines[amendment.amendment_id] = lines
        state = rebuilt(events)
        assert state.status is amendment.status
        assert state.version == amendment.version or amendment.status is Status.DRAFT

    def _reference(self, unit: Unit, amendment: Amendment) -> None:
        """It comes with being open, or what comes after that, and from then on it is that amendment's alone."""
        was = self._references.get(amendment.amendment_id, amendment.reference)
        assert amendment.reference == was
        if was is None:
            told = {status for _, _, status, _, _ in self._lines[amendment.amendment_id] if status.public}
            assert told <= {Status.WITHDRAWN}
            return
        self._references[amendment.amendment_id] = was
        found = unit.amendments.by_reference(FIRST, was)
        assert found is not None
        assert found.amendment_id == amendment.amendment_id


def test_there_is_an_act_for_every_deed() -> None:
    """Deeds that come in pairs, or as choices of one form, are one act here."""
    together = {"take support back": "support", "admit": "screen", "return": "screen", "turn away": "screen"}
    together |= {"ask for a vote": "take over", "follow": "attend", "discuss": "attend", "submit": "file"}
    together |= dict.fromkeys(("adopt", "adopt as modified", "reject", "hold over", "lapse"), "decide")
    deeds = {together.get(deed.value, deed.value).replace(" ", "_") for deed in (*ENDS, *RIGHTS)}
    assert deeds <= set(ACTS)
