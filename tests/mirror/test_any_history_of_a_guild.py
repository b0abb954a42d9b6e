"""Whatever happens on the forum and in the guild: it shows what it should, once, and members' words stay."""

import asyncio
from collections.abc import Sequence
from typing import Any

import stamina
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.domain.ids import ForumId
from bot.domain.programme import Section
from bot.domain.reading import TopicReading
from bot.domain.text import Block, paragraph
from bot.mirror.resources import ResourceKind
from bot.sandbox import Faults
from bot.services.ports import Unit
from tests.mirror.discord_text import texts_of
from tests.mirror.passes import Mirror, writing
from tests.mirror.places import place, say
from tests.mirror.programmes import AT, WORDS, add_amendment, bullet, make_programme, post

_FORUM = ("move", "move", "grow", "shrink", "merge", "split", "reply", "gone", "back", "amend")
_GUILD = ("talk", "talk", "delete", "delete", "delete post", "delete channel", "archive")
_STARTER = 21
"""The type of the message by which Discord shows, in a thread on a message, what that message says."""
ACTS = st.tuples(st.sampled_from(_FORUM + _GUILD), st.integers(0, 99), st.integers(0, 99))
HISTORY = st.lists(st.lists(ACTS, min_size=1, max_size=4), min_size=1, max_size=5)


