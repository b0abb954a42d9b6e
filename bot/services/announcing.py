"""Saying in the guild, once each, what was decided or published: a line in a post or channel that stays.

What is to be said is written down in the transaction of the act itself, and said after the pass that shows it. A kill
at any moment loses no line and says none twice.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

import structlog

from bot.domain.ids import ProgrammeId, Snowflake
from bot.errors import DiscordRefused
from bot.mirror.components import message, text
from bot.mirror.links import Places
from bot.mirror.resources import Json, Key
from bot.mirror.room import FILL
from bot.services.announcement_rows import Announcement
from bot.services.guild import GuildPort
from bot.services.ports import Store, Unit

log = structlog.stdlib.get_logger(__name__)

ANNOUNCEMENTS: Final[Key] = "announcements"
"""What stands for all that is to be said, among the keys of what is to be done later."""
AGAIN_AFTER: Final = 600.0
"""Seconds after which what Discord refused to say is tried again, if nothing else is done before that."""


class Announcing:
    """Says what waits. It is no part of the mirror: what was said is nobody's to change."""

    def __init__(self, store: Store, guild: GuildPort) -> None:
        self._store = store
        self._guild = guild

    async def tell(self, programme_id: ProgrammeId, places: Places) -> bool:
        """Say all that can be said, and tell whether nothing was refused. What has no place yet waits for one."""
        waiting = await self._store.read(lambda unit: unit.announcements.waiting(programme_id))
        said = True
        for bundle in bundles(waiting):
            place = places.by_key.get(bundle[0].place)
            if place is not None:
                said = await self._say(programme_id, bundle, place.discord_id, places) and said
        return said

    async def _say(
        self, programme_id: ProgrammeId, bundle: Sequence[Announcement], channel_id: Snowflake, places: Places
    ) -> bool:
        numbers = [each.announcement_id for each in bundle]
        begun = await self._store.transact(lambda unit: unit.announcements.begin(numbers))
        bundle = [each for each in bundle if each.announcement_id in begun]
        if not bundle:
            return True
        key = f"announcement:{bundle[0].announcement_id}"
        try:
            await self._guild.tell(programme_id, key, channel_id, places.linked(content_of(bundle, key)))
        except DiscordRefused as error:
            log.warning("announcement.untold", programme=programme_id, reason=error.key)
            return False

        def work(unit: Unit) -> None:
            unit.announcements.told([each.announcement_id for each in bundle])
            unit.mirror.forget(programme_id, key)

        await self._store.transact(work)
        return True


def bundles(waiting: Sequence[Announcement]) -> list[list[Announcement]]:
    """Return what is said in one message each: all that waits for one place about one person, as far as it fits."""
    found: list[list[Announcement]] = []
    ordered = sorted(waiting, key=lambda each: (each.place, each.mention or 0, each.announcement_id))
    for _, group in groupby(ordered, key=lambda each: (each.place, each.mention)):
        bundle: list[Announcement] = []
        for each in group:
            if bundle and not FILL.holds(_text([*bundle, each])):
                found.append(bundle)
                bundle = []
            bundle.append(each)
        found.append(bundle)
    return sorted(found, key=lambda bundle: bundle[0].announcement_id)


def content_of(bundle: Sequence[Announcement], key: Key) -> dict[str, Json]:
    """Return the message that says these, which pings the one person whom it is about and nobody else."""
    mention = bundle[0].mention
    users: list[Json] = [] if mention is None else [str(mention)]
    return {**message(key, [text(_text(bundle))]), "allowed_mentions": {"parse": [], "users": users}}


def _text(bundle: Sequence[Announcement]) -> str:
    lines = "\n".join(each.text for each in bundle)
    mention = bundle[0].mention
    return lines if mention is None else f"{lines} <@{mention}>"
