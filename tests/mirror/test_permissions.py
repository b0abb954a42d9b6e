"""The one table of permissions, and what roles and overwrites leave of them."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.domain.ids import Snowflake
from bot.domain.people import Role
from bot.locales import load_all
from bot.mirror.checking import Expected, findings
from bot.mirror.granting import Channel, GuildView, Overwrite
from bot.mirror.permissions import NEEDS, NONE, Permission, Spot, invite_link, listed, needed_in
from bot.mirror.resources import Known, ResourceKind

TEXTS = load_all()
GUILD, BOT, ROLE, FORUM = Snowflake(1), Snowflake(2), Snowflake(3), Snowflake(4)
ALL = needed_in(Spot.GUILD)
KNOWN = {"chapter:4": Known("chapter:4", ResourceKind.FORUM, "programme", FORUM, "", Snowflake(0))}


def view(granted: Permission = ALL, *, owned: bool = False, **overwrites: Overwrite) -> GuildView:
    targets = {"everyone": GUILD, "role": ROLE, "bot": BOT}
    channel = Channel("4-groen", {targets[name]: each for name, each in overwrites.items()})
    roles = {GUILD: Permission.VIEW_CHANNEL, ROLE: granted}
    return GuildView(GUILD, "Zilverdijk", BOT, owned, (ROLE,), roles, {FORUM: channel})


def test_the_invite_link_asks_for_exactly_the_table() -> None:
    """With the scopes of a bot and its commands, and no bit more."""
    asked = parse_qs(urlsplit(invite_link(Snowflake(7))).query)
    assert asked["client_id"] == ["7"]
    assert asked["scope"] == ["bot applications.commands"]
    bits = int(asked["permissions"][0])
    assert Permission(bits) == ALL
    assert bits.bit_count() == len(NEEDS)
    assert Permission.PIN_MESSAGES in Permission(bits)
    assert not bits & (1 << 3 | 1 << 13), "neither Administrator nor Manage Messages"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_refusal_names_its_permission_its_place_and_what_to_do(language: str) -> None:
    say = TEXTS[language]
    for each in listed(ALL):
        sentence = say(f"discord.needs_{each.key}", place="#4-groen")
        assert f"*{say(f'permission.{each.key}')}*" in sentence
        assert "#4-groen" in sentence
        assert ("Geef de rol van de bot" if language == "nl" else "Give the bot's role") in sentence


def test_the_documentation_lists_the_table() -> None:
    """Name and reason of each permission, in the table's order, and nothing else."""
    page = (Path(__file__).parents[2] / "docs" / "admin.md").read_text("utf-8")
    rows = re.findall(r"^\| ([A-Z][\w ]+) \| (.+) \|$", page, re.MULTILINE)
    say = TEXTS["en"]
    assert [row for row in rows if row[0] != "Permission"] == [
        (say(f"permission.{each.key}"), say(f"permission.{each.key}.why")) for each in listed(ALL)
    ]


def test_all_is_well_with_what_the_invite_link_gives() -> None:
    assert findings(view(), KNOWN, Expected()) == ()
    assert findings(view(NONE, owned=True), KNOWN, Expected()) == ()
    assert findings(view(Permission.ADMINISTRATOR), KNOWN, Expected()) == ()


@pytest.mark.parametrize("lacking", [each for each in listed(ALL) if each is not Permission.VIEW_CHANNEL])
def test_what_the_guild_does_not_grant_is_said_once(lacking: Permission) -> None:
    """Not again for each channel."""
    (finding,) = findings(view(ALL & ~lacking), KNOWN, Expected())
    assert (finding.key, finding.permissions) == ("check.guild_lacks", (lacking,))


def test_what_a_channel_withholds_is_said_with_its_name() -> None:
    """Everybody's overwrite counts first, the role's next, the bot's own last."""
    taken = Overwrite(NONE, Permission.PIN_MESSAGES | Permission.MANAGE_THREADS)
    (finding,) = findings(view(everyone=taken), KNOWN, Expected())
    assert finding.permissions == (Permission.MANAGE_THREADS, Permission.PIN_MESSAGES)
    assert "#4-groen mist de bot: *Threads beheren*, *Berichten vastzetten*" in finding.said(TEXTS["nl"])
    given = Overwrite(taken.deny, NONE)
    assert findings(view(everyone=taken, role=given), KNOWN, Expected()) == ()
    assert findings(view(role=taken, bot=given), KNOWN, Expected()) == ()
    assert findings(view(role=given, bot=taken), KNOWN, Expected()) != ()


def test_of_a_channel_it_cannot_see_the_bot_says_only_that() -> None:
    (finding,) = findings(view(everyone=Overwrite(NONE, Permission.VIEW_CHANNEL)), KNOWN, Expected())
    assert finding.permissions == (Permission.VIEW_CHANNEL,)


def test_roles_and_the_log_channel_of_the_settings_must_exist() -> None:
    expected = Expected({Role.ADMIN: frozenset({ROLE, Snowflake(99)})}, Snowflake(98))
    role, log = findings(view(), {}, expected)
    assert "roles.admin: de rol 99 (beheer) bestaat niet" in role.said(TEXTS["nl"])
    assert "het kanaal 98 bestaat niet" in log.said(TEXTS["nl"])
    assert findings(view(), {}, Expected(log_channel_id=FORUM)) == ()
