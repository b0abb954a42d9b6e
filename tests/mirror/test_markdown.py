"""Runs become Discord markdown: nothing pings, nothing is lost, nothing turns into format."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text import Run, Style
from bot.mirror.markdown import markdown_of
from tests.mirror.discord_text import plain_of, squeezed

B, I, S, U, C = Style.BOLD, Style.ITALIC, Style.STRIKE, Style.UNDERLINE, Style.CODE  # noqa: E741


def written(*runs: str | Run) -> str:
    return markdown_of([Run(run) if isinstance(run, str) else run for run in runs], "afbeelding")


@pytest.mark.parametrize(
    ("runs", "markdown"),
    [
        (("a ", Run("vet ", B), "b"), "a **vet** b"),
        (("a", Run(" vet", B), Run(" schuin", B | I)), "a **vet _schuin_**"),
        ((Run("a", B), Run("b", I)), "**a**_b_"),
        ((Run("a", I), Run("b", B)), "_a_**b**"),
        ((Run("a", B), Run("b", B)), "**ab**"),
        ((Run("a", B), Run(" ", B), Run("b", S)), "**a** ~~b~~"),
        (("x", Run("y", I), "z"), "x*y*z"),
        ((Run("a", S), Run("b", I)), "~~a~~*b*"),
        ((Run("a", U), Run("b", U | I)), "__a*b*__"),
        ((Run("a\nb", B),), "**a**\n**b**"),
        ((Run("   ", B),), "   "),
        ((Run("co`de", C),), "``co`de``"),
        ((Run("`", C),), "`` ` ``"),
        ((Run("a\tb"),), "a | b"),
        ((Run("a*b", C | B),), "`a*b`"),
    ],
)
def test_styles_close_and_open_without_nonsense_and_keep_white_space_outside(
    runs: tuple[Run, ...], markdown: str
) -> None:
    assert written(*runs) == markdown


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("*a* _b_ ~c~ |d| `e` \\", "\\*a\\* \\_b\\_ \\~c\\~ \\|d\\| \\`e\\` \\\\"),
        ("# kop\n## kop\n-# klein", "\\# kop\n\\## kop\n\\-# klein"),
        ("- a\n+ b\n* c\n> d\n12. e\n3) f", "\\- a\n\\+ b\n\\* c\n\\> d\n12\\. e\n3\\) f"),
        ("  - ingesprongen", "  \\- ingesprongen"),
        ("1.5 miljoen - en 3. toch", "1.5 miljoen - en 3. toch"),
        ("<@12> <@&3> <#4> <:blij:5> <t:6:R> @everyone @here", None),
        ("[tekst](https://kwaad.nl)", "\\[tekst\\](<https://kwaad.nl>)"),
    ],
)
def test_what_could_format_or_ping_is_shielded(text: str, markdown: str | None) -> None:
    shown = written(text)
    if markdown is not None:
        assert shown == markdown
    assert not re.search(r"(?<!\\)(<[@#:t]|@(everyone|here))", shown)
    assert plain_of(shown) == text


@pytest.mark.parametrize(
    ("runs", "markdown"),
    [
        (("zie https://x.nl/a_b_c, of",), "zie https://x.nl/a_b_c, of"),
        (("(https://x.nl/w_(k))",), "(<https://x.nl/w_(k)>)"),
        (("<https://x.nl>",), "\\<<https://x.nl>>"),
        (("1", Run("https://x.nl/a_b", B)), "1<https://x.nl/a_b>"),
        ((Run("zie https://x.nl/a*b nu", B),), "**zie** https://x.nl/a*b **nu**"),
        ((Run("de wet", href="https://x.nl/(1)*"),), "[de wet](<https://x.nl/%281%29%2A>)"),
        ((Run("de wet ", B, "https://x.nl"), "geldt"), "**[de wet](<https://x.nl>)** geldt"),
        ((Run("https://x.nl", href="https://x.nl"),), "https://x.nl"),
        ((Run("https://y.nl", href="https://x.nl"),), "https://y.nl (<https://x.nl>)"),
        ((Run("www.y.nl", href="https://x.nl"),), "www.y.nl (<https://x.nl>)"),
        ((Run("a@b.nl", href="mailto:a@b.nl"),), "a@b.nl"),
        ((Run("hier", href="javascript:x"),), "hier"),
        ((Run("kaart", href="https://x.nl/k.png", image=True),), "[afbeelding: kaart](<https://x.nl/k.png>)"),
        ((Run("", href="https://x.nl/k.png", image=True),), "[afbeelding](<https://x.nl/k.png>)"),
    ],
)
def test_links_are_clickable_and_whole(runs: tuple[str | Run, ...], markdown: str) -> None:
    assert written(*runs) == markdown


STYLES = st.integers(0, 31).map(Style)
SIGNS = st.text(st.sampled_from("ab é1.#->+*_~|`<>@[]()\\\n:!"), max_size=12)
WORDS = st.sampled_from(["@everyone", "<@1>", "https://x.nl/a_b", "woord", " ", "**", "__", "~~", "||", "``"])
RUNS = st.lists(st.builds(Run, st.one_of(SIGNS, WORDS), STYLES), max_size=8)


@given(RUNS)
def test_any_text_comes_out_whole(runs: list[Run]) -> None:
    text = "".join(run.text for run in runs)
    shown = markdown_of(runs, "afbeelding")
    assert squeezed(plain_of(shown)) == squeezed(text)


@given(RUNS)
def test_no_marker_holds_white_space_at_its_edges(runs: list[Run]) -> None:
    plain = [run for run in runs if not run.style & C]
    for line in markdown_of(plain, "afbeelding").split("\n"):
        assert not re.search(r"(?<!\\)\*\*\*\*|(?<!\\)~~~~", re.sub(r"\\.", "x", line))
