"""What should stand, what must change for that, and the buttons that stay."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.ids import PostId, SectionId, Snowflake
from bot.domain.text import paragraph
from bot.mirror.custom_ids import Press, custom_id_of, parse
from bot.mirror.desire import desire
from bot.mirror.links import Place, Places, named_in
from bot.mirror.observed import Observed, ObservedThread
from bot.mirror.plan import CARDS, Action, Scope, plan
from bot.mirror.preview import Preview
from bot.mirror.report import plan_file
from bot.mirror.resources import (
    Key,
    Known,
    Layer,
    MirrorSettings,
    Resource,
    ResourceKind,
    mark_of,
    moment_of,
)
from tests.mirror.carrying import carried_out
from tests.mirror.values import GUILD, NL, amendment, contribution, programme, section, stored

SETTINGS = MirrorSettings(admin_role_ids=(Snowflake(5),))
LONG = stored(*(paragraph(f"{number}. " + "woord " * 300) for number in range(5)))
FULL = programme(
    section(
        blocks=LONG,
        contributions=(contribution(760, reply_to=PostId(758)), contribution(758)),
        amendments=(amendment(2), amendment(1, source_post_id=PostId(758))),
    ),
    section(section_id=SectionId(2), post_id=PostId(500), title="Zorg", code="4.4"),
)


def desired(known: dict[Key, Known] | None = None) -> tuple[Resource, ...]:
    return desire(FULL, known or {}, SETTINGS, NL)


def test_everything_comes_in_order_each_reply_followed_by_its_card() -> None:
    assert [resource.key for resource in desired()] == [
        "programme",
        "overview",
        "chapter:4",
        "log",
        "section:500",
        "summary:500",
        "section:588",
        "section:588/part:2",
        "section:588/part:3",
        "section:588/part:4",
        "section:588/part:5",
        "reply:758",
        "amendment:1",
        "reply:760",
        "amendment:2",
        "summary:588",
        "contents:4",
        "overview/part:1",
        "overview/part:2",
    ]


def test_a_resource_links_only_to_what_came_before_it() -> None:
    seen: set[Key] = set()
    for resource in desired():
        assert named_in(resource.content) <= seen
        assert resource.parent is None or resource.parent in seen
        seen.add(resource.key)


def test_marks_differ() -> None:
    marks = [mark_of(resource.key) for resource in desired()]
    assert len(set(marks)) == len(marks)


def test_a_configured_log_channel_is_not_made() -> None:
    keys = [each.key for each in desire(FULL, {}, MirrorSettings(log_channel_id=Snowflake(9)), NL)]
    assert "log" not in keys


def test_the_first_plan_makes_and_pins_everything_and_the_next_is_empty() -> None:
    first = plan(desired(), {}, None, GUILD)
    assert first.counts == {Action.CREATE: 19, Action.PIN: 3}
    known = carried_out(first, {})
    assert plan(desired(known), known, None, GUILD).changes == ()


def test_text_that_needs_fewer_messages_leaves_a_pointer() -> None:
    known = carried_out(plan(desired(), {}, None, GUILD), {})
    short = programme(replace(FULL.chapters[0].sections[0], blocks=LONG[:1]), FULL.chapters[0].sections[1])
    after = plan(desire(short, known, SETTINGS, NL), known, None, GUILD)
    assert [(change.action, change.resource.key) for change in after.changes] == [
        (Action.UPDATE, f"section:588/part:{number}") for number in (2, 3, 4, 5)
    ]
    again = carried_out(after, known)
    assert plan(desire(short, again, SETTINGS, NL), again, None, GUILD).changes == ()


def test_what_stands_no_more_is_made_again_with_all_in_it() -> None:
    known = carried_out(plan(desired(), {}, None, GUILD), {})
    lost = known["section:588"].discord_id
    ids = [row.discord_id for row in known.values() if row.discord_id]
    threads = {each: ObservedThread(Snowflake(0), archived=False) for each in ids if each != lost}
    observed = Observed({each: {} for each in ids}, threads)
    again = plan(desired(known), known, observed, GUILD)
    made = [change.resource.key for change in again.changes if change.action is Action.RECREATE]
    assert made[0] == "section:588"
    assert made[-1] == "summary:588"
    assert len(made) == 10
    assert again.changes[-1].resource.key == "overview/part:2"


def test_cards_alone_wait_for_the_post_they_belong_in() -> None:
    assert plan(desired(), {}, None, GUILD, Scope(CARDS)).changes == ()
    structure = Scope(frozenset({Layer.STRUCTURE, Layer.TEXT}))
    known = carried_out(plan(desired(), {}, None, GUILD, structure), {})
    of_one = plan(desired(known), known, None, GUILD, Scope(CARDS, frozenset({SectionId(2)})))
    assert {change.resource.key for change in of_one.changes} == {
        "summary:500",
        "contents:4",
        "overview/part:1",
        "overview/part:2",
    }


def test_a_link_to_what_does_not_stand_is_its_text() -> None:
    places = Places(GUILD, {"reply:1": Place(Snowflake(3), Snowflake(2))})
    content = {"content": "[a \\] b]({link:reply:1}) [c](<{link:reply:2}>)"}
    assert places.linked(content) == {"content": f"[a \\] b](<https://discord.com/channels/{GUILD}/2/3>) c"}


def test_an_intent_is_no_place() -> None:
    row = Known("programme", ResourceKind.CATEGORY, None, None, None, Snowflake(3))
    first = plan(desired(), {"programme": row}, None, GUILD).changes[0]
    assert (first.action, first.known) == (Action.CREATE, row)


def test_a_plan_is_json_a_file_and_a_digest() -> None:
    first = plan(desired(), {}, None, GUILD)
    described = json.loads(json.dumps(first.to_json()))
    assert described["changes"][4] == {
        "action": "create",
        "key": "section:500",
        "kind": "post",
        "title": "4.4 Zorg",
        "parent": "chapter:4",
    }
    written = plan_file(Preview(first, {}, None, {SectionId(2): "4.4 Zorg"}, {}), NL)
    assert "## 4.4 Zorg" in written
    assert "- maken: post · 4.4 Zorg" in written
    assert first.digest == plan(desired(), {}, None, GUILD).digest
    assert first.digest != first.without(frozenset({"log"})).digest


def test_a_moment_is_a_snowflake_a_minute_early() -> None:
    assert moment_of("2015-01-01T00:01:01+00:00") == 1000 << 22


PRESSES = [Press("propose"), Press("propose", 588), Press("support", 2**62), Press("read", 1)]


@pytest.mark.parametrize("press", PRESSES)
def test_a_button_says_what_was_pressed(press: Press) -> None:
    assert parse(custom_id_of(press)) == press


@pytest.mark.parametrize("custom_id", ["", "propose:", "support", "read:x", "read:0", "other:1", "read:1:2"])
def test_what_is_no_button_of_ours_is_none(custom_id: str) -> None:
    assert parse(custom_id) is None


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text("abc .*\n", max_size=900), max_size=6), st.lists(st.text("abc .*\n", max_size=900), max_size=6))
def test_after_any_change_of_text_the_second_plan_is_empty(before: list[str], after: list[str]) -> None:
    known: dict[Key, Known] = {}
    for texts in (before, after, before):
        one = programme(section(blocks=stored(*(paragraph(text * 3) for text in texts))))
        known = carried_out(plan(desire(one, known, SETTINGS, NL), known, None, GUILD), known)
        assert plan(desire(one, known, SETTINGS, NL), known, None, GUILD).changes == ()


def test_the_mark_in_a_channels_topic_stands_behind_words_that_say_whose_it_is() -> None:
    """Members read the topic; the mark is what a channel is found by after a crash, and stays."""
    topics = [str(each.content["topic"]) for each in desired() if "topic" in each.content]
    assert topics
    assert all(
        re.search(r"^Bijgehouden door de bot\. Kenmerk: ⟨[0-9a-f]{8}⟩$", topic, re.MULTILINE) for topic in topics
    )
