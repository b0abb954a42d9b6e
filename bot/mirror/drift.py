"""What people did to what the mirror made: renamed, moved, unpinned, deleted. Pure; found by one look at the guild.

Only what was as it should be can drift: where the mirror itself has something to change, that change is told instead.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import cast

from bot.domain.ids import Snowflake
from bot.mirror.change import MAKING, Action, Change
from bot.mirror.links import Places
from bot.mirror.observed import Observed, ObservedThread
from bot.mirror.resources import CHANNELS, GUILD, Json, Key, Known, PostDigest, Resource, ResourceKind, content_digest


class Hand(StrEnum):
    """What somebody did."""

    RENAMED = "renamed"
    MOVED = "moved"
    TOPIC = "topic"
    PERMISSIONS = "permissions"
    TAGS = "tags"
    UNPINNED = "unpinned"
    LOCKED = "locked"
    DELETED = "deleted"


_LEFT = frozenset({Hand.LOCKED})
"""What is a moderator's own to decide, and is never undone."""


@dataclass(frozen=True, slots=True)
class Drift:
    """Something that people changed. `found` is how it stands now, in a word, where there is one.

    `restored` says whether the plan undoes it; `choice` whether a person may have it undone.
    """

    resource: Resource
    hand: Hand
    found: str = ""
    restored: bool = False

    @property
    def choice(self) -> bool:
        """Whether it is left as it is unless a person wants it undone."""
        return not self.restored and self.hand not in _LEFT and self.hand is not Hand.DELETED


def find_drift(
    desired: Sequence[Resource], known: Mapping[Key, Known], observed: Observed | None, places: Places
) -> tuple[Drift, ...]:
    """Return what people changed or deleted of what is desired, in its order; nothing without a look at the guild."""
    if observed is None:
        return ()
    seen = _Seen(known, observed, places)
    return tuple(drift for resource in desired for drift in seen.drift(resource))


def differences(
    resource: Resource, known: Mapping[Key, Known], observed: Observed | None, places: Places
) -> tuple[Hand, ...]:
    """Return in what a channel or post that stands differs from what is desired, whoever made the difference."""
    row = known.get(resource.key)
    if observed is None or row is None or row.discord_id is None or observed.lacks(row):
        return ()
    return tuple(one.hand for one in _Seen(known, observed, places).compared(resource, row.discord_id))


def told(drift: Sequence[Drift], changes: Sequence[Change]) -> tuple[Drift, ...]:
    """Return what people changed, each with whether these changes undo it."""
    made = {change.resource.key for change in changes if change.action in MAKING}
    undone = {change.resource.key for change in changes if change.restores or _whole(change)}
    return tuple(
        replace(one, restored=one.resource.key in (made if one.hand is Hand.DELETED else undone))
        if one.choice or one.hand is Hand.DELETED
        else one
        for one in drift
    )


def _whole(change: Change) -> bool:
    """Tell whether a change sends all that differs, whoever made the difference: that of a channel does."""
    return change.action is Action.UPDATE and change.resource.kind in CHANNELS


