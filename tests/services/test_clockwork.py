"""What happens by itself: telling of a period once, and letting lapse what has too little support."""

from datetime import datetime

import pytest

from bot.domain.amendments import Advice, Status
from bot.domain.deadlines import Deadline
from bot.domain.deeds import Deed
from bot.domain.phases import Phase, Rules
from bot.domain.schedule import is_schedule, last_due
from bot.mirror.resources import MirrorSettings
from bot.services.advising import Advising
from bot.services.clockwork import Clockwork
from bot.services.deciding import Deciding, Ruling
from bot.services.digesting import Digesting
from bot.services.guild_syncing import GuildSyncing
from bot.services.meeting import MeetingLead
from bot.services.stand import SyncSettings
from db.database import Database
from tests.services.acts import CHAIR, COMMITTEE, FIRST, TEXTS, acting, enter, loaded, made, press
from tests.services.readings import Hours

WEEKLY = "0 9 * * 1"
MONDAY = "2026-11-30T08:00:00+00:00"
"""Nine o'clock on the first Monday after the clock of the tests, in winter."""


def at(moment: str) -> Hours:
    clock = Hours()
    clock.now = datetime.fromisoformat(moment)
    return clock


def clockwork(
    database: Database, clock: Hours, rules: Rules | None = None, schedule: str = WEEKLY, *, opened: bool = True
) -> Clockwork:
    ground = acting(database, rules, clock)
    syncing = GuildSyncing(database, None, SyncSettings(MirrorSettings()), TEXTS, clock)
    return Clockwork(
        ground,
        Deciding(ground),
        Digesting(ground, schedule, lambda _unit, _programme: opened) if schedule else None,
        syncing,
    )


async def said(database: Database) -> list[str]:
    """Return what is to be said in the overview of periods."""
    waiting = await database.read(lambda unit: unit.announcements.waiting(FIRST))
    return [each.text for each in waiting if each.text.startswith("**Wat er gebeurde**")]


@pytest.mark.parametrize(
    ("schedule", "since", "now", "due"),
    [
        (WEEKLY, "2026-11-23T20:15:00+00:00", "2026-11-30T07:59:59+00:00", None),
        (WEEKLY, "2026-11-23T20:15:00+00:00", MONDAY, MONDAY),
        (WEEKLY, "2026-11-23T20:15:00+00:00", "2026-12-20T12:00:00+00:00", "2026-12-14T08:00:00+00:00"),
        (WEEKLY, MONDAY, MONDAY, None),
        (WEEKLY, "2026-06-23T20:15:00+00:00", "2026-07-01T12:00:00+00:00", "2026-06-29T07:00:00+00:00"),
        # The hour that comes twice, and the one that is skipped: once each.
        ("30 2 * * *", "2026-10-24T12:00:00+00:00", "2026-10-25T00:45:00+00:00", "2026-10-25T00:30:00+00:00"),
        ("30 2 * * *", "2026-10-25T00:30:00+00:00", "2026-10-25T23:00:00+00:00", None),
        ("30 2 * * *", "2027-03-27T12:00:00+00:00", "2027-03-28T12:00:00+00:00", "2027-03-28T01:00:00+00:00"),
    ],
)
def test_a_schedule_goes_by_the_clocks_of_the_party(schedule: str, since: str, now: str, due: str | None) -> None:
    assert last_due(schedule, "Europe/Amsterdam", since, now) == due


@pytest.mark.parametrize("words", ["", "elke maandag", "0 9 * *", "0 0 9 * * 1", "61 9 * * 1"])
def test_what_is_no_schedule_is_known_as_none(words: str) -> None:
    assert not is_schedule(words)
    assert is_schedule(WEEKLY)


async def test_a_period_is_told_once_with_what_still_holds(database: Database) -> None:
    """What came before the first look is no news; what was undone is not told; what was slept through is one period."""
    old = await made(database)
    clock = at("2026-11-24T12:00:00+00:00")
    work = clockwork(database, clock)
    await work.look(FIRST)
    await enter(database, Phase.COMMITTEE)
    ground = acting(database, clock=clock)
    clock.pass_by(hours=1)
    await Advising(ground).write(COMMITTEE, old.amendment_id, Advice.ADOPT, "Daarom.", press())
    await Advising(ground).publish(COMMITTEE, FIRST)
    await enter(database, Phase.ASSEMBLY)
    other = await made(database)
    await Deciding(ground).decide(CHAIR, old.amendment_id, Ruling(Deed.ADOPT), press())
    await Deciding(ground).decide(CHAIR, other.amendment_id, Ruling(Deed.REJECT), press())
    (last,) = await MeetingLead(ground).last(FIRST)
    await MeetingLead(ground).undo(CHAIR, FIRST, last.decision_id, "Verkeerd.")
    await work.look(FIRST)
    assert await said(database) == []
    clock.now = datetime.fromisoformat("2026-12-15T12:00:00+00:00")
    for each in (work, work, clockwork(database, clock)):
        await each.look(FIRST)
    (text,) = await said(database)
    assert "sinds dinsdag 24 november, 13.00 uur" in text
    assert "1 preadvies" in text
    assert f"Aangenomen: [{old.reference}]" in text
    assert "Verworpen" not in text
    assert "**Fase: ledenvergadering**" in text
    clock.pass_by(days=7)
    await work.look(FIRST)
    assert len(await said(database)) == 1, "nothing happened, and nothing is said"


async def test_what_happened_before_the_programme_was_opened_is_never_told(database: Database) -> None:
    """Nor when it is opened: a period that nobody could see is over."""
    await made(database)
    clock = at("2026-11-23T12:00:00+00:00")
    await clockwork(database, clock).look(FIRST)
    clock.pass_by(days=7)
    for opened in (False, True):
        await clockwork(database, clock, opened=opened).look(FIRST)
    assert await said(database) == []


async def test_without_a_schedule_nobody_is_told(database: Database) -> None:
    await made(database)
    clock = at("2026-11-24T12:00:00+00:00")
    work = clockwork(database, clock, schedule="")
    await work.look(FIRST)
    clock.pass_by(days=30)
    await work.look(FIRST)
    assert await said(database) == []
    assert await database.read(lambda unit: unit.digests.last(FIRST)) is None


async def test_too_little_support_lapses_when_the_deadline_is_over_and_not_before(database: Database) -> None:
    """Where a minimum is asked; looking again changes nothing."""
    amendment = await made(database)
    over = "2026-11-26T23:00:00+00:00"
    await database.transact(lambda unit: unit.phases.set_deadline(FIRST, Deadline.SUPPORT, over))
    clock = at("2026-11-26T22:59:59+00:00")
    for rules, status in ((Rules(minimum_support=3), Status.OPEN), (Rules(), Status.OPEN)):
        await clockwork(database, clock, rules).look(FIRST)
        assert (await loaded(database, amendment.amendment_id)).status is status
    clock.pass_by(seconds=1)
    await clockwork(database, clock, Rules()).look(FIRST)
    assert (await loaded(database, amendment.amendment_id)).status is Status.OPEN
    for _ in range(2):
        await clockwork(database, clock, Rules(minimum_support=3)).look(FIRST)
    assert (await loaded(database, amendment.amendment_id)).status is Status.LAPSED
    events = await database.read(lambda unit: unit.amendments.history(amendment.amendment_id))
    assert [event.to_status for event in events].count(Status.LAPSED) == 1
