"""One change of a guild, as a value: what is done to which resource, and where."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.mirror.resources import Key, Known, Layer, Resource, ResourceKind


class Action(StrEnum):
    """What is done to a resource. Recreating is creating what was known and stands no more.

    Archiving is a post's last change: with it come its name and tags.
    """

    CREATE = "create"
    RECREATE = "recreate"
    UPDATE = "update"
    PIN = "pin"
    ARCHIVE = "archive"


MAKING: Final = frozenset({Action.CREATE, Action.RECREATE})
"""After these something stands that did not."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `known` is what was applied before, an intent without an id included.

    `restores` says that it undoes what people did, because a person wants that.
    """

    action: Action
    resource: Resource
    known: Known | None = None
    restores: bool = False

    @property
    def follows(self) -> bool:
        """Whether it is the mere edit of a card, a summary or a list, which waits for nobody."""
        return self.action is Action.UPDATE and self.resource.layer is Layer.CARD and not self.restores


def place_of(resource: Resource) -> Key | None:
    """Return the post or text channel that a change is made in."""
    return resource.parent if resource.kind is ResourceKind.MESSAGE else resource.key


def kind_of(resource: Resource) -> str:
    """Return in a word what a resource is: posts are those of sections."""
    is_contents = resource.kind is ResourceKind.POST and resource.section is None
    return "contents" if is_contents else resource.kind.value
