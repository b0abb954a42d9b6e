"""Who is told what, and where: proposers in the section's post, others in private, and nobody twice."""

import json
from typing import Any

from bot.domain.amendments import Status
from bot.domain.ids import Snowflake
from bot.services.member_rows import News
from bot.services.ports import Unit
from tests.db.stock import connection_of
from tests.e2e.conftest import SAMPLE, Town
from tests.e2e.proposals import SECTION, WORDS, filed, said
from tests.e2e.shell import Shell
from tests.e2e.test_finding import decide, quiet
from tests.sandbox.member import Enter, Member
from tests.sandbox.parts import text_of


async def round_made(town: Town) -> None:
    await quiet()
    await town.bridge.make_round()
    await town.bridge.syncing.idle()


async def news(town: Town, *kinds: News) -> None:
    """Let there be news about 4.2-A2, with no answer under way that could tell it at once."""
    await quiet()

    def work(unit: Unit) -> None:
        amendment = unit.amendments.by_reference(unit.programmes.ids()[0], "4.2-A2")
        assert amendment
        for kind in kinds:
            unit.members.tell_followers(amendment.amendment_id, kind, "2026-11-01T10:00:00+00:00")

    await town.store.transact(work)


def mentions(town: Town) -> list[dict[str, Any]]:
    return [each for each in town.view()["messages"][town.post(SECTION)] if each["mentions"]]


async def wants_messages(member: Member) -> None:
    mine = await member.slash("mijn")
    await member.press(mine.message, "Stuur mij berichten")


async def test_a_proposer_is_mentioned_once_with_all_news_of_a_period(town: Town, members: Enter) -> None:
    """Only the proposer, only about their own; who follows or supports is named nowhere."""
    lid, lid2 = await members("lid"), await members("lid2")
    await filed(lid, town)
    await lid2.slash("amendement volgen", {"verwijzing": "4.2-A2"})
    await news(town, News.ADVISED, News.ADMITTED)
    await round_made(town)
    await round_made(town)
    (told,) = mentions(town)
    assert [user["id"] for user in told["mentions"]] == [lid.id]
    assert "er is een preadvies" in text_of(told)
    assert "het is in behandeling" in text_of(told)
    assert lid2.id not in str(town.view()["messages"])
    assert "er is een preadvies" in said(await lid2.slash("mijn"))


async def test_what_a_proposer_heard_already_is_not_told_in_public(town: Town, members: Enter) -> None:
    lid = await members("lid")
    await filed(lid, town)
    await news(town, News.ADVISED)
    assert "er is een preadvies" in said(await lid.slash("mijn"))
    await round_made(town)
    assert mentions(town) == []


async def test_what_only_the_proposer_may_know_is_said_nowhere(town: Town, members: Enter) -> None:
    lid = await members("lid")
    await filed(lid, town)
    await news(town, News.RETURNED, News.INVITED, News.ASKED_TO_MERGE)
    await round_made(town)
    assert mentions(town) == []


async def test_direct_messages_come_only_to_who_asked_for_them(town: Town, members: Enter) -> None:
    """Then nothing is said in public. Who closed their messages is mentioned after all."""
    lid, lid2 = await members("lid"), await members("lid2")
    await filed(lid, town)
    for member in (lid, lid2):
        await wants_messages(member)
    await lid2.slash("amendement volgen", {"verwijzing": "4.2-A2"})
    await news(town, News.ADVISED)
    await round_made(town)
    for member in (lid, lid2):
        message = await member.event("MESSAGE_CREATE", lambda data: data.get("guild_id") is None)
        assert "er is een preadvies" in text_of(message)
        assert WORDS[:20] in text_of(message)
    assert mentions(town) == []
    town.loopback.world.closed.add(lid.id)
    await news(town, News.ADMITTED)
    await round_made(town)
    await round_made(town)
    assert len(mentions(town)) == 1
    assert "Stuur mij berichten" in str((await lid.slash("mijn")).message["components"])


async def test_support_becomes_a_number_once_a_day(town: Town, members: Enter) -> None:
    """Long after the decision nobody can tell who supported it, and the count stays."""
    lid = await members("lid")
    await lid.press(town.message(town.post(SECTION), "### 4.2-A1"), "Ik steun dit")
    await decide(town, "4.2-A1", Status.REJECTED)
    await town.store.transact(_long_ago)
    await round_made(town)

    def supported(unit: Unit) -> tuple[int, bool]:
        amendment = unit.amendments.by_reference(unit.programmes.ids()[0], "4.2-A1")
        assert amendment
        return amendment.support, unit.amendments.supports(amendment.amendment_id, Snowflake(int(lid.id)))

    assert await town.store.read(supported) == (1, False)


def _long_ago(unit: Unit) -> None:
    connection = connection_of(unit)
    connection.execute("DROP TRIGGER events_stay")
    connection.execute("UPDATE events SET at = '2020-01-01T00:00:00+00:00'")


async def test_a_name_that_is_not_on_discord_is_inspected_and_erased_from_the_command_line(shell: Shell) -> None:
    await shell.good("import", str(SAMPLE))
    kept = json.loads(await shell.good("privacy", "inspect", "teun rietgors"))
    assert [each["reference"] for each in kept["proposals"]] == ["4.2-A1"]
    code, _, told = await shell.run("privacy", "erase", "Teun Rietgors")
    assert (code, "--confirm" in told) == (0, True)
    await shell.good("privacy", "erase", "Teun Rietgors", "--confirm")
    kept = json.loads(await shell.good("privacy", "inspect", "Teun Rietgors"))
    assert not any(kept.values())
    assert "4.2-A1" in await shell.good("show")
