"""A Discord on loopback, for rehearsal and tests: an unmodified client logs in to it, and members act in it.

It holds guilds in memory and speaks REST v10 and the gateway as far as a bot and a member need them; it refuses what
Discord refuses. Nothing in it knows the rest of the program.
"""

from bot.sandbox.dump import door, dump
from bot.sandbox.faults import Faults, Trouble
from bot.sandbox.loopback import Loopback
from bot.sandbox.ratelimits import RateLimits
from bot.sandbox.rest.calls import Exchange
from bot.sandbox.town import neighbour, town
from bot.sandbox.world import World

__all__ = ["Exchange", "Faults", "Loopback", "RateLimits", "Trouble", "World", "door", "dump", "neighbour", "town"]
