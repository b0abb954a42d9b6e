"""The words in which members talk about the text and about each other's amendments. Data only.

Those in capitals that hold patterns are for `doubts`, where the case of letters means nothing unless a pattern says so.
"""


def _any(*patterns: str) -> str:
    return f"(?:{'|'.join(patterns)})"


HESITATIONS: frozenset[str] = frozenset(
    (
        *("ik", "zou", "zouden", "misschien", "wellicht", "eventueel", "liever", "eigenlijk", "gewoon", "mij", "me"),
        *("mijn", "je", "jij", "jullie", "jou", "denk", "vind", "lijkt", "iets", "ofzo", "i", "would", "maybe"),
        *("perhaps", "rather", "just", "you", "something"),
    )
)
"""Words with which a sentence weighs something rather than proposing it."""

ATTRIBUTIONS = _any(
    r"\b(?:schreef|schrijft|geschreven|schreven|zei|zegt|stelde|stelt|wil|vroeg|vraagt|diende|dient|luidt|citaat"
    r"|citeer|besloot|besloten|besluit|beslist|quote|wrote|writes|said|says|proposed|proposes|decided)\b.{0,60}:\s*$",
    r"^(?:reactie|antwoord|in reactie|naar aanleiding|commentaar|re)\b.{0,80}:\s*$",
    r"^@\S+.{0,40}:?\s*$",
    r"\b(?-i:[A-Z]\w+['’]s)\s+(?:amendement|voorstel|idee|proposal|amendment)\b.{0,60}:\s*$",
    r"\b(?:amendement|voorstel)\s+dat\s+(?-i:[A-Z]\w+)\b.{0,60}:\s*$",
    r"\b(?-i:(?:van|door|by)\s+[A-Z][\w-]+)\b.{0,60}:\s*$",
)
"""A line before a heading that makes what follows somebody else's words."""

YOURS = r"\b(?:uw|jouw|je|jullie|your)\s+(?:amendement|voorstel|amendment|proposal)\b.{0,60}:\s*$"
"""The same, whoever else the line speaks of."""

OWN = r"\b(?:ik|wij|we|mijn|ons|onze|hierbij|i|my|our)\b"
"""What makes such a line the writer's own after all: "Hierbij stelt de werkgroep voor:", "Ik wil dit voorstellen:"."""

ILLUSTRATIONS = (
    r"\b(?:vorm|format|formaat|sjabloon|voorbeeld|bijvoorbeeld|bv|bijv|indienen|dien je|dienen jullie|zo werkt"
    r"|opmaak|template|example|for instance|this form)\b.{0,60}[:.]\s*$"
)
"""A line before a heading that makes what follows a sample of how to do it."""

SUMMARIES = (
    r"\b(?:stand van zaken|overzicht|samenvatting|samengevat|tot nu toe|tot dusver|ingediende|lijst van"
    r"|alle amendementen|summary|overview|so far)\b.*:\s*$"
)
"""What stands before a list of amendments that others made."""

PLACEHOLDERS = _any(
    r"[\[<({]\s*(?:hier\s+)?(?:je|uw|jouw|de|nieuwe|oude|een|your|the)?\s*(?:nieuwe\s+)?"
    r"(?:tekst|text|bullet|alinea|voorstel|waarom|toelichting|reden|why)\b.*[\]>)}]",
    r"(?:de|je|jouw|uw|nieuwe|the|your)?\s*(?:nieuwe\s+)?(?:tekst|text)\.?",
    r"[.…_xX\s\-]+|blabla.*|lorem ipsum.*",
)
"""A text that only holds the place of one."""

JOKES = _any(
    r";-?[)DPp](?!\w)|:-?[PpD](?!\w)|[😉😂🤣😜😝🙃😏🤪😆😅]",
    r"(?i:\b(?:haha\w*|hihi\w*|hehe|lol|grapje|geintje|grap|knipoog|ironie|ironisch|sarcasme|sarcastisch)\b)",
)
"""Marks of a joke. A plain smile is none."""

REFERENCE = r"\b\d{1,2}\.\d{1,2}\s*-\s*A\d{1,3}\b"
"""How an amendment that is known already is referred to."""

STANCES = _any(
    r"\b(?:amendement|voorstel)\b.{0,60}\b(?:(?:steun|ondersteun|onderschrijf)\s+ik|steunen\s+wij)\b",
    r"\b(?:ik|wij)\s+(?:steun|steunen|ondersteun|ondersteunen|onderschrijf)\b.{0,30}\b"
    r"(?:dit|dat|het|bovenstaande?)\s+(?:amendement|voorstel)\b",
    r"\b(?:eens|oneens)\s+met\s+(?:dit|dat|het|bovenstaande?)\s+(?:amendement|voorstel)\b",
    r"\bi\s+(?:fully\s+)?(?:support|oppose)\s+(?:this|the)\s+(?:amendment|proposal)\b",
)
"""What one says of an amendment that somebody else made."""

