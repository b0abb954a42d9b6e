"""Registering commands."""

from typing import Any

import discord
import pytest
from discord import app_commands

from bot.sandbox import Loopback, dump
from tests.sandbox.member import Enter
from tests.sandbox.probe import Probe


async def test_a_command_that_did_not_change_keeps_its_id_and_version(loopback: Loopback, probe: Probe) -> None:
    @probe.tree.command(name="hoi", description="Zeg hoi")
    async def hoi(interaction: discord.Interaction) -> None: ...

    await probe.tree.sync()
    first = dump(loopback.world)["commands"]
    await probe.tree.sync()
    assert dump(loopback.world)["commands"] == first
    hoi.description = "Anders"
    await probe.tree.sync()
    changed = dump(loopback.world)["commands"]
    assert changed[0]["id"] == first[0]["id"]
    assert changed[0]["version"] != first[0]["version"]


async def test_names_are_shown_in_the_members_language(loopback: Loopback, probe: Probe, members: Enter) -> None:
    class Words(app_commands.Translator):
        async def translate(self, string: Any, locale: discord.Locale, context: Any) -> str | None:
            return "show" if locale is discord.Locale.british_english and string.message == "tonen" else None

    await probe.tree.set_translator(Words())

    @probe.tree.command(name=app_commands.locale_str("tonen"), description="x")
    async def show(interaction: discord.Interaction) -> None:
        await interaction.response.send_message(str(interaction.locale), ephemeral=True)

    await probe.publish()
    gast = await members("gast", locale="en-GB")
    assert [command["name_localized"] for command in await gast.commands()] == ["show"]
    assert (await gast.slash("show")).text == "en-GB"
    assert dump(loopback.world)["commands"][0]["name_localizations"] == {"en-GB": "show"}
    fetched = await probe.tree.fetch_commands(guild=probe.home)
    assert fetched[0].name_localizations == {}


async def test_a_command_can_be_changed_and_removed_alone(loopback: Loopback, probe: Probe) -> None:
    @probe.tree.command(name="hoi", description="Zeg hoi")
    async def hoi(interaction: discord.Interaction) -> None: ...

    made = (await probe.tree.sync())[0]
    await made.edit(description="Nieuw")
    assert (await probe.tree.fetch_command(made.id)).description == "Nieuw"
    await made.delete()
    assert dump(loopback.world)["commands"] == []


async def test_a_command_with_a_bad_name_is_refused_at_its_place(probe: Probe) -> None:
    payload: Any = [{"name": "goed", "description": "x"}, {"name": "niet goed", "description": "x"}]
    with pytest.raises(discord.HTTPException) as refused:
        await probe.http.bulk_upsert_global_commands(probe.application_id or 0, payload)
    assert refused.value.code == 50035
    assert "In 1.name: Command name is invalid" in str(refused.value)


async def test_users_roles_and_channels_come_resolved(probe: Probe, members: Enter) -> None:
    @probe.tree.command(name="wie", description="x")
    async def wie(
        interaction: discord.Interaction,
        lid: discord.Member,
        rol: discord.Role,
        plek: discord.TextChannel,
        getal: app_commands.Range[int, 1, 5],
        bijlage: discord.Attachment,
    ) -> None:
        read = (await bijlage.read()).decode()
        await interaction.response.send_message(f"{lid.name} {rol.name} {plek.name} {getal} {read}", ephemeral=True)

    await probe.publish()
    lid = await members("lid")
    role = next(role for role in probe.home.roles if role.name == "lid")
    options = {"lid": lid.id, "rol": str(role.id), "plek": lid.channel, "getal": 3, "bijlage": "0"}
    answer = await lid.slash("wie", options, files={"tekst.txt": b"inhoud"})
    assert answer.text == "lid lid algemeen 3 inhoud"