class Life:
    """A programme and a guild to which things happen."""

    def __init__(self, mirror: Mirror) -> None:
        self.mirror = mirror
        self.said: dict[str, str] = {}

    async def happens(self, act: str, one: int, other: int) -> None:
        if act in _FORUM:
            await self.mirror.store.transact(lambda unit: self._on_forum(unit, act, one, other))
        else:
            await self._in_guild(act, one, other)

    def _on_forum(self, unit: Unit, act: str, one: int, other: int) -> None:
        programme = unit.programmes.load(self.mirror.programme_id)
        sections = [section for _, section in programme.sections()]
        section, home = sections[one % len(sections)], sections[other % len(sections)]
        chapter = programme.chapters[other % len(programme.chapters)]
        match act:
            case "move" if section.standing:
                reading = TopicReading(post(section.post_id, ()), section.title, ForumId(1), chapter.title)
                unit.programmes.update_section(section.section_id, chapter.chapter_id, reading)
            case "grow" | "shrink" if section.standing:
                _write(unit, section, other % 7 if act == "grow" else 0)
            case "merge" if section.standing and home.standing and section is not home:
                words: tuple[Block, ...] = (paragraph("Nu een reactie."),)
                unit.programmes.save_contribution(home.section_id, post(section.post_id, words), None)
            case "split" if section.merged_into is not None:
                reply = unit.programmes.contribution(programme.programme_id, section.post_id)
                assert reply
                unit.programmes.remove_contribution(reply.contribution_id)
            case "reply" if section.contributions and home.standing:
                reply = section.contributions[other % len(section.contributions)]
                if reply.post_id not in {each.post_id for each in sections}:
                    unit.programmes.save_contribution(home.section_id, post(reply.post_id, reply.blocks), None)
            case "gone" if section.standing:
                unit.absences.set_gone(sections=[section.section_id], at=AT)
            case "back" if section.gone:
                unit.absences.set_back(sections=[section.section_id])
            case "amend" if section.standing:
                add_amendment(unit, section.section_id)
            case _:
                pass

    async def _in_guild(self, act: str, one: int, other: int) -> None:
        guild, http = self.mirror.dump(), self.mirror.http
        threads: list[Any] = guild["threads"]
        thread = threads[one % len(threads)]
        match act:
            case "talk":
                said = await say(self.mirror.loopback, thread["id"], f"Lid zegt {len(self.said)}.")
                self.said[said["id"]] = said["content"]
            case "delete":
                inside = guild["messages"].get(thread["id"], [])
                ours = [each for each in inside if each["id"] not in self.said and each["type"] != _STARTER]
                if ours:
                    await http.delete_message(int(thread["id"]), int(ours[other % len(ours)]["id"]))
            case "archive":
                await http.edit_channel(int(thread["id"]), archived=True)
            case "delete post":
                self._forget(guild, [thread["id"]])
                await http.delete_channel(int(thread["id"]))
            case "delete channel":
                channels = guild["channels"][1:]
                channel = channels[one % len(channels)]["id"]
                self._forget(guild, [each["id"] for each in threads if each["parent_id"] == channel])
                await http.delete_channel(int(channel))
            case _:
                pass

    def _forget(self, guild: dict[str, Any], places: Sequence[str]) -> None:
        for each in places:
            for message in guild["messages"].get(each, []):
                self.said.pop(message["id"], None)

    async def comes_in_step(self) -> None:
        """Let the thorough pass and the syncs come, and see that all is as it should be."""
        stand = await self.mirror.stand()
        gone = await self.mirror.guild().deleted(stand.known)
        keys = [row.key for row in stand.known.values() if row.discord_id in gone]
        await self.mirror.store.transact(
            lambda unit: [unit.mirror.remove(self.mirror.programme_id, key) for key in keys]
        )
        for _ in range(4):
            outcome = await self.mirror.sync()
            assert not outcome.failures
            if not outcome.stale:
                break
        plan = await self.mirror.plan()
        left = [(change.action.value, change.resource.key) for change in plan.changes]
        assert left == [], left
        assert writing(await self.mirror.calls_of()) == []
        await self._shows_what_it_should()

    async def _shows_what_it_should(self) -> None:
        plan, guild = await self.mirror.plan(), self.mirror.dump()
        messages = {each["id"]: each for inside in guild["messages"].values() for each in inside}
        threads = {each["id"]: each for each in guild["threads"]}
        channels = {each["id"] for each in guild["channels"]}
        ours: set[str] = set()
        missing = {each.key for each in plan.missing}
        for resource in await self.mirror.desired():
            place = plan.places.by_key.get(resource.key)
            assert place or resource.kept or resource.key in missing, resource.key
            if place is None or resource.kind not in {ResourceKind.POST, ResourceKind.MESSAGE}:
                assert place is None or str(place.discord_id) in channels
                continue
            found = str(place.discord_id)
            wanted = plan.places.linked(resource.content)
            if resource.kind is ResourceKind.POST:
                assert threads[found]["name"] == wanted["name"]
                assert threads[found]["parent_id"] == str(plan.places.by_key[resource.parent or ""].discord_id)
                wanted = wanted.get("message")
            if wanted is not None:
                assert texts_of(messages[found]) == texts_of(wanted), resource.key
                ours.add(found)
        theirs = {
            key: each["content"] for key, each in messages.items() if key not in ours and each["type"] != _STARTER
        }
        assert theirs == self.said, "somebody's words were touched, or words of ours stand twice"


def _write(unit: Unit, section: Section, paragraphs: int) -> None:
    blocks: list[Block] = [bullet("Eén."), *(paragraph(f"Lid {number}. " + WORDS * 25) for number in range(paragraphs))]
    standing = [stored.block_id for stored in section.blocks]
    kept = [standing[at] if at < len(standing) else None for at in range(len(blocks))]
    unit.programmes.add_version(section.section_id, str(blocks), list(zip(kept, blocks, strict=True)), AT)


async def live(history: Sequence[Sequence[tuple[str, int, int]]], *, forums: bool = True) -> None:
    async with place(make_programme, Faults(forums_refused=not forums)) as mirror:
        life = Life(mirror)
        await life.comes_in_step()
        for acts in history:
            for act in acts:
                await life.happens(*act)
            await life.comes_in_step()


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
)
@given(HISTORY, st.booleans())
def test_whatever_happens_the_guild_shows_what_it_should_and_nobodys_words_are_touched(
    history: list[list[tuple[str, int, int]]], forums: bool
) -> None:
    stamina.set_testing(True, attempts=6)
    try:
        asyncio.run(live(history, forums=forums))
    finally:
        stamina.set_testing(False)
