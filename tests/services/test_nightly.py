"""The thorough pass comes once a night, also when the bot was away, and has a sync mend what it finds."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.services.nightly import Nightly, due
from db.database import Database
from tests.services.test_syncing import bench, clock


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + ":00+00:00")


@pytest.mark.parametrize(
    ("last", "now", "expected"),
    [
        (None, "2026-11-25T12:00", "2026-11-26T02:00"),
        (None, "2026-11-25T01:00", "2026-11-25T02:00"),
        ("2026-11-25T02:00:00+00:00", "2026-11-25T02:01", "2026-11-26T02:00"),
        ("2026-11-20T02:00:00+00:00", "2026-11-25T12:00", "2026-11-21T02:00"),
        ("2026-11-25T12:00:00+01:00", "2026-11-25T12:01", "2026-11-26T02:00"),
    ],
)
def test_it_is_due_in_the_first_night_after_the_last(last: str | None, now: str, expected: str) -> None:
    assert due(datetime.fromisoformat(last) if last else None, at(now)) == at(expected)


async def test_what_was_deleted_unheard_is_made_anew(tmp_path: Path) -> None:
    async with await Database.open(tmp_path / "programma.db") as store:
        one = await bench(store)
        one.syncing.start(one.programme_id)
        await one.syncing.idle()
        nightly = Nightly(store, one.guild, one.syncing, clock)
        known = await store.read(lambda unit: unit.mirror.known(one.programme_id))
        card = next(row for row in known.values() if row.key.startswith("amendment:"))
        assert card.discord_id
        plans = len(one.guild.plans)
        assert await nightly.look(one.programme_id) == 0
        await one.syncing.idle()
        assert len(one.guild.plans) == plans
        one.guild.gone = frozenset({card.discord_id})
        assert await nightly.look(one.programme_id) == 1
        await one.syncing.idle()
        assert card.key in one.guild.keys()[-1]
        await one.syncing.close()
