"""However a heading is set (capitals, bold, with a colon or a dash, on its own line or not), the same is read."""

from itertools import cycle, product

import pytest

from bot.domain.amendments import Kind
from bot.forum.markup import parse_blocks
from bot.forum.proposal import read_proposal

TEXT = "In elke wijk komt een agent, ook in het weekend. Nu is er niemand."
WHY = "Dat staat ook in het landelijke programma; zie pagina 12."
HEADINGS = {
    Kind.INSERT: (
        "Een extra bullet invoegen",
        "Toevoegen na alinea 2",
        "Graag toevoegen",
        "Nieuwe bullet",
        "Add a bullet",
    ),
    Kind.REPLACE: ("Wijzigen", "Bullet 3 vervangen door", "Wijzigingsvoorstel", "Nieuwe tekst bullet 3"),
    Kind.DELETE: ("Schrappen", "Te schrappen", "Doorhalen"),
}
EXPLANATIONS = ("Toelichting", "Korte toelichting", "Motivatie", "Onderbouwing", "Reden", "Explanation")
CASES = {"capitals": str.upper, "a capital": str, "small": str.lower}
CLOSINGS = ("", ":", " :", " –")
LAYOUTS = {
    "paragraphs": "<p>{head}</p>\n<p>{text}</p>\n<p>{why_head}</p>\n<p>{why}</p>",
    "blank paragraphs": "<p>{head}</p><p>&nbsp;</p><p>{text}</p><p>&nbsp;</p><p>{why_head}</p><p>{why}</p>",
    "line breaks": "<p>{head}<br />\n{text}<br />\n{why_head}<br />\n{why}</p>",
    "pairs": "<p>{head}<br />\n{text}</p>\n<p>{why_head}<br />\n{why}</p>",
    "the text's own line": "<p>{head} {text}</p>\n<p>{why_head} {why}</p>",
    "one line": "<p>{head} {text} {why_head} {why}</p>",
    "headings": "<h4>{head}</h4><p>{text}</p><h4>{why_head}</h4><p>{why}</p>",
    "a list": "<p>{head}</p><ul><li>{text}</li></ul><p>{why_head}</p><p>{why}</p>",
    "a numbered list": "<ol><li>{head} {text}</li><li>{why_head} {why}</li></ol>",
    "numbers": "<p>1. {head}<br />{text}</p><p>2. {why_head}<br />{why}</p>",
    "a quotation": "<p>{head}</p><blockquote><p>{text}</p></blockquote><p>{why_head}</p><p>{why}</p>",
    "quotation marks": "<p>{head}</p><p>“{text}”</p><p>{why_head}</p><p>{why}</p>",
}
SHARED_LINE = ("the text's own line", "one line", "a numbered list")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("tag", ["", "strong", "u", "em"])
def test_a_heading_is_known_however_it_is_set(layout: str, tag: str) -> None:
    heads = [(kind, head) for kind, heads in HEADINGS.items() for head in heads]
    combinations = product(heads, CASES, CLOSINGS)
    for ((kind, head), case, closing), why_head in zip(combinations, cycle(EXPLANATIONS), strict=False):
        if layout in SHARED_LINE and not tag and case == "small" and closing in {"", " –"}:
            continue  # nothing says for certain where the heading ends
        html = LAYOUTS[layout].format(
            head=_set(CASES[case](head), tag, closing),
            why_head=_set(CASES[case](why_head), tag, closing),
            text=TEXT,
            why=WHY,
        )
        reading = read_proposal(parse_blocks(html))
        assert reading is not None, html
        made = reading.proposal
        said = made.old_text if kind is Kind.DELETE else made.text
        assert (made.kind, said, made.explanation) == (kind, TEXT, WHY), html


def _set(words: str, tag: str, closing: str) -> str:
    return f"<{tag}>{words}{closing}</{tag}>" if tag else f"{words}{closing}"
