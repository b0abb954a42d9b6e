"""A post's HTML → blocks of formatted runs.

The plain text of the blocks is that of the HTML, where every block-level tag counts as a space and an inline tag as
nothing. No page is known here: whoever calls points at the element that holds the post.
"""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.domain.text import Block
from bot.forum.block_writer import lone_block
from bot.forum.elements import OPENERS, PARAGRAPH, PLAIN_BLOCKS, Edge, Place, Reading, styled, styled_by
from bot.forum.headings import mark_headings
from bot.forum.nesting import flattened
from bot.forum.runs import PLAIN, Setting
from bot.forum.tags import BLOCK_TAGS, KNOWN_TAGS, STYLES, VOID_TAGS
from bot.forum.tokens import careful_tokens_of, tokens_of, unescaped

_VOID_ENDS = frozenset(f"/{name}" for name in VOID_TAGS)
_LOG = re.compile(r' class="(?:[^"]* )?bbp-(?:reply|topic)-revision-log[" ]')
_SIGNATURE = re.compile(
    r' class="(?:[^"]* )?(?:[\w-]*[-_])?signature(?:[-_](?:block|box|container|content|text|wrap(?:per)?))?[" ]'
)
_SIGNED = frozenset(("aside", "div", "footer", "p", "section", "span", "table"))
"""What a plugin puts a signature in. A heading or a list with such a class is about signatures."""
_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_ENDS = {"p": "/p", "li": "/li"}
_ONLY_PARAGRAPHS = frozenset(("", "p", "/p"))


def parse_blocks(html: str, base: str | None = None) -> tuple[Block, ...]:
    """Return the blocks of a piece of HTML. `base` is the address of the page it stands in."""
    body = LexborHTMLParser(flattened(html)).body
    return () if body is None else blocks_of(body, base)


def blocks_of(element: LexborNode, base: str | None = None) -> tuple[Block, ...]:
    """Return the blocks of all that an element holds. `base` is the address of the page it stands in."""
    return read_blocks(element.inner_html or "", base)


def read_blocks(html: str, base: str | None = None) -> tuple[Block, ...]:
    """Return the blocks of HTML as the parser writes it. `base` is the address of the page it stands in."""
    tags, texts = tokens_of(html)
    if _ONLY_PARAGRAPHS.issuperset(tags) and not "".join(texts[::2]).strip():
        return _paragraphs(texts[1::2])
    try:
        return _Reader(tags, texts, base).read()
    except _IrregularError:
        return _Reader(*careful_tokens_of(html), base, careful=True).read()


def _paragraphs(texts: list[str]) -> tuple[Block, ...]:
    """Return the blocks of what most posts are: paragraphs that hold nothing but text."""
    blocks = (lone_block(_folded(text), PLAIN, PARAGRAPH) for text in texts)
    return tuple(block for block in blocks if block is not None)


def _folded(text: str) -> str:
    """Return a text as it is meant: without escapes, and with each stretch of white space as one space."""
    if "&" in text:
        text = unescaped(text)
    return _SPACES.sub(" ", text) if "\n" in text or "  " in text or "\t" in text else text


def _is_no_text(name: str, tag: str) -> bool:
    """Tell whether a tag begins an edit log or a signature."""
    return _LOG.search(tag) is not None or (name in _SIGNED and _SIGNATURE.search(tag) is not None)


class _IrregularError(Exception):
    """A tag that is none, or one behind which anything may stand: the tokens must be looked for with care."""


class _Reader(Reading):
    """Passes along the tags of one post and knows at each text what holds there."""

    def __init__(self, tags: list[str], texts: list[str], base: str | None, *, careful: bool = False) -> None:
        super().__init__(base)
        self._careful = careful
        self._opened: list[tuple[Place, Setting, Edge | None]] = []
        self._tokens = zip(tags, texts, tags[1:], strict=False)

    def read(self) -> tuple[Block, ...]:
        """Return the blocks."""
        writer = self.writer
        for tag, behind, ahead in self._tokens:
            text = behind
            if tag[:1] == "/":
                self._leave(tag)
            elif tag in STYLES:
                self._opened.append((self.place, self.setting, None))
                self.setting = styled(self.setting, STYLES[tag])
            elif (shape := self.place.alone.get(tag)) and ahead == _ENDS[tag]:
                writer.write_alone(_folded(text), self.setting, shape)
                _, text, _ = next(self._tokens)
            elif tag:
                text = self._enter(tag, text)
            if text and (writer.pieces or not (text.isspace() or text == "&nbsp;")):
                folded = unescaped(text) if self.place.preformatted else _folded(text)
                writer.write(folded, self.setting, self.place.shape)
        writer.close()
        return mark_headings(writer.blocks)

    def _enter(self, tag: str, text: str) -> str:
        """Begin an element; return the text behind its tag, or behind all of it where it is not for reading."""
        name = tag
        if " " in tag:
            name = tag[: tag.index(" ")]
            if ("log" in tag or "signature" in tag) and _is_no_text(name, tag):
                return self._pass_over(name)
        place, setting, edge = self.place, self.setting, None
        if name in PLAIN_BLOCKS:
            edge = place.edge
        elif name in STYLES:
            self.setting = styled_by(tag, setting, STYLES[name])
        elif opener := OPENERS.get(name):
            edge = opener(self, tag)
        elif name == "template":
            return self._pass_over(name)
        if not self._careful and (name not in KNOWN_TAGS or (name is not tag and tag[-1] != '"')):
            raise _IrregularError
        if edge:
            edge(self.writer)
        if name not in VOID_TAGS:
            self._opened.append((place, setting, edge))
        return text

    def _leave(self, tag: str) -> None:
        if self._opened and tag not in _VOID_ENDS:
            self.place, self.setting, edge = self._opened.pop()
            if edge:
                edge(self.writer)

    def _pass_over(self, name: str) -> str:
        """Leave an element that has just begun, and all it holds, unread; return the text after it."""
        if name in BLOCK_TAGS:
            self.place.edge(self.writer)
        depth = 1
        for tag, text, _ in self._tokens:
            if tag == f"/{name}":
                depth -= 1
            elif tag.partition(" ")[0] == name:
                depth += 1
            if not depth:
                return text
        return ""
