"""The names bbPress gives its roles, in Dutch and English. A site can rename them: this only helps to be sure."""

_ROLES = frozenset(
    (
        "sleutelbeheerder",
        "moderator",
        "deelnemer",
        "toeschouwer",
        "geblokkeerd",
        "gast",
        "inactief",
        "lid",
        "keymaster",
        "participant",
        "spectator",
        "blocked",
        "guest",
        "inactive",
        "member",
    )
)


def is_role(text: str) -> bool:
    """Tell whether a line is the name of a role as bbPress ships it."""
    return text.casefold() in _ROLES
