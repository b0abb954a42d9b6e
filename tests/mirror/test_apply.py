"""The guild comes to show what it should, exactly once, whatever happens in between."""

import pytest
from discord.http import HTTPClient

from bot.domain.ids import Snowflake
from bot.mirror.desire import desire
from bot.sandbox import Loopback
from bot.services.ports import Unit
from db.database import Database
from tests.mirror.discord_text import plain_of, squeezed
from tests.mirror.killing import Killed, Mortal, cut_off
from tests.mirror.passes import NL, SETTINGS, Mirror, shown, shown_in, writing
from tests.mirror.programmes import add_amendment, bullet, make_programme, section_of, store_section

POSTS = ["1.1 Deel 1", "1.2 Deel 2", "2.1 Deel 1", "2.2 Deel 2", "Inhoud", "Inhoud"]


@pytest.fixture
async def mirror(
    loopback: Loopback, database: Database, http: HTTPClient, guild_id: Snowflake, bot_id: Snowflake
) -> Mirror:
    programme_id = await database.transact(lambda unit: make_programme(unit, guild_id))
    return Mirror(loopback, database, http, guild_id, bot_id, programme_id)


async def test_a_whole_programme_is_made_in_order_and_no_call_is_refused(mirror: Mirror) -> None:
    outcome = await mirror.sync()
    assert outcome.failures == ()
    assert not outcome.stale
    guild = mirror.dump()
    assert all(call["status"] < 400 for call in mirror.calls())
    names = [channel["name"] for channel in guild["channels"]]
    assert names[1:] == [
        "Samen sterk in Zilverdijk",
        "overzicht",
        "1-hoofdstuk-1",
        "2-hoofdstuk-2",
        "programma-logboek",
    ]
    assert sorted(thread["name"] for thread in guild["threads"]) == POSTS
    stand = await mirror.stand()
    desired = await mirror.desired()
    ids = await mirror.ids()
    assert set(ids) == {resource.key for resource in desired}
    for _, section in stand.programme.sections():
        post_id = str(ids[f"section:{section.post_id}"])
        found = [int(message["id"]) for message in guild["messages"][post_id]]
        wanted = [resource for resource in desired if resource.section == section.section_id]
        assert found == [ids[resource.key] for resource in wanted]
        assert guild["pins"][post_id] == [str(ids[f"summary:{section.post_id}"])]
        text = squeezed("".join(plain_of(each) for each in shown_in(guild, post_id)))
        assert squeezed(section.text)[:500] in text


async def test_every_message_pings_nobody_and_carries_its_mark(mirror: Mirror) -> None:
    await mirror.sync()
    messages = [message for place in mirror.dump()["messages"].values() for message in place]
    assert messages
    assert all(not message["mentions"] and not message["mention_everyone"] for message in messages)


async def test_a_second_sync_makes_no_writing_call_and_two_reads(mirror: Mirror) -> None:
    await mirror.sync()
    calls = await mirror.calls_of()
    assert len(calls) == 2
    assert writing(calls) == []


async def test_the_edit_of_one_bullet_edits_one_message(mirror: Mirror) -> None:
    await mirror.sync()
    ids = await mirror.ids()

    def edit(unit: Unit) -> None:
        section = section_of(unit, mirror.programme_id, "1.1")
        blocks = [stored.block for stored in section.blocks]
        blocks[8] = bullet("Dit punt is herschreven.")
        store_section(unit, section.section_id, tuple(blocks))

    await mirror.store.transact(edit)
    calls = writing(await mirror.calls_of())
    post_id, part = ids["section:110"], ids["section:110/part:2"]
    assert calls == [("PATCH", f"/channels/{post_id}/messages/{part}")]
    assert writing(await mirror.calls_of()) == []


async def test_a_new_amendment_is_one_card_and_edits_the_summary_and_the_contents(mirror: Mirror) -> None:
    await mirror.sync()
    ids = await mirror.ids()
    await mirror.store.transact(
        lambda unit: add_amendment(unit, section_of(unit, mirror.programme_id, "1.2").section_id)
    )
    calls = writing(await mirror.calls_of())
    post_id = ids["section:120"]
    assert calls == [
        ("POST", f"/channels/{post_id}/messages"),
        ("PATCH", f"/channels/{post_id}/messages/{ids['summary:120']}"),
        ("PATCH", f"/channels/{ids['contents:1']}/messages/{ids['contents:1']}"),
        ("PATCH", f"/channels/{ids['overview']}/messages/{ids['overview/part:2']}"),
    ]


