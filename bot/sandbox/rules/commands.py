"""Application commands: names, descriptions, options and the 8000 characters they may take together."""

import unicodedata
from typing import Any, cast

from bot.sandbox.forms import Form
from bot.sandbox.kinds import CommandType, OptionType
from bot.sandbox.wire import Json, rows, table

MAX_CHARACTERS = 8000
LIMITS = {CommandType.CHAT_INPUT: 100, CommandType.USER: 15, CommandType.MESSAGE: 15}
_LOCALES = frozenset(
    {
        *("ar", "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "he", "hi", "hr", "hu"),
        *("id", "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi"),
        *("zh-CN", "zh-TW"),
    }
)
_WITH_CHOICES = frozenset({OptionType.STRING, OptionType.INTEGER, OptionType.NUMBER})
_NESTING = frozenset({OptionType.SUB_COMMAND, OptionType.SUB_COMMAND_GROUP})


def command(form: Form) -> Json:
    """Read a command; an error stands at its field."""
    kind = CommandType(form.choice("type", tuple(CommandType)) or CommandType.CHAT_INPUT)
    accepted: Json = {"type": int(kind), **_named(form, chat=kind == CommandType.CHAT_INPUT)}
    if kind == CommandType.CHAT_INPUT:
        accepted["options"] = _options(form, depth=0)
    elif form.data.get("description") or rows(form.data, "options"):
        form.wrong("description", "APPLICATION_COMMAND_INVALID", "A context menu command has no description or options")
    permissions = form.number("default_member_permissions", 0, 2**54 - 1)
    accepted["default_member_permissions"] = None if permissions is None else str(permissions)
    accepted["nsfw"] = bool(form.flag("nsfw"))
    accepted["contexts"] = form.data.get("contexts")
    accepted["integration_types"] = form.data.get("integration_types") or [0]
    if size(accepted) > MAX_CHARACTERS:
        form.wrong(
            "",
            "APPLICATION_COMMAND_TOO_LARGE",
            f"Command exceeds maximum size of {MAX_CHARACTERS} characters",
        )
    return accepted


def _named(form: Form, *, chat: bool) -> Json:
    name = form.text("name", 32, low=1, required=True)
    if chat and name is not None:
        _check_name(form, "name", name)
    description = form.text("description", 100, low=1 if chat else 0, required=chat) or ""
    return {
        "name": name,
        "name_localizations": _localised(form, "name_localizations", 32, chat=chat),
        "description": description,
        "description_localizations": _localised(form, "description_localizations", 100, chat=False),
    }


def _check_name(form: Form, field: str, name: str) -> None:
    letters = all(char in "-_'" or char.isalnum() or unicodedata.category(char)[0] in "LMN" for char in name)
    if not letters or name != name.lower():
        form.wrong(field, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _localised(form: Form, field: str, high: int, *, chat: bool) -> Json | None:
    given = form.child(field)
    if given is None:
        return None
    for locale in given.data:
        if locale not in _LOCALES:
            given.wrong(locale, "ENUM_TYPE_COERCE", f'Value "{locale}" is not a valid enum value.')
        text = given.text(locale, high, low=1)
        if chat and text is not None:
            _check_name(given, locale, text)
    return dict(given.data)


def _options(form: Form, *, depth: int) -> list[Json]:
    accepted: list[Json] = []
    names: set[str] = set()
    optional_seen = False
    for option in form.forms("options", 25):
        shown = _option(option, depth=depth)
        if shown["name"] in names:
            option.wrong("name", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option names must be unique")
        names.add(str(shown["name"]))
        if shown.get("required") and optional_seen:
            option.wrong(
                "",
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        optional_seen = optional_seen or not shown.get("required")
        accepted.append(shown)
    if len({option.get("type") in _NESTING for option in accepted}) > 1:
        form.wrong(
            "options", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command and option types are mutually exclusive"
        )
    return accepted


def _option(form: Form, *, depth: int) -> Json:
    kind = form.choice("type", tuple(OptionType), required=True)
    shown: Json = {"type": kind, **_named(form, chat=True)}
    if kind in _NESTING:
        if (kind == OptionType.SUB_COMMAND_GROUP and depth > 0) or depth > 1:
            form.wrong("type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command groups cannot be nested")
        shown["options"] = _options(form, depth=depth + 1)
        return shown
    shown["required"] = bool(form.flag("required"))
    if kind in _WITH_CHOICES:
        _choices(form, shown, number=kind != OptionType.STRING)
    for key in ("channel_types", "min_value", "max_value", "min_length", "max_length"):
        if form.has(key):
            shown[key] = form.data[key]
    return shown


def _choices(form: Form, shown: Json, *, number: bool) -> None:
    if form.flag("autocomplete"):
        shown["autocomplete"] = True
        if rows(form.data, "choices"):
            form.wrong("autocomplete", "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES", "Not beside choices")
    found = choices(form, number=number)
    if found:
        shown["choices"] = found


def choices(form: Form, *, number: bool) -> list[Json]:
    """Read choices, of an option or of an autocomplete answer."""
    accepted: list[Json] = []
    for choice in form.forms("choices", 25):
        value = choice.data.get("value") if number else choice.text("value", 100, low=1, required=True)
        accepted.append(
            {
                "name": choice.text("name", 100, low=1, required=True),
                "name_localizations": _localised(choice, "name_localizations", 100, chat=False),
                "value": value,
            }
        )
    return accepted


def size(node: Json) -> int:
    """Count a command's characters as Discord does: of each text the longest localisation."""
    total = _longest(node, "name") + _longest(node, "description")
    if isinstance(node.get("value"), str):
        total += len(cast("str", node["value"]))
    return total + sum(size(child) for key in ("options", "choices") for child in rows(node, key))


def _longest(node: Json, field: str) -> int:
    texts: list[Any] = [node.get(field) or "", *table(node, f"{field}_localizations").values()]
    return max(len(str(text)) for text in texts)
