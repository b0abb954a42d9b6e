"""How the programme's source stands, as a value to show; and a person's word that what is missing may go."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.domain.ids import ProgrammeId
from bot.domain.people import Actor, Role
from bot.domain.reading import PassKind
from bot.services.absences import waiting_for_word
from bot.services.following import failure_fact
from bot.services.ports import Store, Unit
from bot.services.reports import ImportAction, ImportKind, ImportReport
from bot.services.source_rows import Flag, Pass, Posts, Suspect

Upcoming: TypeAlias = Callable[[ProgrammeId], tuple[PassKind, str] | None]
"""Tells which pass of a programme comes next and when (UTC ISO), or None while no forum is followed."""
Confirm: TypeAlias = Callable[[ProgrammeId], Awaitable[ImportReport]]
"""Makes gone what waits for a person's word."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A pass that came to nothing: since when it goes wrong last, why (a key and a place), and how often in a row."""

    at: str
    reason: str
    place: str
    tries: int


@dataclass(frozen=True, slots=True)
class SourceView:
    """The source and how it was read. `waiting` and `gone` count posts.

    `full` is the last full pass, `complete` the last one that missed nothing, `failure` what came of the newest try
    where that came to nothing.
    """

    address: str | None
    last: Pass | None
    full: Pass | None
    complete: Pass | None
    failure: Failure | None
    upcoming: tuple[PassKind, str] | None
    suspects: Sequence[Suspect]
    waiting: int
    flags: Sequence[Flag]
    gone: int


@dataclass(frozen=True, slots=True)
class Removal:
    """What went on a person's word: the codes of chapters and sections, and how many replies."""

    chapters: tuple[str, ...]
    sections: tuple[str, ...]
    replies: int

    @property
    def empty(self) -> bool:
        """Whether nothing went."""
        return not (self.chapters or self.sections or self.replies)


class Source:
    """What an admin and the secretary may know of the source, and an admin's word about it."""

    def __init__(self, store: Store, confirm: Confirm, upcoming: Upcoming) -> None:
        self._store = store
        self._confirm = confirm
        self._upcoming = upcoming

    async def view(self, actor: Actor, programme_id: ProgrammeId) -> SourceView:
        """Return how the source stands. Raises `Refused` for one who is neither admin nor secretary."""
        if Role.SECRETARY not in actor.roles:
            actor.demand(Role.ADMIN)
        upcoming = self._upcoming(programme_id)

        def work(unit: Unit) -> SourceView:
            posts = unit.absences.posts(programme_id)
            return SourceView(
                address=unit.programmes.head(programme_id).source,
                last=unit.passes.last(programme_id),
                full=unit.passes.last(programme_id, PassKind.FULL),
                complete=unit.passes.last(programme_id, PassKind.FULL, whole=True),
                failure=_failure(unit, programme_id),
                upcoming=upcoming,
                suspects=unit.absences.suspects(programme_id),
                waiting=_waiting(unit, programme_id, posts),
                flags=unit.flags.open(programme_id),
                gone=sum(place.gone for place in (*posts.sections.values(), *posts.replies.values())),
            )

        return await self._store.read(work)

    async def confirm(self, actor: Actor, programme_id: ProgrammeId) -> Removal:
        """Let go what waits for a person's word, and return what went. It can still come back."""
        actor.demand(Role.ADMIN)
        report = await self._confirm(programme_id)
        gone = [change for change in report.changes if change.action is ImportAction.GONE]
        return Removal(
            chapters=tuple(change.title for change in gone if change.kind is ImportKind.CHAPTER),
            sections=tuple(change.title for change in gone if change.kind is ImportKind.SECTION),
            replies=sum(change.kind is ImportKind.CONTRIBUTION for change in gone),
        )


def _waiting(unit: Unit, programme_id: ProgrammeId, posts: Posts) -> int:
    """Return how many posts wait for a person's word; forums are none."""
    found = waiting_for_word(unit, programme_id)
    return sum(post_id in posts.sections or post_id in posts.replies for post_id in found)


def _failure(unit: Unit, programme_id: ProgrammeId) -> Failure | None:
    stored = unit.facts.get(failure_fact(programme_id))
    return Failure(**json.loads(stored)) if stored else None
