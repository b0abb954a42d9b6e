"""The whole state of the loopback Discord. Plain data and look-ups; what changes it stands in `acts`."""

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.events import Event
from bot.sandbox.faults import Faults
from bot.sandbox.guilds import Guild
from bot.sandbox.interactions import Interaction, OpenModal
from bot.sandbox.kinds import NO_INTENTS, Intents
from bot.sandbox.permissions import NO_PERMISSIONS, Permissions
from bot.sandbox.refusals import Code, refuse
from bot.sandbox.snowflakes import Snowflakes
from bot.sandbox.wire import Json


@dataclass
class Application:
    """The bot's application: its token, the privileged intents it was granted and its commands by id."""

    id: str
    name: str
    token: str
    owner_id: str
    privileged: Intents = NO_INTENTS
    commands: dict[str, Json] = field(default_factory=dict[str, Json])


@dataclass(frozen=True, slots=True)
class Actor:
    """Who sends a request: a user by id, and whether it is the bot."""

    user_id: str
    bot: bool


@dataclass
class Windows:
    """How long things stay possible, in seconds, and how many active threads a guild takes."""

    answer: float = 3.0
    token: float = 15 * 60.0
    active_threads: int = 1000


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An uploaded file."""

    content: bytes
    content_type: str


class World:
    """Guilds, users, messages and interactions, and those who listen to what happens to them.

    `direct` tells whose each channel of direct messages is, and `closed` who takes none. `schedule` runs a function
    after some seconds; without a running server nothing is ever run late.
    """

    def __init__(self, application: Application, *, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.ids = Snowflakes(clock)
        self.application = application
        self.windows = Windows()
        self.base_url = "http://127.0.0.1"
        self.gateway_url = "ws://127.0.0.1/gateway"
        self.users: dict[str, Json] = {}
        self.user_tokens: dict[str, str] = {}
        self.locales: dict[str, str] = {}
        self.guilds: dict[str, Guild] = {}
        self.history: defaultdict[str, dict[str, Json]] = defaultdict(dict)
        self.pins: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self.thread_members: defaultdict[str, dict[str, Json]] = defaultdict(dict)
        self.direct: dict[str, str] = {}
        self.closed: set[str] = set()
        self.whispers: dict[str, tuple[str, Json]] = {}
        self.interactions: dict[str, Interaction] = {}
        self.interaction_tokens: dict[str, Interaction] = {}
        self.modals: dict[str, OpenModal] = {}
        self.files: dict[str, StoredFile] = {}
        self.calls: list[Json] = []
        self.nonces: dict[tuple[str, str, str], str] = {}
        self.faults = Faults()
        self.aged = clock()
        self.listeners: list[Callable[[Event], None]] = []
        self.schedule: Callable[[float, Callable[[], None]], object] = lambda _seconds, _run: None

    def emit(self, event: Event) -> None:
        """Tell everybody who listens what happened."""
        for listener in tuple(self.listeners):
            listener(event)

    def actor(self, authorization: str | None) -> Actor | None:
        """Recognise who sends an Authorization header; None where nobody has that token."""
        if not authorization:
            return None
        if authorization.startswith("Bot "):
            own = authorization.removeprefix("Bot ") == self.application.token
            return Actor(self.application.id, bot=True) if own else None
        user_id = self.user_tokens.get(authorization)
        return Actor(user_id, bot=False) if user_id else None

    def guild(self, guild_id: str, actor: Actor) -> Guild:
        """Find a guild somebody is in; 10004 where it does not exist, 50001 where they are not in it."""
        guild = self.guilds.get(guild_id)
        if guild is None:
            raise refuse(Code.UNKNOWN_GUILD)
        if actor.user_id not in guild.members:
            raise refuse(Code.MISSING_ACCESS)
        return guild

    def home(self, channel_id: str) -> Guild:
        """Find the guild a channel or thread is in; 10003 where there is none."""
        for guild in self.guilds.values():
            if channel_id in guild.channels or channel_id in guild.threads:
                return guild
        raise refuse(Code.UNKNOWN_CHANNEL)

    def enter(self, channel_id: str, actor: Actor, needed: Permissions = NO_PERMISSIONS) -> tuple[Guild, Json]:
        """Find a channel for somebody: 10003, 50001 when hidden from them, 50013 when they lack what is needed."""
        guild = self.home(channel_id)
        place = guild.place(channel_id)
        self.demand(guild, place, actor, needed)
        return guild, place

    def demand(self, guild: Guild, place: Json, actor: Actor, needed: Permissions) -> None:
        """Refuse whoever cannot see a channel (50001) or lacks a permission in it (50013)."""
        granted = guild.granted_in(actor.user_id, place)
        if not granted & Permissions.VIEW_CHANNEL:
            raise refuse(Code.MISSING_ACCESS)
        if needed & ~granted:
            raise refuse(Code.MISSING_PERMISSIONS)

    def message(self, channel_id: str, message_id: str) -> Json:
        """Find a message in a channel's history; 10008 where there is none."""
        found = self.history[channel_id].get(message_id)
        if found is None:
            raise refuse(Code.UNKNOWN_MESSAGE)
        return found