async def test_killed_at_any_write_the_next_passes_end_in_the_same_guild(
    loopback: Loopback, database: Database, http: HTTPClient, guild_id: Snowflake, bot_id: Snowflake
) -> None:
    """Every create in turn: the process dies before an intent is written, or after the call and before its id is."""
    programme_id = await database.transact(lambda unit: make_programme(unit, guild_id, chapters=1, sections=2))
    whole = Mirror(loopback, database, http, guild_id, bot_id, programme_id)
    kills = 0
    while (await whole.plan()).changes:
        # Another number of writes each time: what is made side by side dies in ever other places.
        mortal = Mirror(loopback, Mortal(database, 2 + kills % 6), http, guild_id, bot_id, programme_id)
        try:
            await mortal.sync()
        except (Killed, ExceptionGroup):
            kills += 1
    assert kills > 10
    guild = whole.dump()
    stand = await whole.stand()
    messages = [message for place in guild["messages"].values() for message in place]
    desired = await whole.desired()
    ours = [resource for resource in desired if resource.kind.value in {"post", "message"}]
    assert len(messages) == len(ours)
    assert len(guild["channels"]) == 1 + sum(
        resource.kind.value in {"category", "text", "forum"} for resource in desired
    )
    undisturbed = desire(stand.programme, {}, SETTINGS, NL)
    assert {each.key: each.layout for each in undisturbed} == {key: row.layout for key, row in stand.known.items()}
    assert writing(await whole.calls_of()) == []


@pytest.mark.parametrize("path", [r"/guilds/\d+/channels$", r"/channels/\d+/threads$", r"/channels/\d+/messages$"])
@pytest.mark.parametrize("status", [0, 500, 503])
async def test_a_create_whose_answer_is_lost_is_not_made_twice(mirror: Mirror, path: str, status: int) -> None:
    faults = mirror.loopback.faults
    if status:
        faults.fail(status, 1 if status == 500 else 3, method="POST", path=path, after=True)
    else:
        faults.drop(3, method="POST", path=path, after=True)
    outcome = await mirror.sync()
    assert outcome.failures == ()
    desired = await mirror.desired()
    guild = mirror.dump()
    messages = [message for place in guild["messages"].values() for message in place]
    assert len(messages) == sum(resource.kind.value in {"post", "message"} for resource in desired)
    assert len(guild["threads"]) == len(POSTS)
    assert writing(await mirror.calls_of()) == []


async def test_a_deleted_post_is_made_anew_with_all_that_stood_in_it(mirror: Mirror) -> None:
    await mirror.sync()
    before = shown(mirror.dump())
    ids = await mirror.ids()
    await mirror.http.delete_channel(ids["section:110"])
    assert not (await mirror.sync()).failures
    assert shown(mirror.dump()).keys() == before.keys()
    assert shown(mirror.dump())["1-hoofdstuk-1/1.1 Deel 1"]
    assert writing(await mirror.calls_of()) == []


async def test_a_deleted_post_is_made_anew_wherever_the_process_is_cut_off(mirror: Mirror) -> None:
    await mirror.sync()
    before = {place: len(said) for place, said in shown(mirror.dump()).items()}
    write = 0
    killed = True
    while killed:
        write += 1
        await mirror.http.delete_channel((await mirror.ids())["section:120"])
        killed = await cut_off(mirror, write=write)
        assert not (await mirror.sync()).failures
        assert {place: len(said) for place, said in shown(mirror.dump()).items()} == before
        assert writing(await mirror.calls_of()) == []
    assert write > 10


async def test_an_archived_post_is_woken_before_it_is_edited(mirror: Mirror) -> None:
    await mirror.sync()
    ids = await mirror.ids()
    await mirror.http.edit_channel(ids["section:120"], archived=True)
    await mirror.store.transact(
        lambda unit: add_amendment(unit, section_of(unit, mirror.programme_id, "1.2").section_id)
    )
    outcome = await mirror.sync()
    assert outcome.failures == ()
    assert writing(await mirror.calls_of()) == []


async def test_a_deleted_channel_is_made_anew(mirror: Mirror) -> None:
    await mirror.sync()
    ids = await mirror.ids()
    await mirror.http.delete_channel(ids["chapter:1"])
    await mirror.sync()
    assert sorted(thread["name"] for thread in mirror.dump()["threads"]) == POSTS
    assert writing(await mirror.calls_of()) == []
