"""How soon a member is answered, beside a bare discord.py client with an empty command, and one with a single commit.

Bare client and bot take turns, each on a Discord of its own, and each act in a process of its own: who just did another
one would be wide awake for theirs.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Final, Literal

from bot.bridge import Bridge
from bot.client import point_at
from bot.config import MirrorSettings
from bot.domain.ids import Snowflake
from bot.forum.sources import read_source
from bot.locales import load_all
from bot.sandbox import door
from bot.services.importing import Importing
from bot.serving import connected, watch
from bot.wiring import now
from db.database import Database
from tests.bench.bare import bare_client
from tests.bench.driving import Driver, Json, percentile
from tests.bench.figure import Figure
from tests.bench.large import fill, vocabulary
from tests.bench.turns import Acts, Timed, take_turns
from tests.e2e.conftest import SAMPLE, settings_for

_TIMES: Final = 300
_LIVES: Final = 4
"""Processes that do each act, one after the other: how one happens to lie in memory matters some hundredths."""
_TURN: Final = 10
_WARM: Final = 20
_AT_ONCE: Final = 25
_BATCHES: Final = 24
Act = Callable[[], None]
Synchronous = Literal["NORMAL", "FULL"]
Auto = Literal["always", "never"]


def measure() -> Iterator[Figure]:
    stages = (_empty, _committed, _proposing, _supporting)
    lives = [take_turns(*stages, times=_TIMES, turn=_TURN, warm=_WARM) for _ in range(_LIVES)]
    yield from _figures({name: [each for life in lives for each in life[name]] for name in lives[0]})
    full = take_turns(_bare_throng, _throng, times=_BATCHES, turn=1, warm=1)
    yield Figure(
        "proposals a second, synchronous=FULL",
        min(full["empty"]) / min(full["proposed"]),
        0.3,
        "× empty commands",
        at_least=True,
    )
    large = take_turns(_empty, _large, times=_TIMES, turn=_TURN, warm=_WARM)
    base = percentile(large["empty"], 0.5)
    few, many = percentile(large["sections"], 0.5) / base, percentile(large["amendments"], 0.5) / base
    yield Figure("suggesting among 2,000 sections, p50", few, 1.6, "× an empty command")
    yield Figure("suggesting among 100,000 amendments, p50", many, 2, "× an empty command")


def _figures(seconds: Timed) -> Iterator[Figure]:
    committed, slowest = percentile(seconds["committed"], 0.5), percentile(seconds["empty"], 0.99)
    for name in ("proposed", "supported"):
        middle, last = percentile(seconds[name], 0.5), percentile(seconds[name], 0.99)
        yield Figure(f"{name}, p50", middle / committed, 1.75, "× an empty command with a commit")
        yield Figure(f"{name}, p99", last / slowest, 3, "× an empty command's p99")


@asynccontextmanager
async def _empty(folder: Path) -> AsyncGenerator[Acts]:
    async with _bare(folder, "leeg") as act:
        yield {"empty": act}


@asynccontextmanager
async def _committed(folder: Path) -> AsyncGenerator[Acts]:
    async with _bare(folder, "vast") as act:
        yield {"committed": act}


@asynccontextmanager
async def _bare(folder: Path, command: str) -> AsyncGenerator[Callable[[], Awaitable[float]]]:
    driver = Driver()
    async with driver.loopback, bare_client(driver, folder, "NORMAL"):
        yield partial(driver.timed, driver.user("lid"), _square(driver), driver.command(command, {}))


@asynccontextmanager
async def _bare_throng(folder: Path) -> AsyncGenerator[Acts]:
    driver = Driver()
    async with driver.loopback, bare_client(driver, folder, "FULL"):
        act = partial(driver.ask, driver.user("lid"), _square(driver), driver.command("leeg", {}))
        yield {"empty": lambda: driver.together([act] * _AT_ONCE)}


@asynccontextmanager
async def _bot(
    folder: Path, synchronous: Synchronous, fill_in: Callable[[Database], Awaitable[None]], auto: Auto = "always"
) -> AsyncGenerator[Driver]:
    """Run the bot with a programme, from when it is in step."""
    driver = Driver()
    async with driver.loopback, await Database.open(folder / "bench.db", synchronous=synchronous) as store:
        point_at(driver.loopback.api_url, driver.loopback.gateway_url)
        await fill_in(store)
        settings = settings_for(driver.loopback, folder / "bench.db", mirror=MirrorSettings(auto=auto))
        guild_id = Snowflake(int(door(driver.loopback)["guild_id"]))
        bridge = Bridge(settings, store, load_all(), guild_id, ready_timeout=0.05, at_most=10_000)
        async with connected(bridge, settings, settings.token() or ""):
            await bridge.started.wait()
            await bridge.syncing.idle()
            watching = asyncio.create_task(watch(bridge, store))
            yield driver
            watching.cancel()


async def _sample(store: Database) -> None:
    await Importing(store, now, language="nl", screening=False).take_in(read_source(SAMPLE))


@asynccontextmanager
async def _proposing(folder: Path) -> AsyncGenerator[Acts]:
    async with _bot(folder, "NORMAL", _sample) as driver:
        modal_id, submit = await _opened(driver, driver.user("lid"))
        yield {"proposed": lambda: driver.together([partial(submit, driver.clone(modal_id))])}


@asynccontextmanager
async def _supporting(folder: Path) -> AsyncGenerator[Acts]:
    async with _bot(folder, "NORMAL", _sample) as driver:
        press = _support(driver)
        yield {"supported": lambda: driver.together([press])}


@asynccontextmanager
async def _throng(folder: Path) -> AsyncGenerator[Acts]:
    async with _bot(folder, "FULL", _sample) as driver:
        modal_id, submit = await _opened(driver, driver.user("lid"))

        def acts() -> list[Act]:
            return [partial(submit, driver.clone(modal_id)) for _ in range(_AT_ONCE)]

        yield {"proposed": lambda: driver.together(acts())}


@asynccontextmanager
async def _large(folder: Path) -> AsyncGenerator[Acts]:
    """Type in a reference and in a section. The programme stands nowhere: what is measured is the looking up."""

    async def fill_in(store: Database) -> None:
        await store.transact(lambda unit: fill(unit, None, sections=2000, amendments=100_000, indexed=True))

    async with _bot(folder, "NORMAL", fill_in, "never") as driver:
        user, place = driver.user("lid"), _square(driver)

        def typing(path: str, option: str, words: Iterable[str]) -> Callable[[], Awaitable[float]]:
            asked = cycle([driver.command(path, {option: each}, focused=option) for each in words])
            return lambda: driver.timed(user, place, next(asked))

        yield {
            "sections": typing("amendement zoeken", "paragraaf", ("wonen 12", "14", "deel 3 over", "w")),
            "amendments": typing("amendement tonen", "verwijzing", ("12.3-A1", "14", *_words())),
        }


def _words() -> Iterator[str]:
    """Yield what somebody types of words: a rare one, the beginning of a common one, and two common ones."""
    words = vocabulary()
    yield from (words[4000], words[20][:2], f"{words[3]} {words[60]}")


async def _opened(driver: Driver, user: str) -> tuple[str, Callable[[str], None]]:
    """Walk to the form, with the name for the book given before; return its id, and what hands in a copy of it."""
    modal_id, submit = await _walked(driver, user)
    await driver.together([lambda: submit(modal_id)])
    return await _walked(driver, user)


async def _walked(driver: Driver, user: str) -> tuple[str, Callable[[str], None]]:
    place = next(thread["id"] for thread in driver.guild.threads.values() if "4.2" in thread["name"])
    await driver.timed(user, place, driver.command("amendement indienen", {}))
    message = _last_whisper(driver)
    kinds = _custom_id(message, "kind:")
    await driver.timed(user, place, _touch(message, kinds, 3, ["insert"]))
    await driver.timed(user, place, _touch(message, _custom_id(message, "write:"), 2))
    modal_id, opened = next(iter(driver.loopback.world.modals.items()))

    def submit(copy_id: str) -> None:
        data = {"id": copy_id, "custom_id": opened.data["custom_id"], "components": _filled(opened.data)}
        driver.ask(user, place, {"type": 5, "data": data})

    return modal_id, submit


def _filled(modal: Json) -> list[Json]:
    typed = {"text": "Bij elke school komt een zone zonder auto’s.", "explanation": "Veilig.", "name": "Wilgje"}
    return [
        {
            "type": 18,
            "id": label["id"],
            "component": {
                "type": 4,
                "id": label["component"]["id"],
                "custom_id": label["component"]["custom_id"],
                "value": typed.get(label["component"]["custom_id"], ""),
            },
        }
        for label in modal["components"]
    ]


def _support(driver: Driver) -> Act:
    """Return what lets one member more press the button of a card; each press counts."""
    world = driver.loopback.world
    place, card = next(
        (channel, message)
        for channel, messages in world.history.items()
        for message in messages.values()
        if "support:" in str(message["components"])
    )
    press = _touch(card, _custom_id(card, "support:"), 2)
    return lambda: driver.ask(driver.newcomer("lid2"), place, press)


def _touch(message: Json, custom_id: str, kind: int, values: list[str] | None = None) -> Json:
    data: Json = {"component_type": kind, "custom_id": custom_id}
    if values is not None:
        data["values"] = values
    return {"type": 3, "message_id": message["id"], "message_flags": message["flags"], "data": data}


def _last_whisper(driver: Driver) -> Json:
    return next(reversed(driver.loopback.world.whispers.values()))[1]


def _custom_id(message: Json, beginning: str) -> str:
    return next(_found(message["components"], beginning))


def _found(components: list[Json], beginning: str) -> Iterator[str]:
    for part in components:
        if str(part.get("custom_id", "")).startswith(beginning):
            yield str(part["custom_id"])
        yield from _found(part.get("components", []), beginning)


def _square(driver: Driver) -> str:
    return next(iter(driver.guild.channels))
