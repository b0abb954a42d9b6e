"""`programmabrug privacy`: what is kept about somebody who is not on Discord, by the name they gave, and erasing it."""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from bot.config import Settings
from bot.locales import Texts
from bot.proceedings import proceedings
from bot.terminal import Terminal
from db.database import Database

Command = Callable[[Settings, Terminal], Awaitable[None]]
Run = Callable[[Path | None, Command], int]


def privacy_application(texts: Mapping[str, Texts], say: Texts, run: Run) -> App:
    """Return the commands, their help in one language."""
    app = App(name="privacy", help=say("cli.privacy"))
    settings_file = Parameter(name="--config", help=say("cli.config"))
    whose = Parameter(help=say("cli.privacy.name"))

    @app.command(name="inspect", help=say("cli.privacy.inspect"))
    def _inspect(name: Annotated[str, whose], /, *, config: Annotated[Path | None, settings_file] = None) -> int:
        return run(config, lambda settings, terminal: inspect(settings, terminal, texts, name))

    @app.command(name="erase", help=say("cli.privacy.erase"))
    def _erase(
        name: Annotated[str, whose],
        /,
        *,
        confirm: Annotated[bool, Parameter(negative=(), help=say("cli.privacy.confirm"))] = False,
        config: Annotated[Path | None, settings_file] = None,
    ) -> int:
        return run(config, lambda settings, terminal: erase(settings, terminal, texts, name, confirm=confirm))

    return app


async def inspect(settings: Settings, terminal: Terminal, texts: Mapping[str, Texts], name: str) -> None:
    """Print all that is kept about somebody, as JSON."""
    async with await Database.open(settings.database.path) as store:
        terminal.json(await proceedings(settings, store, texts).privacy.inspect_name(name))


async def erase(
    settings: Settings, terminal: Terminal, texts: Mapping[str, Texts], name: str, *, confirm: bool
) -> None:
    """Erase a name, or without the word for it say what that would touch. What was proposed stays without it."""
    async with await Database.open(settings.database.path) as store:
        privacy = proceedings(settings, store, texts).privacy
        if confirm:
            terminal.note("cli.privacy.erased", count=await privacy.erase_name(name), name=name)
            return
        kept = await privacy.inspect_name(name)
        count = len({str(each["receipt"]) for each in (*kept["proposals"], *kept["co_proposals"])})
        terminal.note("cli.privacy.would_erase", count=count, name=name)
