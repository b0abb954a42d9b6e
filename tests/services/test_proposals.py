"""Replies that propose something become amendments, and later edits of them do not change what was admitted."""

from bot.domain.amendments import Status
from db.database import Database
from tests.services.readings import PROPOSAL, changes, importing, reading, reply, stored, topic


async def test_an_edited_reply_leaves_its_open_amendment_and_flags_it(database: Database) -> None:
    await importing(database).take_in(reading(topic(10, "A", reply(11, *PROPOSAL))))
    edited = (PROPOSAL[0], "Er komen 50 wijkagenten.", *PROPOSAL[2:])
    report = await importing(database).take_in(reading(topic(10, "A", reply(11, *edited))))
    assert changes(report) == ["edited contribution 11", "flagged amendment 1.1-A1"]
    (section,) = [section for _, section in (await stored(database)).sections()]
    assert "50" in section.contributions[0].text
    assert (section.amendments[0].text, section.amendments[0].version) == ("Er komen 44 wijkagenten.", 1)


async def test_screening_waits_and_follows_an_edit_until_it_is_admitted(database: Database) -> None:
    service = importing(database, screening=True)
    await service.take_in(reading(topic(10, "A", reply(11, *PROPOSAL))))
    edited = (PROPOSAL[0], "Er komen 50 wijkagenten.", *PROPOSAL[2:])
    assert changes(await service.take_in(reading(topic(10, "A", reply(11, *edited))))) == [
        "edited contribution 11",
        "edited amendment 1",
    ]
    (section,) = [section for _, section in (await stored(database)).sections()]
    (amendment,) = section.amendments
    assert (amendment.status, amendment.reference, amendment.version) == (Status.SUBMITTED, None, 2)
    assert amendment.text == "Er komen 50 wijkagenten."
    assert changes(await service.take_in(reading(topic(10, "A", reply(11, "Toch niet."))))) == [
        "edited contribution 11",
        "flagged amendment 1",
    ]


async def test_a_reply_that_is_edited_into_a_proposal_becomes_one(database: Database) -> None:
    await importing(database).take_in(reading(topic(10, "A", reply(11, "Ik denk er nog over."))))
    report = await importing(database).take_in(reading(topic(10, "A", reply(11, *PROPOSAL))))
    assert changes(report) == ["edited contribution 11", "new amendment 1.1-A1"]


async def test_references_follow_the_post_ids(database: Database) -> None:
    replies = [reply(post_id, PROPOSAL[0], f"Bericht {post_id}.", *PROPOSAL[2:]) for post_id in (30, 12, 25)]
    await importing(database).take_in(reading(topic(10, "A", *replies)))
    (section,) = [section for _, section in (await stored(database)).sections()]
    assert [(each.reference, each.source_post_id) for each in section.amendments] == [
        ("1.1-A1", 12),
        ("1.1-A2", 25),
        ("1.1-A3", 30),
    ]
    assert [each.amendment for each in section.contributions] == ["1.1-A1", "1.1-A2", "1.1-A3"]


async def test_an_admitted_amendment_has_its_history(database: Database) -> None:
    await importing(database).take_in(reading(topic(10, "A", reply(11, *PROPOSAL))))
    (section,) = [section for _, section in (await stored(database)).sections()]
    amendment = section.amendments[0]
    assert (amendment.proposer, amendment.title, amendment.origin) == (
        "Herman Linzel",
        "Er komen 44 wijkagenten",
        "forum",
    )
    events = await database.read(lambda unit: unit.amendments.history(amendment.amendment_id))
    assert [(event.from_status, event.to_status, event.actor) for event in events] == [
        (None, Status.SUBMITTED, "Herman Linzel"),
        (Status.SUBMITTED, Status.OPEN, "Herman Linzel"),
    ]
