"""The secretary links replies and amendments: each act, and when it is refused."""

from collections.abc import Awaitable, Callable

import pytest

from bot.domain.amendments import Amendment, Kind, Origin, Status
from bot.domain.ids import BlockId, PostId, Snowflake
from bot.domain.people import Role
from bot.domain.programme import Section
from bot.domain.text import BlockKind
from bot.domain.versions import digest_of_blocks
from bot.errors import Refused
from bot.services.ideas import Idea
from bot.services.linkable import Act, Linkables, LinkedView, ReplyView
from bot.services.linking import Linking
from bot.services.source_rows import FlagReason
from db.database import Database
from tests.services.linked import (
    CHANGE,
    FIRST,
    LINES,
    OTHERS,
    REPLY,
    SECRETARY,
    TALK,
    flags_of,
    from_a_member,
    history,
    idea,
    leave,
    linking,
    refusal,
    section_of,
    set_status,
    take_in,
    view_of,
)
from tests.services.readings import PROPOSAL, importing, reading, reply, topic

# A reply becomes an amendment.


async def test_a_reply_becomes_an_amendment_on_its_authors_behalf(database: Database) -> None:
    section = await take_in(database, reply(11, TALK))
    block = section.blocks[1]
    amendment = await linking(database).read(SECRETARY, FIRST, REPLY, idea(section, block=block.block_id), Snowflake(1))
    assert (amendment.reference, amendment.status, amendment.origin) == ("1.1-A1", Status.OPEN, Origin.FORUM)
    assert (amendment.proposer, amendment.proposer_id, amendment.source_post_id) == ("Herman Linzel", None, 11)
    assert (amendment.text, amendment.title, amendment.form) == ("Meer fietsen.", "Meer fietsen", BlockKind.BULLET)
    assert amendment.anchor
    assert (amendment.anchor.block_id, amendment.anchor.text_hash) == (block.block_id, block.block.text_hash)
    secretary = (SECRETARY.name, "Herman Linzel", None)
    assert await history(database, amendment) == [("submitted", *secretary), ("open", *secretary)]
    assert [each.amendment for each in (await section_of(database)).contributions] == ["1.1-A1"]


async def test_where_one_screens_what_was_read_waits_for_its_reference(database: Database) -> None:
    section = await take_in(database, reply(11, TALK))
    amendment = await linking(database, screening=True).read(SECRETARY, FIRST, REPLY, idea(section), Snowflake(1))
    assert (amendment.reference, amendment.status) == (None, Status.SUBMITTED)
    found = await Linkables(database).find(SECRETARY, FIRST, f"ontvangstnummer {amendment.receipt}")
    assert isinstance(found, LinkedView)


async def test_a_repeated_delivery_reads_once(database: Database) -> None:
    section = await take_in(database, reply(11, TALK))
    first = await linking(database).read(SECRETARY, FIRST, REPLY, idea(section), Snowflake(1))
    again = await linking(database).read(SECRETARY, FIRST, REPLY, idea(section), Snowflake(1))
    assert first == again
    assert len((await section_of(database)).amendments) == 1


async def test_a_second_click_says_what_the_reply_is_already(database: Database) -> None:
    section = await take_in(database, reply(11, TALK))
    await linking(database).read(SECRETARY, FIRST, REPLY, idea(section), Snowflake(1))
    act = linking(database).read(SECRETARY, FIRST, REPLY, idea(section), Snowflake(2))
    assert await refusal(act) == "link.read_already"


async def test_only_quoted_words_go_where_the_block_holds_them(database: Database) -> None:
    """The block says more than the reply wants to change; the rest of it stays."""
    quoting = ("OUDE TEKST:", "wijkagenten bij", "NIEUWE TEKST:", "44 wijkagenten bij", "TOELICHTING:", "Nodig.")
    section = await take_in(database, reply(11, *quoting))
    (read,) = section.amendments
    assert read.old_text == "wijkagenten bij"
    await linking(database).turn_back(SECRETARY, FIRST, read.amendment_id, "Toch niet.", Snowflake(1))
    block = section.blocks[1].block_id
    again = await linking(database).read(
        SECRETARY, FIRST, REPLY, idea(section, Kind.REPLACE, block, "44 wijkagenten bij"), Snowflake(2)
    )
    assert (again.old_text, again.text) == ("wijkagenten bij", "44 wijkagenten bij")
    whole = await linking(database).move(SECRETARY, FIRST, read.amendment_id, section.blocks[0].block_id, Snowflake(3))
    assert (whole.old_text, whole.version) == (LINES[0], again.version + 1)


