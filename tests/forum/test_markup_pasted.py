"""What people paste and plugins add: every word of the post is kept, and nothing that is not the post's."""

from time import process_time

import pytest

from bot.domain.text import Block, BlockKind, Run, Style, text_of
from bot.domain.versions import digest_of_blocks
from bot.forum.markup import parse_blocks

BASE = "https://forum.duinveen.example/topic/groen/"


def texts(html: str) -> list[str]:
    return [block.text for block in parse_blocks(html, BASE)]


def test_paragraphs_of_no_break_spaces_are_nothing() -> None:
    assert texts("<p>a</p><p>&nbsp;</p>\n<p> \xa0 <br>&nbsp;</p><div>&nbsp;<span>&nbsp;</span></div><p>b</p>") == [
        "a",
        "b",
    ]


def test_text_from_word_keeps_its_words_and_its_bullets_are_text() -> None:
    html = (
        '<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--><p class="MsoNormal" '
        'style="margin-bottom:12.0pt"><b><span lang=NL style="font-size:11.0pt">Wonen<o:p></o:p></span></b></p>'
        '<p class=MsoListParagraph style="text-indent:-18.0pt"><![if !supportLists]><span style="font-family:Symbol">'
        '<span style="mso-list:Ignore">·<span style="font:7.0pt">&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>'
        "Meer<span style='mso-spacerun:yes'>  </span>huizen<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>"
    )
    assert texts(html) == ["Wonen", "· Meer huizen"]
    assert parse_blocks(html)[0].runs == (Run("Wonen", Style.BOLD),)


def test_a_caption_without_its_plugin_stays_as_typed() -> None:
    html = '<p>[caption id="a1" align="left" width="300"]<img src="/k.png" alt="Kaart" /> De wijk[/caption]</p>'
    (block,) = parse_blocks(html, BASE)
    assert block.text == '[caption id="a1" align="left" width="300"] De wijk[/caption]'
    assert [run.href for run in block.runs if run.image] == ["https://forum.duinveen.example/k.png"]


def test_emoji_are_text_as_characters_and_as_the_pictures_that_replace_them() -> None:
    character = "<p>Bomen 🌳 en 👩‍🌾</p>"
    picture = (
        '<p>Bomen <img draggable="false" role="img" class="emoji" alt="🌳" src="https://s.w.example/1f333.svg"> en '
        '<img class="emoji wp-emoji" alt="👩‍🌾" src="https://s.w.example/2.svg"></p>'
    )
    assert texts(character) == ["Bomen 🌳 en 👩‍🌾"]
    assert digest_of_blocks(parse_blocks(picture, BASE)) == digest_of_blocks(parse_blocks(character, BASE))


def test_entities_and_signs_of_direction_are_the_characters_they_stand_for() -> None:
    html = "<p>&euro;&nbsp;5 &lt;b&gt; &amp;amp; &#8211; &hellip; &quot;x&quot; caf&eacute; cafe\u0301</p>"
    assert texts(html) == ['€ 5 <b> &amp; – … "x" café café']
    odd = "\u202bשלום \u200fعالم\u202c zero\u200bwidth soft\xadhyphen \u2060\ufeff"
    assert texts(f"<p>{odd}</p>") == [odd]


def test_a_text_of_fifty_thousand_characters_is_whole() -> None:
    sentences = [f"Zin {number} over wonen in Waterdrecht, ’s avonds ook." for number in range(1100)]
    html = "".join(f"<p>{one} {other}</p>\n" for one, other in zip(sentences[::2], sentences[1::2], strict=True))
    blocks = parse_blocks(html)
    assert len(blocks) == 550
    assert text_of(blocks) == " ".join(sentences)
    assert len(text_of(blocks)) > 50_000


