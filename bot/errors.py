"""What can go wrong, as a tree.

    ProgrammabrugError
    ├── UserError           a person asked for what cannot be done; they get a sentence that says what to do
    │   ├── Refused         they may not do it, or not now
    │   │   └── StalePlan   what they confirmed is not what would happen any more
    │   └── NotFound        what they named does not exist
    ├── SourceError         the forum or a copy of it could not be read
    ├── SettingsError       the settings are wrong; one line for each
    ├── ToMend              a check found things to mend; one line for each
    ├── StorageError        the database could not be opened, or cannot take more
    ├── UnsafePlan          a plan would take away more than is allowed without a person's confirmation
    └── DiscordRefused      Discord would not let the bot do something that the mirror needs

Every error carries the key of its sentence in the catalogues and the values that go into it, so that whoever
catches it at an edge can say it in the reader's language.
"""

from collections.abc import Mapping


class ProgrammabrugError(Exception):
    """The root: `key` names a sentence in the catalogues, `values` fill it in."""

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values: Mapping[str, object] = values

    def __str__(self) -> str:
        if not self.values:
            return self.key
        return f"{self.key} ({', '.join(f'{name}={value}' for name, value in self.values.items())})"


class UserError(ProgrammabrugError):
    """A person asked for what cannot be done."""


class Refused(UserError):  # noqa: N818 - the words of the field read better than "RefusedError"
    """The person may not do this, or not now."""


class StalePlan(Refused):
    """What the person confirmed is not what would happen any more."""


class NotFound(UserError):  # noqa: N818
    """What the person named does not exist (or not for them)."""


class SourceError(ProgrammabrugError):
    """The forum, or the copy of it, could not be read."""


class SettingsError(ProgrammabrugError):
    """The settings are wrong. `lines` holds one clear sentence for each."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__("error.settings", lines="\n".join(lines))
        self.lines = lines


class ToMend(ProgrammabrugError):  # noqa: N818
    """A check found things to mend. `lines` holds one clear sentence for each."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__("error.to_mend", lines="\n".join(lines))
        self.lines = lines


class StorageError(ProgrammabrugError):
    """The database could not be opened or written."""


class UnsafePlan(ProgrammabrugError):  # noqa: N818
    """A plan would take away more than is allowed without confirmation."""


class DiscordRefused(ProgrammabrugError):  # noqa: N818
    """Discord would not let the bot do what the mirror needs."""
