"""Runs every measurement and prints what came of it. A measurement is a module here with a function `measure`."""

import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import iter_modules

from rich.console import Console
from rich.table import Table

import tests.bench
from tests.bench.figure import Figure


def main() -> int:
    figures = list(_measured())
    Console().print(_table(figures))
    return 0 if all(figure.ok for figure in figures) else 1


def _measured() -> Iterator[Figure]:
    for name in sorted(module.name for module in iter_modules(tests.bench.__path__)):
        measure = None if name == "__main__" else getattr(import_module(f"tests.bench.{name}"), "measure", None)
        if measure is not None:
            yield from measure()


def _table(figures: Iterable[Figure]) -> Table:
    table = Table("measured", "figure", "limit", "")
    for figure in figures:
        bound = "≥" if figure.at_least else "≤"
        table.add_row(
            figure.name,
            f"{figure.value:,.2f} {figure.unit}".strip(),
            f"{bound} {figure.limit:,.2f} {figure.unit}".strip(),
            "ok" if figure.ok else "[red]over[/red]",
        )
    return table


if __name__ == "__main__":
    sys.exit(main())
