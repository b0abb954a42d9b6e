"""The programme as JSON, and the real page through import and show."""

import json
from pathlib import Path

import pytest

from bot.domain.amendments import Amendment, Anchor, Kind, Origin, Status
from bot.domain.ids import AmendmentId, BlockId, ChapterId, PostId, ProgrammeId, SectionId
from bot.domain.programme import Chapter, Programme, Section
from bot.domain.text import BlockKind
from bot.forum.sources import read_source
from bot.services.showing import programme_json
from db.database import Database
from tests.forum.captures import SHARED, assert_shown, load_truth, needs_captures, needs_seed
from tests.services.readings import importing, stored


def programme(stale: bool) -> Programme:
    anchor = Anchor(BlockId(1), BlockKind.BULLET, 6, "hash", stale=stale)
    amendment = Amendment(
        amendment_id=AmendmentId(1),
        programme_id=ProgrammeId(1),
        section_id=SectionId(1),
        receipt=1,
        reference="2.1-A1",
        kind=Kind.DELETE,
        form=BlockKind.BULLET,
        status=Status.OPEN,
        origin=Origin.DISCORD,
        proposer="Zuhal",
        proposer_id=None,
        title="Titel",
        text="",
        old_text="Oud.",
        explanation="Daarom.",
        anchor=anchor,
        version=1,
        support=3,
    )
    section = Section(
        section_id=SectionId(1),
        programme_id=ProgrammeId(1),
        chapter_id=ChapterId(2),
        post_id=PostId(10),
        title="A",
        code="2.1",
        author=None,
        role=None,
        posted="2021-11-09T14:07:33",
        printed=None,
        sticky=None,
        closed=None,
        url=None,
        version=1,
        blocks=(),
        amendments=(amendment,),
    )
    above = Chapter(ChapterId(1), "wonen", None, "Wonen", "1", None, closed=None, description=None, url=None)
    below = Chapter(
        ChapterId(2),
        "huren",
        None,
        "Huren",
        "2",
        ChapterId(1),
        closed=True,
        description=None,
        url=None,
        sections=(section,),
    )
    return Programme(ProgrammeId(1), "", None, None, "nl", (above, below))


@pytest.mark.parametrize(("stale", "block"), [(False, "bullet 6"), (True, None)])
def test_what_a_source_lacks_is_null(stale: bool, block: str | None) -> None:
    shown = json.loads(json.dumps(programme_json(programme(stale))))
    section = shown["chapters"][1].pop("sections")[0]
    assert shown == {
        "programme": {"title": None},
        "chapters": [
            {"forum_id": None, "title": "Wonen", "code": "1", "parent": None, "closed": None, "sections": []},
            {"forum_id": None, "title": "Huren", "code": "2", "parent": None, "closed": True},
        ],
    }
    (amendment,) = section["amendments"]
    assert (section["posted"], section["sticky"], section["text"]) == ("2021-11-09T14:07", None, "")
    assert (amendment["block"], amendment["support"], amendment["source_post_id"]) == (block, 3, None)


@needs_seed
async def test_the_real_page(database: Database) -> None:
    service = importing(database)
    await service.take_in(read_source(SHARED / "seeds" / "veiligheid.txt"))
    shown = json.loads(json.dumps(programme_json(await stored(database))))
    (chapter,) = shown["chapters"]
    (section,) = chapter["sections"]
    (reply,) = section["contributions"]
    (amendment,) = section["amendments"]
    assert (chapter["title"], chapter["code"], chapter["forum_id"]) == ("Sterke gemeente", "1", None)
    assert (section["post_id"], section["title"], section["author"]) == (588, "Veiligheid", "Gerrit Spilt")
    assert [block["number"] for block in section["blocks"] if block["kind"] == "bullet"] == list(range(1, 9))
    assert [block["text"] for block in section["blocks"] if block["kind"] == "heading"] == ["Hoe gaan we dit doen?"]
    assert (reply["post_id"], reply["author"], reply["amendment"]) == (758, "Herman Linzel", "1.1-A1")
    assert amendment["kind"] == "insert"
    assert amendment["text"].startswith("Aan de landelijke regel")
    assert amendment["text"].endswith("(nu 24).")
    assert amendment["explanation"].startswith("De wijkagent heeft")


@needs_captures
async def test_the_captured_forum(database: Database, tmp_path: Path) -> None:
    service = importing(database)
    state = read_source(SHARED / "bbpress" / "dev" / "t0" / "pages")
    await service.take_in(state)
    assert (await service.take_in(state)).changes == ()
    assert_shown(programme_json(await stored(database)), "t0")
    content = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert [each for each in load_truth("t0")["forbidden_strings"] if each["string"].encode() in content] == []
