"""Somebody writes tags into a post that close bbPress's own: no other post is lost, edited or forgotten for it."""

import re

import pytest
from aiohttp import web

from bot.forum.crawl import crawl
from bot.forum.fetch import Manners
from bot.services.absences import Doubt
from db.database import Database
from tests.forum.living import ROOT, LivingForum, living
from tests.forum.test_texts_apart import JUNK
from tests.services.readings import changes, importing, stored

MANNERS = Manners("Programmabrug tests", delay=0, attempts=1, patience=0)


@pytest.mark.parametrize("place", ["the topic", "the first reply", "the last reply"])
async def test_junk_in_one_post_changes_that_post_alone(database: Database, place: str) -> None:
    forum = LivingForum()
    topic = forum.add_topic(4, "Bomen", "Wij planten bomen.")
    replies = [forum.add_reply(topic, f"Reactie {number}.") for number in range(4)]
    number = {"the topic": topic, "the first reply": replies[0], "the last reply": replies[-1]}[place]
    service = importing(database, doubt=Doubt(suspect_for=0, max_removal=1))
    async with living(forum):
        await service.take_in(await crawl(forum.url, MANNERS))
        for junk in JUNK:
            (forum.topics | forum.replies)[number].text = f"Een {number}: {junk}"  # pyright: ignore[reportOperatorIssue]
            for _ in range(2):
                report = await service.take_in(await crawl(forum.url, MANNERS))
                assert report.whole, junk
                assert {change.rpartition(" ")[2] for change in changes(report)} <= {str(number)}, junk
        (section,) = [section for _, section in (await stored(database)).sections()]
    others = {reply.post_id: reply.text for reply in section.contributions if reply.post_id != number}
    assert others == {post_id: reply.text for post_id, reply in forum.replies.items() if post_id != number}


async def test_a_page_whose_posts_cannot_be_told_apart_is_not_read_and_removes_nothing(database: Database) -> None:
    forum = LivingForum()
    topic = forum.add_topic(4, "Bomen", "Wij planten bomen.")
    for number in range(3):
        forum.add_reply(topic, f"Reactie {number}.")
    service = importing(database, doubt=Doubt(suspect_for=0, max_removal=1))
    forged = '<div class="post-9 reply type-reply">a<div class="bbp-reply-content">b'

    def without_comments(html: str) -> web.Response:
        return web.Response(text=re.sub("<!--.*?-->", "", html), content_type="text/html")

    async with living(forum):
        forum.broken[f"{ROOT}onderwerp/t{topic}/"] = without_comments
        assert (await service.take_in(await crawl(forum.url, MANNERS))).whole
        forum.topics[topic].text = forged
        for _ in range(2):
            report = await service.take_in(await crawl(forum.url, MANNERS))
            assert (report.whole, changes(report)) == (False, [])
            assert [trouble.key for trouble in report.troubles] == ["page_garbled"]
