"""The custom ids of the buttons that stay in the guild: what was pressed, and on what.

They outlive restarts and versions of the program, so a word here is never given another meaning.
"""

import re
from dataclasses import dataclass
from typing import Final

PROPOSE: Final = "propose"
SUPPORT: Final = "support"
READ: Final = "read"
CONCEPT: Final = "concept"
_ACTIONS: Final = (PROPOSE, SUPPORT, READ, CONCEPT)
_SHAPE: Final = re.compile(r"([a-z]+)(?::([1-9][0-9]{0,18}))?")


@dataclass(frozen=True, slots=True)
class Press:
    """A press of a button: `propose` (or at nothing) and `concept` aim at a section, the others at an amendment."""

    action: str
    target: int | None = None


def custom_id_of(press: Press) -> str:
    """Return the custom id that `parse` reads back."""
    return press.action if press.target is None else f"{press.action}:{press.target}"


def parse(custom_id: str) -> Press | None:
    """Return what a custom id means, or None when it is not one of ours."""
    found = _SHAPE.fullmatch(custom_id)
    if not found or found[1] not in _ACTIONS:
        return None
    if found[2] is None:
        return Press(found[1]) if found[1] == PROPOSE else None
    return Press(found[1], int(found[2]))
