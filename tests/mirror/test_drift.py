"""What people did to the mirror, as a real guild shows it: what a plan tells of it, leaves and restores."""

from dataclasses import dataclass
from typing import Any

import pytest
from discord.http import HTTPClient

from bot.domain.ids import Snowflake
from bot.domain.text import paragraph
from bot.locales import load_all
from bot.mirror.drift import Drift, Hand
from bot.mirror.plan import Plan, Scope
from bot.mirror.preview import Preview
from bot.mirror.report import drift_line, plan_file
from bot.sandbox import Loopback
from bot.services.ports import Unit
from db.database import Database
from tests.mirror.passes import NL, SETTINGS, Mirror, shown, writing
from tests.mirror.programmes import make_programme, section_of, store_section
from tests.sandbox.member import Enter, Member

EN = load_all()["en"]


@dataclass
class Guild:
    mirror: Mirror
    owner: Member

    async def plan(self, *, restore: bool = False) -> Plan:
        stand = await self.mirror.stand()
        observed = await self.mirror.guild().observe(stand.known, closely=True)
        return stand.plan(observed, SETTINGS, NL, Scope(), restore=restore)

    async def hands(self) -> dict[str, Hand]:
        return {drift.resource.key: drift.hand for drift in (await self.plan()).drift}

    async def carry_out(self, *, restore: bool) -> list[tuple[str, str]]:
        stand, guild = await self.mirror.stand(), self.mirror.guild()
        observed = await guild.observe(stand.known, closely=True)
        plan = stand.plan(observed, SETTINGS, NL, Scope(), restore=restore)
        before = len(self.mirror.loopback.world.calls)
        outcome = await guild.apply(self.mirror.programme_id, plan, observed)
        assert not outcome.failures
        return writing([(call["method"], call["path"]) for call in self.mirror.calls()[before:]])

    async def preview(self) -> Preview:
        stand = await self.mirror.stand()
        observed = await self.mirror.guild().observe(stand.known, closely=True)
        return stand.preview(stand.plan(observed, SETTINGS, NL, Scope()), observed, {}, NL)

    async def reword(self, text: str) -> None:
        def work(unit: Unit) -> None:
            section = section_of(unit, self.mirror.programme_id, "1.1")
            store_section(unit, section.section_id, (paragraph(text),))

        await self.mirror.store.transact(work)

    async def patch(self, key: str, **fields: Any) -> None:
        await self.owner.request("PATCH", f"/channels/{(await self.mirror.ids())[key]}", fields)


@pytest.fixture
async def guild(
    loopback: Loopback, database: Database, http: HTTPClient, guild_id: Snowflake, bot_id: Snowflake, members: Enter
) -> Guild:
    programme_id = await database.transact(lambda unit: make_programme(unit, guild_id, chapters=1))
    mirror = Mirror(loopback, database, http, guild_id, bot_id, programme_id)
    assert not (await mirror.sync()).failures
    return Guild(mirror, await members("oprichter"))


async def test_a_guild_that_nobody_touched_has_no_drift(guild: Guild) -> None:
    plan = await guild.plan()
    assert (plan.changes, plan.drift) == ((), ())


async def test_what_people_renamed_is_told_and_left_until_they_want_it_back(guild: Guild) -> None:
    before = shown(guild.mirror.dump())
    await guild.patch("chapter:1", name="ons-eigen-hoofdstuk")
    await guild.patch("section:110", name="Onze titel")
    plan = await guild.plan()
    assert [(each.resource.key, each.hand, each.found, each.restored) for each in plan.drift] == [
        ("chapter:1", Hand.RENAMED, "ons-eigen-hoofdstuk", False),
        ("section:110", Hand.RENAMED, "Onze titel", False),
    ]
    assert plan.changes == ()
    assert await guild.carry_out(restore=False) == []
    restoring = await guild.plan(restore=True)
    assert [(each.action, each.resource.key) for each in restoring.changes] == [
        ("update", "chapter:1"),
        ("update", "section:110"),
    ]
    assert all(each.restored for each in restoring.drift)
    assert restoring.digest != plan.digest
    assert [method for method, _ in await guild.carry_out(restore=True)] == ["PATCH", "PATCH"]
    assert shown(guild.mirror.dump()) == before
    assert (await guild.plan(restore=True)).changes == ()


