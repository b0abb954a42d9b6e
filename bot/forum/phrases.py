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
    ASIDE = "who proposes it"


def _phrases(listed: str) -> frozenset[str]:
    return frozenset(phrase.strip() for phrase in listed.split("|"))


def _meaning(kind: Kind, listed: str) -> dict[str, Kind]:
    return dict.fromkeys(_phrases(listed), kind)


ACTIONS: dict[str, Kind] = {
    **_meaning(
        Kind.INSERT,
        """
            invoegen | toevoegen | bijvoegen | tussenvoegen | opnemen | toe te voegen | in te voegen | bij te voegen |
            op te nemen | te voegen | voeg | voeg toe | voeg in | neem op | inlassen | aanvullen met |
            aan te vullen met | uitbreiden met | vul | add | insert | inserting | adding
        """,
    ),
    **_meaning(
        Kind.REPLACE,
        """
            wijzigen | te wijzigen | wijzig | vervangen | te vervangen | vervang | aanpassen | aan te passen |
            veranderen | te veranderen | verander | anders formuleren | anders te formuleren | anders verwoorden |
            herformuleren | herschrijven | te herformuleren | te herschrijven | replace | replacing | change | amend
        """,
    ),
    **_meaning(
        Kind.DELETE,
        """
            schrappen | te schrappen | schrap | verwijderen | te verwijderen | verwijder | weghalen | weg te halen |
            weglaten | weg te laten | doorhalen | door te halen | eruit halen | vervallen | te vervallen |
            te laten vervallen | laten vervallen | vervalt | delete | deleting | remove | removing | strike
        """,
    ),
    **_meaning(Kind.GENERAL, "amendement | amendementsvoorstel | tekstamendement | amendment"),
}
"""Words that by themselves say what is proposed."""

WEAK_ACTIONS: dict[str, Kind] = {
    **_meaning(Kind.INSERT, "toevoeging | invoeging | aanvulling | aanvullen | aan te vullen | addition"),
    **_meaning(Kind.REPLACE, "wijziging | aanpassing | verandering | herformulering"),
    **_meaning(Kind.DELETE, "schrapping | verwijdering | deletion"),
    **_meaning(
        Kind.GENERAL,
        "voorstel | mijn voorstel | ons voorstel | proposal | ik stel voor | wij stellen voor | we stellen voor",
    ),
}
"""Words of discussion too: they count only where the reply says more, by a heading for the why or by a place."""

TEXT_PROPOSALS: dict[str, Kind] = {
    **_meaning(Kind.GENERAL, "tekstvoorstel | text proposal"),
    **_meaning(Kind.REPLACE, "wijzigingsvoorstel | tekstwijziging"),
}
"""Nouns for a proposal about text: those that name no kind are one to replace where they name a place."""

PARTICIPLES: dict[str, Kind] = {
    **_meaning(Kind.INSERT, "ingevoegd | toegevoegd | tussengevoegd | opgenomen | added | inserted"),
    **_meaning(Kind.REPLACE, "gewijzigd | vervangen | aangepast | veranderd | replaced | changed"),
    **_meaning(Kind.DELETE, "geschrapt | verwijderd | deleted | removed"),
}
"""Words that propose only beside one of the auxiliaries: alone they report what was done."""

AUXILIARIES: frozenset[str] = _phrases("wordt | worden | te worden | be")

REARRANGEMENTS: frozenset[str] = _phrases("""
    verplaatsen | te verplaatsen | verplaats | verplaatsing | splitsen | te splitsen | samenvoegen |
    samen te voegen | omwisselen | omdraaien | move | merge | split | swap
""")
"""Words for what moves, splits or joins text: a proposal on the section as a whole, in the words it is written in."""

OFTEN_MISSPELT: frozenset[str] = _phrases("""
    toelichting | motivatie | argumentatie | onderbouwing | invoegen | toevoegen | wijzigen | vervangen |
    schrappen | verwijderen | amendement | bullet | alinea
""")
"""Words that are known with one letter wrong, left out, doubled or swapped too."""

NOT_MISSPELT: frozenset[str] = _phrases(
    "invoeren | toevoeren | vervagen | schrapen | bullen | schrapten | vervingen | bulletin"
)
"""Words of their own that look like those."""

FRESH: frozenset[str] = _phrases("extra | nieuw | nieuwe | additional | new")
"""Before a word for a block ("EXTRA BULLET") these make an insertion without a verb."""

EXPLANATIONS: frozenset[str] = _phrases("""
    toelichting | toelichtingen | motivatie | motivering | argumentatie | argumenten | argument |
    onderbouwing | reden | redenen | uitleg | waarom | verantwoording | beweegreden | explanation |
    rationale | reason | reasons | motivation | justification | why
""")

MARKERS: frozenset[str] = _phrases("door | in | naar | met | voor | tot | with | by | to | into")
"""After an action to replace, as its last word, one of these says that the new text follows."""