AFTERTHOUGHTS = _any(
    r"(?:hier|daar)\s+ben\s+ik\s+(?:het\s+)?(?:\w+\s+){0,3}(?:eens|oneens|tegen|voor)\b",
    r"(?:dit|dat)\s+(?:steun|vind)\s+ik\b",
)
"""How a line begins that says the same after an explanation that was copied with the amendment."""

VERDICTS = (
    r"(?:gewijzigd|niet|deels|gedeeltelijk|wel|alsnog|al|reeds)?\s*"
    r"(?:overgenomen|overnemen|verworpen|aangenomen|aannemen|afgewezen|afwijzen|aangehouden|ingetrokken|ontraden"
    r"|ontraadt|afgeraden|verwerkt|gedaan|doorgevoerd|akkoord|redactioneel|adopted|rejected|withdrawn|done|agreed"
    r"|oordeel (?:aan de )?(?:alv|vergadering|congres))(?:\s+(?:door|met|in|op|zie|by|with)\b.{0,60})?"
)
"""What was or is to be decided about an amendment: no text of one."""

REACTIONS = _any(
    r"(?:(?:ben ik|ben het|hier|daar|helemaal|volledig|niet|van harte|zeer)\s+){0,4}"
    r"(?:(?:mee )?(?:eens|oneens)|akkoord)(?:\s+met\b.{0,60})?",
    r"(?:prima|top|mooi|uitstekend|goed|goede|slecht|slechte|onzin|super)"
    r"(?:\s+(?:zo|idee|punt|plan|voorstel|tekst|gezien|aanvulling|wijziging|toevoeging))?",
    r"(?:steun|ondersteun) ik\b.{0,40}|ik (?:steun|ondersteun)\b.{0,60}",
    r"nee|ja|graag|geen|n\.?v\.?t|none|(?:liever|zeker|wel|niet)\s+(?:niet|doen|nodig)",
    r"(?:good|great|bad) (?:idea|point|plan)",
    r"zie (?:boven|onder|hieronder|hierboven|mijn|reactie|bericht|bijlage|bullet|punt|alinea|toelichting)\b.{0,40}",
    r"(?:dank|dank je|dank u|bedankt|thanks)\b.{0,40}",
)
"""A text that answers instead of proposing."""

WISHES = (
    r"(?:graag\s+|nog\s+|ook\s+)*(?:iets|wat|meer|een\s+(?:stuk|stukje|zin|alinea|bullet|punt)|something|more)\s+"
    r"(?:meer\s+)?(?:over|met|about|leuks|anders|concreters)\b.*"
)
"""A text that wishes for one instead of giving it."""

FIRST_PERSON = r"\b(?:ik|mij|mijn|ikzelf|my|i(?:'m| am| would| think| miss| want| propose))\b"
"""Words of a member and not of a programme, which says "wij"."""

ASKS_OPINIONS = (
    r"\b(?:wat\s+(?:vinden|denken|vind|denk)|hoe\s+(?:denken|kijken)|zijn\s+jullie|eens|toch|akkoord|of\s+niet"
    r"|what\s+do\s+you)\b[^.?!]*\?"
)
"""A question to the others."""

WHY = r"(?:want|omdat|dit omdat|aangezien|de reden hiervoor|reden hiervoor|zo voorkomen we|because)\b"
"""The beginning of a line that gives a reason, without a heading."""

GREETING = (
    r"(?:beste|hallo|hoi|dag|geachte|goedemorgen|goedemiddag|goedenavond|goedendag|lieve|dear|hi|hello)\b"
    r"[^,.:!]{0,50}[,!]\s+(?=\S)"
)
"""How a reply is opened on the line of what follows."""

CLOSINGS = _any(
    r"(?:met\s+)?(?:vriendelijke|hartelijke|sociale|kameraadschappelijke|strijdbare|warme|rode|beste|kind|best|warm)?"
    r"\s*(?:groet|groeten|groetjes|gr|mvg|m\.v\.g|hoogachtend|regards|cheers)\b.{0,40}",
    r"(?:alvast\s+)?(?:bedankt|dank|thanks)\b.{0,40}",
    r"namens\b.{0,60}",
)
"""How a reply is closed."""
