"""The bot is invited into a guild, or sent out of it."""

from bot.sandbox.events import Event
from bot.sandbox.gateway import greeting
from bot.sandbox.guilds import Guild
from bot.sandbox.kinds import Intents
from bot.sandbox.town import join_bot
from bot.sandbox.world import Actor, World


def invite(world: World, guild: Guild) -> None:
    """Let the bot join a guild, and tell it."""
    join_bot(world, guild)
    bot = world.application.id
    shown = greeting.guild_create(world, guild, Actor(bot, bot=True), Intents.GUILDS)
    del shown["unavailable"]  # which is what tells a new guild from one that came back
    world.emit(Event("GUILD_CREATE", shown, guild.id, only=frozenset({bot})))


def expel(world: World, guild: Guild) -> None:
    """Send the bot out of a guild, and tell it."""
    bot = world.application.id
    world.emit(Event("GUILD_DELETE", {"id": guild.id}, guild.id, only=frozenset({bot})))
    guild.members.pop(bot, None)
