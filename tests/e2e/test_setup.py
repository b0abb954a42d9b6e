"""`programmabrug setup` and `check` as processes, over a pipe and at a terminal, against a Discord of their own."""

import asyncio
import os
import pty
import stat
import sys
import tomllib
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from bot.forum.sources import read_source
from bot.sandbox import Loopback, door
from bot.services.importing import Importing
from bot.wiring import now
from db.database import Database
from tests.e2e.conftest import SAMPLE, running, settings_for
from tests.e2e.shell import Shell
from tests.forum.living import LivingForum, living


@dataclass
class Setup:
    """A shell beside a running Discord and a forum."""

    shell: Shell
    door: dict[str, Any]
    forum: str

    @property
    def variables(self) -> dict[str, str]:
        addresses = {"DISCORD__API_URL": self.door["api"], "DISCORD__GATEWAY_URL": self.door["gateway"]}
        return {**addresses, "FORUM__DELAY": "0"}

    async def answered(self, *answers: str, **variables: str) -> tuple[int, str, str]:
        """Run setup with these lines on its standard input."""
        process = await self.started(**variables)
        typed = "".join(f"{answer}\n" for answer in answers).encode()
        out, err = await asyncio.wait_for(process.communicate(typed), 60)
        return process.returncode or 0, out.decode(), err.decode()

    async def started(self, **variables: str) -> Process:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PROGRAMMABRUG_")}
        environment |= {f"PROGRAMMABRUG_{name}": value for name, value in (self.variables | variables).items()}
        command = (sys.executable, "-m", "bot", "setup")
        process = await asyncio.create_subprocess_exec(
            *command, cwd=self.shell.folder, env=environment, stdin=PIPE, stdout=PIPE, stderr=PIPE
        )
        self.shell.started.append(process)
        return process

    def settings(self) -> dict[str, Any]:
        return tomllib.loads((self.shell.folder / "config.toml").read_text("utf-8"))


@pytest.fixture
async def setup(loopback: Loopback, shell: Shell) -> AsyncIterator[Setup]:
    forum = LivingForum()
    forum.add_topic(next(iter(forum.forums)), "Veilig fietsen", "Een vrij fietspad.")
    async with living(forum):
        yield Setup(shell, door(loopback), forum.url)


async def test_a_token_that_was_typed_before_setup_was_broken_off_is_not_asked_for_again(setup: Setup) -> None:
    """Only whether to use it; the settings then name its file, and `run` comes before `check` in what is next."""
    token = setup.door["bot_token"]
    assert (await setup.answered(token))[0] == 1
    code, out, err = await setup.answered("j", "1", "-", "-", "-", "-", "-", "-", "nl")
    assert code == 0, err
    assert "Dat gebruiken?" in out
    assert token not in out + err
    assert setup.settings()["discord"]["token_file"] == "token"
    assert stat.S_IMODE((setup.shell.folder / "token").stat().st_mode) == 0o600
    after = out.splitlines()[-1]
    assert "`programmabrug import BRON`" in after  # no forum was named, so that `import` alone would be refused
    assert after.index("programmabrug import") < after.index("programmabrug run") < after.index("programmabrug check")


async def test_setup_asks_step_by_step_and_writes_what_the_other_commands_take(setup: Setup) -> None:
    """A wrong token, an unknown role and an address that is no forum's are asked again; then `check` is content."""
    token = setup.door["bot_token"]
    code, out, err = await setup.answered(
        "MTIz.onzin.onzin", token, "1", "http://127.0.0.1:1/", setup.forum, "lid", "Secretaris", "3, 99", "-", "-",
        "beheer", "nl",
    )  # fmt: skip
    assert code == 0, err
    assert token not in out + err
    assert f"client_id={setup.door['application_id']}" in out
    assert "Berichten vastzetten: de samenvatting" in out
    assert "programmabrug check" in out.splitlines()[-1]
    assert "`programmabrug import` leest" in out.splitlines()[-1]
    path = setup.shell.folder / "token"
    assert path.read_text("utf-8").strip() == token
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    written, roles = setup.settings(), setup.door["roles"]
    assert written["discord"] == {"token_file": "token", "guild_id": int(setup.door["guild_id"])}
    assert written["forum"]["url"] == setup.forum
    assert written["roles"] == {
        "member": [int(roles["lid"])],
        "secretary": [int(roles["secretaris"])],
        "committee": [],
        "chair": [],
        "admin": [int(roles["beheer"])],
    }
    assert "# The bot's token never stands in this file" in (setup.shell.folder / "config.toml").read_text("utf-8")
    code, out, err = await setup.shell.run("check", **setup.variables)
    assert (code, err.strip().splitlines()) == (
        1,
        ["Discord kent de commando’s van de bot nog niet. Start de bot één keer: `programmabrug run`."],
    )


