"""The command line as a process: what it prints, what it leaves behind, and with which code it ends."""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.domain.ids import Snowflake
from bot.services.guild_rows import GuildSettings
from bot.wiring import now
from db.database import Database
from tests.e2e.conftest import SAMPLE, sections_in
from tests.e2e.shell import Shell

SEED = Path(__file__).parents[3] / "shared" / "seeds" / "veiligheid.txt"
OTHER = """Duinveen leeft

Home Forums Groen Bomen

Weergave van 1 reactie thread
 • Auteur
  Berichten
  • #588
   Gerda Spit
   Sleutelbeheerder

   Wij willen meer bomen.
"""
FOLDER_OF_PYTHON = Path(sys.executable).parent


async def written(path: Path, holds: Callable[[Any], bool] = bool) -> Any:
    """Return the JSON in a file once it is there and holds what is wanted."""
    async with asyncio.timeout(30):
        while not (path.exists() and holds(json.loads(path.read_text("utf-8")))):
            await asyncio.sleep(0.02)
    return json.loads(path.read_text("utf-8"))


async def ended(process: Process, number: signal.Signals = signal.SIGTERM) -> str:
    """Stop a process in order and return what it wrote on standard error."""
    process.send_signal(number)
    _, err = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 0, err.decode()
    return err.decode()


async def test_import_show_and_again(shell: Shell) -> None:
    """What is imported is shown; importing it again changes nothing."""
    first = json.loads(await shell.good("import", str(SAMPLE), "--json"))
    assert first["counts"] == {"chapters": 5, "sections": 14, "contributions": 25, "amendments": 8}
    again = json.loads(await shell.good("import", str(SAMPLE), "--json"))
    assert again["changes"] == []
    shown = json.loads(await shell.good("show", "--json"))
    assert [chapter["code"] for chapter in shown["chapters"]] == ["1", "2", "3", "4", "5"]
    assert "Waterdrecht vooruit" in await shell.good("show")
    assert (shell.folder / "programmabrug.db").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(not SEED.exists(), reason="the seed is not beside the repository (../shared/seeds)")
async def test_the_seed_is_read_word_for_word(shell: Shell) -> None:
    """A chapter, a section with its heading and eight bullets, and a reply that is read as an amendment."""
    await shell.good("import", str(SEED))
    shown = json.loads(await shell.good("show", "--json"))
    chapter = shown["chapters"][0]
    section = chapter["sections"][0]
    assert (chapter["title"], section["title"], section["post_id"]) == ("Sterke gemeente", "Veiligheid", 588)
    kinds = [block["kind"] for block in section["blocks"]]
    assert (kinds.count("bullet"), kinds.count("heading")) == (8, 1)
    assert kinds.index("heading") == kinds.index("bullet") - 1
    source = " ".join(SEED.read_text("utf-8").replace("•", " ").split())
    for block in section["blocks"]:
        assert block["text"] in source
    amendment = section["amendments"][0]
    assert (amendment["kind"], amendment["source_post_id"], amendment["block"]) == ("insert", 758, None)
    assert amendment["text"].startswith("Aan de landelijke regel")
    assert amendment["text"].endswith("(nu 24).")
    assert amendment["explanation"].startswith("De wijkagent heeft")


async def test_plan_before_and_after(shell: Shell) -> None:
    """Without a token the plan compares with what is known: everything is to be made."""
    await shell.good("import", str(SAMPLE))
    described = json.loads(await shell.good("plan", "--json"))
    changes = described["changes"]
    assert described["estimate"]["calls"] >= len(changes)
    assert {change["action"] for change in changes} == {"create", "pin"}
    assert sum(change["kind"] == "post" and change["action"] == "create" for change in changes) == 14
    assert sum(described["counts"].values()) == len(changes)
    short = await shell.good("plan", "--file", "plan.md")
    assert f"{len(changes)} wijzigingen" in short
    assert "4.2 Veilig op de fiets en te voet" in short
    whole = (shell.folder / "plan.md").read_text("utf-8")
    assert sum(line.startswith("- ") for line in whole.splitlines()) == len(changes) + len(described["counts"])


@pytest.mark.parametrize(
    ("words", "variables", "code", "sentence"),
    [
        (["import", "niets.html"], {}, 1, "niets.html bestaat niet"),
        (["import"], {}, 1, "Wat moet er worden ingelezen"),
        (["import", "ftp:/x"], {}, 1, "bestaat niet"),
        (["show"], {}, 1, "nog geen programma"),
        (["plan"], {}, 1, "nog geen programma"),
        (["run"], {}, 1, "geen token"),
        (["run"], {"DISCORD__TOKEN": "x"}, 1, "geen server"),
        (["run", "--config", "weg.toml"], {}, 1, "weg.toml bestaat niet"),
        (["show"], {"DATABASE__PATH": "/weg/x.db"}, 1, "/weg"),
        (["show"], {"RULES__SCREENING": "x"}, 1, "rules.screening"),
        (["run"], {"DISCORD__TOKEN_FILE": "weg", "DISCORD__GUILD_ID": "1"}, 1, "weg kan niet worden gelezen"),
        (["toon"], {}, 2, "--help"),
        (["show", "--jsom"], {}, 2, "--help"),
        (["sandbox", "--port", "x"], {}, 2, "--help"),
        (["sandbox", "--port", "99999"], {}, 2, "--help"),
        (["show"], {"LANGUAGE": "en"}, 1, "No programme"),
    ],
)
async def test_what_fails_ends_with_its_code_and_one_sentence(
    shell: Shell, words: list[str], variables: dict[str, str], code: int, sentence: str
) -> None:
    """1 for refused or failed, 2 for wrong usage; the sentence stands on standard error and nothing else does."""
    ended_with, out, err = await shell.run(*words, **variables)
    assert ended_with == code
    assert sentence in err
    assert out == ""
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err


