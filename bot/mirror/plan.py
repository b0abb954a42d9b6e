"""What must change in a guild so that it shows what it should: desired minus known, as values. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final

from bot.domain.ids import SectionId, Snowflake
from bot.domain.text import digest_of
from bot.errors import DiscordRefused
from bot.mirror.change import Action, Change, kind_of, place_of
from bot.mirror.drift import Drift, Hand, find_drift, told
from bot.mirror.links import Places, named_in
from bot.mirror.observed import Observed
from bot.mirror.order import links_last, waves
from bot.mirror.resources import CHANNELS, Json, Key, Known, Layer, PostDigest, Resource, ResourceKind, content_digest
from bot.mirror.standing import standing


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of the mirror a plan is about: layers, and sections (None: all of them).

    What belongs to no section, such as the overview, is in every scope that holds its layer.
    """

    layers: frozenset[Layer] = frozenset(Layer)
    sections: frozenset[SectionId] | None = None

    def holds(self, resource: Resource) -> bool:
        """Tell whether a resource is in this scope."""
        return resource.layer in self.layers and self.covers(resource.section)

    def covers(self, section: SectionId | None) -> bool:
        """Tell whether a section is in this scope."""
        return self.sections is None or section is None or section in self.sections

    def joined(self, other: "Scope") -> "Scope":
        """Return the least scope that holds both."""
        both = self.sections is not None and other.sections is not None
        sections = (self.sections or frozenset()) | (other.sections or frozenset()) if both else None
        return Scope(self.layers | other.layers, sections)


CARDS = frozenset({Layer.CARD})
"""The layers that always follow the database at once."""
PROCEEDINGS: Final = CARDS | {Layer.TEXT}
"""The layers that an act touches: cards, and the post with its tag and its text, as far as text may follow."""
EVERYTHING: Final = Scope()
LISTS: Final = Scope(CARDS, frozenset())
"""The lists of all sections, which belong to none."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Changes in the order in which they are to be made, and where everything stands before the first.

    `lost` are messages to forget: what stood in posts that are made anew, and pointers that people deleted.
    `missing` is what people deleted and would not be in its place if it were made again. `resting` are posts in which
    nothing changes or is open: they may sleep where there are too many, in this order. `drift` is what people changed.
    `barred` says of channels that are closed to the bot why: what is to change there waits.
    """

    changes: tuple[Change, ...]
    places: Places = field(repr=False)
    lost: tuple[Key, ...] = ()
    missing: tuple[Resource, ...] = ()
    resting: tuple[Snowflake, ...] = ()
    drift: tuple[Drift, ...] = ()
    barred: tuple[DiscordRefused, ...] = ()

    def __len__(self) -> int:
        return len(self.changes)

    @property
    def digest(self) -> str:
        """A digest by which a confirmed plan is known to be the one that was shown.

        What follows the database at once, asked or not, may change meanwhile where it only brings up to date.
        """
        return digest_of(
            "\n".join(
                f"{change.action} {change.resource.key} {content_digest(self.places.linked(change.resource.content))}"
                for change in self.changes
                if not change.follows
            )
        )

    @property
    def counts(self) -> Mapping[Action, int]:
        """How many changes there are of each action."""
        return Counter(change.action for change in self.changes)

    def without(self, keys: frozenset[Key]) -> "Plan":
        """Return the plan without what it does to these."""
        return replace(self, changes=tuple(change for change in self.changes if change.resource.key not in keys))

    def to_json(self) -> dict[str, Json]:
        """Return the plan for a program to read."""
        return {
            "changes": [_described(change) for change in self.changes],
            "counts": {action.value: number for action, number in self.counts.items()},
            "digest": self.digest,
            "drift": [
                {"key": one.resource.key, "hand": one.hand.value, "found": one.found, "restored": one.restored}
                for one in self.drift
            ],
            "missing": [resource.key for resource in self.missing],
            "barred": [
                {"key": one.key, **{name: str(value) for name, value in one.values.items()}} for one in self.barred
            ],
        }


