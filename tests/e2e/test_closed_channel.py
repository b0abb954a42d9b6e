"""One channel that the bot may not see holds up nothing else, is named by its name, and is caught up with by itself."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.domain.ids import ProgrammeId
from bot.mirror.permissions import Permission
from bot.sandbox import Loopback
from db.database import Database
from tests.e2e.conftest import Town, running, settings_for
from tests.sandbox.granting import grant
from tests.sandbox.member import Enter, Member
from tests.sandbox.parts import text_of


@pytest.fixture
async def bare(loopback: Loopback, store: Database, tmp_path: Path) -> AsyncIterator[Town]:
    """The town with a bot that has what its link asks for and nothing else."""
    grant(loopback)
    async with running(loopback, store, settings_for(loopback, tmp_path / "town.db")) as town:
        yield town


async def deny(bare: Town, oprichter: Member, kind: int, target: str, denied: Permission) -> str:
    """Withhold something in the first chapter, and return the chapter's name."""
    forum = next(channel for channel in bare.view()["channels"] if channel["type"] == 15)
    rule = {"type": kind, "allow": "0", "deny": str(int(denied))}
    await oprichter.request("PUT", f"/channels/{forum['id']}/permissions/{target}", rule)
    return forum["name"]


@pytest.mark.parametrize("command", ["programma bijwerken", "programma opruimen", "programma controleren"])
async def test_what_admins_ask_names_the_channel_and_the_permission(bare: Town, members: Enter, command: str) -> None:
    """No error with a trace for the operator, and no channel called Discord."""
    beheerder, oprichter = await members("beheerder"), await members("oprichter")
    bot_id = bare.loopback.world.application.id
    name = await deny(bare, oprichter, 1, bot_id, Permission.VIEW_CHANNEL)
    with capture_logs() as logs:
        said = (await beheerder.slash(command)).text.replace("\\", "")
    assert f"#{name}" in said
    assert "*Kanalen bekijken*" in said
    assert "voor de bot zelf" in said
    assert "Discord niet zien" not in said
    assert [line for line in logs if line["log_level"] == "error"] == []


async def test_a_role_that_is_denied_is_told_to_give_the_role_the_right(bare: Town, members: Enter) -> None:
    """The plan is shown, what changes elsewhere is made, and what changed there comes once the bot may see it."""
    beheerder, oprichter, lid = await members("beheerder"), await members("oprichter"), await members("lid")
    guild = next(iter(bare.loopback.world.guilds.values()))
    role = next(each["id"] for each in guild.roles.values() if each["managed"])
    bot_id = bare.loopback.world.application.id
    forum = next(channel for channel in bare.view()["channels"] if channel["type"] == 15)
    await oprichter.request("DELETE", f"/channels/{forum['id']}/permissions/{bot_id}")
    name = await deny(bare, oprichter, 0, role, Permission.VIEW_CHANNEL)
    plan = (await beheerder.slash("programma bijwerken")).text.replace("\\", "")
    assert f"De bot mag #{name} niet zien. Geef de rol van de bot daar het recht" in plan
    for title in ("1.1", "2.1"):
        await lid.press(card_in(bare, title), "Ik steun dit")
    await supported(bare, lid, "2.1")
    async with bare.bridge.syncing.alone(ProgrammeId(1)):
        pass  # the run that was refused something is over
    assert "#" + name in (await beheerder.slash("programma status")).text.replace("\\", "")
    assert "steun van 1 lid" not in "".join(bare.texts(bare.post("1.1")))
    await beheerder.event("MESSAGE_CREATE", lambda each: "Niet alles lukte" in text_of(each))
    log = next(each["id"] for each in bare.view()["channels"] if each["name"] == "programma-logboek")
    told = [text for text in bare.texts(log) if "Niet alles lukte" in text]
    assert len(told) == 1, "told once, however often it is tried"
    assert f"#{name}" in told[0].replace("\\", "")
    await oprichter.request("DELETE", f"/channels/{forum['id']}/permissions/{role}")
    await supported(bare, lid, "1.1")


def card_in(bare: Town, title: str) -> dict[str, Any]:
    """Return the first card in a section's post."""
    messages = bare.view()["messages"][bare.post(title)]
    return next(message for message in messages if "support:" in str(message.get("components")))


async def supported(bare: Town, member: Member, title: str) -> None:
    """Wait until a section's summary tells of the support."""
    post_id = bare.post(title)
    await member.event(
        "MESSAGE_UPDATE", lambda each: each["channel_id"] == post_id and "steun van 1 lid" in text_of(each)
    )