async def test_the_sandbox_shows_the_main_job(shell: Shell) -> None:
    """It ends by itself with a tree, a dump and a door, touches no database of ours, and was refused nothing."""
    out = await shell.good("sandbox", "--once", "--dump", "dump.json", "--door", "door.json", DATABASE__PATH="ons.db")
    assert "4.2 Veilig op de fiets en te voet" in out
    assert "2.1-A1, 2.1-A2" in out
    dump = json.loads((shell.folder / "dump.json").read_text("utf-8"))
    assert len(sections_in(dump)) == 14
    assert [call for call in dump["calls"] if call["status"] >= 400] == []
    door = json.loads((shell.folder / "door.json").read_text("utf-8"))
    assert {"lid", "lid2", "secretaris", "commissie", "voorzitter", "beheerder", "gast"} <= set(door["users"])
    assert not (shell.folder / "ons.db").exists()


async def test_run_against_the_sandbox_waits_for_a_person_then_follows_an_import(shell: Shell) -> None:
    """The first sync of a guild waits; with `always` it goes at once, and an import by another process follows."""
    sandbox = await shell.start("sandbox", "--no-bot", "--door", "door.json", "--dump", "dump.json")
    door = await written(shell.folder / "door.json")
    assert not (shell.folder / "programmabrug.db").exists()
    variables = {
        "DISCORD__API_URL": door["api"],
        "DISCORD__GATEWAY_URL": door["gateway"],
        "DISCORD__GUILD_ID": door["guild_id"],
        "DISCORD__TOKEN": door["bot_token"],
        "ROLES__MEMBER": door["roles"]["lid"],
        "ROLES__ADMIN": door["roles"]["beheer"],
        "MIRROR__AUTO": "always",
    }
    bot = await shell.start("run", **variables)

    async def posts(number: int) -> Any:
        async with asyncio.timeout(30):
            while True:
                (shell.folder / "dump.json").unlink(missing_ok=True)
                sandbox.send_signal(signal.SIGUSR1)
                dump = await written(shell.folder / "dump.json")
                if len(sections_in(dump)) == number and dump["pins"]:
                    return dump
                await asyncio.sleep(0.2)

    await shell.good("import", str(SAMPLE / "topic-164.html"))
    await posts(1)
    code, _, err = await shell.run("run", **variables)
    assert (code, "draait al een bot" in err) == (1, True)
    await shell.good("import", str(SAMPLE))
    await posts(14)
    async with asyncio.timeout(60):  # the posts stand before all that belongs in them
        while json.loads(await shell.good("plan", "--json", **variables))["changes"]:
            await asyncio.sleep(0.2)
    journal = await ended(bot)
    assert door["bot_token"] not in journal
    assert "voice" not in journal  # discord.py warns of what it lacks for talking, which the bot never does
    assert all(json.loads(line) for line in journal.splitlines())
    assert json.loads(await shell.good("plan", "--json", **variables))["changes"] == []
    await ended(sandbox, signal.SIGINT)


async def test_a_wrong_token_ends_the_bot_with_a_sentence(shell: Shell) -> None:
    """What Discord refuses for good is said and ends with 1."""
    sandbox = await shell.start("sandbox", "--no-bot", "--door", "door.json")
    door = await written(shell.folder / "door.json")
    code, _, err = await shell.run(
        "run",
        DISCORD__API_URL=door["api"],
        DISCORD__GATEWAY_URL=door["gateway"],
        DISCORD__GUILD_ID=door["guild_id"],
        DISCORD__TOKEN="MTIz.onzin.onzin",
    )
    assert code == 1
    assert "weigert het token" in err
    assert "onzin" not in err
    await ended(sandbox)


async def next_door(folder: Path) -> None:
    """Write down a second guild, as its admin does in Discord."""
    async with await Database.open(folder / "programmabrug.db") as store:
        guild = GuildSettings(Snowflake(77))
        await store.transact(lambda unit: unit.guilds.save(guild, now()))


async def test_where_there_are_several_programmes_one_is_named(shell: Shell) -> None:
    """By number, title or guild; without a name the config's guild says which, and else all are listed."""
    await shell.good("import", str(SAMPLE))
    await next_door(shell.folder)
    other = str(shell.folder / "ander.txt")
    Path(other).write_text(OTHER, "utf-8")
    code, _, err = await shell.run("show", "--programme", "77")
    assert (code, "import BRON --programme 77" in err) == (1, True)
    await shell.good("import", other, "--programme", "77")
    for words in (["show"], ["plan"], ["import", other]):
        code, _, err = await shell.run(*words)
        assert code == 1
        assert "--programme" in err
        assert "Waterdrecht vooruit" in err
        assert "77" in err
    for name in ("2", "77", "duinveen"):
        shown = json.loads(await shell.good("show", "--json", "--programme", name))
        assert shown["chapters"][0]["sections"][0]["title"] == "Bomen"
    assert "Waterdrecht vooruit" in await shell.good("show", "--programme", "1")
    assert "Bomen" in await shell.good("show", DISCORD__GUILD_ID="77")
    code, _, err = await shell.run("show", "--programme", "duinwijk")
    assert (code, "niet precies één" in err) == (1, True)