@pytest.mark.parametrize(
    ("kind", "block", "text", "key"),
    [
        (Kind.INSERT, None, " ", "refused.no_text"),
        (Kind.REPLACE, None, "Iets.", "refused.block_gone"),
        (Kind.REPLACE, 0, LINES[0], "refused.same_text"),
        (Kind.DELETE, 99, "", "refused.block_gone"),
    ],
)
async def test_what_was_filled_in_is_checked_against_the_section(
    database: Database, kind: Kind, block: int | None, text: str, key: str
) -> None:
    section = await take_in(database, reply(11, TALK))
    ids = {number: stored.block_id for number, stored in enumerate(section.blocks)}
    block_id = None if block is None else ids.get(block, BlockId(999))
    act = linking(database).read(SECRETARY, FIRST, REPLY, idea(section, kind, block_id, text), Snowflake(1))
    assert await refusal(act) == key
    assert (await section_of(database)).amendments == ()


async def test_nothing_is_read_about_a_section_that_left_the_forum(database: Database) -> None:
    section = await take_in(database, reply(11, TALK))
    await leave(database, section.section_id)
    act = linking(database).read(SECRETARY, FIRST, REPLY, idea(section), Snowflake(1))
    assert await refusal(act) == "refused.section_left"


async def test_a_reply_that_moved_since_it_was_shown_is_not_read_about_its_old_section(database: Database) -> None:
    section = await take_in(database, reply(11, TALK))
    await importing(database).take_in(reading(topic(10, "Veilig"), topic(20, "Groen", reply(11, TALK))))
    act = linking(database).read(SECRETARY, FIRST, REPLY, idea(section), Snowflake(1))
    assert await refusal(act) == "link.reply_moved"


# And is one no more.


async def test_turned_back_it_keeps_its_reference_and_its_reply_is_free(database: Database) -> None:
    section = await take_in(database, reply(11, *PROPOSAL))
    (amendment,) = section.amendments
    back = await linking(database).turn_back(SECRETARY, FIRST, amendment.amendment_id, " Een vraag. ", Snowflake(1))
    assert (back.status, back.reference, back.public) == (Status.NOT_ADMITTED, "1.1-A1", True)
    assert (await history(database, back))[-1] == ("not admitted", SECRETARY.name, None, "correctie: Een vraag.")
    assert [each.amendment for each in (await section_of(database)).contributions] == [None]
    view = await Linkables(database).reply(SECRETARY, FIRST, REPLY)
    assert isinstance(view, ReplyView)
    assert view.former == back


async def test_read_again_it_is_the_same_amendment_in_a_new_version(database: Database) -> None:
    section = await take_in(database, reply(11, *PROPOSAL))
    (amendment,) = section.amendments
    await linking(database).turn_back(SECRETARY, FIRST, amendment.amendment_id, "Een vraag.", Snowflake(1))
    again = await linking(database, screening=True).read(SECRETARY, FIRST, REPLY, idea(section), Snowflake(2))
    assert (again.amendment_id, again.reference, again.status) == (amendment.amendment_id, "1.1-A1", Status.OPEN)
    assert (again.version, again.text) == (2, "Meer fietsen.")
    reason = "correctie: opnieuw gelezen uit de reactie op het forum"
    assert (await history(database, again))[-1] == ("open", SECRETARY.name, "Herman Linzel", reason)
    assert len((await section_of(database)).amendments) == 1


@pytest.mark.parametrize(("screening", "status"), [(True, Status.SUBMITTED), (False, Status.OPEN)])
async def test_what_never_had_a_reference_gets_it_where_nobody_screens(
    database: Database, screening: bool, status: Status
) -> None:
    await importing(database, screening=True).take_in(reading(topic(10, "Veilig", reply(11, *PROPOSAL))))
    section = await section_of(database)
    (amendment,) = section.amendments
    back = await linking(database).turn_back(SECRETARY, FIRST, amendment.amendment_id, "Een vraag.", Snowflake(1))
    assert (await history(database, back))[-1][-1] == "Een vraag."
    again = await linking(database, screening=screening).read(SECRETARY, FIRST, REPLY, idea(section), Snowflake(2))
    assert (again.status, again.reference) == (status, None if screening else "1.1-A1")


async def test_turning_back_is_refused_without_a_reason_twice_and_after_the_decision(database: Database) -> None:
    section = await take_in(database, reply(11, *PROPOSAL), reply(12, *PROPOSAL))
    first, second = section.amendments
    service = linking(database)
    assert (
        await refusal(service.turn_back(SECRETARY, FIRST, first.amendment_id, "  ", Snowflake(1))) == "link.no_reason"
    )
    await set_status(database, first, Status.ADOPTED)
    assert await refusal(service.turn_back(SECRETARY, FIRST, first.amendment_id, "Nee", Snowflake(2))) == "link.decided"
    await service.turn_back(SECRETARY, FIRST, second.amendment_id, "Nee", Snowflake(3))
    act = service.turn_back(SECRETARY, FIRST, second.amendment_id, "Nee", Snowflake(4))
    assert await refusal(act) == "link.back_already"


