"""Which replies are amendments and what they say, form by form."""

import pytest

from bot.domain.amendments import Kind
from bot.domain.text import Block, BlockKind
from bot.forum.markup import parse_blocks
from bot.forum.proposal import read_proposal

P, B = BlockKind.PARAGRAPH, BlockKind.BULLET


def blocks_of(*paragraphs: str) -> list[Block]:
    """Return the blocks of paragraphs; one that begins with a tag is HTML already."""
    html = [text if text.startswith("<") else f"<p>{text.replace(chr(10), '<br>')}</p>" for text in paragraphs]
    return [block for text in html for block in parse_blocks(text)]


Expected = tuple[Kind, BlockKind, str, str | None, str, str | None]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (
            ("EEN EXTRA BULLET INVOEGEN:", "Bomen.", "TOELICHTING:", "Hitte."),
            (Kind.INSERT, B, "Bomen.", None, "Hitte.", None),
        ),
        (
            ("<p><b>Bullet toevoegen</b> Bomen.</p>", "Motivatie: Hitte."),
            (Kind.INSERT, B, "Bomen.", None, "Hitte.", None),
        ),
        (
            ("EXTRA BULLET INVOEGEN Meer bomen.\nArgumentatie:\nHitte.",),
            (Kind.INSERT, B, "Meer bomen.", None, "Hitte.", None),
        ),
        (("bullet toevoegen na punt 2", "Bomen."), (Kind.INSERT, B, "Bomen.", None, "", "na punt 2")),
        (("Extra bullet:", "Bomen."), (Kind.INSERT, B, "Bomen.", None, "", None)),
        (("Dag,", "TOEVOEGEN NA ALINEA 2:", "Bomen."), (Kind.INSERT, P, "Bomen.", None, "Dag,", "NA ALINEA 2")),
        (("Toevoegen:", "<ul><li>Eik<li>Es</ul>"), (Kind.INSERT, B, "Eik\nEs", None, "", None)),
        (("Een bullet invoegen: Bomen. Toelichting: Hitte.",), (Kind.INSERT, B, "Bomen.", None, "Hitte.", None)),
        (
            ("WIJZIGEN:", "Oud is dit.", "VERVANGEN DOOR:", "Nu dit."),
            (Kind.REPLACE, P, "Nu dit.", "Oud is dit.", "", None),
        ),
        (("Wijzigen: oud is dit vervangen door: nu dit",), (Kind.REPLACE, P, "nu dit", "oud is dit", "", None)),
        (("WIJZIGEN:", "Bomen.", "TOELICHTING", "Hitte."), (Kind.REPLACE, P, "Bomen.", None, "Hitte.", None)),
        (
            ("Vervang:", "“Wij willen”", "Door:", "“Wij eisen”"),
            (Kind.REPLACE, P, "Wij eisen", "Wij willen", "", None),
        ),
        (("Bullet 3 wijzigen in:", "Bomen."), (Kind.REPLACE, B, "Bomen.", None, "", "Bullet 3")),
        (("Bullet 3 wordt: Bomen.",), (Kind.REPLACE, B, "Bomen.", None, "", "Bullet 3")),
        (("WIJZIGEN: bullet 3", "WORDT: Bomen."), (Kind.REPLACE, B, "Bomen.", None, "", "bullet 3")),
        (("Oude tekst: Steen.", "Nieuwe tekst: Bomen."), (Kind.REPLACE, P, "Bomen.", "Steen.", "", None)),
        (("SCHRAPPEN:", "Steen.", "TOELICHTING:", "Lelijk."), (Kind.DELETE, P, "", "Steen.", "Lelijk.", None)),
        (("Schrappen: laatste bullet",), (Kind.DELETE, B, "", None, "", "laatste bullet")),
        (("Amendement: punt 4 schrappen.", "Reden: dubbel"), (Kind.DELETE, B, "", None, "dubbel", "punt 4")),
        (("SCHRAPPEN:", "De alinea over steen."), (Kind.DELETE, P, "", None, "", "De alinea over steen")),
        (("SCHRAPPEN: Steen. VERVANGEN DOOR: Bomen.",), (Kind.REPLACE, P, "Bomen.", "Steen.", "", None)),
        (
            ("Amendement:", "Meer bomen.", "Toelichting:", "Hitte."),
            (Kind.GENERAL, P, "Meer bomen.", None, "Hitte.", None),
        ),
        (("<h3>AMENDEMENT</h3>", "Meer bomen."), (Kind.GENERAL, P, "Meer bomen.", None, "", None)),
        (("Voorstel:", "Bomen.", "Toelichting:", "Hitte."), (Kind.GENERAL, P, "Bomen.", None, "Hitte.", None)),
        (("<blockquote>Citaat</blockquote>", "SCHRAPPEN:", "Steen."), (Kind.DELETE, P, "", "Steen.", "Citaat", None)),
        (
            ("WIJZIGEN:", "<blockquote>Steen.</blockquote>", "WORDT:", "Es."),
            (Kind.REPLACE, P, "Es.", "Steen.", "", None),
        ),
        (("ADD BULLET: Trees.", "Explanation: Heat."), (Kind.INSERT, B, "Trees.", None, "Heat.", None)),
    ],
)
def test_the_forms_people_use_are_read(reply: tuple[str, ...], expected: Expected) -> None:
    reading = read_proposal(blocks_of(*reply))
    assert reading is not None
    made = reading.proposal
    assert (made.kind, made.form, made.text, made.old_text, made.explanation, reading.place) == expected


@pytest.mark.parametrize(
    "reply",
    [
        ("Mee eens, maar waarom niet alle wijken?",),
        ("Ik zou dit schrappen.",),
        ("Schrappen",),
        ("Schrappen?",),
        ("Schrappen: waarom?",),
        ("SCHRAPPEN MAAR",),
        ("SCHRAPPEN:", "TOELICHTING:", "Lelijk."),
        ("EXTRA BULLET INVOEGEN:", "TOELICHTING:", "Mooi."),
        ("<blockquote><p>EXTRA BULLET INVOEGEN:</p><p>Bomen</p></blockquote>", "Goed plan."),
        ("Jan schreef:", "WIJZIGEN:", "Bomen.", "Daar ben ik tegen."),
        ("Reactie op Jan:", "WIJZIGEN:", "Bomen.", "Waarom?"),
        ("“WIJZIGEN: Bomen” vind ik raar.",),
        ("> SCHRAPPEN: Steen.", "Nee."),
        ("Aanvulling: ik las dat de wethouder dit al doet.",),
        ("Voorstel: laten we koffie drinken.",),
        ("Wijzigen lijkt me niet nodig.",),
        ("Toelichting: omdat het moet.",),
        ("Anoniem amendement zonder account.",),
        ("Amendement, derde versie (zonder reden).",),
        ("Het amendement van Jan: goed plan!",),
        ("Nieuwe tekst: mooi zo.",),
        ("Toevoegen aan de agenda: koffie",),
        ("SCHRAPPEN:", "Steen.", "TOEVOEGEN:", "Bomen."),
        ("Amendement 1: Bomen.", "Amendement 2: Struiken."),
        (),
    ],
)
def test_discussion_stays_discussion(reply: tuple[str, ...]) -> None:
    assert read_proposal(blocks_of(*reply)) is None
