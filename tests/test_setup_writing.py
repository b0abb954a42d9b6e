"""The settings file that setup writes: the example with its comments, the answers in their places, the token apart."""

import stat
import tomllib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.setup.writing import configured, example, write_settings, write_token


def test_answers_take_the_places_of_their_defaults_and_comments_stay() -> None:
    text = configured(
        example(), {"": {"language": "en"}, "discord": {"guild_id": 12}, "roles": {"member": [1, 2], "admin": []}}
    )
    assert tomllib.loads(text) == {
        "language": "en",
        "database": {},
        "discord": {"guild_id": 12},
        "forum": {},
        "mirror": {},
        "roles": {"member": [1, 2], "admin": []},
        "rules": {},
        "digest": {},
        "log": {},
    }
    assert len(text.splitlines()) == len(example().splitlines())
    assert "member = [1, 2]      # may propose and support" in text


def test_what_has_no_place_comes_at_the_end_of_its_section() -> None:
    text = configured("[mirror]\n# auto = 1\n\n[log]\n", {"mirror": {"new": True}, "more": {"x": 1.5}})
    assert text == "[mirror]\n# auto = 1\nnew = true\n\n[log]\n\n[more]\nx = 1.5\n"


@given(st.text(st.characters(blacklist_categories=("Cs",))))
def test_any_words_can_be_written(words: str) -> None:
    assert tomllib.loads(configured(example(), {"forum": {"contact": words}}))["forum"]["contact"] == words


def test_the_token_is_its_owners_only_also_where_a_file_stood(tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text("oud", "utf-8")
    path.chmod(0o644)
    write_token(path, "nieuw")
    assert path.read_text("utf-8") == "nieuw\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_settings_that_stood_are_kept_beside_the_new_ones(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    write_settings(path, "a = 1\n")
    write_settings(path, "a = 2\n")
    assert path.read_text("utf-8") == "a = 2\n"
    assert path.with_name("config.toml.bak").read_text("utf-8") == "a = 1\n"
