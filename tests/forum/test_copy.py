"""Text copies of topic pages: the seed, and copies that browsers, editors and people have been at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.amendments import Kind
from bot.domain.reading import ProgrammeReading
from bot.domain.text import BlockKind, text_of
from bot.errors import SourceError
from bot.forum.breadcrumb import read_breadcrumb
from bot.forum.copy import looks_like_copy, parse_copy
from bot.forum.copy_text import parse_lines, read_blocks
from bot.forum.proposal import read_proposal
from tests.forum.captures import SHARED, load_truth, needs_captures, needs_seed

COPY = """Duinveen vooruit

Home Forums Een groene stad Bomen en parken

Weergave van 2 reactie threads
 • Auteur
  Berichten
  • #70
   Noor Bakker
   Sleutelbeheerder

   Wij planten bomen.
   Elk jaar duizend.

   \xa0

   Hoe gaan we dit doen?

   • Meer eiken, ook in de duinen.
   • Parken:
     • het zuiderpark
     • het noorderpark
   • Minder steen.
  • #81
   Een Gast
   Gast

   SCHRAPPEN:

   Minder steen.
  • #79
   Kees de Wit
   Toeschouwer

   Eens met #81, zie
   • #81

Weergave van 2 reactie threads
 • Je moet ingelogd zijn om een antwoord op dit onderwerp te kunnen geven.
