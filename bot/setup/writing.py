"""The settings file as text: the example with its comments, and what was answered in its places. Pure.

And the two files on disk: written whole or not at all, the token's readable by its owner only.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, TypeAlias

from bot.errors import Refused

Value: TypeAlias = "str | int | float | bool | list[str | int]"
Values: TypeAlias = Mapping[str, Mapping[str, Value]]
"""By section and key. What stands in no section is under the empty name."""

_SECTION: Final = re.compile(r"\[(\w+)\]\s*$")
_SETTING: Final = re.compile(r"#?\s*(\w+)\s*=[^#]*?(\s+#.*)?$")
_NAME: Final = "config.example.toml"
_SECRET, _PLAIN = 0o600, 0o644


def example() -> str:
    """Return the example that lies beside the packages; without it the settings come without comments."""
    beside = Path(__file__).parents[2] / _NAME
    return beside.read_text("utf-8") if beside.is_file() else ""


def configured(text: str, values: Values) -> str:
    """Return a settings file with these values, each in the place of its default; the comments stay.

    A setting that has no place yet comes at the end of its section.
    """
    left = {section: dict(inside) for section, inside in values.items()}
    lines: list[str] = []
    for section, inside in _sections(text):
        wanted = left.pop(section, {})
        for line in inside:
            found = _SETTING.fullmatch(line)
            name = found[1] if found else ""
            lines.append(
                f"{name} = {_toml(wanted.pop(name))}{(found[2] or '') if found else ''}" if name in wanted else line
            )
        _append(lines, wanted)
    for section, wanted in left.items():
        lines += ["", f"[{section}]"]
        _append(lines, wanted)
    return "\n".join(lines).rstrip() + "\n"


def write_settings(path: Path, text: str) -> None:
    """Write the settings file. What stood there is kept beside it. Raises `Refused`."""
    try:
        if path.exists():
            path.replace(path.with_name(f"{path.name}.bak"))
    except OSError as error:
        raise _refusal(path, error) from error
    _write(path, text, _PLAIN)


def write_token(path: Path, token: str) -> None:
    """Write the token alone, readable by its owner only from the first moment. Raises `Refused`."""
    _write(path, f"{token}\n", _SECRET)


def _write(path: Path, text: str, mode: int) -> None:
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise _refusal(path, error) from error


def _refusal(path: Path, error: OSError) -> Refused:
    return Refused("setup.unwritable", path=path, reason=error.strerror or str(error))


def _sections(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each section with its lines, the empty lines before the next one's head with that."""
    name, lines = "", list[str]()
    for line in text.splitlines():
        if found := _SECTION.match(line):
            yield name, lines
            name, lines = found[1], []
        lines.append(line)
    yield name, lines


def _append(lines: list[str], values: Mapping[str, Value]) -> None:
    """Put what has no place yet at the end of a section, before the empty lines after it."""
    blank = len(lines)
    while blank and not lines[blank - 1].strip():
        blank -= 1
    lines[blank:blank] = [f"{name} = {_toml(value)}" for name, value in values.items()]


def _toml(value: Value) -> str:
    """Return a value as TOML writes it, which for these kinds is how JSON does."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
