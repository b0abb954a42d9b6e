"""Amendments in real rows: references, support, history, lists."""

import asyncio
import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.amendments import Amendment, Anchor, Kind, Origin, Proposal, Status
from bot.domain.anchors import anchor_at
from bot.domain.ids import AmendmentId, PostId, ProgrammeId, Snowflake
from bot.domain.text import BlockKind
from bot.services.ports import AmendmentFilter, Unit
from db.database import Database
from tests.db.stock import AT, add_amendment, connection_of, first_section, make_programme, section_ids

ANYTHING = AmendmentFilter(statuses=frozenset(Status))


async def test_references_and_receipts_follow_each_other(database: Database) -> None:
    def work(unit: Unit) -> None:
        programme_id = make_programme(unit)
        one, other = section_ids(unit, programme_id)[:2]
        made = [add_amendment(unit, section) for section in (one, other, one)]
        loaded = [unit.amendments.load(each) for each in made]
        assert [each.reference for each in loaded if each] == ["1.1-A1", "1.2-A1", "1.1-A2"]
        assert [each.receipt for each in loaded if each] == [1, 2, 3]
        assert unit.amendments.issue_reference(made[2]) == "1.1-A2"
        found = unit.amendments.by_reference(programme_id, " 1.1-a2 ")
        assert found == loaded[2]
        assert unit.amendments.by_reference(programme_id, "9.9-A9") is None

    await database.transact(work)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("title", ["Titel", None])
@pytest.mark.parametrize("anchor", [None, "at a block"])
async def test_what_is_added_is_what_is_stored(
    database: Database, kind: Kind, title: str | None, anchor: str | None
) -> None:
    def add(unit: Unit) -> tuple[Amendment, Amendment | None]:
        section = first_section(unit)
        proposal = Proposal(kind, "Nieuw.", "Daarom.", BlockKind.QUOTE, "Oud.", title)
        made = unit.amendments.add(
            section.section_id,
            proposal,
            status=Status.DRAFT,
            origin=Origin.MAIL,
            proposer="Zuhal",
            proposer_id=Snowflake(7),
            anchor=anchor_at(section.blocks[2]) if anchor else None,
            source_post_id=PostId(12),
            at=AT,
        )
        return made, unit.amendments.load(made.amendment_id)

    added, stored = await database.transact(add)
    assert added == stored


async def test_two_at_once_get_two_references(database: Database) -> None:
    section = await database.transact(first_section)
    ids = await asyncio.gather(
        *(database.transact(lambda unit: add_amendment(unit, section.section_id)) for _ in range(10))
    )
    found = await database.read(lambda unit: [unit.amendments.load(each) for each in ids])
    assert {each.reference for each in found if each} == {f"1.1-A{number}" for number in range(1, 11)}


async def test_a_version_is_the_current_one_and_keeps_support(database: Database) -> None:
    def work(unit: Unit) -> None:
        section = first_section(unit)
        stored = section.blocks[2]
        anchor = Anchor(stored.block_id, BlockKind.BULLET, 1, stored.block.text_hash)
        amendment_id = add_amendment(unit, section.section_id, anchor=anchor)
        unit.amendments.add_support(amendment_id, Snowflake(1), AT)
        change = Proposal(Kind.REPLACE, "Anders.", "Beter.", old_text="Meer agenten.", title="Anders")
        stale = Anchor(stored.block_id, BlockKind.BULLET, 1, stored.block.text_hash, stale=True)
        assert unit.amendments.add_version(amendment_id, change, stale, AT) == 2
        loaded = unit.amendments.load(amendment_id)
        assert loaded
        assert (loaded.kind, loaded.text, loaded.old_text, loaded.title) == (
            Kind.REPLACE,
            "Anders.",
            "Meer agenten.",
            "Anders",
        )
        assert (loaded.anchor, loaded.support, loaded.version, loaded.form) == (stale, 1, 2, BlockKind.PARAGRAPH)
        unit.amendments.set_anchor(amendment_id, None)
        after = unit.amendments.load(amendment_id)
        assert after
        assert after.anchor is None

    await database.transact(work)


