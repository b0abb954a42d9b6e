"""A member who acts as fast as a machine can, and the seconds until the bot's answer is there.

The member's own way to Discord is left out: what is measured is from the event's sending to the answer's coming.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace
from time import perf_counter
from typing import Any

from bot.sandbox import Exchange, Loopback, RateLimits, town
from bot.sandbox.acts import asks
from bot.sandbox.world import Actor

Json = dict[str, Any]
_PROMISES = frozenset({5, 6})


class Driver:
    """Acts for members on one loopback Discord, one act after the other or many at once."""

    def __init__(self) -> None:
        self.loopback = Loopback(town(), limits=RateLimits(enabled=False), on_exchange=self._hear)
        self._answered = 0
        self._promised = 0
        self._wanted = 0
        self._done = asyncio.Event()

    @property
    def guild(self) -> Any:
        """The only guild there is."""
        return next(iter(self.loopback.world.guilds.values()))

    def user(self, name: str) -> str:
        """Return a member's id."""
        users = self.loopback.world.users
        return next(user_id for user_id, user in users.items() if user["username"] == name)

    def newcomer(self, like: str) -> str:
        """Let somebody join who holds the same roles, and return their id."""
        model, user_id = self.user(like), self.loopback.world.ids.mint()
        users, members = self.loopback.world.users, self.guild.members
        users[user_id] = {**users[model], "id": user_id, "username": f"{like}{user_id}"}
        members[user_id] = dict(members[model])
        return user_id

    def command(self, path: str, options: Json, *, focused: str = "") -> Json:
        """Return what a client sends for a slash command: "amendement tonen"."""
        first, *rest = path.split(" ")
        known = self.loopback.world.application.commands.values()
        stored = next(each for each in known if each["name"] == first and each["type"] == 1)
        given = [
            {"type": 3, "name": name, "value": value, **({"focused": True} if name == focused else {})}
            for name, value in options.items()
        ]
        inside = [{"type": 1, "name": rest[0], "options": given}] if rest else given
        data = {"id": stored["id"], "version": stored["version"], "name": first, "type": 1, "options": inside}
        return {"type": 4 if focused else 2, "data": data}

    def ask(self, user_id: str, channel_id: str, what: Json) -> None:
        """Let a member act, without waiting for what comes of it."""
        world = self.loopback.world
        payload = {"application_id": world.application.id, "guild_id": self.guild.id, "channel_id": channel_id, **what}
        asks.receive(world, Actor(user_id, bot=False), payload, {})

    async def timed(self, user_id: str, channel_id: str, what: Json) -> float:
        """Return the seconds from an act to its answer."""
        return await self.together([lambda: self.ask(user_id, channel_id, what)])

    async def together(self, acts: Iterable[Callable[[], None]]) -> float:
        """Return the seconds until all of these are answered, which are done at once."""
        listed = list(acts)
        self._answered, self._wanted = 0, len(listed)
        self._done.clear()
        for act in listed:
            act()
        began = perf_counter()  # what the loopback itself does with an act is not the bot's to answer for
        await asyncio.wait_for(self._done.wait(), 60)
        return perf_counter() - began

    def clone(self, modal_id: str) -> str:
        """Put a form that is open on a member's screen there once more, and return its id."""
        world = self.loopback.world
        opened = world.modals[modal_id]
        copy_id = world.ids.mint()
        world.modals[copy_id] = replace(opened, interaction=replace(opened.interaction, id=copy_id))
        return copy_id

    def _hear(self, exchange: Exchange) -> None:
        """Count what a person gets to read: a promise is no answer, and what comes in its place is one."""
        if exchange.route.endswith("/callback"):
            promised = exchange.request["type"] in _PROMISES
            self._promised += promised
            self._answered += not promised
        elif self._promised and "/webhooks/" in exchange.route:
            self._promised -= 1
            self._answered += 1
        if self._answered >= self._wanted:
            self._done.set()


def percentile(seconds: Iterable[float], share: float) -> float:
    """Return the value below which this share of the values lies."""
    ordered = sorted(seconds)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]
