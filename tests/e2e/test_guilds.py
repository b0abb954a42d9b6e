"""One process, two guilds, the same member: nothing of one is seen in the other, and neither holds up the other."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.domain.ids import Snowflake
from bot.sandbox import Loopback
from bot.sandbox.acts import messages
from bot.sandbox.world import Actor
from db.database import Database
from tests.e2e.conftest import Town, sections_in
from tests.e2e.neighbours import (
    Next,
    amendment_of,
    card,
    carried_over,
    programme_of,
    section_of,
    two_guilds,
    visit,
    writes,
)
from tests.e2e.proposals import filed, form_of, labels, said, values
from tests.e2e.test_finding import inspected
from tests.e2e.test_member import SECTION, WORDS, file_of, propose, write
from tests.sandbox.member import Enter, Member
from tests.sandbox.parts import text_of, walk

Both = tuple[Town, Next]


@pytest.fixture
async def both(loopback: Loopback, store: Database, tmp_path: Path) -> AsyncIterator[Both]:
    async with two_guilds(loopback, store, tmp_path / "town.db") as guilds:
        yield guilds


async def test_what_is_proposed_in_one_guild_is_nowhere_in_the_other(both: Both, members: Enter) -> None:
    """Not in its channels, and not in suggestions, lists, summaries or under the reference; next door all are found."""
    town, beside = both
    assert len(sections_in(town.view())) == len(sections_in(beside.view())) == 14
    before = writes(beside)
    lid = await members("lid")
    await propose(lid, town)
    assert WORDS in str(town.view()["messages"])
    assert WORDS not in str(beside.view()["messages"])
    assert writes(beside) == before
    assert "4.2-A2" in str(await lid.complete("amendement tonen", {"verwijzing": "4.2"}, focused="verwijzing"))
    visit(lid, beside.guild)
    assert "4.2-A2" not in str(await lid.complete("amendement tonen", {"verwijzing": "4.2"}, focused="verwijzing"))
    assert "Er is geen amendement" in (await lid.slash("amendement tonen", {"verwijzing": "4.2-A2"})).text
    assert "4.2-A2" not in (await lid.slash("amendement lijst", {"paragraaf": "4.2"})).text
    assert "4.2-A2" not in (await lid.slash("samenvatting tonen", channel=beside.post(SECTION))).text
    shown = await lid.slash("amendement tonen", {"verwijzing": "2.1-A1"})
    await lid.press(shown.message, "Ik steun dit")
    await town.bridge.syncing.idle()
    assert "1 lid steunt" in card(beside, "2.1-A1")
    assert "1 lid steunt" not in card(town, "2.1-A1")


async def test_a_name_given_in_one_guild_is_unknown_in_the_other(both: Both, members: Enter) -> None:
    """There the member is asked again. What is kept is the person's own, and is shown whole, saying of which it is."""
    town, beside = both
    lid = await members("lid")
    await filed(lid, town, name="Wil de Waterwolf")
    await lid.press((await lid.slash("mijn")).message, "Stuur mij berichten")
    visit(lid, beside.guild)
    mine = await lid.slash("mijn")
    assert "Waterwolf" not in said(mine)
    assert "Stuur mij berichten" in labels(mine)
    form = await form_of(lid, await lid.slash("amendement indienen", channel=beside.post(SECTION)))
    assert values(form)["name"] == "Wilgje Waterkant"
    asked = await lid.slash("privacy wissen")
    assert "elke server" in asked.text
    assert "elke server" in (await lid.slash("privacy inzage")).text
    (chosen,) = (await inspected(lid))["preferences"]
    assert "'book_name': 'Wil de Waterwolf'" in str(chosen)
    assert "'programme': 'Waterdrecht" in str(chosen)


async def refused(member: Member, message: dict[str, Any], custom_id: str) -> None:
    """Press, and be told that there is no such thing."""
    answer = await member.press(message, custom_id)
    await answer.until(lambda given: bool(given.messages) and "bestaat niet" in given.text)


