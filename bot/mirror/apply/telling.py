"""A message of the bot's own that is no part of the programme: said once under its key, and edited from then on."""

from collections.abc import Mapping

import discord

from bot.domain.ids import ProgrammeId, Snowflake
from bot.mirror.channels import LOG
from bot.mirror.observe.calls import FAILURES, UNKNOWN_MESSAGE, Calls, Raw, is_gone, refusal
from bot.mirror.observe.finding import Finder
from bot.mirror.permissions import Permission
from bot.mirror.resources import Json, Key, Layer, Resource, ResourceKind, content_digest, moment_of
from bot.services.ports import Clock, Store, Unit

_MESSAGE = "/channels/{channel_id}/messages/{message_id}"


class Teller:
    """Says things in the log channel, exactly once each: intent, call, id, as everything the mirror makes."""

    def __init__(self, calls: Calls, finder: Finder, store: Store, clock: Clock) -> None:
        self._calls = calls
        self._finder = finder
        self._store = store
        self._clock = clock

    async def tell(
        self, programme_id: ProgrammeId, key: Key, channel_id: Snowflake, content: Mapping[str, Json]
    ) -> None:
        """Say something under a key, or say it anew in the message that stands. Raises `DiscordRefused`."""
        known = await self._store.read(lambda unit: unit.mirror.find(programme_id, key))
        try:
            if known is None or known.discord_id is None:
                await self._say(programme_id, key, channel_id, content)
            elif known.digest != content_digest(content):
                await self._edit(programme_id, key, channel_id, known.discord_id, content)
        except FAILURES as error:
            raise refusal(error, f"<#{channel_id}>", Permission.SEND_MESSAGES) from error

    async def _edit(
        self,
        programme_id: ProgrammeId,
        key: Key,
        channel_id: Snowflake,
        message_id: Snowflake,
        content: Mapping[str, Json],
    ) -> None:
        """Edit what stands; what somebody deleted is said anew."""
        try:
            await self._calls.write("PATCH", _MESSAGE, content, channel_id=channel_id, message_id=message_id)
        except discord.NotFound as error:
            if not is_gone(error, UNKNOWN_MESSAGE):
                raise
            await self._store.transact(lambda unit: unit.mirror.forget(programme_id, key))
            await self._say(programme_id, key, channel_id, content)
        else:
            await self._write(programme_id, key, message_id, content)

    async def _say(
        self, programme_id: ProgrammeId, key: Key, channel_id: Snowflake, content: Mapping[str, Json]
    ) -> None:
        resource = Resource(key, ResourceKind.MESSAGE, LOG, Layer.CARD, content)
        now = moment_of(self._clock())

        def intend(unit: Unit) -> tuple[Snowflake, bool]:
            before = unit.mirror.find(programme_id, key)
            unit.mirror.intend(programme_id, key, resource.kind, resource.parent, now)
            return (before.intended_at, True) if before else (now, False)

        since, doubtful = await self._store.transact(intend)

        async def find() -> Raw | None:
            return await self._finder.message(resource, channel_id, since)

        path = "/channels/{channel_id}/messages"
        raw, stood = await self._calls.create(path, content, find, doubtful=doubtful, channel_id=channel_id)
        message_id = Snowflake(int(raw["id"]))
        if stood:
            await self._calls.write("PATCH", _MESSAGE, content, channel_id=channel_id, message_id=message_id)
        await self._write(programme_id, key, message_id, content)

    async def _write(
        self, programme_id: ProgrammeId, key: Key, message_id: Snowflake, content: Mapping[str, Json]
    ) -> None:
        digest = content_digest(content)

        def work(unit: Unit) -> None:
            unit.mirror.applied(programme_id, key, discord_id=message_id, digest=digest, pinned=False, layout=())

        await self._store.transact(work)
