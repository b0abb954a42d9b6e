"""An admin's plan: shown first, confirmed by the digest that was shown, carried out by one person at a time."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.ids import ProgrammeId
from bot.domain.people import Actor, Role
from bot.errors import ProgrammabrugError, Refused, StalePlan
from bot.mirror.preview import Preview
from bot.services.ports import Clock
from bot.services.syncing import Syncing

LIFETIME: Final = 15 * 60
"""Seconds for which a plan that was shown can be confirmed."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a button under a plan carries: the plan's digest, when it was shown (Unix seconds), and its choice.

    `restore` says that what people changed on Discord is undone.
    """

    digest: str
    shown_at: int
    restore: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A plan to confirm. `restoring` is the ticket of the same plan that also undoes what people changed, if any."""

    preview: Preview
    ticket: Ticket
    restoring: Ticket | None


class Planning:
    """Shows plans to admins and carries them out."""

    def __init__(self, syncing: Syncing, clock: Clock) -> None:
        self._syncing = syncing
        self._clock = clock
        self._under_way: dict[ProgrammeId, Actor] = {}

    async def look(self, actor: Actor, programme_id: ProgrammeId, *, thorough: bool = False) -> Offer:
        """Return what bringing Discord in step would do; with `thorough`, after a look at every message.

        Raises `DiscordRefused`.
        """
        actor.demand(Role.ADMIN)
        if thorough:
            await self._syncing.look_thoroughly(programme_id)
        preview = await self._syncing.preview(programme_id)
        restoring = None
        if any(one.choice for one in preview.plan.drift):
            other = await self._syncing.preview(programme_id, restore=True)
            restoring = self._ticket(other, restore=True)
        return Offer(preview, self._ticket(preview), restoring)

    async def carry_out(
        self, actor: Actor, programme_id: ProgrammeId, ticket: Ticket, begun: Callable[[], Awaitable[object]]
    ) -> ProgrammabrugError | None:
        """Carry out the plan that was shown, and return what stood in the way, if anything.

        `begun` is awaited before the work. Raises `StalePlan` for a plan that is too old or fits no more, `Refused`
        while somebody else carries one out.
        """
        actor.demand(Role.ADMIN)
        if (at_it := self._under_way.get(programme_id)) is not None:
            if at_it.member_id == actor.member_id:
                raise Refused("sync.under_way.yours")
            raise Refused("sync.under_way", name=at_it.name)
        if self._now() - ticket.shown_at > LIFETIME:
            raise StalePlan("sync.expired")
        self._under_way[programme_id] = actor
        try:
            await begun()
            return await self._syncing.confirm(programme_id, digest=ticket.digest, restore=ticket.restore)
        finally:
            del self._under_way[programme_id]

    def _ticket(self, preview: Preview, *, restore: bool = False) -> Ticket:
        return Ticket(preview.plan.digest, self._now(), restore)

    def _now(self) -> int:
        return int(datetime.fromisoformat(self._clock()).timestamp())
