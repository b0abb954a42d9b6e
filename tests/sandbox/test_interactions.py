"""Interactions between a real bot and a member: every kind of answer."""

import io
from typing import Any, cast

import aiohttp
import discord
import pytest
from discord import app_commands, ui

from bot.sandbox import Loopback, dump
from tests.sandbox.member import Enter, Member, Refused
from tests.sandbox.probe import Probe


async def test_a_command_is_answered_in_the_members_language_and_seen_by_them_alone(
    loopback: Loopback, probe: Probe, members: Enter
) -> None:
    @probe.tree.command(name="hoi", description="Zeg hoi")
    async def hoi(interaction: discord.Interaction, naam: str) -> None:
        await interaction.response.send_message(f"{naam} {interaction.locale.value}", ephemeral=True)

    await probe.publish()
    lid: Member = await members("lid")
    ander: Member = await members("lid2", locale="en-GB")
    answer = await lid.slash("hoi", {"naam": "Wil"})
    assert answer.text == "Wil nl"
    assert answer.message["flags"] & 64
    assert (await ander.slash("hoi", {"naam": "Teun"})).text == "Teun en-GB"
    assert [data["content"] for name, data in ander.events if name == "MESSAGE_CREATE"] == ["Teun en-GB"]
    assert await lid.messages(lid.channel) == []


