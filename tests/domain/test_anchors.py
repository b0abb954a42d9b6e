"""The block a proposal is aimed at: found only where it is certain, and followed through changes."""

import pytest

from bot.domain.amendments import Anchor, Kind
from bot.domain.anchors import anchor_at, follow, locate
from bot.domain.ids import BlockId
from bot.domain.places import is_place, parse_place
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
        ("de alinea over water", None),
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


def test_the_same_text_twice_is_not_certain() -> None:
    twice = stored(((B, "Meer groen in de straat."), (B, "Meer groen in de straat.")))
    assert locate(None, "Meer groen in de straat.", Kind.DELETE, B, twice) is None


def test_an_anchor_follows_its_block() -> None:
    before = stored()
    anchor = anchor_at(before[4])
    changed = [*before]
    changed[4] = StoredBlock(BlockId(5), 2, Block(B, (Run("Scholen krijgen groene pleinen."),)))
    assert follow(anchor, before, before) == anchor
    assert follow(anchor, before, before[4:]) == anchor
    assert follow(anchor, before, changed) == anchor
    assert changed[4].block.text_hash != anchor.text_hash


def test_an_anchor_whose_block_got_another_id_follows_its_text_or_is_stale() -> None:
    before = stored()
    anchor = anchor_at(before[4])
    again = stored(first_id=51)
    assert follow(anchor, before, again) == Anchor(BlockId(55), B, 2, anchor.text_hash)
    without = [item for item in again if item.number != 2 or item.block.kind is not B]
    assert follow(anchor, before, without) == Anchor(BlockId(5), B, 2, anchor.text_hash, stale=True)
    assert follow(anchor, [], again).stale


def test_places_are_words_about_a_place_only() -> None:
    assert is_place("Bullet 3.")
    assert is_place("de alinea over wiet")
    assert not is_place("Bullet 3 is mooi")
    assert not is_place("De gemeente plant bomen")
    assert parse_place("de 12e bullet") == parse_place("twaalfde punt")
