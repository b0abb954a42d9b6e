"""Whatever states a forum goes through, in whatever order: what was issued stays, and the second look is empty."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.reading import ProgrammeReading
from bot.services.importing import Importing
from bot.services.ports import Unit
from db.database import Database
from tests.services.readings import PROPOSAL, bullets, changes, forum, importing, reading, reply, topic

TEXTS = st.lists(st.sampled_from(["Groen.", "Meer groen in de wijk.", "Wonen.", "Zorg dichtbij.", ""]), max_size=3)


@st.composite
def readings(draw: st.DrawFn) -> ProgrammeReading:
    """Any state of a small forum, in which posts may be topics now and replies then."""
    forums = draw(st.permutations([4, 5, 6]))[: draw(st.integers(1, 3))]
    parents = {child: draw(st.sampled_from([None, *forums])) for child in forums}
    topics = draw(st.lists(st.sampled_from([10, 11, 12]), unique=True, min_size=1))
    replies = draw(st.dictionaries(st.sampled_from([10, 11, 12, 20, 21]), st.sampled_from(topics), max_size=5))
    return reading(
        *(forum(each, draw(st.sampled_from(["Een", "2. Twee"])), parents[each]) for each in forums),
        *(
            topic(
                each,
                draw(st.sampled_from(["A", "1.3 B", "C"])),
                *(
                    reply(post_id, *(draw(TEXTS) if draw(st.booleans()) else PROPOSAL))
                    for post_id, home in replies.items()
                    if home == each
                ),
                forum=draw(st.sampled_from(forums)),
                blocks=bullets(*draw(TEXTS)),
            )
            for each in topics
        ),
        whole=draw(st.booleans()),
    )


class Undo(Exception):  # noqa: N818
    """Takes back what an example put in, so that the next one starts clean."""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(readings(), min_size=1, max_size=4))
async def test_whatever_comes_codes_and_references_stay(database: Database, states: list[ProgrammeReading]) -> None:
    service = importing(database)

    def work(unit: Unit) -> None:
        issued: dict[object, str] = {}
        for state in states:
            take_in_now(service, unit, state)
            again = take_in_now(service, unit, state)
            assert again == []
            programme = unit.programmes.load(unit.programmes.ids()[0])
            now: dict[object, str] = {chapter.key: chapter.code for chapter in programme.chapters}
            for _, section in programme.sections():
                now[section.post_id] = section.code
                now |= {each.amendment_id: each.reference or "" for each in section.amendments}
            assert issued.items() <= now.items()
            issued = now
        raise Undo

    with pytest.raises(Undo):
        await database.transact(work)


def take_in_now(service: Importing, unit: Unit, state: ProgrammeReading) -> list[str]:
    """Import within a transaction that stands already."""
    return changes(service.take_in_now(unit, state))
