"""The Discord client: it carries the cogs, keeps the command tree in step, and hands every press to its handler.

It asks for no privileged intent, pings nobody, and syncs the commands only when they changed.
"""

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, Protocol

import aiohttp
import discord
import structlog
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.domain.ids import Snowflake
from bot.locales import Texts
from bot.pacing import Pace, PacedConnector
from bot.services.notices import Notices
from bot.services.ports import Store

log = structlog.stdlib.get_logger(__name__)

_ENGLISH: Final = frozenset({discord.Locale.american_english, discord.Locale.british_english})
_PATIENCE: Final = 900.0
"""Seconds that one request may wait for a rate limit before it is given up.

discord.py gives up at once, also while requests are left, where a limit's window is longer than this: the longest known
is that of renaming a channel, ten minutes.
"""


class OnInteraction(Protocol):
    """Answers the presses and submits that discord.py itself does not know."""

    async def dispatch(self, interaction: discord.Interaction[discord.Client]) -> None:
        """Answer one interaction, if it is ours."""
        ...


class OnError(Protocol):
    """Turns what a command raised into an answer."""

    async def __call__(self, interaction: discord.Interaction[discord.Client], error: BaseException, /) -> None:
        """Answer for an error."""
        ...


def spare_voice() -> None:
    """Spare the operator the warnings about voice, no part of the bot, that a client gives when it is made."""
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


def point_at(api_url: str, gateway_url: str) -> None:
    """Send every request of this process to these addresses: Discord's own, or a server that speaks its protocol."""
    spare_voice()
    Route.BASE = api_url
    DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway_url)


class Admits(Protocol):
    """Tells whether somebody may use a command now, having answered them where not."""

    async def __call__(self, interaction: discord.Interaction[discord.Client], /) -> bool:
        """Let a command or the suggestions for it go on, or not."""
        ...


class EnglishNames(app_commands.Translator):
    """Gives every command its English name and description; the Dutch ones are the default that all see."""

    def __init__(self, english: Texts) -> None:
        self._english = english

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """Return the English words in both English locales, also where they equal the Dutch."""
        del context
        return self._english(string.message) if locale in _ENGLISH else None


class Tree(app_commands.CommandTree["BridgeClient"]):
    """The command tree: who may not use it now is turned away at one door, and errors are answered at one edge."""

    async def interaction_check(self, interaction: discord.Interaction["BridgeClient"], /) -> bool:
        """Let a command, or suggestions for one, go on."""
        return await interaction.client.admits(interaction)

    async def on_error(
        self, interaction: discord.Interaction["BridgeClient"], error: app_commands.AppCommandError, /
    ) -> None:
        """Answer for what a command raised, freed from discord.py's wrapping."""
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        await interaction.client.answer_error(interaction, cause)


class OnRemoved(Protocol):
    """Hears what was deleted in a guild. A message may have the id of its post: it is the first one then."""

    async def __call__(self, guild_id: int | None, discord_id: Snowflake, *, message: bool) -> None:
        """Take in that a message, or a channel or post, was deleted."""
        ...


class OnMoved(Protocol):
    """Hears that the bot came into a guild, or is in it no more."""

    async def __call__(self, guild_id: Snowflake, *, here: bool) -> None:
        """Take in whether the bot is in a guild."""
        ...


