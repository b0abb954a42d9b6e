"""A plan with all a person wants to know before it is carried out: of what, in what way, at what cost. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias, cast

from bot.domain.ids import BlockId, SectionId
from bot.domain.revisions import Revision, revisions
from bot.mirror.change import MAKING, Action, Change
from bot.mirror.drift import Hand, differences
from bot.mirror.estimate import Estimate, estimate
from bot.mirror.observed import Observed
from bot.mirror.plan import Plan
from bot.mirror.resources import Json, Key, Known, Layer, PostDigest, ResourceKind, content_digest

Words: TypeAlias = Sequence[str]


class Aspect(StrEnum):
    """What of a resource is brought up to date."""

    TEXT = "text"
    NAME = "name"
    TAGS = "tags"
    PLACE = "place"
    TOPIC = "topic"
    PERMISSIONS = "permissions"


_ASPECTS = {
    Hand.RENAMED: Aspect.NAME,
    Hand.MOVED: Aspect.PLACE,
    Hand.TOPIC: Aspect.TOPIC,
    Hand.PERMISSIONS: Aspect.PERMISSIONS,
    Hand.TAGS: Aspect.TAGS,
}


@dataclass(frozen=True, slots=True)
class Detail:
    """A change with what it is about.

    `revisions` is what becomes of a text, under the first of its messages that changes and empty for its others. None:
    it is a new text, or no text, or what stands is not known.
    """

    change: Change
    aspects: tuple[Aspect, ...] = ()
    revisions: tuple[Revision, ...] | None = None


@dataclass(frozen=True)
class Preview:
    """A plan and what it is compared with. `names` are those of the sections, `words` those that stand by key.

    `opened` says that members see what comes of it; else only admins do.
    """

    plan: Plan
    known: Mapping[Key, Known]
    observed: Observed | None
    names: Mapping[SectionId, str]
    words: Mapping[Key, Words]
    opened: bool = True

    @cached_property
    def details(self) -> tuple[Detail, ...]:
        """Every change in the plan's order."""
        return tuple(self._detail(change) for change in self.plan.changes)

    @cached_property
    def estimate(self) -> Estimate:
        """What carrying it out takes."""
        return estimate(self.plan)

    def to_json(self) -> dict[str, Json]:
        """Return the plan for a program to read, with what is told of it."""
        described = self.plan.to_json()
        changes = cast("list[dict[str, Json]]", described["changes"])
        for item, detail in zip(changes, self.details, strict=True):
            item["aspects"] = [aspect.value for aspect in detail.aspects]
        takes = self.estimate
        return {**described, "estimate": {"calls": takes.calls, "seconds": takes.seconds}, "opened": self.opened}

    def _detail(self, change: Change) -> Detail:
        aspects = tuple(dict.fromkeys(self._aspects(change))) if change.action is Action.UPDATE else ()
        return Detail(change, aspects, self._revisions.get(change.resource.key))

    def _aspects(self, change: Change) -> Iterator[Aspect]:
        resource = change.resource
        if change.known and change.known.parent != resource.parent:
            yield Aspect.PLACE
        stands, wanted = self._digests(change)
        if resource.kind is not ResourceKind.POST or change.restores or stands.thread != wanted.thread:
            for hand in differences(resource, self.known, self.observed, self.plan.places):
                if hand in _ASPECTS:
                    yield _ASPECTS[hand]
        if resource.kind is ResourceKind.MESSAGE or (
            resource.kind is ResourceKind.POST and stands.starter != wanted.starter
        ):
            yield Aspect.TEXT

    def _digests(self, change: Change) -> tuple[PostDigest, PostDigest]:
        """Return a post's parts as they were applied and as they are wanted: only what differs is sent."""
        stands = PostDigest.parse(change.known.digest if change.known else None)
        return stands, PostDigest.parse(content_digest(self.plan.places.linked(change.resource.content)))

    @cached_property
    def _revisions(self) -> Mapping[Key, tuple[Revision, ...]]:
        """What becomes of each text, under the first of its messages that changes. Blocks that flow on are no news."""
        texts: defaultdict[Key, list[Change]] = defaultdict(list)
        for change in self.plan.changes:
            if _is_text(change):
                texts[change.resource.key.partition("/part:")[0]].append(change)
        found: dict[Key, tuple[Revision, ...]] = {}
        for changes in texts.values():
            edited = [change for change in changes if change.action is Action.UPDATE]
            if edited and all(change.resource.key in self.words for change in edited if _stood(change)):
                old = [text for change in edited for text in _whole(_stood(change), self._words_of(change))]
                new = [text for each in changes for text in _whole(each.resource.layout, each.resource.words)]
                found |= dict.fromkeys((change.resource.key for change in changes), ())
                found[changes[0].resource.key] = revisions(old, new)
        return found

    def _words_of(self, change: Change) -> Words:
        return self.words.get(change.resource.key, ())


def _is_text(change: Change) -> bool:
    """Tell whether a change is about words that are on the forum today; what is gone is nobody's to see."""
    resource = change.resource
    return resource.layer is Layer.TEXT and not resource.kept and change.action in {*MAKING, Action.UPDATE}


def _stood(change: Change) -> Sequence[BlockId]:
    return change.known.layout if change.known else ()


def words_wanted(plan: Plan) -> list[Key]:
    """Return the keys of which a preview must know the words that stand."""
    return [
        change.resource.key
        for change in plan.changes
        if change.action not in MAKING and change.known is not None and change.known.layout
    ]


def _whole(layout: Sequence[BlockId], words: Words) -> list[str]:
    joined: dict[BlockId, list[str]] = {}
    for block_id, text in zip(layout, words, strict=False):
        joined.setdefault(block_id, []).append(text)
    return [" ".join(texts) for texts in joined.values()]
