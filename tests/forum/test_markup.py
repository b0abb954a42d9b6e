"""HTML of posts → blocks: every word once, in its block, in its style."""

import html as entities
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.domain.text import Block, BlockKind, Run, Style, normalise, text_of
from bot.forum.markup import parse_blocks

BASE = "https://forum.example.org/topic/groen/"
SPACING_NAMES = (
    "address article aside blockquote br caption center dd details div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hr iframe li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
SPACING = set(SPACING_NAMES.split())


class _Plain(HTMLParser):
    """The rule for plain text, in the shortest form there is: a block-level tag is a space, an inline tag nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(" " if tag in SPACING else "")

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(" " if tag in SPACING else "")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def plain(html: str) -> str:
    parser = _Plain()
    parser.feed(html)
    parser.close()
    return normalise("".join(parser.parts))


def shapes(html: str) -> list[tuple[str, int, str]]:
    return [(block.kind.value, block.depth, block.text) for block in parse_blocks(html, BASE)]


texts = st.text(st.sampled_from("abé ğ\xa0\u200b\u200fש🌳&<>\"'\n\t.e\u0301"), max_size=12).map(entities.escape)


def element(tag: str, parts: list[str]) -> str:
    """Return an element; `tag` may bear attributes."""
    return f"<{tag}>{''.join(parts)}</{tag.split()[0]}>"


def _in_line(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = st.sampled_from(["b", "em", "span", "u", "del", "code", 'a href="/x"', "font"])
    return st.builds(element, tags, st.lists(inner, max_size=3))


inline = st.recursive(
    texts | st.sampled_from(["<br>", '<img src="/a.png" alt="kaart">', "<!-- c -->", "<o:p></o:p>"]),
    _in_line,
    max_leaves=5,
)
lines = st.lists(inline, max_size=4).map("".join)


def _wrapped(tags: list[str], content: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(element, st.sampled_from(tags), content.map(lambda html: [html]))


def _nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner | lines, max_size=3).map("".join)
    items = st.lists(_wrapped(["li"], several), max_size=3).map("".join)
    rows = st.lists(st.lists(_wrapped(["td", "th"], several), max_size=3).map("".join), max_size=2).map(
        lambda cells: "".join(f"<tr>{row}</tr>" for row in cells)
    )
    return (
        _wrapped(["div", "blockquote", "section", "b", "center", "figure"], several)
        | _wrapped(["ul", "ol", 'ol start="4"'], items)
        | rows.map(lambda html: f"<table><tbody>{html}</tbody></table>")
    )


documents = st.lists(
    st.recursive(_wrapped(["p", "h3", "pre", "div"], lines), _nested, max_leaves=8) | st.just("<hr>") | lines,
    max_size=5,
).map("".join)


@given(documents)
def test_no_word_is_lost_and_only_block_boundaries_are_spaces(html: str) -> None:
    normal = re.sub(r"<a href=\"/x\">(.*?)</a>", r"\1", html, flags=re.DOTALL)  # links in links part in HTML
    assert text_of(parse_blocks(normal, BASE)) == plain(normal)


@given(documents)
def test_what_a_theme_puts_around_a_text_changes_nothing_in_it(html: str) -> None:
    themed = f'\n<section class="entry">\t<div>\n{html}\n</div><span> </span></section>\n'
    assert parse_blocks(themed, BASE) == parse_blocks(html, BASE)


def words_of(node: LexborNode) -> str:
    """Return the text of a parsed tree by the rule for plain text."""
    parts: list[str] = []
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            parts.append(child.text_content or "")
        elif child.tag not in {"-comment", "script", "style", "template"}:
            space = " " if child.tag in SPACING else ""
            parts += [space, words_of(child), space]
    return "".join(parts)


@given(st.text(st.sampled_from(list("<>/abpulitrdqo =\"'&;!-")), max_size=60))
def test_of_any_text_at_all_the_words_are_those_that_a_browser_shows(html: str) -> None:
    body = LexborHTMLParser(html).body
    blocks = parse_blocks(html)
    assert text_of(blocks) == (normalise(words_of(body)) if body else "")
    for block in blocks:
        assert block.text or any(run.image for run in block.runs)


def test_paragraphs_headings_and_lists() -> None:
    assert shapes(
        "<h3>Groen</h3><p>Wij planten bomen.</p><p>&nbsp;</p><ul><li>Eik<ul><li>Zomereik</ul><li>Es</ul>"
    ) == [
        ("heading", 0, "Groen"),
        ("paragraph", 0, "Wij planten bomen."),
        ("bullet", 0, "Eik"),
        ("bullet", 1, "Zomereik"),
        ("bullet", 0, "Es"),
    ]


def test_numbered_items_keep_their_printed_number() -> None:
    blocks = parse_blocks('<ol start="3"><li>a<li value="7">b<ol><li>c</ol><li>d</ol>')
    assert [(block.marker, block.depth, block.text) for block in blocks] == [
        ("3.", 0, "a"),
        ("7.", 0, "b"),
        ("1.", 1, "c"),
        ("8.", 0, "d"),
    ]


def test_a_list_directly_in_a_list_is_one_deeper() -> None:
    assert shapes("<ul><li>a</li><ul><li>b</li></ul>los</ul>") == [
        ("bullet", 0, "a"),
        ("bullet", 1, "b"),
        ("paragraph", 1, "los"),
    ]


def test_a_bullet_of_two_paragraphs_is_one_bullet_and_what_follows_its_list_is_no_second() -> None:
    blocks = parse_blocks("<ul><li><p>Een.</p><p>Twee.</p><ul><li>x</ul>Slot</li></ul>")
    assert blocks == (
        Block(BlockKind.BULLET, (Run("Een.\nTwee."),)),
        Block(BlockKind.BULLET, (Run("x"),), depth=1),
        Block(BlockKind.PARAGRAPH, (Run("Slot"),), depth=1),
    )


@pytest.mark.parametrize("heading", ["Hoe gaan we dit doen?", "Wij willen:"])
def test_a_short_lone_line_right_before_a_list_is_a_heading(heading: str) -> None:
    assert shapes(f"<p>{heading}</p><ul><li>a</ul>")[0][0] == "heading"
    assert shapes(f"<p>{heading}</p><p>a</p><ul><li>b</ul>")[0][0] == "paragraph"
    assert shapes(f"<p>Er is veel te doen. {heading}</p><ul><li>a</ul>")[0][0] == "paragraph"
    assert shapes(f"<p>Veel te doen<br>{heading}</p><ul><li>a</ul>")[0][0] == "paragraph"
    assert shapes(f"<p>{'woord ' * 20}{heading}</p><ul><li>a</ul>")[0][0] == "paragraph"


def test_styles_links_and_images_stand_in_runs() -> None:
    (block,) = parse_blocks(
        '<p>Een <b>vet <i>schuin</i></b>woord, <a href="/x?a=1&amp;b=2">hier</a> <img src=k.png alt="Kaart"></p>', BASE
    )
    assert block.runs == (
        Run("Een "),
        Run("vet ", Style.BOLD),
        Run("schuin", Style.BOLD | Style.ITALIC),
        Run("woord, "),
        Run("hier", href="https://forum.example.org/x?a=1&b=2"),
        Run(" "),
        Run("Kaart", href="https://forum.example.org/topic/groen/k.png", image=True),
    )
    assert block.text == "Een vet schuinwoord, hier"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "", "data:text/html,x", "http://[", "#"])
def test_a_link_that_leads_nowhere_is_text(address: str) -> None:
    (block,) = parse_blocks(f'<p><a href="{address}">x</a></p>')
    assert block.runs == (Run("x"),)


def test_breaks_are_line_breaks_and_two_of_them_part_paragraphs() -> None:
    assert parse_blocks("<p>a <br /> b<br><br>&nbsp;<br>c</p>") == (
        Block(BlockKind.PARAGRAPH, (Run("a\nb"),)),
        Block(BlockKind.PARAGRAPH, (Run("c"),)),
    )


def test_tables_become_rows_with_a_cell_boundary_even_where_a_cell_is_empty() -> None:
    blocks = parse_blocks(
        "<table><caption>Nu</caption><tr><th>Wijk<th>Bomen<tr><td><p>a</p><p>b</p><td><td><ul><li>c</ul></table>"
    )
    assert [(block.kind.value, "".join(run.text for run in block.runs)) for block in blocks] == [
        ("paragraph", "Nu"),
        ("row", "Wijk\tBomen"),
        ("row", "a\nb\t\tc"),
    ]


def test_a_table_in_a_table_stays_one_row() -> None:
    assert shapes("<table><tr><td>a<table><tr><td>b<td>c</table><td>d</table>") == [("row", 0, "a b c d")]


def test_quotes_and_code() -> None:
    assert shapes("<blockquote><p>a</p><p>b</p><blockquote>c</blockquote></blockquote><pre>  x\n y</pre>") == [
        ("quote", 0, "a"),
        ("quote", 0, "b"),
        ("quote", 1, "c"),
        ("code", 0, "x y"),
    ]
    assert parse_blocks("<pre>  x\n y\n</pre>")[0].runs == (Run("  x\n y"),)


def test_logs_signatures_scripts_and_styles_are_no_text() -> None:
    html = (
        "<p>Tekst</p><script>x()</script><style>p{}</style><!-- weg --><ul class='bbp-reply-revision-log'><li>Gewijzigd"
        "</ul><ul class='bbp-topic-revision-log'><li>Gewijzigd</ul><div class='bbp-signature'>Groet</div>"
    )
    assert shapes(html) == [("paragraph", 0, "Tekst")]


def test_odd_html_keeps_its_words() -> None:
    word = '<p class="MsoNormal"><b><span lang="NL">Kop<o:p></o:p></span></b></p><p>·&nbsp;&nbsp; Nep</p>'
    assert shapes(word) == [("paragraph", 0, "Kop"), ("paragraph", 0, "· Nep")]
    assert shapes('[caption id=""]<img src="/a.png"> Bij[/caption]') == [
        ("paragraph", 0, '[caption id=""] Bij[/caption]')
    ]
    assert shapes("<div><div>a</div>b<p>c<div>d") == [("paragraph", 0, text) for text in "abcd"]
    assert shapes("<p>zero\u200bwidth soft\xadhyphen \u202bשלום\u202c &euro; &lt;b&gt;</p>") == [
        ("paragraph", 0, "zero\u200bwidth soft\xadhyphen \u202bשלום\u202c € <b>")
    ]


def test_an_emoji_picture_is_its_character() -> None:
    assert shapes('<p>Bomen <img class="emoji" alt="🌳" src="https://s.example.org/1.svg"></p>') == [
        ("paragraph", 0, "Bomen 🌳")
    ]
