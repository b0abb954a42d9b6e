"""A forum that lives: imported state after state by the command, until the database equals what a visitor may see."""

import json
import sqlite3
from contextlib import closing
from typing import Any

from tests.e2e.shell import Shell
from tests.forum.captures import assert_shown, load_truth, needs_captures
from tests.forum.replay import Replay, replaying

pytestmark = needs_captures
AT_ONCE = {"FORUM__DELAY": "0", "FORUM__SUSPECT_FOR": "0"}


async def imported(shell: Shell, site: Replay, *words: str, **variables: str) -> dict[str, Any]:
    return json.loads(await shell.good("import", f"{site.url}/forums/", "--json", *words, **{**AT_ONCE, **variables}))


async def shown(shell: Shell) -> dict[str, Any]:
    return json.loads(await shell.good("show", "--json"))


def told(report: dict[str, Any]) -> set[str]:
    return {f"{change['action']} {change['kind']} {change['key']}" for change in report["changes"]}


def issued(programme: dict[str, Any]) -> dict[int, tuple[str, ...]]:
    """Return every code and reference that was given out, by post."""
    found: dict[int, tuple[str, ...]] = {}
    sections = [section for chapter in programme["chapters"] for section in chapter["sections"]]
    for section in [*sections, *programme.get("gone", [])]:
        found[section["post_id"]] = (section["code"], *(each["reference"] for each in section["amendments"]))
    return found


async def test_every_state_ends_in_its_truth_and_what_was_issued_stays(shell: Shell) -> None:
    async with replaying("t0") as site:
        first = await imported(shell, site)
        assert (first["whole"], first["posts"], first["pages"]) == (True, len(load_truth("t0")["posts"]), 68)
        before = await shown(shell)
        assert_shown(before, "t0")
        assert (await imported(shell, site))["changes"] == []

        site.state = "t1"
        changed = told(await imported(shell, site))
        assert changed >= {
            "edited section 588",
            "new contribution 959",
            "new section 960",
            "retitled section 799",
            "suspected contribution 821",
        }
        assert any(each.startswith("flagged amendment") for each in changed)
        assert told(await imported(shell, site)) == {"gone contribution 821"}
        between = await shown(shell)
        assert_shown(between, "t1")
        for post_id, codes in issued(before).items():
            assert issued(between)[post_id][: len(codes)] == codes

        site.state = "t2"
        changed = told(await imported(shell, site))
        assert changed >= {
            "moved section 801",
            "split section 887",
            "merged contribution 790",
            "back contribution 821",
            "closed section 800",
            "suspected chapter 8",
        }
        report = await imported(shell, site)
        assert "gone chapter 8" in told(report)
        assert report["waiting"] == 0
        after = await shown(shell)
        assert_shown(after, "t2")
        text = json.dumps(after, ensure_ascii=False)
        assert [each for each in load_truth("t2")["withdrawn_strings"] if each["string"] in text] == []
        for post_id, codes in issued(between).items():
            if post_id in issued(after):
                assert issued(after)[post_id][: len(codes)] == codes
        assert (await imported(shell, site))["changes"] == []
    assert_nothing_forbidden(shell)


async def test_what_is_gone_is_erased_and_comes_back_under_its_code(shell: Shell) -> None:
    async with replaying("t1") as site:
        await imported(shell, site)
        before = issued(await shown(shell))
        site.state = "t2"
        for _ in range(2):
            await imported(shell, site, FORUM__ERASE_AFTER="0")
        content = b"".join(path.read_bytes() for path in shell.folder.iterdir())
        assert [each for each in load_truth("t2")["withdrawn_strings"] if each["string"].encode() in content] == []
        site.state = "t1"
        await imported(shell, site)
        after = issued(await shown(shell))
        assert {post_id: after[post_id][0] for post_id in before} == {each: before[each][0] for each in before}


async def test_a_quick_pass_over_an_unchanged_forum_reads_its_lists_alone(shell: Shell) -> None:
    async with replaying("t0") as site:
        await imported(shell, site)
        lists = [path for path in site.asked if path.startswith("/forums/forum/")]
        site.asked.clear()
        report = await imported(shell, site, "--quick")
        assert (report["pass"], report["whole"], report["changes"]) == ("quick", True, [])
        assert sorted(site.asked.elements()) == sorted(["/robots.txt", "/forums/", *lists])

        site.state = "t1"
        site.asked.clear()
        report = await imported(shell, site, "--quick")
        topics = {path for path in site.asked if path.startswith("/forums/topic/")}
        assert "new section 960" in told(report)
        assert "retitled section 799" in told(report)
        assert len(topics) < 6


async def test_a_quick_pass_first_of_all_is_a_full_one(shell: Shell) -> None:
    async with replaying("t0") as site:
        code, out, err = await shell.run("import", f"{site.url}/forums/", "--quick", "--json", **AT_ONCE)
        assert code == 0
        assert json.loads(out)["pass"] == "full"
        assert "nog niet helemaal gelezen" in err


async def test_two_readings_at_once_are_refused(shell: Shell) -> None:
    async with replaying("t0") as site:
        slow = await shell.start("import", f"{site.url}/forums/", FORUM__DELAY="0.2")
        while not site.asked:
            assert slow.returncode is None
            code, _, err = await shell.run("show")
            del code, err
        code, _, err = await shell.run("import", f"{site.url}/forums/", **AT_ONCE)
        assert code == 1
        assert "al gelezen" in err


def assert_nothing_forbidden(shell: Shell) -> None:
    """Look for what no visitor may see in every file that is left, and in every cell of the database."""
    content = b"".join(path.read_bytes() for path in shell.folder.iterdir())
    forbidden = [each["string"] for each in load_truth("t2")["forbidden_strings"]]
    assert [each for each in forbidden if each.encode() in content] == []
    with closing(sqlite3.connect(shell.folder / "programmabrug.db")) as connection:
        cells = "\n".join(connection.iterdump())
    assert [each for each in forbidden if each in cells] == []