BECOMES: frozenset[str] = _phrases("""
    wordt | wordt dan | worden | moet worden | moet zijn | wijzigen naar | komt te luiden | luidt dan |
    gaat luiden | becomes | should be | moet er staan | moet luiden | moet worden gelezen als |
    komt te staan | lezen als | → | -> | => | --> | ==> | >> | ⇒ | ➡
""")
"""Words between an old and a new text."""

NEW_TEXTS: frozenset[str] = (
    _phrases("""
    door | in | naar | nieuw | nieuwe tekst | nieuwe formulering | nieuwe zin | nieuwe versie |
    de nieuwe tekst | voorgestelde tekst | voorgestelde wijziging | voorgesteld | voorstel nieuwe tekst |
    voorstel tekst | nieuwe tekst wordt | tekst wordt | tekst | de tekst | nieuwe tekst voorstel | by | with |
    to | new | new text | proposed text | proposed | text
""")
    | BECOMES
)
"""Headings of the new text. Those of one word mean it only after another heading."""

OLD_TEXTS: frozenset[str] = _phrases("""
    oud | was | van | nu | oude tekst | de oude tekst | oude formulering | huidig | huidige tekst |
    de huidige tekst | huidige formulering | bestaande tekst | oorspronkelijk | oorspronkelijke tekst |
    originele tekst | origineel | er staat | er staat nu | nu staat er | tekst nu | from | old | current |
    old text | current text | existing text | original text
""")

INSTEAD: frozenset[str] = _phrases("in plaats van | i.p.v | ipv | instead of")
"""Words right before the old text of a replacement."""

OPENERS: frozenset[str] = _phrases("nieuwe tekst | voorgestelde tekst | new text | proposed text | nieuwe formulering")
"""Headings of a new text that with a place are a proposal by themselves: "Nieuwe tekst bullet 4:"."""

PLACES: frozenset[str] = _phrases("""
    plaats | plek | locatie | betreft | waar | onderdeel | hoofdstuk | paragraaf | pagina | place | where |
    section | chapter
""")

ASIDES: frozenset[str] = _phrases("""
    indiener | indieners | mede-indiener | mede-indieners | medeindieners | ingediend door |
    ondersteund door | naam | afdeling | van wie | proposer | name | submitted by
""")
"""Headings of what a form asks besides the proposal: kept whole with the explanation."""

FILLERS: frozenset[str] = _phrases("""
    een | de | het | deze | dit | die | dat | volgende | onderstaande | te | om | op | van | in | na |
    achter | voor | vóór | bij | onder | boven | tussen | aan | als | volgt | tekst | zin | zinnen |
    zinsnede | passage | woord | woorden | term | regel | graag | tot | door | huidige | bestaande | oude |
    nieuw | nieuwe | extra | eind | einde | slot | begin | lijst | lijstje | opsomming | en | én | nr |
    nummer | direct | meteen | gehele | hele | geheel | betreffende | volledig | volledige | helemaal |
    compleet | in zijn geheel | toe | mijn | ons | onze | voorgestelde | algemeen | algemene | korte | ter |
    bijbehorende | laat | laten | komt | dient | dienen | wordt | worden | hierbij | alinea | paragraaf |
    twee | drie | vier | vijf | waarbij | uit | weg | eruit | haal | a | an | the | to | of | after | before |
    at | end | list | with | by | this | following | new | please | sentence | word | words | phrase | for |
    my | our | on
""")
"""Words that a heading may hold besides those that say what it is."""

INTRODUCTIONS: frozenset[str] = _phrases("""
    ik stel voor | ik stel voor om | wij stellen voor | wij stellen voor om | we stellen voor |
    we stellen voor om | het voorstel is | het voorstel is om | mijn voorstel is | mijn voorstel is om |
    ons voorstel is | ons voorstel is om | mijn voorstel | ons voorstel | voorstel om | hierbij stel ik voor |
    hierbij stel ik voor om | hierbij dien ik | hierbij dienen wij | dien ik hierbij | ik dien hierbij |
    wij dienen hierbij | hierbij mijn | hierbij ons | i propose | i propose to | we propose | we propose to |
    i move to
""")
"""Beginnings that say that something is proposed, not what."""

PLEAS: frozenset[str] = _phrases("""
    ik zou graag | graag zou ik | wij zouden graag | graag zouden wij | ik wil | ik wil graag | wij willen |
    wij willen graag | graag willen wij | graag wil ik | we willen graag | ik wil voorstellen |
    ik wil voorstellen om | wij willen voorstellen | wij willen voorstellen om | ik zou willen voorstellen |
    ik zou willen voorstellen om | graag zie ik | ik zie graag | graag zien wij | zie ik graag | willen |
    kan | kunnen | moet | moeten | i would like to | we would like to
""")
"""Words of a wish: with them an action counts only where the reply says more."""

REASONS: tuple[str, ...] = ("want", "omdat", "aangezien", "vanwege", "wegens", "dit omdat", "because", "since")
"""Words with which an explanation begins in the middle of a sentence."""
