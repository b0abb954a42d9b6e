"""The settings: environment variables over a TOML file over defaults, frozen, with one clear line for each mistake.

Built in `__main__` only. What each setting means stands in `config.example.toml`.
"""

import json
import os
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Final, Literal, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from bot.domain.ids import Snowflake
from bot.domain.people import Role
from bot.domain.phases import Rules
from bot.domain.schedule import is_schedule
from bot.errors import Refused, SettingsError
from bot.locales import Texts

PREFIX: Final = "PROGRAMMABRUG_"
DEFAULT_FILE: Final = Path("config.toml")
_EXAMPLES: Final = {
    "url": "https://forum.example.org/forums/",
    "api_url": "https://discord.com/api/v10",
    "gateway_url": "wss://gateway.discord.gg/",
}


def _ids(value: object) -> object:
    """Accept one id, a list, or the comma-separated form that fits an environment variable."""
    if isinstance(value, str):
        value = value.strip()
        return json.loads(value) if value.startswith("[") else [part.strip() for part in value.split(",") if part]
    return [value] if isinstance(value, int) else value


def _listed_names(value: object) -> object:
    """Accept one name or id, a list, or the comma-separated form that fits an environment variable."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    if isinstance(value, int) and not isinstance(value, bool):
        return [str(value)]
    if isinstance(value, list):
        listed = cast("list[object]", value)
        return [str(each) if isinstance(each, int) and not isinstance(each, bool) else each for each in listed]
    return value


def _empty_is_none(value: object) -> object:
    return None if value in {"", 0} else value


Id = Annotated[int, Field(ge=1, lt=2**63)]


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(name) from error
    return name


def _known_schedule(words: str) -> str:
    if words and not is_schedule(words):
        raise ValueError(words)
    return words


OptionalId = Annotated[Id | None, BeforeValidator(_empty_is_none)]
Ids = Annotated[tuple[Id, ...], BeforeValidator(_ids)]
Names = Annotated[tuple[str, ...], BeforeValidator(_listed_names)]
Seconds = Annotated[float, Field(ge=0, le=10**9, allow_inf_nan=False)]
OptionalUrl = Annotated[str | None, BeforeValidator(_empty_is_none), Field(pattern=r"^https?://[^\s/]+")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DatabaseSettings(_Part):
    """Where everything is kept."""

    path: Path = Path("programmabrug.db")


class DiscordSettings(_Part):
    """Which Discord, which guild, and how to log in."""

    token: SecretStr | None = None
    token_file: Path | None = None
    guild_id: OptionalId = None
    log_channel_id: OptionalId = None
    api_url: str = Field(default="https://discord.com/api/v10", pattern=r"^https?://[^\s/]+.*/api/v10$")
    gateway_url: str = Field(default="wss://gateway.discord.gg/", pattern=r"^wss?://[^\s/]+")


class ForumSettings(_Part):
    """The forum that holds the programme, and how gently it is read."""

    url: OptionalUrl = None
    contact: str = ""
    delay: float = Field(default=1.5, ge=0, le=60, allow_inf_nan=False)
    include: Names = ()
    exclude: Names = ()
    quick_every: Seconds = 300.0
    full_every: Seconds = 86_400.0
    suspect_for: Seconds = 3600.0
    max_removal: float = Field(default=0.10, ge=0, le=1, allow_inf_nan=False)
    erase_after: Seconds = 30 * 86_400.0


class MirrorSettings(_Part):
    """How Discord follows the database."""

    auto: Literal["after-first", "always", "never"] = "after-first"
    count_interval: float = Field(default=10.0, ge=0, le=3600, allow_inf_nan=False)
    members_post: bool = False


class RoleSettings(_Part):
    """The Discord roles that hold each part in the process."""

    member: Ids = ()
    secretary: Ids = ()
    committee: Ids = ()
    chair: Ids = ()
    admin: Ids = ()

    def of(self, role: Role) -> frozenset[Snowflake]:
        """Return the ids of the Discord roles that hold a part."""
        ids: tuple[int, ...] = getattr(self, role.value)
        return frozenset(Snowflake(role_id) for role_id in ids)


class RuleSettings(_Part):
    """What the party decided about the process. `repair` is in hours, `keep_support` in days after the decision."""

    screening: bool = False
    take_over: bool = False
    minimum_support: int = Field(default=0, ge=0, le=10_000)
    repair: float = Field(default=48.0, ge=0, le=24 * 60, allow_inf_nan=False)
    tie_rejects: bool = True
    zone: Annotated[str, AfterValidator(_known_zone)] = "Europe/Amsterdam"
    keep_support: int = Field(default=365, ge=0, le=36_500)

    def for_process(self) -> Rules:
        """Return what the process itself has to know."""
        names = ("screening", "take_over", "minimum_support", "repair", "tie_rejects", "zone")
        return Rules(**{name: getattr(self, name) for name in names})


class DigestSettings(_Part):
    """When members are told in the overview of what happened; an empty schedule is never."""

    schedule: Annotated[str, AfterValidator(_known_schedule)] = "0 9 * * 1"


class LogSettings(_Part):
    """What the operator gets to read."""

    level: Literal["debug", "info", "warning", "error"] = "info"


class Settings(BaseSettings):
    """Everything that can be set. Frozen; the token is never shown."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        enable_decoding=False,
        frozen=True,
        extra="forbid",
    )

    language: Literal["nl", "en"] = "nl"
    database: DatabaseSettings = DatabaseSettings()
    discord: DiscordSettings = DiscordSettings()
    forum: ForumSettings = ForumSettings()
    mirror: MirrorSettings = MirrorSettings()
    roles: RoleSettings = RoleSettings()
    rules: RuleSettings = RuleSettings()
    digest: DigestSettings = DigestSettings()
    log: LogSettings = LogSettings()

    def token(self) -> str | None:
        """Return the bot's token from the environment or the file named for it. Raises `Refused` for that file."""
        if self.discord.token is not None and self.discord.token.get_secret_value():
            return self.discord.token.get_secret_value().strip()
        if self.discord.token_file is not None:
            path = self.discord.token_file
            try:
                return path.read_text("utf-8").strip() or None
            except (OSError, UnicodeDecodeError) as error:
                reason = getattr(error, "strerror", None) or str(error)
                raise Refused("cli.token_file", path=path, reason=reason) from error
        return None


