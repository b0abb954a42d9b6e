"""Before the programme is opened, members learn nothing of it anywhere, and beheer can try everything."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.config import MirrorSettings
from bot.domain.ids import Snowflake
from bot.sandbox import Loopback
from bot.services.member_rows import News
from bot.services.ports import Unit
from db.database import Database
from tests.e2e.conftest import Town, running, settings_for
from tests.e2e.proposals import WHY, WORDS, amendments, form_of
from tests.e2e.test_opening import opened, synced
from tests.sandbox.granting import dismiss
from tests.sandbox.member import Enter, Member
from tests.sandbox.parts import text_of

AT = "2026-11-01T10:00:00+00:00"
NOT_YET = "nog niet open"
COMMANDS: list[tuple[str, dict[str, Any]]] = [
    ("amendement indienen", {}),
    ("amendement indienen", {"paragraaf": "2.1"}),
    ("amendement tonen", {"verwijzing": "2.1-A1"}),
    ("amendement lijst", {}),
    ("amendement zoeken", {"woorden": "huur"}),
    ("amendement volgen", {"verwijzing": "2.1-A1"}),
    ("amendement concepten", {}),
    ("amendement uitleg", {}),
    ("samenvatting tonen", {"alles": True}),
    ("programma status", {}),
    ("programma concept", {"paragraaf": "2.1"}),
    ("mijn", {}),
]


@pytest.fixture
async def hidden(loopback: Loopback, store: Database, tmp_path: Path, members: Enter) -> AsyncIterator[Town]:
    """The town in which all was made and nothing was opened."""
    settings = settings_for(loopback, tmp_path / "town.db", mirror=MirrorSettings())
    async with running(loopback, store, settings) as town:
        await synced(town, await members("beheerder"))
        yield town


async def test_every_command_tells_a_member_that_it_is_not_open(hidden: Town, members: Enter) -> None:
    """And lists, suggests and finds nothing; what is kept of oneself can be asked all the same."""
    for name in ("lid", "secretaris"):
        member = await members(name)
        for command, options in COMMANDS:
            said = (await member.slash(command, options)).text
            assert NOT_YET in said, (command, said)
            assert "huur" not in said.casefold()
            assert "discord.com/channels" not in said
        assert await member.complete("amendement indienen", {"paragraaf": "huur"}, focused="paragraaf") == []
        assert await member.complete("amendement tonen", {"verwijzing": "2"}, focused="verwijzing") == []
        assert await member.complete("amendement zoeken", {"hoofdstuk": "w"}, focused="hoofdstuk") == []
        assert "bewaart" in (await member.slash("privacy inzage")).text


async def test_no_menu_press_or_form_goes_round_it(hidden: Town, members: Enter) -> None:
    """Not the menu of a message, nor what was drawn while it was open; what was typed in a form is given back."""
    lid, beheerder = await members("lid"), await members("beheerder")
    spoken = await lid.send(lid.channel, "Er moet een park komen.")
    assert NOT_YET in (await lid.menu("Amendement van maken", spoken)).text
    form = await form_of(beheerder, await beheerder.slash("amendement indienen", {"paragraaf": "4.2"}))
    dismiss(hidden.loopback, "beheerder")
    given = await beheerder.submit(form, {"text": WORDS, "explanation": WHY})
    assert NOT_YET in given.text
    assert WORDS in given.text
    assert WHY in given.text
    assert all(each.text != WORDS for each in await amendments(hidden))


async def test_news_waits_until_it_is_open(hidden: Town, members: Enter) -> None:
    """Neither written to a member directly nor told with the one answer they may have."""
    beheerder = await members("beheerder")
    lid = await members("lid")

    def follow(unit: Unit) -> None:
        (programme_id,) = unit.programmes.ids()
        amendment = unit.amendments.by_reference(programme_id, "2.1-A1")
        assert amendment
        member_id = Snowflake(int(lid.id))
        unit.members.follow(amendment.amendment_id, member_id, AT)
        unit.members.set_messages(programme_id, member_id, messages=True, at=AT)
        unit.members.tell_followers(amendment.amendment_id, News.ADVISED, AT)

    await hidden.store.transact(follow)
    await hidden.bridge.make_round()
    inspected = await lid.slash("privacy inzage")
    assert "2.1-A1" not in " ".join(text_of(each) for each in inspected.messages)
    assert not written(lid)
    await opened(beheerder)
    await hidden.bridge.make_round()
    await lid.event("MESSAGE_CREATE", lambda each: "guild_id" not in each and "2.1-A1" in text_of(each))


def written(member: Member) -> list[dict[str, Any]]:
    """Return the messages that came to a member directly."""
    return [data for name, data in member.events if name == "MESSAGE_CREATE" and "guild_id" not in data]


async def test_beheer_tries_everything_and_opening_lets_members_in_at_once(hidden: Town, members: Enter) -> None:
    beheerder, lid = await members("beheerder"), await members("lid")
    for command, options in COMMANDS:
        assert NOT_YET not in (await beheerder.slash(command, options)).text
    assert await beheerder.complete("amendement indienen", {"paragraaf": "huur"}, focused="paragraaf") != []
    await opened(beheerder)
    assert NOT_YET not in (await lid.slash("amendement tonen", {"verwijzing": "2.1-A1"})).text
    assert await lid.complete("amendement indienen", {"paragraaf": "huur"}, focused="paragraaf") != []
