"""What is known of a guild, and what was handled."""

import pytest

from bot.domain.ids import BlockId, Snowflake
from bot.mirror.resources import ResourceKind
from bot.services.ports import Unit
from db.database import Database
from tests.db.stock import AT, make_programme, section_ids


async def test_an_intent_keeps_its_moment_until_it_is_applied_or_forgotten(database: Database) -> None:
    def work(unit: Unit) -> None:
        programme_id = make_programme(unit)
        rows = unit.mirror
        rows.intend(programme_id, "section:588", ResourceKind.POST, "chapter:4", Snowflake(100))
        rows.intend(programme_id, "section:588", ResourceKind.POST, "chapter:5", Snowflake(200))
        intent = rows.known(programme_id)["section:588"]
        assert (intent.discord_id, intent.digest, intent.intended_at, intent.parent) == (None, None, 100, "chapter:5")
        layout = [BlockId(1), BlockId(2)]
        rows.applied(programme_id, "section:588", discord_id=Snowflake(2**62), digest="d", pinned=True, layout=layout)
        known = rows.known(programme_id)["section:588"]
        assert (known.discord_id, known.digest, known.pinned, known.layout) == (2**62, "d", True, (1, 2))
        rows.forget(programme_id, "section:588")
        assert rows.known(programme_id) == {}

    await database.transact(work)


@pytest.mark.parametrize("post", ["section:588", "chapter:5/section:588"])
async def test_the_words_that_stand_are_erased_with_their_section_wherever_its_post_is(
    database: Database, post: str
) -> None:
    """A post that was made in another chapter has a longer key."""

    def work(unit: Unit) -> None:
        programme_id = make_programme(unit)
        section = unit.programmes.section(section_ids(unit, programme_id)[0])
        assert section
        keys = [key.replace("588", str(section.post_id)) for key in (post, f"{post}/part:2", "section:58811")]
        for key in keys:
            unit.mirror.intend(programme_id, key, ResourceKind.POST, None, Snowflake(1))
            unit.mirror.applied(
                programme_id, key, discord_id=Snowflake(2), digest="d", pinned=False, layout=[], words=["Woorden."]
            )
        unit.absences.set_gone(sections=[section.section_id], at=AT)
        later = "2999-01-01T00:00:00+00:00"
        unit.absences.erase(later, later)
        assert list(unit.mirror.words(programme_id, keys)) == keys[2:]

    await database.transact(work)


async def test_only_what_was_intended_is_applied(database: Database) -> None:
    def work(unit: Unit) -> None:
        unit.mirror.applied(make_programme(unit), "x", discord_id=Snowflake(1), digest="d", pinned=False, layout=[])

    with pytest.raises(LookupError):
        await database.transact(work)


async def test_an_interaction_is_remembered_for_a_day(database: Database) -> None:
    day = 24 * 60 * 60 * 1000 << 22

    def work(unit: Unit) -> None:
        rows = unit.interactions
        rows.remember(Snowflake(1), "first", AT)
        rows.remember(Snowflake(1), "second", AT)
        assert rows.outcome(Snowflake(1)) == "first"
        assert rows.outcome(Snowflake(2)) is None
        rows.remember(Snowflake(day + 1), "later", AT)
        assert rows.outcome(Snowflake(1)) == "first"
        rows.remember(Snowflake(day + 2), "later still", AT)
        assert rows.outcome(Snowflake(1)) is None

    await database.transact(work)
