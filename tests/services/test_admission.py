"""Proposals come in one way, from wherever they come."""

import pytest

from bot.domain.amendments import Kind, Origin, Proposal, Status
from bot.domain.ids import Snowflake
from bot.domain.people import Actor, Role
from bot.services.admission import admit, file_draft
from bot.services.ports import Unit
from db.database import Database
from tests.db.stock import AT, add_amendment, first_section

LID = Actor(Snowflake(5), "Zuhal", frozenset({Role.MEMBER}))


@pytest.mark.parametrize(
    ("screening", "status", "reference"), [(True, Status.SUBMITTED, None), (False, Status.OPEN, "1.1-A1")]
)
async def test_a_draft_goes_as_far_as_screening_lets_it(
    database: Database, screening: bool, status: Status, reference: str | None
) -> None:
    def work(unit: Unit) -> None:
        draft = unit.amendments.load(add_amendment(unit, first_section(unit).section_id, status=Status.DRAFT))
        assert draft
        filed = file_draft(unit, draft, actor=LID, at=AT, screening=screening)
        assert (filed.status, filed.reference) == (status, reference)
        history = unit.amendments.history(draft.amendment_id)
        assert [(event.from_status, event.actor) for event in history] == [
            (Status.DRAFT, "Zuhal"),
            (Status.SUBMITTED, "Zuhal"),
        ][: len(history)]
        assert history[-1].to_status is status

    await database.transact(work)


async def test_who_hands_in_for_another_stands_in_the_history_with_them(database: Database) -> None:
    def work(unit: Unit) -> None:
        amendment = admit(
            unit,
            first_section(unit).section_id,
            Proposal(Kind.DELETE, "", "Dubbelop.", old_text="Meer agenten."),
            origin=Origin.PAPER,
            proposer="Herman",
            proposer_id=None,
            actor="De secretaris",
            actor_id=Snowflake(9),
            anchor=None,
            source_post_id=None,
            at=AT,
            screening=False,
        )
        assert (amendment.title, amendment.reference, amendment.created) == ("Meer agenten", "1.1-A1", AT)
        assert {(event.actor, event.on_behalf) for event in unit.amendments.history(amendment.amendment_id)} == {
            ("De secretaris", "Herman")
        }

    await database.transact(work)
