"""The words in which members talk about the text and about each other's amendments. Data only."""

HESITATIONS: frozenset[str] = frozenset(
    (
        "ik zou zouden misschien wellicht eventueel liever eigenlijk gewoon mij me mijn je jij jullie jou denk vind lijkt"
        " iets ofzo i would maybe perhaps rather just you something"
    ).split()
)
"""Words with which a sentence weighs something rather than proposing it."""

ATTRIBUTIONS = (
    r"\b(?:schreef|schrijft|geschreven|schreven|zei|zegt|stelde|stelt|wil|vroeg|vraagt|besloot|besloten|besluit|beslist|decided|diende|dient|luidt|citaat|citeer"
    r"|quote|wrote|writes|said|says|proposed|proposes)\b.{0,60}:\s*$"
    r"|^(?:reactie|antwoord|in reactie|naar aanleiding|commentaar|re)\b.{0,80}:\s*$"
    r"|^@\S+.{0,40}:?\s*$"
    r"|\b(?-i:[A-Z]\w+['’]s)\s+(?:amendement|voorstel|idee|proposal|amendment)\b.{0,60}:\s*$"
    r"|\b(?:amendement|voorstel)\s+(?:dat|van)\s+(?-i:[A-Z]\w+)\b.{0,60}:\s*$"
    r"|\b(?-i:(?:van|door|by)\s+[A-Z][\w-]+)\b.{0,60}:\s*$"
)
"""A line before a heading that makes what follows somebody else's words."""

OWN = r"\b(?:ik|wij|we|mijn|ons|onze|hierbij|i|my|our)\b"
"""What makes such a line the writer's own after all: "Hierbij stelt de werkgroep voor:", "Ik wil dit voorstellen:"."""

ILLUSTRATIONS = (
    r"\b(?:vorm|format|formaat|sjabloon|voorbeeld|bijvoorbeeld|bv|bijv|indienen|dien je|dienen jullie|zo werkt|opmaak"
    r"|template|example|for instance|this form)\b.{0,60}[:.]\s*$"
)
"""A line before a heading that makes what follows a sample of how to do it."""

PLACEHOLDERS = (
    r"[\[<({]\s*(?:hier\s+)?(?:je|uw|jouw|de|nieuwe|oude|een|your|the)?\s*"
    r"(?:nieuwe\s+)?(?:tekst|text|bullet|alinea|voorstel|waarom|toelichting|reden|why)\b.*[\]>)}]"
    r"|(?:de|je|jouw|uw|nieuwe|the|your)?\s*(?:nieuwe\s+)?(?:tekst|text)\.?|[.…_xX\s\-]+|blabla.*|lorem ipsum.*"
)
"""A text that only holds the place of one."""

JOKES = (
    r";-?[)DPp](?!\w)|:-?[PpD](?!\w)|[😉😂🤣😜😝🙃😏🤪😆😅]|\b(?:haha\w*|hihi\w*|hehe|lol|grapje|geintje|grap|knipoog|ironie|ironisch"
    r"|sarcasme|sarcastisch|just kidding|joke|/s)\b|\(not\)"
)
"""Marks of a joke. A plain smile is none."""

REFERENCE = r"\b\d{1,2}\.\d{1,2}\s*-\s*A\d{1,3}\b"
"""How an amendment that is known already is referred to."""

STANCES = (
    r"\b(?:amendement|voorstel|amendment|proposal)\b(?:(?!\bcommissie\b).){0,60}\b(?:steun|ondersteun|eens|oneens|onderschrijf)\b"
    r"|\b(?:steun|ondersteun|onderschrijf|support)\b.{0,40}\b(?:dit|dat|het|this|the|bovenstaande?)\s+(?:amendement|voorstel|amendment|proposal)\b"
    r"|^(?:hier|daar|dit|dat)\s+ben\s+ik\s+(?:het\s+)?(?:\w+\s+){0,3}(?:eens|oneens|tegen|voor)\b"
    r"|^(?:dit|dat)\s+(?:steun|vind)\s+ik\b"
)
"""What one says of an amendment that somebody else made."""

