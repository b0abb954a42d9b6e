"""Answers that change: promises kept by cards, edits of the message a button sat on, and what does not fit."""

from typing import Any

import aiohttp
import discord
from discord import app_commands, ui

from bot.sandbox import Loopback
from tests.sandbox.member import Enter
from tests.sandbox.parts import text_of
from tests.sandbox.probe import Probe


def _card(text: str) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.TextDisplay(text))
    return view


def _button(custom_id: str) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.ActionRow(ui.Button[ui.LayoutView](label=custom_id, custom_id=custom_id)))
    return view


async def test_a_promise_can_become_a_card(probe: Probe, members: Enter) -> None:
    @probe.tree.command(name="kaart", description="x")
    async def card(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.edit_original_response(view=_card("de kaart"))

    await probe.publish()
    lid = await members("lid")
    answer = await lid.slash("kaart")
    assert answer.text == "de kaart"
    assert answer.message["flags"] == 1 << 15 | 1 << 6


async def test_a_silent_promise_is_kept_on_the_buttons_own_message(probe: Probe, members: Enter) -> None:
    @probe.event
    async def on_interaction(interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(view=_card("bijgewerkt"))
        await interaction.followup.send("en nog iets", ephemeral=True)

    sent = await probe.square.send(view=_button("knop"))
    lid = await members("lid")
    answer = await lid.press((await lid.messages(lid.channel))[0], "knop")
    await answer.until(lambda each: len(each.messages) == 2)
    assert answer.messages[0]["id"] == str(sent.id)
    assert text_of(answer.messages[0]) == "bijgewerkt"
    assert answer.messages[1]["flags"] & 1 << 6


async def test_an_ephemeral_message_can_be_replaced_and_removed(probe: Probe, members: Enter) -> None:
    @probe.tree.command(name="stap", description="x")
    async def step(interaction: discord.Interaction) -> None:
        await interaction.response.send_message(view=_button("verder"), ephemeral=True)

    async def pressed(interaction: discord.Interaction) -> None:
        if interaction.type is discord.InteractionType.component:
            await interaction.response.edit_message(view=_card("stap twee"))
            await interaction.delete_original_response()

    probe.on_interaction = pressed  # pyright: ignore[reportAttributeAccessIssue]
    await probe.publish()
    lid = await members("lid")
    message = (await lid.slash("stap")).message
    answer = await lid.press(message, "verder")
    await answer.until(lambda each: each.deleted == [message["id"]])


async def test_an_answer_that_does_not_fit_is_refused_and_may_be_tried_again(
    loopback: Loopback, probe: Probe, members: Enter
) -> None:
    statuses: list[tuple[int, int]] = []

    @probe.tree.command(name="past", description="x")
    async def fits(interaction: discord.Interaction, woord: str) -> None: ...

    @fits.autocomplete("woord")
    async def suggest(interaction: discord.Interaction, _current: str) -> list[app_commands.Choice[str]]:
        url = f"{loopback.api_url}/interactions/{interaction.id}/{interaction.token}/callback"
        async with aiohttp.request("POST", url, json={"type": 4, "data": {"content": "x"}}) as response:
            body: dict[str, Any] = await response.json()
            statuses.append((response.status, body["code"]))
        return [app_commands.Choice(name="x", value="x")]

    await probe.publish()
    lid = await members("lid")
    assert len(await lid.complete("past", {"woord": ""}, focused="woord")) == 1
    assert statuses == [(400, 50035)]


async def test_a_bot_hears_nothing_of_a_channel_it_cannot_see(loopback: Loopback, probe: Probe, members: Enter) -> None:
    hidden: dict[discord.Role | discord.Member | discord.Object, discord.PermissionOverwrite] = {
        probe.home.me: discord.PermissionOverwrite(view_channel=False)
    }
    channel = await probe.home.create_text_channel("zonder bot", overwrites=hidden)
    lid = await members("lid")
    await lid.send(str(channel.id), "onder ons")
    await lid.send(lid.channel, "hardop")
    await probe.until(lambda each: "MESSAGE_CREATE" in each.heard)
    assert probe.heard.count("MESSAGE_CREATE") == 1
