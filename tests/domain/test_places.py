"""Words that name a block: which kind, which number or what about, and on which side of it."""

import pytest

from bot.domain.places import By, Place, find_places, is_place, names_piece, parse_place
from bot.domain.text import BlockKind

P, B, H = BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.HEADING


def read(words: str) -> list[Place]:
    return [found.place for found in find_places(words)]


@pytest.mark.parametrize(
    ("words", "kind", "number"),
    [
        ("bullet 3", B, 3),
        ("Bullet: 3", B, 3),
        ("bullet nr. 3", B, 3),
        ("bullet #3", B, 3),
        ("bullet3", B, 3),
        ("bulletpoint drie", B, 3),
        ("de 3e bullet", B, 3),
        ("het derde punt", B, 3),
        ("PUNT DRIE", B, 3),
        ("het laatste bolletje", B, -1),
        ("de voorlaatste bullet", B, -2),
        ("de een-na-laatste bullet", B, -2),
        ("één na laatste punt", B, -2),
        ("eerste alinea", P, 1),
        ("de kop 1", H, 1),
        ("the third bullet", B, 3),
        ("paragraph 2", P, 2),
    ],
)
def test_a_block_is_named_by_its_number_or_rank(words: str, kind: BlockKind, number: int) -> None:
    assert parse_place(words) == Place(By.NUMBER, kind, number)
    assert is_place(words)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("na bullet 3", Place(By.NUMBER, B, 3, side="na")),
        ("direct na alinea 2", Place(By.NUMBER, P, 2, side="na")),
        ("VÓÓR BULLET 3", Place(By.NUMBER, B, 3, side="vóór")),
        ("in bullet 3", Place(By.NUMBER, B, 3, side="in")),
        ("tussen bullet 3 en 4", Place(By.NUMBER, B, 3, side="na")),
        ("tussen de derde en de vierde bullet", Place(By.NUMBER, B, 3, side="na")),
        ("tussen bullet 3 en 7", Place(By.NUMBER, B, 3, side="na", several=True)),
        ("als bullet 4", Place(By.NUMBER, B, 3, side="na")),
        ("als nieuwe bullet 1", Place(By.NUMBER, B, 1, side="voor")),
        ("als laatste bullet", Place(By.NUMBER, B, -1, side="na")),
        ("als eerste alinea", Place(By.NUMBER, P, 1, side="voor")),
        ("helemaal onderaan de lijst", Place(By.NUMBER, B, -1, side="na")),
        ("aan het begin van de opsomming", Place(By.NUMBER, B, 1, side="voor")),
        ("aan het eind van de tekst", Place(By.NUMBER, None, -1, side="na")),
        ("bullets 3 en 4", Place(By.NUMBER, B, 3, several=True)),
        ("bullet 3 t/m 5", Place(By.NUMBER, B, 3, several=True)),
        ("de 3e en 4e bullet", Place(By.NUMBER, B, 3, several=True)),
        ("sub-bullet 2", Place(By.NUMBER, B, 2, nested=True)),
        ("de tweede subbullet", Place(By.NUMBER, B, 2, nested=True)),
        ("bullet 3 (over wiet)", Place(By.NUMBER, B, 3, gloss="over wiet")),
    ],
)
def test_a_number_comes_with_a_side_or_more(words: str, place: Place) -> None:
    assert read(words) == [place]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("de laatste zin van alinea 2", Place(By.NUMBER, P, 2, part=True)),
        ("alinea 2, laatste zin", Place(By.NUMBER, P, 2, part=True)),
        ("zin 2 van bullet 3", Place(By.NUMBER, B, 3, part=True)),
        ("de zin in bullet 3", Place(By.NUMBER, B, 3, part=True)),
        ("aan het eind van bullet 3", Place(By.NUMBER, B, 3, side="aan", part=True)),
        ("de hele paragraaf", Place(By.NOTHING)),
        ("deze zin", Place(By.NOTHING)),
        ("de titel", Place(By.NOTHING)),
        ("paragraaf 4.3", Place(By.NOTHING)),
        ("laatste zin", Place(By.NOTHING)),
    ],
)
def test_a_piece_is_no_whole_block(words: str, place: Place) -> None:
    assert read(words) == [place]
    assert names_piece(words)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("de alinea over wiet", Place(By.TOPIC, P, words="wiet")),
        ("na de bullet over huiselijk geweld", Place(By.TOPIC, B, words="huiselijk geweld", side="na")),
        ("het stuk dat gaat over de haven", Place(By.TOPIC, None, words="de haven")),
        ("the paragraph about weed", Place(By.TOPIC, P, words="weed")),
        ("de bullet die begint met 'Wij willen'", Place(By.START, B, words="Wij willen")),
        ("de alinea beginnend met Geweld op straat", Place(By.START, P, words="Geweld op straat")),
        ("de bullet die met “Wij willen” begint", Place(By.START, B, words="Wij willen")),
        ("de bullet waarin “wijkagenten” staat", Place(By.WORDS, B, words="wijkagenten")),
        ("na het woord ‘wijkagenten’", Place(By.WORDS, None, words="wijkagenten", side="na")),
        (
            "onder het kopje Hoe gaan we dit doen?",
            Place(By.CAPTION, None, words="Hoe gaan we dit doen?", side="onder"),
        ),
        ("onder de kop ‘Onze plannen’", Place(By.CAPTION, None, words="Onze plannen", side="onder")),
    ],
)
def test_a_block_is_named_by_what_it_says(words: str, place: Place) -> None:
    assert read(words) == [place]
    assert is_place(words)
    assert not names_piece(words)


@pytest.mark.parametrize(
    "words", ["", "ergens", "Bullet 3 is mooi", "punt 1.2", "bullet 5.000", "De gemeente plant bomen", "“bullet 3”"]
)
def test_other_words_are_no_place(words: str) -> None:
    assert not is_place(words)


def test_a_topic_ends_where_it_is_told_to() -> None:
    (found,) = find_places("De alinea over wiet en drugs schrappen", frozenset({"schrappen"}))
    assert found.place.words == "wiet en drugs"
    assert (found.start, found.end) == (0, len("De alinea over wiet en drugs"))


def test_proposing_is_no_side() -> None:
    assert read("ik stel voor bullet 3") == [Place(By.NUMBER, B, 3)]


def test_several_places_are_each_found() -> None:
    assert read("Hoofdstuk: Zorg\nBullet: 3") == [Place(By.NUMBER, B, 3)]
    assert read("sub-bullet 2 van bullet 3") == [
        Place(By.NUMBER, B, 2, nested=True),
        Place(By.NUMBER, B, 3, side="van"),
    ]
    assert parse_place("alinea 1, bullet 2") is None