async def test_a_member_supports_once(database: Database) -> None:
    def work(unit: Unit) -> None:
        amendment_id = add_amendment(unit, first_section(unit).section_id)
        rows = unit.amendments
        assert [rows.add_support(amendment_id, Snowflake(5), AT) for _ in range(2)] == [True, False]
        assert rows.supports(amendment_id, Snowflake(5))
        assert [rows.remove_support(amendment_id, Snowflake(5)) for _ in range(2)] == [True, False]
        assert not rows.supports(amendment_id, Snowflake(5))

    await database.transact(work)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET reason = 'anders'",
        "UPDATE events SET actor = 'iemand anders'",
        "UPDATE events SET to_status = 'rejected', actor = NULL",
        "UPDATE events SET id = id + 1",
        "DELETE FROM events",
        "INSERT OR REPLACE INTO events SELECT * FROM events",
    ],
)
async def test_history_cannot_be_changed(database: Database, statement: str) -> None:
    amendment_id = await database.transact(with_event)
    with pytest.raises(sqlite3.IntegrityError, match="the history of an amendment"):
        await database.transact(lambda unit: execute(unit, statement))
    (event,) = await database.read(lambda unit: unit.amendments.history(amendment_id))
    assert (event.actor, event.to_status, event.reason, event.version) == ("Zuhal", Status.OPEN, "omdat", 1)


async def test_a_person_can_be_blanked_from_history(database: Database) -> None:
    amendment_id = await database.transact(with_event)
    await database.transact(lambda unit: execute(unit, "UPDATE events SET actor = NULL, actor_id = NULL"))
    (event,) = await database.read(lambda unit: unit.amendments.history(amendment_id))
    assert event.actor is None


def with_event(unit: Unit) -> AmendmentId:
    amendment_id = add_amendment(unit, first_section(unit).section_id)
    unit.amendments.record(
        amendment_id,
        at=AT,
        actor="Zuhal",
        actor_id=Snowflake(5),
        on_behalf=None,
        from_status=Status.SUBMITTED,
        to_status=Status.OPEN,
        reason="omdat",
    )
    return amendment_id


def execute(unit: Unit, statement: str) -> None:
    connection_of(unit).execute(statement)


def paged(unit: Unit, programme_id: ProgrammeId, which: AmendmentFilter, size: int) -> list[AmendmentId]:
    found: list[AmendmentId] = []
    while page := unit.amendments.list(programme_id, which, after=found[-1] if found else None, limit=size):
        assert len(page) <= size
        found.extend(amendment.amendment_id for amendment in page)
    return found


class Undo(Exception):  # noqa: N818
    """Takes back what a test put in, so that the next example starts clean."""


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    where=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(Status)), max_size=12),
    size=st.integers(1, 5),
)
async def test_pages_together_are_the_whole_list_in_order(
    database: Database, where: list[tuple[int, Status]], size: int
) -> None:
    def work(unit: Unit) -> None:
        programme_id = make_programme(unit)
        sections = section_ids(unit, programme_id)
        made = [(place, status, add_amendment(unit, sections[place], status=status)) for place, status in where]
        wanted = [
            each for _, _, _, each in sorted((place, not status.public, each, each) for place, status, each in made)
        ]
        assert paged(unit, programme_id, ANYTHING, size) == wanted
        public = {each for _, status, each in made if status.public}
        assert paged(unit, programme_id, AmendmentFilter(), size) == [each for each in wanted if each in public]
        raise Undo

    with pytest.raises(Undo):
        await database.transact(work)


async def test_a_list_is_filtered(database: Database) -> None:
    def work(unit: Unit) -> None:
        programme_id = make_programme(unit)
        one, other = section_ids(unit, programme_id)[:2]
        first, second = add_amendment(unit, one), add_amendment(unit, other)
        for which, wanted in [
            (AmendmentFilter(section_id=other), [second]),
            (AmendmentFilter(kind=Kind.DELETE), []),
            (AmendmentFilter(proposer="HERMAN linzel"), [first, second]),
            (AmendmentFilter(proposer_id=Snowflake(1)), []),
            (AmendmentFilter(statuses=frozenset({Status.DRAFT})), []),
        ]:
            assert paged(unit, programme_id, which, 1) == wanted

    await database.transact(work)
