"""The settings: where they come from, and that every mistake gets one clear line."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.config import PREFIX, Settings, load_settings
from bot.errors import SettingsError
from bot.locales import load_all

TEXTS = load_all()
ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def empty_world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable and no file of the machine plays along."""
    for name in ("LANGUAGE", "DISCORD__TOKEN", "DATABASE__PATH"):
        monkeypatch.delenv(PREFIX + name, raising=False)
    monkeypatch.chdir(tmp_path)


def written(text: str) -> Path:
    path = Path("config.toml")
    path.write_text(text, "utf-8")
    return path


def lines_of(text: str) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        load_settings(written(text), TEXTS)
    return caught.value.lines


def test_without_a_file_the_defaults_hold() -> None:
    assert load_settings(None, TEXTS).database.path == Path("programmabrug.db")


def test_the_file_in_the_working_directory_is_read_by_itself() -> None:
    written('[database]\npath = "x.db"')
    assert load_settings(None, TEXTS).database.path == Path("x.db")


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    written('[database]\npath = "x.db"')
    monkeypatch.setenv("PROGRAMMABRUG_DATABASE__PATH", "y.db")
    assert load_settings(None, TEXTS).database.path == Path("y.db")


@pytest.mark.parametrize(("value", "ids"), [("12", (12,)), ("12,13", (12, 13)), ("[12, 13]", (12, 13)), ("", ())])
def test_roles_in_the_environment(monkeypatch: pytest.MonkeyPatch, value: str, ids: tuple[int, ...]) -> None:
    monkeypatch.setenv("PROGRAMMABRUG_ROLES__MEMBER", value)
    assert load_settings(None, TEXTS).roles.member == ids


def test_every_setting_stands_in_the_example_and_its_commented_values_are_the_defaults() -> None:
    lines = (ROOT / "config.example.toml").read_text("utf-8").splitlines()
    uncommented = [line.removeprefix("# ") if line.startswith("# ") and " = " in line else line for line in lines]
    shown = tomllib.loads("\n".join(line for line in uncommented if not line.startswith("#")))
    given = {"guild_id", "log_channel_id", "token_file", "url", "contact"}
    defaults: dict[str, Any] = Settings().model_dump(mode="json")
    assert shown.pop("language") == defaults.pop("language")
    assert set(shown) == set(defaults)
    for name, section in defaults.items():
        assert set(shown[name]) == set(section) - {"token"}, name
        for key in set(section) - {"token"} - given:
            assert shown[name][key] == section[key], f"{name}.{key}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('language = "fr"', ["language", '"fr"', "nl, en"]),
        ("[mirror]\nauto = 3", ["mirror.auto", "3", "after-first, always, never"]),
        ("[mirror]\ncount_interval = -1", ["mirror.count_interval", "-1", "0.0"]),
        ("[forum]\ndelay = inf", ["forum.delay", "seconden"]),
        ("[discord]\nguild_id = 'x'", ["discord.guild_id", '"x"', "cijfers"]),
        ("[discord]\napi_url = 'ftp://x'", ["discord.api_url", "https://discord.com/api/v10"]),
        ("[roles]\nmember = ['a']", ["roles.member", '"a"']),
        ("[rules]\nscreening = 'misschien'", ["rules.screening", "true", "false"]),
        ("[databse]\npath = 'x'", ["databse", "database"]),
        ("[database]\npad = 'x'", ["database.pad", "database.path"]),
        ("database = 'x'", ["database", '"x"']),
        ("[database", ["config.toml", "TOML"]),
    ],
)
def test_a_wrong_setting_gives_one_line_that_says_which_what_and_what_is_allowed(text: str, words: list[str]) -> None:
    lines = lines_of(text)
    assert len(lines) == 1
    assert all(word in lines[0] for word in words), lines[0]


def test_two_mistakes_give_two_lines() -> None:
    assert len(lines_of("language = 'fr'\n[rules]\nscreening = 9.5")) == 2


def test_a_variable_with_a_typing_error_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROGRAMMABRUG_DATBASE__PATH", "x")
    monkeypatch.setenv("PROGRAMMABRUG_ROLES__MEMBR", "1")
    text = "\n".join(lines_of(""))
    assert "PROGRAMMABRUG_DATBASE__PATH" in text
    assert "roles.membr" in text


def test_lines_come_in_the_language_that_is_set() -> None:
    assert "allowed" in lines_of('language = "en"\n[forum]\ndelay = "x"')[0]


def test_a_named_file_that_is_missing_is_said() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(Path("elders.toml"), TEXTS)
    assert "elders.toml" in caught.value.lines[0]


class TestToken:
    def test_it_is_refused_in_the_file_and_not_repeated(self) -> None:
        lines = lines_of('[discord]\ntoken = "zeer.geheim"')
        assert len(lines) == 1
        assert "PROGRAMMABRUG_DISCORD__TOKEN" in lines[0]
        assert "geheim" not in lines[0]

    def test_it_comes_from_the_environment_and_is_not_shown(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PROGRAMMABRUG_DISCORD__TOKEN", "zeer.geheim")
        settings = load_settings(None, TEXTS)
        assert settings.token() == "zeer.geheim"
        assert "geheim" not in repr(settings)
        assert "geheim" not in str(settings.model_dump())

    def test_it_comes_from_the_file_named_for_it(self) -> None:
        Path("token").write_text("zeer.geheim\n", "utf-8")
        assert load_settings(written('[discord]\ntoken_file = "token"'), TEXTS).token() == "zeer.geheim"

    def test_without_either_there_is_none(self) -> None:
        assert load_settings(None, TEXTS).token() is None
