"""What is gone from the forum: what its place says, what is planned for it, and what is never said."""

import json
from dataclasses import replace

import pytest

from bot.domain.ids import ChapterId, PostId, SectionId, Snowflake
from bot.domain.programme import Chapter
from bot.mirror.desire import desire
from bot.mirror.plan import CARDS, Action, Plan, Scope
from bot.mirror.resources import Known, PostDigest, ResourceKind
from tests.mirror.carrying import carried_out
from tests.mirror.leaving import (
    AT,
    BEFORE,
    FIRST,
    GONE,
    LONG,
    OTHER,
    SECOND,
    SECRETS,
    SETTINGS,
    WHOLE,
    WITHOUT_REPLY,
    actions,
    all_words,
    by_key,
    mirrored,
    observed,
    of_post,
    planned,
    with_section,
    words,
)
from tests.mirror.values import EN, NL, amendment, as_file, programme


def test_a_gone_section_says_so_everywhere_and_nothing_else() -> None:
    known = mirrored(BEFORE)
    shown = by_key(GONE, known)
    post = shown["section:588"]
    assert post.content["name"] == "4.3 Niet meer op het forum"
    assert post.content["applied_tags"] == ["Niet meer op forum"]
    assert words(post) == (
        "**4.3** · Deze paragraaf staat niet meer op het forum."
        " De voorstellen en reacties van leden blijven hier staan."
    )
    part = "-# De tekst die hier stond, staat niet meer op het forum."
    assert [words(shown[f"section:588/part:{number}"]) for number in (2, 3)] == [part, part]
    assert words(shown["reply:700"]) == "Deze reactie staat niet meer op het forum."
    assert words(shown["summary:588"]).startswith("### Voorstellen bij 4.3 niet meer op het forum\n")
    assert words(shown["amendment:1"]) == words(by_key(BEFORE, known)["amendment:1"])
    assert "propose" not in json.dumps(post.content)
    assert not [secret for secret in SECRETS if secret in of_post(GONE, known)]


def test_a_gone_section_speaks_the_programmes_language() -> None:
    post = next(one for one in desire(GONE, {}, SETTINGS, EN) if one.key == "section:588")
    assert post.content["name"] == "4.3 No longer on the forum"
    assert post.content["applied_tags"] == ["Gone from forum"]
    assert "This section is no longer on the forum." in words(post)


def test_a_gone_section_without_proposals_invites_to_none() -> None:
    bare = with_section(gone=AT, amendments=())
    assert words(by_key(bare, {})["summary:588"]) == "Geen voorstellen bij 4.3 niet meer op het forum."


def test_a_gone_reply_says_so_in_its_place_and_nobody_names_its_author() -> None:
    known = mirrored(BEFORE)
    shown = by_key(WITHOUT_REPLY, known)
    assert words(shown["reply:700"]) == "Deze reactie staat niet meer op het forum."
    assert words(shown["reply:760"]).startswith("**Tineke** · ")
    assert "Herman" not in of_post(WITHOUT_REPLY, known)
    assert actions(planned(WITHOUT_REPLY, known)) == [("update", "reply:700"), ("update", "reply:760")]


def test_a_long_reply_that_is_gone_empties_all_its_messages() -> None:
    long = replace(FIRST, blocks=tuple(stands.block for stands in LONG))
    known = mirrored(with_section(contributions=(long,)))
    assert "reply:700/part:2" in known
    shown = by_key(with_section(contributions=(replace(long, gone=AT),)), known)
    assert words(shown["reply:700/part:2"]) == "-# De tekst die hier stond, staat niet meer op het forum."


def test_the_plan_to_take_a_section_away_ends_with_closing_its_post() -> None:
    known = mirrored(BEFORE)
    away = planned(GONE, known)
    assert actions(away) == [
        ("update", "section:588"),
        ("update", "reply:700"),
        ("update", "reply:760"),
        ("update", "summary:588"),
        ("update", "section:588/part:2"),
        ("update", "section:588/part:3"),
        ("archive", "section:588"),
        ("update", "contents:4"),
        ("update", "overview/part:2"),
    ]
    stood = {one.key: one.words for one in desire(BEFORE, known, SETTINGS, NL) if one.words}
    written = as_file(away, known, stood)
    assert "- archiveren: post · 4.3 niet meer op het forum" in written
    assert "- 1 post archiveren" in written
    assert not [secret for secret in SECRETS if secret in written + json.dumps(away.to_json())]
    assert planned(GONE, carried_out(away, known)).changes == ()


@pytest.mark.parametrize("seen", ["archived", "awake", "not seen"])
def test_a_closed_post_is_closed_again_after_an_edit_unless_people_woke_it(seen: str) -> None:
    known = mirrored(GONE, mirrored(BEFORE))
    look = None if seen == "not seen" else observed(known, archived=seen == "archived")
    assert planned(GONE, known, look).changes == ()
    edited = planned(with_section(gone=AT, amendments=(amendment(1, support=5),)), known, look)
    expected = [("update", "amendment:1"), ("update", "summary:588")]
    assert actions(edited) == (expected if seen == "awake" else [*expected, ("archive", "section:588")])


def test_a_post_that_was_left_open_half_way_is_closed_by_the_next_plan() -> None:
    known = mirrored(GONE, mirrored(BEFORE))
    digest = PostDigest.parse(known["section:588"].digest)
    known["section:588"] = replace(known["section:588"], digest=str(replace(digest, archived=False)))
    assert actions(planned(GONE, known)) == [("archive", "section:588")]


