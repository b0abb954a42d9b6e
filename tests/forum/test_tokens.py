"""What reading by tags rests on: how the parser writes its tree, and that what is made the short way is the same."""

from dataclasses import FrozenInstanceError, fields

import pytest
from selectolax.lexbor import LexborHTMLParser

from bot.domain.text import Block, BlockKind, Run, Style
from bot.forum.making import make_block, make_run
from bot.forum.tokens import attribute, tokens_of, unescaped


def written(html: str) -> str:
    body = LexborHTMLParser(html).body
    assert body is not None
    return body.inner_html or ""


def test_the_parser_writes_signs_in_attributes_and_texts_as_escapes() -> None:
    html = written("<p title='a > \" < & b' class=x>1 < 2 &amp; 3 > 2&nbsp;")
    assert html == '<p title="a &gt; &quot; &lt; &amp; b" class="x">1 &lt; 2 &amp; 3 &gt; 2&nbsp;</p>'
    tags, texts = tokens_of(html)
    assert tags == ["", html[1 : html.index(">")], "/p", ""]
    assert [unescaped(text) for text in texts] == ["", "1 < 2 & 3 > 2\xa0", "", ""]
    assert attribute(tags[1], "title") == 'a > " < & b'
    assert attribute(tags[1], "class") == "x"
    assert attribute(tags[1], "href") is None


def test_an_attribute_is_found_by_its_whole_name() -> None:
    tag = written('<a data-href="1" x="y href=2" href="3">').strip("<>").partition(">")[0]
    assert attribute(tag, "href") == "3"


def test_what_is_made_the_short_way_is_as_frozen_and_as_whole_as_any() -> None:
    run = make_run("Eik", Style.BOLD, "https://bomen.example/", image=True)
    block = make_block(BlockKind.BULLET, (run,), 2, "3.")
    assert run == Run("Eik", Style.BOLD, "https://bomen.example/", image=True)
    assert block == Block(BlockKind.BULLET, (run,), 2, "3.")
    assert hash(block) == hash(Block(BlockKind.BULLET, (run,), 2, "3."))
    assert [field.name for kind in (Run, Block) for field in fields(kind)] == [
        *("text", "style", "href", "image"),
        *("kind", "runs", "depth", "marker"),
    ]
    with pytest.raises(FrozenInstanceError):
        run.text = "Es"  # pyright: ignore[reportAttributeAccessIssue]
