"""The command as processes, in a folder of their own."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path


class Shell:
    """Runs the command in a folder of its own, with none of the machine's settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.started: list[Process] = []

    async def start(self, *words: str, **variables: str) -> Process:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PROGRAMMABRUG_")}
        environment |= {f"PROGRAMMABRUG_{name}": value for name, value in variables.items()}
        command = (sys.executable, "-m", "bot", *words)
        process = await asyncio.create_subprocess_exec(
            *command, cwd=self.folder, env=environment, stdout=PIPE, stderr=PIPE
        )
        self.started.append(process)
        return process

    async def run(self, *words: str, **variables: str) -> tuple[int, str, str]:
        process = await self.start(*words, **variables)
        out, err = await asyncio.wait_for(process.communicate(), 60)
        return process.returncode or 0, out.decode(), err.decode()

    async def good(self, *words: str, **variables: str) -> str:
        code, out, err = await self.run(*words, **variables)
        assert code == 0, err
        return out

    async def close(self) -> None:
        for process in self.started:
            if process.returncode is None:
                process.kill()
                await process.communicate()
