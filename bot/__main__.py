"""The command line: what is typed, and what comes of it. Objects are wired here and in `wiring`, nowhere else."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import stamina.instrumentation
from cyclopts import App, CycloptsError, Parameter
from cyclopts.validators import Number

from bot.bringing import add_sync
from bot.checkup import check
from bot.config import DEFAULT_FILE, PREFIX, Settings, load_settings
from bot.domain.ids import ProgrammeId, Snowflake
from bot.errors import ProgrammabrugError, Refused, SettingsError, ToMend
from bot.journal import start_journal
from bot.locales import DEFAULT, Texts, load_all
from bot.mirror.report import plan_file
from bot.naming import programme_meant, target_meant
from bot.privacy_commands import privacy_application
from bot.rehearsal import Rehearsal, rehearse
from bot.seeding import guild_settings
from bot.services.following import last_seen
from bot.services.homes import Home
from bot.services.ports import Unit
from bot.services.showing import programme_json
from bot.serving import serve
from bot.setup.wizard import Wizard
from bot.source import importing_of, is_address, read
from bot.terminal import Terminal
from bot.wiring import look_ahead, now
from db.database import Database
from db.lock import sole_bot, sole_reader

WELL, FAILED, USAGE = 0, 1, 2
SAMPLE: Final = Path(__file__).parent / "sandbox" / "sample"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of an import: from where, quick or all of it, whether much may go, and of which programme."""

    source: str | None
    quick: bool
    confirm: bool
    programme: str | None
    json: bool


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
        suppress_keyboard_interrupt=False,
    )
    settings_file = Parameter(name="--config", help=say("cli.config"))
    as_json = Parameter(name="--json", negative=(), help=say("cli.json"))
    one_of = Parameter(name="--programme", help=say("cli.programme"))

    def run(file: Path | None, command: Command) -> int:
        return asyncio.run(attempt(texts, say, file, command))

    @app.command(name="import", help=say("cli.import"))
    def _import(
        source: Annotated[str | None, Parameter(help=say("cli.import.source"))] = None,
        /,
        *,
        quick: Annotated[bool, Parameter(negative=(), help=say("cli.import.quick"))] = False,
        confirm: Annotated[bool, Parameter(negative=(), help=say("cli.import.confirm"))] = False,
        programme: Annotated[str | None, one_of] = None,
        config: Annotated[Path | None, settings_file] = None,
        json: Annotated[bool, as_json] = False,
    ) -> int:
        asked = Asked(source, quick=quick, confirm=confirm, programme=programme, json=json)
        return run(config, lambda settings, terminal: import_(settings, terminal, asked))

    @app.command(name="show", help=say("cli.show"))
    def _show(
        *,
        programme: Annotated[str | None, one_of] = None,
        config: Annotated[Path | None, settings_file] = None,
        json: Annotated[bool, as_json] = False,
    ) -> int:
        return run(config, lambda settings, terminal: show(settings, terminal, programme, json=json))

    @app.command(name="plan", help=say("cli.plan"))
    def _plan(
        *,
        file: Annotated[Path | None, Parameter(help=say("cli.plan.file"))] = None,
        programme: Annotated[str | None, one_of] = None,
        config: Annotated[Path | None, settings_file] = None,
        json: Annotated[bool, as_json] = False,
    ) -> int:
        return run(config, lambda settings, terminal: plan(settings, terminal, texts, programme, json=json, file=file))

    add_sync(app, texts, say, run)

    @app.command(name="run", help=say("cli.run"))
    def _run(*, config: Annotated[Path | None, settings_file] = None) -> int:
        return run(config, lambda settings, terminal: run_bot(settings, terminal, texts))

    @app.command(name="check", help=say("cli.check"))
    def _check(
        *, programme: Annotated[str | None, one_of] = None, config: Annotated[Path | None, settings_file] = None
    ) -> int:
        return run(config, lambda settings, terminal: check(settings, terminal, programme))

    app.command(privacy_application(texts, say, run))

    @app.command(name="setup", help=say("cli.setup"))
    def _setup(
        *, config: Annotated[Path | None, Parameter(name="--config", help=say("cli.setup.config"))] = None
    ) -> int:
        return set_up(texts, say, config or DEFAULT_FILE)

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
    except ToMend as error:
        for line in error.lines:
            Terminal(say).fail(line)
        return FAILED
    except ProgrammabrugError as error:
        Terminal(say).fail(say(error.key, **error.values))
        return FAILED
    return WELL