def load_settings(file: Path | None, texts: Mapping[str, Texts]) -> Settings:
    """Read the settings from a TOML file (None: the default one if it is there) and the environment.

    Raises `SettingsError` with one line for each mistake, in the language asked for where that can be told.
    """
    path = file if file is not None else DEFAULT_FILE if DEFAULT_FILE.exists() else None
    language = os.environ.get(f"{PREFIX}LANGUAGE", "nl")
    say = texts.get(language, texts["nl"])
    content = _content_of(path, say)
    say = texts.get(str(content.get("language", language)), say) if f"{PREFIX}LANGUAGE" not in os.environ else say
    lines = [*_misplaced_token(content, say), *_strange_variables(say)]
    try:
        settings = _reader(path)()
    except ValidationError as error:
        lines += [_line_of(details, say) for details in error.errors(include_url=False)]
    except ValueError as error:
        lines.append(say("settings.unreadable_variable", detail=error.__cause__ or error))
    else:
        if not lines:
            return settings
    raise SettingsError(tuple(dict.fromkeys(lines)))


def _content_of(path: Path | None, say: Texts) -> Mapping[str, object]:
    if path is None:
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise SettingsError((say("settings.no_file", path=path),)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError((say("settings.not_toml", path=path, detail=error),)) from None
    except OSError as error:
        raise SettingsError((say("settings.unreadable_file", path=path, detail=error.strerror),)) from None


def _reader(path: Path | None) -> type[Settings]:
    """Return the settings class bound to one file. Its sources are chosen by class, not by instance."""

    class Bound(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            del dotenv_settings, file_secret_settings
            return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, path)

    return Bound


def _misplaced_token(content: Mapping[str, object], say: Texts) -> Iterator[str]:
    section = content.get("discord")
    if isinstance(section, dict) and "token" in section:
        yield say("settings.token_in_file")


def _strange_variables(say: Texts) -> Iterator[str]:
    """Yield a line for each of our variables that names no section: a typing error there would go unseen."""
    known = set(_names())
    sections = {name.split(".")[0] for name in known}
    for name in sorted(os.environ):
        key = name.removeprefix(PREFIX).lower().replace("__", ".")
        if name.startswith(PREFIX) and key.split(".")[0] not in sections:
            yield say("settings.unknown", key=name, allowed=_nearest(key, known))


def _names() -> Iterator[str]:
    for name, field in Settings.model_fields.items():
        part = field.annotation
        if isinstance(part, type) and issubclass(part, BaseModel):
            yield from (f"{name}.{inner}" for inner in part.model_fields)
        else:
            yield name


def _nearest(key: str, known: set[str]) -> str:
    section = key.split(".", maxsplit=1)[0]
    kin = sorted(name for name in known if name.split(".")[0] == section)
    return ", ".join(get_close_matches(key, known, n=2) or kin or sorted({name.split(".")[0] for name in known}))


def _line_of(details: Mapping[str, Any], say: Texts) -> str:
    key = ".".join(str(part) for part in details["loc"] if isinstance(part, str))
    read = "…" if "token" in key else json.dumps(details["input"], default=str, ensure_ascii=False)
    if details["type"] == "extra_forbidden":
        return say("settings.unknown", key=key, allowed=_nearest(key, set(_names())))
    return say("settings.wrong", key=key, read=read, allowed=_allowed(details, say))


def _allowed(details: Mapping[str, Any], say: Texts) -> str:
    """Return in words what would have been right."""
    context = details.get("ctx", {})
    match details["type"].split("_")[0]:
        case "literal":
            return str(context["expected"]).replace("'", "").replace(" or ", ", ")
        case "bool":
            return say("settings.allowed.bool")
        case "int" | "tuple" if details["type"] != "int_from_float":
            return say("settings.allowed.id")
        case "value":
            return say("settings.allowed.schedule" if details["loc"][-1] == "schedule" else "settings.allowed.zone")
        case "float":
            return say("settings.allowed.number")
        case "greater" | "less":
            return say(f"settings.allowed.{details['type']}", **context)
        case "finite":
            return say("settings.allowed.number")
        case "string" if "pattern" in context:
            return say("settings.allowed.address", example=_EXAMPLES[str(details["loc"][-1])])
        case "model" | "dict":
            return say("settings.allowed.section")
        case _:
            return details["msg"]
