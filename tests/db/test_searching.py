"""Words find amendments in any case, without their accents, by their beginning; and only what members may see."""

import time

import pytest

from bot.domain.amendments import Kind, Proposal, Status
from bot.domain.ids import AmendmentId, ProgrammeId
from bot.domain.text import BlockKind
from bot.services.meeting_rows import Search
from bot.services.ports import Unit
from db.database import Database
from tests.db.stock import AT, add_amendment, connection_of, make_programme, section_ids


def fill(unit: Unit) -> ProgrammeId:
    programme_id = make_programme(unit)
    sections = section_ids(unit, programme_id)
    add_amendment(unit, sections[0], text="Meer cafés aan de Noordkade.")
    add_amendment(unit, sections[1], text="Fietsstraten in iedere wijk.")
    add_amendment(unit, sections[2], text="Cafés sluiten later.", status=Status.REJECTED)
    add_amendment(unit, sections[0], text="Een geheim café.", status=Status.DRAFT)
    return programme_id


def found(unit: Unit, search: Search, before: int | None = None, limit: int = 25) -> list[str | None]:
    (programme_id,) = unit.programmes.ids()
    rows = unit.search.find(programme_id, search, before=AmendmentId(before) if before else None, limit=limit)
    return [row.reference for row in rows]


@pytest.mark.parametrize(
    ("words", "references"),
    [
        ("cafes", ["2.1-A1", "1.1-A1"]),
        ("CAFÉ", ["2.1-A1", "1.1-A1"]),
        ("fiets", ["1.2-A1"]),
        ("cafés noord", ["1.1-A1"]),
        ("1.2-a1", ["1.2-A1"]),
        ("herman", ["2.1-A1", "1.2-A1", "1.1-A1"]),
        ("geheim", []),
        ("_topen", []),
        ("topen", []),
        ("2.1", ["2.1-A1"]),
        ("1.2 a1", ["1.2-A1"]),
        ("", ["2.1-A1", "1.2-A1", "1.1-A1"]),
        ('"; DROP TABLE * NEAR(', []),
        ("(cafés", ["2.1-A1", "1.1-A1"]),
    ],
)
async def test_what_words_find(database: Database, words: str, references: list[str]) -> None:
    def work(unit: Unit) -> None:
        fill(unit)
        assert found(unit, Search(words)) == references

    await database.transact(work)


async def test_filters_and_pages_narrow_what_is_found(database: Database) -> None:
    def work(unit: Unit) -> None:
        programme_id = fill(unit)
        sections = section_ids(unit, programme_id)
        chapter = unit.programmes.chapters(programme_id)[0].chapter_id
        assert found(unit, Search("café", frozenset({Status.REJECTED}))) == ["2.1-A1"]
        assert found(unit, Search("café", chapter_id=chapter)) == ["1.1-A1"]
        assert found(unit, Search(section_id=sections[1])) == ["1.2-A1"]
        assert found(unit, Search(kind=Kind.DELETE)) == []
        assert found(unit, Search(), limit=2) == ["2.1-A1", "1.2-A1"]
        assert found(unit, Search(), before=2, limit=2) == ["1.1-A1"]

    await database.transact(work)


async def test_the_index_follows_every_change(database: Database) -> None:
    def work(unit: Unit) -> None:
        programme_id = fill(unit)
        amendment = unit.amendments.by_reference(programme_id, "1.2-A1")
        assert amendment
        proposal = Proposal(Kind.INSERT, "Trams.", "Daarom.", BlockKind.BULLET, title="Titel")
        unit.amendments.add_version(amendment.amendment_id, proposal, None, AT)
        assert (found(unit, Search("fietsstraten")), found(unit, Search("trams"))) == ([], ["1.2-A1"])
        unit.amendments.set_status(amendment.amendment_id, Status.ADOPTED)
        assert found(unit, Search("trams", frozenset({Status.OPEN}))) == []
        assert found(unit, Search("trams", frozenset({Status.ADOPTED, Status.OPEN}))) == ["1.2-A1"]
        unit.amendments.set_proposer(amendment.amendment_id, "Zuhal", None)
        assert (found(unit, Search("zuhal")), len(found(unit, Search("herman")))) == (["1.2-A1"], 2)

    await database.transact(work)


async def test_a_search_costs_the_same_however_much_there_is(database: Database) -> None:
    """A loose bound on purpose; the real one is measured in the bench."""

    def work(unit: Unit) -> float:
        fill(unit)
        connection_of(unit).execute(
            "WITH RECURSIVE n (i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
            " INSERT INTO amendment_words (rowid, title, text, explanation, proposer, facets)"
            " SELECT i, 'Titel', 'Meer fietspaden ' || i, 'Daarom', 'Lid', '_p1 _topen' FROM n"
        )
        started = time.perf_counter()
        for _ in range(20):
            found(unit, Search("fie", frozenset({Status.OPEN})), before=9_000)
        return (time.perf_counter() - started) / 20

    assert await database.transact(work) < 0.05