def set_up(texts: Mapping[str, Texts], say: Texts, file: Path) -> int:
    """Ask for the settings and write them; the settings as they are need not be right, or there, for that."""
    try:
        Wizard(texts, say, file).run()
    except SettingsError as error:
        for line in error.lines:
            Terminal(say).fail(line)
        return FAILED
    except ProgrammabrugError as error:
        Terminal(say).fail(say(error.key, **error.values))
        return FAILED
    return WELL


async def import_(settings: Settings, terminal: Terminal, asked: Asked) -> None:
    """Read a source and take it into the database."""
    started_at = now()
    async with await Database.open(settings.database.path) as store:
        target = await store.read(lambda unit: _target(unit, settings, asked))
        source = asked.source or target.source
        live = source is not None and is_address(source)
        with sole_reader(settings.database.path) if live else nullcontext():
            quick = asked.quick and not asked.confirm  # only a full pass lets anything go
            seen = await store.read(lambda unit: last_seen(unit, target.programme_id)) if quick and live else None
            if quick and seen is None:
                terminal.note("cli.import.not_quick")
            with terminal.reading() as progress:
                reading = await read(settings, source, progress, seen)
            importing = importing_of(settings, store, now, target.home)
            report = await importing.take_in(
                reading, target.programme_id, started_at=started_at, confirmed=asked.confirm
            )
    if asked.json:
        terminal.troubles(report.troubles)
        terminal.json(report.to_json())
    else:
        terminal.imported(report)


@dataclass(frozen=True, slots=True)
class _Target:
    """What an import is taken into: a programme, a guild that has none yet, or neither in an empty database."""

    programme_id: ProgrammeId | None
    home: Home | None
    source: str | None


def _target(unit: Unit, settings: Settings, asked: Asked) -> _Target:
    found = target_meant(unit, settings, asked.programme)
    home = found if isinstance(found, Home) else None
    programme_id = None if isinstance(found, Home) else found
    guild_id = home.guild_id if home else unit.programmes.head(programme_id).guild_id if programme_id else None
    return _Target(programme_id, home, guild_settings(unit, settings, guild_id).source)


async def show(settings: Settings, terminal: Terminal, named: str | None, *, json: bool) -> None:
    """Show the programme as it is stored."""
    async with await Database.open(settings.database.path) as store:
        programme_id = await store.read(lambda unit: programme_meant(unit, settings, named))
        programme = await store.read(lambda unit: unit.programmes.load(programme_id))
    if json:
        terminal.json(programme_json(programme))
    else:
        terminal.programme(programme)


async def plan(
    settings: Settings,
    terminal: Terminal,
    texts: Mapping[str, Texts],
    named: str | None,
    *,
    json: bool,
    file: Path | None,
) -> None:
    """Show what a sync would change, changing nothing; with a file, write every change into it."""
    async with await Database.open(settings.database.path) as store:
        programme_id = await store.read(lambda unit: programme_meant(unit, settings, named))
        ahead = await look_ahead(settings, store, texts, programme_id)
    if file is not None:
        _write(file, plan_file(ahead, texts[settings.language]))
    if json:
        terminal.json(ahead.to_json())
    else:
        terminal.plan(ahead)


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise Refused("cli.plan.unwritable", path=file, reason=error.strerror or str(error)) from error


async def run_bot(settings: Settings, terminal: Terminal, texts: Mapping[str, Texts]) -> None:
    """Run the bot until it is asked to stop."""
    token = settings.token()
    if token is None:
        raise Refused("cli.no_token")
    if settings.discord.guild_id is None:
        raise Refused("cli.no_guild")
    start_journal(settings.log.level)
    with sole_bot(settings.database.path):
        async with await Database.open(settings.database.path) as store:
            with terminal.runs("progress.syncing") as progress:
                await serve(settings, store, texts, token, Snowflake(settings.discord.guild_id), progress)


async def sandbox(
    settings: Settings, terminal: Terminal, texts: Mapping[str, Texts], rehearsal: Rehearsal, source: str | None
) -> None:
    """Rehearse on a Discord of its own, with a database of its own."""
    reading = None
    if rehearsal.with_bot:
        with terminal.reading() as progress:
            reading = await read(settings, source or str(SAMPLE), progress, None)
    await rehearse(settings, terminal, texts, rehearsal, reading)


if __name__ == "__main__":
    main()
