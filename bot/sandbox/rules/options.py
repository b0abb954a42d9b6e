"""What a member filled in for a command: every option of its kind, the required ones there, nothing unknown."""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.forms import Form
from bot.sandbox.kinds import OptionType
from bot.sandbox.wire import Json, rows

_NESTING = (OptionType.SUB_COMMAND, OptionType.SUB_COMMAND_GROUP)


def filled(declared: list[Json], form: Form, *, typing: bool) -> list[Json]:
    """Check options against their declaration; while typing (autocomplete) required ones may still miss."""
    known = {str(option["name"]): option for option in declared}
    accepted: list[Json] = []
    for given in form.forms("options", 25):
        option = known.get(str(given.data.get("name")))
        if option is None or option["type"] != given.data.get("type"):
            given.wrong(
                "name",
                "APPLICATION_COMMAND_OPTIONS_UNKNOWN",
                "This command is outdated, please try again in a few minutes",
            )
            continue
        accepted.append(_one(option, given, typing=typing))
    names = {option["name"] for option in accepted}
    nested = any(option["type"] in _NESTING for option in declared)
    missing = [name for name, option in known.items() if option.get("required") and name not in names]
    if (missing and not typing) or (nested and len(accepted) != 1):
        form.wrong("options", "APPLICATION_COMMAND_OPTIONS_REQUIRED", "Required option is missing")
    return accepted


def _one(option: Json, given: Form, *, typing: bool) -> Json:
    shown: Json = {"name": option["name"], "type": option["type"]}
    if option["type"] in _NESTING:
        shown["options"] = filled(rows(option, "options"), given, typing=typing)
        return shown
    shown["value"] = given.data.get("value")
    if given.data.get("focused"):
        shown["focused"] = True
    if not (typing and shown.get("focused")):
        _check(option, given)
    return shown


def _check(option: Json, given: Form) -> None:
    value: Any = given.data.get("value")
    kind = option["type"]
    if not _fits(kind, value):
        given.wrong("value", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Value is not of the option's type")
        return
    listed = [choice["value"] for choice in rows(option, "choices")]
    if listed and value not in listed:
        given.wrong("value", "APPLICATION_COMMAND_OPTIONS_CHOICE_INVALID", "Value is not one of the choices")
    measure = len(value) if kind == OptionType.STRING else value
    low, high = (
        (option.get("min_length", 0), option.get("max_length", 6000))
        if kind == OptionType.STRING
        else (option.get("min_value"), option.get("max_value"))
    )
    if (low is not None and measure < low) or (high is not None and measure > high):
        given.wrong("value", "APPLICATION_COMMAND_OPTIONS_VALUE_INVALID", "Value is out of bounds")


def _fits(kind: int, value: object) -> bool:
    if kind == OptionType.BOOLEAN:
        return isinstance(value, bool)
    if kind == OptionType.INTEGER:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == OptionType.NUMBER:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if kind == OptionType.STRING:
        return isinstance(value, str)
    return isinstance(value, str) and value.isdecimal()


def leaves(options: list[Json]) -> Iterator[Json]:
    """Go through the options that carry a value."""
    for option in options:
        if option["type"] in _NESTING:
            yield from leaves(rows(option, "options"))
        else:
            yield option


def path(options: list[Json]) -> list[str]:
    """Name the subcommands that were chosen."""
    for option in options:
        if option["type"] in _NESTING:
            return [str(option["name"]), *path(rows(option, "options"))]
    return []
