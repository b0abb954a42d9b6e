"""A deadline holds to the end of its day, in its own time zone, in nights that change the clocks too."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.deadlines import closing, is_past, last_minute, later, local_minute

ZONE = "Europe/Amsterdam"


def test_a_day_counts_to_its_end() -> None:
    until = closing(date(2026, 10, 4), ZONE)
    assert until == "2026-10-04T22:00:00+00:00"
    assert not is_past(until, "2026-10-04T21:59:59+00:00")
    assert is_past(until, "2026-10-04T22:00:00+00:00")
    assert not is_past(None, until)


def test_the_night_that_the_clocks_go_back_is_an_hour_longer() -> None:
    assert closing(date(2026, 10, 24), ZONE) == "2026-10-24T22:00:00+00:00"
    assert closing(date(2026, 10, 25), ZONE) == "2026-10-25T23:00:00+00:00"
    assert closing(date(2026, 10, 25), ZONE, time(2, 30)) == "2026-10-25T01:31:00+00:00"


def test_a_time_that_does_not_exist_is_taken_late() -> None:
    assert closing(date(2027, 3, 28), ZONE, time(2, 30)) == "2027-03-28T01:31:00+00:00"


def test_repair_time_is_in_real_hours() -> None:
    given_back = "2026-10-24T20:00:00+00:00"
    assert (local_minute(given_back, ZONE), local_minute(later(given_back, 48), ZONE)) == (
        "2026-10-24T22:00",
        "2026-10-26T21:00",
    )


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from([ZONE, "America/Curacao", "Australia/Lord_Howe"]))
def test_people_are_told_the_last_minute_of_the_day(day: date, zone: str) -> None:
    until = closing(day, zone)
    assert last_minute(until, zone) == f"{day.isoformat()}T23:59"
    before = datetime.fromisoformat(until).astimezone(UTC) - timedelta(seconds=1)
    assert not is_past(until, before.isoformat())
