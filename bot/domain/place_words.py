"""The words with which people point at a block of text. Data only: to understand a new one, add it here."""

import re
from collections.abc import Iterable

from bot.domain.text import BlockKind

OBJECTS: dict[str, BlockKind] = {
    **dict.fromkeys(
        (
            *("bullet", "bullets", "bulletpoint", "bulletpoints", "bullet-point", "bulletpunt", "bulletpunten"),
            *("bullet point", "bullet points", "punt", "punten", "puntje", "bolletje", "bolletjes", "opsommingspunt"),
            *("opsommingsteken", "actiepunt", "streepje", "gedachtestreepje", "point", "points"),
            *("sub-bullet", "sub-bullets", "subbullet", "subbullets", "sub-punt", "subpunt"),
        ),
        BlockKind.BULLET,
    ),
    **dict.fromkeys(("alinea", "alinea's", "alinea’s", "alineas", "paragraph", "paragraphs"), BlockKind.PARAGRAPH),
    **dict.fromkeys(("kop", "kopje", "tussenkop", "tussenkopje", "heading", "subheading"), BlockKind.HEADING),
    **dict.fromkeys(("citaat", "quote"), BlockKind.QUOTE),
    **dict.fromkeys(("rij", "tabelrij", "row"), BlockKind.ROW),
}
"""Words for a block, with its kind."""

PIECES = (
    "zin",
    "zinnen",
    "regel",
    "woord",
    "woorden",
    "deel",
    "helft",
    "stuk",
    "sentence",
    "sentences",
    "part",
    "line",
)
"""Words for a part of a block."""

LOOSE = ("zin", "passage", "tekst", "stuk", "stukje", "gedeelte", "deel", "regel", "sentence", "text", "part")
"""Words for text that may be a block of any kind."""

WHOLES = ("paragraaf", "tekst", "stuk", "hoofdstuk", "inleiding", "lijst", "opsomming", "section", "text", "chapter")
LOOSE_PARTS = ("titel", "title", "inleiding", "intro", "introductie", "introduction", "slotzin", "openingszin")

SIDES_AFTER = frozenset(("na", "achter", "onder", "after", "below", "under", "ná"))
SIDES_BEFORE = frozenset(("voor", "vóór", "vóor", "voór", "boven", "before", "above"))
SIDES_FOR = frozenset(("voor", "for"))
SIDES_AS = frozenset(("als", "as"))
SIDES = (
    *(*SIDES_AFTER, *SIDES_BEFORE, *SIDES_FOR, *SIDES_AS),
    *("bij", "in", "op", "van", "uit", "aan", "at", "to", "of", "from"),
)

_RANKS = (
    "eerste first",
    "tweede second",
    "derde third",
    "vierde fourth",
    "vijfde fifth",
    "zesde sixth",
    "zevende seventh",
    "achtste eighth",
    "negende ninth",
    "tiende tenth",
    "elfde eleventh",
    "twaalfde twelfth",
)
ORDINALS: dict[str, int] = {
    **{name: number for number, names in enumerate(_RANKS, start=1) for name in names.split()},
    **dict.fromkeys(("laatste", "last", "allerlaatste"), -1),
    **dict.fromkeys(("voorlaatste", "een na laatste", "één na laatste", "op een na laatste", "op één na laatste"), -2),
    **dict.fromkeys(("een-na-laatste", "één-na-laatste", "second to last", "second-to-last", "penultimate"), -2),
}
"""Ranks; a negative one counts from the end."""

_COUNTS = (
    "één one",
    "twee two",
    "drie three",
    "vier four",
    "vijf five",
    "zes six",
    "zeven seven",
    "acht eight",
    "negen nine",
    "tien ten",
)
NUMBERS: dict[str, int] = {name: number for number, names in enumerate(_COUNTS, start=1) for name in names.split()}

ENDS = (
    "onderaan",
    "bovenaan",
    "eind",
    "einde",
    "slot",
    "begin",
    "end",
    "start",
    "lijst",
    "lijstje",
    "opsomming",
    "list",
)
"""Words for the first or the last place."""


def words_of(phrases: Iterable[str]) -> frozenset[str]:
    """Return the words that some phrases are made of."""
    return frozenset(word for phrase in phrases for word in re.split(r"[\s'’-]+", phrase))


def any_of(phrases: Iterable[str]) -> str:
    """Return a pattern for any of some phrases, the longest first."""
    return "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in sorted(set(phrases), key=len, reverse=True))


NAMING_WORDS = words_of((*OBJECTS, *LOOSE, *WHOLES, *LOOSE_PARTS, *ENDS, "laatste eerste last first pagina page"))
"""Words of which every place has at least one, unless it is a quotation."""

DESCRIBING_WORDS = words_of(
    ("over about on rond inzake met with", "kop kopje tussenkop tussenkopje heading subheading")
)
"""Words of which every place has at least one that holds other words than a place is made of."""

PLACE_WORDS = NAMING_WORDS | words_of((*PIECES, *SIDES, *ORDINALS, *NUMBERS))
"""Every word that a place can be made of, apart from what it is about."""