async def test_a_button_carried_over_to_the_other_guild_finds_nothing(
    both: Both, members: Enter, loopback: Loopback
) -> None:
    """A draft, a card, a form and a choice of section name their amendment or section by a number of all guilds."""
    town, beside = both
    lid = await members("lid")
    here = await write(lid, town)
    mine = file_of(here)
    visit(lid, beside.guild)
    there = await write(lid, beside)  # the same member, with a draft in both
    theirs = file_of(there)
    forged = carried_over(loopback, there.message, theirs, mine)
    await refused(lid, forged, mine)
    number, own = mine.removeprefix("file:"), theirs.removeprefix("file:")
    forged = carried_over(loopback, there.message, f"rewrite:{own}", f"rewrite:{number}")
    await refused(lid, forged, f"rewrite:{number}")
    shown = await lid.slash("amendement tonen", {"verwijzing": "2.1-A1"})
    support = next(str(part["custom_id"]) for part in walk(shown.message["components"]) if "custom_id" in part)
    reference = await amendment_of(town, "2.1-A1")
    forged = carried_over(loopback, shown.message, support, f"support:{reference}")
    await refused(lid, forged, f"support:{reference}")
    forged = carried_over(loopback, shown.message, f"support:{reference}", f"read:{reference}")
    await refused(lid, forged, f"read:{reference}")
    section = await section_of(town, SECTION)
    forged = carried_over(loopback, shown.message, f"read:{reference}", f"propose:{section}")
    await refused(lid, forged, f"propose:{section}")
    await town.bridge.syncing.idle()
    assert "1 lid steunt" not in card(town, "2.1-A1")


async def test_the_roles_of_one_guild_give_nothing_in_the_other(both: Both, members: Enter) -> None:
    """Each guild's roles are its own: who leads here is a member there, and the other way around."""
    town, beside = both
    secretaris, beheerder, gast = await members("secretaris"), await members("beheerder"), await members("gast")
    here = {member.name: member.channel for member in (secretaris, beheerder, gast)}
    assert "alleen voor" not in (await secretaris.slash("amendement koppelen", {"wat": "2.1-A1"})).text
    assert "niets te doen" in (await beheerder.slash("programma bijwerken")).text
    assert "beheer" in (await gast.slash("programma bijwerken")).text
    for member in (secretaris, beheerder, gast):
        visit(member, beside.guild)
    refused = (await secretaris.slash("amendement koppelen", {"wat": "2.1-A1"})).text
    secretaries = [role["id"] for role in beside.guild.roles.values() if role["name"] == "secretaris"]
    assert f"<@&{secretaries[0]}>" in refused
    assert "niets te doen" not in (await beheerder.slash("programma bijwerken")).text
    assert "niets te doen" in (await gast.slash("programma bijwerken")).text
    assert here["gast"] not in beside.guild.channels
    assert town.bridge.syncing.guild_of(await programme_of(town)) != Snowflake(int(beside.guild.id))


async def test_a_deleted_message_comes_back_in_its_own_guild_only(both: Both, loopback: Loopback) -> None:
    town, beside = both
    post = beside.post("Een huur die je kunt betalen")
    held = beside.message(post, "2.1-A1")
    before = town.texts(town.post("Een huur die je kunt betalen"))
    calls = writes(town)
    messages.delete(loopback.world, Actor(loopback.world.application.id, bot=True), post, held["id"])
    await loopback.wait_for(lambda _: any("2.1-A1" in text_of(each) for each in beside.view()["messages"][post]))
    await town.bridge.syncing.idle()
    assert town.texts(town.post("Een huur die je kunt betalen")) == before
    assert writes(town) == calls


async def test_a_guild_where_discord_fails_holds_up_no_other(both: Both, members: Enter, loopback: Loopback) -> None:
    """Every look at the neighbour is refused, and goes on being refused; the town's card comes all the same."""
    town, beside = both
    loopback.faults.fail(403, times=10_000, path=f"/guilds/{beside.guild.id}/")
    programme_id = await programme_of(beside)
    town.bridge.syncing.enqueue(programme_id)
    lid = await members("lid")
    draft = await write(lid, town)
    answer = await lid.press(draft.message, file_of(draft))
    await answer.until(lambda given: bool(given.messages) and "4.2-A2" in given.text)
    await loopback.wait_for(lambda _: WORDS in str(town.view()["messages"]))
    assert (await town.bridge.syncing.health(await programme_of(town))).failure is None
    assert (await town.bridge.syncing.health(programme_id)).failure is not None