class _Seen:
    """One look, compared with what was applied."""

    def __init__(self, known: Mapping[Key, Known], observed: Observed, places: Places) -> None:
        self._known = known
        self._observed = observed
        self._places = places
        self._ids = {key: str(place.discord_id) for key, place in places.by_key.items()} | {GUILD: str(places.guild_id)}

    def drift(self, resource: Resource) -> Iterator[Drift]:
        row = self._known.get(resource.key)
        if row is None or row.discord_id is None:
            return
        if self._observed.lacks(row):
            yield Drift(resource, Hand.DELETED)
        elif resource.kind is ResourceKind.MESSAGE:
            if resource.pinned and row.pinned and self._unpinned(row):
                yield Drift(resource, Hand.UNPINNED)
        elif (found := list(self.compared(resource, row.discord_id))) and self._was_so(row, resource):
            yield from found

    def compared(self, resource: Resource, discord_id: Snowflake) -> Iterator[Drift]:
        """Yield what differs in a channel or a post's thread."""
        if resource.kind in CHANNELS:
            yield from self._channel(resource, self._observed.channels[discord_id])
        elif resource.kind is ResourceKind.POST:
            yield from self._post(resource, self._observed.threads[discord_id])

    def _channel(self, resource: Resource, stands: Mapping[str, Json]) -> Iterator[Drift]:
        wanted = resource.content
        if "name" in stands and stands["name"] != wanted["name"]:
            yield Drift(resource, Hand.RENAMED, str(stands["name"]))
        if "parent_id" in wanted and "parent_id" in stands and stands["parent_id"] != self._filled(wanted["parent_id"]):
            yield Drift(resource, Hand.MOVED, self._channel_name(stands["parent_id"]))
        if "topic" in wanted and "topic" in stands and (stands["topic"] or "") != wanted["topic"]:
            yield Drift(resource, Hand.TOPIC)
        if "permission_overwrites" in stands and not self._permitted(wanted, stands):
            yield Drift(resource, Hand.PERMISSIONS)
        if "available_tags" in wanted and "available_tags" in stands and _names(wanted) - _names(stands):
            yield Drift(resource, Hand.TAGS)

    def _post(self, resource: Resource, stands: ObservedThread) -> Iterator[Drift]:
        if stands.name is not None and stands.name != resource.content["name"]:
            yield Drift(resource, Hand.RENAMED, stands.name)
        if stands.name is not None and self._lacks_tags(resource, stands):
            yield Drift(resource, Hand.TAGS)
        if stands.locked:
            yield Drift(resource, Hand.LOCKED)

    def _lacks_tags(self, resource: Resource, stands: ObservedThread) -> bool:
        forum = self._observed.channels.get(stands.parent_id, {})
        ids = {tag["name"]: str(tag["id"]) for tag in _list(forum.get("available_tags"))}
        wanted = resource.content["applied_tags"]
        return isinstance(wanted, list) and any(
            ids[name] not in stands.tags for name in wanted if isinstance(name, str) and name in ids
        )

    def _unpinned(self, row: Known) -> bool:
        place = self._places.by_key.get(row.key)
        pins = self._observed.pins.get(place.channel_id) if place and place.channel_id else None
        return pins is not None and row.discord_id not in pins

    def _permitted(self, wanted: Mapping[str, Json], stands: Mapping[str, Json]) -> bool:
        """Tell whether the rules that were set still hold; what people added beside them is theirs."""
        rules = {str(rule["id"]): rule for rule in _list(stands["permission_overwrites"])}
        for rule in _list(wanted.get("permission_overwrites")):
            target = self._filled(rule["id"])
            if not isinstance(target, str) or target.startswith("{"):
                continue  # the bot's own id is not known here
            found = rules.get(target, {})
            if any(int(str(found.get(side, 0))) & _bits(rule[side]) != _bits(rule[side]) for side in ("allow", "deny")):
                return False
        return True

    def _filled(self, value: Json) -> Json:
        if isinstance(value, str) and value.startswith("{id:"):
            return self._ids.get(value[4:-1], value)
        return value

    def _channel_name(self, channel_id: Json) -> str:
        found = self._observed.channels.get(Snowflake(int(str(channel_id)))) if channel_id else None
        return str(found["name"]) if found and "name" in found else ""

    def _was_so(self, row: Known, resource: Resource) -> bool:
        """Tell whether what is desired was applied before, so that somebody else changed it since."""
        digest = content_digest(self._places.linked(resource.content))
        if resource.kind is ResourceKind.POST:
            return PostDigest.parse(row.digest).thread == PostDigest.parse(digest).thread
        return row.digest == digest


def _bits(value: Json) -> int:
    return int(str(value))


def _names(content: Mapping[str, Json]) -> set[Json]:
    return {str(tag["name"]) for tag in _list(content["available_tags"])}


def _list(value: Json) -> list[dict[str, Json]]:
    return cast("list[dict[str, Json]]", value) if isinstance(value, list) else []
