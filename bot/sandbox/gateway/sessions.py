"""Sessions: what each listener was told, numbered, kept so that a lost connection misses nothing."""

import asyncio
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import orjson

from bot.sandbox.events import Event
from bot.sandbox.gateway import audience, greeting
from bot.sandbox.kinds import Intents
from bot.sandbox.wire import Json
from bot.sandbox.world import Actor, World

KEPT = 5000


@dataclass
class Session:
    """One listener's numbered events. Sockets read from it and come and go."""

    id: str
    listener: Actor
    intents: Intents
    last: int = 0
    kept: deque[tuple[int, str]] = field(default_factory=lambda: deque[tuple[int, str]](maxlen=KEPT))
    grown: asyncio.Event = field(default_factory=asyncio.Event)

    def push(self, name: str, data: Json) -> None:
        """Number an event and keep it for whichever socket reads on."""
        self.last += 1
        text = orjson.dumps({"op": 0, "s": self.last, "t": name, "d": data}).decode()
        self.kept.append((self.last, text))
        self.grown.set()

    def after(self, seen: int) -> list[tuple[int, str]]:
        """List what came after a number."""
        # Numbers have no gaps, so what came after stands at the end.
        return [self.kept[-back] for back in range(min(self.last - seen, len(self.kept)), 0, -1)]

    def reaches(self, seen: int) -> bool:
        """Tell whether nothing after a number was thrown away."""
        return seen <= self.last and (not self.kept or seen >= self.kept[0][0] - 1)


class Sessions:
    """All sessions; listens to the world and passes every event on to whom it is for."""

    def __init__(self, world: World, gateway_url: str, changed: Callable[[], None]) -> None:
        self.world = world
        self.gateway_url = gateway_url
        self._changed = changed
        self.by_id: dict[str, Session] = {}
        world.listeners.append(self.hear)

    def hear(self, event: Event) -> None:
        """Pass an event on; a fault may say an interaction twice."""
        times = 1
        bot = self.world.application.id
        if (
            event.name == "INTERACTION_CREATE"
            and event.only == frozenset({bot})
            and self.world.faults.interactions_twice
        ):
            self.world.faults.interactions_twice -= 1
            times = 2
        for session in self.by_id.values():
            data = audience.heard(self.world, event, session.listener, session.intents)
            if data is not None:
                for _ in range(times):
                    session.push(event.name, data)

    def identify(self, listener: Actor, intents: Intents) -> Session:
        """Begin a session with READY and, for a bot, its guilds."""
        session = Session(secrets.token_hex(16), listener, intents)
        self.by_id[session.id] = session
        session.push("READY", greeting.ready(self.world, listener, session.id, self.gateway_url))
        if listener.bot and intents & Intents.GUILDS:
            for guild in self.world.guilds.values():
                if listener.user_id in guild.members:
                    session.push("GUILD_CREATE", greeting.guild_create(self.world, guild, listener, intents))
        self._changed()
        return session

    def resumable(self, session_id: str, listener: Actor | None, seen: int) -> Session | None:
        """Find a session to go on with; None when it is unknown, another's, or has forgotten too much."""
        session = self.by_id.get(session_id)
        if session is None or session.listener != listener or not session.reaches(seen):
            return None
        return session

    def end(self, session: Session) -> None:
        """Forget a session."""
        self.by_id.pop(session.id, None)
