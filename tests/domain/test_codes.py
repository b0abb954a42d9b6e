"""Codes are given in order, follow printed numbers where free, and never come to mean something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.codes import chapter_codes, printed_number, section_codes

TITLES = st.lists(
    st.one_of(
        st.sampled_from(
            ["Wonen", "5 voor 12", "2018 …", "3. Zorg", "4.3 Veiligheid", "Hoofdstuk 7: Werk", "12. Tot slot"]
        ),
        st.integers(1, 99).map(lambda number: f"{number}. Titel"),
        st.text(max_size=12),
    ),
    max_size=8,
)


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("5. Een sterke gemeente", "5"),
        ("5) Een sterke gemeente", "5"),
        ("5 – Een sterke gemeente", "5"),
        ("5.Een sterke gemeente", "5"),
        ("4.3 Veiligheid", "4.3"),
        ("4.10. Veiligheid", "4.10"),
        ("Hoofdstuk 5: Een sterke gemeente", "5"),
        ("HOOFDSTUK 5", "5"),
        ("§ 4.3 Veiligheid", "4.3"),
        ("5 voor 12", None),
        ("2018 …", None),
        ("2018. Wat we deden", None),
        ("Hoofdstuk 2018", None),
        ("24/7 zorg dichtbij", None),
        ("50.000 woningen", None),
        ("12:00 uur", None),
        ("5-daagse schoolweek", None),
        ("Veiligheid 4.3", None),
        ("5", None),
        ("0. Vooraf", None),
    ],
)
def test_a_printed_number_is_told_from_other_numbers(title: str, number: str | None) -> None:
    assert printed_number(title) == number


@pytest.mark.parametrize(
    ("issued", "titles", "codes"),
    [
        ([], ["Sterke gemeente", "Wonen", "Betaalbaar huren", "Zorg"], ["1", "2", "3", "4"]),
        ([], ["Inleiding", "1. Wonen", "2. Zorg"], ["3", "1", "2"]),
        ([], ["Wonen", "5. Een sterke gemeente", "Zorg"], ["1", "5", "6"]),
        (["1", "5"], ["3. Werk", "5. Dubbel", "Klimaat"], ["3", "6", "7"]),
        ([], ["2. Wonen", "2. Zorg"], ["2", "3"]),
        ([], ["4.3 Veiligheid"], ["1"]),
    ],
)
def test_chapters(issued: list[str], titles: list[str], codes: list[str]) -> None:
    assert chapter_codes(issued, titles) == codes


@pytest.mark.parametrize(
    ("issued", "titles", "codes"),
    [
        (["4.1", "3.9"], ["Veiligheid", "Bestuur"], ["4.2", "4.3"]),
        (["4.1"], ["4.3 Veiligheid", "2. Bestuur", "5.7 Elders"], ["4.3", "4.2", "4.4"]),
        (["40.1", "14.8"], ["Veiligheid"], ["4.1"]),
    ],
)
def test_sections_of_chapter_4(issued: list[str], titles: list[str], codes: list[str]) -> None:
    assert section_codes("4", issued, titles) == codes


@given(st.lists(TITLES, max_size=4))
def test_no_code_is_issued_twice(imports: list[list[str]]) -> None:
    issued: list[str] = []
    for titles in imports:
        new = chapter_codes(issued, titles)
        highest = max(map(int, issued), default=0)
        for title, code in zip(titles, new, strict=True):
            assert int(code) > highest or printed_number(title) == code
        issued += new
    assert len(set(issued)) == len(issued)


@given(TITLES, TITLES)
def test_sections_stay_within_their_chapter(first: list[str], later: list[str]) -> None:
    issued = section_codes("4", [], first)
    issued += section_codes("4", issued, later)
    assert len(set(issued)) == len(issued)
    assert all(code.startswith("4.") for code in issued)


@given(st.lists(st.sampled_from(["Wonen", "Zorg", "5 voor 12"]), max_size=8))
def test_without_printed_numbers_the_order_is_the_number(titles: list[str]) -> None:
    assert chapter_codes([], titles) == [str(number) for number in range(1, len(titles) + 1)]