"""


def shapes(reading: ProgrammeReading) -> list[tuple[str, int, str]]:
    (topic,) = reading.topics
    return [(block.kind.value, block.depth, block.text) for block in topic.post.blocks]


def read_all(reading: ProgrammeReading) -> tuple[object, ...]:
    (topic,) = reading.topics
    said = [
        (post.post_id, post.author, post.role, post.blocks)
        for post in (topic.post, *(reply.post for reply in topic.replies))
    ]
    return reading.title, [forum.title for forum in reading.forums], topic.title, said


@needs_seed
def test_the_seed_is_read_whole() -> None:
    reading = parse_copy((SHARED / "seeds/veiligheid.txt").read_text("utf-8"))
    (topic,) = reading.topics
    assert reading.title == "Sociaal en rechtvaardig; het nieuwe normaal"
    assert [forum.title for forum in reading.forums] == ["Sterke gemeente"]
    assert (topic.title, topic.forum_title, topic.forum_id) == ("Veiligheid", "Sterke gemeente", None)
    assert (topic.post.post_id, topic.post.author, topic.post.role) == (588, "Gerrit Spilt", "Sleutelbeheerder")
    assert reading.troubles == ()
    kinds = [block.kind for block in topic.post.blocks]
    assert kinds == [BlockKind.PARAGRAPH] * 7 + [BlockKind.HEADING] + [BlockKind.BULLET] * 8
    assert topic.post.blocks[7].text == "Hoe gaan we dit doen?"
    (reply,) = topic.replies
    assert (reply.post.post_id, reply.post.author, reply.post.role) == (758, "Herman Linzel", "Toeschouwer")
    proposal = read_proposal(reply.post.blocks)
    assert proposal is not None
    assert (proposal.proposal.kind, proposal.proposal.form, proposal.place) == (Kind.INSERT, BlockKind.BULLET, None)
    assert proposal.proposal.text.startswith("Aan de landelijke regel van 1 wijkagent")
    assert proposal.proposal.explanation.startswith("De wijkagent heeft een belangrijke functie")


@needs_seed
@needs_captures
def test_the_seed_says_what_the_page_says() -> None:
    (topic,) = parse_copy((SHARED / "seeds/veiligheid.txt").read_text("utf-8")).topics
    truth = {post["id"]: post["content_text"] for post in load_truth("t0")["posts"]}
    assert text_of(topic.post.blocks) == truth[588]
    assert text_of(topic.replies[0].post.blocks) == truth[758]


def test_paragraphs_line_breaks_and_lists_in_lists() -> None:
    reading = parse_copy(COPY)
    assert shapes(reading) == [
        ("paragraph", 0, "Wij planten bomen. Elk jaar duizend."),
        ("heading", 0, "Hoe gaan we dit doen?"),
        ("bullet", 0, "Meer eiken, ook in de duinen."),
        ("bullet", 0, "Parken:"),
        ("bullet", 1, "het zuiderpark"),
        ("bullet", 1, "het noorderpark"),
        ("bullet", 0, "Minder steen."),
    ]
    (topic,) = reading.topics
    assert topic.post.blocks[0].runs[0].text == "Wij planten bomen.\nElk jaar duizend."
    assert [(reply.post.post_id, reply.post.role) for reply in topic.replies] == [(79, "Toeschouwer"), (81, "Gast")]
    assert [block.text for block in topic.replies[0].post.blocks] == ["Eens met #81, zie", "#81"]
    assert (topic.title, topic.forum_title) == ("Bomen en parken", "Een groene stad")


@pytest.mark.parametrize(
    "changed",
    [
        COPY.replace("\n", "\r\n"),
        COPY.replace("\n", "\r"),
        "\ufeff" + COPY,
        COPY.replace("   ", "\t"),
        COPY.replace("Weergave van 2 reactie threads", "Viewing 2 reply threads")
        .replace(
            "Je moet ingelogd zijn om een antwoord op dit onderwerp te kunnen geven.",
            "You must be logged in to reply to this topic.",
        )
        .replace("Auteur", "Author")
        .replace("Berichten", "Posts"),
        COPY + "Gebruikersnaam:\nWachtwoord:\nInloggen\n\nDuinveen vooruit\n",
        COPY.rsplit("Weergave van", 1)[0],
        COPY.rsplit("Weergave van", 1)[0] + " • Auteur\n  Berichten\nWeergave van 2 reactie threads\n",
        COPY.replace("\n  • #", "\n  • 9 november 2021 om 14:07 #"),
        "Ga naar de inhoud\n" + COPY,
    ],
)
def test_what_editors_browsers_and_languages_do_to_a_copy_changes_nothing(changed: str) -> None:
    read = read_all(parse_copy(changed))
    assert read == read_all(parse_copy(COPY))


def test_a_copy_that_prints_dates_gives_them() -> None:
    (topic,) = parse_copy(COPY.replace("  • #70", "  • 9 november 2021 om 14:07 #70")).topics
    assert (topic.post.posted, topic.post.printed) == ("2021-11-09T14:07", "9 november 2021 om 14:07")


def test_numbered_lines_are_a_list_and_one_numbered_line_is_text() -> None:
    blocks = read_blocks(parse_lines("Zo:\n\n1. Zoek.\n2. Klik.\n\n3. Juni was warm."))
    assert [(block.kind.value, block.marker, block.text) for block in blocks] == [
        ("heading", None, "Zo:"),
        ("bullet", "1.", "Zoek."),
        ("bullet", "2.", "Klik."),
        ("paragraph", None, "3. Juni was warm."),
    ]


def test_a_line_that_stands_deeper_belongs_to_the_bullet() -> None:
    (block, after) = read_blocks(parse_lines("• Een\n  twee\n\n  drie\nSlot"))
    assert (block.runs[0].text, after.text) == ("Een\ntwee\ndrie", "Slot")


@pytest.mark.parametrize(
    ("line", "chapters", "section", "certain"),
    [
        ("Home Forums Sterke gemeente Veiligheid", ["Sterke gemeente"], "Veiligheid", True),
        ("Home Forums Sterke gemeente Regio, Rijk en Europa", ["Sterke gemeente"], "Regio, Rijk en Europa", True),
        ("Home Forums Zorg en welzijn Wmo en mantelzorg", ["Zorg en welzijn"], "Wmo en mantelzorg", True),
        ("Home › Forums › Wonen › Betaalbaar huren › Urgentie", ["Wonen", "Betaalbaar huren"], "Urgentie", True),
        ("Home\tForums\tWonen\tTiny Houses", ["Wonen"], "Tiny Houses", True),
        ("Home Forums Wonen Tiny Houses", ["Wonen Tiny"], "Houses", False),
        ("Home Forums Wonen huurteams", ["Wonen"], "huurteams", False),
        ("Home Forums Veiligheid", ["Forums"], "Veiligheid", True),
    ],
)
def test_a_breadcrumb_without_signs_is_parted_where_a_title_can_begin(
    line: str, chapters: list[str], section: str, certain: bool
) -> None:
    trail = read_breadcrumb(line, None, (), (), "")
    assert (list(trail.chapters), trail.section, trail.certain) == (chapters, section, certain)


def test_hints_part_a_breadcrumb_that_could_be_parted_in_more_ways() -> None:
    line = "Home Forums Wonen Tiny Houses"
    assert read_breadcrumb(line, "tiny-houses.txt", (), (), "").section == "Tiny Houses"
    assert read_breadcrumb(line, None, ("Wonen",), (), "").section == "Tiny Houses"
    assert read_breadcrumb(line, None, (), ("Reageer op: Tiny Houses",), "").section == "Tiny Houses"
    guessed = read_breadcrumb(line, None, (), (), "Wij bouwen tiny houses.")
    assert (guessed.section, guessed.certain) == ("Tiny Houses", False)


def test_a_guessed_title_is_said_to_be_one() -> None:
    reading = parse_copy(COPY.replace("Een groene stad Bomen en parken", "Wonen Tiny Houses"), source="x.txt")
    assert [(trouble.key, trouble.place) for trouble in reading.troubles] == [("copy_title_unsure", "x.txt")]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "source.not_a_copy"),
        ("Boodschappen\n• melk\n• brood", "source.not_a_copy"),
        (COPY.replace("Home Forums", "Thuis"), "source.no_breadcrumb"),
    ],
)
def test_another_text_is_refused_with_a_reason(text: str, key: str) -> None:
    assert not looks_like_copy(text)
    with pytest.raises(SourceError) as refusal:
        parse_copy(text, "x.txt")
    assert refusal.value.key == key


line_texts = st.text(st.sampled_from("ab é•◦1. \t#:?-\xa0"), max_size=20)


@given(st.lists(line_texts, max_size=12))
def test_no_word_of_a_copied_text_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    read = text_of(read_blocks(parse_lines(text), "•")).split()
    left = iter(text.split())
    for word in read:  # what was read stands in the text, in order …
        for given_word in left:
            if given_word == word:
                break
            assert given_word.strip("•◦") == "" or given_word.rstrip(".)").isdigit(), given_word
        else:
            pytest.fail(f"{word!r} was made up")
    for given_word in left:  # … and what was passed over is a bullet's sign or number
        assert given_word.strip("•◦") == "" or given_word.rstrip(".)").isdigit(), given_word