async def test_a_members_own_amendment_has_no_reply_to_go_back_to(database: Database) -> None:
    section = await take_in(database)
    amendment = await from_a_member(database, section)
    act = linking(database).turn_back(SECRETARY, FIRST, amendment.amendment_id, "Nee", Snowflake(1))
    assert await refusal(act) == "link.not_from_reply"
    assert (await view_of(database, amendment)).acts == {Act.MOVE}


# Another place.


async def test_a_stale_amendment_is_aimed_at_a_block_as_it_reads_now(database: Database) -> None:
    section = await take_in(database, reply(11, *CHANGE))
    assert section.amendments[0].old_text == LINES[1]
    lines = (LINES[0], "Iets totaal anders over geld en belasting betalen.", "Ook nieuw: zwemles op alle scholen.")
    section = await take_in(database, reply(11, *CHANGE), lines=lines)
    (amendment,) = section.amendments
    assert amendment.anchor
    assert amendment.anchor.stale
    assert await flags_of(database) == [FlagReason.STALE]
    block = section.blocks[2]
    moved = await linking(database).move(SECRETARY, FIRST, amendment.amendment_id, block.block_id, Snowflake(1))
    assert moved.anchor
    assert (moved.anchor.block_id, moved.anchor.stale, moved.anchor.number) == (block.block_id, False, 3)
    assert moved.anchor.text_hash == block.block.text_hash
    assert (moved.old_text, moved.text, moved.version) == (lines[2], CHANGE[1], 2)
    assert await flags_of(database) == []
    last = ("open", SECRETARY.name, "Herman Linzel", "andere plek: punt 3")
    assert (await history(database, moved))[-1] == last


async def test_new_text_can_go_to_the_end_and_another_flag_stays(database: Database) -> None:
    section = await take_in(database, reply(11, *PROPOSAL))
    (amendment,) = section.amendments
    service = linking(database)
    block = section.blocks[0].block_id
    first = await service.move(SECRETARY, FIRST, amendment.amendment_id, block, Snowflake(1))
    assert first.version == 1
    await take_in(database, reply(11, "Toch niet."))
    assert await flags_of(database) == [FlagReason.UNMADE]
    last = await service.move(SECRETARY, FIRST, amendment.amendment_id, None, Snowflake(2))
    assert last.anchor is None
    assert [event[-1] for event in await history(database, last)][-2:] == [
        "andere plek: na punt 1",
        "andere plek: aan het eind",
    ]
    assert await flags_of(database) == [FlagReason.UNMADE]


async def test_moving_is_refused_to_the_same_place_to_nowhere_and_after_the_decision(database: Database) -> None:
    section = await take_in(database, reply(11, *CHANGE))
    (change,) = section.amendments
    service = linking(database)
    same = section.blocks[1].block_id
    number = change.amendment_id
    assert await refusal(service.move(SECRETARY, FIRST, number, same, Snowflake(1))) == "link.same_place"
    assert await refusal(service.move(SECRETARY, FIRST, number, None, Snowflake(2))) == "refused.block_gone"
    assert await refusal(service.move(SECRETARY, FIRST, number, BlockId(99), Snowflake(3))) == "refused.block_gone"
    general = await from_a_member(database, section, Kind.GENERAL)
    assert await refusal(service.move(SECRETARY, FIRST, general.amendment_id, same, Snowflake(4))) == "link.no_place"
    await set_status(database, change, Status.REJECTED)
    act = service.move(SECRETARY, FIRST, number, section.blocks[0].block_id, Snowflake(5))
    assert await refusal(act) == "link.decided"


# The edited reply.

EDITED = (PROPOSAL[0], "Er komen 50 wijkagenten.", "TOELICHTING:", "Zes meer.")


async def edited(database: Database, *texts: str) -> tuple[Amendment, str]:
    """Read a proposal and then its reply anew, and return the amendment with the digest of the reply."""
    await take_in(database, reply(11, *PROPOSAL))
    section = await take_in(database, reply(11, *texts))
    return section.amendments[0], digest_of_blocks(section.contributions[0].blocks)


