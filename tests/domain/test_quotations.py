"""A quotation becomes one character, and comes back as it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.quotations import bare, mask


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Vervang “oud” door “nieuw”.", ("oud", "nieuw")),
        ('„laag” en «hoek» en "recht"', ("laag", "hoek", "recht")),
        ("Schrap 'en boa's' maar 's nachts niet", ("en boa's",)),
        ("na ‘wijkagenten’ en vóór ‘foto’s’", ("wijkagenten", "foto’s")),
        ("‘s Avonds zijn camera’s uit", ()),
        ("een open “ aanhaling", ()),
    ],
)
def test_what_is_quoted_is_found_without_its_marks(text: str, quoted: tuple[str, ...]) -> None:
    masked = mask(text)
    assert masked.quoted(masked.text) == quoted
    assert len(masked.quotes) == len(quoted)


@given(st.text(st.sampled_from("ab 's\"“”‘’„».\n"), max_size=40))
def test_masking_loses_nothing(text: str) -> None:
    masked = mask(text)
    assert masked.plain(masked.text) == text


def test_a_text_with_stand_ins_of_its_own_is_left_unmasked() -> None:
    assert mask("\U000f0000 en “zo”").text == "  en “zo”"


def test_marks_go_only_where_one_pair_holds_all() -> None:
    assert bare(" “Wij eisen bomen.”. ") == "Wij eisen bomen."
    assert bare("“Wij” eisen “bomen”") == "“Wij” eisen “bomen”"
    assert bare("Wij eisen bomen.") == "Wij eisen bomen."
