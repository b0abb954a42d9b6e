"""Fixtures of the loopback's own tests: a real bot that is logged in."""

from collections.abc import AsyncIterator

import pytest

from bot.sandbox import Loopback
from tests.sandbox.probe import Probe


@pytest.fixture
async def probe(loopback: Loopback) -> AsyncIterator[Probe]:
    client = Probe()
    await client.come(loopback)
    yield client
    await client.go()