async def test_a_channel_that_was_moved_described_or_opened_otherwise_is_told(guild: Guild) -> None:
    other = await guild.owner.request(
        "POST", f"/guilds/{guild.mirror.guild_id}/channels", {"name": "archief", "type": 4}
    )
    await guild.patch("chapter:1", parent_id=other["id"])
    await guild.patch("overview", topic="Onze woorden", permission_overwrites=[])
    found = {(each.resource.key, each.hand): each for each in (await guild.plan()).drift}
    assert set(found) == {
        ("chapter:1", Hand.MOVED),
        ("overview", Hand.TOPIC),
        ("overview", Hand.PERMISSIONS),
    }
    assert found["chapter:1", Hand.MOVED].found == "archief"
    await guild.carry_out(restore=True)
    assert (await guild.plan()).drift == ()


async def test_an_unpinned_summary_is_told_and_pinned_again_on_a_persons_word(guild: Guild) -> None:
    ids = await guild.mirror.ids()
    path = f"/channels/{ids['section:110']}/messages/pins/{ids['summary:110']}"
    await guild.owner.request("DELETE", path)
    assert await guild.hands() == {"summary:110": Hand.UNPINNED}
    assert ("PUT", f"/channels/{ids['section:110']}/messages/pins/{ids['summary:110']}") in await guild.carry_out(
        restore=True
    )
    assert await guild.hands() == {}


async def test_a_lock_is_a_moderators_and_stays(guild: Guild) -> None:
    await guild.patch("section:110", locked=True)
    assert await guild.hands() == {"section:110": Hand.LOCKED}
    assert (await guild.plan(restore=True)).changes == ()


async def test_a_deleted_post_and_its_tags_come_back(guild: Guild) -> None:
    await guild.patch("section:120", applied_tags=[])
    await guild.owner.request("DELETE", f"/channels/{(await guild.mirror.ids())['section:110']}")
    plan = await guild.plan()
    told = {each.resource.key: (each.hand, each.restored) for each in plan.drift}
    assert told == {"section:110": (Hand.DELETED, True), "section:120": (Hand.TAGS, False)}
    await guild.carry_out(restore=True)
    assert await guild.hands() == {}


async def test_a_change_of_our_own_is_no_drift(guild: Guild) -> None:
    await guild.mirror.store.transact(
        lambda unit: unit.programmes.update(guild.mirror.programme_id, "Een nieuwe naam", None)
    )
    plan = await guild.plan()
    assert [change.resource.key for change in plan.changes] == ["programme"]
    assert plan.drift == ()


@pytest.mark.parametrize("hand", list(Hand))
async def test_every_hand_has_a_sentence(guild: Guild, hand: Hand) -> None:
    resource = (await guild.mirror.desired())[0]
    for say in (NL, EN):
        assert "`" not in drift_line(Drift(resource, hand, "x"), say)


async def test_a_plan_that_leaves_a_name_does_not_tell_that_it_changes_it(guild: Guild) -> None:
    """The words of a renamed post change: its name is left, and stands in the plan only as what people made of it."""
    await guild.patch("section:110", name="Onze titel")
    await guild.reword("Een nieuwe zin.")
    written = plan_file(await guild.preview(), NL)
    assert "heet nu “Onze titel” → blijft zo" in written
    assert "1.1 Deel 1 · tekst\n" in written
    assert "naam" not in written.partition("Onze titel")[2]


async def test_what_a_change_of_the_channel_puts_back_is_not_told_as_left(guild: Guild) -> None:
    """The category is made anew, and the chapter's channel goes there under its own name."""
    ids = await guild.mirror.ids()
    await guild.patch("chapter:1", name="ons-eigen-hoofdstuk")
    await guild.owner.request("DELETE", f"/channels/{ids['programme']}")
    told = {(each.resource.key, each.hand): each.restored for each in (await guild.plan()).drift}
    assert told["chapter:1", Hand.RENAMED]
    await guild.carry_out(restore=False)
    assert "chapter:1" not in await guild.hands()