VERDICTS = (
    r"(?:gewijzigd|niet|deels|gedeeltelijk|wel|alsnog|al|reeds)?\s*(?:overgenomen|overnemen|verworpen|aangenomen|aannemen|afgewezen"
    r"|afwijzen|aangehouden|ingetrokken|ontraden|ontraadt|afgeraden|verwerkt|gedaan|doorgevoerd|akkoord|redactioneel"
    r"|oordeel (?:aan de )?(?:alv|vergadering|congres)|adopted|rejected|withdrawn|done|agreed)"
    r"(?:\s+(?:door|met|in|op|zie|by|with)\b.{0,60})?"
)
"""What was or is to be decided about an amendment: no text of one."""

REACTIONS = (
    r"(?:(?:ben ik|ben het|hier|daar|helemaal|volledig|niet|van harte|zeer)\s+){0,4}(?:(?:mee )?(?:eens|oneens)|akkoord)(?:\s+met\b.{0,60})?"
    r"|(?:prima|top|mooi|uitstekend|goed|goede|slecht|slechte|onzin|super)(?:\s+(?:zo|idee|punt|plan|voorstel|tekst|gezien|aanvulling|wijziging|toevoeging))?"
    r"|(?:steun|ondersteun) ik\b.{0,40}|ik (?:steun|ondersteun)\b.{0,60}|nee|ja|graag|geen|n\.?v\.?t|nvt|none"
    r"|zie (?:boven|onder|hieronder|hierboven|mijn|reactie|bericht|bijlage|bullet|punt|alinea|toelichting)\b.{0,40}"
    r"|(?:dank|dank je|dank u|bedankt|thanks)\b.{0,40}|(?:good|great|bad) (?:idea|point|plan)"
)
"""A text that answers instead of proposing."""

SUMMARIES = (
    r"\b(?:stand van zaken|overzicht|samenvatting|samengevat|tot nu toe|tot dusver|ingediende|lijst van|alle amendementen"
    r"|summary|overview|so far)\b"
)
"""What stands before a list of amendments that others made."""

WISHES = (
    r"(?:graag\s+|nog\s+|ook\s+)*(?:iets|wat|meer|een\s+(?:stuk|stukje|zin|alinea|bullet|punt)|something|more)\s+(?:meer\s+)?(?:over|about|leuks|anders|concreters)\b"
    r".*"
)
"""A text that wishes for one instead of giving it."""

FIRST_PERSON = r"\b(?:ik|mij|mijn|ikzelf|i|i'm|my)\b"
"""Words of a member and not of a programme, which says "wij"."""

ASKS_OPINIONS = r"\b(?:wat\s+(?:vinden|denken|vind|denk)|hoe\s+(?:denken|kijken)|zijn\s+jullie|eens|toch|akkoord|of\s+niet|what\s+do\s+you)\b[^.?!]*\?"

WHY = r"(?:want|omdat|dit omdat|aangezien|de reden hiervoor|reden hiervoor|zo voorkomen we|because)\b"
"""Beginnings of a line that gives a reason, without a heading."""

GREETING = r"(?:beste|hallo|hoi|dag|geachte|goedemorgen|goedemiddag|goedenavond|goedendag|lieve|dear|hi|hello)\b[^,.:!]{0,50}[,!]\s+(?=\S)"
"""How a reply is opened on the line of what follows."""

CLOSINGS = (
    r"(?:met\s+)?(?:vriendelijke|hartelijke|sociale|kameraadschappelijke|strijdbare|warme|rode|beste|kind|best|warm)?\s*"
    r"(?:groet|groeten|groetjes|groetjes|gr|mvg|m\.v\.g|hoogachtend|regards|cheers)\b.{0,40}"
    r"|(?:alvast\s+)?(?:bedankt|dank|thanks)\b.{0,40}|namens\b.{0,60}"
)
"""How a reply is closed."""
