"""Dates as forums print them, in the formats that their sites have chosen."""

import pytest

from bot.forum.dates import parse_date


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("1 januari 2022 om 00:00", "2022-01-01T00:00"),
        ("dinsdag 9 november 2021 om 14:07", "2021-11-09T14:07"),
        ("di 9 nov. 2021, 14:07", "2021-11-09T14:07"),
        ("9-nov-2021 14u07", "2021-11-09T14:07"),
        ("9 november 2021 om 14h07", "2021-11-09T14:07"),
        ("14:07 op 9 november 2021", "2021-11-09T14:07"),
        ("9 November 2021 om 2:07 PM", "2021-11-09T14:07"),
        ("november 9, 2021 at 12:05 a.m.", "2021-11-09T00:05"),
        ("Tuesday, November 9th, 2021 at 14:07:33", "2021-11-09T14:07"),
        ("9 augustus 2021", "2021-08-09"),
        ("\n 9  mei\t2021 om\xa014:07 ", "2021-05-09T14:07"),
        ("2021/11/09 14:07", "2021-11-09T14:07"),
        ("09.11.2021", "2021-11-09"),
        ("29/11/2021 14:07", "2021-11-29T14:07"),
        ("11/29/2021 2:07 pm", "2021-11-29T14:07"),
        ("3/03/2021", "2021-03-03"),
        ("29 februari 2020 om 25:00", "2020-02-29"),
    ],
)
def test_a_date_is_read_to_the_minute_where_the_time_is_printed(printed: str, expected: str) -> None:
    assert parse_date(printed) == expected


@pytest.mark.parametrize(
    "printed",
    [
        "3 uren, 12 minuten geleden",
        "1 maand, 2 weken geleden",
        "2 years, 3 months ago",
        "zojuist",
        "gisteren om 14:07",
        "29 februari 2021 om 14:07",
        "32 maart 2021",
        "9 vendemiaire 2021",
        "04/03/2021 14:07",
        "0/0/2021",
        "november 2021",
        "#588",
    ],
)
def test_what_is_no_certain_date_is_none(printed: str) -> None:
    assert parse_date(printed) is None