async def test_a_promise_is_kept_by_an_edit_and_followed_up(probe: Probe, members: Enter) -> None:
    @probe.tree.command(name="traag", description="x")
    async def traag(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        message = await interaction.edit_original_response(content="klaar")
        assert message.id == (await interaction.original_response()).id
        second = await interaction.followup.send("meer", ephemeral=True, wait=True)
        await second.edit(content="nog meer")
        await interaction.followup.send("weg", ephemeral=True, wait=True)

    await probe.publish()
    lid: Member = await members("lid")
    answer = await lid.slash("traag")
    assert answer.messages[0]["content"] == "klaar"
    await answer.until(lambda each: len(each.messages) == 3)
    assert {message["content"] for message in answer.messages} == {"klaar", "nog meer", "weg"}


async def test_the_first_followup_takes_the_place_of_the_promise(probe: Probe, members: Enter) -> None:
    @probe.tree.command(name="traag", description="x")
    async def traag(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.followup.send("eerste")

    await probe.publish()
    lid: Member = await members("lid")
    answer = await lid.slash("traag")
    assert len(answer.messages) == 1
    assert answer.message["flags"] & 64


class Panel(ui.LayoutView):
    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.count = 0
        row: ui.ActionRow[Panel] = ui.ActionRow()
        button: ui.Button[Panel] = ui.Button(label="Steun", custom_id="steun")
        modal_button: ui.Button[Panel] = ui.Button(label="Vul in", custom_id="vul")
        button.callback = self.press
        modal_button.callback = self.open
        row.add_item(button).add_item(modal_button)
        options = [discord.SelectOption(label=word, value=word) for word in ("een", "twee", "drie")]
        select: ui.Select[Panel] = ui.Select(custom_id="kies", options=options, max_values=2)
        select.callback = self.choose
        self.picked = select
        select_row: ui.ActionRow[Panel] = ui.ActionRow(select)
        self.shown: ui.TextDisplay[Panel] = ui.TextDisplay("0 steunen")
        self.add_item(ui.Container(self.shown, row, select_row))

    async def press(self, interaction: discord.Interaction) -> None:
        self.count += 1
        self.shown.content = f"{self.count} steunen"
        await interaction.response.edit_message(view=self)

    async def choose(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(" ".join(self.picked.values), ephemeral=True)

    async def open(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Sheet())


class Sheet(ui.Modal, title="Amendement"):
    uitleg: ui.TextDisplay[Any] = ui.TextDisplay("Lees dit eerst")
    tekst: ui.Label[Any] = ui.Label(
        text="Tekst",
        component=ui.TextInput(custom_id="tekst", style=discord.TextStyle.paragraph, default="oud", max_length=50),
    )
    soort: ui.Label[Any] = ui.Label(
        text="Soort",
        component=ui.RadioGroup(
            custom_id="soort",
            options=[discord.RadioGroupOption(label="Wijzigen"), discord.RadioGroupOption(label="Schrappen")],
        ),
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        text_input = cast("ui.TextInput[Any]", self.tekst.component)
        radio = cast("ui.RadioGroup[Any]", self.soort.component)
        text = f"{text_input.value}/{radio.value}"
        await interaction.response.send_message(text, ephemeral=True)


async def test_a_button_edits_its_message_and_a_select_brings_its_values(probe: Probe, members: Enter) -> None:
    message = await probe.square.send(view=Panel())
    lid: Member = await members("lid")
    seen = (await lid.messages(lid.channel))[0]
    answer = await lid.press(seen, "Steun")
    assert "1 steunen" in answer.text
    assert answer.message["id"] == str(message.id)
    assert (await lid.choose(seen, "kies", ["een", "drie"])).text == "een drie"


async def test_a_select_takes_no_more_than_it_allows(probe: Probe, members: Enter) -> None:
    await probe.square.send(view=Panel())
    lid: Member = await members("lid")
    seen = (await lid.messages(lid.channel))[0]
    with pytest.raises(Refused) as refused:
        await lid.choose(seen, "kies", ["een", "twee", "drie"])
    assert refused.value.code == 50035


async def test_a_modal_opens_and_comes_back_filled_in(probe: Probe, members: Enter) -> None:
    await probe.square.send(view=Panel())
    lid: Member = await members("lid")
    seen = (await lid.messages(lid.channel))[0]
    modal = (await lid.press(seen, "vul")).modal
    assert modal is not None
    assert modal["title"] == "Amendement"
    with pytest.raises(Refused) as refused:
        await lid.submit(modal, {"tekst": "x" * 51, "soort": "Wijzigen"})
    assert refused.value.body["errors"]["data"]["components"]["tekst"]["_errors"]
    assert (await lid.submit(modal, {"Soort": "Schrappen"})).text == "oud/Schrappen"


async def test_a_button_on_an_ephemeral_message_works_for_who_received_it_only(probe: Probe, members: Enter) -> None:
    @probe.tree.command(name="paneel", description="x")
    async def paneel(interaction: discord.Interaction) -> None:
        await interaction.response.send_message(view=Panel(), ephemeral=True)

    await probe.publish()
    lid: Member = await members("lid")
    ander: Member = await members("lid2")
    message = (await lid.slash("paneel")).message
    assert "1 steunen" in (await lid.press(message, "steun")).text
    with pytest.raises(Refused) as refused:
        await ander.press(message, "steun")
    assert refused.value.code == 10008


async def test_suggestions_come_while_typing(probe: Probe, members: Enter) -> None:
    @probe.tree.command(name="zoek", description="x")
    async def zoek(interaction: discord.Interaction, woord: str) -> None:
        await interaction.response.send_message(woord)

    @zoek.autocomplete("woord")
    async def suggest(_interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=current + "!", value=current)]

    await probe.publish()
    lid: Member = await members("lid")
    choices = await lid.complete("zoek", {"woord": "wo"}, focused="woord")
    assert [(choice["name"], choice["value"]) for choice in choices] == [("wo!", "wo")]


async def test_a_subcommand_in_a_group_is_found_by_its_translated_name(probe: Probe, members: Enter) -> None:
    group = app_commands.Group(name=app_commands.locale_str("amendement"), description="x")

    @group.command(name="tonen", description="x")
    async def tonen(interaction: discord.Interaction, verwijzing: str) -> None:
        await interaction.response.send_message(verwijzing)

    probe.tree.add_command(group)
    await probe.publish()
    lid: Member = await members("lid")
    assert (await lid.slash("amendement tonen", {"verwijzing": "4.3-A2"})).text == "4.3-A2"


async def test_a_message_menu_brings_the_message_along_though_the_bot_may_not_read_it(
    probe: Probe, members: Enter
) -> None:
    read: list[str] = []

    @probe.tree.context_menu(name="Amendement van maken")
    async def make(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(message.content, ephemeral=True)

    @probe.event
    async def on_message(message: discord.Message) -> None:
        if not message.author.bot:
            read.append(message.content)

    await probe.publish()
    lid: Member = await members("lid")
    sent = await lid.send(lid.channel, "Schrap alinea 2")
    assert (await lid.menu("Amendement van maken", sent)).text == "Schrap alinea 2"
    await probe.until(lambda _: read == [""])


async def test_a_second_answer_is_refused_with_40060(loopback: Loopback, probe: Probe, members: Enter) -> None:
    codes: list[int] = []

    @probe.tree.command(name="dubbel", description="x")
    async def dubbel(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("een")
        url = f"{loopback.api_url}/interactions/{interaction.id}/{interaction.token}/callback"
        async with aiohttp.request("POST", url, json={"type": 4, "data": {"content": "twee"}}) as response:
            codes.append((await response.json())["code"])
        await probe.on_socket_event_type("answered twice")

    await probe.publish()
    lid: Member = await members("lid")
    await lid.slash("dubbel")
    await probe.until(lambda _: codes == [40060])


async def test_an_answer_that_comes_too_late_is_refused_with_10062(
    loopback: Loopback, probe: Probe, members: Enter
) -> None:
    loopback.world.windows.answer = 0.01
    codes: list[int] = []

    @probe.tree.command(name="traag", description="x")
    async def traag(interaction: discord.Interaction) -> None:
        await loopback.wait_for(lambda world: world.interactions[str(interaction.id)].lapsed)
        try:
            await interaction.response.send_message("te laat")
        except discord.NotFound as error:
            codes.append(error.code)
            await probe.on_socket_event_type("late")

    await probe.publish()
    lid: Member = await members("lid")
    assert (await lid.slash("traag")).failed
    await probe.until(lambda _: codes == [10062])


async def test_without_a_bot_an_interaction_fails(loopback: Loopback, probe: Probe, members: Enter) -> None:
    @probe.tree.command(name="hoi", description="x")
    async def hoi(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("hoi")

    await probe.publish()
    await probe.go()
    loopback.world.windows.answer = 0.01
    lid: Member = await members("lid")
    assert (await lid.slash("hoi")).failed


async def test_a_command_for_some_is_hidden_from_and_refused_to_others(
    loopback: Loopback, probe: Probe, members: Enter
) -> None:
    @probe.tree.command(name="beheer", description="x")
    @app_commands.default_permissions(manage_guild=True)
    async def manage(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("ja")

    await probe.publish()
    lid: Member = await members("lid")
    beheerder: Member = await members("beheerder")
    assert await lid.commands() == []
    command = (await beheerder.commands())[0]
    with pytest.raises(Refused) as refused:
        await lid.request(
            "POST",
            "/interactions",
            {
                "type": 2,
                "application_id": command["application_id"],
                "channel_id": lid.channel,
                "session_id": lid.session_id,
                "data": {"id": command["id"], "name": "beheer", "type": 1, "version": command["version"]},
            },
        )
    assert refused.value.code == 50013
    assert (await beheerder.slash("beheer")).text == "ja"


async def test_a_token_dies_after_a_quarter_of_an_hour(loopback: Loopback, probe: Probe, members: Enter) -> None:
    kept: list[discord.Interaction] = []

    @probe.tree.command(name="hoi", description="x")
    async def hoi(interaction: discord.Interaction) -> None:
        kept.append(interaction)
        await interaction.response.send_message("hoi")

    await probe.publish()
    lid: Member = await members("lid")
    await lid.slash("hoi")
    loopback.world.windows.token = -1
    with pytest.raises(discord.HTTPException) as refused:
        await kept[0].edit_original_response(content="nog eens")
    assert refused.value.code == 50027


async def test_a_public_answer_stands_in_the_channel_and_can_be_deleted(
    loopback: Loopback, probe: Probe, members: Enter
) -> None:
    @probe.tree.command(name="hoi", description="x")
    async def hoi(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("hoi", file=discord.File(io.BytesIO(b"# Plan"), "plan.md"))
        await interaction.delete_original_response()

    await probe.publish()
    lid: Member = await members("lid")
    answer = await lid.slash("hoi")
    await answer.until(lambda each: bool(each.deleted))
    assert dump(loopback.world)["messages"] == {}


async def test_an_interaction_can_be_delivered_twice(loopback: Loopback, probe: Probe, members: Enter) -> None:
    seen: list[int] = []

    @probe.event
    async def on_interaction(interaction: discord.Interaction) -> None:
        seen.append(interaction.id)

    await probe.square.send(view=Panel())
    lid: Member = await members("lid")
    loopback.faults.interactions_twice = 1
    loopback.world.windows.answer = 0.05
    await lid.press((await lid.messages(lid.channel))[0], "steun")
    await probe.until(lambda _: len(seen) == 2)
    assert len(set(seen)) == 1