async def test_an_edited_reply_is_taken_over_by_the_secretary_for_its_author(database: Database) -> None:
    amendment, digest = await edited(database, *EDITED)
    view = await view_of(database, amendment)
    assert view.now
    assert (view.now.text, view.flags) == (EDITED[1], (FlagReason.EDITED,))
    assert view.acts == set(Act)
    taken = await linking(database).take_words(SECRETARY, FIRST, amendment.amendment_id, digest, Snowflake(1))
    assert (taken.text, taken.explanation, taken.version) == (EDITED[1], "Zes meer.", 2)
    assert (taken.title, taken.reference) == ("Er komen 50 wijkagenten", "1.1-A1")
    last = ("open", SECRETARY.name, "Herman Linzel", "tekst overgenomen uit de bewerkte reactie")
    assert (await history(database, taken))[-1] == last
    assert await flags_of(database) == []
    assert (await view_of(database, taken)).acts == {Act.MOVE, Act.BACK}


async def test_what_a_person_set_stays_when_the_words_are_taken_over(database: Database) -> None:
    """The place and the title that the secretary gave, as long as the reply names no other place."""
    section = await take_in(database, reply(11, TALK))
    block = section.blocks[0].block_id
    titled = Idea(section.section_id, Kind.INSERT, block, "Fietsen.", "", "Over de fiets")
    amendment = await linking(database).read(SECRETARY, FIRST, REPLY, titled, Snowflake(1))
    section = await take_in(database, reply(11, *EDITED))
    digest = digest_of_blocks(section.contributions[0].blocks)
    taken = await linking(database).take_words(SECRETARY, FIRST, amendment.amendment_id, digest, Snowflake(2))
    assert taken.anchor
    assert (taken.title, taken.anchor.block_id, taken.text) == ("Over de fiets", block, EDITED[1])


async def test_nothing_is_taken_over_unseen_or_twice(database: Database) -> None:
    amendment, digest = await edited(database, *EDITED)
    service, number = linking(database), amendment.amendment_id
    section = await take_in(database, reply(11, *EDITED[:3], "Nog zes meer."))
    act = service.take_words(SECRETARY, FIRST, number, digest, Snowflake(1))
    assert await refusal(act) == "link.reply_changed"
    digest = digest_of_blocks(section.contributions[0].blocks)
    await service.take_words(SECRETARY, FIRST, number, digest, Snowflake(2))
    assert await refusal(service.take_words(SECRETARY, FIRST, number, digest, Snowflake(3))) == "link.same_words"


async def test_a_reply_that_proposes_nothing_any_more_gives_nothing_to_take_over(database: Database) -> None:
    amendment, digest = await edited(database, "Toch niet.")
    view = await view_of(database, amendment)
    assert (view.now, view.flags, Act.TAKE in view.acts) == (None, (FlagReason.UNMADE,), False)
    act = linking(database).take_words(SECRETARY, FIRST, amendment.amendment_id, digest, Snowflake(1))
    assert await refusal(act) == "link.no_proposal"


async def test_seen_settles_and_changes_nothing(database: Database) -> None:
    amendment, _ = await edited(database, *EDITED)
    service = linking(database)
    assert await service.seen(SECRETARY, amendment.amendment_id, Snowflake(1)) == amendment
    assert await flags_of(database) == []
    assert await refusal(service.seen(SECRETARY, amendment.amendment_id, Snowflake(2))) == "link.seen_already"


ACTS: dict[str, Callable[[Linking, Section], Awaitable[object]]] = {
    "read": lambda service, section: service.read(OTHERS, FIRST, PostId(12), idea(section), Snowflake(1)),
    "back": lambda service, section: service.turn_back(
        OTHERS, FIRST, section.amendments[0].amendment_id, "Nee", Snowflake(1)
    ),
    "move": lambda service, section: service.move(
        OTHERS, FIRST, section.amendments[0].amendment_id, section.blocks[0].block_id, Snowflake(1)
    ),
    "take": lambda service, section: service.take_words(
        OTHERS, FIRST, section.amendments[0].amendment_id, "0", Snowflake(1)
    ),
    "seen": lambda service, section: service.seen(OTHERS, section.amendments[0].amendment_id, Snowflake(1)),
}


@pytest.mark.parametrize("act", sorted(ACTS))
async def test_every_act_is_the_secretarys_alone(database: Database, act: str) -> None:
    """Whatever other roles somebody holds."""
    await take_in(database, reply(11, *PROPOSAL), reply(12, TALK))
    section = await take_in(database, reply(11, *EDITED), reply(12, TALK))
    with pytest.raises(Refused) as caught:
        await ACTS[act](linking(database), section)
    assert (caught.value.key, caught.value.values["role"]) == ("refused.role", Role.SECRETARY)
    assert await section_of(database) == section
    assert await flags_of(database) == [FlagReason.EDITED]
