"""How many calls a plan takes and how long Discord's limits make it last. Pure.

The time is what the limits alone dictate. Discord documents fifty requests a second; what a bucket holds beyond that
is what libraries observe (nothing of it is promised), so this is an estimate and is told as one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil
from typing import Final, NamedTuple

from bot.mirror.change import MAKING, Action, Change
from bot.mirror.links import Places
from bot.mirror.plan import Plan
from bot.mirror.resources import CHANNELS, GUILD, Key, PostDigest, ResourceKind, content_digest

PER_SECOND: Final = 48
"""Requests a second: what the pace allows."""


class Bucket(NamedTuple):
    """So many calls of one kind in so many seconds, in one channel, post or guild."""

    calls: int
    seconds: int


CHANNEL_MADE: Final = Bucket(10, 10)
CHANNEL_EDITED: Final = Bucket(10, 15)
RENAMED: Final = Bucket(2, 600)
POST_MADE: Final = Bucket(50, 300)
MESSAGE_MADE: Final = Bucket(5, 5)
MESSAGE_EDITED: Final = Bucket(5, 5)
MESSAGE_REMOVED: Final = Bucket(5, 1)
MESSAGES_READ: Final = Bucket(5, 5)
PINNED: Final = Bucket(5, 4)


class _Call(NamedTuple):
    bucket: Bucket
    place: Key


@dataclass(frozen=True, slots=True)
class Estimate:
    """Calls, and the least number of seconds they take."""

    calls: int
    seconds: int


def estimate(plan: Plan) -> Estimate:
    """Return what carrying out a plan takes: channels first, then all posts beside each other, then the overview."""
    phases: tuple[list[_Call], list[_Call], list[_Call]] = ([], [], [])
    for change in plan.changes:
        phases[_phase(change)].extend(_calls(change, plan.places))
    calls = sum(len(phase) for phase in phases)
    seconds = sum(_seconds(phase) for phase in phases)
    return Estimate(calls, max(seconds, ceil(calls / PER_SECOND)))


def _phase(change: Change) -> int:
    if change.resource.kind in CHANNELS:
        return 0
    return 1 if change.resource.section is not None else 2


def _seconds(calls: Iterable[_Call]) -> int:
    """Return how long the slowest bucket takes: a full one is waited for, the last one is not."""
    counted = Counter(calls)
    return max(((number - 1) // call.bucket.calls * call.bucket.seconds for call, number in counted.items()), default=0)


def _calls(change: Change, places: Places) -> Iterator[_Call]:
    resource = change.resource
    inside = resource.parent or GUILD
    if change.action in MAKING:
        if resource.kind in CHANNELS:
            yield _Call(CHANNEL_MADE, GUILD)
        elif resource.kind is ResourceKind.POST:
            yield _Call(POST_MADE, inside)
        else:
            yield _Call(MESSAGE_MADE, inside)
    elif change.action is Action.PIN and resource.kind is ResourceKind.POST:
        yield _Call(CHANNEL_EDITED, resource.key)
    elif change.action is Action.PIN:
        yield _Call(PINNED, inside)
        yield _Call(MESSAGES_READ, inside)
        yield _Call(MESSAGE_REMOVED, inside)
    elif change.action is Action.ARCHIVE or resource.kind in CHANNELS:
        yield _Call(CHANNEL_EDITED, resource.key)
    elif resource.kind is ResourceKind.POST:
        yield from _edits_of_post(change, places)
    else:
        yield _Call(MESSAGE_EDITED, inside)


def _edits_of_post(change: Change, places: Places) -> Iterator[_Call]:
    """Yield a call for the thread (its name is throttled harder), one for its starter message, or both."""
    resource = change.resource
    stands = PostDigest.parse(change.known.digest if change.known else None)
    wanted = PostDigest.parse(content_digest(places.linked(resource.content)))
    if change.restores or (stands.thread != wanted.thread and not resource.archived):
        yield _Call(RENAMED, resource.key)
    if stands.starter != wanted.starter:
        yield _Call(MESSAGE_EDITED, resource.key)
