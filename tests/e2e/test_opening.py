"""Into a living guild gently: beheer alone sees what is made, until it opens that, at once and without a word."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.config import MirrorSettings
from bot.mirror.permissions import Permission
from bot.sandbox import Loopback
from bot.sandbox.wire import Json
from db.database import Database
from tests.e2e.conftest import Town, running, settings_for
from tests.sandbox.granting import dismiss, grant
from tests.sandbox.member import Enter, Member

BEHEER_ALONE = "Alleen beheer ziet dit, tot `/programma openstellen`"


@pytest.fixture
async def fresh(loopback: Loopback, store: Database, tmp_path: Path) -> AsyncIterator[Town]:
    """The town in which nothing is made before a person says so."""
    async with running(loopback, store, settings_for(loopback, tmp_path / "town.db", mirror=MirrorSettings())) as town:
        yield town


async def synced(town: Town, beheerder: Member) -> None:
    plan = await beheerder.slash("programma bijwerken")
    done = await beheerder.press(plan.message, "Uitvoeren")
    await done.until(lambda given: bool(given.messages) and "Klaar" in given.text)
    assert len(town.view()["threads"]) == 19


async def opened(beheerder: Member) -> None:
    asked = await beheerder.slash("programma openstellen")
    done = await beheerder.press(asked.message, "Openstellen")
    await done.until(lambda given: bool(given.messages) and "iedereen ziet het programma nu" in given.text)


async def seen_by(member: Member) -> set[str]:
    channels: list[Json] = await member.request("GET", f"/guilds/{member.guild_id}/channels")
    return {channel["name"] for channel in channels} - {"algemeen"}


async def test_beheer_opens_what_only_beheer_saw_and_nothing_is_posted(fresh: Town, members: Enter) -> None:
    """Every channel but the log opens by its overwrites alone; a second time there is nothing to open."""
    beheerder, lid = await members("beheerder"), await members("lid")
    await synced(fresh, beheerder)
    assert len(await seen_by(beheerder)) > 5
    assert await seen_by(lid) == set()
    assert "Alleen beheer ziet" in (await beheerder.slash("programma status")).text
    everything = await seen_by(beheerder)
    before, messages = len(fresh.view()["calls"]), fresh.view()["messages"]
    await opened(beheerder)
    assert await seen_by(lid) == everything - {"programma-logboek"}
    writes = [call for call in fresh.view()["calls"][before:] if call["method"] != "GET"]
    changed = [call for call in writes if not call["path"].startswith(("/interactions", "/webhooks"))]
    assert {call["method"] for call in changed} == {"PATCH"}
    assert len(changed) == len(everything) - 1
    assert fresh.view()["messages"] == messages
    assert "al open" in (await beheerder.slash("programma openstellen")).text
    assert "Alleen beheer" not in (await beheerder.slash("programma status")).text
    assert "niets te doen" in (await beheerder.slash("programma bijwerken")).text


async def test_a_plan_says_who_will_see_what_comes_of_it(fresh: Town, members: Enter) -> None:
    """Beheer alone until it is opened, members from then on; and what of it holds after clearing away."""
    beheerder = await members("beheerder")
    assert BEHEER_ALONE in (await beheerder.slash("programma bijwerken")).text
    await synced(fresh, beheerder)
    assert BEHEER_ALONE in (await beheerder.slash("programma bijwerken")).text
    await opened(beheerder)
    assert BEHEER_ALONE not in (await beheerder.slash("programma bijwerken")).text
    section = await fresh.store.read(lambda unit: unit.programmes.load(unit.programmes.ids()[0]))
    await fresh.store.transact(lambda unit: unit.programmes.update(section.programme_id, "Anders", None))
    assert "Leden zien dit meteen" in (await beheerder.slash("programma bijwerken")).text
    plan = await beheerder.slash("programma opruimen")
    done = await beheerder.press(plan.message, "Opruimen")
    await done.until(lambda given: bool(given.messages) and "Opgeruimd" in given.text)
    assert "ziet eerst alleen beheer" in done.text
    assert BEHEER_ALONE in (await beheerder.slash("programma bijwerken")).text


async def test_others_than_beheer_open_nothing(fresh: Town, members: Enter) -> None:
    """The refusal names whom to ask, also when the role went between question and answer."""
    beheerder, lid = await members("beheerder"), await members("lid")
    assert "Begin met `/programma bijwerken`" in (await beheerder.slash("programma openstellen")).text
    await synced(fresh, beheerder)
    assert "beheer" in (await lid.slash("programma openstellen")).text
    asked = await beheerder.slash("programma openstellen")
    dismiss(fresh.loopback, "beheerder")
    assert "Vraag" in (await beheerder.press(asked.message, "Openstellen")).text
    assert await seen_by(lid) == set()


async def test_always_opens_at_once_and_stays_open_under_other_settings(
    loopback: Loopback, store: Database, members: Enter, tmp_path: Path
) -> None:
    """A mirror that stood open is not hidden because `mirror.auto` changes."""
    settings = settings_for(loopback, tmp_path / "town.db")
    lid = await members("lid")
    async with running(loopback, store, settings):
        seen = await seen_by(lid)
    assert len(seen) > 5
    async with running(loopback, store, settings.model_copy(update={"mirror": MirrorSettings(auto="never")})):
        assert await seen_by(lid) == seen


async def test_an_opening_that_was_cut_off_goes_on_even_where_nothing_follows_by_itself(
    loopback: Loopback, store: Database, members: Enter, tmp_path: Path
) -> None:
    """With `mirror.auto = "never"` too: the promise stands in the database, and each pass keeps it."""
    settings = settings_for(loopback, tmp_path / "town.db", mirror=MirrorSettings(auto="never"))
    beheerder, lid = await members("beheerder"), await members("lid")
    async with running(loopback, store, settings) as town:
        await synced(town, beheerder)
        grant(loopback, without=Permission.MANAGE_ROLES)
        asked = await beheerder.slash("programma openstellen")
        done = await beheerder.press(asked.message, "Openstellen")
        await done.until(lambda given: bool(given.messages) and "het recht *Rollen beheren*" in given.text)
        assert await seen_by(lid) == set()
        assert "wordt vanzelf opnieuw geprobeerd" in (await beheerder.slash("programma status")).text
    grant(loopback)
    async with running(loopback, store, settings):
        assert len(await seen_by(lid)) > 5


async def test_members_post_lets_members_begin_posts(
    loopback: Loopback, store: Database, members: Enter, tmp_path: Path
) -> None:
    """With `mirror.members_post` a member begins a post in a chapter; without it that is taken back."""
    settings = settings_for(loopback, tmp_path / "town.db", mirror=MirrorSettings(auto="always", members_post=True))
    lid = await members("lid")
    post = {"name": "Van mij", "message": {"content": "hoi"}}
    async with running(loopback, store, settings) as town:
        forum = next(channel["id"] for channel in town.view()["channels"] if channel["type"] == 15)
        await lid.request("POST", f"/channels/{forum}/threads", post)
    async with running(loopback, store, settings.model_copy(update={"mirror": MirrorSettings(auto="always")})):
        with pytest.raises(Exception, match=r"50013|403"):
            await lid.request("POST", f"/channels/{forum}/threads", post)
