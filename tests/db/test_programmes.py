"""Chapters, sections, versions and contributions in real rows."""

import sqlite3

import pytest

from bot.domain.ids import BlockId, ChapterId, ForumId, PostId, Snowflake
from bot.domain.programme import Chapter
from bot.domain.reading import ForumReading, PostReading, Sticky, TopicReading
from bot.domain.text import Block, BlockKind, Run, Style, paragraph
from bot.services.ports import Unit
from db.database import Database
from tests.db.stock import AT, TEXT, add_amendment, connection_of, first_section, make_programme, section_ids, topic


async def test_a_programme_is_loaded_in_a_constant_number_of_queries(database: Database) -> None:
    def statements(unit: Unit) -> int:
        seen: list[str] = []
        connection = connection_of(unit)
        connection.set_trace_callback(seen.append)
        unit.programmes.load(programme_id)
        connection.set_trace_callback(None)
        return sum(not statement.startswith("--") for statement in seen)

    programme_id = await database.transact(make_programme)
    few = await database.transact(statements)

    def grow(unit: Unit) -> None:
        chapter_id = unit.programmes.chapters(programme_id)[0].chapter_id
        for post_id in range(200, 230):
            section_id = unit.programmes.add_section(chapter_id, topic(post_id, "Meer"), f"1.{post_id}")
            unit.programmes.add_version(section_id, "digest", [(None, block) for block in TEXT], AT)
            unit.programmes.save_contribution(section_id, PostReading(PostId(post_id + 100), TEXT), None)
            add_amendment(unit, section_id)

    await database.transact(grow)
    assert await database.transact(statements) == few <= 12


async def test_a_section_alone_is_what_it_is_in_the_programme(database: Database) -> None:
    def work(unit: Unit) -> None:
        programme_id = make_programme(unit)
        section_id = section_ids(unit, programme_id)[2]
        unit.programmes.save_contribution(section_id, PostReading(PostId(300), TEXT, "Zuhal"), PostId(103))
        add_amendment(unit, section_id)
        within = [section for _, section in unit.programmes.load(programme_id).sections()]
        assert unit.programmes.section(section_id) == within[2]
        assert within[2].contributions[0] == unit.programmes.contribution(programme_id, PostId(300))
        assert [section.section_id for section in within] == section_ids(unit, programme_id)

    await database.transact(work)


async def test_blocks_keep_their_identity_through_versions(database: Database) -> None:
    def work(unit: Unit) -> None:
        section = first_section(unit)
        first, *_, last = section.blocks
        changed = Block(BlockKind.BULLET, (Run("Een ", Style.BOLD), Run("ander register.")), 1, "3.")
        blocks: list[tuple[BlockId | None, Block]] = [
            (first.block_id, first.block),
            (None, paragraph("Nieuw.")),
            (last.block_id, changed),
        ]
        assert unit.programmes.add_version(section.section_id, "other", blocks, AT) == 2
        after = unit.programmes.section(section.section_id)
        assert after
        assert [stored.block_id for stored in after.blocks][::2] == [first.block_id, last.block_id]
        assert after.blocks[1].block_id not in {stored.block_id for stored in section.blocks}
        assert [stored.number for stored in after.blocks] == [1, 2, 1]
        assert after.blocks[2].block == changed

    await database.transact(work)


async def test_a_block_of_another_section_is_refused(database: Database) -> None:
    def work(unit: Unit) -> None:
        programme_id = make_programme(unit)
        one, other = (unit.programmes.section(section_id) for section_id in section_ids(unit, programme_id)[:2])
        assert one
        assert other
        stored = other.blocks[0]
        unit.programmes.add_version(one.section_id, "digest", [(stored.block_id, stored.block)], AT)

    with pytest.raises(sqlite3.IntegrityError):
        await database.transact(work)


async def test_what_a_reading_lacks_keeps_what_was_known(database: Database) -> None:
    def work(unit: Unit) -> Chapter:
        programme_id = unit.programmes.create("Programma", "https://example.org/", "nl")
        known = ForumReading(ForumId(4), "Wonen", closed=True, description="Over wonen", url="https://example.org/4")
        chapter_id = unit.programmes.add_chapter(programme_id, "4", known, None, "1")
        unit.programmes.update_chapter(chapter_id, ForumReading(None, "Wonen en bouwen"), None)
        post = PostReading(PostId(9), TEXT, "Zuhal", "Deelnemer", "2021-11-09T14:07", "9 november 2021 om 14:07", "u")
        full = TopicReading(post, "Bouwen", ForumId(4), "Wonen", Sticky.FORUM, closed=True)
        section_id = unit.programmes.add_section(chapter_id, full, "1.1")
        reply_id = unit.programmes.save_contribution(section_id, PostReading(PostId(10), TEXT, "Bas", url="u"), None)
        unit.programmes.update_section(section_id, chapter_id, topic(9, "Bouwen!"))
        assert unit.programmes.save_contribution(section_id, PostReading(PostId(10), ()), PostId(9)) == reply_id
        unit.programmes.update(programme_id, "Programma", None)
        loaded = unit.programmes.load(programme_id)
        assert loaded.source == "https://example.org/"
        return loaded.chapters[0]

    chapter = await database.transact(work)
    (section,) = chapter.sections
    (reply,) = section.contributions
    assert (chapter.forum_id, chapter.title, chapter.closed) == (4, "Wonen en bouwen", True)
    assert (chapter.description, chapter.url, chapter.key) == ("Over wonen", "https://example.org/4", "4")
    assert (section.title, section.author, section.role, section.sticky) == (
        "Bouwen!",
        "Zuhal",
        "Deelnemer",
        Sticky.FORUM,
    )
    assert (section.posted, section.closed, section.url) == ("2021-11-09T14:07", True, "u")
    assert (reply.author, reply.url, reply.blocks, reply.reply_to) == ("Bas", "u", (), 9)


async def test_a_reply_that_moved_stays_one_reply(database: Database) -> None:
    def work(unit: Unit) -> tuple[int, ...]:
        programme_id = make_programme(unit)
        sections = section_ids(unit, programme_id)
        for section_id in sections[:2]:
            unit.programmes.save_contribution(section_id, PostReading(PostId(300), TEXT), None)
        return tuple(len(section.contributions) for _, section in unit.programmes.load(programme_id).sections())

    assert await database.transact(work) == (0, 1, 0, 0)


async def test_chapters_stand_in_the_order_given(database: Database) -> None:
    def work(unit: Unit) -> list[ChapterId]:
        programme_id = make_programme(unit)
        ids = [chapter.chapter_id for chapter in unit.programmes.chapters(programme_id)]
        unit.programmes.order_chapters(programme_id, ids[::-1])
        assert [line.chapter_code for line in unit.programmes.outline(programme_id)] == ["2", "2", "1", "1"]
        assert [chapter.chapter_id for chapter in unit.programmes.load(programme_id).chapters] == ids[::-1]
        return ids

    assert len(await database.transact(work)) == 2


async def test_a_guild_has_one_programme(database: Database) -> None:
    def work(unit: Unit) -> None:
        one, other = unit.programmes.create("Een", None, "nl"), unit.programmes.create("Twee", None, "en")
        unit.programmes.bind(one, Snowflake(7))
        assert unit.programmes.of_guild(Snowflake(7)) == one
        assert unit.programmes.of_guild(Snowflake(8)) is None
        assert unit.programmes.ids() == [one, other]
        unit.programmes.bind(other, Snowflake(7))

    with pytest.raises(sqlite3.IntegrityError):
        await database.transact(work)
