"""What is said in public is said once: after a kill at the worst moment too, and in one message about one person."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.domain.amendments import Status
from bot.domain.deeds import Deed
from bot.domain.ids import ProgrammeId, Snowflake
from bot.domain.phases import Phase
from bot.mirror.apply.walking import DiscordGuild
from bot.mirror.links import Place, Places
from bot.mirror.resources import Json, Key
from bot.services.announcement_rows import Announcement
from bot.services.announcing import Announcing, bundles, content_of
from bot.services.deciding import Deciding, Ruling
from bot.services.meeting import MeetingLead
from bot.wiring import now
from tests.e2e.conftest import Town
from tests.e2e.test_deeds import FIRST, SECTION, enter
from tests.services.acts import AT, CHAIR, acting, made

ZUHAL, HERMAN = Snowflake(5), Snowflake(6)


class Killed(BaseException):
    """What a kill looks like from inside."""


class Dying(DiscordGuild):
    """A guild in which the program dies right after it said something."""

    async def tell(
        self, programme_id: ProgrammeId, key: Key, channel_id: Snowflake, content: Mapping[str, Json]
    ) -> None:
        await super().tell(programme_id, key, channel_id, content)
        raise Killed


async def test_a_kill_after_it_was_said_does_not_say_it_again(town: Town) -> None:
    post = town.post(SECTION)
    places = Places(Snowflake(1), {"section:164": Place(Snowflake(int(post)))})
    await town.store.transact(lambda unit: unit.announcements.add(FIRST, "section:164", "Eén keer.", AT))
    client = town.bridge.client
    guild_id = Snowflake(next(iter(int(each) for each in town.loopback.world.guilds)))
    bot_id = Snowflake(client.user.id if client.user else 0)
    with pytest.raises(Killed):
        await Announcing(town.store, Dying(client.http, guild_id, bot_id, town.store, now)).tell(FIRST, places)
    assert await Announcing(town.store, DiscordGuild(client.http, guild_id, bot_id, town.store, now)).tell(
        FIRST, places
    )
    assert town.texts(post).count("Eén keer.") == 1
    assert await town.store.read(lambda unit: unit.announcements.waiting(FIRST)) == []


async def test_what_was_undone_before_it_was_said_is_not_said(town: Town) -> None:
    amendment = await made(town.store, Status.OPEN)
    await enter(town, Phase.ASSEMBLY)
    ground = acting(town.store)
    await Deciding(ground).decide(CHAIR, amendment.amendment_id, Ruling(Deed.REJECT), Snowflake(1))
    lead = MeetingLead(ground)
    (last,) = await lead.last(FIRST)
    await lead.undo(CHAIR, FIRST, last.decision_id, "Verkeerde knop.")
    await town.bridge.follow()
    await town.bridge.syncing.idle()
    texts = [text for channel in town.view()["messages"] for text in town.texts(channel)]
    assert not any("**verworpen**" in text and str(amendment.reference) in text for text in texts)


def line(number: int, place: str, mention: Snowflake | None, text: str = "Besluit.") -> Announcement:
    return Announcement(number, place, text, mention)


def test_what_waits_for_one_place_about_one_person_is_one_message() -> None:
    waiting = [line(1, "a", ZUHAL), line(2, "a", HERMAN), line(3, "a", ZUHAL), line(4, "b", ZUHAL)]
    assert [[each.announcement_id for each in bundle] for bundle in bundles(waiting)] == [[1, 3], [2], [4]]
    content: dict[str, Any] = dict(content_of(bundles(waiting)[0], "announcement:1"))
    assert content["allowed_mentions"] == {"parse": [], "users": ["5"]}
    assert content["components"][0]["content"] == "Besluit.\nBesluit. <@5>"


def test_no_message_is_longer_than_discord_takes() -> None:
    waiting = [line(number, "a", None, "x" * 900) for number in range(10)]
    assert [len(bundle) for bundle in bundles(waiting)] == [3, 3, 3, 1]
