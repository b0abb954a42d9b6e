"""What another text would do to the amendments that are aimed at a section."""

from dataclasses import replace

from bot.domain.amendments import Amendment, Status
from bot.domain.anchors import anchor_at
from bot.domain.effects import Effect, touched
from bot.domain.programme import Section
from bot.domain.text import paragraph
from tests.mirror.values import amendment, section, stored

TEXTS = ("Veiligheid is van groot belang.", "Er komen dertig wijkagenten in de wijk.", "De brug blijft overdag open.")
BLOCKS = stored(*map(paragraph, TEXTS))


def at(place: int, status: Status = Status.OPEN) -> Amendment:
    return amendment(place + 1, anchor=anchor_at(BLOCKS[place]), status=status)


def effects(*texts: str, amendments: tuple[Amendment, ...] = (at(0), at(1), at(2))) -> dict[str, Effect]:
    one: Section = replace(section(blocks=BLOCKS), amendments=amendments)
    return {str(each.amendment.reference): each.effect for each in touched(one, [paragraph(text) for text in texts])}


def test_the_same_text_touches_nothing() -> None:
    assert effects(*TEXTS) == {}


def test_words_that_change_under_an_amendment_touch_it_alone() -> None:
    assert effects(TEXTS[0], "Er komen veertig wijkagenten in de wijk.", TEXTS[2]) == {"4.3-A2": Effect.CHANGED}


def test_a_block_before_makes_those_behind_it_follow() -> None:
    found = effects("Een heel nieuw begin over zwemwater.", *TEXTS)
    assert found == dict.fromkeys(("4.3-A1", "4.3-A2", "4.3-A3"), Effect.FOLLOWS)


def test_an_amendment_whose_block_goes_loses_its_place() -> None:
    assert effects(TEXTS[0], TEXTS[1]) == {"4.3-A3": Effect.STALE}


def test_what_is_over_or_private_is_not_told() -> None:
    over = tuple(at(2, status) for status in (Status.DRAFT, Status.REJECTED, Status.WITHDRAWN))
    assert effects(TEXTS[0], amendments=over) == {}
    assert effects(TEXTS[0], amendments=(at(2, Status.ADOPTED),)) == {"4.3-A3": Effect.STALE}
