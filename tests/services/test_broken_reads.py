"""Broken reads of a captured forum: each counts as incomplete, removes nothing, and what it did read well stays."""

from urllib.parse import unquote

import pytest
from aiohttp import web

from bot.forum.crawl import crawl
from bot.forum.fetch import Manners
from bot.services.absences import Doubt
from bot.services.importing import Importing
from bot.services.reports import ImportReport
from bot.services.showing import programme_json
from db.database import Database
from tests.forum.captures import assert_shown, load_rows, load_truth, needs_captures
from tests.forum.replay import Answer, Replay, replaying
from tests.services.readings import importing, stored

pytestmark = needs_captures
MANNERS = Manners("Programmabrug tests", delay=0, attempts=1, patience=0)


async def pass_over(site: Replay, service: Importing, *, confirmed: bool = False) -> ImportReport:
    return await service.take_in(await crawl(f"{site.url}/forums/", MANNERS), confirmed=confirmed)


def broken(kind: str) -> Answer:
    def answer(request: web.Request, body: bytes) -> web.Response:
        match kind:
            case "503":
                return web.Response(status=503, headers={"Retry-After": "0"})
            case "truncated":
                return web.Response(body=body[: len(body) // 2], content_type="text/html")
            case "empty":
                return web.Response(body=b"", content_type="text/html")
            case "login":
                return web.Response(text="<html><body class='login'><form id='loginform'></form></body></html>")
            case "another site":
                return web.Response(text="<html><body><h1>Te koop</h1></body></html>", content_type="text/html")
            case "elsewhere":
                return web.Response(status=302, headers={"Location": "https://elders.example/"})
            case "guessed":
                return web.Response(status=301, headers={"Location": "/forums/topic/basisbaan/"})
            case _:
                text = body.decode().replace('id="bbpress-forums"', 'id="iets-anders"')
                return web.Response(text=text, content_type="text/html")

    return answer


@pytest.mark.parametrize("path", ["/forums/topic/veiligheid/", "/forums/forum/onderwijs/"])
@pytest.mark.parametrize(
    "kind", ["503", "truncated", "empty", "login", "another site", "elsewhere", "guessed", "no forum root"]
)
async def test_a_broken_page_makes_a_reading_incomplete_and_removes_nothing(
    database: Database, kind: str, path: str
) -> None:
    service = importing(database, doubt=Doubt(suspect_for=0))
    async with replaying("t0") as site:
        await pass_over(site, service)
        site.state = "t1"
        site.answers[path] = broken(kind)
        for _ in range(2):
            report = await pass_over(site, service)
            assert not report.whole
            assert {change.action for change in report.changes} <= {"new", "retitled", "edited", "flagged"}
        kept = {section.post_id for _, section in (await stored(database)).sections() if section.standing}
        assert kept >= {post["id"] for post in load_truth("t0")["posts"] if post["type"] == "topic"}
        assert 960 in kept
        site.answers.clear()
        for _ in range(2):
            await pass_over(site, service)
    assert_shown(programme_json(await stored(database)), "t1")


async def test_a_forum_that_serves_nothing_is_left_alone_and_nothing_is_removed(database: Database) -> None:
    service = importing(database, doubt=Doubt(suspect_for=0))
    async with replaying("t0") as site:
        await pass_over(site, service)
        site.asked.clear()
        site.answers = {path: broken("503") for path in load_paths(site) if path.startswith("/forums/topic/")}
        report = await pass_over(site, service)
        assert (report.whole, report.changes) == (False, ())
        assert sum(path.startswith("/forums/topic/") for path in site.asked) < 10
    assert_shown(programme_json(await stored(database)), "t0")


async def test_an_index_that_lost_most_of_its_forums_waits_for_a_person(database: Database) -> None:
    def emptied(_: web.Request, body: bytes) -> web.Response:
        first = body.index(b'<ul id="bbp-forum-')
        second = body.index(b'<ul id="bbp-forum-', first + 1)
        last = body.rindex(b'<ul id="bbp-forum-')
        return web.Response(body=body[:second] + body[last:], content_type="text/html")

    service = importing(database, doubt=Doubt(suspect_for=0))
    async with replaying("t0") as site:
        await pass_over(site, service)
        site.answers["/forums/"] = emptied
        await pass_over(site, service)
        assert (await pass_over(site, service)).waiting > 17
        assert_shown(programme_json(await stored(database)), "t0")
        assert (await pass_over(site, service, confirmed=True)).waiting == 0
        assert len((await stored(database)).standing) < 4
        site.answers.clear()
        await pass_over(site, service)
    assert_shown(programme_json(await stored(database)), "t0")


def load_paths(site: Replay) -> list[str]:
    return [unquote(row.path) for row in load_rows(site.state)]