def test_what_is_gone_waits_for_nobodys_word() -> None:
    """Text waits where `mirror.auto` says so; to take something out of sight needs no confirming."""
    known = mirrored(BEFORE)
    assert actions(planned(GONE, known, scope=Scope(CARDS))) == actions(planned(GONE, known))
    assert actions(planned(WITHOUT_REPLY, known, scope=Scope(CARDS))) == [("update", "reply:700")]
    assert planned(GONE, known, scope=Scope(CARDS, frozenset({SectionId(2)}))).counts == {Action.UPDATE: 2}


def test_what_comes_back_is_as_it_was() -> None:
    known = mirrored(BEFORE)
    away = mirrored(GONE, known)
    back = mirrored(BEFORE, away)
    assert back == known
    assert planned(BEFORE, back).changes == ()


def test_what_comes_back_and_is_interrupted_ends_as_it_was() -> None:
    known = mirrored(BEFORE)
    back = planned(BEFORE, mirrored(GONE, known))
    for made in range(len(back)):
        part = carried_out(Plan(back.changes[:made], back.places), mirrored(GONE, known))
        assert mirrored(BEFORE, part) == known


def test_erasing_changes_nothing_that_is_shown() -> None:
    known = mirrored(GONE, mirrored(BEFORE))
    empty = tuple(replace(one, block=replace(one.block, runs=())) for one in LONG)
    replies = tuple(replace(one, blocks=(), author=None, url=None, posted=None) for one in (FIRST, SECOND))
    erased = with_section(gone=AT, title="", blocks=empty, author=None, url=None, posted=None, contributions=replies)
    assert planned(erased, known).changes == ()


def test_what_is_erased_and_back_before_it_was_read_breaks_nothing() -> None:
    empty = tuple(replace(one, block=replace(one.block, runs=())) for one in LONG)
    post = by_key(with_section(title="", blocks=empty), {})["section:588"]
    assert post.content["name"] == "4.3"
    assert words(post)


def test_a_part_whose_neighbour_was_lost_is_emptied_too() -> None:
    known = mirrored(BEFORE)
    del known["section:588/part:2"]
    assert ("update", "section:588/part:3") in actions(planned(GONE, known))


def test_a_gone_chapter_keeps_its_code_and_takes_its_sections_along() -> None:
    known = mirrored(BEFORE)
    chapter = replace(BEFORE.chapters[0], gone=AT)
    gone = replace(BEFORE, chapters=(chapter,))
    shown = by_key(gone, known)
    forum = shown["chapter:4"]
    assert forum.content["name"] == "4-niet-meer-op-het-forum"
    topic = str(forum.content["topic"])
    assert topic.startswith("Dit hoofdstuk staat niet meer op het forum.")
    assert "Over de stad" not in topic
    assert {str(one.content["name"]) for one in shown.values() if one.kind is ResourceKind.POST and one.section} == {
        "4.3 Niet meer op het forum",
        "4.4 Niet meer op het forum",
    }
    assert not [secret for secret in (*SECRETS, "Zorg", "Sterke gemeente") if secret in all_words(gone, known)]
    away = planned(gone, known, scope=Scope(CARDS))
    assert away.counts[Action.ARCHIVE] == 2
    assert planned(gone, carried_out(away, known)).changes == ()


def test_the_contents_list_what_stands_and_what_was_proposed_about_what_is_gone() -> None:
    gone = replace(WHOLE, gone=AT)
    bare = replace(gone, section_id=SectionId(3), post_id=PostId(700), code="4.5", amendments=(), contributions=())
    lost = Chapter(ChapterId(5), "5", None, "Wonen", "5", None, None, None, None, (), AT)
    both = replace(programme(gone, OTHER, bare), chapters=(*programme(gone, OTHER, bare).chapters, lost))
    assert words(by_key(both, {})["overview/part:2"]) == (
        "**Fase: amendementen indienen**\n## Inhoud\n1 hoofdstuk · 1 paragraaf · 1 open voorstel\n"
        "**[4 Sterke gemeente]({link:chapter:4})** · 1 open voorstel\n"
        "- [4.3 niet meer op het forum]({link:section:588}) · 1 open voorstel\n"
        "- [4.4 Zorg]({link:section:600})"
    )
    away = replace(both, chapters=(replace(both.chapters[0], gone=AT), lost))
    assert words(by_key(away, {})["overview/part:2"]) == (
        "**Fase: amendementen indienen**\n## Inhoud\n0 hoofdstukken · 0 paragrafen · 1 open voorstel\n"
        "**[4 niet meer op het forum]({link:chapter:4})** · 1 open voorstel\n"
        "- [4.3 niet meer op het forum]({link:section:588}) · 1 open voorstel"
    )


def test_what_was_never_shown_is_made_only_for_what_was_proposed_about_it() -> None:
    made = [key for action, key in actions(planned(GONE, {})) if action in {"create", "archive"}]
    assert made[3:] == [
        "log",
        "section:588",
        "amendment:1",
        "summary:588",
        "section:588",
        "section:600",
        "summary:600",
        "contents:4",
        "overview/part:1",
        "overview/part:2",
    ]
    bare = with_section(gone=AT, amendments=())
    assert not any("588" in key for _, key in actions(planned(bare, {})))
    known = mirrored(BEFORE)
    lost = replace(observed(known, archived=False), threads={})
    assert not any("588" in key for _, key in actions(planned(bare, known, lost)))


def test_an_intent_may_have_been_made_so_it_is_looked_for() -> None:
    """A process that died while it made the post may have left the words in the guild."""
    bare = with_section(gone=AT, amendments=())
    known = {key: row for key, row in mirrored(BEFORE).items() if "588" not in key}
    known["section:588"] = Known("section:588", ResourceKind.POST, "chapter:4", None, None, Snowflake(0))
    assert ("create", "section:588") in actions(planned(bare, known))
