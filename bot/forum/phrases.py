"""The words in which members write amendments on the forum. Data only: to understand a new wording, add it here.

A heading is a line (or its start) in which *every* word stands in these tables and one of them says what it is.
"""

from enum import Enum

from bot.domain.amendments import Kind


class Role(Enum):
    """What stands under a heading."""

    ACTION = "action"
    OLD = "old text"
    NEW = "new text"
    EXPLANATION = "explanation"
    PLACE = "place"


ACTIONS: dict[str, Kind] = {
    **dict.fromkeys(
        (
            "invoegen",
            "toevoegen",
            "bijvoegen",
            "toe te voegen",
            "in te voegen",
            "tussenvoegen",
            "voeg toe",
            "voeg in",
            "toegevoegd",
            "ingevoegd",
            "add",
            "insert",
            "inserting",
            "adding",
        ),
        Kind.INSERT,
    ),
    **dict.fromkeys(
        (
            "wijzigen",
            "te wijzigen",
            "wijzig",
            "gewijzigd",
            "vervangen",
            "te vervangen",
            "vervang",
            "aanpassen",
            "veranderen",
            "herformuleren",
            "replace",
            "change",
            "amend",
        ),
        Kind.REPLACE,
    ),
    **dict.fromkeys(
        (
            "schrappen",
            "te schrappen",
            "schrap",
            "geschrapt",
            "verwijderen",
            "te verwijderen",
            "verwijder",
            "weglaten",
            "doorhalen",
            "laten vervallen",
            "delete",
            "remove",
            "strike",
        ),
        Kind.DELETE,
    ),
    **dict.fromkeys(("amendement", "amendementen", "amendementsvoorstel", "amendment"), Kind.GENERAL),
}
"""Words that by themselves say what is proposed."""

WEAK_ACTIONS: dict[str, Kind] = {
    **dict.fromkeys(("toevoeging", "invoeging", "aanvulling", "aanvullen", "addition"), Kind.INSERT),
    **dict.fromkeys(("wijziging", "wijzigingsvoorstel", "aanpassing", "tekstwijziging", "verandering"), Kind.REPLACE),
    **dict.fromkeys(("schrapping", "verwijdering", "deletion"), Kind.DELETE),
    **dict.fromkeys(("voorstel", "tekstvoorstel", "proposal"), Kind.GENERAL),
}
"""Words of discussion too: they count only where the reply has an explanation under a heading of its own."""

FRESH: frozenset[str] = frozenset(("extra", "nieuw", "nieuwe", "additional", "new"))
"""Before a word for a block ("EXTRA BULLET") these make an insertion without a verb."""

EXPLANATIONS: frozenset[str] = frozenset(
    (
        "toelichting",
        "toelichtingen",
        "motivatie",
        "motivering",
        "argumentatie",
        "argumenten",
        "argument",
        "onderbouwing",
        "reden",
        "redenen",
        "uitleg",
        "waarom",
        "explanation",
        "rationale",
        "reason",
        "reasons",
        "motivation",
    )
)

NEW_TEXTS: frozenset[str] = frozenset(
    (
        "vervangen door",
        "te vervangen door",
        "vervang door",
        "vervangen in",
        "wijzigen in",
        "te wijzigen in",
        "wijzig in",
        "veranderen in",
        "aanpassen in",
        "aanpassen naar",
        "wijzigen naar",
        "vervangen voor",
        "wordt",
        "wordt dan",
        "worden",
        "moet worden",
        "moet zijn",
        "door",
        "in",
        "nieuw",
        "nieuwe tekst",
        "nieuwe formulering",
        "de nieuwe tekst",
        "voorgestelde tekst",
        "voorstel nieuwe tekst",
        "nieuwe tekst wordt",
        "tekst wordt",
        "tekst",
        "de tekst",
        "replace with",
        "replace by",
        "by",
        "with",
        "new text",
        "becomes",
        "text",
    )
)

OLD_TEXTS: frozenset[str] = frozenset(
    (
        "oud",
        "was",
        "oude tekst",
        "de oude tekst",
        "huidig",
        "huidige tekst",
        "de huidige tekst",
        "bestaande tekst",
        "oorspronkelijke tekst",
        "originele tekst",
        "old text",
        "current text",
    )
)

PLACES: frozenset[str] = frozenset(("plaats", "plek", "locatie", "betreft", "waar", "place", "where"))

_FILLERS = (
    "een de het deze dit die dat volgende te om op van in na achter voor vóór bij onder boven tussen aan als volgt"
    " tekst zin zinnen passage regel graag tot door huidige bestaande oude nieuw nieuwe extra eind einde slot begin"
    " lijst lijstje opsomming en nr nummer onderaan bovenaan direct meteen gehele hele geheel betreffende"
    " a an the to of after before at end list with by this following"
)
FILLERS: frozenset[str] = frozenset(_FILLERS.split())
"""Words that a heading may hold besides those that say what it is."""

ATTRIBUTIONS = (
    r"\b(?:schreef|schrijft|geschreven door|zei|zegt|citaat|citeer|quote|wrote|writes|said|says)\b.{0,40}:\s*$"
    r"|^(?:reactie|antwoord|in reactie|naar aanleiding|commentaar|re)\b.{0,60}:\s*$"
)
"""A line before a heading that makes what follows somebody else's words."""
