"""Reading a request's JSON field by field, noting under its path whatever Discord would not take."""

from collections.abc import Collection, Iterator
from typing import Any, cast

from bot.sandbox.refusals import Code, Refusal
from bot.sandbox.wire import Json


class Notes:
    """What was found wrong in one request; the tree Discord sends with code 50035."""

    def __init__(self) -> None:
        self._tree: Json = {}

    def add(self, path: tuple[str, ...], code: str, message: str) -> None:
        """Note one error at a field."""
        node = self._tree
        for step in path:
            node = node.setdefault(step, {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    def settle(self) -> None:
        """Refuse the request if anything was noted."""
        if self._tree:
            raise Refusal(400, Code.INVALID_FORM, "Invalid Form Body", self._tree)


def invalid(path: tuple[str, ...], code: str, message: str) -> Refusal:
    """Build a 50035 that names a single field."""
    notes = Notes()
    notes.add(path, code, message)
    try:
        notes.settle()
    except Refusal as refusal:
        return refusal
    raise AssertionError


class Form:
    """One object of a request. Readers return None where nothing usable stands, having noted why."""

    def __init__(self, data: Json, notes: Notes, path: tuple[str, ...] = ()) -> None:
        self.data = data
        self.notes = notes
        self.path = path

    def has(self, name: str) -> bool:
        """Tell whether a field is given and not null."""
        return self.data.get(name) is not None

    def wrong(self, name: str, code: str, message: str) -> None:
        """Note an error at a field of this object; at the object itself when the name is empty."""
        self.notes.add((*self.path, name) if name else self.path, code, message)

    def text(self, name: str, high: int, *, low: int = 0, required: bool = False) -> str | None:
        """Read a string between two lengths."""
        value = self._given(name, required=required)
        if value is None:
            return None
        if not isinstance(value, str):
            self.wrong(name, "STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
            return None
        if not low <= len(value) <= high:
            self._bad_length(name, low, high)
        return value

    def number(self, name: str, low: int, high: int, *, required: bool = False) -> int | None:
        """Read a whole number between two bounds; Discord also takes it as a string."""
        value = self._given(name, required=required)
        if value is None:
            return None
        try:
            number = int(cast("str", value))
        except (TypeError, ValueError):
            self.wrong(name, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
            return None
        if number > high:
            self.wrong(name, "NUMBER_TYPE_MAX", f"int value should be less than or equal to {high}.")
        elif number < low:
            self.wrong(name, "NUMBER_TYPE_MIN", f"int value should be greater than or equal to {low}.")
        return number

    def choice(self, name: str, choices: Collection[int], *, required: bool = False) -> int | None:
        """Read a number that must be one of a set."""
        value = self._given(name, required=required)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value not in choices:
            listed = ", ".join(str(int(choice)) for choice in sorted(choices))
            self.wrong(name, "BASE_TYPE_CHOICES", f"Value must be one of {{{listed}}}.")
            return None
        return int(value)

    def flag(self, name: str) -> bool | None:
        """Read a yes or no."""
        value = self.data.get(name)
        if value is not None and not isinstance(value, bool):
            self.wrong(name, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")
            return None
        return value

    def snowflake(self, name: str, *, required: bool = False) -> str | None:
        """Read an id."""
        value = self._given(name, required=required)
        if value is None:
            return None
        if not str(value).isdecimal():
            self.wrong(name, "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')
            return None
        return str(value)

    def child(self, name: str, *, required: bool = False) -> "Form | None":
        """Read a nested object."""
        value = self._given(name, required=required)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.wrong(name, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType.")
            return None
        return Form(cast("Json", value), self.notes, (*self.path, name))

    def items(self, name: str, high: int, *, low: int = 0, required: bool = False) -> list[Any]:
        """Read a list between two lengths."""
        value = self._given(name, required=required)
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong(name, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType.")
            return []
        found = cast("list[Any]", value)
        if not low <= len(found) <= high:
            self._bad_length(name, low, high)
        return found

    def forms(self, name: str, high: int, *, low: int = 0, required: bool = False) -> "Iterator[Form]":
        """Read a list of objects."""
        for index, value in enumerate(self.items(name, high, low=low, required=required)):
            path = (*self.path, name, str(index))
            if isinstance(value, dict):
                yield Form(cast("Json", value), self.notes, path)
            else:
                self.notes.add(path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType.")

    def _given(self, name: str, *, required: bool) -> object | None:
        value = self.data.get(name)
        if value is None and required:
            self.wrong(name, "BASE_TYPE_REQUIRED", "This field is required")
        return value

    def _bad_length(self, name: str, low: int, high: int) -> None:
        if low:
            self.wrong(name, "BASE_TYPE_BAD_LENGTH", f"Must be between {low} and {high} in length.")
        else:
            self.wrong(name, "BASE_TYPE_MAX_LENGTH", f"Must be {high} or fewer in length.")


def page(query: dict[str, str], high: int, default: int) -> int:
    """Read how many a listing may return."""
    form = Form(dict(query), Notes())
    limit = form.number("limit", 1, high)
    form.notes.settle()
    return default if limit is None else limit
