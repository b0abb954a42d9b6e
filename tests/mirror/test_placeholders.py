"""Whatever people write, also what looks like a placeholder of ours, reaches Discord as they wrote it."""

from discord.http import HTTPClient
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import ForumId, PostId, Snowflake
from bot.domain.reading import ForumReading, TopicReading
from bot.domain.text import Block, BlockKind, Run, Style, paragraph
from bot.mirror.links import Place, Places, identified, named_in, readdressed
from bot.mirror.markdown import escape_line, markdown_of
from bot.mirror.resources import Json
from bot.mirror.room import size_of
from bot.sandbox import Loopback
from bot.services.ports import Unit
from db.database import Database
from tests.mirror.hidden import in_step
from tests.mirror.passes import Mirror, shown_in
from tests.mirror.programmes import make_programme, post, store_section

_PLACES = Places(Snowflake(9), {"programme": Place(Snowflake(3)), "log": Place(Snowflake(4))})
_OURS = ("[4.3](<{link:programme}>)", "[4.3](<https://discord.com/channels/9/3>)")
_WORDS = st.lists(
    st.sampled_from(
        ["[x]({link:programme})", "[x](<{link:log}>)", "{id:guild}", "{link:", "{", "}", "[", "]", "(", "\\", "x", " "]
    )
).map("".join)
_NASTY = ("{id:foo}", "[x]({link:programme}) {0} {n}", "{title!r} %s {id:guild}")


@given(_WORDS, st.sampled_from([Style.PLAIN, Style.CODE, Style.BOLD]))
def test_what_looks_like_a_link_of_ours_is_none_and_the_real_one_beside_it_is(words: str, style: Style) -> None:
    """In running text, in code and in names: only what we wrote leads anywhere."""
    written = markdown_of([Run(words, style)], "")
    content: dict[str, Json] = {"content": f"{written} {_OURS[0]}", "name": words}
    assert named_in(content) == {"programme"}
    sent = _PLACES.linked(readdressed(content, {"log": "chapter:1"}))
    assert sent == {"content": f"{written} {_OURS[1]}".replace("\u2060", ""), "name": words}
    assert _PLACES.linked({"content": escape_line(words)}) == {"content": escape_line(words)}


@given(_WORDS)
def test_ids_are_filled_in_where_ids_belong_and_nowhere_else(words: str) -> None:
    content: dict[str, Json] = {"name": words, "topic": words, "parent_id": "{id:guild}", "tags": [{"name": "{id:no}"}]}
    assert identified(content, {"guild": Snowflake(9)}) == {**content, "parent_id": "9"}


@given(_WORDS, st.sampled_from(["x", "x ", "é{"]), st.integers(0, 3000))
def test_what_looks_like_a_link_takes_no_less_room_than_it_does(words: str, filler: str, times: int) -> None:
    text = f"{words}{{link:{filler * times}}}{words}"
    assert size_of(text).characters >= len(text)
    assert size_of(text).octets >= len(text.encode())


async def test_a_programme_full_of_placeholders_is_in_step_and_says_what_was_written(
    loopback: Loopback, database: Database, http: HTTPClient, guild_id: Snowflake, bot_id: Snowflake
) -> None:
    """In the titles of programme, chapter and section, in a description, an author's name, running text and code."""

    def make(unit: Unit) -> None:
        unit.programmes.update(mirror.programme_id, _NASTY[0], None)
        forum = ForumReading(ForumId(7), _NASTY[0], description=_NASTY[0])
        chapter_id = unit.programmes.add_chapter(mirror.programme_id, "7", forum, None, "7")
        for number, title in enumerate(_NASTY):
            code = Block(BlockKind.CODE, (Run("\n".join(_NASTY)),))
            text = (paragraph(" ".join(_NASTY)), code, Block(BlockKind.PARAGRAPH, (Run(_NASTY[1], Style.CODE),)))
            topic = TopicReading(post(700 + number, text, _NASTY[1]), title, ForumId(7), _NASTY[0])
            section_id = unit.programmes.add_section(chapter_id, topic, f"7.{number}")
            store_section(unit, section_id, text)
            unit.programmes.save_contribution(section_id, post(710 + number, text, _NASTY[2]), PostId(700 + number))

    mirror = Mirror(
        loopback, database, http, guild_id, bot_id, await database.transact(lambda u: make_programme(u, guild_id))
    )
    await database.transact(make)
    await in_step(mirror)
    guild = mirror.dump()
    assert _NASTY[0] in {channel["name"] for channel in guild["channels"]}
    names = {thread["name"] for thread in guild["threads"]}
    assert {f"7.{number} {title}" for number, title in enumerate(_NASTY)} <= names
    said = shown_in(guild, str((await mirror.ids())["section:701"]))
    assert f"```\n{chr(10).join(_NASTY)}\n```" in said[0]
    assert f"`{_NASTY[1]}`" in said[0]
    assert "\u2060" not in "".join(said)
    assert not any("{link:" in text.replace(_NASTY[1], "").replace(escape_line(_NASTY[1]), "") for text in said)
