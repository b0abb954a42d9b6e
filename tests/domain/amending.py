"""Amendments and people to try the rules of the domain on."""

from bot.domain.amendments import Amendment, Anchor, Kind, Origin, Status
from bot.domain.ids import AmendmentId, BlockId, ProgrammeId, SectionId, Snowflake
from bot.domain.people import Actor, Role
from bot.domain.text import Block, BlockKind, Run, StoredBlock

ZUHAL = Actor(Snowflake(5), "Zuhal", frozenset({Role.MEMBER}))
HERMAN = Actor(Snowflake(6), "Herman", frozenset({Role.MEMBER}))
SECRETARY = Actor(Snowflake(7), "Sietske", frozenset({Role.SECRETARY}))
COMMITTEE = Actor(Snowflake(8), "Bram", frozenset({Role.COMMITTEE}))
CHAIR = Actor(Snowflake(9), "Noor", frozenset({Role.CHAIR}))
GUEST = Actor(Snowflake(10), "Gast", frozenset())
PEOPLE = (ZUHAL, HERMAN, SECRETARY, COMMITTEE, CHAIR, GUEST)

LINES = ("Meer groen in de wijk.", "De bus rijdt ook laat. En vaak.", "Er komen wijkagenten bij.")
BLOCKS = tuple(
    StoredBlock(BlockId(number), number, Block(BlockKind.BULLET, (Run(line),))) for number, line in enumerate(LINES, 1)
)


def amendment(
    number: int = 1,
    kind: Kind = Kind.INSERT,
    status: Status = Status.OPEN,
    *,
    block: int | None = None,
    text: str = "Nieuw.",
    old: str | None = None,
    support: int = 0,
    stale: bool = False,
) -> Amendment:
    stored = BLOCKS[block - 1] if block else None
    anchor = None
    if stored:
        anchor = Anchor(stored.block_id, stored.block.kind, stored.number, stored.block.text_hash, stale)
    return Amendment(
        amendment_id=AmendmentId(number),
        programme_id=ProgrammeId(1),
        section_id=SectionId(1),
        receipt=number,
        reference=f"1.1-A{number}" if status.public else None,
        kind=kind,
        form=BlockKind.BULLET,
        status=status,
        origin=Origin.DISCORD,
        proposer=ZUHAL.name,
        proposer_id=ZUHAL.member_id,
        title="Titel",
        text="" if kind is Kind.DELETE else text,
        old_text=old if old is not None or stored is None or kind is Kind.INSERT else stored.block.text,
        explanation="Daarom.",
        anchor=anchor,
        version=1,
        support=support,
    )
