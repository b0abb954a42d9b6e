"""A title is a proposal's own first words, whole ones where it can."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text import normalise
from bot.domain.titles import LONGEST, title_of


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Er komt meer groen in de wijk. Dat is goed voor iedereen.", "Er komt meer groen in de wijk"),
        ("Meer groen", "Meer groen"),
        ("Nee. Wij willen dat de gemeente dit zelf doet.", "Nee. Wij willen dat de gemeente dit zelf doet"),
        ("Wij bouwen ca. 5 meter hoger\ndan nu.", "Wij bouwen ca. 5 meter hoger dan nu"),
        (
            "Aan de landelijke regel van 1 wijkagent per 5000 inwoners wordt in Almere concreet invulling gegeven.",
            "Aan de landelijke regel van 1 wijkagent per 5000 inwoners wordt in Almere…",
        ),
        ("x" * 100, "x" * 79 + "…"),
        ("...", "..."),
        ("", ""),
    ],
)
def test_examples(text: str, title: str) -> None:
    assert title_of(text) == title


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_a_title_is_short_and_begins_the_text(text: str) -> None:
    title = title_of(text)
    words = normalise(text)
    assert len(title) <= LONGEST
    assert bool(title) == bool(words)
    assert words.startswith(title.removesuffix("…"))


@given(st.lists(st.text(alphabet="abcé", min_size=1, max_size=20), min_size=1, max_size=30))
def test_no_word_is_cut_that_fits(words: list[str]) -> None:
    kept = title_of(" ".join(words)).removesuffix("…").split()
    assert kept == words[: len(kept)]
