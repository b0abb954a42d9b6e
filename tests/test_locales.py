"""The catalogues: both languages hold the same sentences, none is missing, none is left over."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot import errors
from bot.locales import LANGUAGES, language_of, load_all

ROOT = Path(__file__).parent.parent
SOURCES = [path for folder in ("bot", "cogs", "db") for path in sorted((ROOT / folder).rglob("*.py"))]
VOICES = {"say", "texts", "_say", "_texts"}
SPEAKERS = {*VOICES, "_"} | {
    name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)
}
HOLE = "\0"


def catalogue(language: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((ROOT / "bot" / "locales" / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language, abort_invalid=True):
                if not message.id:
                    continue
                key = message.id if isinstance(message.id, str) else message.id[0]
                assert key not in found, f"{key} stands twice in {language}"
                found[key] = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return found


CATALOGUES = {language: catalogue(language) for language in LANGUAGES}


def strings_of(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield every string in a file, holes of f-strings marked, and whether it is what a speaker is called with."""
    tree = ast.parse(path.read_text("utf-8"))
    spoken = {
        id(branch)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and node.args and name_of(node.func) in SPEAKERS
        for branch in branches(node.args[0])
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, id(node) in spoken
        elif isinstance(node, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else HOLE for part in node.values)
            yield "".join(map(str, parts)), id(node) in spoken


def branches(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.IfExp):
        yield from branches(node.body)
        yield from branches(node.orelse)
    else:
        yield node


def name_of(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute) and node.attr in {"count", "__call__"} and name_of(node.value) in VOICES:
        return "say"
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


STRINGS = [(text, spoken, path) for path in SOURCES for text, spoken in strings_of(path)]


def test_both_languages_hold_the_same_keys() -> None:
    nl, en = CATALOGUES["nl"], CATALOGUES["en"]
    assert set(nl) == set(en)
    assert {key for key in nl if len(nl[key]) != len(en[key])} == set()


def test_no_sentence_is_empty_and_both_languages_have_the_same_places_to_fill() -> None:
    for key, sentences in CATALOGUES["nl"].items():
        for dutch, english in zip(sentences, CATALOGUES["en"][key], strict=True):
            assert dutch, key
            assert english, key
            assert places(dutch) == places(english), key


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_every_key_that_is_spoken_exists() -> None:
    keys = set(CATALOGUES["nl"])
    missing = {
        f"{path.relative_to(ROOT)}: {text.replace(HOLE, '{}')}"
        for text, spoken, path in STRINGS
        if spoken and not any(matches(text, key) for key in keys)
    }
    assert missing == set()


def test_no_key_is_left_over() -> None:
    unused = {key for key in CATALOGUES["nl"] if not any(matches(text, key) for text, _, _ in STRINGS)}
    assert unused == set()


def matches(text: str, key: str) -> bool:
    if HOLE not in text:
        return text == key
    if "." not in text and not text.startswith(HOLE + "."):
        return False
    return re.fullmatch(".+".join(re.escape(part) for part in text.split(HOLE)), key) is not None


@pytest.mark.parametrize(
    ("locale", "language"), [("nl", "nl"), ("en-US", "en"), ("en-GB", "en"), ("de", "nl"), ("fr", "nl")]
)
def test_english_for_english_and_dutch_for_all_others(locale: str, language: str) -> None:
    assert language_of(locale) == language


def test_plurals_and_dates_are_those_of_the_language() -> None:
    texts = load_all()
    assert texts["nl"].count("support.counted", 1, reference="1.1-A1").startswith("Je steunt 1.1-A1. Er is nu 1 onder")
    assert "2 supporters" in texts["en"].count("support.counted", 2, reference="1.1-A1")
    assert texts["nl"].date("2021-11-09T14:07") == "9 november 2021, 14:07"
