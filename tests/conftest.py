"""Fixtures of all tests: a Discord on loopback, its every exchange with the bot held against Discord's description."""

import warnings
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from functools import cache

import pytest
import yarl

from bot.sandbox import Exchange, Loopback, RateLimits, town
from tests.openapi import OpenApi
from tests.sandbox.member import Enter, Member

# discord.py imports the deprecated audioop for voice, which the bot does not use.
with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from discord.gateway import DiscordWebSocket
    from discord.http import Route


@cache
def _description() -> OpenApi | None:
    return OpenApi.load()


@pytest.fixture
def openapi() -> OpenApi:
    description = _description()
    if description is None:
        pytest.skip("Discord's API description is not beside the repository (../shared/discord/openapi.json)")
    return description


@pytest.fixture
async def loopback(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Loopback]:
    """A running Discord with the town in it and fast limits; discord.py is pointed at it."""
    problems: list[str] = []
    description = _description()

    def check(exchange: Exchange) -> None:
        if description is not None and exchange.who == "bot":
            problems.extend(description.problems(exchange))

    async with Loopback(town(), limits=RateLimits(speed=1000), on_exchange=check) as server:
        monkeypatch.setattr(Route, "BASE", server.api_url)
        gateway = yarl.URL(server.gateway_url)
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", gateway)
        yield server
    assert not problems, "\n".join(problems)


@pytest.fixture
async def members(loopback: Loopback) -> AsyncIterator[Enter]:
    """Let members of the town connect: `lid = await members("lid", locale="en-US")`."""
    async with AsyncExitStack() as stack:

        async def enter(name: str, *, locale: str = "nl") -> Member:
            return await stack.enter_async_context(Member(loopback, name, locale=locale))

        yield enter