async def test_settings_that_stand_are_not_replaced_without_asking(setup: Setup) -> None:
    """On no all stays; on yes what was set stays set, empty lines take it over, and the old file is kept."""
    folder = setup.shell.folder
    guild, beheer = setup.door["guild_id"], setup.door["roles"]["beheer"]
    old = f'language = "en"\n[mirror]\nauto = "never"\n[discord]\nguild_id = {guild}\n[roles]\nadmin = [{beheer}]\n'
    (folder / "config.toml").write_text(old, "utf-8")
    code, _, err = await setup.answered("nee")
    assert (code, "gebleven zoals het was" in err) == (1, True)
    assert (folder / "config.toml").read_text("utf-8") == old
    code, _, err = await setup.answered(
        "ja", "ja", "", "", "", "", "", "", "", "", DISCORD__TOKEN=setup.door["bot_token"]
    )
    assert code == 0, err
    written = setup.settings()
    assert (written["language"], written["mirror"]["auto"]) == ("en", "never")
    assert written["roles"]["admin"] == [int(beheer)]
    assert not (folder / "token").exists()
    assert (folder / "config.toml.bak").read_text("utf-8") == old


async def test_an_input_that_ends_writes_no_settings(setup: Setup) -> None:
    code, _, err = await setup.answered(setup.door["bot_token"])
    assert (code, err.strip()) == (1, "De vragen zijn afgebroken; de instellingen zijn niet geschreven.")
    assert not (setup.shell.folder / "config.toml").exists()


async def test_at_a_terminal_the_token_is_never_shown(setup: Setup) -> None:
    """What is typed is echoed by the terminal, but not that."""
    token = setup.door["bot_token"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PROGRAMMABRUG_")}
    environment |= {f"PROGRAMMABRUG_{name}": value for name, value in setup.variables.items()}
    pid, terminal = pty.fork()
    if pid == 0:  # pragma: no cover - the child becomes the command
        os.chdir(setup.shell.folder)
        os.execve(sys.executable, (sys.executable, "-m", "bot", "setup"), environment)  # noqa: S606
    screen = Screen(terminal)
    for prompt, answer in (
        ("Token", token),
        ("Welke server", "1"),
        ("Adres", "-"),
        *(("Wie is", "-") for _ in range(5)),
        ("Taal", ""),
    ):
        await screen.after(prompt, answer)
    await screen.until("programmabrug run")
    _, status = await asyncio.to_thread(os.waitpid, pid, 0)
    screen.close()
    assert os.waitstatus_to_exitcode(status) == 0
    assert token not in screen.shown
    assert (setup.shell.folder / "token").read_text("utf-8").strip() == token


class Screen:
    """What a terminal shows, read as it comes."""

    def __init__(self, terminal: int) -> None:
        self.shown = ""
        self._terminal = terminal
        self._seen = 0
        self._grown = asyncio.Event()
        asyncio.get_running_loop().add_reader(terminal, self._read)

    def _read(self) -> None:
        try:
            self.shown += os.read(self._terminal, 4096).decode(errors="replace")
        except OSError:  # the other side is gone
            asyncio.get_running_loop().remove_reader(self._terminal)
        self._grown.set()

    async def until(self, words: str) -> None:
        async with asyncio.timeout(30):
            while words not in self.shown[self._seen :]:
                self._grown.clear()
                await self._grown.wait()
        self._seen = self.shown.index(words, self._seen) + len(words)

    def close(self) -> None:
        asyncio.get_running_loop().remove_reader(self._terminal)
        os.close(self._terminal)

    async def after(self, prompt: str, answer: str) -> None:
        """Wait for a question to stand there whole, and answer it."""
        await self.until(prompt)
        await self.until(": ")
        os.write(self._terminal, f"{answer}\n".encode())


async def test_check_says_a_sentence_a_line_or_that_all_is_well(setup: Setup, loopback: Loopback) -> None:
    """After the bot ran all is well; a token Discord doesn't take, an unknown role and a lost folder are named."""
    folder = setup.shell.folder
    async with await Database.open(folder / "programmabrug.db") as store:
        await Importing(store, now, language="nl", screening=False).take_in(read_source(SAMPLE))
        async with running(loopback, store, settings_for(loopback, folder / "programmabrug.db")):
            pass
    variables = {
        **setup.variables,
        "DISCORD__TOKEN": setup.door["bot_token"],
        "DISCORD__GUILD_ID": setup.door["guild_id"],
        "FORUM__URL": setup.forum,
    }
    code, out, err = await setup.shell.run("check", **variables)
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == "Alles is in orde."
    assert setup.door["bot_token"] not in out
    wrong = {"ROLES__ADMIN": "99", "DISCORD__LOG_CHANNEL_ID": "98", "DATABASE__PATH": "weg/x.db"}
    wrong["FORUM__URL"] = "http://127.0.0.1:1/"
    code, _, err = await setup.shell.run("check", **{**variables, **wrong})
    assert code == 1
    assert [line.split()[0] for line in err.splitlines()] == [
        "De",
        "roles.admin:",
        "discord.log_channel_id:",
        "http://127.0.0.1:1/robots.txt:",
    ]
    code, _, err = await setup.shell.run("check", **{**variables, "DISCORD__TOKEN": "MTIz.onzin.onzin"})
    assert (code, len(err.splitlines())) == (1, 1)
    assert "weigert het token" in err
