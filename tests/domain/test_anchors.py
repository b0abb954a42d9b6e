"""The block a proposal is aimed at: found only where it is certain, and followed through changes."""

from collections.abc import Sequence

import pytest

from bot.domain.amendments import Anchor, Kind
from bot.domain.anchors import anchor_at, follow, locate
from bot.domain.ids import BlockId
from bot.domain.text import Block, BlockKind, Run, StoredBlock, numbers_of

P, B, H = BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.HEADING
TEXTS = (
    (P, "Duinveen is een groene gemeente. Dat willen wij zo houden voor iedereen die er woont."),
    (P, "Water hoort bij de stad."),
    (H, "Hoe gaan we dit doen?"),
    (B, "Wij planten elk jaar duizend bomen in de wijken."),
    (B, "De gemeente maakt schoolpleinen groen."),
    (B, "Wij planten elk jaar tien bomen in het park."),
    (B, "Elke straat krijgt een geveltuin."),
)


def stored(texts: tuple[tuple[BlockKind, str], ...] = TEXTS, first_id: int = 1) -> list[StoredBlock]:
    blocks = [Block(kind, (Run(text),)) for kind, text in texts]
    numbers = numbers_of(blocks)
    return [StoredBlock(BlockId(first_id + at), numbers[at], block) for at, block in enumerate(blocks)]


def found(place: str | None, old_text: str | None = None, kind: Kind = Kind.REPLACE, form: BlockKind = B) -> object:
    anchor = locate(place, old_text, kind, form, stored())
    return (anchor.kind, anchor.number) if anchor else None


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("bullet 3", (B, 3)),
        ("PUNT 3", (B, 3)),
        ("bij punt nr. 2", (B, 2)),
        ("de laatste bullet", (B, 4)),
        ("voorlaatste punt", (B, 3)),
        ("eerste alinea", (P, 1)),
        ("2e alinea", (P, 2)),
        ("punt drie", (B, 3)),
        ("de kop 1", (H, 1)),
        ("bullet 5", None),
        ("bullet 2 en 3", None),
        ("bullet 2 t/m 4", None),
        ("alinea 1, bullet 2", None),
        ("na bullet 2", None),
        ("ergens", None),
        ("de bullet “De gemeente maakt schoolpleinen groen”", (B, 2)),
        ("de bullet “Die hier helemaal niet staat”", None),
    ],
)
def test_a_place_names_one_block_or_none(place: str, expected: object) -> None:
    assert found(place) == expected


@pytest.mark.parametrize(
    ("place", "form", "expected"),
    [
        ("NA ALINEA 2", P, (P, 2)),
        ("na bullet 2", B, (B, 2)),
        ("achter de laatste bullet", B, (B, 4)),
        ("vóór bullet 3", B, (B, 2)),
        ("voor bullet 1", B, None),
        ("onderaan de lijst", B, (B, 4)),
        ("aan het begin", B, None),
        (None, B, None),
    ],
)
def test_new_text_goes_after_the_block_that_is_named(place: str | None, form: BlockKind, expected: object) -> None:
    assert found(place, None, Kind.INSERT, form) == expected


@pytest.mark.parametrize(
    ("old_text", "expected"),
    [
        ("De gemeente maakt schoolpleinen groen.", (B, 2)),
        ("“de gemeente maakt schoolpleinen groen”", (B, 2)),
        ("De gemeente maakt de schoolpleinen groen", (B, 2)),
        ("Dat willen wij zo houden voor iedereen", (P, 1)),
        ("Wij planten elk jaar honderd bomen in de wijk.", None),
        ("Wij planten", None),
        ("Heel iets anders dan wat hier staat.", None),
        ("", None),
    ],
)
def test_an_old_text_is_found_where_one_block_surely_has_it(old_text: str, expected: object) -> None:
    assert found(None, old_text) == expected


def test_place_and_old_text_must_agree() -> None:
    assert found("bullet 2", "De gemeente maakt schoolpleinen groen.") == (B, 2)
    assert found("bullet 3", "De gemeente maakt schoolpleinen groen.") is None
    assert found("bullet 9", "De gemeente maakt schoolpleinen groen.") is None
    assert found("bullet 2", None, Kind.GENERAL) is None


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("de alinea over water", (P, 2)),
        ("de alinea over gemeenten", (P, 1)),
        ("de bullet over bomen", None),
        ("de bullet over duizend bomen", (B, 1)),
        ("de bullet over schoolpleinen", (B, 2)),
        ("het punt over tuinen", (B, 4)),
        ("de bullet over tuin en plein", None),
        ("de bullet over auto's", None),
        ("het stuk over geveltuinen", (B, 4)),
        ("het stuk over gemeenten", None),
        ("de bullet over de", None),
        ("de bullet die begint met 'Elke straat'", (B, 4)),
        ("de bullet die begint met 'Wij planten'", None),
        ("de bullet waarin ‘het park’ staat", (B, 3)),
        ("de bullet waarin ‘plein’ staat", None),
        ("bullet 3 (tien bomen)", (B, 3)),
        ("bullet 3 (zie boven)", (B, 3)),
        ("bullet 3 (geveltuinen)", None),
        ("bullet 3, de bullet over het park", (B, 3)),
        ("bullet 2, de bullet over het park", None),
        ("voor bullet 3", (B, 3)),
        ("boven bullet 3", None),
        ("de laatste zin van alinea 1", (P, 1)),
    ],
)
def test_what_a_block_is_about_says_which_where_only_one_can_be_meant(place: str, expected: object) -> None:
    assert found(place) == expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("in bullet 1 na ‘duizend bomen’", (B, 1)),
        ("in bullet 1 na ‘tien bomen’", None),
        ("na ‘schoolpleinen’", (B, 2)),
        ("na de bullet over geveltuinen", (B, 4)),
        ("vóór de bullet over geveltuinen", (B, 3)),
        ("een bullet over geveltuinen", None),
        ("onder het kopje Hoe gaan we dit doen?", (H, 1)),
        ("onder het kopje Wat willen we?", None),
        ("tussen bullet 2 en 3", (B, 2)),
        ("als bullet 5", (B, 4)),
        ("als bullet 9", None),
        ("als laatste bullet", (B, 4)),
        ("aan bullet 2", (B, 2)),
        ("aan het eind van bullet 2", (B, 2)),
        ("bij bullet 9", None),
    ],
)
def test_new_text_finds_its_place_by_words_too(place: str, expected: object) -> None:
    assert found(place, None, Kind.INSERT) == expected