class BridgeClient(commands.Bot):
    """The bot.

    `furnish` makes the cogs once the bot knows who it is; `started` runs when the gateway is ready for the first time,
    `returned` when it is ready anew without having told what happened in between;
    `removed` hears which channel, post or message of a guild was deleted by somebody, `moved` in which guilds the bot
    comes and from which it goes.
    """

    def __init__(
        self,
        store: Store,
        texts: Mapping[str, Texts],
        *,
        routes: OnInteraction,
        admits: Admits,
        on_error: OnError,
        furnish: Callable[["BridgeClient"], Awaitable[Sequence[commands.Cog]]],
        started: Callable[[], Awaitable[None]],
        returned: Callable[[], Awaitable[None]],
        removed: OnRemoved,
        moved: OnMoved,
        ready_timeout: float,
        pace: Pace,
    ) -> None:
        spare_voice()
        super().__init__(
            command_prefix=(),
            help_command=None,
            tree_cls=Tree,
            intents=discord.Intents(guilds=True, guild_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            guild_ready_timeout=ready_timeout,
            connector=PacedConnector(pace),
            max_ratelimit_timeout=_PATIENCE,
        )
        _spare_parts(self._connection.parsers)
        self._store = store
        self._texts = texts
        self._routes = routes
        self.admits: Admits = admits
        self.answer_error: OnError = on_error
        self._furnish = furnish
        self._started = started
        self._returned = returned
        self._removed = removed
        self._moved = moved
        self._ran = False
        self.notices = Notices()

    async def setup_hook(self) -> None:
        """Add the cogs, then sync the command tree if it is not what Discord has from us."""
        await self.tree.set_translator(EnglishNames(self._texts["en"]))
        for cog in await self._furnish(self):
            await self.add_cog(cog)
        await self._sync_commands()

    async def _sync_commands(self) -> None:
        translator = self.tree.translator
        if translator is None:
            return
        payload = [await command.get_translated_payload(self.tree, translator) for command in self.tree.get_commands()]
        digest = hashlib.sha256(json.dumps(payload, sort_keys=True, default=str).encode()).hexdigest()
        name = f"commands:{self.application_id}"
        if await self._store.read(lambda unit: unit.facts.get(name)) == digest:
            return
        await self.tree.sync()
        await self._store.transact(lambda unit: unit.facts.put(name, digest))
        log.info("commands.synced", count=len(payload))

    async def on_ready(self) -> None:
        """Start the work that needs a guild; a session after the first may have missed what was done meanwhile."""
        if not self._ran:
            self._ran = True
            await self._started()
        else:
            await self._returned()

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Hear that a message was deleted."""
        await self._removed(payload.guild_id, Snowflake(payload.message_id), message=True)

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Hear that messages were deleted together."""
        for message_id in sorted(payload.message_ids):
            await self._removed(payload.guild_id, Snowflake(message_id), message=True)

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """Hear that a post was deleted."""
        await self._removed(payload.guild_id, Snowflake(payload.thread_id), message=False)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Hear that a channel was deleted."""
        await self._removed(channel.guild.id, Snowflake(channel.id), message=False)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Hear that the bot was invited into a guild."""
        await self._moved(Snowflake(guild.id), here=True)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Hear that the bot was sent out of a guild."""
        await self._moved(Snowflake(guild.id), here=False)

    async def on_message(self, message: discord.Message, /) -> None:
        """Hear of the bot's own pins. What people write is ignored, and the bot may not read it anyway."""
        pinned = message.reference.message_id if message.reference else None
        if pinned and message.type is discord.MessageType.pins_add and message.author == self.user:
            self.notices.hear(Snowflake(pinned), Snowflake(message.id))

    async def on_interaction(self, interaction: discord.Interaction[discord.Client]) -> None:
        """Hand presses and submits to the routes."""
        await self._routes.dispatch(interaction)


def _spare_parts(parsers: dict[str, Callable[[Any], None]]) -> None:
    """Have no objects made of what stands under a pressed message and of how it came: only what was pressed is asked.

    A list of 25 to choose from comes along with each press and form, and whoever pressed waits for it.
    """
    parse = parsers["INTERACTION_CREATE"]

    def parse_press(data: dict[str, Any]) -> None:
        if (message := data.get("message")) is not None:
            kept = {name: value for name, value in message.items() if name != "interaction_metadata"}
            data = {**data, "message": {**kept, "components": []}}
        parse(data)

    parsers["INTERACTION_CREATE"] = parse_press


def login_sentence(error: BaseException) -> str | None:
    """Return the key of the sentence for an error that ends the bot for good, or None for any other."""
    if isinstance(error, discord.LoginFailure):
        return "error.discord_token"
    if isinstance(error, discord.PrivilegedIntentsRequired):
        return "error.discord_intents"
    if isinstance(error, discord.ConnectionClosed):
        return "error.discord_closed"
    if isinstance(error, discord.HTTPException | aiohttp.ClientError | OSError):
        return "error.discord_unreachable"
    return None
