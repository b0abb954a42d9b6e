"""The names of HTML's elements, by what they mean to a text. Nothing is read here."""

from bot.domain.text import Style

_BLOCK_NAMES = (
    "address article aside blockquote caption center dd details div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
_INLINE_NAMES = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small span"
    " strike strong sub sup time tt u var"
)
_FORMATTING_NAMES = "a b big code em font i nobr s small strike strong tt u"
_VOID_NAMES = "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr"

BLOCK_TAGS = frozenset(_BLOCK_NAMES.split())
VOID_TAGS = frozenset(_VOID_NAMES.split())
FORMATTING_TAGS = frozenset(_FORMATTING_NAMES.split())
"""What the parser opens anew behind the block in which it was left open."""
KNOWN_TAGS = BLOCK_TAGS | VOID_TAGS | frozenset(_INLINE_NAMES.split())
"""The names behind which nothing stands but what they say; not those of scripts, frames and foreign markup."""
HEADING_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")
STYLES = {
    **dict.fromkeys(("b", "strong"), Style.BOLD),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), Style.ITALIC),
    **dict.fromkeys(("s", "del", "strike"), Style.STRIKE),
    **dict.fromkeys(("u", "ins"), Style.UNDERLINE),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), Style.CODE),
}