NESTED = (
    (H, 0, "Buiten", None),
    (B, 0, "Meer bomen.", "1."),
    (B, 1, "Eiken in het park.", None),
    (B, 1, "Essen langs de weg.", None),
    (B, 0, "Meer gras.", "2."),
    (H, 0, "Binnen", None),
    (B, 0, "Meer planten.", None),
    (B, 0, "Minder stof.", None),
)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("bullet 1", 1),
        ("bullet 2", None),  # "Eiken" by counting all, "Meer gras" as it is printed
        ("bullet 5", 5),
        ("laatste bullet", 6),
        ("sub-bullet 1 van bullet 1", 2),
        ("de tweede sub-bullet onder bullet 1", 3),
        ("de derde sub-bullet onder bullet 1", None),
        ("bullet 2 onder het kopje ‘Binnen’", 6),
        ("bullet 9 onder het kopje ‘Binnen’", None),
        ("bullet 1 onder het kopje ‘Elders’", None),
    ],
)
def test_a_number_that_can_be_counted_in_two_ways_is_not_certain(place: str, expected: int | None) -> None:
    blocks = [Block(kind, (Run(text),), depth, marker) for kind, depth, text, marker in NESTED]
    text = [StoredBlock(BlockId(at), number, blocks[at]) for at, number in enumerate(numbers_of(blocks))]
    anchor = locate(place, None, Kind.REPLACE, B, text)
    assert (anchor.number if anchor else None) == expected


@pytest.mark.parametrize(
    ("place", "old_text", "expected"),
    [
        ("bullet 1", "duizend bomen", (B, 1)),
        ("bullet 1", "tien bomen", None),
        ("bullet 1", "Wij planten … in de wijken", (B, 1)),
        ("bullet 1", "Wij planten elk jaar duizend bomen in alle wijken", (B, 1)),
        ("bullet 1", "Dit staat nergens in de tekst", None),
        ("alinea 1", "de laatste zin van alinea 1", (P, 1)),
        ("de kop", "Hoe gaan we dit doen?", (H, 1)),
        (None, "park", (B, 3)),
        (None, "tien bomen", (B, 3)),
        (None, "bomen", None),
        (None, "boom", None),
    ],
)
def test_words_that_go_may_be_a_part_of_the_block(place: str | None, old_text: str, expected: object) -> None:
    assert found(place, old_text) == expected


def test_the_same_text_twice_is_not_certain() -> None:
    twice = stored(((B, "Meer groen in de straat."), (B, "Meer groen in de straat.")))
    assert locate(None, "Meer groen in de straat.", Kind.DELETE, B, twice) is None


def test_an_anchor_follows_its_block() -> None:
    before = stored()
    anchor = anchor_at(before[4])
    edited = with_text(before, f"{before[4].block.text} En snel ook.")
    assert follow(anchor, before, before) == anchor
    assert follow(anchor, before, before[4:]) == anchor
    assert follow(anchor, before, edited) == anchor
    assert edited[4].block.text_hash != anchor.text_hash


def test_an_anchor_at_a_block_that_says_something_else_is_stale_until_it_says_what_it_did() -> None:
    before = stored()
    anchor = anchor_at(before[4])
    rewritten = with_text(before, "De wethouder opent in de zomer een museum.")
    stale = follow(anchor, before, rewritten)
    assert (stale.stale, stale.block_id, stale.text_hash) == (True, anchor.block_id, anchor.text_hash)
    again = with_text(before, "De wethouder opent in de zomer een museum voor iedereen.")
    assert follow(stale, rewritten, again).stale
    assert follow(stale, again, before) == anchor


def with_text(blocks: Sequence[StoredBlock], text: str) -> list[StoredBlock]:
    changed = [*blocks]
    changed[4] = StoredBlock(BlockId(5), 2, Block(B, (Run(text),)))
    return changed


def test_an_anchor_whose_block_got_another_id_follows_its_text_or_is_stale() -> None:
    before = stored()
    anchor = anchor_at(before[4])
    again = stored(first_id=51)
    assert follow(anchor, before, again) == Anchor(BlockId(55), B, 2, anchor.text_hash)
    without = [item for item in again if item.number != 2 or item.block.kind is not B]
    assert follow(anchor, before, without) == Anchor(BlockId(5), B, 2, anchor.text_hash, stale=True)
    assert follow(anchor, [], again).stale
