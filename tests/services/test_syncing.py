"""The queue that keeps a guild in step: duplicates fold, failures are retried, a person confirms first."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.amendments import Amendment
from bot.domain.ids import ProgrammeId, SectionId, Snowflake
from bot.domain.programme import Section
from bot.errors import DiscordRefused
from bot.locales import load_all
from bot.mirror.links import Place, Places
from bot.mirror.observed import Observed, ObservedThread
from bot.mirror.plan import CARDS, Action, Plan, Scope
from bot.mirror.resources import Json, Key, Known, MirrorSettings, ResourceKind, content_digest, moment_of
from bot.services.guild import ClearingPort, Outcome, Progress
from bot.services.guild_rows import Auto
from bot.services.guild_syncing import GuildSyncing
from bot.services.ports import Store, Unit
from bot.services.requests import Request, Requests
from bot.services.stand import SyncSettings
from bot.services.standing import begin_clearing, end_clearing
from db.database import Database
from tests.mirror.programmes import AT, add_amendment, make_programme, section_of

GUILD = Snowflake(99)
TEXTS = load_all()
ALWAYS = SyncSettings(MirrorSettings(), "always", 0.05)


@dataclass
class FakeGuild:
    """A guild that takes every change, or fails as told."""

    store: Store
    failures: list[Exception | Outcome] = field(default_factory=list[Exception | Outcome])
    plans: list[Plan] = field(default_factory=list[Plan])
    at_once: int = 0
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    next_id: int = 1000
    gone: frozenset[Snowflake] = frozenset()
    told: list[tuple[Key, Snowflake, dict[str, Json]]] = field(
        default_factory=list[tuple[Key, Snowflake, dict[str, Json]]]
    )

    @property
    def guild_id(self) -> Snowflake:
        return GUILD

    @property
    def clearing(self) -> ClearingPort:
        raise NotImplementedError

    async def tell(
        self, programme_id: ProgrammeId, key: Key, channel_id: Snowflake, content: Mapping[str, Json]
    ) -> None:
        self.told.append((key, channel_id, dict(content)))

    async def observe(self, known: Mapping[Key, Known], *, closely: bool = False) -> Observed:
        ids = [row.discord_id for row in known.values() if row.discord_id]
        return Observed({each: {} for each in ids}, dict.fromkeys(ids, ObservedThread(Snowflake(0), archived=False)))

    async def deleted(self, known: Mapping[Key, Known]) -> frozenset[Snowflake]:
        return self.gone & {row.discord_id for row in known.values() if row.discord_id}

    async def apply(
        self, programme_id: ProgrammeId, plan: Plan, observed: Observed, progress: Progress | None = None
    ) -> Outcome:
        self.at_once += 1
        assert self.at_once == 1, "two writers"
        try:
            await self.gate.wait()
            if self.failures:
                failure = self.failures.pop(0)
                if isinstance(failure, Exception):
                    raise failure
                return failure
            await self.store.transact(lambda unit: self._write(unit, programme_id, plan))
            self.plans.append(plan)
            return Outcome(frozenset(change.resource.key for change in plan.changes))
        finally:
            self.at_once -= 1

    def _write(self, unit: Unit, programme_id: ProgrammeId, plan: Plan) -> None:
        places = Places(GUILD, dict(plan.places.by_key))
        for change in plan.changes:
            resource = change.resource
            if change.action is Action.RECREATE:
                unit.mirror.forget(programme_id, resource.key)
            known = unit.mirror.known(programme_id).get(resource.key)
            self.next_id += 1
            discord_id = (known.discord_id if known else None) or Snowflake(self.next_id)
            parent = places.by_key.get(resource.parent or "") if resource.kind is ResourceKind.MESSAGE else None
            places.by_key[resource.key] = Place(discord_id, parent.discord_id if parent else None)
            unit.mirror.intend(programme_id, resource.key, resource.kind, resource.parent, moment_of(AT))
            unit.mirror.applied(
                programme_id,
                resource.key,
                discord_id=discord_id,
                digest=content_digest(places.linked(resource.content)),
                pinned=change.action is Action.PIN or bool(known and known.pinned),
                layout=resource.layout,
            )

    def keys(self) -> list[list[Key]]:
        return [[change.resource.key for change in plan.changes] for plan in self.plans]


@dataclass
class Bench:
    store: Database
    guild: FakeGuild
    syncing: GuildSyncing
    programme_id: ProgrammeId

    async def section(self, code: str = "1.2") -> Section:
        return await self.store.read(lambda unit: section_of(unit, self.programme_id, code))

    async def support(self, amendment: Amendment, member: int) -> None:
        await self.store.transact(
            lambda unit: unit.amendments.add_support(amendment.amendment_id, Snowflake(member), AT)
        )
        self.syncing.count_changed(self.programme_id, amendment)


def clock() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Database]:
    async with await Database.open(tmp_path / "programma.db") as opened:
        yield opened


async def bench(store: Database, auto: Auto = "always", interval: float = 0.05) -> Bench:
    guild = FakeGuild(store)
    guild.gate.set()
    settings = SyncSettings(MirrorSettings(), auto, interval)
    programme_id = await store.transact(lambda unit: make_programme(unit, GUILD, chapters=1))
    return Bench(store, guild, GuildSyncing(store, guild, settings, TEXTS, clock, retry_after=0.02), programme_id)


@pytest.fixture
async def ready(store: Database) -> AsyncIterator[Bench]:
    """A guild that is in step."""
    made = await bench(store)
    made.syncing.start(made.programme_id)
    await made.syncing.idle()
    yield made
    await made.syncing.close()


async def test_the_start_brings_everything_in_step(ready: Bench) -> None:
    assert (await ready.syncing.plan(ready.programme_id)).changes == ()
    health = await ready.syncing.health(ready.programme_id)
    assert (health.pending, health.standing.confirmed, health.failure) == (0, True, None)
    assert health.last_sync


async def test_asking_twice_is_doing_once(ready: Bench) -> None:
    before = len(ready.guild.plans)
    section = await ready.section()
    await ready.store.transact(lambda unit: add_amendment(unit, section.section_id))
    for _ in range(5):
        ready.syncing.cards_changed(ready.programme_id, section.section_id)
    await ready.syncing.idle()
    assert len(ready.guild.plans) == before + 1


async def test_a_sync_without_a_change_applies_nothing(ready: Bench) -> None:
    before = len(ready.guild.plans)
    ready.syncing.enqueue(ready.programme_id)
    await ready.syncing.idle()
    assert len(ready.guild.plans) == before


async def test_counts_of_support_are_edited_once_an_interval(ready: Bench) -> None:
    section = await ready.section()
    amendment = section.amendments[0]
    before = len(ready.guild.plans)
    for member in range(1, 4):
        await ready.support(amendment, member)
        await asyncio.sleep(0)
    await ready.syncing.idle()
    edits = [keys for keys in ready.guild.keys()[before:] if f"amendment:{amendment.amendment_id}" in keys]
    assert 1 <= len(edits) <= 2
    assert (await ready.syncing.plan(ready.programme_id)).changes == ()


async def test_many_changes_in_a_short_time_fold_into_one_edit(ready: Bench) -> None:
    """The first is made at once; all that comes while it is made, is one edit of the summary and of each list."""
    section = await ready.section()
    before = len(ready.guild.plans)
    ready.guild.gate.clear()
    for _ in range(8):
        await ready.store.transact(lambda unit: add_amendment(unit, section.section_id))
        ready.syncing.cards_changed(ready.programme_id, section.section_id)
        while not ready.guild.at_once:
            await asyncio.sleep(0)
    ready.guild.gate.set()
    await ready.syncing.idle()
    plans = ready.guild.keys()[before:]
    lists = (f"summary:{section.post_id}", "contents:1", "overview/part:2")
    assert [sum(key in keys for keys in plans) for key in lists] == [2, 2, 2]
    assert (await ready.syncing.plan(ready.programme_id)).changes == ()


async def test_a_held_count_is_shown_later(store: Database) -> None:
    one = await bench(store, interval=0.2)
    one.syncing.start(one.programme_id)
    await one.syncing.idle()
    amendment = (await one.section()).amendments[0]
    await one.support(amendment, 1)
    task = asyncio.create_task(one.syncing.idle())
    await asyncio.sleep(0.05)
    assert not task.done()
    await task
    assert (await one.syncing.plan(one.programme_id)).changes == ()
    await one.syncing.close()


async def test_a_first_sync_waits_for_a_person_and_then_follows(store: Database) -> None:
    one = await bench(store, "after-first")
    one.syncing.start(one.programme_id)
    await one.syncing.idle()
    assert one.guild.plans == []
    health = await one.syncing.health(one.programme_id)
    assert not health.standing.confirmed
    assert health.pending > 10
    assert await one.syncing.confirm(one.programme_id) is None
    assert (await one.syncing.health(one.programme_id)).pending == 0
    await one.store.transact(lambda unit: unit.programmes.update(one.programme_id, "Nieuwe titel", None))
    one.syncing.enqueue(one.programme_id)
    await one.syncing.idle()
    assert one.guild.keys()[-1] == ["programme"]
    await one.syncing.close()


async def test_never_means_text_waits_each_time_and_cards_follow(store: Database) -> None:
    one = await bench(store, "never")
    one.syncing.start(one.programme_id)
    assert await one.syncing.confirm(one.programme_id) is None
    await one.store.transact(lambda unit: unit.programmes.update(one.programme_id, "Nieuwe titel", None))
    section = await one.section()
    added = await one.store.transact(lambda unit: add_amendment(unit, section.section_id))
    one.syncing.enqueue(one.programme_id)
    await one.syncing.idle()
    assert f"amendment:{added}" in one.guild.keys()[-1]
    assert "programme" not in one.guild.keys()[-1]
    assert (await one.syncing.health(one.programme_id)).pending == 1
    await one.syncing.close()


async def test_a_failure_is_retried_and_remembered_until_it_is_over(ready: Bench) -> None:
    refusal = DiscordRefused("discord.needs_send_messages", place="1.2 Deel 2")
    ready.guild.failures = [Outcome(failures=(refusal,)), RuntimeError("boom")]
    section = await ready.section()
    await ready.store.transact(lambda unit: add_amendment(unit, section.section_id))
    assert await ready.syncing.confirm(ready.programme_id) is refusal
    ready.guild.gate.clear()
    assert (await ready.syncing.health(ready.programme_id)).failure is refusal
    ready.guild.gate.set()
    await ready.syncing.idle()
    assert (await ready.syncing.health(ready.programme_id)).failure is None
    assert (await ready.syncing.plan(ready.programme_id)).changes == ()


async def test_a_word_that_was_given_before_all_was_cleared_away_holds_no_more(store: Database) -> None:
    """Not for the next try of what failed, nor after a restart."""
    one = await bench(store, "after-first")
    one.guild.failures = [Outcome(failures=(DiscordRefused("discord.unreachable", place="Discord"),))]
    assert await one.syncing.confirm(one.programme_id) is not None

    def cleared(unit: Unit) -> None:
        begin_clearing(unit, one.programme_id, "2999-01-01T00:00:00+00:00")
        end_clearing(unit, one.programme_id)

    await one.store.transact(cleared)
    again = GuildSyncing(store, one.guild, SyncSettings(MirrorSettings()), TEXTS, clock)
    for syncing in (one.syncing, again):
        syncing.start(one.programme_id)
        await syncing.idle()
        await syncing.close()
    assert one.guild.plans == []
    assert (await again.health(one.programme_id)).standing.cleared is not None


async def test_a_stale_plan_is_made_anew_at_once(ready: Bench) -> None:
    ready.guild.failures = [Outcome(stale=True)]
    section = await ready.section()
    await ready.store.transact(lambda unit: add_amendment(unit, section.section_id))
    ready.syncing.enqueue(ready.programme_id)
    await ready.syncing.idle()
    assert (await ready.syncing.plan(ready.programme_id)).changes == ()


async def test_a_new_card_can_be_linked_to(ready: Bench) -> None:
    section = await ready.section()
    added = await ready.store.transact(lambda unit: add_amendment(unit, section.section_id))
    amendment = await ready.store.read(lambda unit: unit.amendments.load(added))
    assert amendment
    link = await ready.syncing.card_link(ready.programme_id, section, amendment, 5.0)
    assert link
    assert link.startswith(f"https://discord.com/channels/{GUILD}/")


async def test_the_wait_for_a_card_ends(ready: Bench) -> None:
    section = await ready.section()
    added = await ready.store.transact(lambda unit: add_amendment(unit, section.section_id))
    amendment = await ready.store.read(lambda unit: unit.amendments.load(added))
    assert amendment
    ready.guild.gate.clear()
    assert await ready.syncing.card_link(ready.programme_id, section, amendment, 0.01) is None
    ready.guild.gate.set()
    await ready.syncing.idle()


async def test_what_was_removed_in_discord_is_made_anew(ready: Bench) -> None:
    known = await ready.store.read(lambda unit: unit.mirror.known(ready.programme_id))
    card = next(row for row in known.values() if row.key.startswith("amendment:"))
    assert card.discord_id
    await ready.syncing.lost(ready.programme_id, card.discord_id, message=True)
    await ready.syncing.lost(ready.programme_id, Snowflake(1), message=False)
    await ready.syncing.idle()
    assert card.key in ready.guild.keys()[-1]
    assert ready.syncing.link(card.key)


async def test_closing_lets_a_pass_end_or_breaks_it_off(store: Database) -> None:
    one = await bench(store)
    one.guild.gate.clear()
    one.syncing.start(one.programme_id)
    while not one.guild.at_once:
        await asyncio.sleep(0)
    await one.syncing.close(grace=0.01)
    assert one.guild.at_once == 0


async def test_without_a_guild_it_plans_by_what_is_known(store: Database) -> None:
    programme_id = await store.transact(lambda unit: make_programme(unit, GUILD))
    syncing = GuildSyncing(store, None, SyncSettings(MirrorSettings()), TEXTS, clock)
    first = (await syncing.plan(programme_id)).changes[0]
    assert (first.action, first.resource.kind) == (Action.CREATE, ResourceKind.CATEGORY)


def test_requests_fold_and_wait_for_their_time() -> None:
    waiting = Requests()
    one, other = Scope(CARDS, frozenset({SectionId(1)})), Scope(CARDS, frozenset({SectionId(2)}))
    waiting.add(Request(ProgrammeId(1), one, 5.0, None))
    waiting.add(Request(ProgrammeId(1), one, 9.0, None))
    waiting.add(Request(ProgrammeId(1), one, 3.0, None))
    waiting.add(Request(ProgrammeId(1), other, 4.0, other))
    assert waiting.next_due() == 3.0
    assert waiting.take(2.0) is None
    taken = waiting.take(6.0)
    assert taken
    assert taken.scope.sections == {SectionId(1), SectionId(2)}
    assert taken.urgent == other
    assert waiting.next_due() is None
    waiting.add(Request(ProgrammeId(1), one, 1.0, None, tries=9))
    assert not waiting.awaited()


async def test_only_a_pass_that_did_all_says_when_all_was_done(store: Database) -> None:
    """After a failure the moment of the last success stays, and that of the failure stands beside it."""
    moments = iter(f"2026-11-25T12:{minute:02}:00+00:00" for minute in range(60))
    one = await bench(store)
    syncing = GuildSyncing(store, one.guild, ALWAYS, TEXTS, lambda: next(moments), retry_after=900.0)
    assert await syncing.confirm(one.programme_id) is None
    success = (await syncing.health(one.programme_id)).last_sync
    refusal = DiscordRefused("discord.unreachable", place="1.2 Deel 2")
    one.guild.failures = [Outcome(failures=(refusal,))]
    section = await one.section()
    await store.transact(lambda unit: add_amendment(unit, section.section_id))
    assert await syncing.confirm(one.programme_id) is refusal
    health = await syncing.health(one.programme_id)
    assert (health.last_sync, health.failure) == (success, refusal)
    assert health.tried is not None
    assert success is not None
    assert health.tried > success
    assert await syncing.confirm(one.programme_id) is None
    after = await syncing.health(one.programme_id)
    assert (after.failure, after.tried) == (None, None)
    assert after.last_sync is not None
    assert after.last_sync > health.tried


async def test_a_small_pass_that_went_well_does_not_make_good_what_failed_elsewhere(store: Database) -> None:
    """Cards follow while all else waits for its next try: status goes on telling of that."""
    one = await bench(store)
    syncing = GuildSyncing(store, one.guild, ALWAYS, TEXTS, clock, retry_after=900.0)
    syncing.start(one.programme_id)
    await syncing.idle()
    refusal = DiscordRefused("discord.unreachable", place="1.1 Deel 1")
    one.guild.failures = [Outcome(failures=(refusal,))]
    await store.transact(lambda unit: unit.programmes.update(one.programme_id, "Nieuwe titel", None))
    assert await syncing.confirm(one.programme_id) is refusal
    section = await one.section()
    added = await store.transact(lambda unit: add_amendment(unit, section.section_id))
    amendment = await store.read(lambda unit: unit.amendments.load(added))
    assert amendment
    assert await syncing.card_link(one.programme_id, section, amendment, 5.0)
    assert (await syncing.health(one.programme_id)).failure is refusal
    await syncing.close()
