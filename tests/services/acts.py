"""A small programme with amendments in it, and the people who do things with them."""

from collections.abc import Awaitable, Mapping
from itertools import count

import pytest

from bot.domain.amendments import Amendment, Anchor, Kind, Origin, Proposal, Status
from bot.domain.ids import AmendmentId, ProgrammeId, Snowflake
from bot.domain.people import Actor, Role
from bot.domain.phases import Phase, Rules
from bot.domain.text import BlockKind
from bot.errors import NotFound, Refused
from bot.locales import Texts, load_all
from bot.services.acting import Acting
from bot.services.ports import Unit
from db.database import Database
from tests.db.stock import AT, make_programme, section_ids
from tests.services.readings import Hours

ZUHAL = Actor(Snowflake(5), "Zuhal", frozenset({Role.MEMBER}))
HERMAN = Actor(Snowflake(6), "Herman", frozenset({Role.MEMBER}))
SECRETARY = Actor(Snowflake(7), "Sietske", frozenset({Role.SECRETARY}))
COMMITTEE = Actor(Snowflake(8), "Bram", frozenset({Role.COMMITTEE}))
CHAIR = Actor(Snowflake(9), "Noor", frozenset({Role.CHAIR}))
ADMIN = Actor(Snowflake(11), "Beheer", frozenset({Role.ADMIN}))
FIRST = ProgrammeId(1)
TEXTS: Mapping[str, Texts] = load_all()
_presses = count(1)


def press() -> Snowflake:
    """Return the id of an interaction that was not handled yet."""
    return Snowflake(next(_presses))


def acting(database: Database, rules: Rules | None = None, clock: Hours | None = None) -> Acting:
    return Acting(database, clock or Hours(), TEXTS, rules or Rules())


async def made(
    database: Database,
    status: Status = Status.OPEN,
    *,
    kind: Kind = Kind.INSERT,
    block: int | None = None,
    text: str = "Nieuw.",
    proposer: Actor | None = ZUHAL,
    name: str = "Zuhal",
    section: int = 0,
) -> Amendment:
    """Store an amendment with its history, in a programme that is made where there is none."""

    def work(unit: Unit) -> Amendment:
        programmes = unit.programmes.ids()
        section_id = section_ids(unit, programmes[0] if programmes else make_programme(unit))[section]
        stored = unit.programmes.blocks(section_id)[block - 1] if block else None
        anchor = Anchor(stored.block_id, stored.block.kind, stored.number, stored.block.text_hash) if stored else None
        old = stored.block.text if stored and kind is not Kind.INSERT else None
        amendment_id = unit.amendments.add(
            section_id,
            Proposal(kind, text, "Daarom.", BlockKind.BULLET, old_text=old, title="Titel"),
            status=status,
            origin=Origin.DISCORD if proposer else Origin.PAPER,
            proposer=name,
            proposer_id=proposer.member_id if proposer else None,
            anchor=anchor,
            source_post_id=None,
            at=AT,
        ).amendment_id
        if status.public:
            unit.amendments.issue_reference(amendment_id)
        came = Status.DRAFT if status is Status.DRAFT else Status.SUBMITTED
        for start, end in [(None, came), *([(came, status)] if status is not came else [])]:
            unit.amendments.record(
                amendment_id,
                at=AT,
                actor=name,
                actor_id=proposer.member_id if proposer else None,
                on_behalf=None,
                from_status=start,
                to_status=end,
                reason=None,
            )
        found = unit.amendments.load(amendment_id)
        assert found
        return found

    return await database.transact(work)


async def enter(database: Database, phase: Phase) -> None:
    def work(unit: Unit) -> None:
        if not unit.programmes.ids():
            make_programme(unit)
        unit.phases.enter(FIRST, phase, ADMIN, AT)

    await database.transact(work)


async def loaded(database: Database, amendment_id: AmendmentId) -> Amendment:
    found = await database.read(lambda unit: unit.amendments.load(amendment_id))
    assert found
    return found


async def history(database: Database, amendment: Amendment) -> list[tuple[str, str | None, str | None, str | None]]:
    events = await database.read(lambda unit: unit.amendments.history(amendment.amendment_id))
    return [(event.to_status.value, event.actor, event.on_behalf, event.reason) for event in events]


async def news(database: Database, member: Actor) -> list[str]:
    notices = await database.read(lambda unit: unit.members.notices(member.member_id, 50))
    return [notice.news.value for notice in notices]


async def refusal(act: Awaitable[object]) -> str:
    """Return the sentence's key with which an act is refused."""
    with pytest.raises((Refused, NotFound)) as caught:
        await act
    return caught.value.key
