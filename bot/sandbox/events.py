"""What happened in the world, told to whoever listens, with what decides who may hear it."""

from dataclasses import dataclass

from bot.sandbox.kinds import NO_INTENTS, Intents
from bot.sandbox.wire import Json


@dataclass(frozen=True, slots=True)
class Event:
    """One gateway event before it is cut to its audience.

    `intent` is what a bot must have asked for (0: nothing); `channel_id` whose viewers may hear it (None: the whole
    guild); `only` names the people it is for, nobody else (None: no such restriction).
    """

    name: str
    data: Json
    guild_id: str | None = None
    intent: Intents = NO_INTENTS
    channel_id: str | None = None
    only: frozenset[str] | None = None