def test_tags_that_nobody_closed_hold_what_a_browser_shows_in_them() -> None:
    html = "<p>Een <b>vet<p>Twee<ul><li>a<li>b<ol><li>c</ul><blockquote>d"
    assert [(block.kind.value, block.depth, block.text) for block in parse_blocks(html)] == [
        ("paragraph", 0, "Een vet"),
        ("paragraph", 0, "Twee"),
        ("bullet", 0, "a"),
        ("bullet", 0, "b"),
        ("bullet", 1, "c"),
        ("quote", 0, "d"),
    ]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p <b>vet</p>", ["vet"]),
        ("<x<y>een</x<y><p>twee", ["een", "twee"]),
        ('<p title="a > b < c">een</p>', ["een"]),
        ('<p a"b>een</p><a href="/x"">twee</a>', ["een", "twee"]),
        ("<p>een<!-- <b>niet</b> -->twee<!--more--></p>", ["eentwee"]),
        ("<p>een<iframe src=/x>a < b</iframe>twee</p>", ["een a < b twee"]),
        ("<p>een<svg><source>twee</source><path/></svg>drie</p>", ["eentweedrie"]),
        ("<p>een<script>if (a<b) '</p>'</script><style>p>a{}</style>twee</p>", ["eentwee"]),
        ("<template><p>niet</p><template>niet</template></template>wel", ["wel"]),
        ("<p>een<?php echo '<b>'; ?>twee</p>", ["een'; ?>twee"]),
        ("een<?php echo 1; ?>twee", ["eentwee"]),
        ("een<br></br>twee</p>drie", ["een", "twee", "drie"]),
    ],
)
def test_irregular_html_loses_no_word(html: str, expected: list[str]) -> None:
    assert texts(html) == expected


@pytest.mark.parametrize(
    "signature",
    [
        '<div class="bbp-signature">Groet</div>',
        '<div class="bbp-reply-signature"><p>Groet</p></div>',
        '<div id="s" class="gdbbx bbp_signature odd">Groet<div>en meer</div></div>',
        '<p class="forum-signature">Groet</p>',
        '<table class="signature-block"><tr><td>Groet</table>',
        '<div class="user-signature"><hr>Groet</div>',
        '<div dir="ltr" class="gmail_signature">Groet</div>',
        "<ul id='bbp-reply-revision-log-81' class='bbp-reply-revision-log'><li>Deze reactie is aangepast</ul>",
        '<ul class="bbp-topic-revision-log"><li>door <a href="/x">Noor</a>. Reden: <ul><li>x</ul></ul>',
        "<script>x()</script><style>p{}</style>",
    ],
)
def test_signatures_edit_logs_and_scripts_are_no_text(signature: str) -> None:
    assert texts(f"<p>Tekst</p>\n{signature}\n<p>Slot</p>{signature}na") == ["Tekst", "Slot", "na"]
    assert " ".join(texts(f"voor {signature} na")) == "voor na"


def test_what_is_no_text_parts_what_stands_around_it() -> None:
    assert texts('een<div class="bbp-signature">Groet</div>twee') == ["een", "twee"]
    assert texts('<ul><li>een<ul class="bbp-reply-revision-log"><li>x</ul>twee</ul>') == ["een twee"]


def test_a_class_that_only_sounds_like_a_signature_is_text() -> None:
    assert texts('<p class="designature">a</p><p class="signatures-of-2019">b</p><p title="signature">c</p>') == [
        "a",
        "b",
        "c",
    ]


def test_the_same_text_in_another_theme_is_the_same_version() -> None:
    plain = (
        "<p>Wij willen:</p><ul><li>Bomen <b>nu</b></li><li>Zorg<ul><li>dichtbij</li></ul></li></ul>"
        '<p>Zie <a href="https://a.example/x">hier</a>.</p><table><tr><td>a</td><td>b</td></tr></table>'
    )
    themed = (
        '\n\t<section class="entry" data-x="1">\r\n<div class="wrap">\n <p style="color:red">'
        'Wij\n\t willen:</p>\n\n<span><ul class="wp-block-list">\n<li class="odd"><p>Bomen  <strong>nu</strong>'
        "</p></li>\n<li>Zorg\n<ul>\n<li>\ndichtbij\n</li>\n</ul>\n</li>\n</ul></span></div></section>\n<div><p>Zie "
        '<a class="ext" rel="nofollow" href="https://a.example/x">hier</a>.</p></div>\n<figure class='
        '"wp-block-table"><table class="has-fixed"><tbody><tr>\n<td>a</td>\n<td>b</td>\n</tr></tbody></table></figure>'
        '<ul class="bbp-reply-revision-log"><li>Gewijzigd, 2 dagen geleden</li></ul>\n\n\t\t'
    )
    assert parse_blocks(themed, BASE) == parse_blocks(plain, BASE)
    assert digest_of_blocks(parse_blocks(themed, BASE)) == digest_of_blocks(parse_blocks(plain, BASE))
    later = themed.replace("2 dagen", "3 weken")
    assert digest_of_blocks(parse_blocks(later, BASE)) == digest_of_blocks(parse_blocks(plain, BASE))


