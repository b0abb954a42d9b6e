"""The command line: what is typed, and what comes of it. Objects are wired here and in `wiring`, nowhere else."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit

import stamina.instrumentation
from cyclopts import App, CycloptsError, Parameter
from cyclopts.validators import Number

from bot.config import PREFIX, Settings, load_settings
from bot.domain.ids import Snowflake
from bot.domain.reading import ProgrammeReading
from bot.errors import ProgrammabrugError, Refused, SettingsError
from bot.forum.crawl import crawl
from bot.forum.fetch import Manners, user_agent
from bot.forum.sources import read_source
from bot.journal import start_journal
from bot.locales import DEFAULT, Texts, load_all
from bot.rehearsal import Rehearsal, rehearse
from bot.services.importing import Importing
from bot.services.showing import programme_json
from bot.terminal import Terminal
from bot.wiring import look_ahead, now, programme_of, serve
from db.database import Database
from db.lock import sole_bot

WELL, FAILED, USAGE = 0, 1, 2
SAMPLE: Final = Path(__file__).parent / "sandbox" / "sample"

Command = Callable[[Settings, Terminal], Awaitable[None]]


def main() -> None:
    """Run what was typed, and leave with 0 (well), 1 (refused or failed) or 2 (wrong usage)."""
    stamina.instrumentation.set_on_retry_hooks([])
    texts = load_all()
    say = texts.get(os.environ.get(f"{PREFIX}LANGUAGE", DEFAULT), texts[DEFAULT])
    try:
        code = application(texts, say)(exit_on_error=False, print_error=False)
    except CycloptsError as error:
        Terminal(say).fail(say("cli.usage", detail=" ".join(str(error).split())))
        code = USAGE
    except KeyboardInterrupt:
        Terminal(say).fail(say("cli.interrupted"))
        code = FAILED
    sys.exit(code or WELL)


def application(texts: Mapping[str, Texts], say: Texts) -> App:
    """Return the command line, its help in one language."""
    app = App(
        name="programmabrug",
        help=say("cli.help"),
        version_flags=["--version"],
        result_action="return_value",
    )
    settings_file = Parameter(name="--config", help=say("cli.config"))
    as_json = Parameter(name="--json", negative=(), help=say("cli.json"))

    def run(file: Path | None, command: Command) -> int:
        return asyncio.run(attempt(texts, say, file, command))

    @app.command(name="import", help=say("cli.import"))
    def _import(
        source: Annotated[str | None, Parameter(help=say("cli.import.source"))] = None,
        /,
        *,
        config: Annotated[Path | None, settings_file] = None,
        json: Annotated[bool, as_json] = False,
    ) -> int:
        return run(config, lambda settings, terminal: import_(settings, terminal, source, json=json))

    @app.command(name="show", help=say("cli.show"))
    def _show(*, config: Annotated[Path | None, settings_file] = None, json: Annotated[bool, as_json] = False) -> int:
        return run(config, lambda settings, terminal: show(settings, terminal, json=json))

    @app.command(name="plan", help=say("cli.plan"))
    def _plan(*, config: Annotated[Path | None, settings_file] = None, json: Annotated[bool, as_json] = False) -> int:
        return run(config, lambda settings, terminal: plan(settings, terminal, texts, json=json))

    @app.command(name="run", help=say("cli.run"))
    def _run(*, config: Annotated[Path | None, settings_file] = None) -> int:
        return run(config, lambda settings, _: run_bot(settings, texts))

    @app.command(name="sandbox", help=say("cli.sandbox"))
    def _sandbox(
        *,
        source: Annotated[str | None, Parameter(help=say("cli.sandbox.source"))] = None,
        once: Annotated[bool, Parameter(negative=(), help=say("cli.sandbox.once"))] = False,
        dump: Annotated[Path | None, Parameter(help=say("cli.sandbox.dump"))] = None,
        door: Annotated[Path | None, Parameter(help=say("cli.sandbox.door"))] = None,
        port: Annotated[int, Parameter(help=say("cli.sandbox.port"), validator=Number(gte=0, lte=65535))] = 0,
        no_bot: Annotated[bool, Parameter(negative=(), help=say("cli.sandbox.no_bot"))] = False,
        config: Annotated[Path | None, settings_file] = None,
    ) -> int:
        rehearsal = Rehearsal(once=once, dump=dump, door=door, port=port, with_bot=not no_bot)
        return run(config, lambda settings, terminal: sandbox(settings, terminal, texts, rehearsal, source))

    return app


async def attempt(texts: Mapping[str, Texts], say: Texts, file: Path | None, command: Command) -> int:
    """Run a command with its settings; whatever is foreseen to go wrong becomes a sentence on standard error."""
    try:
        settings = load_settings(file, texts)
    except SettingsError as error:
        for line in error.lines:
            Terminal(say).fail(line)
        return FAILED
    say = texts[settings.language]
    try:
        await command(settings, Terminal(say))
    except ProgrammabrugError as error:
        Terminal(say).fail(say(error.key, **error.values))
        return FAILED
    return WELL


async def import_(settings: Settings, terminal: Terminal, source: str | None, *, json: bool) -> None:
    """Read a source and take it into the database."""
    reading = await read(settings, terminal, source or settings.forum.url)
    async with await Database.open(settings.database.path) as store:
        report = await importing(settings, store).take_in(reading)
    if json:
        terminal.troubles(report.troubles)
        terminal.json(report.to_json())
    else:
        terminal.imported(report)


async def read(settings: Settings, terminal: Terminal, source: str | None) -> ProgrammeReading:
    """Read a file, a folder or an address, showing how far it is."""
    if not source:
        raise Refused("cli.no_source")
    if urlsplit(source).scheme not in {"http", "https"}:
        return await asyncio.to_thread(read_source, Path(source))
    manners = Manners(user_agent(settings.forum.contact or None), delay=settings.forum.delay)
    with terminal.progress("progress.reading") as report:
        return await crawl(source, manners, report)


def importing(settings: Settings, store: Database) -> Importing:
    """Return the service that takes readings in, as the settings want it."""
    return Importing(store, now, language=settings.language, screening=settings.rules.screening)


async def show(settings: Settings, terminal: Terminal, *, json: bool) -> None:
    """Show the programme as it is stored."""
    async with await Database.open(settings.database.path) as store:
        programme_id = await programme_of(store, settings)
        programme = await store.read(lambda unit: unit.programmes.load(programme_id))
    if json:
        terminal.json(programme_json(programme))
    else:
        terminal.programme(programme)


async def plan(settings: Settings, terminal: Terminal, texts: Mapping[str, Texts], *, json: bool) -> None:
    """Show what a sync would change, changing nothing."""
    async with await Database.open(settings.database.path) as store:
        ahead = await look_ahead(settings, store, texts)
    if json:
        terminal.json(ahead.to_json())
    else:
        terminal.plan(ahead)


async def run_bot(settings: Settings, texts: Mapping[str, Texts]) -> None:
    """Run the bot until it is asked to stop."""
    token = settings.token()
    if token is None:
        raise Refused("cli.no_token")
    if settings.discord.guild_id is None:
        raise Refused("cli.no_guild")
    start_journal(settings.log.level)
    with sole_bot(settings.database.path):
        async with await Database.open(settings.database.path) as store:
            await serve(settings, store, texts, token, Snowflake(settings.discord.guild_id))


async def sandbox(
    settings: Settings, terminal: Terminal, texts: Mapping[str, Texts], rehearsal: Rehearsal, source: str | None
) -> None:
    """Rehearse on a Discord of its own, with a database of its own."""
    reading = await read(settings, terminal, source or str(SAMPLE)) if rehearsal.with_bot else None
    await rehearse(settings, terminal, texts, rehearsal, reading)


if __name__ == "__main__":
    main()
