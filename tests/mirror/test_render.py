"""What members see of sections, replies, amendments and summaries."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.amendments import Advice, Amendment, Anchor, Event, Kind, Origin, PublishedAdvice, Status
from bot.domain.ids import BlockId, PostId
from bot.domain.text import BlockKind
from bot.mirror.flow import Part
from bot.mirror.markdown import escape_line
from bot.mirror.reading import amendment_whole, list_line, summary_of_section
from bot.mirror.render.cards import card, card_key
from bot.mirror.render.overview import contents, how_it_works
from bot.mirror.render.replies import Answered, first_part, reply_parts
from bot.mirror.render.sections import post_name, section_parts, starter
from bot.mirror.render.summaries import summary
from bot.mirror.render.wording import headline
from bot.mirror.resources import mark_of
from bot.mirror.room import MESSAGE
from tests.mirror.discord_text import texts_of
from tests.mirror.values import EN, NL, amendment, contribution, programme, section


def text_of(payload: Any) -> str:
    return "\n".join(texts_of(payload))


def buttons_of(payload: Any) -> list[str]:
    found: list[str] = []
    for component in payload["components"]:
        if component["type"] == 2:
            found.append(component["custom_id"])
        elif "components" in component:
            found += buttons_of(component)
    return found


def size(payload: Any) -> int:
    labels = "".join(str(component.get("label", "")) for component in _all(payload))
    return len(text_of(payload)) + len(labels)


def _all(payload: Any) -> list[Any]:
    return [inner for component in payload.get("components", []) for inner in [component, *_all(component)]]


def test_a_starter_holds_text_source_line_and_the_button() -> None:
    one = section()
    (part,) = section_parts(one, (), NL)
    payload: Any = starter("section:588", one, part, NL)
    assert payload["flags"] == 32768
    assert payload["allowed_mentions"] == {"parse": []}
    assert payload["components"][0]["id"] == mark_of("section:588")
    assert texts_of(payload) == [
        "Veiligheid is van groot belang.",
        (
            "-# Gerrit Spilt · Sleutelbeheerder · 9 november 2021, 14:07"
            " · [lees dit op het forum](<https://forum.example.org/topic/veiligheid>)"
        ),
    ]
    assert buttons_of(payload) == ["propose:1"]


@pytest.mark.parametrize(
    ("code", "title", "name"),
    [
        ("4.3", "Veiligheid", "4.3 Veiligheid"),
        ("5", "5. Een sterke gemeente", "5. Een sterke gemeente"),
        ("5", "5.1 Wonen", "5 5.1 Wonen"),
        ("5", "50 jaar later", "5 50 jaar later"),
        ("", "Voorwoord", "Voorwoord"),
    ],
)
def test_the_code_is_left_out_when_the_title_begins_with_it(code: str, title: str, name: str) -> None:
    assert headline(code, title) == name


def test_a_title_too_long_for_a_name_is_shown_whole_in_the_post() -> None:
    one = section(title="lang " * 60)
    payload: Any = starter("section:588", one, Part("Tekst.", ()), NL)
    assert len(post_name(one, NL)) <= 100
    assert post_name(one, NL).endswith("…")
    assert escape_line("4.3 " + "lang " * 60) in text_of(payload)


def test_a_reply_shows_who_said_it_when_and_to_whom() -> None:
    first, second = contribution(758), contribution(760, reply_to=PostId(758), author="Tineke_*", role=None)
    answered = Answered(first.author, "reply:758")
    (part,) = reply_parts(second, answered, (), NL)
    payload: Any = first_part("reply:760", second, answered, part, NL)
    assert texts_of(payload) == [
        (
            "**Tineke\\_\\*** · 9 november 2021, 14:07 · [reactie op het forum](<https://forum.example.org/?p=760>)"
            " · (in reactie op [Herman Linzel]({link:reply:758}))"
        ),
        "Mijn eigen woorden.",
    ]


def test_a_card_reads_without_colour() -> None:
    payload: Any = card(amendment(2, support=1), (), NL)
    assert payload["components"][0]["id"] == mark_of("amendment:2")
    assert text_of(payload) == (
        "### 4.3-A2 · Meer wijkagenten\n"
        "**In behandeling** · wijzigen · punt 6 · Wilgje Waterkant\n"
        "-# Wijziging: **nieuw** is vet, ~~wat vervalt~~ is doorgestreept\n"
        "Er komen ~~dertig~~**veertig** wijkagenten bij.\n"
        "**Toelichting**\nDe wijk vraagt erom.\n"
        "1 lid steunt dit"
    )
    assert buttons_of(payload) == ["support:2", "read:2"]


def test_a_card_tells_where_it_came_from_what_it_collides_with_and_what_is_advised() -> None:
    advice = PublishedAdvice(Advice.LEAVE_TO_ASSEMBLY, "Smaak.")
    one = amendment(2, origin=Origin.FORUM, proposer_id=None, source_post_id=PostId(758), advice=advice)
    text = text_of(card(one, [one, amendment(1)], NL))
    assert "Wilgje Waterkant (via het forum) · [uit een reactie op het forum]({link:reply:758})" in text
    assert "**Preadvies:** oordeel aan de ALV · Smaak." in text
    assert "Raakt hetzelfde stuk tekst als 4.3-A1" in text


def test_a_card_tells_who_proposes_together_how_much_support_is_asked_and_what_was_decided() -> None:
    """A name that was erased is said to be; beyond five there is a number. The text as decided is the change."""
    names = ("Teun", None, "Hanne", "Bas", "Fenna", "Gijs", "Noor")
    one = amendment(2, support=3, co_proposers=names)
    text = text_of(card(one, (), NL, minimum_support=5))
    assert "Wilgje Waterkant, samen met Teun, naam verwijderd, Hanne, Bas, Fenna en nog 2" in text
    assert "steun 3 van 5" in text
    decided = replace(one, status=Status.ADOPTED_AS_MODIFIED, final_text="Er komen twintig wijkagenten bij.")
    text = text_of(card(decided, (), NL, minimum_support=5))
    assert "Zo is het besloten" in text
    assert "Er komen ~~dertig~~**twintig** wijkagenten bij." in text
    assert "3 leden steunen dit" in text
    assert "Samengevoegd met 4.3-A1." in text_of(card(replace(one, status=Status.MERGED, into="4.3-A1"), (), NL))


def test_a_decided_card_cannot_be_supported() -> None:
    assert buttons_of(card(amendment(2, status=Status.ADOPTED), (), NL)) == ["read:2"]


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("status", list(Status))
def test_every_kind_and_status_has_its_words_in_both_languages(kind: Kind, status: Status) -> None:
    one = amendment(1, kind=kind, status=status, anchor=None)
    assert "status." not in text_of(card(one, (), EN))
    assert "kind." not in list_line(one, NL)


@pytest.mark.parametrize("kind", list(BlockKind))
def test_every_block_has_its_word(kind: BlockKind) -> None:
    one = amendment(1, anchor=Anchor(BlockId(1), kind, 3, ""))
    assert " 3" in list_line(one, NL)
    assert "block." not in list_line(one, EN)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=9000), st.text(max_size=9000), st.text(max_size=300), st.sampled_from(list(Kind)))
def test_a_card_never_exceeds_a_message(text: str, explanation: str, title: str, kind: Kind) -> None:
    advice = PublishedAdvice(Advice.ADOPT, explanation, agrees=False)
    plain = amendment(1, text=text, old_text=text[::-1], explanation=explanation, title=title, kind=kind)
    long = replace(plain, advice=advice, into="4.3-A70", co_proposers=("*" * 300,) * 40)
    payload = card(long, [long, *(amendment(number) for number in range(2, 60))], NL)
    assert size(payload) <= 4000
    assert MESSAGE.holds("".join(texts_of(payload)))
    assert all(texts_of(payload))


def test_a_card_that_is_cut_says_that_there_is_more() -> None:
    text = text_of(card(amendment(1, explanation="Een reden. " * 600), (), NL))
    assert "… lees verder" in text
    assert "Een reden. … lees verder" in text


def test_a_summary_lists_what_is_open_and_what_was_decided() -> None:
    one = section(
        amendments=(
            amendment(10, support=3),
            amendment(2, advice=PublishedAdvice(Advice.ADOPT, "")),
            amendment(3, status=Status.ADOPTED, anchor=None, kind=Kind.GENERAL),
            amendment(4, status=Status.SUBMITTED, reference=None),
            amendment(5, status=Status.DRAFT, reference=None),
        )
    )
    assert text_of(summary(one, NL)).split("\n") == [
        "### Voorstellen bij 4.3 Veiligheid",
        "**3 open voorstellen** · waarvan 1 ontvangen en nog niet in behandeling",
        (
            "- **[4.3-A2](<{link:amendment:2}>)** Meer wijkagenten: in behandeling · wijzigen · punt 6"
            " · Wilgje Waterkant · steun van 0 leden · preadvies: overnemen · raakt hetzelfde stuk tekst als 4.3-A10"
        ),
        (
            "- **[4.3-A10](<{link:amendment:10}>)** Meer wijkagenten: in behandeling · wijzigen · punt 6"
            " · Wilgje Waterkant · steun van 3 leden · raakt hetzelfde stuk tekst als 4.3-A2"
        ),
        "**1 voorstel besloten**",
        (
            "- **[4.3-A3](<{link:amendment:3}>)** Meer wijkagenten: aangenomen · algemeen · Wilgje Waterkant"
            " · steun van 0 leden"
        ),
    ]


def test_a_section_without_proposals_says_how_to_propose() -> None:
    text = text_of(summary(section(), NL))
    assert "\n" not in text
    assert "Amendement indienen" in text


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 150), st.text(max_size=300))
def test_a_summary_never_exceeds_a_message_and_counts_what_it_leaves_out(number: int, title: str) -> None:
    many = section(amendments=tuple(amendment(each, title=title) for each in range(1, number + 1)))
    (text,) = texts_of(summary(many, NL))
    assert MESSAGE.holds(text)
    shown = text.count("\n- ")
    assert shown == number or f"… en nog {number - shown}: `/samenvatting tonen`" in text
    whole = summary_of_section(many, NL, lambda each: f"https://discord.com/{card_key(each)}")
    assert sum(("\n" + chunk).count("\n- ") for chunk in whole) == number
    assert all(len(chunk) <= 2000 for chunk in whole)


def test_the_overview_says_how_it_works_in_four_sentences() -> None:
    payload: Any = how_it_works(NL)
    assert text_of(payload).count(". ") + 1 == 4
    assert buttons_of(payload) == ["propose"]


def test_the_contents_hold_every_section_with_links_and_counts() -> None:
    two = programme(section(amendments=(amendment(1),)), section(post_id=PostId(600), title="Zorg", code="4.4"))
    assert contents(two, NL) == [
        (
            "## Inhoud\n1 hoofdstuk · 2 paragrafen · 1 open voorstel\n"
            "**[4 Sterke gemeente]({link:chapter:4})** · 1 open voorstel\n"
            "- [4.3 Veiligheid]({link:section:588}) · 1 open voorstel\n"
            "- [4.4 Zorg]({link:section:600})"
        )
    ]
    large = programme(*(section(post_id=PostId(number)) for number in range(200)))
    texts = contents(large, NL)
    assert len(texts) > 5
    assert all(MESSAGE.holds(text) for text in texts)
    assert sum(text.count("{link:section") for text in texts) == 200


def test_an_amendment_is_read_whole_with_its_history() -> None:
    event = Event("2026-11-23T20:15:00+00:00", None, "Herman", Status.SUBMITTED, Status.OPEN, "Tijdig_.", 1)
    one: Amendment = amendment(1, explanation="Reden. " * 900)
    chunks = amendment_whole(one, [event], [amendment(2)], NL)
    assert all(len(chunk) <= 2000 for chunk in chunks)
    assert sum(chunk.count("Reden.") for chunk in chunks) == 900
    assert "- <t:1795464900:f> · in behandeling · naam verwijderd namens Herman · Tijdig\\_." in chunks[-1]


def test_an_emptied_section_still_says_something() -> None:
    one = section(blocks=(), author=None, role=None, posted=None, url=None)
    (part,) = section_parts(one, (), NL)
    assert texts_of(starter("section:588", one, part, NL)) == ["Deze paragraaf heeft nog geen tekst."]


def test_a_topic_that_is_closed_on_the_forum_invites_nobody() -> None:
    """No button under its text, and no sentence that points to one."""
    closed = replace(section(), closed=True)
    shown = starter("section:588", closed, section_parts(closed, (), NL)[0], NL)
    assert "Gesloten op het forum" in text_of(shown)
    assert buttons_of(shown) == []
    assert "Amendement indienen" not in text_of(summary(closed, NL))
    assert "Amendement indienen" in text_of(summary(section(), NL))
