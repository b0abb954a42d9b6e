"""Messages, pins, reactions and files."""

import io

import discord
import pytest
from discord import ui

from bot.sandbox import Loopback, dump
from tests.sandbox.member import Enter, Refused
from tests.sandbox.parts import text_of
from tests.sandbox.probe import Probe


def _card(text: str) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(ui.TextDisplay(text), accent_colour=0x123456))
    return view


async def test_a_card_comes_back_with_its_ids_and_colour(probe: Probe, members: Enter) -> None:
    lid = await members("lid")
    sent = await probe.square.send(view=_card("hallo"))
    read = (await lid.messages(lid.channel))[0]
    assert text_of(read) == "hallo"
    assert read["components"][0]["accent_color"] == 0x123456
    assert [read["components"][0]["id"], read["components"][0]["components"][0]["id"]] == [1, 2]
    await sent.edit(view=_card("dag"))
    assert text_of((await lid.messages(lid.channel))[0]) == "dag"
    update = await lid.event("MESSAGE_UPDATE", lambda data: data["id"] == str(sent.id))
    assert update["edited_timestamp"]


async def test_messages_are_listed_in_pages(probe: Probe) -> None:
    sent = [await probe.square.send(str(number)) for number in range(7)]
    assert [each.content async for each in probe.square.history(limit=3)] == ["6", "5", "4"]
    assert [each.content async for each in probe.square.history(after=sent[4], oldest_first=True)] == ["5", "6"]
    assert [each.content async for each in probe.square.history(before=sent[2])] == ["1", "0"]
    around = [each.content async for each in probe.square.history(around=sent[3], limit=3)]
    assert sorted(around) == ["2", "3", "4"]


async def test_a_message_with_the_same_unique_nonce_is_made_once(probe: Probe, members: Enter) -> None:
    lid = await members("lid")
    first = await lid.send(lid.channel, "hoi", nonce="7", enforce_nonce=True)
    assert (await lid.send(lid.channel, "hoi", nonce="7", enforce_nonce=True))["id"] == first["id"]
    assert len(await lid.messages(lid.channel)) == 1


async def test_nobody_edits_anothers_message(probe: Probe, members: Enter) -> None:
    lid = await members("lid")
    sent = await lid.send(lid.channel, "van mij")
    message = await probe.square.fetch_message(int(sent["id"]))
    with pytest.raises(discord.Forbidden) as refused:
        await message.edit(content="van de bot")
    assert refused.value.code == 50005
    await message.delete()
    await lid.event("MESSAGE_DELETE", lambda data: data["id"] == sent["id"])
    mine = await probe.square.send("van de bot")
    with pytest.raises(Refused) as refusal:
        await lid.request("DELETE", f"/channels/{lid.channel}/messages/{mine.id}")
    assert refusal.value.code == 50013


async def test_many_messages_are_deleted_at_once(probe: Probe, members: Enter) -> None:
    lid = await members("lid")
    sent = [await probe.square.send(str(number)) for number in range(3)]
    await probe.square.delete_messages(sent[:2])
    gone = await lid.event("MESSAGE_DELETE_BULK", lambda _: True)
    assert gone["ids"] == [str(message.id) for message in sent[:2]]


async def test_pinning_leaves_a_notice_and_the_pins_are_listed_last_first(loopback: Loopback, probe: Probe) -> None:
    first = await probe.square.send("een")
    second = await probe.square.send("twee")
    await first.pin()
    await second.pin()
    await first.pin()
    assert [each.content async for each in probe.square.pins()] == ["twee", "een"]
    kinds = [each.type async for each in probe.square.history(limit=2)]
    assert kinds == [discord.MessageType.pins_add] * 2
    await second.unpin()
    assert list(dump(loopback.world)["pins"].values()) == [[str(first.id)]]


async def test_pinning_needs_its_own_permission(probe: Probe, members: Enter) -> None:
    lid = await members("lid")
    message = await probe.square.send("een")
    with pytest.raises(Refused) as refused:
        await lid.request("PUT", f"/channels/{lid.channel}/messages/pins/{message.id}")
    assert refused.value.code == 50013
    with pytest.raises(Refused) as refused:
        await lid.request("PUT", f"/channels/{lid.channel}/pins/{message.id}")
    assert refused.value.code == 50013


async def test_a_channel_takes_two_hundred_and_fifty_pins(loopback: Loopback, probe: Probe) -> None:
    message = await probe.square.send("een")
    loopback.world.pins[str(probe.square.id)] = {str(number): "2026" for number in range(250)}
    with pytest.raises(discord.HTTPException) as refused:
        await message.pin()
    assert refused.value.code == 30003


async def test_a_file_can_be_read_back_and_shown_in_a_card(probe: Probe) -> None:
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.File("attachment://plan.md"))
    sent = await probe.square.send(view=view, file=discord.File(io.BytesIO(b"# Plan"), "plan.md"))
    assert await sent.attachments[0].read() == b"# Plan"
    edited = await sent.edit(attachments=[discord.File(io.BytesIO(b"# Anders"), "plan.md")], view=view)
    assert await edited.attachments[0].read() == b"# Anders"


async def test_nobody_is_mentioned_who_was_not_meant(probe: Probe, members: Enter) -> None:
    lid = await members("lid")
    text = f"<@{lid.id}> @everyone"
    quiet = await probe.square.send(text, allowed_mentions=discord.AllowedMentions.none())
    loud = await probe.square.send(text, allowed_mentions=discord.AllowedMentions(users=[discord.Object(int(lid.id))]))
    assert quiet.mentions == []
    assert [user.id for user in loud.mentions] == [int(lid.id)]
    assert not loud.mention_everyone


async def test_a_reply_carries_what_it_answers_to(probe: Probe, members: Enter) -> None:
    lid = await members("lid")
    sent = await lid.send(lid.channel, "vraag")
    answer = await (await probe.square.fetch_message(int(sent["id"]))).reply("antwoord", mention_author=False)
    assert answer.type is discord.MessageType.reply
    assert isinstance(answer.reference, discord.MessageReference)
    assert isinstance(answer.reference.resolved, discord.Message)
    assert answer.mentions == []


async def test_reactions_are_counted(probe: Probe, members: Enter) -> None:
    lid = await members("lid")
    sent = await lid.send(lid.channel, "goed?")
    await lid.request("PUT", f"/channels/{lid.channel}/messages/{sent['id']}/reactions/%F0%9F%91%8D/@me")
    read = await probe.square.fetch_message(int(sent["id"]))
    assert [(reaction.emoji, reaction.count, reaction.me) for reaction in read.reactions] == [("👍", 1, False)]
    await read.add_reaction("👍")
    await read.remove_reaction("👍", discord.Object(int(lid.id)))
    assert [(each.count, each.me) for each in (await probe.square.fetch_message(read.id)).reactions] == [(1, True)]


async def test_typing_is_shown(probe: Probe, members: Enter) -> None:
    lid = await members("lid")
    await probe.square.typing()
    await lid.event("TYPING_START", lambda data: data["user_id"] == str(probe.home.me.id))