def test_an_image_that_is_shown_late_is_one_image() -> None:
    image = Run("Kaart", href="https://forum.duinveen.example/k.png", image=True)
    at_once = '<p><img src="/k.png" alt="Kaart"></p>'
    late = (
        '<p><img class="lazyload" src="data:image/gif;base64,R0" data-src="/k.png" alt="Kaart">'
        '<noscript><img src="/k.png" alt="Kaart"></noscript></p>'
    )
    assert parse_blocks(at_once, BASE) == parse_blocks(late, BASE) == (Block(BlockKind.PARAGRAPH, (image,)),)


def test_an_image_in_a_link_and_its_figure_are_kept() -> None:
    html = '<figure><a href="/groot.png"><img src="k.png" alt=""></a><figcaption>De wijk</figcaption></figure>'
    assert parse_blocks(html, BASE) == (
        Block(BlockKind.PARAGRAPH, (Run("", href="https://forum.duinveen.example/topic/groen/k.png", image=True),)),
        Block(BlockKind.PARAGRAPH, (Run("De wijk"),)),
    )


def test_an_image_that_leads_elsewhere_keeps_both_addresses() -> None:
    html = (
        '<p><a href="/teken/"><img src="/knop.png" alt="Teken"><noscript><img src="/knop.png" alt="Teken"></noscript>'
    )
    assert parse_blocks(f"{html}</a> nu</p>", BASE) == (
        Block(
            BlockKind.PARAGRAPH,
            (
                Run("Teken", href="https://forum.duinveen.example/knop.png", image=True),
                Run("Teken", href="https://forum.duinveen.example/teken/", image=True),
                Run(" nu"),
            ),
        ),
    )


def test_a_text_pasted_from_google_docs_is_bold_only_where_it_was() -> None:
    html = '<b style="font-weight:normal;" id="docs-internal-guid-1"><p>Gewoon <b style="color:red">vet</b></p></b>'
    (block,) = parse_blocks(html)
    assert block.runs == (Run("Gewoon "), Run("vet", Style.BOLD))
    (block,) = parse_blocks('<em style="font-style: normal">recht</em> <em style="font-weight: normal">schuin</em>')
    assert block.runs == (Run("recht "), Run("schuin", Style.ITALIC))


@pytest.mark.parametrize("about", ['<h3 class="signature">Teken</h3>', '<ul class="signature"><li>Teken</li></ul>'])
def test_a_heading_or_a_list_about_signatures_is_text(about: str) -> None:
    assert texts(f"<p>Tekst</p>{about}<p>Slot</p>") == ["Tekst", "Teken", "Slot"]


@pytest.mark.parametrize(
    "tag", ["div", "ul", "blockquote", "b", "span", "li", "p", "table", "font color=red", "ul><li"]
)
def test_a_hundred_thousand_tags_in_each_other_are_read_in_seconds(tag: str) -> None:
    began = process_time()
    blocks = parse_blocks("<p>voor</p>" + f"<{tag}>" * 100_000 + "diep<div>in</div>" + "<p>na" * 10)
    assert text_of(blocks).split() == ["voor", "diep", "in", *["na"] * 10]
    assert process_time() - began < 15


def test_what_is_nested_too_deep_keeps_its_words_apart_and_what_follows_its_place() -> None:
    deep = "<div>" * 30_000 + "een<div>twee</div>drie<b>vier</b>" + "</div>" * 30_000
    blocks = parse_blocks(deep + "<ul><li>vijf</li></ul>")
    assert text_of(blocks) == "een twee drievier vijf"
    assert blocks[-1].kind is BlockKind.BULLET
    assert blocks[-1].depth == 0
