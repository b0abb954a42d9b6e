"""The running bot follows a forum by itself: it reads it first, keeps step, and makes what is gone leave Discord."""

import asyncio
import json
import signal
from asyncio.subprocess import Process
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.e2e.shell import Shell
from tests.forum.living import LivingForum, living


async def until(shell: Shell, sandbox: Process, holds: Callable[[str], bool]) -> str:
    """Return the guild as text once it is as wanted."""
    path = shell.folder / "dump.json"
    async with asyncio.timeout(40):
        while True:
            path.unlink(missing_ok=True)
            sandbox.send_signal(signal.SIGUSR1)
            text = json.dumps(without_calls(await written(path)), ensure_ascii=False)
            if holds(text):
                return text
            await asyncio.sleep(0.2)


async def written(path: Path) -> Any:
    async with asyncio.timeout(30):
        while not path.exists():
            await asyncio.sleep(0.02)
    return json.loads(path.read_text("utf-8"))


def without_calls(dump: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in dump.items() if name != "calls"}


async def test_run_reads_the_forum_by_itself_and_stays_in_step(shell: Shell) -> None:
    forum = LivingForum()
    trees = forum.add_topic(4, "Bomen", "Wij willen meer bomen.")
    ponds = forum.add_topic(4, "Vijvers", "Wij willen meer vijvers.")
    forum.add_reply(trees, "Mooi plan.")
    sandbox = await shell.start("sandbox", "--no-bot", "--door", "door.json", "--dump", "dump.json")
    door = await written(shell.folder / "door.json")
    async with living(forum):
        bot = await shell.start(
            "run",
            DISCORD__API_URL=door["api"],
            DISCORD__GATEWAY_URL=door["gateway"],
            DISCORD__GUILD_ID=door["guild_id"],
            DISCORD__TOKEN=door["bot_token"],
            MIRROR__AUTO="always",
            FORUM__URL=forum.url,
            FORUM__DELAY="0",
            FORUM__QUICK_EVERY="0.5",
            FORUM__FULL_EVERY="1.5",
            FORUM__SUSPECT_FOR="0",
        )
        await until(shell, sandbox, lambda text: "Mooi plan" in text and "meer vijvers" in text)
        forum.add_reply(ponds, "Met kikkers.")
        forum.topics[trees].text = "Wij willen veel meer bomen."
        await until(shell, sandbox, lambda text: "Met kikkers" in text and "veel meer bomen" in text)
        forum.hidden.add(ponds)
        text = await until(shell, sandbox, lambda text: "iet meer op het forum" in text)
        gone = await until(shell, sandbox, lambda text: "vijvers" not in text.lower() and "kikkers" not in text)
        assert "veel meer bomen" in text
        assert "veel meer bomen" in gone
        forum.hidden.clear()
        await until(shell, sandbox, lambda text: "meer vijvers" in text and "Met kikkers" in text)
        bot.send_signal(signal.SIGTERM)
        _, journal = await asyncio.wait_for(bot.communicate(), 30)
    assert bot.returncode == 0
    lines = [json.loads(line) for line in journal.decode().splitlines()]
    read = [line for line in lines if line["event"] == "forum.read"]
    assert {line["kind"] for line in read} == {"quick", "full"}
    assert "kikkers" not in journal.decode()
