"""What `/programma status` says of the mirror: to admins with what to do, to others without."""

import pytest

from bot.errors import DiscordRefused
from bot.locales import load_all
from bot.services.mirroring import Health
from bot.services.standing import Standing
from cogs.standing import health_lines

TEXTS = load_all()
CLEARED = "2026-11-25T12:00:00+00:00"
STANDINGS = {
    "unconfirmed": Standing(opened=False),
    "hidden": Standing(confirmed=True, opened=False),
    "opening": Standing(confirmed=True, opening=True),
    "open": Standing(confirmed=True),
    "cleared": Standing(cleared=CLEARED),
}
REFUSAL = DiscordRefused("discord.needs_manage_channels", place="#overzicht")


def lines(standing: Standing, *, admin: bool, language: str = "nl", tried: int | None = None) -> list[str]:
    health = Health(100, 3, standing, REFUSAL if tried else None, missing=2, tried=tried, thorough=90)
    return health_lines(health, TEXTS[language], admin=admin)


@pytest.mark.parametrize("language", sorted(TEXTS))
@pytest.mark.parametrize("name", sorted(STANDINGS))
def test_who_is_no_admin_reads_of_no_command_and_no_permission(name: str, language: str) -> None:
    told = "\n".join(lines(STANDINGS[name], admin=False, language=language, tried=200))
    assert "`/" not in told
    assert "#overzicht" not in told
    assert "<t:200:f>" in told, "that it failed, and when, is for everybody"


def test_an_admin_reads_of_the_last_success_and_of_the_last_attempt_where_they_differ() -> None:
    failed = lines(STANDINGS["open"], admin=True, tried=200)
    assert failed[0] == "Laatst bijgewerkt: <t:100:f>"
    assert failed[1].startswith("Laatst geprobeerd: <t:200:f>. ")
    assert "#overzicht" in failed[1]
    assert not any("geprobeerd" in line for line in lines(STANDINGS["open"], admin=True))


def test_an_admin_reads_what_to_do_and_when_all_messages_were_looked_at() -> None:
    assert "`/programma bijwerken`" in "\n".join(lines(STANDINGS["unconfirmed"], admin=True))
    assert "`/programma openstellen`" in "\n".join(lines(STANDINGS["hidden"], admin=True))
    assert any(line.startswith("Alle berichten nagekeken: <t:90:f>") for line in lines(STANDINGS["open"], admin=True))
