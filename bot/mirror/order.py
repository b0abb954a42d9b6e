"""The order of changes: a link is written once what it leads to stands. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from bot.mirror.change import MAKING, Action, Change, place_of
from bot.mirror.links import named_in
from bot.mirror.resources import CHANNELS


def waves(changes: Sequence[Change]) -> Iterator[list[list[Change]]]:
    """Yield what changes in posts and text channels, by place: first what waits for no other, then what links to that.

    A link can only be written once what it leads to stands. What belongs to no section tells of all, so it is last.
    """
    inside = [change for change in changes if change.resource.kind not in CHANNELS]
    places = [list(group) for _, group in groupby(inside, key=lambda change: place_of(change.resource))]
    of_sections = {number for number, place in enumerate(places) if place[0].resource.section is not None}
    makes = {change.resource.key: at for at, place in enumerate(places) for change in place if change.action in MAKING}
    needs = [
        {makes[key] for change in place for key in named_in(change.resource.content) & makes.keys()} - {number}
        | (of_sections if number not in of_sections else set[int]())
        for number, place in enumerate(places)
    ]
    left = set(range(len(places)))
    while left:
        ready = sorted(number for number in left if not needs[number] & left) or sorted(left)
        yield [places[number] for number in ready]
        left.difference_update(ready)


def links_last(found: Sequence[Change]) -> list[Change]:
    """Return the changes in one place with each edit after what it links to was made.

    What is made before that gets its link by an edit.
    """
    coming = {change.resource.key for change in found if change.action in MAKING}
    early: list[Change] = []
    late: list[Change] = []
    for change in found:
        coming.discard(change.resource.key)
        waits = bool(named_in(change.resource.content) & coming)
        if change.action is Action.UPDATE and waits:
            late.append(change)
            continue
        early.append(change)
        if change.action in MAKING and waits:
            late.append(replace(change, action=Action.UPDATE))
    return [*early, *late]
