"""A plan as a person reads it: word diffs, what it is about, calls and time."""

from dataclasses import replace

from bot.domain.ids import Snowflake
from bot.domain.text import paragraph
from bot.mirror.desire import desire
from bot.mirror.estimate import estimate
from bot.mirror.plan import Plan, plan
from bot.mirror.preview import Preview
from bot.mirror.report import duration, plan_file, plan_lines
from bot.mirror.resources import Key, Known, MirrorSettings
from tests.mirror.carrying import carried_out
from tests.mirror.values import EN, GUILD, NL, contribution, programme, section, stored

SETTINGS = MirrorSettings(admin_role_ids=(Snowflake(5),))
TEXT = ("Veiligheid is van groot belang.", "Er komen dertig wijkagenten bij.", "De brug blijft overdag open.")
BEFORE = programme(section(blocks=stored(*map(paragraph, TEXT)), contributions=(contribution(758),)))


def edited(*texts: str):
    return programme(section(blocks=stored(*map(paragraph, texts)), contributions=(contribution(758),)))


def mirrored() -> tuple[dict[Key, Known], dict[Key, tuple[str, ...]]]:
    resources = desire(BEFORE, {}, SETTINGS, NL)
    known = carried_out(plan(resources, {}, None, GUILD), {})
    return known, {one.key: one.words for one in resources if one.words}


def preview(*texts: str, stood: bool = True) -> Preview:
    known, words = mirrored()
    after = plan(desire(edited(*texts), known, SETTINGS, NL), known, None, GUILD)
    names = {section.section_id: "4.3 Veiligheid" for _, section in BEFORE.sections()}
    return Preview(after, known, None, names, words if stood else {})


def test_the_file_holds_the_word_diff_of_an_edited_text_and_nothing_of_what_stayed() -> None:
    written = plan_file(preview(TEXT[0], "Er komen veertig wijkagenten bij.", TEXT[2]), NL)
    assert "## 4.3 Veiligheid" in written
    assert "- bijwerken: post · 4.3 Veiligheid · tekst" in written
    assert "  - gewijzigd: Er komen ~~dertig~~**veertig** wijkagenten bij." in written
    assert "groot belang" not in written


def test_new_and_dropped_blocks_are_told() -> None:
    written = plan_file(preview(TEXT[0], TEXT[1], "Zwemmen wordt gratis voor alle kinderen."), NL)
    assert "- weg: ~~De brug blijft overdag open.~~" in written
    assert "- nieuw: **Zwemmen wordt gratis voor alle kinderen.**" in written


def test_what_stood_may_not_be_known() -> None:
    written = plan_file(preview(TEXT[0], stood=False), NL)
    assert "niet bewaard" in written


def test_what_flows_on_to_a_later_message_is_no_news() -> None:
    """A text that grows past its message moves blocks along; only the new words are told."""
    long = [f"Voornemen {number}. " + f"Woorden over {number} en nog iets. " * 30 for number in range(6)]
    one = programme(section(blocks=stored(*map(paragraph, long))))
    resources = desire(one, {}, SETTINGS, NL)
    known = carried_out(plan(resources, {}, None, GUILD), {})
    words = {each.key: each.words for each in resources if each.words}
    grown = [long[0] + "Extra zin. " * 200, *long[1:]]
    two = programme(section(blocks=stored(*map(paragraph, grown))))
    after = Preview(plan(desire(two, known, SETTINGS, NL), known, None, GUILD), known, None, {}, words)
    written = plan_file(after, NL)
    assert sum(each.change.resource.key.startswith("section:588") for each in after.details) > 1
    assert written.count("gewijzigd:") == 1
    assert "weg:" not in written


def test_in_short_it_reads_on_a_phone() -> None:
    lines = plan_lines(preview(TEXT[0], "Er komen veertig wijkagenten bij.", TEXT[2]), NL)
    assert lines[0] == "1 post bijwerken"
    assert lines[1] == "Dat kost 1 opdracht aan Discord. Door de grenzen van Discord duurt het ongeveer 1 seconde."
    assert lines[2:] == ["Leden zien dit meteen.", "- **4.3 Veiligheid**: 1 post bijwerken"]


def test_the_estimate_counts_calls_and_waits_for_full_buckets() -> None:
    many = tuple(contribution(number) for number in range(600, 630))
    first = plan(desire(programme(section(contributions=many)), {}, SETTINGS, NL), {}, None, GUILD)
    takes = estimate(first)
    creations = sum(change.action.value == "create" for change in first.changes)
    assert takes.calls == creations + 3 + 1, "a pin takes three calls, that of a post one"
    assert takes.seconds == (30 + 1 - 1) // 5 * 5, "thirty replies and a summary, five in five seconds"
    assert estimate(Plan((), first.places)).seconds == 0


def test_the_name_of_a_post_is_throttled_hardest() -> None:
    known, words = mirrored()
    renamed = replace(next(BEFORE.sections())[1], title="Orde")
    after = plan(desire(programme(renamed), known, SETTINGS, NL), known, None, GUILD)
    told = Preview(after, known, None, {}, words)
    assert told.to_json()["estimate"] == {"calls": estimate(after).calls, "seconds": estimate(after).seconds}


def test_lengths_of_time_are_said_in_the_unit_that_fits() -> None:
    assert [duration(seconds, NL) for seconds in (0, 59, 61, 3600, 9000)] == [
        "1 seconde",
        "59 seconden",
        "2 minuten",
        "60 minuten",
        "3 uur",
    ]
    assert duration(7300, EN) == "3 hours"
