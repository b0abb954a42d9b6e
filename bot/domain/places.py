"""How people name a block: "bullet 3", "na alinea 2", "de laatste bullet", "onderaan de lijst". It knows words only."""

import re
from dataclasses import dataclass

from bot.domain.text import BlockKind

OBJECTS: dict[str, BlockKind] = {
    **dict.fromkeys(
        (
            "bullet",
            "bullets",
            "bulletpoint",
            "bulletpoints",
            "bullet-point",
            "punt",
            "punten",
            "opsommingspunt",
            "actiepunt",
            "streepje",
            "gedachtestreepje",
            "point",
        ),
        BlockKind.BULLET,
    ),
    **dict.fromkeys(("alinea", "alinea's", "alineas", "paragraph"), BlockKind.PARAGRAPH),
    **dict.fromkeys(("kop", "kopje", "tussenkop", "tussenkopje", "heading"), BlockKind.HEADING),
    **dict.fromkeys(("citaat", "quote"), BlockKind.QUOTE),
    **dict.fromkeys(("rij", "tabelrij", "row"), BlockKind.ROW),
}
_ORDINALS = {
    **{
        name: number
        for number, names in enumerate(
            (
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
            ),
            start=1,
        )
        for name in names.split()
    },
    "laatste": -1,
    "last": -1,
    "voorlaatste": -2,
    "een na laatste": -2,
    "één na laatste": -2,
    "op een na laatste": -2,
    "op één na laatste": -2,
}
_NUMBER_WORDS = {
    name: number
    for number, names in enumerate(
        (
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
        ),
        start=1,
    )
    for name in names.split()
}


def _any_of(words: dict[str, int] | dict[str, BlockKind]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_SIDE = (
    r"(?:(?:direct|meteen|gelijk|right)\s+)?"
    r"(?P<side>na|achter|onder|after|below|v[oó][oó]r|boven|before|above|bij|in|op|van|at)"
)
_ORDINAL = rf"(?P<ordinal>{_any_of(_ORDINALS)}|\d{{1,3}}(?:e|de|ste|st|nd|rd|th))"
_NUMBER = rf"(?:(?:nr|nummer|no|number)\.?\s*|\#\s*)?(?P<number>\d{{1,3}}(?!\d)|{_any_of(_NUMBER_WORDS)})"
_MORE = r"(?P<more>(?:\s*(?:,|&|-|–|\ben\b|\band\b|\bt/m\b|\btot\s+en\s+met\b|\bto\b)\s*\d{1,3}(?!\d))*)"
_NAMED = rf"(?:{_ORDINAL}\s+(?P<object>{_any_of(OBJECTS)})|(?P<object_first>{_any_of(OBJECTS)})\s+{_NUMBER}{_MORE})"
_END = (
    r"(?:helemaal\s+)?(?P<end>onderaan|bovenaan|als\s+laatste|als\s+eerste|aan\s+het\s+(?:eind|einde|slot|begin))"
    r"(?:\s+(?:van|in|bij)?\s*(?:de|het)?\s*(?:lijst|lijstje|opsomming|bullets|punten|paragraaf|tekst))?"
)
PLACE = re.compile(rf"(?<!\w)(?:(?:{_SIDE}\s+)?(?:(?:de|het|the)\s+)?{_NAMED}|{_END})(?!\w)", re.IGNORECASE)
_ABOUT = re.compile(
    rf"(?:{_SIDE}\s+)?(?:de|het|die|the)\s+(?:hele\s+|gehele\s+)?(?:{_any_of(OBJECTS)}|zin|passage|tekst)\s+"
    r"(?:over|met|waarin|waar|die|dat|beginnend|about|on)\s.{3,120}",
    re.IGNORECASE,
)
_BEFORE = frozenset(("voor", "vóór", "vóor", "voór", "boven", "before", "above"))
_AFTER = frozenset(("na", "achter", "onder", "after", "below"))


@dataclass(frozen=True, slots=True)
class Place:
    """A block by its kind and number; a negative number counts from the end. `before`/`after`: beside it, not it."""

    kind: BlockKind
    number: int
    before: bool = False
    after: bool = False


def parse_place(words: str) -> Place | None:
    """Return the one block that some words name by number or rank; None for none, several or a vague one."""
    found = list(PLACE.finditer(words))
    if len(found) != 1:
        return None
    parts = {name: value.casefold() for name, value in found[0].groupdict().items() if value}
    if "end" in parts:
        at_start = "boven" in parts["end"] or "eerste" in parts["end"] or "begin" in parts["end"]
        return Place(BlockKind.BULLET, 1 if at_start else -1, before=at_start, after=not at_start)
    if parts.get("more"):
        return None
    side = parts.get("side", "")
    kind = OBJECTS[parts.get("object") or parts["object_first"]]
    return Place(kind, _number_in(parts), side in _BEFORE, side in _AFTER)


def is_place(words: str) -> bool:
    """Tell whether some words do nothing but name a place, be it by what it is about ("de alinea over wiet")."""
    bare = words.strip(" \t\n:.,;-–—")
    return PLACE.fullmatch(bare) is not None or _ABOUT.fullmatch(bare) is not None


def _number_in(parts: dict[str, str]) -> int:
    name = " ".join((parts.get("ordinal") or parts["number"]).split())
    return _ORDINALS.get(name) or _NUMBER_WORDS.get(name) or int(re.sub(r"\D", "", name))
