"""How long a large programme takes to be mirrored at Discord's real pace, beside what that pace alone dictates.

The whole bot is connected: its client, its queue and its pacer. What it calls is counted by the Discord it calls.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Final

import structlog

from bot.client import point_at
from bot.domain.ids import ForumId, Snowflake
from bot.domain.reading import ForumReading, TopicReading
from bot.domain.text import paragraph
from bot.locales import load_all
from bot.sandbox import Loopback, town
from bot.services.ports import Unit
from db.database import Database
from tests.bench.figure import Figure
from tests.mirror.programmes import add_amendment, bullet, post, store_section

_CHAPTERS, _SECTIONS, _AMENDMENTS = 12, 10, 5
_PER_SECOND: Final = 50
"""Requests that Discord takes in a second: all other limits leave room to do something else meanwhile."""
