"""What merged, split or moved on the forum: its words stand once, and what they left behind leads to them."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.amendments import Amendment
from bot.domain.ids import PostId, SectionId
from bot.domain.programme import Contribution, Programme, Section
from bot.domain.text import paragraph
from bot.mirror.plan import CARDS, Scope
from bot.mirror.resources import Json, Key, Known
from tests.mirror.leaving import (
    AT,
    BEFORE,
    FIRST,
    OPEN,
    OTHER,
    TAKEN,
    WHOLE,
    actions,
    all_words,
    by_key,
    merged,
    mirrored,
    planned,
    words,
)
from tests.mirror.values import amendment, contribution, programme, section, stored


def test_a_merged_section_leads_to_what_it_was_merged_with() -> None:
    known = mirrored(BEFORE)
    shown = by_key(merged(), known)
    assert shown["section:588"].content["name"] == "4.3 Samengevoegd"
    assert words(shown["section:588"]) == (
        "**4.3** · Deze paragraaf is op het forum samengevoegd met [4.4 Zorg]({link:section:600})."
        " De voorstellen en reacties van leden blijven hier staan."
    )
    left = "-# Wat hier stond, staat nu bij [4.4 Zorg]({link:section:600})."
    assert [words(shown[key]) for key in ("section:588/part:2", "reply:700", "reply:760")] == [left] * 3
    assert words(shown["section:600/reply:760"]).startswith("**Tineke** · ")
    assert "[Herman Linzel]({link:section:600/reply:700})" in words(shown["section:600/reply:760"])
    assert planned(merged(), mirrored(merged(), known)).changes == ()


@pytest.mark.parametrize(("amendments", "closed"), [((), True), ((TAKEN,), True), ((OPEN,), False)])
def test_a_merged_section_is_closed_once_nothing_in_it_is_ahead(
    amendments: tuple[Amendment, ...], *, closed: bool
) -> None:
    away = planned(merged(amendments=amendments), mirrored(BEFORE))
    assert (("archive", "section:588") in actions(away)) is closed


def test_a_merged_section_waits_as_other_text_does_until_its_words_are_gone() -> None:
    known = mirrored(BEFORE)
    assert ("update", "section:588") not in actions(planned(merged(), known, scope=Scope(CARDS)))
    away = merged(reply_gone=AT)
    assert ("update", "section:588") in actions(planned(away, known, scope=Scope(CARDS)))
    assert by_key(away, known)["section:588"].content["name"] == "4.3 Niet meer op het forum"
    assert by_key(away, known)["section:588"].archived


def test_a_reply_that_went_there_and_back_is_shown_in_its_old_place() -> None:
    known = mirrored(BEFORE)
    back = mirrored(BEFORE, mirrored(merged(), known))
    assert {key: back[key] for key in known} == known
    pointer = by_key(BEFORE, back)["section:600/reply:700"]
    assert words(pointer) == "-# Wat hier stond, staat nu bij [4.3 Veiligheid]({link:section:588})."


def test_a_reply_that_became_a_section_leaves_a_pointer_until_that_is_gone() -> None:
    known = mirrored(BEFORE)
    became = section(section_id=SectionId(3), post_id=PostId(760), title="Wonen", code="4.5", author="Tineke")
    left = replace(WHOLE, contributions=(FIRST,))
    split = programme(left, OTHER, became)
    pointer = by_key(split, known)["reply:760"]
    assert words(pointer) == "-# Deze reactie is nu een eigen paragraaf: [4.5 Wonen]({link:section:760})."
    assert planned(split, mirrored(split, known)).changes == ()
    gone = programme(left, OTHER, replace(became, gone=AT))
    assert ("update", "reply:760") in actions(planned(gone, known, scope=Scope(CARDS)))
    assert "Tineke" not in all_words(gone, known)


STATES = st.sampled_from(["stands", "gone", "merged", "moved", "replies gone"])


def _in_state(number: int, state: str, home: SectionId) -> tuple[Section, tuple[Contribution, ...]]:
    """Return a section in a state, and the replies that it left to another one."""
    name = f"geheim{number}geheim"
    replies = tuple(
        contribution(number * 10 + each, author=name, blocks=(paragraph(name),), reply_to=PostId(number * 10 + 1))
        for each in (1, 2)
    )
    one = section(
        section_id=SectionId(number),
        post_id=PostId(number * 10),
        title=name,
        code=f"4.{number}",
        author=name,
        blocks=stored(*(paragraph(f"{name} " * 200) for _ in range(2))),
        amendments=(amendment(number),) if number % 2 else (),
        url=f"https://forum.example.org/{name}",
    )
    topic = contribution(number * 10, author=name, blocks=(paragraph(name),))
    match state:
        case "gone":
            return replace(one, gone=AT, contributions=replies), ()
        case "merged":
            return replace(one, merged_into=home), (topic, *replies)
        case "moved":
            return one, replies
        case "replies gone":
            return replace(one, contributions=tuple(replace(reply, gone=AT) for reply in replies)), ()
        case _:
            return replace(one, contributions=replies), ()


def _programme(states: list[str]) -> Programme:
    home = section(section_id=SectionId(9), post_id=PostId(900), title="Thuis", code="4.9")
    made = [_in_state(number, state, SectionId(9)) for number, state in enumerate(states, start=1)]
    given_away = tuple(reply for _, replies in made for reply in replies)
    return programme(*(one for one, _ in made), replace(home, contributions=given_away))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(STATES, min_size=3, max_size=3), min_size=1, max_size=4))
def test_whatever_goes_merges_moves_and_returns_is_shown_once_in_sight_and_never_when_gone(
    history: list[list[str]],
) -> None:
    known: dict[Key, Known] = {}
    for states in history:
        of = _programme(states)
        known = mirrored(of, known)
        assert planned(of, known).changes == ()
        assert set(known) <= set(by_key(of, known)), "what stands and is not looked after any more"
        shown: Json = all_words(of, known)
        for number, state in enumerate(states, start=1):
            assert (f"geheim{number}geheim" in str(shown)) is (state != "gone")
            assert str(shown).count(f"**geheim{number}geheim** ·") == {"merged": 3, "moved": 2, "stands": 2}.get(
                state, 0
            )