def plan(
    desired: Sequence[Resource],
    known: Mapping[Key, Known],
    observed: Observed | None,
    guild_id: Snowflake,
    scope: Scope | None = None,
    *,
    restore: bool = False,
) -> Plan:
    """Return what must change, within the scope. Without a look at the guild it is believed to be as last known.

    What people changed is left as it is, unless it is to be restored.
    """
    places = Places(guild_id, standing(known, observed))
    drift = find_drift(desired, known, observed, places)
    undone = {one.resource.key: one.hand for one in drift if one.choice} if restore else {}
    planner = _Planner(known, observed, places, scope or Scope(), undone)
    found = list(planner.changes(desired))
    channels = [change for change in found if change.resource.kind in CHANNELS]
    inside = [change for wave in waves(found) for place in wave for change in place]
    return Plan(
        (*channels, *inside),
        planner.places,
        planner.lost(),
        tuple(planner.missing),
        planner.resting(),
        told(drift, found),
        observed.barred if observed else (),
    )


class _Planner:
    """One comparison of what is desired with what is known."""

    def __init__(
        self,
        known: Mapping[Key, Known],
        observed: Observed | None,
        places: Places,
        scope: Scope,
        undone: Mapping[Key, Hand],
    ) -> None:
        self.places = places
        self._known = known
        self._observed = observed
        self._scope = scope
        self._undone = undone
        self._coming: set[Key] = set()
        self.missing: list[Resource] = []
        self._dropped: list[Resource] = []
        self._quiet: list[Resource] = []

    def changes(self, desired: Sequence[Resource]) -> Iterator[Change]:
        for _, group in groupby(desired, key=place_of):
            members = list(group)
            found = [
                change
                for at, resource in enumerate(members)
                if not self._stays_away(resource, members[at + 1 :])
                for change in self._changes(resource)
            ]
            yield from links_last(found)
            if not found and members[0].rests:
                self._quiet.append(members[0])
            if self._scope.covers(members[0].section):
                yield from self._archiving(members[0], found)

    def lost(self) -> tuple[Key, ...]:
        """Return the messages that were lost with posts that are made anew, and those that nobody will miss."""
        messages = (row for row in self._known.values() if row.kind is ResourceKind.MESSAGE)
        inside = [row.key for row in messages if row.discord_id is not None and row.parent in self._coming]
        return (*inside, *(resource.key for resource in self._dropped))

    def resting(self) -> tuple[Snowflake, ...]:
        """Return the posts that may sleep: what is over first, then what was quiet longest."""
        awake: list[tuple[int, Snowflake, Snowflake]] = []
        for post in self._quiet:
            place = self.places.by_key.get(post.key)
            thread = self._observed.threads.get(place.discord_id) if self._observed and place else None
            if place and thread and not thread.archived:
                awake.append((-post.rests, thread.last or place.discord_id, place.discord_id))
        return tuple(post_id for _, _, post_id in sorted(awake))

    def _changes(self, resource: Resource) -> Iterator[Change]:
        if not self._scope.holds(resource) or not self._stands_or_comes(resource.parent):
            return
        row = self._known.get(resource.key)
        if resource.key not in self.places.by_key:
            lost = row is not None and row.discord_id is not None
            if resource.kept and (lost or row is None):
                return
            self._coming.add(resource.key)
            yield Change(Action.RECREATE if lost else Action.CREATE, resource, row)
        elif row and (self._moves(resource) or self._differs(row, resource)):
            yield Change(Action.UPDATE, resource, row, restores=self._undoes(resource))
        elif self._undoes(resource):
            yield Change(Action.UPDATE, resource, row, restores=True)
        unpinned = self._undone.get(resource.key) is Hand.UNPINNED
        if resource.pinned and (resource.key in self._coming or unpinned or not (row and row.pinned)):
            yield Change(Action.PIN, resource, row, restores=unpinned)

    def _undoes(self, resource: Resource) -> bool:
        return self._undone.get(resource.key, Hand.UNPINNED) is not Hand.UNPINNED

    def _stays_away(self, resource: Resource, later: Sequence[Resource]) -> bool:
        """Tell whether a message that people deleted is not made again: it would come below what follows it."""
        row = self._known.get(resource.key)
        removed = row is not None and row.removed and row.kind is ResourceKind.MESSAGE
        if not removed or not self._scope.holds(resource) or resource.parent not in self.places.by_key:
            return False
        ordered = (each for each in later if each.kind is ResourceKind.MESSAGE and not each.loose)
        last = not any(each.key in self.places.by_key for each in ordered) and not self._others_spoke(resource.parent)
        if resource.loose or last:
            return False
        (self._dropped if resource.kept else self.missing).append(resource)
        return True

    def _others_spoke(self, post: Key) -> bool:
        """Tell whether there may be messages in a post that are not ours."""
        post_id = self.places.by_key[post].discord_id
        thread = self._observed.threads.get(post_id) if self._observed else None
        ours = sum(place.channel_id == post_id for place in self.places.by_key.values())
        return thread is None or thread.messages is None or thread.messages > ours

    def _stands_or_comes(self, key: Key | None) -> bool:
        return key is None or key in self.places.by_key or key in self._coming

    def _moves(self, resource: Resource) -> bool:
        """Tell whether a resource links to what is made now, or is a channel in a category that is."""
        return bool(self._coming) and bool((named_in(resource.content) | {resource.parent}) & self._coming)

    def _differs(self, row: Known, resource: Resource) -> bool:
        if resource.kind is not ResourceKind.POST:
            return row.digest != self._digest(resource)
        stands = PostDigest.parse(row.digest)
        reopens = stands.archived and not resource.archived
        return reopens or not stands.shows(PostDigest.parse(self._digest(resource)))

    def _archiving(self, post: Resource, found: Sequence[Change]) -> Iterator[Change]:
        """Yield the closing of a post that is to be archived, after all that changes in it.

        It is done once. A post that people woke since is left awake when only what stands in it changes.
        """
        if not self._stands_or_comes(post.key):
            return
        row = self._known.get(post.key)
        stands = PostDigest.parse(row.digest if row else None)
        if not post.archived:
            if post.kind is ResourceKind.POST and (stands.woken or self._found_asleep(row, found)):
                yield Change(Action.ARCHIVE, post, row)
            return
        changes = any(change.resource is post for change in found)
        if not changes and not stands.shows(PostDigest.parse(self._digest(post))):
            return  # The post itself is out of scope and must wait, so its closing waits too.
        if changes or not stands.archived or (found and not self._awake(row)):
            yield Change(Action.ARCHIVE, post, row)

    def _found_asleep(self, row: Known | None, found: Sequence[Change]) -> bool:
        """Tell whether a post that Discord archived is only edited, and so left as it was found. News wakes it."""
        thread = self._observed.threads.get(row.discord_id) if self._observed and row and row.discord_id else None
        reopened = PostDigest.parse(row.digest).archived if row else False
        edited = bool(found) and all(change.action is Action.UPDATE for change in found)
        return thread is not None and thread.archived and edited and not reopened

    def _awake(self, row: Known | None) -> bool:
        """Tell whether a post was seen to be awake."""
        thread = self._observed.threads.get(row.discord_id) if self._observed and row and row.discord_id else None
        return thread is not None and not thread.archived

    def _digest(self, resource: Resource) -> str:
        return content_digest(self.places.linked(resource.content))


def _described(change: Change) -> Json:
    resource = change.resource
    return {
        "action": change.action.value,
        "key": resource.key,
        "kind": kind_of(resource),
        "title": resource.title,
        "parent": resource.parent,
    }
