"""Questions to one person, at a terminal or through a pipe: a line each. What is asked and why is not decided here."""

import sys
from collections.abc import Sequence
from getpass import getpass
from typing import Final

from rich.console import Console
from rich.markup import escape

from bot.errors import Refused
from bot.locales import Texts

_YES: Final = frozenset({"j", "ja", "y", "yes"})
_NO: Final = frozenset({"n", "nee", "no"})


class Asker:
    """Asks in one language. An input that ends is a refusal to go on. Raises `Refused`."""

    def __init__(self, say: Texts) -> None:
        self.say = say
        self._out = Console(soft_wrap=True, highlight=False)

    def tell(self, key: str, **values: object) -> None:
        """Print a sentence."""
        self._out.print(escape(self.say(key, **values)))

    def show(self, lines: Sequence[str]) -> None:
        """Print lines to choose from, numbered from 1."""
        for number, line in enumerate(lines, start=1):
            self._out.print(f"  {number}. {escape(line)}")

    def text(self, key: str, default: str = "", **values: object) -> str:
        """Return what was typed, or the default for an empty line."""
        hint = f" [{default}]" if default else ""
        try:
            typed = self._out.input(escape(f"{self.say(key, **values)}{hint}: ")).strip()
        except EOFError as error:
            raise Refused("setup.ended") from error
        return typed or default

    def secret(self, key: str) -> str:
        """Return what was typed, which is never shown: not on the terminal, and not by us."""
        prompt = f"{self.say(key)}: "
        if sys.stdin.isatty():
            try:
                return getpass(prompt).strip()  # it asks only once nothing is echoed any more
            except EOFError as error:
                raise Refused("setup.ended") from error
        self._out.print(escape(prompt))
        line = sys.stdin.readline()
        if not line:
            raise Refused("setup.ended")
        return line.strip()

    def agrees(self, key: str, *, default: bool, **values: object) -> bool:
        """Ask until yes or no is typed."""
        while True:
            typed = self.text(key, self.say("setup.yes") if default else self.say("setup.no"), **values).lower()
            if typed in _YES | _NO:
                return typed in _YES
            self.tell("setup.yes_or_no")
