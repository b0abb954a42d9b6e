"""The last day of a deadline: as people type it, and to its end on the nights on which the clocks change."""

from datetime import date

import pytest

from bot.domain.days import day_in
from bot.domain.deadlines import Deadline, is_past
from bot.domain.phases import Phase
from bot.services.fixing import fix_text
from bot.services.phasing import Phasing, Wish
from db.database import Database
from tests.services.acts import ADMIN, FIRST, ZUHAL, acting, made, refusal
from tests.services.readings import Hours


@pytest.mark.parametrize(
    ("day", "last", "first_after"),
    [
        ("25 oktober 2026", "2026-10-25T22:59:59+00:00", "2026-10-25T23:00:00+00:00"),  # a day of 25 hours
        ("28 maart 2027", "2027-03-28T21:59:59+00:00", "2027-03-28T22:00:00+00:00"),  # a day of 23 hours
    ],
)
async def test_a_day_on_which_the_clocks_change_counts_to_its_end(
    database: Database, day: str, last: str, first_after: str
) -> None:
    await made(database)
    clock = Hours()
    phasing = Phasing(acting(database, clock=clock), fix_text)
    until = day_in(day, clock.now.date())
    assert until
    settled = await phasing.settle(ADMIN, FIRST, Wish(None, Phase.AMENDING, {Deadline.PROPOSE: until}))
    assert settled.deadlines == {Deadline.PROPOSE: first_after}
    assert not is_past(first_after, last)
    assert is_past(first_after, first_after)
    assert await refusal(phasing.settle(ZUHAL, FIRST, Wish(None, Phase.AMENDING))) == "refused.role"


def test_days_as_people_type_them() -> None:
    today = date(2026, 9, 30)
    for typed in ("4 oktober", "zondag 4 oktober", "4-10", "4/10/2026", "2026-10-04", "4 okt. 2026", "4 October"):
        assert day_in(typed, today) == date(2026, 10, 4), typed
    assert day_in("3 maart", today) == date(2027, 3, 3)
    assert day_in("29 februari", today) == date(2028, 2, 29)
    assert day_in("3 maart", today, past=True) == date(2026, 3, 3)
    assert day_in("29 februari", today, past=True) == date(2024, 2, 29)
    assert day_in("3 maart 2027", today, past=True) == date(2027, 3, 3)
    assert day_in("morgen", today) is None
