"""What must change in a guild so that it shows what it should: desired minus known, as values. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.ids import SectionId, Snowflake
from bot.domain.text import digest_of
from bot.mirror.links import Place, Places, named_in
from bot.mirror.observed import Observed
from bot.mirror.resources import Json, Key, Known, Layer, Resource, ResourceKind, content_digest


class Action(StrEnum):
    """What is done to a resource. Recreating is creating what was known and stands no more."""

    CREATE = "create"
    RECREATE = "recreate"
    UPDATE = "update"
    PIN = "pin"


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `known` is what was applied before, an intent without an id included."""

    action: Action
    resource: Resource
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of the mirror a plan is about: layers, and sections (None: all of them).

    What belongs to no section, such as the overview, is in every scope that holds its layer.
    """

    layers: frozenset[Layer] = frozenset(Layer)
    sections: frozenset[SectionId] | None = None

    def holds(self, resource: Resource) -> bool:
        """Tell whether a resource is in this scope."""
        if resource.layer not in self.layers:
            return False
        return self.sections is None or resource.section is None or resource.section in self.sections

    def joined(self, other: "Scope") -> "Scope":
        """Return the least scope that holds both."""
        both = self.sections is not None and other.sections is not None
        sections = (self.sections or frozenset()) | (other.sections or frozenset()) if both else None
        return Scope(self.layers | other.layers, sections)


CARDS = frozenset({Layer.CARD})
"""The layers that always follow the database at once."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Changes in the order in which they are to be made, and where everything stands before the first."""

    changes: tuple[Change, ...]
    places: Places = field(repr=False)

    def __len__(self) -> int:
        return len(self.changes)

    @property
    def digest(self) -> str:
        """A digest by which a confirmed plan is known to be the one that was shown."""
        return digest_of(
            "\n".join(
                f"{change.action} {change.resource.key} {content_digest(self.places.linked(change.resource.content))}"
                for change in self.changes
            )
        )

    @property
    def counts(self) -> Mapping[Action, int]:
        """How many changes there are of each action."""
        return Counter(change.action for change in self.changes)

    def without(self, keys: frozenset[Key]) -> "Plan":
        """Return the plan without what it does to these."""
        return Plan(tuple(change for change in self.changes if change.resource.key not in keys), self.places)

    def to_json(self) -> dict[str, Json]:
        """Return the plan for a program to read."""
        return {"changes": [_described(change) for change in self.changes]}


def plan(
    desired: Sequence[Resource],
    known: Mapping[Key, Known],
    observed: Observed | None,
    guild_id: Snowflake,
    scope: Scope | None = None,
) -> Plan:
    """Return what must change, within the scope. Without a look at the guild it is believed to be as last known."""
    places = Places(guild_id, standing(known, observed))
    coming: set[Key] = set()
    changes: list[Change] = []
    for resource in desired:
        if scope is not None and not scope.holds(resource):
            continue
        if resource.parent is not None and resource.parent not in places.by_key and resource.parent not in coming:
            continue
        row = known.get(resource.key)
        if resource.key not in places.by_key:
            coming.add(resource.key)
            lost = row is not None and row.discord_id is not None
            changes.append(Change(Action.RECREATE if lost else Action.CREATE, resource, row))
        elif row and (named_in(resource.content) & coming or row.digest != _digest(resource, places)):
            changes.append(Change(Action.UPDATE, resource, row))
        if resource.pinned and (resource.key in coming or not (row and row.pinned)):
            changes.append(Change(Action.PIN, resource, row))
    return Plan(tuple(changes), places)


def standing(known: Mapping[Key, Known], observed: Observed | None) -> dict[Key, Place]:
    """Return where everything known stands, as far as it does. What is in a lost channel or post is lost too."""
    places: dict[Key, Place] = {}
    for row in sorted(known.values(), key=lambda row: _DEPTHS[row.kind]):
        parent = places.get(row.parent) if row.parent else None
        if row.discord_id is None or (row.parent and parent is None) or (observed and observed.lacks(row)):
            continue
        is_message = row.kind is ResourceKind.MESSAGE
        places[row.key] = Place(row.discord_id, parent.discord_id if parent and is_message else None)
    return places


_DEPTHS = {
    ResourceKind.CATEGORY: 0,
    ResourceKind.TEXT: 1,
    ResourceKind.FORUM: 1,
    ResourceKind.POST: 2,
    ResourceKind.MESSAGE: 3,
}


def _digest(resource: Resource, places: Places) -> str:
    return content_digest(places.linked(resource.content))


def _described(change: Change) -> Json:
    resource = change.resource
    return {
        "action": change.action.value,
        "key": resource.key,
        "kind": resource.kind.value,
        "title": resource.title,
        "parent": resource.parent,
    }
