"""`programmabrug setup`, step by step: token, invite, guild, forum, roles, language; then the settings file.

Nothing is asked of Discord or the forum but what shows that an answer is right. The token is written to a file of its
own, and shown nowhere.
"""

import asyncio
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, cast

from bot.config import Settings, load_settings
from bot.domain.people import Role
from bot.errors import DiscordRefused, Refused, SettingsError, SourceError
from bot.locales import LANGUAGES, Texts
from bot.setup.asking import Asker
from bot.setup.identity import Named, guilds_of, identify, roles_of
from bot.setup.writing import Value, configured, example, write_settings, write_token
from bot.source import look_at_forum
from bot.terminal import Terminal

_NONE: Final = "-"
"""Typed for "nothing" where an empty line means the default."""
_TOKEN: Final = "token"  # noqa: S105 - a file's name


class Wizard:
    """Asks for the settings of one guild and writes them to one file."""

    def __init__(self, texts: Mapping[str, Texts], say: Texts, file: Path) -> None:
        self._texts = texts
        self._file = file
        self._ask = Asker(say)
        self._terminal = Terminal(say)
        self._values: dict[str, dict[str, Value]] = {}

    def run(self) -> None:
        """Ask, write, and say what comes next. Raises `Refused`, `DiscordRefused` and `SettingsError`."""
        settings = self._settings()
        token = self._token(settings)
        guild = self._guild(settings, token)
        self._forum(settings)
        self._roles(settings, asyncio.run(roles_of(settings, token, guild.id)))
        self._language(settings)
        self._write()
        source = "url" in self._values.get("forum", {})
        self._ask.tell("setup.next" if source else "setup.next.source")

    def _settings(self) -> Settings:
        """Return the settings as they are, for defaults; ask first where the file would be replaced."""
        self._ask.tell("setup.hello", path=self._file)
        if not self._file.exists():
            return self._bare()
        if not self._ask.agrees("setup.replace", default=False, path=self._file):
            raise Refused("setup.kept", path=self._file)
        try:
            settings = load_settings(self._file, self._texts)
        except SettingsError as error:
            for line in error.lines:
                self._terminal.fail(line)
            self._ask.tell("setup.afresh")
            return self._bare()
        for name, value in tomllib.loads(self._file.read_text("utf-8")).items():
            if isinstance(value, dict):
                self._values[name] = cast("dict[str, Value]", value)
            else:
                self._values.setdefault("", {})[name] = value
        return settings

    def _bare(self) -> Settings:
        """Return the settings as the environment alone makes them."""
        return self._loaded("")

    def _loaded(self, text: str) -> Settings:
        """Return the settings that a file with this text makes. Raises `SettingsError`."""
        with TemporaryDirectory() as folder:
            trial = Path(folder) / self._file.name
            trial.write_text(text, "utf-8")
            return load_settings(trial, self._texts)

    def _token(self, settings: Settings) -> str:
        """Return a token that Discord takes, and write one that was typed; print the invite link it makes possible."""
        if (kept := self._kept_token(settings)) is not None:
            return kept
        while True:
            typed = self._ask.secret("setup.token")
            try:
                application_id = asyncio.run(identify(settings, typed))
            except DiscordRefused as error:
                if error.key != "error.discord_token":
                    raise
                self._ask.tell("setup.token.wrong")
                continue
            path = self._token_path()
            write_token(path, typed)
            self._set("discord", "token_file", str(path))
            self._ask.tell("setup.token.written", path=path)
            self._terminal.invite(application_id)
            return typed

    def _token_path(self) -> Path:
        return self._file.parent / _TOKEN

    def _kept_token(self, settings: Settings) -> str | None:
        """Return the token that is set, or was typed before a setup that was broken off, if it is to be used."""
        known, path = _known_token(settings), self._token_path()
        stored = None if known else _stored_token(path)
        found = known or stored
        if not found or not self._ask.agrees("setup.token.keep", default=True):
            return None
        try:
            self._invite(settings, found)
        except DiscordRefused as error:
            if error.key != "error.discord_token":
                raise
            self._ask.tell("setup.token.wrong")
            return None
        if stored:
            self._set("discord", "token_file", str(path))
        return found

    def _invite(self, settings: Settings, token: str) -> None:
        self._terminal.invite(asyncio.run(identify(settings, token)))

    def _guild(self, settings: Settings, token: str) -> Named:
        """Return the guild that was chosen of those the bot is in, waiting until it is in one."""
        while not (found := asyncio.run(guilds_of(settings, token))):
            self._ask.text("setup.guild.none")
        self._ask.tell("setup.guild.list")
        self._ask.show([guild.name for guild in found])
        current = next((str(at) for at, each in enumerate(found, 1) if each.id == settings.discord.guild_id), "")
        while True:
            chosen = _named(self._ask.text("setup.guild", current or ("1" if len(found) == 1 else "")), found)
            if chosen:
                self._set("discord", "guild_id", chosen.id)
                return chosen
            self._ask.tell("setup.not_listed")

    def _forum(self, settings: Settings) -> None:
        """Ask for the forum's address until one answers, or none is wanted."""
        while True:
            typed = self._ask.text("setup.forum", settings.forum.url or _NONE)
            if typed == _NONE:
                self._values.get("forum", {}).pop("url", None)
                return
            forum = settings.forum.model_copy(update={"url": typed})
            try:
                asyncio.run(look_at_forum(settings.model_copy(update={"forum": forum}), typed))
            except SourceError as error:
                self._ask.tell(error.key, **error.values)
                continue
            self._set("forum", "url", typed)
            return

    def _roles(self, settings: Settings, roles: Sequence[Named]) -> None:
        """Ask which of the guild's roles hold each part."""
        self._ask.tell("setup.roles")
        self._ask.show([role.name for role in roles])
        for part in Role:
            held = settings.roles.of(part)
            current = ", ".join(role.name for role in roles if role.id in held) or _NONE
            self._set("roles", part.value, self._holders(part, current, roles))

    def _holders(self, part: Role, current: str, roles: Sequence[Named]) -> list[str | int]:
        while True:
            typed = self._ask.text("setup.role", current, part=self._ask.say(f"role.{part.value}"))
            if typed == _NONE:
                return []
            chosen = [_named(name, roles) for name in typed.split(",") if name.strip()]
            if all(chosen):
                return [role.id for role in chosen if role]
            self._ask.tell("setup.not_listed")

    def _language(self, settings: Settings) -> None:
        while (typed := self._ask.text("setup.language", settings.language)) not in LANGUAGES:
            self._ask.tell("setup.language.unknown", languages=", ".join(LANGUAGES))
        self._set("", "language", typed)

    def _set(self, section: str, name: str, value: Value) -> None:
        self._values.setdefault(section, {})[name] = value

    def _write(self) -> None:
        """Write the settings, once they were seen to be right."""
        text = configured(example(), self._values)
        self._loaded(text)
        write_settings(self._file, text)
        self._ask.tell("setup.written", path=self._file)


def _known_token(settings: Settings) -> str | None:
    """Return the token that is set already, if it can be read."""
    try:
        return settings.token()
    except Refused:
        return None


def _stored_token(path: Path) -> str | None:
    """Return the token in a file that an earlier setup wrote, if it can be read."""
    try:
        return path.read_text("utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def _named(typed: str, among: Sequence[Named]) -> Named | None:
    """Return what was meant by a number of the list, an id, or a name in any case."""
    wanted = typed.strip().casefold()
    for at, each in enumerate(among, start=1):
        if wanted in {str(each.id), each.name.casefold()} or wanted == str(at):
            return each
    return None
